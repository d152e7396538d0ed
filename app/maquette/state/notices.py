"""What the window has to tell: one sentence at a time, with a next step."""

from enum import StrEnum

import msgspec
from PySide6.QtCore import QObject

from maquette.core.errors import LibraryDamaged, LoraError, MaquetteError
from maquette.state.store import Store


class NoticeKind(StrEnum):
    INFO = "info"
    ERROR = "error"


class NextStep(StrEnum):
    """What a button on the notice can do."""

    NONE = ""
    RETRY_FAILED = "retry-failed"
    USE_RECIPE = "use-recipe"
    USE_SKETCH = "use-sketch"
    UNDO_LIBRARY = "undo-library"
    UNDO_CLEAR = "undo-clear"
    UNDO_STYLE = "undo-style"
    UNDO_SKETCHES = "undo-sketches"
    UNDO_TRAINING = "undo-training"
    USE_TRAINED = "use-trained"
    RESUME_TRAINING = "resume-training"
    PAUSE_TRAINING = "pause-training"
    SHOW_TRAINING = "show-training"
    RESUME_QUEUE = "resume-queue"
    CLEAR_QUEUE = "clear-queue"
    SHOW_BOARD = "show-board"
    FIND_LORA = "find-lora"
    DROP_LORA = "drop-lora"
    REBUILD_LIBRARY = "rebuild-library"


class Notice(msgspec.Struct, frozen=True):
    """`text` is one English sentence (translated when shown); `detail` is plain text to fold out.

    `subject` is what the next step applies to: a file's path, a job's id, an image's digest.
    `other` is a second step to choose instead.
    """

    text: str
    kind: NoticeKind = NoticeKind.INFO
    detail: str = ""
    step: NextStep = NextStep.NONE
    subject: str = ""
    other: NextStep = NextStep.NONE


class Board(msgspec.Struct, frozen=True):
    """The notice that is up; None when there is none."""

    notice: Notice | None = None


class Notices(Store[Board]):
    """The latest notice wins; an error is not pushed away by mere information."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Board(), parent)

    def inform(
        self,
        text: str,
        *,
        step: NextStep = NextStep.NONE,
        subject: str = "",
        other: NextStep = NextStep.NONE,
    ) -> None:
        current = self.value.notice
        if current is not None and current.kind is NoticeKind.ERROR and step is NextStep.NONE:
            return
        self.update(notice=Notice(text, step=step, subject=subject, other=other))

    def fail(
        self,
        text: str,
        detail: str = "",
        *,
        step: NextStep = NextStep.NONE,
        subject: str = "",
        other: NextStep = NextStep.NONE,
    ) -> None:
        self.update(notice=Notice(text, NoticeKind.ERROR, detail, step, subject, other))

    def report(self, error: MaquetteError) -> None:
        """Show an error of ours, with what can be done about it."""
        if isinstance(error, LoraError):
            steps = {"step": NextStep.FIND_LORA, "other": NextStep.DROP_LORA}
            self.fail(error.message, error.detail, subject=error.digest, **steps)
            return
        damaged = isinstance(error, LibraryDamaged)
        step = NextStep.REBUILD_LIBRARY if damaged else NextStep.NONE
        self.fail(error.message, error.detail, step=step)

    def dismiss(self) -> None:
        self.update(notice=None)
