"""Training a style: what is asked for, how far it is, and what came of it. Frozen values."""

from enum import StrEnum

import msgspec

from maquette.core.errors import InputError
from maquette.core.model_info import ModelFamily
from maquette.core.model_ref import ModelRef
from maquette.core.plain_text import visible_text

MIN_PICTURES, MAX_PICTURES = 5, 200
FEW_PICTURES, MANY_PICTURES = 10, 60  # between them a style is learned best
MAX_STEPS = 20_000
MAX_RANK = 128
MAX_NAME = 80  # characters
MAX_CAPTION = 1000  # characters
MAX_BATCH = 64
_SAME = 4  # bits of 64 that the hashes of one picture in two files differ by at most


class StyleKind(StrEnum):
    """What the pictures have in common."""

    STYLE = "style"  # the way they are made
    PRODUCT = "product"  # what they show: a family of products
    MATERIAL = "material"  # what things in them are made of


class TrainingPreset(StrEnum):
    """How much time a training gets."""

    QUICK = "quick"
    GOOD = "good"
    THOROUGH = "thorough"


class CropBox(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The part of a picture that is learned from, as fractions of its width and height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


class TrainingPicture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One picture to learn from. `digest` is the sha256 of its upright RGB bytes, before cropping.

    `held_out` keeps it from being learned, so that it can tell how well others were.
    """

    digest: str
    caption: str
    crop: CropBox = CropBox()
    held_out: bool = False


class TrainingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The numbers of a training, as `core.training_presets` derives them.

    `side` is the largest width or height in pixels. `prior_share` is the share of each batch that
    is the base model's own pictures, `prior_pictures` how many of them there are. Once `patience`
    validations in a row brought nothing better, the training ends.
    """

    rank: int
    steps: int
    learning_rate: float
    batch: int
    side: int
    convolutions: bool = False
    validate_every: int = 50
    sample_every: int = 100
    patience: int = 4
    prior_share: float = 0.25
    prior_pictures: int = 8
    seed: int = 0


class TrainingPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a training is asked for; it never changes once it is written.

    `trigger` are the words of the captions that call the style; `id` is that of its folder.
    """

    id: str
    name: str
    kind: StyleKind
    preset: TrainingPreset
    model: ModelRef
    family: ModelFamily
    trigger: str
    pictures: tuple[TrainingPicture, ...]
    settings: TrainingSettings
    created: str = ""  # ISO 8601, UTC
    version: int = 1


class TrainingSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a picture lies until it is taken into the training's folder; never told to anyone."""

    digest: str
    path: str


class TrainingStage(StrEnum):
    """How far a training is."""

    WAITING = "waiting"  # never started, or another one is running
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"  # it can be resumed


class LossPoint(msgspec.Struct, frozen=True, array_like=True):
    """A loss after `step` steps."""

    step: int
    loss: float


class TrainingState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a training is, as its newest checkpoint has it.

    `losses` are means over the steps since the point before, `validation` the held-out pictures'
    at fixed timesteps and noise; the first is the base model's own. `recent` are losses since the
    last point. `seconds` are those worked.
    """

    step: int = 0
    losses: tuple[LossPoint, ...] = ()
    validation: tuple[LossPoint, ...] = ()
    best_step: int = 0
    recent: tuple[float, ...] = ()
    seconds: float = 0.0


class TrainingStatus(msgspec.Struct, frozen=True):
    """What a list of trainings tells; `message` is the sentence of a failure.

    `process` and `began` (Unix time) are the trainer's while it runs.
    """

    stage: TrainingStage = TrainingStage.WAITING
    step: int = 0
    message: str = ""
    process: int = 0
    began: float = 0.0


class LikenessReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the trained style's pictures compare with the set; see `worker.training.likeness`.

    `likeness` is 0 for no nearer to the set than the base model's pictures and 1 for as near as
    its own are to each other; it may be below or above. `closeness` is the highest correlation
    of a made picture with one that was learned, `usual` the highest among those themselves.
    `copied` counts made pictures that are copies, `nearest` is the digest of what is nearest.
    """

    likeness: float
    closeness: float
    usual: float
    copied: int
    made: int
    nearest: str = ""


class TrainingReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of a training. `digest` is the sha256 of the file of its LoRA."""

    digest: str
    steps: int
    best_step: int
    stopped_early: bool
    first_validation: float
    best_validation: float
    parameters: int
    base_parameters: int
    seconds: float
    likeness: LikenessReport | None = None
    notices: tuple[str, ...] = ()


class PictureTrait(StrEnum):
    """What is out of the ordinary about a picture, in one word; sentences say more."""

    UNREADABLE = "unreadable"  # a problem, as the next one
    TINY = "tiny"
    SMALL = "small"
    BLURRED = "blurred"
    NARROW = "narrow"
    SEVERAL = "several"


class FoundPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that was looked at for a training.

    `problem` says why it cannot be used, "" if it can; `notices` are what to know about it;
    `traits` are both in words of one.
    `duplicate_of` is the digest of an earlier picture that looks the same, `likeness` the
    perceptual hash by which that is told.
    """

    path: str
    name: str
    digest: str = ""
    width: int = 0
    height: int = 0
    caption: str = ""
    crop: CropBox = CropBox()
    problem: str = ""
    duplicate_of: str = ""
    likeness: str = ""
    traits: tuple[PictureTrait, ...] = ()
    notices: tuple[str, ...] = ()


def looks_same(a: str, b: str) -> bool:
    """Whether the 64-bit perceptual hashes `a` and `b`, hex, are of one picture; "" is of none."""
    return bool(a and b) and (int(a, 16) ^ int(b, 16)).bit_count() <= _SAME


def check_count(count: int) -> None:
    """Raise InputError if a style cannot be trained from so many pictures."""
    if count < MIN_PICTURES:
        raise InputError(
            f"A style needs at least {MIN_PICTURES} pictures that can be used, and there are "
            f"{count}; please add some, {FEW_PICTURES} to {MANY_PICTURES} are best."
        )
    if count > MAX_PICTURES:
        raise InputError(
            f"A style is trained from at most {MAX_PICTURES} pictures, and there are {count}; "
            f"please choose the best {FEW_PICTURES} to {MANY_PICTURES}."
        )


def checked_name(name: str) -> str:
    """`name` as one line of plain text. Raises InputError if nothing is left or it is too long."""
    shown = " ".join(visible_text(name).split())
    if not any(sign.isalnum() for sign in shown):
        raise InputError("A style needs a name with a letter or a digit; please give it one.")
    if len(shown) > MAX_NAME:
        raise InputError(
            f"A style's name has at most {MAX_NAME} characters; please choose a shorter one."
        )
    return shown


def check_plan(plan: TrainingPlan) -> None:
    """Raise InputError if a value of `plan` is out of range."""
    checked_name(plan.name)
    check_count(len(plan.pictures))
    if len({picture.digest for picture in plan.pictures}) < len(plan.pictures):
        raise InputError("A picture is in the training twice; please take one of the two out.")
    held_out = sum(picture.held_out for picture in plan.pictures)
    if not 0 < held_out < len(plan.pictures):
        raise InputError("A training holds some pictures back to judge by, and not all of them.")
    if any(not 0 < len(picture.caption) <= MAX_CAPTION for picture in plan.pictures):
        raise InputError(
            f"Each picture needs a caption of at most {MAX_CAPTION:,} characters; "
            "please look through them."
        )
    for picture in plan.pictures:
        crop = picture.crop
        if not (0 <= crop.left < crop.right <= 1 and 0 <= crop.top < crop.bottom <= 1):
            raise InputError("A crop lies outside of its picture; please set it again.")
    chosen = plan.settings
    if not 1 <= chosen.steps <= MAX_STEPS:
        raise InputError(f"A training takes 1 to {MAX_STEPS:,} steps, not {chosen.steps}.")
    if not 1 <= chosen.rank <= MAX_RANK:
        raise InputError(f"The rank of a style is 1 to {MAX_RANK}, not {chosen.rank}.")
    if not 0 < chosen.learning_rate <= 0.1:
        raise InputError(
            f"The learning rate is above 0 and at most 0.1, not {chosen.learning_rate}."
        )
    if chosen.batch > MAX_BATCH:
        raise InputError(f"A batch has at most {MAX_BATCH} pictures, not {chosen.batch}.")
    if min(chosen.batch, chosen.validate_every, chosen.sample_every, chosen.patience) < 1:
        raise InputError("Batch and intervals of a training are at least 1.")
