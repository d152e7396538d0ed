"""What is done with whole sketches: files, examples, and renders that become layers."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec

from maquette.core.drawing import LayerRole
from maquette.core.pixels import Pixels
from maquette.core.tools import Tool, ToolSettings
from maquette.state.drawings import Drawings
from maquette.state.pictures import read_pixels
from maquette.state.projects import Projects
from maquette.state.results import Picture
from maquette.state.session import Layout, Session
from maquette.state.sketch_layout import SketchView
from maquette.state.store import Store
from maquette.state.tasks import Tasks

LEAST_SIDE = 1024  # pixels of the longer side of new paper, so that lines are smooth
LOCK_BRUSH = 0.05  # of the paper's longer side: what regions are painted over with


def paper_size(width: int, height: int) -> tuple[int, int]:
    """Of what size paper is for pictures of `width` by `height`: the same shape, and large."""
    factor = max(1, -(-LEAST_SIDE // max(width, height)))
    return width * factor, height * factor


class SketchCommands:
    """Intents of the Create room about the drawing as a whole. Problems come as errors of tasks."""

    def __init__(
        self,
        *,
        drawings: Drawings,
        projects: Projects,
        session: Store[Session],
        layout: Store[Layout],
        tools: Store[ToolSettings],
        tasks: Tasks,
        use_as_start: Callable[[Picture], object],
    ) -> None:
        self._drawings = drawings
        self._projects = projects
        self._session = session
        self._layout = layout
        self._tools = tools
        self._tasks = tasks
        self._use_as_start = use_as_start

    @property
    def is_on(self) -> bool:
        """Whether there is a sketch to follow."""
        return self._session.value.sketch.used

    def turn(self, on: bool) -> None:
        """Follow the sketch from now on, or words alone."""
        sketch = self._session.value.sketch
        if sketch.used != on:
            live = sketch.live and on
            self._session.update(sketch=msgspec.structs.replace(sketch, used=on, live=live))

    # --- paper ----------------------------------------------------------------------------------

    def new(self) -> None:
        """Empty paper in the shape that the panel has; the drawing before stays on the shelf."""
        session = self._session.value
        self._drawings.new(*paper_size(session.width, session.height))
        self.turn(True)

    def open(self, path: str) -> None:
        """Open the drawing in the file at `path`, .maquette or .ora."""
        self._tasks.start(self._open(Path(path)))

    async def _open(self, path: Path) -> None:
        await self._projects.open_now(path)
        self.turn(True)

    # --- layers ---------------------------------------------------------------------------------

    def place_lines(self, pixels: Pixels) -> None:
        """Put lines (RGBA) on a layer of their own; it takes the place of an empty one."""
        self._drawings.place_image(pixels, LayerRole.LINES, instead=True)

    def trace(self, picture: Picture, name: str) -> None:
        """Lay the render under all layers, to be drawn after; the model never sees it."""
        self.turn(True)
        self._tasks.start(self._trace(picture.path, name))

    async def _trace(self, path: str, name: str) -> None:
        pixels = await asyncio.to_thread(read_pixels, path)
        self._drawings.place_image(pixels, LayerRole.REFERENCE, name, lowest=True)

    def lock_part(self, picture: Picture) -> None:
        """Start from this render, and hold a wide brush over it for what must stay."""
        self.turn(True)
        self._use_as_start(picture)
        choice = msgspec.structs.replace(self._session.value.sketch, keep_region=True)
        self._session.update(sketch=choice)
        drawing = self._drawings.drawing
        locks = [layer for layer in drawing.layers if layer.role is LayerRole.LOCK]
        if locks:
            self._drawings.set_layer(locks[-1].id, visible=True, locked=False)
            self._drawings.activate(locks[-1].id)
        else:
            self._drawings.activate(drawing.layers[-1].id)
            self._drawings.add_layer(LayerRole.LOCK)
        size = min(
            512.0, max(self._tools.value.size, LOCK_BRUSH * max(drawing.width, drawing.height))
        )
        self._tools.update(tool=Tool.BRUSH, size=size)
        layout = msgspec.structs.replace(self._layout.value.sketch, view=SketchView.OVERLAY)
        self._layout.update(sketch=layout)
