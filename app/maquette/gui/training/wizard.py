"""The window in which a style is made ready to be trained from pictures of one's own."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name, set_property, tool_button
from maquette.gui.queue_words import time_words
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training.captions_tab import CaptionsTab
from maquette.gui.training.inputs import TrainingInputs
from maquette.gui.training.pictures_tab import PicturesTab
from maquette.gui.training.plan_tab import PlanTab
from maquette.gui.training.wizard_words import gigabytes, preset_words
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks
from maquette.state.training_setup import Setup, TrainingSetup

SIZE = QSize(1180, 760)
LEAST = QSize(900, 560)
_INPUTS = 264


class TrainingWizard(Live, QDialog):
    """Pictures, a name and a kind are all that it takes; the rest is proposed.

    Files and folders may be dropped anywhere on it. What is chosen stays, whatever is closed.

    Signals:
        begun(str): the training of this id was begun, and the window closed.
    """

    begun = Signal(str)

    def __init__(
        self,
        setup: TrainingSetup,
        thumbnails: Thumbnails,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setAcceptDrops(True)
        self.setMinimumSize(LEAST)
        self.resize(SIZE)
        self._setup = setup
        self.inputs = TrainingInputs(setup)
        self.pictures = PicturesTab(setup, thumbnails, tasks)
        self.captions = CaptionsTab(setup, thumbnails)
        self.plan = PlanTab(setup)
        self.tabs = [button("chip") for _ in range(3)]
        self._tabs = QButtonGroup(self)
        self._rooms = QStackedWidget()
        self.said = label("muted", wrap=True)
        self.undo, self.redo = tool_button(), tool_button()
        self.again, self.close_button = button("tall"), button("tall")
        self.train: QPushButton = button("primary")
        self._lay_out()
        self._bind()
        self.retranslate()
        self.restyle()
        setup.need()

    def _lay_out(self) -> None:
        left = Panel()
        left.setFixedWidth(_INPUTS)
        left.remark.hide()
        left.title.hide()
        left.body.addWidget(self.inputs, 1)
        right = Panel()
        right.title.hide()
        right.remark.hide()
        tabs = QHBoxLayout()
        tabs.setSpacing(8)
        for number, tab in enumerate(self.tabs):
            tab.setCheckable(True)
            self._tabs.addButton(tab, number)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        tabs.addWidget(self.undo)
        tabs.addWidget(self.redo)
        for room in (self.pictures, self.captions, self.plan):
            self._rooms.addWidget(room)
        right.body.addLayout(tabs)
        right.body.addWidget(self._rooms, 1)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(left)
        beside.addWidget(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.again)
        foot.addSpacing(8)
        foot.addWidget(self.said, 1)
        foot.addSpacing(8)
        foot.addWidget(self.close_button)
        foot.addWidget(self.train)
        outer = QVBoxLayout(self)
        # What is said at the foot must not make the window larger.
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addLayout(beside, 1)
        outer.addLayout(foot)
        self.tabs[0].setChecked(True)

    def _bind(self) -> None:
        setup = self._setup
        self._tabs.idClicked.connect(self.go_to)
        self.undo.clicked.connect(setup.undo)
        self.redo.clicked.connect(setup.redo)
        self.again.clicked.connect(setup.start_again)
        self.close_button.clicked.connect(self.close)
        self.train.clicked.connect(setup.begin)
        setup.changed.connect(self._changed)
        setup.begun.connect(self._begun)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Undo), setup.undo),
            (QKeySequence(QKeySequence.StandardKey.Redo), setup.redo),
            (QKeySequence("Ctrl+Y"), setup.redo),
            (QKeySequence("Ctrl+O"), self.pictures.ask_for_files),
            (QKeySequence("Ctrl+Shift+O"), self.pictures.ask_for_folder),
            (QKeySequence("Ctrl+Return"), setup.begin),
            (QKeySequence("Ctrl+1"), lambda: self.go_to(0)),
            (QKeySequence("Ctrl+2"), lambda: self.go_to(1)),
            (QKeySequence("Ctrl+3"), lambda: self.go_to(2)),
        ):
            QShortcut(keys, self, act)

    def go_to(self, number: int) -> None:
        """Show the pictures (0), the captions (1) or the time and numbers (2)."""
        self.tabs[number].setChecked(True)
        self._rooms.setCurrentIndex(number)

    def _begun(self, training_id: str) -> None:
        if self.isVisible():
            self.close()
            self.begun.emit(training_id)

    # --- drops ----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.go_to(0)
            self._setup.add(paths)

    # --- showing --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._setup.need()  # files may have come or gone since

    def _changed(self, _value: Setup, _fields: frozenset[str]) -> None:
        self._render()

    def _render(self) -> None:
        setup, value = self._setup, self._setup.value
        draft = value.draft
        obstacle = setup.obstacle
        is_ready = not obstacle and value.machine is not None and value.looking is None
        self.train.setEnabled(is_ready and not value.is_beginning)
        self.undo.setEnabled(value.can_undo)
        self.redo.setEnabled(value.can_redo)
        self.again.setEnabled(bool(draft.pictures or draft.name or draft.trigger))
        self.tabs[0].setText(self._counted(self.tr("Pictures"), setup.used))
        self.tabs[1].setText(self.tr("Captions"))
        self.tabs[2].setText(self.tr("Time and memory"))
        if value.problem:
            self._say(translate_sentence(value.problem), "error")
        elif obstacle:
            is_short = not draft.pictures and not draft.name
            self._say(self._first_words() if is_short else translate_sentence(obstacle), "muted")
        else:
            self._say(self._summary(), "muted")

    def _counted(self, words: str, number: int) -> str:
        return f"{words} · {number}" if number else words

    def _first_words(self) -> str:
        return self.tr("Pictures, a name and what it is: that is all. The rest is proposed.")

    def _summary(self) -> str:
        found = self._setup.preflight()
        if found is None:
            return ""
        title, _told = preset_words(self._setup.value.draft.preset)
        told = self.tr("{preset}: {n} pictures, {steps} steps, about {time}, {memory} of memory")
        words = told.format(
            preset=title,
            n=self._setup.used,
            steps=found.steps,
            time=time_words(found.seconds),
            memory=gigabytes(found.needs.memory),
        )
        notice = translate_sentence(found.memory_notice)
        return f"{words}\n{notice}" if notice else words

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        set_property(self.said, "role", role)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Train a style from your pictures"))
        for number, (tab, tip) in enumerate(
            zip(
                self.tabs,
                (
                    self.tr("What is learned from"),
                    self.tr("What each picture shows, in words"),
                    self.tr("How long it takes, and what of this computer"),
                ),
                strict=True,
            )
        ):
            name(tab, tip, f"Ctrl+{number + 1}")
        name(self.undo, self.tr("Undo"), "Ctrl+Z")
        name(self.redo, self.tr("Redo"), "Ctrl+Shift+Z")
        self.again.setText(self.tr("Start again"))
        name(self.again, self.tr("Empty everything; Undo brings it back"))
        self.close_button.setText(self.tr("Close"))
        name(self.close_button, self.tr("Close; what is chosen stays"), "Esc")
        self.train.setText(self.tr("Train"))
        name(self.train, self.tr("Begin the training"), "Ctrl+Enter")
        self._render()

    def restyle(self) -> None:
        self.undo.setIcon(icons.icon("arrow-counter-clockwise"))
        self.redo.setIcon(icons.icon("arrow-clockwise"))
