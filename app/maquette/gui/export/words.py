"""How the choices of a preset are called in the window."""

from PySide6.QtCore import QCoreApplication

from maquette.core.export_preset import Collision, ColourSpace, Fit, Paper
from maquette.core.marking import FileFormat, Preset, Profile, VisibleLabel


def format_words() -> tuple[tuple[FileFormat, str], ...]:
    """The formats, each with what it is good for."""
    say = QCoreApplication.translate
    return (
        (FileFormat.JPEG, say("ExportWords", "JPEG (small, opens everywhere)")),
        (FileFormat.PNG, say("ExportWords", "PNG (exact)")),
        (FileFormat.WEBP, say("ExportWords", "WebP (smaller)")),
        (FileFormat.AVIF, say("ExportWords", "AVIF (smallest)")),
        (FileFormat.TIFF, say("ExportWords", "TIFF (exact, for print)")),
    )


def fit_words() -> tuple[tuple[Fit, str], ...]:
    """How a picture meets a frame."""
    say = QCoreApplication.translate
    return (
        (Fit.FIT, say("ExportWords", "Fit inside")),
        (Fit.FILL, say("ExportWords", "Fill, cut off")),
        (Fit.PAD, say("ExportWords", "Fit, with a border")),
    )


def colour_words() -> tuple[tuple[ColourSpace, str], ...]:
    """The colour spaces."""
    say = QCoreApplication.translate
    return (
        (ColourSpace.SRGB, say("ExportWords", "sRGB (web, everything)")),
        (ColourSpace.DISPLAY_P3, say("ExportWords", "Display P3 (newer screens)")),
        (ColourSpace.ADOBE_RGB, say("ExportWords", "Adobe RGB (print shops)")),
    )


def collision_words() -> tuple[tuple[Collision, str], ...]:
    """What happens to a name that is taken."""
    say = QCoreApplication.translate
    return (
        (Collision.NUMBER, say("ExportWords", "Number the new one")),
        (Collision.SKIP, say("ExportWords", "Keep the old one")),
        (Collision.REPLACE, say("ExportWords", "Replace the old one")),
    )


def paper_words() -> tuple[tuple[Paper, str], ...]:
    """The papers of contact sheets."""
    say = QCoreApplication.translate
    return (
        (Paper.A4, "A4"),
        (Paper.A3, "A3"),
        (Paper.LETTER, say("ExportWords", "US Letter")),
    )


def label_words() -> tuple[tuple[VisibleLabel, str], ...]:
    """The visible labels."""
    say = QCoreApplication.translate
    return (
        (VisibleLabel.PROFILE, say("ExportWords", "As the rules ask")),
        (VisibleLabel.NONE, say("ExportWords", "None")),
        (VisibleLabel.AI, "AI"),
        (VisibleLabel.ENGLISH, "AI-generated"),
        (VisibleLabel.CHINESE, "AI生成"),
    )


def profile_words() -> tuple[tuple[Profile | None, str], ...]:
    """Whose rules the marks follow; None is what the settings say."""
    say = QCoreApplication.translate
    return (
        (None, say("ExportWords", "As in the settings")),
        (Profile.EUROPE, say("ExportWords", "European Union (AI Act, Article 50)")),
        (Profile.CHINA, say("ExportWords", "China (GB 45438-2025)")),
        (Profile.CALIFORNIA, say("ExportWords", "California (SB 942)")),
        (Profile.MINIMAL, say("ExportWords", "Minimal")),
    )


def robustness_words() -> tuple[tuple[Preset | None, str], ...]:
    """How much the invisible mark survives; None is what the settings say."""
    say = QCoreApplication.translate
    return (
        (None, say("ExportWords", "As in the settings")),
        (Preset.STANDARD, say("ExportWords", "Standard")),
        (Preset.STRONG, say("ExportWords", "Strong")),
    )
