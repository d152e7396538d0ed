"""A label of one line that ends in an ellipsis when there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from maquette.gui.parts import plain_tip


class ElidedLabel(QLabel):
    """Plain text; what is cut, or what was given as its tip, is in the tooltip: 600 characters."""

    def __init__(
        self,
        role: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._whole = self._tip = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def set_text(self, text: str, tip: str = "") -> None:
        """Show `text`; its tooltip is `tip`, or the whole text where that is cut."""
        whole = " ".join(text[:2000].split())
        if (whole, tip) == (self._whole, self._tip):
            return
        self._whole, self._tip = whole, tip
        self._elide()
        self.updateGeometry()

    @property
    def whole(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + 4, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        least = 24 if self._whole else 0  # without a word it needs no room
        return QSize(least, self.fontMetrics().height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(0, self.contentsRect().width() - 2)
        shown = self.fontMetrics().elidedText(self._whole, self._mode, room)
        self.setText(shown)
        tip = self._tip or (self._whole if shown != self._whole else "")
        self.setToolTip(plain_tip(tip[:600]))
