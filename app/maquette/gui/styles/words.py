"""What is said of styles in the language of the window."""

from PySide6.QtCore import QCoreApplication

from maquette.core.style import Style, StyleGroup
from maquette.core.style_blend import SEVERAL
from maquette.gui.parts import plain_tip
from maquette.gui.sketch_panel.word_menu import shown_language
from maquette.state.noop import QT_TRANSLATE_NOOP

_GROUPS = {
    StyleGroup.PAINT: QT_TRANSLATE_NOOP("Styles", "Paint"),
    StyleGroup.INK: QT_TRANSLATE_NOOP("Styles", "Pencil and ink"),
    StyleGroup.PRINT: QT_TRANSLATE_NOOP("Styles", "Print and graphics"),
    StyleGroup.CRAFT: QT_TRANSLATE_NOOP("Styles", "Craft"),
    StyleGroup.PRODUCT: QT_TRANSLATE_NOOP("Styles", "Product"),
    StyleGroup.LIGHT: QT_TRANSLATE_NOOP("Styles", "Light"),
    StyleGroup.FILM: QT_TRANSLATE_NOOP("Styles", "Photo and film"),
}
GLYPHS = {
    StyleGroup.PAINT: "paint-brush",
    StyleGroup.INK: "pen-nib",
    StyleGroup.PRINT: "printer",
    StyleGroup.CRAFT: "scissors",
    StyleGroup.PRODUCT: "cube",
    StyleGroup.LIGHT: "sun",
    StyleGroup.FILM: "film-strip",
}
"""An icon for each group."""


def group_word(group: StyleGroup) -> str:
    """What a group is called."""
    return QCoreApplication.translate("Styles", _GROUPS[group])


def style_name(style: Style) -> str:
    """What a style is called, by both names where it is blended of two; plain text."""
    language = shown_language()
    other = style.second.name.of(language) if style.second else ""
    return SEVERAL.join(filter(None, (style.name.of(language), other)))


def style_tip(style: Style) -> str:
    """A tooltip of plain text: name, description, words."""
    language = shown_language()
    lines = (style_name(style), style.description.of(language), style.prompt.of(language)[:300])
    return plain_tip("\n".join(line for line in lines if line))
