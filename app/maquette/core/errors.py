"""The error tree. Every message is one sentence that says what is wrong and what to do.

MaquetteError
├── InputError            the person asked for something that cannot be done
│   ├── RecipeError       a value of the recipe is out of range
│   ├── ModelError        a model is missing, broken or of an unknown kind
│   │   └── LoraError     a LoRA of a recipe is missing, or fits another model
│   ├── ImageError        an image cannot be read or is too large
│   ├── DrawingError      a sketch cannot be opened, changed or kept
│   │   └── DrawingInUse  another window has it open
│   └── StyleError        a style cannot be read, used or kept
├── EngineError           making the picture went wrong
│   ├── JobFailed         this job failed, the worker lives on
│   ├── JobCancelled      this job was cancelled
│   └── WorkerDied        the worker process ended; it will be started again
├── ProtocolError         bytes on the wire that are not ours, or of another version
├── TrainingError         a training's files cannot be read or written
├── SaveError             the picture could not be written (disk full, folder read-only, ...)
├── SigningError         the manifest cannot be signed (key, certificate, profile)
└── LibraryError          the library's index cannot be opened or read
    └── LibraryDamaged    it is damaged, and can be made anew from the pictures' files
"""

from enum import StrEnum


class FailureCode(StrEnum):
    """Why a job or a load failed; what the window and the command line decide by."""

    BAD_INPUT = "bad-input"
    MODEL = "model"
    OUT_OF_MEMORY = "out-of-memory"
    DEVICE = "device"
    MARK = "mark"
    WORKER_DIED = "worker-died"
    INTERNAL = "internal"


class MaquetteError(Exception):
    """Base of all errors this program raises on purpose.

    `detail` holds what helps a developer (a log tail, a library's own words) and is never shown
    as the message itself.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class InputError(MaquetteError):
    """The person asked for something that cannot be done."""


class RecipeError(InputError):
    """A value of the recipe is out of range. `field` names it."""

    def __init__(self, message: str, field: str = "", detail: str = "") -> None:
        super().__init__(message, detail)
        self.field = field


class ModelError(InputError):
    """A model is missing, broken or of an unknown kind."""


class LoraError(ModelError):
    """A LoRA of a recipe is missing, or made for a model of another family; `digest` names it."""

    def __init__(self, message: str, digest: str, detail: str = "") -> None:
        super().__init__(message, detail)
        self.digest = digest


class ImageError(InputError):
    """An image cannot be read or is too large."""


class DrawingError(InputError):
    """A sketch cannot be opened, changed or kept; the open one is as it was."""


class DrawingInUse(DrawingError):
    """Another window has the sketch open."""


class StyleError(InputError):
    """A style cannot be read, used or kept; what was there before is as it was."""


class EngineError(MaquetteError):
    """Making the picture went wrong."""


class JobFailed(EngineError):
    """This job failed; the worker lives on."""

    def __init__(self, message: str, code: FailureCode, detail: str = "") -> None:
        super().__init__(message, detail)
        self.code = code


class JobCancelled(EngineError):
    """This job was cancelled."""


class WorkerDied(EngineError):
    """The worker process ended; the supervisor starts it again."""


class ProtocolError(MaquetteError):
    """Bytes on the wire that are not ours, or of another version."""


class TrainingError(MaquetteError):
    """A training's files cannot be read or written; what it has learned is as it was."""


class SaveError(MaquetteError):
    """The picture could not be written; nothing half-written is left behind."""


class SigningError(MaquetteError):
    """The manifest cannot be signed: the key, the certificate or its profile is no good."""


class LibraryError(MaquetteError):
    """The library's index cannot be opened or read; the pictures themselves are not touched."""


class LibraryDamaged(LibraryError):
    """The library's index is damaged; it can be made anew from the pictures' files."""
