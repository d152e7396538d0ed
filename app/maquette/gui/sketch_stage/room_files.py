"""New, open, save, recent, examples, drops: what comes onto the paper and what leaves it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMenu, QWidget

from maquette.gui.actions import Actions
from maquette.gui.sketch_canvas.canvas import SketchCanvas
from maquette.gui.sketch_shelf.previews import preview
from maquette.gui.sketch_stage.files import (
    MOST,
    ask_for_sketch,
    ask_where_to_export_sketch,
    ask_where_to_save_sketch,
    fill_recent,
)
from maquette.gui.sketch_stage.head import SketchHead
from maquette.gui.sketch_stage.paper_hint import PaperHint, example_pixels
from maquette.state.results import Picture
from maquette.state.sketch_commands import SketchCommands
from maquette.state.studio import Studio

THUMBNAIL = 64  # pixels
NEEDS_RENDER = ("trace", "lock_part", "refine")


class RoomFiles(QObject):
    """Binds the actions that concern the drawing as a whole, and says how far it is saved."""

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        canvas: SketchCanvas,
        head: SketchHead,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._studio = studio
        self._actions = actions
        self._canvas = canvas
        self._head = head
        self._window = window
        self.hint = PaperHint(canvas)
        self.commands: SketchCommands = studio.sketches
        actions.bind("sketch_save", self._save)
        actions.bind("sketch_save_as", self._save_as)
        actions.bind("sketch_export", self._export)
        actions.bind("sketch_delete", studio.sketch_shelf.discard_open)
        actions.bind("trace", lambda: self._with_shown(self._trace))
        actions.bind("lock_part", lambda: self._with_shown(self.commands.lock_part))
        actions.bind("refine", studio.commands.refine)
        head.recent_wanted.connect(self._list_recent)
        self.hint.example_chosen.connect(self._take_example)
        canvas.stroke_began.connect(self._place_hint)
        canvas.stroke_ended.connect(self._place_hint)
        canvas.zoomed.connect(self._place_hint)
        canvas.view_changed.connect(self._place_hint)
        canvas.installEventFilter(self)
        studio.drawings.changed.connect(self._changed)
        for signal in (studio.live.made, studio.live.ended, studio.results.stage.changed):
            signal.connect(self._set_enabled)
        self._set_enabled()
        self._changed(frozenset({"drawing", "saved"}))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place_hint()
        elif event.type() == QEvent.Type.LanguageChange:
            self._say_saved()
        return super().eventFilter(watched, event)

    def _set_enabled(self, *_: object) -> None:
        has_picture = self._studio.results.shown is not None
        for action in NEEDS_RENDER:
            self._actions[action].setEnabled(has_picture)
        self._actions["keep_live"].setEnabled(self._studio.live.shot is not None)

    def _changed(self, fields: frozenset[str]) -> None:
        if "saved" in fields:
            self._say_saved()
        if fields & {"drawing", "history"}:
            progress = self._studio.drawings.progress
            is_new = self._studio.drawings.is_blank and not progress.undo + progress.redo
            self._actions["sketch_delete"].setEnabled(not is_new)
        self._place_hint()

    def _say_saved(self) -> None:
        saved = self._studio.drawings.is_saved
        self._head.set_saved(self.tr("autosaved") if saved else self.tr("saving…"))

    def _place_hint(self, *_: object) -> None:
        self.hint.show_over(self._canvas.paper, self._studio.drawings.is_blank)

    # --- files ----------------------------------------------------------------------------------

    def new(self) -> None:
        """Lay out empty paper, and take the pen."""
        self.commands.new()
        self._canvas.setFocus()

    def open(self) -> None:
        """Ask for a drawing and open it."""
        path = ask_for_sketch(self._window)
        if path:
            self.commands.open(path)

    def _save(self) -> None:
        path = self._studio.projects.path
        if path is None:
            self._save_as()
        else:
            self._studio.projects.save(path)

    def _save_as(self) -> None:
        projects, drawing = self._studio.projects, self._studio.drawings.drawing
        path = ask_where_to_save_sketch(self._window, drawing.name, projects.path)
        if path:
            projects.save(Path(path))

    def _export(self) -> None:
        path = ask_where_to_export_sketch(self._window, self._studio.drawings.drawing.name)
        if path:
            self._studio.projects.export_openraster(Path(path))

    def _list_recent(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(self.tr("Looking…")).setEnabled(False)
        self._studio.tasks.start(self._fill_recent(menu))

    async def _fill_recent(self, menu: QMenu) -> None:
        drawings = self._studio.drawings
        there = [one for one in await drawings.shelved() if one.id != drawings.drawing.id]
        images = await asyncio.to_thread(lambda: [preview(one, THUMBNAIL) for one in there[:MOST]])
        fill_recent(menu, list(zip(there, images, strict=False)), drawings.lay_out)

    # --- what comes onto the paper --------------------------------------------------------------

    def _take_example(self, path: Path) -> None:
        self._studio.tasks.start(self._place_example(path))

    async def _place_example(self, path: Path) -> None:
        drawing = self._studio.drawings.drawing
        pixels = await asyncio.to_thread(example_pixels, path, drawing.width, drawing.height)
        self.commands.place_lines(pixels)

    def _trace(self, picture: Picture) -> None:
        self.commands.trace(picture, self.tr("Traced render"))

    def _with_shown(self, act: Callable[[Picture], object]) -> None:
        picture = self._studio.results.shown
        if picture is not None:
            act(picture)
