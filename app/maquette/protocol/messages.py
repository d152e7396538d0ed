"""Every request and event on the wire, on one page: two closed unions of tagged structs.

A message travels as one frame (see `framing`): this header in msgpack, then its raw blobs.
Every Generate ends in exactly one of Finished, Cancelled, Failed; every Live in exactly one of
LivePicture, LiveSkipped, LiveFailed. Progress may be dropped.
"""

# pyright does not know that a msgspec struct inherits `frozen`.
# pyright: reportGeneralTypeIssues=false

import msgspec

from maquette.core.errors import FailureCode
from maquette.core.fidelity import Fidelity
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileEncoding, Marking
from maquette.core.model_info import ModelInfo
from maquette.core.recipe import Recipe
from maquette.core.record import Record

PROTOCOL_VERSION = 8


class Message(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True
):
    """Base of all messages."""


class Blob(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Bytes that travel beside the header: their place in the frame's list of blobs.

    `shape` is (height, width, channels) for uint8 pixels, () for an encoded file.
    """

    index: int
    shape: tuple[int, ...] = ()


# --- requests: studio to worker -----------------------------------------------------------------


class Load(Message, tag="load"):
    """Make `model` ("maquette-mini" or a path) resident; answered by Loaded or Failed(job="")."""

    model: str


class Generate(Message, tag="generate"):
    """Make one image. `start` holds RGB pixels of the recipe's size when the recipe has one.

    `start_file` is the file that they are from, when it carries a signed manifest, which is kept.
    `images` are RGB pixels of the recipe's size, in the order of `recipe_images(recipe)`.
    `marking` says which marks the file gets, `encoding` of which format it is.
    """

    job: str
    record_id: str
    recipe: Recipe
    start: Blob | None = None
    start_file: Blob | None = None
    images: tuple[Blob, ...] = ()
    marking: Marking = Marking()
    encoding: FileEncoding = FileEncoding()
    preview: bool = True


class Cancel(Message, tag="cancel"):
    """Stop `job`, queued or running, at the next step; answered by its conclusion."""

    job: str


class Live(Message, tag="live"):
    """Make a picture to look at while the user draws: marked, neither encoded nor recorded.

    It goes before the pictures that wait, after the one that is made. A newer one, of whatever
    number, drops it at its next step. `start` and `images` are as in Generate. With `refine` the
    pen rests, and how well a large picture follows the sketch is measured too.
    """

    sequence: int
    recipe: Recipe
    start: Blob | None = None
    images: tuple[Blob, ...] = ()
    refine: bool = False


class StopLive(Message, tag="stop-live"):
    """Nobody looks any more: a Live that waits or runs is skipped."""


class Shutdown(Message, tag="shutdown"):
    """Finish nothing more and exit with status 0."""


Request = Load | Generate | Cancel | Live | StopLive | Shutdown

# --- events: worker to studio -------------------------------------------------------------------


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the pipeline runs. `reason` says in words how the precision was chosen."""

    kind: str  # cpu | cuda | mps
    name: str
    precision: str  # fp32 | bf16 | fp16
    memory_total: int  # bytes
    reason: str = ""


class Ready(Message, tag="ready"):
    """First event. A studio of another protocol version or build refuses to go on."""

    protocol: int
    build: str
    pid: int


class DeviceChosen(Message, tag="device"):
    """torch is imported and the device probed."""

    device: Device


class Loading(Message, tag="loading"):
    """A stage of Load, in words for the status bar; `fraction` is 0 to 1."""

    model: str
    stage: str
    fraction: float


class Loaded(Message, tag="loaded"):
    """The model is resident and warm; `info.digest` is filled in."""

    info: ModelInfo
    seconds: float


class Started(Message, tag="started"):
    """The job left the worker's own queue and is running."""

    job: str


class Progress(Message, tag="progress"):
    """`step` of `total` is done. `preview` is small RGB pixels of the predicted final image."""

    job: str
    step: int
    total: int
    preview: Blob | None = None


class Finished(Message, tag="finished"):
    """The image is made, marked and encoded: `file` is the complete file, ready to be saved.

    `record.recipe` is the recipe as run (model digest filled in). `mark` tells how the watermark
    came out, `manifest` is the signed manifest alone, as the file carries it; None without one.
    `notices` are sentences for the user (prompt cut, memory plan changed). `seconds` maps stage
    names to durations.
    """

    job: str
    record: Record
    file: Blob
    mark: MarkResult
    manifest: Blob | None = None
    notices: tuple[str, ...] = ()
    seconds: dict[str, float] = {}


class Cancelled(Message, tag="cancelled"):
    """The job was stopped; nothing of it is kept."""

    job: str


class Failed(Message, tag="failed"):
    """The job (or, with job="", the last Load) failed; `message` is one sentence for the user."""

    job: str
    code: FailureCode
    message: str
    detail: str = ""


class LivePicture(Message, tag="live-picture"):
    """`picture` is RGB pixels of the recipe's size, with the watermark; `recipe` is as run.

    `fidelity` is there where it was measured. `notices` and `seconds` are as in Finished.
    """

    sequence: int
    recipe: Recipe
    picture: Blob
    fidelity: Fidelity | None = None
    notices: tuple[str, ...] = ()
    seconds: dict[str, float] = {}


class LiveSkipped(Message, tag="live-skipped"):
    """A newer Live came, or StopLive."""

    sequence: int


class LiveFailed(Message, tag="live-failed"):
    """The picture could not be made; `message` is one sentence for the user."""

    sequence: int
    code: FailureCode
    message: str
    detail: str = ""


class Heartbeat(Message, tag="heartbeat"):
    """Sent every second from a thread of its own. Memory in bytes."""

    resident: int
    device_used: int = 0


Event = (
    Ready
    | DeviceChosen
    | Loading
    | Loaded
    | Started
    | Progress
    | Finished
    | Cancelled
    | Failed
    | LivePicture
    | LiveSkipped
    | LiveFailed
    | Heartbeat
)
