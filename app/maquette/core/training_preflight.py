"""Before a training: whether memory and disk have room for it, and how long it may take."""

import msgspec

from maquette.core.model_info import ModelFamily
from maquette.core.training import TrainingSettings
from maquette.core.training_presets import TrainingNeeds, needs_for

_GB = 1e9
_SIDE = 256  # pixels that the paces below are told for
_BEFORE_AND_AFTER = 60.0  # seconds for loading, preparing and judging

# Seconds for each picture of a step: of one CPU core, and of a GPU of today. Estimates for a
# machine on which nothing was trained yet; what was, tells better (see `library.trainings.pace`).
_CORE_PACE = {
    ModelFamily.MINI: 0.1,
    ModelFamily.SD1: 16.0,
    ModelFamily.SD2: 16.0,
    ModelFamily.SDXL: 25.0,
}
_GPU_PACE = {
    ModelFamily.MINI: 0.004,
    ModelFamily.SD1: 0.02,
    ModelFamily.SD2: 0.02,
    ModelFamily.SDXL: 0.03,
}


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """What a training may take, in bytes. `memory` is the device's, `free` what of it is free.

    `pace` is seconds for each picture of a step in earlier trainings, 0 if there were none.
    """

    device: str = "cpu"  # cpu | cuda | mps
    memory: int = 0
    free: int = 0
    disk: int = 0
    cores: int = 1
    pace: float = 0.0


class Preflight(msgspec.Struct, frozen=True, kw_only=True):
    """What a training takes, and a sentence for what is short, "" where there is room.

    `seconds` is an estimate, which `is_measured` if earlier trainings tell it.
    """

    needs: TrainingNeeds
    steps: int
    seconds: float
    is_measured: bool
    memory_problem: str = ""
    memory_notice: str = ""
    disk_problem: str = ""


def preflight(
    settings: TrainingSettings, pictures: int, family: ModelFamily, machine: Machine
) -> Preflight:
    """What a training with `settings` on so many pictures takes of `machine`.

    A device that is too small is a problem; memory that other programs have at present may come
    back, so that is a notice.
    """
    needs = needs_for(settings, pictures, family)
    wanted = f"The training needs about {needs.memory / _GB:.1f} GB of memory"
    too_small = needs.memory > machine.memory
    short = needs.memory > machine.free
    return Preflight(
        needs=needs,
        steps=settings.steps,
        seconds=_seconds(settings, family, machine),
        is_measured=machine.pace > 0,
        memory_problem=(
            f"{wanted} and this device has {machine.memory / _GB:.1f} GB; choose a smaller batch "
            "or a smaller model."
            if too_small
            else ""
        ),
        memory_notice=(
            f"{wanted} and {machine.free / _GB:.1f} GB are free now; close other programs, or it "
            "will be slow."
            if short and not too_small
            else ""
        ),
        disk_problem=(
            f"The training needs about {needs.disk / _GB:.2f} GB on the disk and "
            f"{machine.disk / _GB:.2f} GB are free; please make room."
            if needs.disk > machine.disk
            else ""
        ),
    )


def _seconds(settings: TrainingSettings, family: ModelFamily, machine: Machine) -> float:
    pictures = settings.steps * settings.batch
    if machine.pace:
        return pictures * machine.pace
    if machine.device == "cpu":
        pace = _CORE_PACE[family] / max(1, machine.cores)
    else:
        pace = _GPU_PACE[family]
    usual = _SIDE if family is ModelFamily.MINI else 2 * _SIDE
    return _BEFORE_AND_AFTER + pictures * pace * (settings.side / usual) ** 2
