"""The Stage: the picture as it forms, the result at full quality, and what can be done with it."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.record import Record, spoken_id
from maquette.gui.action_bar import ActionBar
from maquette.gui.actions import Actions
from maquette.gui.canvas import MARGIN
from maquette.gui.create_actions import NEEDS_PICTURE
from maquette.gui.elided import ElidedLabel
from maquette.gui.empty_stage import EmptyStage
from maquette.gui.images import to_image
from maquette.gui.job_previews import JobPreviews
from maquette.gui.levels import LevelReader
from maquette.gui.live import Live
from maquette.gui.parts import label, name, tool_button
from maquette.gui.recipe_words import recipe_facts
from maquette.gui.result_canvas import ResultCanvas
from maquette.state.jobs import Jobs
from maquette.state.results import Results, StageKind, StageView
from maquette.state.session import Layout
from maquette.state.store import Store
from maquette.state.tasks import Tasks

ROOM_FOR_FACTS = 640  # pixels; below, the title alone has the top bar
NARROW_MARGIN = 12  # around the render while the drawing is beside it
BAR_ACTIONS = ("save_as", "copy", "vary", "reuse", "use_start", "show_folder")


class SketchParts(NamedTuple):
    """What joins the stage while there is a sketch: two bars, and what lies around the render."""

    head: QWidget
    options: QWidget
    rail: QWidget
    drawing: QWidget
    layers: QWidget
    bar: QWidget


class Stage(Live, QFrame):
    """Shows what the stage store says: nothing, a job's preview, or a saved picture.

    `result` is the widget that all of these are in. With a sketch, its parts lie around it.

    Signals:
        loaded(): a stored picture has come.
    """

    loaded = Signal()

    def __init__(
        self,
        *,
        results: Results,
        jobs: Jobs,
        layout: Store[Layout],
        actions: Actions,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self._results = results
        self._jobs = jobs
        self._layout_store = layout
        self._actions = actions
        self._tasks = tasks
        self._reader = LevelReader()
        self._turn = 0  # grows with whatever is shown; what was asked for before is dropped
        self._sketching = False  # the zoom is told by the sketch's parts then
        self._previews = JobPreviews(jobs, self)
        self.canvas = ResultCanvas()
        self.empty = EmptyStage()
        self.title = ElidedLabel("title")
        self.facts = label("muted")
        self.zoom = label("muted")
        self.fit_button = tool_button()
        self.actual_button = tool_button()
        self.ground_button = tool_button()
        for made, action in (
            (self.fit_button, "fit"),
            (self.actual_button, "actual_size"),
            (self.ground_button, "background"),
        ):
            made.setDefaultAction(actions[action])
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.bar = ActionBar([actions[action] for action in BAR_ACTIONS])
        self._lay_out()

        results.stage.changed.connect(self._render)
        results.recent.changed.connect(self._set_enabled)
        self._previews.came.connect(self._preview_came)
        self.canvas.zoomed.connect(self._tell_zoom)
        layout.changed.connect(self._render_layout)
        actions.bind("background", self._turn_ground)
        self._render_layout(layout.value)
        self.retranslate()
        self._render(results.stage.value)

    def _lay_out(self) -> None:
        top = QFrame()
        top.setObjectName("stageBar")
        top.setProperty("edge", "top")
        plain = QWidget()
        words = QHBoxLayout(plain)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        words.addWidget(self.title, 1)
        words.addWidget(self.facts)
        heads = QWidget()
        self._heads = QStackedLayout(heads)
        self._heads.addWidget(plain)
        row = QHBoxLayout(top)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(heads, 1)
        row.addSpacing(8)
        row.addWidget(self.zoom)
        for made in (self.fit_button, self.actual_button, self.ground_button):
            row.addWidget(made)
        bottom = QFrame()
        bottom.setObjectName("stageBar")
        bottom.setProperty("edge", "bottom")
        lower = QHBoxLayout(bottom)
        lower.setContentsMargins(12, 8, 12, 8)
        bars = QWidget()
        self._bars = QStackedLayout(bars)
        self._bars.addWidget(self.bar)
        lower.addWidget(bars)
        self.result = QWidget()
        self.result.setMinimumWidth(120)  # as wide as the drawing, whatever the words would like
        self._stack = QStackedLayout(self.result)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.canvas)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(0)
        self._beside.addWidget(self.result, 1)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addLayout(self._beside, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addLayout(self._middle, 1)
        outer.addWidget(bottom)

    # --- the sketch -----------------------------------------------------------------------------

    def take(self, parts: SketchParts) -> None:
        """Take the sketch's parts in, hidden; `turn_to_sketch` and their owner show them."""
        for part in (parts.options, parts.rail, parts.drawing, parts.layers):
            part.hide()
        self._heads.addWidget(parts.head)
        self._bars.addWidget(parts.bar)
        self._beside.insertWidget(0, parts.rail)
        self._beside.insertWidget(1, parts.drawing, 1)
        self._middle.insertWidget(0, parts.options)
        self._middle.addWidget(parts.layers)

    def put_back(self, part: QWidget, is_drawing: bool) -> None:
        """Take the drawing, or the result, in again, which was in a window of its own."""
        self._beside.insertWidget(1 if is_drawing else 2, part, 1)

    def turn_to_sketch(self, sketching: bool) -> None:
        """Show the bars of the sketch, or those of pictures alone."""
        self._sketching = sketching
        self.empty.turn_to_sketch(sketching)
        self.canvas.set_margin(NARROW_MARGIN if sketching else MARGIN)
        self._heads.setCurrentIndex(int(sketching))
        self._bars.setCurrentIndex(int(sketching))
        for made in (self.ground_button, self.actual_button):
            made.setVisible(not sketching)
        self.zoom.setVisible(sketching or not self.canvas.is_empty)

    def show_live(self, pixels: Pixels, recipe: Recipe) -> None:
        """Show a live picture, made after `recipe`, until something else is shown."""
        self._turn += 1  # what is being decoded comes too late
        self._tell(recipe.prompt, recipe)
        self.canvas.show_levels((to_image(pixels),), QSize(recipe.width, recipe.height))
        self._stack.setCurrentWidget(self.canvas)

    def show_stored(self) -> None:
        """Show what the stage store says, after live pictures."""
        self._render(self._results.stage.value)

    # --- showing --------------------------------------------------------------------------------

    def _render(self, view: StageView, _fields: object = None) -> None:
        self._turn += 1
        self._set_enabled()
        if view.kind is StageKind.EMPTY:
            self.canvas.clear()
            self._stack.setCurrentWidget(self.empty)
            self._tell("", None)
        elif view.kind is StageKind.JOB:
            job = self._jobs.find(view.subject)
            if job is not None:
                self._tell(job.recipe.prompt, job.recipe)
            if not self._show_preview(view.subject) and job is not None:
                self.canvas.clear()
            self._stack.setCurrentWidget(self.canvas)
        else:
            picture = self._results.shown
            if picture is None:
                return
            self._tell(picture.record.recipe.prompt, picture.record.recipe, picture.record)
            self._stack.setCurrentWidget(self.canvas)
            self._tasks.start(self._load(picture.path, self._turn))

    async def _load(self, path: str, turn: int) -> None:
        def is_wanted() -> bool:
            return turn == self._turn

        levels = await self._reader.read(path, is_wanted)
        if levels is not None:
            self.canvas.show_levels(levels, levels[0].size(), path)
            self.loaded.emit()

    def _preview_came(self, job_id: str) -> None:
        view = self._results.stage.value
        if view.kind is StageKind.JOB and view.subject == job_id:
            self._show_preview(job_id)

    def _show_preview(self, job_id: str) -> bool:
        """Show how the job forms; False if there is nothing of it to see yet."""
        levels = self._previews.levels(job_id)
        if levels is None:
            return False
        self.canvas.show_levels(*levels)
        return True

    def _tell(self, title: str, recipe: Recipe | None, record: Record | None = None) -> None:
        if recipe is None:
            self.title.set_text("")
            self.facts.setText("")
        else:
            self.title.set_text(title or self.tr("No prompt"))
            self.facts.setText(recipe_facts(recipe))
        self.zoom.setVisible(recipe is not None or self._sketching)
        self._tell_marks(record)

    def _tell_zoom(self, percent: int) -> None:
        if not self._sketching:
            self.zoom.setText(f"{percent} %")

    def _tell_marks(self, record: Record | None) -> None:
        text = tip = ""
        verified = [mark for mark in record.marks if mark.verified] if record else []
        if record is not None and verified:
            text = self.tr("Marked {id}").format(id=spoken_id(record.id))
            kinds = {
                "watermark": self.tr("invisible watermark"),
                "recipe-text": self.tr("recipe"),
                "xmp": self.tr("AI label (XMP)"),
            }
            names = ", ".join(kinds.get(mark.kind, mark.kind) for mark in verified)
            tip = self.tr("Written into the file and read back: {marks}").format(marks=names)
        self.bar.set_remark(text, tip)

    def _set_enabled(self) -> None:
        has_picture = self._results.shown is not None
        for action in NEEDS_PICTURE:
            self._actions[action].setEnabled(has_picture)

    def _turn_ground(self) -> None:
        plain = self._layout_store.value.background == "plain"
        self._layout_store.update(background="checks" if plain else "plain")

    def _render_layout(self, layout: Layout, _fields: object = None) -> None:
        self.canvas.set_checks(layout.background == "checks")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.facts.setVisible(self.width() >= ROOM_FOR_FACTS)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for action in NEEDS_PICTURE:
            menu.addAction(self._actions[action])
        menu.popup(event.globalPos())

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        name(self.canvas, self.tr("Picture"), tip="")
        self.canvas.setToolTip("")
        for made in (self.fit_button, self.actual_button, self.ground_button):
            made.setAccessibleName(made.defaultAction().text())
        view = self._results.stage.value
        picture = self._results.shown
        if picture is not None:
            self._tell(picture.record.recipe.prompt, picture.record.recipe, picture.record)
        elif view.kind is StageKind.JOB and (job := self._jobs.find(view.subject)) is not None:
            self._tell(job.recipe.prompt, job.recipe)

    def restyle(self) -> None:
        self.canvas.update()
