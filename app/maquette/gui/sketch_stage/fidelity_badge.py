"""The badge on the render: its fidelity, and what is missing."""

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from maquette.core.fidelity import Fidelity
from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.own_keys import OwnKeys
from maquette.gui.parts import plain_tip
from maquette.gui.sketch_stage.fidelity_words import (
    ICONS,
    fidelity_words,
    grade,
    grade_colour,
    missed_words,
)
from maquette.gui.theme import current_tokens

HEIGHT = 30
PAD = 10
GAP = 6
SIGN = 15  # side of the sign before the number


class FidelityBadge(Live, OwnKeys, QAbstractButton):
    """Pressing it shows which lines were followed; hidden while nothing was measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fidelity: Fidelity | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEIGHT)
        self.hide()

    def show_fidelity(self, fidelity: Fidelity | None) -> None:
        """Tell of `fidelity`; None hides the badge."""
        self._fidelity = fidelity
        self.setVisible(fidelity is not None)
        self.retranslate()

    def sizeHint(self) -> QSize:
        if self._fidelity is None:
            return QSize(0, HEIGHT)
        return QSize(self._width_of(self._parts()), HEIGHT)

    def _parts(self) -> list[tuple[str, bool, str]]:
        """(text, whether bold, colour) from left to right, as many as the render has room for."""
        parts, parent = self._all_parts(), self.parentWidget()
        while len(parts) > 2 and parent is not None and self._width_of(parts) > parent.width():
            parts.pop()
        return parts

    def _width_of(self, parts: list[tuple[str, bool, str]]) -> int:
        return 2 * PAD + SIGN + GAP + sum(self._width(text, bold) for text, bold, _ in parts)

    def _all_parts(self) -> list[tuple[str, bool, str]]:
        assert self._fidelity is not None
        tokens = current_tokens()
        words = QCoreApplication.translate("Fidelity", "Fidelity {score}").split("{score}")
        score = f"{self._fidelity.score:.2f}"
        return [
            (words[0], False, tokens.text),
            (score, True, grade_colour(grade(self._fidelity))),
            (f"{words[-1]}  ·  {missed_words(self._fidelity)}", False, tokens.muted),
        ]

    def _font(self, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        return font

    def _width(self, text: str, bold: bool) -> int:
        metrics = self.fontMetrics()
        return metrics.horizontalAdvance(text) + (len(text) if bold else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fidelity is None:
            return
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.accent_soft if self.isChecked() else tokens.window)
        ground.setAlphaF(0.94)
        lit = self.hasFocus() or self.isChecked() or self.underMouse()
        painter.setPen(QPen(QColor(tokens.accent if lit else tokens.border), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        of = grade(self._fidelity)
        sign = QRect(PAD, (HEIGHT - SIGN) // 2, SIGN, SIGN)
        icons.paint_glyph(painter, sign, ICONS[of], grade_colour(of))
        left = PAD + SIGN + GAP
        for text, bold, colour in self._parts():
            painter.setFont(self._font(bold))
            painter.setPen(QColor(colour))
            width = self._width(text, bold)
            painter.drawText(QRect(left, 0, width + 4, HEIGHT), Qt.AlignmentFlag.AlignVCenter, text)
            left += width

    def retranslate(self) -> None:
        words = fidelity_words(self._fidelity) if self._fidelity is not None else ""
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.adjustSize()
        self.update()

    def restyle(self) -> None:
        self.update()
