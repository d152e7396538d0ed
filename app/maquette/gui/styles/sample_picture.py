"""A style's sample picture as a widget, at any size."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from maquette.core.style import Style
from maquette.gui.styles.cards import paint_card
from maquette.gui.styles.samples import Samples


class SamplePicture(QWidget):
    """A square of `side` pixels with the picture; hidden while there is no style."""

    def __init__(self, samples: Samples, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = samples
        self._style: Style | None = None
        self.setFixedSize(side, side)
        samples.ready.connect(lambda _id: self.update())

    def show_style(self, style: Style | None) -> None:
        """Show the picture of `style`."""
        self._style = style
        self.setVisible(style is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._style is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_card(painter, self.rect(), self._style, self._samples.get(self._style.id))
        painter.end()
