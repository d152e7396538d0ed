"""The room of the sketch: its parts on the stage, how they are arranged, and what their keys do."""

from collections.abc import Iterator
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from maquette.core.drawing import LayerRole
from maquette.gui.actions import Actions
from maquette.gui.sketch_actions import LAYERS, SKETCH_SPECS, TOOLS, WITHOUT_SKETCH
from maquette.gui.sketch_canvas.canvas import SketchCanvas
from maquette.gui.sketch_stage.detached import DetachedWindow
from maquette.gui.sketch_stage.head import SketchHead
from maquette.gui.sketch_stage.layers_panel import RULED, LayersPanel
from maquette.gui.sketch_stage.local_keys import LocalKeys
from maquette.gui.sketch_stage.room_files import RoomFiles
from maquette.gui.sketch_stage.shown_render import ShownRender
from maquette.gui.sketch_stage.sketch_bar import SketchBar
from maquette.gui.sketch_stage.tool_options import ToolOptions
from maquette.gui.sketch_stage.tool_rail import ToolRail
from maquette.gui.sketch_stage.underlay import Underlay
from maquette.gui.stage import SketchParts, Stage
from maquette.state.session import Layout, Session
from maquette.state.sketch_layout import Part, SketchView
from maquette.state.studio import Studio

OVERRIDES = {"Ctrl+S": "sketch_save", "Ctrl+Shift+S": "sketch_save_as"}
"""What saves the picture elsewhere saves the drawing while that has the focus."""


class SketchRoom(QObject):
    """Joins the stage, and shows its parts while the session follows a sketch.

    It `is_built` once `build_part` has nothing more to do.

    Signals:
        turned(on): there is a sketch from now on, or there is none any more.
    """

    turned = Signal(bool)

    def __init__(self, studio: Studio, actions: Actions, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._actions = actions
        self._stage = stage
        self._window = window
        self._detached: DetachedWindow | None = None
        self._was_on = studio.session.value.sketch.used
        self._steps = self._build()
        self.is_built = False

    def build_part(self) -> bool:
        """Build what is still lacking, a part at a time; False when it is complete."""
        return next(self._steps, False)

    def _build(self) -> Iterator[bool]:
        studio, actions, stage, window = self._studio, self._actions, self._stage, self._window
        drawings, layout = studio.drawings, studio.layout
        rail, options, layers = (_frame(stage, name) for name in ("", "stageBar", ""))
        self.canvas = SketchCanvas(drawings, studio.tools, stage)
        yield True
        self.head = SketchHead(drawings, layout, actions, stage)
        yield True
        self.rail = ToolRail(studio.tools, actions, rail)
        _fill(rail, self.rail, (12, 8, 4, 8))
        yield True
        self.options = ToolOptions(studio.tools, layout, options)
        _fill(options, self.options, (12, 6, 8, 6))
        yield True
        self.layers = LayersPanel(drawings, studio.tasks, actions, layers)
        _fill(layers, self.layers, (8, 0, 8, 8))
        yield True
        self.bar = SketchBar(drawings, actions, stage)
        yield True
        self.underlay = Underlay(self.canvas, stage.canvas, self)
        self.files = RoomFiles(studio, actions, self.canvas, self.head, window)
        yield True
        self.render = ShownRender(studio, stage, self)
        self._parts = SketchParts(self.head, options, rail, self.canvas, layers, self.bar)
        stage.take(self._parts)
        self._connect()
        self._bind()
        self._say_sides()
        self._drawing_changed(frozenset({"layers", "saved"}))
        self._arrange()
        self._was_on, self.is_built = self.is_on, True
        yield True

    def _connect(self) -> None:
        studio, canvas = self._studio, self.canvas
        self.underlay.zoomed.connect(lambda percent: self._stage.zoom.setText(f"{percent} %"))
        canvas.stroke_began.connect(studio.live.stroke_began)
        canvas.stroke_paused.connect(studio.live.stroke_paused)
        canvas.stroke_ended.connect(studio.live.stroke_ended)
        self.render.shown.connect(self.underlay.refresh)
        studio.drawings.changed.connect(self._drawing_changed)
        studio.session.changed.connect(self._session_changed)
        studio.layout.changed.connect(self._layout_changed)
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self._say_sides()
        return super().eventFilter(watched, event)

    # --- what the actions do --------------------------------------------------------------------

    def _say_sides(self) -> None:
        self._stage.canvas.set_words(self.tr("Sketch"), self.tr("Render"))

    def _bind(self) -> None:
        bind, drawings = self._actions.bind, self._studio.drawings
        bind("sketch_undo", self.canvas.undo)
        bind("sketch_redo", drawings.redo)
        bind("sketch_view", self._next_view)
        bind("sketch_layers", lambda: self._turn("layers_open"))
        bind("sketch_link", lambda: self._turn("linked"))
        bind("detach_render", lambda: self._turn_detached(Part.RENDER))
        bind("detach_drawing", lambda: self._turn_detached(Part.DRAWING))
        own = ("sketch_undo", "sketch_redo", *TOOLS)
        keys = LocalKeys(self._actions, own, OVERRIDES, self)
        keys.watch((self.canvas, self._stage.canvas, *self.rail.buttons.values(), self.bar.undo))
        rows = LocalKeys(self._actions, (*LAYERS, "sketch_undo", "sketch_redo"), OVERRIDES, self)
        rows.watch((self.layers.list,))
        self.render.fidelity.hold([self.canvas, self._stage.canvas], Qt.Key.Key_F4)

    def _next_view(self) -> None:
        views = list(SketchView)
        current = self._studio.layout.value.sketch.view
        self._update(view=views[(views.index(current) + 1) % len(views)])

    def _turn(self, field: str) -> None:
        self._update(**{field: not getattr(self._studio.layout.value.sketch, field)})

    def _turn_detached(self, part: Part) -> None:
        current = self._studio.layout.value.sketch.detached
        self._update(detached=None if current is part else part)

    def _update(self, **changes: Any) -> None:
        layout = self._studio.layout
        layout.update(sketch=msgspec.structs.replace(layout.value.sketch, **changes))

    # --- what changes ---------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        """Whether there is a sketch to follow."""
        return self._studio.session.value.sketch.used

    def _drawing_changed(self, fields: frozenset[str]) -> None:
        drawings = self._studio.drawings
        if "layers" in fields:
            self.options.set_with_colour(drawings.active.role is LayerRole.COLOUR)
        if fields & {"layers", "history"}:
            self.underlay.refresh()

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if "sketch" in fields and self.is_on is not self._was_on:
            self._was_on = self.is_on
            self._arrange()
            self.turned.emit(self.is_on)

    def _layout_changed(self, layout: Layout, fields: frozenset[str]) -> None:
        if "sketch" in fields:
            self._arrange()

    def _arrange(self) -> None:
        """Show what is wanted where it is wanted."""
        layout, on = self._studio.layout.value.sketch, self.is_on
        self._stage.turn_to_sketch(on)
        away = layout.detached if on else None
        self._detach(away)
        view = layout.view if away is None else SketchView.BESIDE
        draws = on and (view is not SketchView.WIPE or away is Part.DRAWING)
        self.canvas.setVisible(draws)
        self._parts.options.setVisible(on and draws)
        self._parts.rail.setVisible(on)
        self._parts.layers.setVisible(on and layout.layers_open)
        self._stage.result.setVisible(not on or view is not SketchView.OVERLAY)
        self.bar.layers.setChecked(layout.layers_open)
        for action in SKETCH_SPECS.keys() - {*WITHOUT_SKETCH, *RULED, "sketch_delete"}:
            self._actions[action].setEnabled(on)
        self.underlay.turn(on, msgspec.structs.replace(layout, view=view))

    # --- a window of its own --------------------------------------------------------------------

    def _detach(self, part: Part | None) -> None:
        held = {Part.DRAWING: self.canvas, Part.RENDER: self._stage.result}
        current = None if self._detached is None else self._detached.part
        if part is current:
            return
        if self._detached is not None and current is not None:
            window, self._detached = self._detached, None
            self._note_geometry(current, window.kept_geometry)
            self._stage.put_back(held[current], current is Part.DRAWING)
            held[current].show()
            window.hide()
            window.deleteLater()
        if part is not None:
            layout = self._studio.layout.value.sketch
            kept = layout.render_window if part is Part.RENDER else layout.drawing_window
            window = DetachedWindow(part, held[part], self._actions, kept, self._window)
            window.closed.connect(lambda: self._update(detached=None))
            self._detached = window
            held[part].show()
            window.show()

    def _note_geometry(self, part: Part, geometry: str) -> None:
        field = "render_window" if part is Part.RENDER else "drawing_window"
        self._update(**{field: geometry})

    def put_away(self) -> None:
        """The main window is closed: keep where the other one is."""
        if self._detached is not None:
            self._note_geometry(self._detached.part, self._detached.kept_geometry)
            self._detached.hide()


def _frame(parent: QWidget, name: str) -> QFrame:
    frame = QFrame(parent)
    if name:
        frame.setObjectName(name)
    frame.hide()
    return frame


def _fill(frame: QFrame, part: QWidget, margins: tuple[int, int, int, int]) -> None:
    row = QHBoxLayout(frame)
    row.setContentsMargins(*margins)
    row.addWidget(part)
