"""The Queue panel: what is being made, what waits, what went wrong and why."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QWidget

from maquette.core.job import ENDED, Job, JobState
from maquette.gui import icons
from maquette.gui.actions import Actions
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name, tool_button
from maquette.gui.queue_delegate import QueueDelegate
from maquette.gui.queue_model import GROUP_ROLE, QueueModel
from maquette.gui.queue_rows import TROUBLE
from maquette.gui.queue_view import QueueView
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnails import Thumbnails
from maquette.state.jobs import JobList, Jobs
from maquette.state.messages import translate_sentence
from maquette.state.queue_commands import QueueCommands
from maquette.state.results import Results

ALL = ("queue_pause", "batch", "cancel_all", "retry_failed", "clear_finished")
"""The actions for the queue as a whole."""

CHOSEN = ("queue_next", "queue_up", "queue_down", "queue_cancel", "queue_retry", "queue_skip")
"""The actions for what is selected."""

AGAIN = TROUBLE | {JobState.CANCELLED}
"""Jobs that can be queued again."""


class QueuePanel(Live, Panel):
    """The list with its commands: pause, move, cancel, retry, clear away what is done."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        results: Results,
        commands: QueueCommands,
        actions: Actions,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._results = results
        self._commands = commands
        self._actions = actions
        self.model = QueueModel(jobs, thumbnails, self)
        self.list = QueueView(self.model)
        self._delegate = QueueDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self._hint = label("muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pause = tool_button()
        self._more = tool_button()
        self.header.addWidget(self.pause)
        self.header.addWidget(self._more)
        self.strip = QFrame()
        self.strip_text = label("small", wrap=True)
        self.resume = button()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        strip = QHBoxLayout(self.strip)
        strip.setContentsMargins(0, 0, 0, 4)
        strip.setSpacing(8)
        strip.addWidget(self.strip_text, 1)
        strip.addWidget(self.resume)
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.list)
        self.body.setSpacing(0)
        self.body.addWidget(self.strip)
        self.body.addWidget(place, 1)

    def _connect(self) -> None:
        commands, actions = self._commands, self._actions
        self._delegate.cancel.connect(lambda index: commands.cancel(self._ids([index])))
        self._delegate.retry.connect(lambda index: self._retry([index]))
        self._delegate.skip.connect(lambda index: commands.skip(self._ids([index])))
        self._delegate.turned.connect(self._turn)
        self.model.moved.connect(commands.move)
        self.list.clicked.connect(self._show)
        self.list.activated.connect(self._activated)
        self.list.doubleClicked.connect(self._double_clicked)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.selectionModel().selectionChanged.connect(self._enable_chosen)
        self.pause.clicked.connect(actions["queue_pause"].trigger)
        self.resume.clicked.connect(commands.resume)
        self._more.clicked.connect(self._more_menu)
        for key in CHOSEN:
            self.list.addAction(actions[key])
        actions.bind("queue_pause", commands.turn_pause)
        actions.bind("queue_cancel", self.cancel_selected)
        actions.bind("queue_retry", lambda: self._retry(self.list.chosen))
        actions.bind("queue_skip", lambda: commands.skip(self._ids(self.list.chosen)))
        actions.bind("queue_next", lambda: commands.run_next(self._waiting()))
        actions.bind("queue_up", lambda: self._step(-1))
        actions.bind("queue_down", lambda: self._step(1))
        self._jobs.list.changed.connect(self._render)
        self._jobs.started.connect(self._bring_into_view)

    # --- what is done with the selection --------------------------------------------------------

    def cancel_selected(self) -> None:
        """Cancel what is selected and has not ended."""
        jobs = self.model.jobs_at(self.list.chosen)
        self._commands.cancel([job.id for job in jobs if job.state not in ENDED])

    def _ids(self, indexes: list[QModelIndex]) -> list[str]:
        return [job.id for job in self.model.jobs_at(indexes)]

    def _waiting(self) -> list[str]:
        jobs = self.model.jobs_at(self.list.chosen)
        return [job.id for job in jobs if job.state is JobState.QUEUED]

    def _retry(self, indexes: list[QModelIndex]) -> None:
        """One that was set aside is tried anyway only if it is asked for by itself."""
        jobs = self.model.jobs_at(indexes)
        ids = [job.id for job in jobs if job.state in AGAIN]
        self._commands.retry(ids, release=len(jobs) == 1)

    def _step(self, step: int) -> None:
        ids = self._waiting()
        moves, before = self.model.before_whom(ids, step)
        if moves:
            self._commands.move(ids, before)

    # --- showing --------------------------------------------------------------------------------

    def _show(self, index: QModelIndex) -> None:
        job = self.model.job_at(index)
        if job is None:
            return
        if job.state is JobState.FINISHED:
            self._results.show(job.path)
        elif job.state not in ENDED:
            self._results.watch(job.id)

    def _activated(self, index: QModelIndex) -> None:
        if index.data(GROUP_ROLE) is None:
            self._show(index)
        else:
            self._turn(index)

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.data(GROUP_ROLE) is not None:
            self._turn(index)

    def _turn(self, index: QModelIndex) -> None:
        group = index.data(GROUP_ROLE)
        self.model.fold(group.group, not group.folded)

    def _bring_into_view(self, job: Job) -> None:
        row = self.model.row_of(job.id)
        if row >= 0 and not self.list.hasFocus():
            self.list.scrollTo(self.model.index(row))

    def _render(self, value: JobList, _fields: object = None) -> None:
        tally = self.model.tally
        self._stack.setCurrentIndex(1 if tally.total else 0)
        waiting = self.tr("{n} waiting").format(n=tally.waiting) if tally.waiting else ""
        self.remark.setText(waiting)
        self.strip.setVisible(value.paused or bool(value.problem))
        self.strip_text.setText(
            translate_sentence(value.problem)
            if value.problem
            else self.tr("Paused. What is being made is finished first.")
            if tally.active
            else self.tr("Paused. Nothing new is begun.")
        )
        self.resume.setVisible(value.paused and not value.problem)
        self._render_pause(value.paused)
        self._actions["cancel_all"].setEnabled(tally.is_open)
        self._actions["retry_failed"].setEnabled(tally.trouble > 0)
        self._actions["clear_finished"].setEnabled(tally.total > tally.waiting + tally.active)
        self._enable_chosen()

    def _render_pause(self, paused: bool) -> None:
        action = self._actions["queue_pause"]
        text = self.tr("Resume") if paused else self.tr("Pause")
        tip = (
            self.tr("Go on with what waits")
            if paused
            else self.tr("Begin nothing new; what is being made is finished")
        )
        if action.text() != text:
            action.setText(text)
            name(self.pause, text, action.shortcut().toString(), tip)
            self._paint_pause()

    def _paint_pause(self) -> None:
        paused = self._jobs.list.value.paused
        self.pause.setIcon(
            icons.icon("play", current_tokens().accent) if paused else icons.icon("pause")
        )

    def _enable_chosen(self) -> None:
        jobs = self.model.jobs_at(self.list.chosen)
        states = {job.state for job in jobs}
        waits = JobState.QUEUED in states
        for key in ("queue_next", "queue_up", "queue_down"):
            self._actions[key].setEnabled(waits)
        self._actions["queue_cancel"].setEnabled(bool(states - ENDED))
        self._actions["queue_retry"].setEnabled(bool(states & AGAIN))
        skippable = {JobState.INTERRUPTED, JobState.QUARANTINED}
        self._actions["queue_skip"].setEnabled(bool(states & skippable))

    # --- menus ----------------------------------------------------------------------------------

    def _more_menu(self) -> None:
        menu = QMenu(self)
        for action in ALL:
            menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _menu(self, point: QPoint) -> None:
        index = self.list.indexAt(point)
        if index.isValid() and index not in self.list.chosen:
            self.list.setCurrentIndex(index)
        job = self.model.job_at(index)
        menu = QMenu(self)
        if job is not None:
            words = self.tr("Duplicate with changes")
            menu.addAction(icons.icon("copy"), words, lambda: self._commands.duplicate(job.id))
            if job.state is JobState.QUARANTINED:
                words = self.tr("Try it anyway")
                menu.addAction(
                    icons.icon("arrow-counter-clockwise"),
                    words,
                    lambda: self._commands.retry([job.id], release=True),
                )
            menu.addSeparator()
        for key in CHOSEN:
            if self._actions[key].isEnabled():
                menu.addAction(self._actions[key])
        menu.addSeparator()
        for action in ALL:
            menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(point))

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.title.setText(self.tr("Queue"))
        nothing = self.tr("Nothing is waiting. What you generate lines up here.")
        batches = self.tr("A file of prompts becomes a batch: drop it on the window.")
        self._hint.setText(f"{nothing}\n\n{batches}")
        name(self.list, self.tr("Queue"))
        self.list.setToolTip("")
        name(self._more, self.tr("More about the queue"))
        self.resume.setText(self.tr("Resume"))
        name(self.resume, self.tr("Go on with what waits"))
        self._actions["queue_pause"].setText("")  # its words follow from what it does now
        self.model.retranslate()
        self._render(self._jobs.list.value)

    def restyle(self) -> None:
        self._more.setIcon(icons.icon("dots-three"))
        self._paint_pause()
