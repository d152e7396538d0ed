"""What the stage shows beside the drawing: the newest of live pictures and stored ones."""

from PySide6.QtCore import QObject, Signal

from maquette.core.pixels import Pixels
from maquette.gui.sketch_stage.fidelity_view import FidelityView
from maquette.gui.sketch_stage.line_marks import Classes
from maquette.gui.stage import Stage
from maquette.state.live import LiveShot
from maquette.state.results import Picture, StageKind
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
        self.fidelity.show(shot.fidelity, lambda: self._lines_of_live(shot))
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
            self.fidelity.show(fidelity, lambda: self._lines_of(picture))

    async def _lines_of(self, picture: Picture) -> Classes | None:
        images = await self._studio.drafting.images_of(picture.record.recipe)
        recipe = picture.record.recipe
        if images is None or not recipe.controls:
            return None
        control = recipe.controls[0]
        return await self._compare(
            picture.path, images[control.digest], images.get(control.weights)
        )

    async def _lines_of_live(self, shot: LiveShot) -> Classes | None:
        control = shot.recipe.controls[0]
        images = shot.draft.images
        return await self._compare(
            shot.picture, images[control.digest], images.get(control.weights)
        )

    async def _compare(
        self, render: str | Pixels, sketch: Pixels, weights: Pixels | None
    ) -> Classes | None:
        raise NotImplementedError
