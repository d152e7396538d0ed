"""How drawing and render are seen together: linked, one under the other, or wiped."""

from PySide6.QtCore import QObject, QTimer, Signal

from maquette.gui.canvas import View
from maquette.gui.result_canvas import ResultCanvas
from maquette.gui.sketch_canvas.canvas import SketchCanvas
from maquette.state.comparing import WHOLE
from maquette.state.sketch_layout import SketchLayout, SketchView

REST = 150  # milliseconds; a wiped drawing follows the layers that soon


class Underlay(QObject):
    """Keeps the two canvases in step. To the actions that zoom it is one canvas with both.

    Signals:
        filled(bool): there is something to zoom; always, since there is paper.
        zoomed(percent): of what is looked at.
    """

    filled = Signal(bool)
    zoomed = Signal(int)

    def __init__(
        self, drawing: SketchCanvas, render: ResultCanvas, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._render = render
        self._layout = SketchLayout()
        self._on = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST)
        self._later.timeout.connect(self._wipe)
        drawing.view_changed.connect(self._drawing_viewed)
        render.viewed.connect(self._render_viewed)
        render.filled.connect(lambda _filled: self.refresh())
        drawing.zoomed.connect(lambda percent: self._told(percent, SketchView.WIPE))
        render.zoomed.connect(self._render_zoomed)

    @property
    def is_empty(self) -> bool:
        """Never: there is paper always."""
        return False

    def fit(self) -> None:
        """Show the whole of both."""
        self._drawing.fit()
        self._render.fit()

    def actual_size(self) -> None:
        """One pixel of what is looked at on one of the screen."""
        self._looked_at.actual_size()

    def zoom_by(self, factor: float) -> None:
        """Nearer or farther."""
        self._looked_at.zoom_by(factor)

    @property
    def _looked_at(self) -> SketchCanvas | ResultCanvas:
        is_alone = not self._drawing.isVisible() or self._render.hasFocus()
        return self._render if is_alone and not self._render.is_empty else self._drawing

    def turn(self, on: bool, layout: SketchLayout) -> None:
        """Whether there is a sketch, and how it is looked at."""
        self._on, self._layout = on, layout
        self.refresh()
        if on and layout.linked and layout.view is SketchView.BESIDE and not self._render.is_empty:
            self._render.show_view(self._drawing.view)
        else:
            self._render.show_view(self._render.view._replace(angle=0.0, flipped=False))
        percent = self._looked_at.zoom_percent
        self.zoomed.emit(percent)

    def refresh(self) -> None:
        """The render, or the layers, are others."""
        view = self._layout.view if self._on else None
        image = None if self._render.is_empty else self._render.image
        under = image if view is SketchView.OVERLAY else None
        self._drawing.set_backdrop(under, self._layout.veil)
        if view is SketchView.WIPE and image is not None:
            self._later.start()
        else:
            self._later.stop()
            self._render.take_off()

    def _wipe(self) -> None:
        line = self._render.line
        self._render.lay_over(self._drawing.levels(), WHOLE)
        if line >= 0:
            self._render.move_line(line)

    def _is_linked(self) -> bool:
        return self._on and self._layout.linked and self._layout.view is SketchView.BESIDE

    def _drawing_viewed(self, view: View) -> None:
        if self._is_linked():
            self._render.show_view(view)

    def _render_viewed(self, view: View) -> None:
        if self._is_linked():
            self._drawing.show_view(view)

    def _render_zoomed(self, percent: int) -> None:
        if not self._on or self._layout.view is SketchView.WIPE:
            self.zoomed.emit(percent)

    def _told(self, percent: int, but: SketchView) -> None:
        if self._on and self._layout.view is not but:
            self.zoomed.emit(percent)
