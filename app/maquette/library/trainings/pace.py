"""How quick trainings are on this machine, told by those that ended, and what room there is."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import psutil

from maquette.core.errors import TrainingError
from maquette.core.model_info import ModelFamily
from maquette.core.training import TrainingStage
from maquette.core.training_files import TrainingFolder
from maquette.core.training_preflight import Machine
from maquette.library.trainings.shelf import TrainingShelf

_LEAST_STEPS = 50  # of a training whose time tells something: others only got ready


def machine_for(
    folder: Path,
    family: ModelFamily,
    side: int,
    *,
    device: str = "cpu",
    memory: int = 0,
    resident: int = 0,
) -> Machine:
    """What a training in `folder` may take here. Blocking: belongs in a thread.

    Args:
        side: width and height in pixels that it learns at.
        device, memory: where it runs, and that device's bytes; unused on a CPU, which has the
            computer's.
        resident: bytes that the model has now and gives back.
    """
    is_cpu = device == "cpu"
    system = psutil.virtual_memory()
    return Machine(
        device=device,
        memory=system.total if is_cpu else memory,
        free=min(system.total, system.available + resident) if is_cpu else memory,
        disk=_free_on_disk(folder),
        cores=psutil.cpu_count(logical=False) or os.cpu_count() or 1,
        pace=_pace(TrainingShelf(folder), family, side),
    )


def _free_on_disk(folder: Path) -> int:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _pace(shelf: TrainingShelf, family: ModelFamily, side: int) -> float:
    """Seconds for each picture of a step in the newest training alike; 0.0 if there is none."""
    for one in shelf.list():
        chosen = one.plan.settings
        is_alike = (one.plan.family, chosen.side) == (family, side)
        if one.status.stage is not TrainingStage.DONE or not is_alike:
            continue
        with suppress(TrainingError):
            report = TrainingFolder(one.folder).report()
            if report.steps >= _LEAST_STEPS:
                return report.seconds / (report.steps * chosen.batch)
    return 0.0
