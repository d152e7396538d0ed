"""The draft of a training: what is used of its pictures, and what the training takes."""

import msgspec
import pytest

from maquette.core.errors import InputError
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.training import CropBox, FoundPicture, TrainingPreset
from maquette.core.training_crops import learned_part, sizes_for
from maquette.core.training_draft import (
    DraftPicture,
    PictureState,
    TrainingDraft,
    draft_settings,
    judged,
    plan_of,
    sources_of,
)
from maquette.core.training_preflight import Machine, preflight

GIB = 2**30
MODEL = ModelInfo(
    id="maquette-mini",
    name="Mini",
    family=ModelFamily.MINI,
    sizes=((256, 256), (256, 320), (320, 256)),
    default_size=(256, 256),
)


def picture(number: int, **found: object) -> DraftPicture:
    values: dict[str, object] = {
        "path": f"/set/mug {number}.png",
        "name": f"mug {number}.png",
        "digest": f"{number:064x}",
        "likeness": f"{number * 0x1111111111111111 % 2**64:016x}",
        "width": 400,
        "height": 300,
    }
    return DraftPicture(found=FoundPicture(**(values | found)))  # type: ignore[arg-type]


@pytest.fixture
def draft() -> TrainingDraft:
    return TrainingDraft(name="Blue waves", pictures=tuple(map(picture, range(10))), seed=7)


def test_pictures_that_look_the_same_are_used_once_unless_somebody_knows_better(
    draft: TrainingDraft,
) -> None:
    twin = picture(10, likeness=draft.pictures[2].found.likeness)
    copy = picture(11, digest=draft.pictures[3].found.digest)
    both = msgspec.structs.replace(draft, pictures=(*draft.pictures, twin, copy))
    assert [each.state for each in judged(both)[-2:]] == [PictureState.SAME] * 2
    assert [each.is_copy for each in judged(both)[-2:]] == [False, True]
    apart = tuple(msgspec.structs.replace(each, is_apart=True) for each in (twin, copy))
    kept = judged(msgspec.structs.replace(draft, pictures=(*draft.pictures, *apart)))
    assert [each.state for each in kept[-2:]] == [PictureState.USED, PictureState.SAME]


def test_what_is_chosen_by_hand_is_in_the_plan(draft: TrainingDraft) -> None:
    first, second, *others = draft.pictures
    crop = CropBox(0.1, 0.1, 0.6, 0.7)
    drawn = {each.picture.key for each in judged(draft) if each.held_out}
    chosen = msgspec.structs.replace(
        draft,
        rank=3,
        batch=2,
        learning_rate=0.002,
        pictures=(
            msgspec.structs.replace(first, is_out=True),
            msgspec.structs.replace(second, caption=" a jug ", crop=crop, held_out=True),
            *others,
        ),
    )
    plan = plan_of(chosen, MODEL, 8 * GIB)
    assert len(drawn) == 1
    assert (plan.settings.rank, plan.settings.batch, plan.settings.learning_rate) == (3, 2, 0.002)
    assert plan.settings.seed == 7
    [jug, *rest] = plan.pictures
    assert (jug.caption, jug.crop, jug.held_out) == ("a jug", crop, True)
    assert {each.caption for each in rest} == {"mug, blue waves style"}
    assert [each.digest for each in sources_of(chosen)] == [each.digest for each in plan.pictures]


def test_words_without_letters_and_nothing_held_back_are_refused(draft: TrainingDraft) -> None:
    with pytest.raises(InputError, match="need a letter or a digit"):
        plan_of(msgspec.structs.replace(draft, trigger="***"), MODEL, 8 * GIB)
    learned = tuple(msgspec.structs.replace(each, held_out=False) for each in draft.pictures)
    with pytest.raises(InputError, match="holds some pictures back"):
        plan_of(msgspec.structs.replace(draft, pictures=learned), MODEL, 8 * GIB)


def test_time_is_guessed_by_cores_and_known_once_something_was_trained(
    draft: TrainingDraft,
) -> None:
    settings = draft_settings(draft, 10, MODEL, 8 * GIB)
    machine = Machine(memory=8 * GIB, free=8 * GIB, disk=GIB, cores=2)
    more = msgspec.structs.replace(machine, cores=8)
    known = msgspec.structs.replace(machine, pace=0.5)
    two, eight, told = (
        preflight(settings, 10, ModelFamily.MINI, each) for each in (machine, more, known)
    )
    assert not two.is_measured
    assert eight.seconds < two.seconds
    assert told.is_measured
    assert told.seconds == pytest.approx(0.5 * settings.steps * settings.batch)
    longer = msgspec.structs.replace(draft, preset=TrainingPreset.THOROUGH)
    thorough = draft_settings(longer, 10, MODEL, 8 * GIB)
    assert preflight(thorough, 10, ModelFamily.MINI, machine).seconds > two.seconds


def test_what_is_learned_is_the_middle_of_the_crop_in_a_shape_of_the_model() -> None:
    sizes = sizes_for(MODEL, 256)
    assert learned_part(CropBox(), 300, 300, sizes) == CropBox()
    part = learned_part(CropBox(0.0, 0.0, 1.0, 1.0), 800, 300, sizes)
    assert (part.top, part.bottom) == (0, 1)
    assert (part.right - part.left) * 800 == pytest.approx(300 * 320 / 256)
    assert part.left == pytest.approx(1 - part.right)
