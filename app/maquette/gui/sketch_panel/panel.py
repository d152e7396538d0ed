"""The Sketch panel: follow the sketch, words for what it is made of, live mode, boards."""

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.control_models import fitting, needs_none
from maquette.gui.fitting_scroll import FittingScroll
from maquette.gui.live import Live
from maquette.gui.model_row import ask_for_model
from maquette.gui.parts import Panel, button, label, name
from maquette.gui.sketch_panel.advanced import SketchAdvanced
from maquette.gui.sketch_panel.extras import ExtraControls
from maquette.gui.sketch_panel.follow_row import FollowRow
from maquette.gui.sketch_panel.live_button import LiveButton
from maquette.gui.sketch_panel.words import WordChips
from maquette.state.draft import SKETCH_FIELDS, Problem
from maquette.state.jobs import Activity
from maquette.state.messages import translate_sentence
from maquette.state.session import Session
from maquette.state.studio import Studio

QUICK = 1.0  # seconds a picture may take for live mode to be suggested


class SketchPanel(Live, Panel):
    """Shows and changes the session's sketch, and puts words into its prompt.

    Signals:
        import_wanted(): the user wants an image made into a sketch.
        clean_up_wanted(): the user wants the drawing's lines cleaned up.
        board_wanted(): the user wants a board of variants.
    """

    import_wanted = Signal()
    clean_up_wanted = Signal()
    board_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._session = studio.session
        self.use = QCheckBox()
        self.live = LiveButton(studio.live, studio.jobs)
        self.follow = FollowRow()
        self.words = WordChips(studio.session)
        self.hint = label("small", wrap=True)
        self.problem = label("error", wrap=True)
        self.extras = ExtraControls(studio.session, studio.drafting)
        self.advanced = SketchAdvanced(studio.session, studio.models, studio.control_models)
        self.import_button = button("tall")
        self.clean_button = button("tall")
        self.board_button = button("tall")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._render(studio.session.value)

    def _lay_out(self) -> None:
        self.remark.hide()
        self.header.setStretch(1, 0)  # the room beside the title is for what live mode tells
        self.header.addWidget(self.live, 1)
        self.header.addWidget(self.use)
        content = QWidget()
        content.setObjectName("scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.follow, self.hint, self.words, self.extras, self.advanced):
            column.addWidget(part)
        column.addStretch(1)
        scroll = FittingScroll()
        scroll.setWidget(content)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for made in (self.import_button, self.clean_button, self.board_button):
            foot.addWidget(made, 1)
        self.body.addWidget(scroll)
        self.body.addWidget(self.problem)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.use.toggled.connect(self._turn_use)
        self.follow.changed.connect(lambda value: self._set(follow=value, parts=None))
        self.import_button.clicked.connect(self.import_wanted)
        self.clean_button.clicked.connect(self.clean_up_wanted)
        self.board_button.clicked.connect(self.board_wanted)
        self.advanced.control_wanted.connect(self._add_control_model)
        self._session.changed.connect(self._session_changed)
        self._studio.models.changed.connect(lambda *_: self._render(self._session.value))
        self._studio.settings.changed.connect(lambda *_: self._render(self._session.value))
        self._studio.control_models.changed.connect(lambda *_: self._render(self._session.value))
        self._studio.jobs.activity.changed.connect(self._activity_changed)
        self._studio.commands.problem.changed.connect(self._render_problem)

    def _set(self, **changes: object) -> None:
        sketch = self._session.value.sketch
        self._session.update(sketch=msgspec.structs.replace(sketch, **changes))

    def _add_control_model(self, folder: bool) -> None:
        path = ask_for_model(self, folder=folder)
        if path:
            self._studio.tasks.start(self._studio.control_models.add(path))

    def _turn_use(self, is_on: bool) -> None:
        self._set(used=is_on, live=self._session.value.sketch.live and is_on)

    # --- showing --------------------------------------------------------------------------------

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if "sketch" in fields:
            self._render(session)

    def _activity_changed(self, _activity: Activity, fields: frozenset[str]) -> None:
        if "seconds_per_image" in fields:
            self._render(self._session.value)

    def _render(self, session: Session) -> None:
        sketch = session.sketch
        with QSignalBlocker(self.use):
            self.use.setChecked(sketch.used)
        self.follow.set_value(sketch.follow)
        self.follow.setEnabled(sketch.used)
        self.advanced.setEnabled(sketch.used)
        hint = self._hint()
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._render_problem(self._studio.commands.problem.value)

    def _hint(self) -> str:
        """What is worth knowing about the sketch and the model."""
        sketch, model = self._session.value.sketch, self._studio.models.chosen
        if not sketch.used:
            return self.tr("Switched off: pictures are made from the words alone.")
        if model is None:
            return ""
        known = self._studio.control_models.value.known
        if not needs_none(model, sketch.kind) and not fitting(known, model, sketch.kind):
            return self.tr(
                "{model} cannot follow a sketch by itself. Choose a control model for it under "
                "Advanced, or the built-in model."
            ).format(model=model.name)
        if sketch.parts is not None:
            return self.tr("The parts under Advanced are set by hand.")
        pace = self._studio.jobs.activity.value.seconds_per_image
        if pace is not None and pace < QUICK and not sketch.live:
            return self.tr("A picture takes {n} s here: with Live it follows the pen.").format(
                n=f"{pace:.1f}"
            )
        return ""

    def _render_problem(self, problem: Problem, _fields: object = None) -> None:
        is_ours = problem.field in SKETCH_FIELDS
        self.problem.setText(translate_sentence(problem.message) if is_ours else "")
        self.problem.setVisible(is_ours and bool(problem.message))

    # --- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.title.setText(self.tr("Sketch"))
        self.use.setText(self.tr("Use"))
        name(
            self.use,
            self.tr("Use the sketch"),
            tip=self.tr("Whether pictures follow the drawing, or are made from the words alone"),
        )
        self.import_button.setText(self.tr("Import…"))
        name(self.import_button, self.tr("Make a sketch of a photo, a scan or a picture"))
        self.clean_button.setText(self.tr("Clean up"))
        name(self.clean_button, self.tr("Clean up the lines of this sketch"))
        self.board_button.setText(self.tr("Board…"))
        name(self.board_button, self.tr("Make a board of variants of this sketch"), "Ctrl+G")
        self._render(self._session.value)
