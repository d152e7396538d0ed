"""The checked picture, and its original beside it or over it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from maquette.gui.levels import Levels
from maquette.gui.live import Live
from maquette.gui.original_canvas import OriginalCanvas
from maquette.gui.parts import label, name
from maquette.gui.wipe_canvas import WipeCanvas
from maquette.state.comparing import WHOLE, Part


class CompareView(Live, QWidget):
    """Shows one canvas, or two with a caption above each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = WipeCanvas()
        self.original = OriginalCanvas()
        self._captions = (label("small"), label("small"))
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        self._sides: list[QWidget] = []
        for canvas, caption in zip((self.original, self.canvas), self._captions, strict=True):
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            caption.setContentsMargins(0, 8, 0, 0)
            column.addWidget(caption)
            column.addWidget(canvas, 1)
            beside.addWidget(side, 1)
            self._sides.append(side)
        self.show_alone()
        self.retranslate()

    def show_alone(self) -> None:
        """Show the picture without its original."""
        self._sides[0].hide()
        self._captions[1].hide()
        self.canvas.take_off()
        self.original.clear()
        self.original.set_part(WHOLE)

    def show_beside(self, levels: Levels, part: Part, file: str) -> None:
        """Show the original at the left, with a frame around the `part` that the picture shows."""
        self.canvas.take_off()
        self._sides[0].show()
        self._captions[1].show()
        self.original.set_part(part)
        self.original.show_levels(levels, levels[0].size(), file)

    def show_over(self, levels: Levels, part: Part) -> None:
        """Lay that `part` of the original over the picture."""
        self.show_alone()
        self.canvas.lay_over(levels, part)

    def retranslate(self) -> None:
        name(self.canvas, self.tr("Picture that is checked"))
        name(self.original, self.tr("The original"))
        for canvas in (self.canvas, self.original):
            canvas.setToolTip("")
        self.canvas.setAccessibleDescription(
            self.tr("While the original lies over it, arrow keys move the line between the two.")
        )
        original, picture = self.tr("Original"), self.tr("Checked")
        self.canvas.set_words(original, picture)
        for caption, text in zip(self._captions, (original, picture), strict=True):
            caption.setText(text)
