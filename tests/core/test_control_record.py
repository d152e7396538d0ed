"""A recipe with controls keeps its id on the way to its picture; another sketch has another one."""

import msgspec

from maquette.core.control import Control, ControlKind, Kept
from maquette.core.model_ref import ModelRef
from maquette.core.recipe import Recipe, StartImage
from maquette.core.record import as_asked, record_id_for

CONTROL = Control(ControlKind.SKETCH, "ab" * 32, model=ModelRef("/models/scribble"), follow=75)


def recipe(*controls: Control, kept: Kept | None = None) -> Recipe:
    return Recipe(
        prompt="a mug",
        seed=1,
        width=256,
        height=256,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("model"),
        start=StartImage("cd" * 32) if kept else None,
        controls=controls,
        kept=kept,
    )


def changed(**changes: object) -> Recipe:
    return recipe(msgspec.structs.replace(CONTROL, **changes))


def test_what_is_known_only_when_it_is_made_changes_no_id() -> None:
    asked = recipe(CONTROL)
    made = changed(
        model=ModelRef("/models/scribble", "ef" * 32, "Scribble"), record="12AB34CD", follow=-1
    )
    assert record_id_for(asked) == record_id_for(made)
    assert as_asked(asked) == as_asked(made)


def test_whole_numbers_and_the_wire_change_no_id() -> None:
    asked = changed(scale=1, end=1, guidance=1, begin=0)
    read = msgspec.json.decode(msgspec.json.encode(asked), type=Recipe)
    assert record_id_for(asked) == record_id_for(read) == record_id_for(recipe(CONTROL))


def test_whatever_changes_a_pixel_changes_the_id() -> None:
    others = [
        recipe(),
        changed(digest="00" * 32),
        changed(kind=ControlKind.EDGES),
        changed(scale=0.5),
        changed(end=0.5),
        changed(guidance=2.0),
        changed(weights="11" * 32),
        changed(model=None),
        recipe(CONTROL, CONTROL),
        recipe(CONTROL, kept=Kept("22" * 32)),
        recipe(CONTROL, kept=Kept("22" * 32, feather=2)),
    ]
    ids = {record_id_for(each) for each in (recipe(CONTROL), *others)}
    assert len(ids) == len(others) + 1
