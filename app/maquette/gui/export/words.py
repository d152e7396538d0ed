"""How presets and their choices are called in the window."""

from PySide6.QtCore import QCoreApplication

from maquette.core.export_preset import Collision, ColourSpace, Fit, Paper
from maquette.core.marking import FileFormat, Preset, Profile, VisibleLabel


def preset_words(name: str) -> str:
    """What the preset called `name` is shown as: those that ship are called so in each language."""
    shipped = {
        "Web": QCoreApplication.translate("ExportWords", "Web"),
        "Print 300 DPI": QCoreApplication.translate("ExportWords", "Print 300 DPI"),
        "Social sizes": QCoreApplication.translate("ExportWords", "Social sizes"),
        "Client delivery": QCoreApplication.translate("ExportWords", "Client delivery"),
    }
    return shipped.get(name, name)


def format_words() -> tuple[tuple[FileFormat, str], ...]:
    """The formats, each with what it is good for."""
    return (
        (
            FileFormat.JPEG,
            QCoreApplication.translate("ExportWords", "JPEG (small, opens everywhere)"),
        ),
        (FileFormat.PNG, QCoreApplication.translate("ExportWords", "PNG (exact)")),
        (FileFormat.WEBP, QCoreApplication.translate("ExportWords", "WebP (smaller)")),
        (FileFormat.AVIF, QCoreApplication.translate("ExportWords", "AVIF (smallest)")),
        (FileFormat.TIFF, QCoreApplication.translate("ExportWords", "TIFF (exact, for print)")),
    )


def fit_words() -> tuple[tuple[Fit, str], ...]:
    """How a picture meets a frame."""
    return (
        (Fit.FIT, QCoreApplication.translate("ExportWords", "Fit inside")),
        (Fit.FILL, QCoreApplication.translate("ExportWords", "Fill, cut off")),
        (Fit.PAD, QCoreApplication.translate("ExportWords", "Fit, with a border")),
    )


def colour_words() -> tuple[tuple[ColourSpace, str], ...]:
    """The colour spaces."""
    return (
        (ColourSpace.SRGB, QCoreApplication.translate("ExportWords", "sRGB (web, everything)")),
        (
            ColourSpace.DISPLAY_P3,
            QCoreApplication.translate("ExportWords", "Display P3 (newer screens)"),
        ),
        (
            ColourSpace.ADOBE_RGB,
            QCoreApplication.translate("ExportWords", "Adobe RGB (print shops)"),
        ),
    )


def collision_words() -> tuple[tuple[Collision, str], ...]:
    """What happens to a name that is taken."""
    return (
        (Collision.NUMBER, QCoreApplication.translate("ExportWords", "Number the new one")),
        (Collision.SKIP, QCoreApplication.translate("ExportWords", "Keep the old one")),
        (Collision.REPLACE, QCoreApplication.translate("ExportWords", "Replace the old one")),
    )


def paper_words() -> tuple[tuple[Paper, str], ...]:
    """The papers of contact sheets."""
    return (
        (Paper.A4, "A4"),
        (Paper.A3, "A3"),
        (Paper.LETTER, QCoreApplication.translate("ExportWords", "US Letter")),
    )


def label_words() -> tuple[tuple[VisibleLabel, str], ...]:
    """The visible labels."""
    return (
        (VisibleLabel.PROFILE, QCoreApplication.translate("ExportWords", "As the rules ask")),
        (VisibleLabel.NONE, QCoreApplication.translate("ExportWords", "None")),
        (VisibleLabel.AI, "AI"),
        (VisibleLabel.ENGLISH, "AI-generated"),
        (VisibleLabel.CHINESE, "AI生成"),
    )


def profile_words() -> tuple[tuple[Profile | None, str], ...]:
    """Whose rules the marks follow; None is what the settings say."""
    return (
        (None, QCoreApplication.translate("ExportWords", "As in the settings")),
        (
            Profile.EUROPE,
            QCoreApplication.translate("ExportWords", "European Union (AI Act, Article 50)"),
        ),
        (Profile.CHINA, QCoreApplication.translate("ExportWords", "China (GB 45438-2025)")),
        (Profile.CALIFORNIA, QCoreApplication.translate("ExportWords", "California (SB 942)")),
        (Profile.MINIMAL, QCoreApplication.translate("ExportWords", "Minimal")),
    )


def robustness_words() -> tuple[tuple[Preset | None, str], ...]:
    """How much the invisible mark survives; None is what the settings say."""
    return (
        (None, QCoreApplication.translate("ExportWords", "As in the settings")),
        (Preset.STANDARD, QCoreApplication.translate("ExportWords", "Standard")),
        (Preset.STRONG, QCoreApplication.translate("ExportWords", "Strong")),
    )
