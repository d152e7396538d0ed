"""The Queue panel: what is being made, what waits, what failed and why."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStackedLayout, QWidget

from maquette.engine.queue import ENDED, Job, JobState
from maquette.gui import icons
from maquette.gui.actions import Actions
from maquette.gui.live import Live
from maquette.gui.parts import Panel, label, name, tool_button
from maquette.gui.queue_delegate import QueueDelegate
from maquette.gui.queue_model import QueueModel
from maquette.gui.row_list import RowList
from maquette.gui.thumbnails import Thumbnails
from maquette.state.commands import Commands
from maquette.state.jobs import JobList, Jobs
from maquette.state.results import Results


class QueueView(RowList):
    """Rows of jobs. Delete cancels the selected one, Return shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class QueuePanel(Live, Panel):
    """The list with its commands: cancel one or all, retry, clear away what is done."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        results: Results,
        commands: Commands,
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
        self.list = QueueView()
        self.list.setModel(self.model)
        self._delegate = QueueDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self._delegate.cancel.connect(commands.cancel)
        self._delegate.retry.connect(commands.retry)
        self.list.clicked.connect(self._show)
        self.list.activated.connect(self._show)
        self.list.customContextMenuRequested.connect(self._menu)
        self._hint = label("muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._more = tool_button()
        self._more.clicked.connect(self._more_menu)
        self.header.addWidget(self._more)
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.list)
        self.body.addWidget(place, 1)
        jobs.list.changed.connect(self._render)
        jobs.started.connect(self._bring_into_view)
        self.retranslate()
        self.restyle()
        self._render(jobs.list.value)

    def cancel_selected(self) -> None:
        job = self.model.job_at(self.list.currentIndex())
        if job is not None and job.state not in ENDED:
            self._commands.cancel(job.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.cancel_selected()
            return
        super().keyPressEvent(event)

    def _show(self, index: QModelIndex) -> None:
        job = self.model.job_at(index)
        if job is None:
            return
        if job.state is JobState.FINISHED:
            self._results.show(job.path)
        elif job.state not in ENDED:
            self._results.watch(job.id)

    def _bring_into_view(self, job: Job) -> None:
        row = self.model.row_of(job.id)
        if row >= 0 and not self.list.hasFocus():
            self.list.scrollTo(self.model.index(row))

    def _render(self, value: JobList, _fields: object = None) -> None:
        jobs = value.jobs
        self._stack.setCurrentIndex(1 if jobs else 0)
        waiting = sum(job.state is JobState.QUEUED for job in jobs)
        self.remark.setText(self.tr("{n} waiting").format(n=waiting) if waiting else "")
        is_open = any(job.state not in ENDED for job in jobs)
        self._actions["cancel"].setEnabled(is_open)
        self._actions["cancel_all"].setEnabled(is_open)
        failed = any(job.state is JobState.FAILED for job in jobs)
        self._actions["retry_failed"].setEnabled(failed)
        self._actions["clear_finished"].setEnabled(any(job.state in ENDED for job in jobs))

    def _more_menu(self) -> None:
        menu = QMenu(self)
        for action in ("cancel_all", "retry_failed", "clear_finished"):
            menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _menu(self, point: QPoint) -> None:
        job = self.model.job_at(self.list.indexAt(point))
        menu = QMenu(self)
        if job is not None and job.state not in ENDED:
            menu.addAction(self.tr("Cancel this one"), lambda: self._commands.cancel(job.id))
        if job is not None and job.state in (JobState.FAILED, JobState.CANCELLED):
            menu.addAction(self.tr("Queue it again"), lambda: self._commands.retry(job.id))
        for action in ("cancel_all", "retry_failed", "clear_finished"):
            menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(point))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Queue"))
        self._hint.setText(self.tr("Nothing is waiting. What you generate lines up here."))
        name(self.list, self.tr("Queue"))
        self.list.setToolTip("")
        name(self._more, self.tr("More about the queue"))
        self.model.retranslate()
        self._render(self._jobs.list.value)

    def restyle(self) -> None:
        self._more.setIcon(icons.icon("dots-three"))
