"""The look: one palette and one style sheet, both generated from a theme's tokens."""

import re

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

import maquette_resources
from maquette_resources import Tokens

_PROPERTY = "maquette.tokens"
_CJK_FALLBACKS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei UI")
_LATIN_PREFERRED = ("Inter", "Source Sans 3", "Noto Sans", "Noto Sans CJK SC")
_GENERIC_FAMILIES = frozenset({"sans serif", "sans-serif", "sans", ""})


def current_tokens() -> Tokens:
    """The colours of the theme that is applied now."""
    app = QGuiApplication.instance()
    tokens = app.property(_PROPERTY) if app is not None else None
    return tokens if isinstance(tokens, Tokens) else maquette_resources.tokens("dark")


def theme_name(choice: str) -> str:
    """ "dark" or "light" for a setting of "dark", "light" or "system"."""
    if choice in ("dark", "light"):
        return choice
    scheme = QGuiApplication.styleHints().colorScheme()
    return "light" if scheme == Qt.ColorScheme.Light else "dark"


def apply_theme(app: QApplication, choice: str) -> None:
    """Give `app` the palette and the style sheet of the theme that `choice` stands for."""
    tokens = maquette_resources.tokens(theme_name(choice))
    current = app.property(_PROPERTY)
    if isinstance(current, Tokens) and current == tokens:
        return
    app.setProperty(_PROPERTY, tokens)
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens, app.font()))


def prepare(app: QApplication) -> None:
    """Set what does not change with the theme: base style, search paths, fonts."""
    app.setStyle(QStyleFactory.create("Fusion"))
    QDir.setSearchPaths("icons", [str(maquette_resources.icons_dir())])
    app.setFont(_interface_font(app.font()))


def _interface_font(system: QFont) -> QFont:
    """The system's interface font with a Chinese fallback, at 10 points or more.

    A desktop that only offers the generic "Sans Serif" gets the first well-drawn family instead.
    """
    font = QFont(system)
    generic = system.family().casefold() in _GENERIC_FAMILIES
    families = [*_LATIN_PREFERRED] if generic else [system.family()]
    font.setFamilies([*families, *_CJK_FALLBACKS])
    font.setPointSizeF(max(10.0, system.pointSizeF()))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def palette(tokens: Tokens) -> QPalette:
    """Colours for everything a style sheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.panel,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.control,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.control,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent_text,
        role.Mid: tokens.border,
        role.Accent: tokens.accent,
    }
    result = QPalette()
    for key, colour in colours.items():
        result.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.disabled))
    return result


def style_sheet(tokens: Tokens, font: QFont) -> str:
    """The template with every `@token` replaced; raises KeyError for a name that is none."""
    size = font.pointSizeF()
    values = {name: getattr(tokens, name) for name in tokens.__struct_fields__}
    values |= {
        "font_tiny": f"{size * 0.78:.1f}pt",
        "font_small": f"{size * 0.9:.1f}pt",
        "font_large": f"{size * 1.3:.1f}pt",
    }
    return re.sub(
        r"@(\w+)", lambda match: values[match.group(1)], maquette_resources.style_template()
    )
