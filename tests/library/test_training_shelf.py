"""Trainings on the disk: found again, thrown away and taken back, told as they are."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil
import pytest

from maquette.core.errors import TrainingError
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.training import (
    StyleKind,
    TrainingPicture,
    TrainingPlan,
    TrainingPreset,
    TrainingSource,
    TrainingStage,
    TrainingStatus,
)
from maquette.core.training_files import TrainingFolder
from maquette.core.training_presets import plan_training
from maquette.library.trainings.shelf import TrainingShelf


@pytest.fixture
def shelf(tmp_path: Path) -> TrainingShelf:
    return TrainingShelf(tmp_path / "trainings")


@pytest.fixture
def plan() -> Callable[[str], TrainingPlan]:
    def make(name: str) -> TrainingPlan:
        return plan_training(
            name,
            StyleKind.STYLE,
            TrainingPreset.QUICK,
            ModelInfo(id="maquette-mini", name="Mini", family=ModelFamily.MINI),
            [TrainingPicture(digest=f"{n:064x}", caption="a mug, 蓝 style") for n in range(9)],
            8 << 30,
        )

    return make


def test_a_training_is_found_by_its_name_and_thrown_away_with_an_undo(
    shelf: TrainingShelf, plan: Callable[[str], TrainingPlan]
) -> None:
    kept, other = plan("Blue ../waves 蓝"), plan("Other")
    folder = shelf.add(kept, [TrainingSource(kept.pictures[0].digest, "/a/b.png")])
    shelf.add(other, [])
    assert folder.parent.name == "trainings"
    assert TrainingFolder(folder).plan() == kept
    assert shelf.find("blue ../WAVES 蓝").plan == kept
    shelf.trash(kept.id)
    assert [one.plan for one in shelf.list()] == [other]
    shelf.purge(30)
    shelf.restore(kept.id)
    assert shelf.find(kept.id).plan == kept
    shelf.trash(kept.id)
    shelf.purge(-1)
    with pytest.raises(TrainingError, match="could not be moved"):
        shelf.restore(kept.id)


@pytest.mark.parametrize("name", ["../x", "", "0123"])
def test_ids_that_are_none_lead_nowhere(shelf: TrainingShelf, name: str) -> None:
    for act in (shelf.trash, shelf.restore):
        with pytest.raises(TrainingError, match="no such training"):
            act(name)


def test_a_training_whose_process_was_killed_is_paused_and_one_that_runs_stays(
    shelf: TrainingShelf, plan: Callable[[str], TrainingPlan]
) -> None:
    made = plan("Blue")
    folder = TrainingFolder(shelf.add(made, []))
    running = TrainingStatus(TrainingStage.RUNNING, 7, process=os.getpid())
    began = psutil.Process().create_time()
    folder.write_status(msgspec.structs.replace(running, began=began))
    assert shelf.find("Blue").status.stage == TrainingStage.RUNNING
    with pytest.raises(TrainingError, match="is running"):
        shelf.trash(made.id)
    folder.write_status(msgspec.structs.replace(running, began=time.time() - 10**6))
    found = shelf.find("Blue").status
    assert (found.stage, found.step) == (TrainingStage.PAUSED, 7)


def test_a_folder_that_cannot_be_read_hides_no_other(
    shelf: TrainingShelf, plan: Callable[[str], TrainingPlan], tmp_path: Path
) -> None:
    made = plan("Blue")
    shelf.add(made, [])
    broken = tmp_path / "trainings" / ("0" * 16)
    broken.mkdir()
    (broken / "plan.json").write_bytes(b'{"id": 3')
    assert [one.plan for one in shelf.list()] == [made]
    with pytest.raises(TrainingError, match="missing or damaged"):
        TrainingFolder(broken).plan()
