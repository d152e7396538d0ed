"""The draft of a training: pictures, words and numbers as chosen so far, before there is a plan.

Frozen values and pure functions, for the window and the command line alike.
"""

from enum import StrEnum
from pathlib import Path

import msgspec

from maquette.core.errors import InputError
from maquette.core.model_info import ModelInfo
from maquette.core.training import (
    MAX_CAPTION,
    MAX_PICTURES,
    CropBox,
    FoundPicture,
    StyleKind,
    TrainingPicture,
    TrainingPlan,
    TrainingPreset,
    TrainingSettings,
    TrainingSource,
    looks_same,
)
from maquette.core.training_captions import caption_for, subject_of, trigger_of
from maquette.core.training_presets import (
    adjusted,
    held_out_split,
    plan_training,
    settings_for,
)

MAX_LOOKED_AT = 2 * MAX_PICTURES  # pictures of a draft: some may be left out
NAMELESS = "…"  # stands for the words that call a style that has no name yet


class PictureState(StrEnum):
    """What becomes of a picture of the draft."""

    USED = "used"
    OUT = "out"  # taken out by hand
    PROBLEM = "problem"  # it cannot be used
    SAME = "same"  # it looks like an earlier one that is used


class DraftPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that was looked at, and what was chosen for it.

    `caption` and `crop` are None for what is proposed, `held_out` for what is drawn by lot. What
    `is_apart` is used although it looks like another one, as products from one side do.
    """

    found: FoundPicture
    caption: str | None = None
    crop: CropBox | None = None
    is_out: bool = False
    is_apart: bool = False
    held_out: bool | None = None

    @property
    def key(self) -> str:
        """Tells the pictures of a draft apart: the path, or the name where that is no text."""
        return self.found.path or self.found.name

    @property
    def box(self) -> CropBox:
        """The part that is learned from."""
        return self.crop or self.found.crop


class TrainingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen so far. `trigger` is "" for what the name says, a number 0 for the preset's.

    `seed` draws what is held out, and the training's noise.
    """

    name: str = ""
    trigger: str = ""
    kind: StyleKind = StyleKind.STYLE
    preset: TrainingPreset = TrainingPreset.QUICK
    pictures: tuple[DraftPicture, ...] = ()
    steps: int = 0
    rank: int = 0
    learning_rate: float = 0.0
    batch: int = 0
    seed: int = 0

    @property
    def words(self) -> str:
        """The words that call the style, "" while it has neither a name nor words."""
        return trigger_of(self.trigger or self.name)


class JudgedPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the draft beside the others.

    `twin` is the name of the picture that it looks like, of which it `is_copy` where the pixels
    are the same. `caption` is what will be learned.
    """

    picture: DraftPicture
    state: PictureState
    caption: str
    twin: str = ""
    is_copy: bool = False
    held_out: bool = False


def proposed_caption(draft: TrainingDraft, picture: DraftPicture) -> str:
    """What the name of a file, the kind and the style's words make of a caption."""
    subject = subject_of(Path(picture.found.name).stem)
    return caption_for(draft.kind, draft.words or NAMELESS, subject)


def judged(draft: TrainingDraft) -> tuple[JudgedPicture, ...]:
    """What becomes of each picture, in their order.

    Of pictures that look the same the first one that is not taken out is used.
    """
    first: list[FoundPicture] = []  # what is used
    told: list[tuple[DraftPicture, PictureState, FoundPicture | None]] = []
    for picture in draft.pictures:
        found, twin = picture.found, None
        state = PictureState.USED
        if found.problem:
            state = PictureState.PROBLEM
        elif picture.is_out:
            state = PictureState.OUT
        else:
            twin = _twin(picture, first)
            if twin:
                state = PictureState.SAME
            else:
                first.append(found)
        told.append((picture, state, twin))
    held = _held_out(draft.seed, [p for p, state, _ in told if state is PictureState.USED])
    return tuple(
        JudgedPicture(
            picture=picture,
            state=state,
            caption=_caption(draft, picture),
            twin=twin.name if twin else "",
            is_copy=twin is not None and twin.digest == picture.found.digest,
            held_out=state is PictureState.USED and picture.key in held,
        )
        for picture, state, twin in told
    )


def draft_settings(
    draft: TrainingDraft, count: int, model: ModelInfo, memory: int
) -> TrainingSettings:
    """The numbers for `count` pictures on a device with `memory` bytes, with what was set by hand.

    Raises:
        InputError: a style cannot be trained on `model`.
    """
    derived = settings_for(
        draft.preset, draft.kind, count, model.family, max(model.default_size), memory
    )
    return adjusted(
        msgspec.structs.replace(derived, seed=draft.seed),
        steps=draft.steps,
        rank=draft.rank,
        learning_rate=draft.learning_rate,
        batch=draft.batch,
    )


def plan_of(draft: TrainingDraft, model: ModelInfo, memory: int) -> TrainingPlan:
    """The checked plan of what is used. `memory` is the device's, in bytes.

    Raises:
        InputError: the draft cannot be trained as it is, for the reason in its sentence.
    """
    if draft.trigger and not trigger_of(draft.trigger):
        raise InputError("The words that call a style need a letter or a digit; please add some.")
    used = [each for each in judged(draft) if each.state is PictureState.USED]
    pictures = [
        TrainingPicture(
            digest=each.picture.found.digest,
            caption=each.caption,
            crop=each.picture.box,
            held_out=each.held_out,
        )
        for each in used
    ]
    return plan_training(
        draft.name,
        draft.kind,
        draft.preset,
        model,
        pictures,
        memory,
        trigger=draft.words,
        settings=draft_settings(draft, len(pictures), model, memory),
    )


def sources_of(draft: TrainingDraft) -> tuple[TrainingSource, ...]:
    """Where the pictures that are used lie."""
    return tuple(
        TrainingSource(each.picture.found.digest, each.picture.found.path)
        for each in judged(draft)
        if each.state is PictureState.USED
    )


def _twin(picture: DraftPicture, others: list[FoundPicture]) -> FoundPicture | None:
    """The first of `others` that shows the same."""
    found = picture.found
    for other in others:
        is_like = not picture.is_apart and looks_same(other.likeness, found.likeness)
        if is_like or other.digest == found.digest:
            return other
    return None


def _caption(draft: TrainingDraft, picture: DraftPicture) -> str:
    own = (picture.caption or "").strip()[:MAX_CAPTION]
    return own or proposed_caption(draft, picture)


def _held_out(seed: int, used: list[DraftPicture]) -> set[str]:
    """The keys of what is held out: drawn by lot, but for what was chosen by hand."""
    if not used:
        return set()
    lots = held_out_split([TrainingPicture(digest=p.found.digest, caption="") for p in used], seed)
    return {
        picture.key
        for picture, lot in zip(used, lots, strict=True)
        if (lot.held_out if picture.held_out is None else picture.held_out)
    }
