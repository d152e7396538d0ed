"""The way to the sketch: its part of the stage is built when it is wanted, or in a quiet moment."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from maquette.gui import later
from maquette.gui.actions import Actions
from maquette.gui.sketch_actions import SKETCH_SPECS, WITHOUT_SKETCH
from maquette.gui.stage import Stage
from maquette.gui.view_actions import Zoomable
from maquette.state.studio import Studio

if TYPE_CHECKING:
    from maquette.gui.sketch_stage.room import SketchRoom


class SketchGate(QObject):
    """Holds the actions that work before there is a sketch, and the room once it is built.

    Signals:
        turned(): what the actions that zoom act on in the Create place is another canvas.
    """

    turned = Signal()

    def __init__(self, studio: Studio, actions: Actions, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._actions = actions
        self._stage = stage
        self._window = window
        self._room: SketchRoom | None = None
        self._building: asyncio.Task[None] | None = None
        sketches = studio.sketches
        for action in SKETCH_SPECS.keys() - set(WITHOUT_SKETCH):
            actions[action].setEnabled(False)  # until there is a sketch
        actions.bind("sketch", lambda: sketches.turn(not sketches.is_on))
        actions.bind("sketch_new", lambda: self.room.files.new())
        actions.bind("sketch_open", lambda: self.room.files.open())
        studio.session.changed.connect(self._session_changed)
        if sketches.is_on:
            QTimer.singleShot(0, self, self._session_changed)  # after the first paint

    @property
    def room(self) -> "SketchRoom":
        """The sketch's place on the stage; what it still lacks is built."""
        while self.build():
            pass
        assert self._room is not None  # built just now
        return self._room

    @property
    def canvas(self) -> Zoomable:
        """What the actions that zoom act on."""
        if self._room is not None and self._room.is_built and self._room.is_on:
            return self._room.underlay
        return self._stage.canvas

    def build(self) -> bool:
        """Build a part of the room; False when it is complete."""
        if self._room is None:
            make = later.sketch_room()
            self._room = make(self._studio, self._actions, self._stage, self._window)
            self._room.turned.connect(self.turned)
        has_built = self._room.build_part()
        if has_built and self._room.is_built:
            later.sketch_arrivals()(self._studio, self._room.canvas, self._window)
            self.turned.emit()
        return has_built

    def put_away(self) -> None:
        """The window is closed."""
        if self._room is not None and self._room.is_built:
            self._room.put_away()

    def _session_changed(self, *_: object) -> None:
        if self._studio.sketches.is_on and self._building is None:
            self._building = self._studio.tasks.start(self._build_all())

    async def _build_all(self) -> None:
        """Build the room part by part, so that the window answers meanwhile."""
        await asyncio.to_thread(later.sketch_room)
        while self.build():
            await asyncio.sleep(0)
