"""What crosses the process boundary between the studio and its trainer: two closed unions.

The trainer looks at pictures and trains styles. It is framed and greeted like the worker (see
`messages`). A process gets one request, LookAtPictures or Train, and ends after its conclusion:
PicturesSeen; or Trained or PausedTraining; or Failed. Pause and StopAndKeep may follow a Train.
"""

# pyright does not know that a msgspec struct inherits `frozen`.
# pyright: reportGeneralTypeIssues=false

from typing import Literal

from maquette.core.training import FoundPicture, LossPoint, StyleKind, TrainingReport
from maquette.protocol.messages import (
    Blob,
    DeviceChosen,
    Failed,
    Heartbeat,
    Message,
    Ready,
    Shutdown,
)

TRAINER_PROTOCOL = 2


class LookAtPictures(Message, tag="look-at-pictures"):
    """Look at picture files, and those in folders, at `paths` (as the system's bytes).

    `side` is the width and height in pixels that the model learns at; `kind` and `trigger` are
    for the captions that are proposed.
    """

    job: str
    paths: tuple[bytes, ...]
    side: int
    kind: StyleKind
    trigger: str


class Train(Message, tag="train"):
    """Train what is planned in `folder` (as the system's bytes), or go on with it."""

    job: str
    folder: bytes
    device: str = "auto"
    precision: str = "auto"


class Pause(Message, tag="pause"):
    """Save a checkpoint and end; answered by PausedTraining."""


class StopAndKeep(Message, tag="stop-and-keep"):
    """Learn no more and make the result of the best weights so far; answered by Trained."""


TrainerRequest = LookAtPictures | Train | Pause | StopAndKeep | Shutdown


class Preparing(Message, tag="preparing"):
    """A stage before or after the steps, in words; `fraction` is 0 to 1."""

    job: str
    stage: str
    fraction: float


class TrainingProgress(Message, tag="training-progress"):
    """`step` of `total` is done. `seconds_left` is an estimate, 0 for none."""

    job: str
    step: int
    total: int
    loss: float
    seconds_left: float = 0.0


class Curves(Message, tag="curves"):
    """Both curves as they are, after a start or a validation; `best_step` is the kept one's."""

    job: str
    losses: tuple[LossPoint, ...]
    validation: tuple[LossPoint, ...]
    best_step: int


class Checkpointed(Message, tag="checkpointed"):
    """What is learned up to `step` outlives everything from now on."""

    job: str
    step: int


class Samples(Message, tag="samples"):
    """Sample pictures of `prompts` by the weights of `step`: RGB pixels with the watermark."""

    job: str
    step: int
    prompts: tuple[str, ...]
    pictures: tuple[Blob, ...]


class PictureSeen(Message, tag="picture-seen"):
    """What one file is; they come in the order of names."""

    job: str
    picture: FoundPicture


class PicturesSeen(Message, tag="pictures-seen"):
    """So many files were told of, each in a PictureSeen."""

    job: str
    count: int


class Trained(Message, tag="trained"):
    """The LoRA is in the training's folder, and this is what came of it."""

    job: str
    report: TrainingReport


class PausedTraining(Message, tag="paused-training"):
    """It can be resumed from `step`."""

    job: str
    step: int


TrainerConclusion = PicturesSeen | Trained | PausedTraining | Failed
TrainerNews = (
    PictureSeen
    | Preparing
    | TrainingProgress
    | Curves
    | Checkpointed
    | Samples
    | DeviceChosen
    | Heartbeat
)
TrainerEvent = Ready | TrainerNews | TrainerConclusion

EndingWish = Literal["pause", "stop"]
"""How a training was asked to end before its last step."""
