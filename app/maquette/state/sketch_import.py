"""An image on its way into a drawing: what it is cleaned with, and what came of it."""

import asyncio
from pathlib import Path
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QObject

from maquette.core.cleanup import Cleanup, CleanupFound
from maquette.core.errors import MaquetteError
from maquette.core.pixels import Pixels
from maquette.core.svg import is_svg
from maquette.engine.marker import CleanedSketch
from maquette.engine.svg import rasterise, rasterise_file
from maquette.state.store import Store
from maquette.state.tasks import Tasks

Source = Path | bytes | Pixels
"""A file, the bytes of one, or RGB pixels."""


class SketchCleaner(Protocol):
    """Whatever cleans: the marker's client."""

    async def clean_sketch(
        self, source: Source, cleanup: Cleanup, width: int, height: int, *, before: bool = True
    ) -> CleanedSketch:
        """Raises MaquetteError."""
        ...

    async def close(self) -> None:
        """End the process."""
        ...


class Shown(msgspec.Struct, frozen=True, eq=False):
    """Pixels in a Store; compared by identity, since arrays have no truth value."""

    pixels: Pixels


class Importing(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the image; `problem` is a sentence, "" for none.

    `before` is the image as it was read, `sketch` what came of it with the settings in `found`.
    """

    name: str = ""
    cleanup: Cleanup = Cleanup()
    size: tuple[int, int] = (1024, 1024)  # width and height of the sketch
    is_open: bool = False
    is_busy: bool = False
    before: Shown | None = None
    sketch: Shown | None = None
    found: CleanupFound | None = None
    problem: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether there is a sketch with lines in it, made with the settings that hold."""
        return (
            self.sketch is not None
            and self.found is not None
            and not (self.found.empty or self.is_busy or self.problem)
        )


class SketchImport(QObject):
    """Cleans one image again whenever a setting changes; only the newest settings count."""

    def __init__(self, cleaner: SketchCleaner, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = Store(Importing(), self)
        self._cleaner = cleaner
        self._tasks = tasks
        self._source: Source | None = None
        self._is_read = False  # whether the source was looked at for SVG
        self._is_stale = False
        self._opened = 0
        self._runner: asyncio.Task[Any] | None = None

    def open(self, source: Source, name: str, size: tuple[int, int]) -> None:
        """Clean `source`, called `name`, to a sketch of `size`; corners are proposed anew."""
        self._source, self._is_read = source, False
        self._opened += 1
        self.store.update(
            name=name,
            size=size,
            cleanup=msgspec.structs.replace(self.store.value.cleanup, corners=None),
            is_open=True,
            before=None,
            sketch=None,
            found=None,
            problem="",
        )
        self._refresh()

    def change(self, **settings: Any) -> None:
        """Other settings of the Cleanup."""
        cleanup = msgspec.structs.replace(self.store.value.cleanup, **settings)
        if cleanup != self.store.value.cleanup:
            self.store.update(cleanup=cleanup)
            self._refresh()

    def set_size(self, size: tuple[int, int]) -> None:
        """Another size of the sketch."""
        if size != self.store.value.size:
            self.store.update(size=size)
            self._refresh()

    def close(self) -> None:
        """Stop, and end the process."""
        self._source = None
        if self._runner is not None:
            self._runner.cancel()
        self._tasks.start(self._cleaner.close())

    # --- one after the other --------------------------------------------------------------------

    def _refresh(self) -> None:
        self._is_stale = True
        if self._source is None:
            return
        self.store.update(is_busy=True)
        if self._runner is None or self._runner.done():
            self._runner = self._tasks.start(self._run())

    async def _run(self) -> None:
        """Clean until nothing has changed meanwhile."""
        while self._is_stale and self._source is not None:
            self._is_stale = False
            try:
                await self._clean()
            except Exception:
                self.store.update(is_busy=False)
                raise
        self.store.update(is_busy=False)

    async def _clean(self) -> None:
        opened, value = self._opened, self.store.value
        try:
            if not self._is_read:
                source = await asyncio.to_thread(_looked_at, self._source)
                if opened != self._opened:
                    return
                self._source, self._is_read = source, True
            assert self._source is not None  # who closes this, cancels it
            made = await self._cleaner.clean_sketch(
                self._source, value.cleanup, *value.size, before=value.before is None
            )
        except MaquetteError as error:
            if opened == self._opened:
                self.store.update(problem=error.message, sketch=None, found=None)
            return
        if opened != self._opened:
            return
        self.store.update(
            before=Shown(made.before) if made.before is not None else value.before,
            sketch=Shown(made.sketch),
            found=made.found,
            problem="",
        )


def _looked_at(source: Source | None) -> Source:
    """`source`, or the pixels of the drawing if it is SVG. Blocking. Raises ImageError."""
    if isinstance(source, Path):
        drawn = rasterise_file(source)
        return source if drawn is None else drawn
    if isinstance(source, bytes) and is_svg(source):
        return rasterise(source)
    assert source is not None
    return source
