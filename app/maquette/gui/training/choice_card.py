"""A card that is one of several choices: a title, a sentence, and what follows from it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from maquette.gui import icons
from maquette.gui.theme import current_tokens

_ROUND = 8
_EDGE = 12
_GLYPH = 20


class ChoiceCard(QAbstractButton):
    """A radio button with room; put several into a QButtonGroup."""

    def __init__(self, glyph: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._glyph = glyph
        self._told = ""
        self._facts = ""

    def set_words(self, title: str, told: str, facts: str = "") -> None:
        """`told` is a sentence below the title, `facts` lines of figures."""
        if (title, told, facts) == (self.text(), self._told, self._facts):
            return
        self.setText(title)
        self._told, self._facts = told, facts
        said = ", ".join(part for part in (title, told, facts.replace("\n", ", ")) if part)
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, told, facts = self._places(width)
        return max(title.bottom(), told.bottom(), facts.bottom()) + _EDGE

    def _places(self, width: int) -> tuple[QRect, QRect, QRect]:
        """Where title, sentence and figures are in a card of this width."""
        left = _EDGE + (_GLYPH + _EDGE if self._glyph else 0)
        room = max(40, width - left - _EDGE)
        metrics = self.fontMetrics()
        title = QRect(left, _EDGE - 2, room, metrics.height())
        flags = int(Qt.TextFlag.TextWordWrap)
        told = metrics.boundingRect(QRect(0, 0, room, 400), flags, self._told)
        below = QRect(left, title.bottom() + 3, room, told.height())
        facts = metrics.boundingRect(QRect(0, 0, room, 400), flags, self._facts or " ")
        last = QRect(left, below.bottom() + 9, room, facts.height() if self._facts else 0)
        return title, below, last if self._facts else QRect(left, below.bottom(), room, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.accent_soft if self.isChecked() else tokens.control
        if self.underMouse() and not self.isChecked():
            ground = tokens.control_hover
        edge = tokens.accent if self.isChecked() or self.hasFocus() else tokens.border
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        title, told, facts = self._places(self.width())
        if self._glyph:
            glyph = QRect(_EDGE, _EDGE - 1, _GLYPH, _GLYPH)
            colour = tokens.accent_text if self.isChecked() else tokens.muted
            icons.paint_glyph(painter, glyph, self._glyph, colour)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.accent_text if self.isChecked() else tokens.text))
        painter.drawText(title, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.setFont(self.font())
        flags = int(Qt.TextFlag.TextWordWrap)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(told, flags, self._told)
        painter.setPen(QColor(tokens.text))
        painter.drawText(facts, flags, self._facts)
