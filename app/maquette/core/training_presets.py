"""The numbers of a training, derived from pictures, preset and model, and what it will take."""

import datetime
import random
import secrets
from collections.abc import Sequence

import msgspec

from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.model_ref import ModelRef
from maquette.core.training import (
    StyleKind,
    TrainingPicture,
    TrainingPlan,
    TrainingPreset,
    TrainingSettings,
    check_plan,
    checked_name,
)
from maquette.core.training_captions import trigger_of

_GIB = 2**30

# Passes over the pictures and the least and most steps, for each preset.
_PASSES = {
    TrainingPreset.QUICK: (120, 200, 400),
    TrainingPreset.GOOD: (240, 500, 1200),
    TrainingPreset.THOROUGH: (400, 1000, 3000),
}
_MINI_PASSES = 2  # times as many: a small model's steps are quick
_RANKS = {TrainingPreset.QUICK: 8, TrainingPreset.GOOD: 16, TrainingPreset.THOROUGH: 32}
_MINI_RANKS = {TrainingPreset.QUICK: 8, TrainingPreset.GOOD: 8, TrainingPreset.THOROUGH: 12}
_RATES = {TrainingPreset.QUICK: 2.0, TrainingPreset.GOOD: 1.0, TrainingPreset.THOROUGH: 0.7}
_BASE_RATE = 1e-4  # of AdamW on LoRAs of Stable Diffusion, as diffusers' scripts have it
_MINI_RATE = 5e-4  # a small model trained from scratch takes, and needs, larger steps
_HELD_OUT = 0.12  # share of the pictures
_MOST_HELD_OUT = 8
_FEW = 15  # up to here a rank that is large is a memory for pictures

# Bytes that a training takes: the model's, and for each picture of a batch. Upper estimates from
# the sizes of weights and of what is kept for the way back, with gradient checkpointing above Mini.
_NEEDS = {
    ModelFamily.MINI: (1.4, 0.08),
    ModelFamily.SD1: (4.5, 0.7),
    ModelFamily.SD2: (4.8, 0.9),
    ModelFamily.SDXL: (9.5, 1.8),
}
_PLACE = {  # bytes on the disk for a rank, as checkpoint, best and result together
    ModelFamily.MINI: 3_000_000,
    ModelFamily.SD1: 5_000_000,
    ModelFamily.SD2: 6_000_000,
    ModelFamily.SDXL: 18_000_000,
}


class TrainingNeeds(msgspec.Struct, frozen=True):
    """What a training takes: bytes of memory and of disk, and pictures looked at while learning."""

    memory: int
    disk: int
    samples: int


def settings_for(
    preset: TrainingPreset,
    kind: StyleKind,
    pictures: int,
    family: ModelFamily,
    default_side: int,
    memory: int,
) -> TrainingSettings:
    """The numbers for `pictures` pictures on a device with `memory` bytes.

    The built-in model's attention sits in its lower half only, so that its convolutions learn too:
    texture is made there. What a product is made of is in few pictures, so its rank is higher and
    the base model's own pictures count more.
    """
    is_mini = family == ModelFamily.MINI
    passes, least, most = (n * (_MINI_PASSES if is_mini else 1) for n in _PASSES[preset])
    rank = (_MINI_RANKS if is_mini else _RANKS)[preset]
    if pictures <= _FEW and not is_mini:
        rank = max(4, rank // 2)
    batch = 8 if is_mini else 4
    base, each = _NEEDS[family]
    side = default_side
    while batch > 1 and (base + each * batch) * _GIB > memory:
        batch //= 2
    if (base + each * batch) * _GIB > memory and not is_mini:
        side = max(256, side * 3 // 4 // 64 * 64)
    steps = min(most, max(least, round(passes * pictures / (8 if is_mini else 4))))
    every = max(20, steps // 10)
    return TrainingSettings(
        rank=rank,
        steps=steps,
        learning_rate=(_MINI_RATE if is_mini else _BASE_RATE) * _RATES[preset],
        batch=batch,
        side=side,
        convolutions=is_mini,
        validate_every=every,
        sample_every=2 * every,
        prior_share=0.375 if kind == StyleKind.PRODUCT else 0.25,
        prior_pictures=min(32, max(8, pictures // 2)),
        seed=secrets.randbelow(2**31),
    )


def adjusted(
    settings: TrainingSettings,
    *,
    steps: int = 0,
    rank: int = 0,
    learning_rate: float = 0.0,
    batch: int = 0,
) -> TrainingSettings:
    """`settings` with the numbers that are not 0; with the steps go the intervals between looks."""
    if steps:
        every = max(1, min(settings.validate_every, steps // 4))
        settings = msgspec.structs.replace(
            settings, steps=steps, validate_every=every, sample_every=2 * every
        )
    return msgspec.structs.replace(
        settings,
        rank=rank or settings.rank,
        learning_rate=learning_rate or settings.learning_rate,
        batch=batch or settings.batch,
    )


def needs_of(plan: TrainingPlan) -> TrainingNeeds:
    """What `plan` will take, estimated high."""
    return needs_for(plan.settings, len(plan.pictures), plan.family)


def needs_for(settings: TrainingSettings, pictures: int, family: ModelFamily) -> TrainingNeeds:
    """What a training on so many pictures will take, estimated high."""
    base, each = _NEEDS[family]
    picture = 3 * settings.side**2 * 2  # the crop, and its latents twice
    return TrainingNeeds(
        memory=round((base + each * settings.batch) * _GIB),
        disk=settings.rank * _PLACE[family] + pictures * picture + 16 * 2**20,
        samples=settings.steps * settings.batch,
    )


def held_out_split(pictures: Sequence[TrainingPicture], seed: int) -> tuple[TrainingPicture, ...]:
    """`pictures` with an eighth of them, at least one, marked as held out."""
    count = min(_MOST_HELD_OUT, max(1, round(len(pictures) * _HELD_OUT)))
    chosen = set(random.Random(seed).sample(range(len(pictures)), count))
    return tuple(
        msgspec.structs.replace(picture, held_out=index in chosen)
        for index, picture in enumerate(pictures)
    )


def plan_training(
    name: str,
    kind: StyleKind,
    preset: TrainingPreset,
    model: ModelInfo,
    pictures: Sequence[TrainingPicture],
    memory: int,
    *,
    trigger: str = "",
    steps: int = 0,
    settings: TrainingSettings | None = None,
) -> TrainingPlan:
    """A checked plan, with an id of its own.

    Args:
        memory: bytes of the device that may be used.
        trigger: words that call the style; made of the name if empty.
        steps: how many, 0 for what the preset says.
        settings: all numbers, and `pictures` tell what is held out; None to derive both.

    Raises:
        InputError: a value is out of range, or there are too few or too many pictures.
    """
    shown = checked_name(name)
    if settings is None:
        settings = settings_for(
            preset, kind, len(pictures), model.family, max(model.default_size), memory
        )
        settings = adjusted(settings, steps=steps)
        pictures = held_out_split(pictures, settings.seed) if pictures else ()
    plan = TrainingPlan(
        id=secrets.token_hex(8),
        name=shown,
        kind=kind,
        preset=preset,
        model=ModelRef(model.id, model.digest, model.name),
        family=model.family,
        trigger=trigger or trigger_of(shown),
        pictures=tuple(pictures),
        settings=settings,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    check_plan(plan)
    return plan
