"""What the stage shows beside the drawing: the newest of live pictures and stored ones."""

from PySide6.QtCore import QObject, Signal

from maquette.gui.sketch_stage.fidelity_view import FidelityView
from maquette.gui.stage import Stage
from maquette.state.live_view import LiveShot
from maquette.state.results import StageKind
from maquette.state.studio import Studio


class ShownRender(QObject):
    """Brings live pictures onto the stage, and the fidelity of whatever is there.

    Signals:
        shown(): the render is another one.
    """

    shown = Signal()

    def __init__(self, studio: Studio, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._stage = stage
        self._lines = studio.fidelity_lines
        self._shot: LiveShot | None = None
        self.fidelity = FidelityView(stage.canvas, studio.tasks, self)
        studio.live.made.connect(self._show_live)
        studio.live.ended.connect(self._live_ended)
        studio.results.stage.changed.connect(self._stored)
        stage.loaded.connect(self.shown)
        self._stored()

    def _show_live(self, shot: LiveShot) -> None:
        self._shot = shot
        self._stage.show_live(shot.picture, shot.recipe)
        self.fidelity.show(shot.fidelity, lambda: self._lines.of_live(shot))
        self.shown.emit()

    def _live_ended(self) -> None:
        if self._shot is not None:
            self._shot = None
            self._stage.show_stored()
            self._stored()

    def _stored(self, *_: object) -> None:
        self._shot = None
        results = self._studio.results
        picture = results.shown if results.stage.value.kind is StageKind.PICTURE else None
        fidelity = picture.record.fidelity if picture is not None else None
        if picture is None or fidelity is None:
            self.fidelity.show(None, None)
        else:
            self.fidelity.show(fidelity, lambda: self._lines.of_picture(picture))
