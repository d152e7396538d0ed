"""The banner: one sentence with a next step, details folded away, never in the way."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from maquette.core.trained_style import style_id_of
from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name, set_property, tool_button
from maquette.gui.theme import current_tokens
from maquette.state.messages import translate_sentence
from maquette.state.notices import Board, NextStep, NoticeKind
from maquette.state.studio import Studio

STAY = 8000  # milliseconds that mere information stays; errors and choices wait for an answer
LONGER = 20_000  # milliseconds of what can be taken back later, too
_UNDO = (
    NextStep.UNDO_LIBRARY, NextStep.UNDO_SKETCHES, NextStep.UNDO_STYLE, NextStep.UNDO_TRAINING,
)  # fmt: skip


class Banner(Live, QFrame):
    """Hidden while there is nothing to tell. All of it is plain text."""

    def __init__(
        self,
        studio: Studio,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._studio = studio
        self._notices = notices = studio.notices
        self._icon = label()
        self.text = label(wrap=True)
        self.step = button("step")
        self.other = button("quiet")
        self.more = button("quiet")
        self.more.setCheckable(True)
        self.close_button = tool_button()
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setMaximumHeight(140)
        self.detail.hide()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._icon)
        top.addWidget(self.text, 1)
        top.addWidget(self.more)
        top.addWidget(self.other)
        top.addWidget(self.step)
        top.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 8, 8)
        outer.addLayout(top)
        outer.addWidget(self.detail)
        self.more.toggled.connect(self.detail.setVisible)
        self.close_button.clicked.connect(notices.dismiss)
        self.step.clicked.connect(lambda: self._take(other=False))
        self.other.clicked.connect(lambda: self._take(other=True))
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(notices.dismiss)
        notices.changed.connect(self._changed)
        self.retranslate()

    def _changed(self, board: Board, _fields: object = None) -> None:
        self._render(board)
        notice = board.notice
        self._leave.stop()
        if notice is not None and notice.kind is NoticeKind.INFO:
            if notice.step in _UNDO:
                self._leave.start(LONGER)
            elif not notice.step:
                self._leave.start(STAY)

    def _render(self, board: Board, _fields: object = None) -> None:
        notice = board.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        set_property(self, "kind", notice.kind.value)
        text = translate_sentence(notice.text)
        self.text.setText(text)
        self.setAccessibleName(text)
        self.detail.setPlainText(notice.detail)
        self.more.setChecked(False)
        self.more.setVisible(bool(notice.detail))
        for widget, step in ((self.step, notice.step), (self.other, notice.other)):
            words = self._words(step)
            widget.setVisible(bool(words))
            widget.setText(words)
            widget.setAccessibleName(words)
        self.restyle()

    def _words(self, step: NextStep) -> str:
        """What the button for `step` says; "" for no button."""
        return {
            NextStep.RETRY_FAILED: self.tr("Try again"),
            NextStep.USE_RECIPE: self.tr("Reuse recipe"),
            NextStep.USE_SKETCH: self.tr("Bring the sketch back"),
            NextStep.UNDO_LIBRARY: self.tr("Undo"),
            NextStep.UNDO_CLEAR: self.tr("Undo"),
            NextStep.UNDO_SKETCHES: self.tr("Undo"),
            NextStep.UNDO_STYLE: self.tr("Undo"),
            NextStep.UNDO_TRAINING: self.tr("Undo"),
            NextStep.RESUME_TRAINING: self.tr("Resume"),
            NextStep.PAUSE_TRAINING: self.tr("Pause the training"),
            NextStep.SHOW_TRAINING: self.tr("Show"),
            NextStep.USE_TRAINED: self.tr("Use it now"),
            NextStep.RESUME_QUEUE: self.tr("Resume"),
            NextStep.CLEAR_QUEUE: self.tr("Clear"),
            NextStep.SHOW_BOARD: self.tr("Show the board"),
            NextStep.FIND_LORA: self.tr("Find its file…"),
            NextStep.DROP_LORA: self.tr("Take it out"),
            NextStep.REBUILD_LIBRARY: self.tr("Rebuild"),
        }.get(step, "")

    def _take(self, *, other: bool) -> None:
        notice = self._notices.value.notice
        if notice is None:
            return
        self._notices.dismiss()
        commands, trainings = self._studio.commands, self._studio.trainings
        match notice.other if other else notice.step:
            case NextStep.RETRY_FAILED:
                commands.queue.retry([notice.subject])
            case NextStep.USE_RECIPE:
                commands.use_recipe_of(notice.subject)
            case NextStep.USE_SKETCH:
                commands.bring_sketch_back(notice.subject)
            case NextStep.UNDO_LIBRARY:
                self._studio.library.commands.undo_notice(notice.subject)
            case NextStep.UNDO_CLEAR:
                commands.queue.undo_clear()
            case NextStep.UNDO_SKETCHES:
                self._studio.sketch_shelf.take_back()
            case NextStep.UNDO_STYLE:
                self._studio.styles.restore(notice.subject)
            case NextStep.USE_TRAINED:
                self._studio.styles.choose(style_id_of(notice.subject))
            case NextStep.UNDO_TRAINING:
                trainings.restore(notice.subject)
            case NextStep.RESUME_TRAINING:
                trainings.resume(notice.subject)
            case NextStep.PAUSE_TRAINING:
                trainings.pause(notice.subject)
            case NextStep.SHOW_TRAINING:
                trainings.show(notice.subject)
            case NextStep.RESUME_QUEUE:
                commands.queue.go_on()
            case NextStep.CLEAR_QUEUE:
                commands.queue.clear_queue()
            case NextStep.FIND_LORA:
                self._studio.loras.file_wanted.emit(notice.subject)
            case NextStep.DROP_LORA:
                self._studio.loras.drop(notice.subject)
            case NextStep.SHOW_BOARD:
                self._studio.boards.want(notice.subject)
            case NextStep.REBUILD_LIBRARY:
                self._studio.library.commands.start_rebuild()

    def retranslate(self) -> None:
        self.more.setText(self.tr("Details"))
        name(self.more, self.tr("Show or hide the details"))
        name(self.close_button, self.tr("Dismiss this message"))
        name(self.detail, self.tr("Details"))
        self._render(self._notices.value)

    def restyle(self) -> None:
        tokens = current_tokens()
        notice = self._notices.value.notice
        is_error = notice is not None and notice.kind is NoticeKind.ERROR
        picture = icons.icon(
            "warning-circle" if is_error else "info", tokens.danger if is_error else tokens.muted
        )
        self._icon.setPixmap(picture.pixmap(20, 20))
        self.close_button.setIcon(icons.icon("x"))
