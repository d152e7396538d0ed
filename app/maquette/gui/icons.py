"""Icons: glyphs of the Phosphor font that qtawesome ships, drawn in the theme's colours.

The font is read from qtawesome's folder without importing qtawesome: its import pulls in qtpy with
QtOpenGL and QtTest and costs 0.16 s of the second in which the window has to be there.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from maquette.gui.theme import current_tokens


@cache
def _font() -> tuple[str, dict[str, str]]:
    """(family, name to character) of the Phosphor font."""
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("qtawesome is not installed; its icon font is needed")
    folder = Path(spec.submodule_search_locations[0]) / "fonts"
    font = next(folder.glob("phosphor-[0-9]*.ttf"))
    names = json.loads(next(folder.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
    number = QFontDatabase.addApplicationFont(str(font))
    return QFontDatabase.applicationFontFamilies(number)[0], {
        name: chr(int(code, 16)) for name, code in names.items()
    }


def paint_glyph(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """Draw the icon `name` centred in `rect`, as high as `rect`."""
    family, glyphs = _font()
    font = QFont(family)
    font.setPixelSize(max(1, min(rect.width(), rect.height())))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyphs[name])
    painter.restore()


class _GlyphEngine(QIconEngine):
    """Draws one glyph at whatever size and pixel ratio is asked for."""

    def __init__(self, name: str, normal: str, disabled: str, checked: str) -> None:
        super().__init__()
        self._name = name
        self._normal = normal
        self._disabled = disabled
        self._checked = checked

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._checked if state == QIcon.State.On else self._normal
        if mode == QIcon.Mode.Disabled:
            colour = self._disabled
        paint_glyph(painter, rect, self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if size.isEmpty():  # a button that has no room yet asks for this
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._normal, self._disabled, self._checked)


def icon(name: str, colour: str = "", checked: str = "") -> QIcon:
    """The icon `name` (Phosphor's names) in the theme's text colour, or in `colour`.

    Make it again when the theme changes. `checked` is the colour while a button is checked.
    """
    tokens = current_tokens()
    normal = colour or tokens.text
    return QIcon(_GlyphEngine(name, normal, tokens.disabled, checked or normal))
