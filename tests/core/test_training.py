"""What a training is asked for: derived from the pictures, checked, and told in captions."""

from collections.abc import Callable

import msgspec
import pytest

from maquette.core.errors import InputError
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.training import (
    CropBox,
    LossPoint,
    StyleKind,
    TrainingPicture,
    TrainingPlan,
    TrainingPreset,
    check_plan,
)
from maquette.core.training_captions import caption_for, subject_of, trigger_of, without_trigger
from maquette.core.training_presets import needs_of, plan_training, settings_for

GIB = 2**30


def pictures(count: int) -> list[TrainingPicture]:
    return [TrainingPicture(digest=f"{number:064x}", caption="a mug") for number in range(count)]


@pytest.fixture
def plan() -> Callable[..., TrainingPlan]:
    """Plans for the built-in model."""

    def make(count: int = 20, name: str = "Blue waves", **options: object) -> TrainingPlan:
        model = ModelInfo(id="maquette-mini", name="Mini", family=ModelFamily.MINI)
        kind, preset = StyleKind.STYLE, TrainingPreset.QUICK
        return plan_training(name, kind, preset, model, pictures(count), 8 * GIB, **options)

    return make


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (3, "at least 5 pictures that can be used, and there are 3"),
        (600, "at most 200 pictures, and there are 600"),
    ],
)
def test_too_few_and_too_many_pictures_are_refused(
    plan: Callable[..., TrainingPlan], count: int, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        plan(count)


def test_some_pictures_are_held_out_and_most_are_learned(plan: Callable[..., TrainingPlan]) -> None:
    for count in (5, 20, 60, 200):
        held_out = sum(picture.held_out for picture in plan(count).pictures)
        assert 1 <= held_out <= min(8, count // 4)


def test_a_preset_with_more_time_learns_longer_and_in_smaller_steps() -> None:
    quick, good, thorough = (
        settings_for(preset, StyleKind.STYLE, 20, ModelFamily.SD1, 512, 16 * GIB)
        for preset in TrainingPreset
    )
    assert quick.steps < good.steps < thorough.steps
    assert quick.learning_rate > good.learning_rate > thorough.learning_rate
    assert quick.rank < good.rank < thorough.rank


def test_less_memory_means_smaller_batches_and_smaller_needs(
    plan: Callable[..., TrainingPlan],
) -> None:
    sizes = [
        settings_for(
            TrainingPreset.QUICK, StyleKind.STYLE, 20, ModelFamily.SDXL, 1024, memory * GIB
        )
        for memory in (24, 12, 4)
    ]
    assert [each.batch for each in sizes] == sorted((each.batch for each in sizes), reverse=True)
    assert sizes[-1].batch == 1
    assert sizes[-1].side < 1024
    assert needs_of(plan()).memory < 4 * GIB


def test_steps_that_are_asked_for_are_kept_and_out_of_range_is_refused(
    plan: Callable[..., TrainingPlan],
) -> None:
    asked = plan(steps=12)
    assert asked.settings.steps == 12
    assert asked.settings.validate_every <= 12
    with pytest.raises(InputError, match="1 to 20,000 steps"):
        plan(steps=50_000)


@pytest.mark.parametrize("name", ["", "   ", "../..", "‮", "x" * 81])
def test_names_that_are_none_are_refused(plan: Callable[..., TrainingPlan], name: str) -> None:
    with pytest.raises(InputError):
        plan(name=name)


def test_a_name_like_a_path_is_only_a_name(plan: Callable[..., TrainingPlan]) -> None:
    made = plan(name="../../etc/passwd")
    assert made.trigger == "etc passwd"
    assert made.id.isalnum()


@pytest.mark.parametrize(
    "changes",
    [
        {"caption": ""},
        {"caption": "x" * 2000},
        {"crop": CropBox(left=0.6, right=0.5)},
        {"crop": CropBox(top=-0.1)},
        {"digest": f"{1:064x}"},
    ],
)
def test_pictures_that_cannot_be_learned_from_are_refused(
    plan: Callable[..., TrainingPlan], changes: dict[str, object]
) -> None:
    made = plan()
    first = msgspec.structs.replace(made.pictures[0], **changes)
    with pytest.raises(InputError):
        check_plan(msgspec.structs.replace(made, pictures=(first, *made.pictures[1:])))


@pytest.mark.parametrize(
    ("stem", "subject"),
    [
        ("red-mug_01", "red mug"),
        ("IMG_20240501_1234", ""),
        ("DSC00012", ""),
        ("微信图片_20240101", ""),
        ("3f2a9c0e11", ""),
        ("陶瓷 花瓶 2", "陶瓷 花瓶"),
        ("..\\..\\tall vase copy", "tall vase"),
    ],
)
def test_file_names_tell_what_is_seen_unless_a_camera_gave_them(stem: str, subject: str) -> None:
    assert subject_of(stem) == subject


@pytest.mark.parametrize("kind", StyleKind)
@pytest.mark.parametrize("subject", ["red mug", "", "花瓶"])
def test_every_caption_has_the_words_that_call_the_style_and_can_lose_them(
    kind: StyleKind, subject: str
) -> None:
    trigger = trigger_of("Blue Waves")
    caption = caption_for(kind, trigger, subject)
    assert trigger in caption
    bare = without_trigger(caption, trigger)
    assert trigger not in bare
    assert bare
    assert subject in bare


def test_points_of_curves_are_small_on_the_wire() -> None:
    assert msgspec.to_builtins(LossPoint(3, 0.5)) == [3, 0.5]
