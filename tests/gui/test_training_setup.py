"""The draft of a training: pictures as they are seen, choices, undo, and the file that keeps it."""

import json

import pytest

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.training import StyleKind
from maquette.core.training_draft import PictureState


@pytest.fixture
def folder(tmp_path):
    """A folder with twelve files, which the fake takes for pictures."""
    made = tmp_path / "pictures"
    made.mkdir()
    for number in range(12):
        (made / f"tall vase {number:02d}.png").write_bytes(b"")
    return made


@pytest.fixture
def setup(desk):
    made = desk.studio.training_setup
    made.need()
    desk.driver.until(lambda: made.value.loaded and made.value.machine)
    return made


def add(desk, setup, *paths):
    setup.add(str(path) for path in paths)
    desk.driver.until(lambda: not setup.is_looking)


def states(setup):
    return {each.picture.found.name: each.state for each in setup.pictures}


def test_every_step_is_undone_and_done_again(desk, setup, folder):
    add(desk, setup, folder)
    assert setup.used == 12
    first = setup.pictures[0].picture.key
    setup.change_pictures((first,), is_out=True)
    for typed in ("B", "Bl", "Blue"):
        setup.change("name", name=typed)
    setup.change(kind=StyleKind.MATERIAL)
    assert setup.pictures[1].caption == "tall vase made of blue"
    setup.undo()
    assert setup.pictures[1].caption == "tall vase, blue style"
    setup.undo()
    assert setup.value.draft.name == ""
    setup.undo()
    assert setup.used == 12
    setup.undo()
    assert setup.value.draft.pictures == ()
    assert not setup.value.can_undo
    for _step in range(4):
        setup.redo()
    assert (setup.used, setup.value.draft.name) == (11, "Blue")
    assert not setup.value.can_redo
    setup.start_again()
    assert setup.value.draft.pictures == ()
    setup.undo()
    assert setup.used == 11


def test_of_pictures_that_look_the_same_the_first_one_left_is_used(desk, setup, folder):
    same = {"likeness": "00ff00ff00ff00ff"}
    desk.trainer.found = {f"tall vase 0{number}.png": same for number in (1, 2)}
    add(desk, setup, folder)
    assert states(setup)["tall vase 02.png"] is PictureState.SAME
    assert setup.pictures[2].twin == "tall vase 01.png"
    setup.change_pictures((setup.pictures[1].picture.key,), is_out=True)
    assert states(setup)["tall vase 02.png"] is PictureState.USED
    assert setup.used == 11


def test_the_draft_is_there_after_a_crash_and_what_vanished_is_told(desk, setup, folder, open_desk):
    add(desk, setup, folder)
    setup.change(name="Blue waves", trigger="blue waves glaze")
    setup.change_pictures((setup.pictures[3].picture.key,), caption="my own words")
    kept = desk.home / "data" / "training-draft.json"
    desk.driver.until(lambda: kept.exists() and "my own words" in kept.read_text())
    held = [each.held_out for each in setup.pictures]
    (folder / "tall vase 00.png").unlink()
    again = open_desk().studio.training_setup  # beside the first, which never closed
    again.need()
    desk.driver.until(lambda: again.value.machine)
    assert again.value.draft == setup.value.draft
    assert states(again)["tall vase 00.png"] is PictureState.PROBLEM
    assert again.used == 11
    assert again.pictures[3].caption == "my own words"
    assert sum(held) == 1


def test_a_draft_that_cannot_be_read_is_put_aside(desk):
    kept = desk.home / "data" / "training-draft.json"
    kept.write_text("{")
    setup = desk.studio.training_setup
    setup.need()
    desk.driver.until(lambda: setup.value.loaded)
    assert setup.value.draft.pictures == ()
    assert kept.with_suffix(".bad").read_text() == "{"


def test_undo_in_the_middle_of_looking_stops_it(desk, setup, folder):
    add(desk, setup, folder / "tall vase 00.png")
    desk.trainer.hold = True
    setup.add([str(folder)])
    desk.driver.until(lambda: setup.value.looking == 0)
    setup.undo()
    desk.trainer.hold = False
    desk.driver.until(lambda: setup.value.looking is None)
    desk.driver.settle()
    assert setup.value.draft.pictures == ()


def test_what_the_trainer_refuses_is_said_and_nothing_is_lost(desk, setup, folder):
    add(desk, setup, folder)
    desk.trainer.refusal = JobFailed("At most 200 pictures, please.", FailureCode.BAD_INPUT)
    add(desk, setup, folder / "tall vase 00.png")
    assert setup.value.problem == "At most 200 pictures, please."
    assert setup.used == 12


def test_begin_hands_over_what_was_chosen_and_starts_a_new_draft(desk, setup, folder):
    add(desk, setup, folder)
    assert "needs a name" in setup.obstacle
    setup.change(name="Blue waves", steps=40, rank=4)
    chosen = setup.pictures[5].picture.key
    setup.change_pictures((chosen,), held_out=True, caption="a jug")
    assert setup.obstacle == ""
    begun = []
    setup.begun.connect(begun.append)
    setup.begin()
    desk.driver.until(lambda: begun)
    [one] = desk.studio.trainings.value.trainings
    plan = one.plan
    assert (plan.id, plan.name, plan.trigger) == (begun[0], "Blue waves", "blue waves")
    assert (plan.settings.steps, plan.settings.rank, len(plan.pictures)) == (40, 4, 12)
    assert plan.model.digest
    assert plan.pictures[5].caption == "a jug"
    assert plan.pictures[5].held_out
    desk.driver.until(lambda: not setup.value.is_beginning)
    assert setup.value.draft.pictures == ()
    sources = json.loads((one.folder / "sources.json").read_text())
    assert len(sources) == 12
    setup.undo()
    assert setup.used == 12
