"""How far a training is and what it made on the way, read from its folder without torch."""

from pathlib import Path

import msgspec
from safetensors import SafetensorError, safe_open

from maquette.core.errors import ModelError, TrainingError
from maquette.core.pixels import Pixels
from maquette.core.safetensors_header import read_header
from maquette.core.training import TrainingReport, TrainingState
from maquette.core.training_files import TrainingFolder

_MAX_SAMPLES = 256 << 20  # bytes of one file of sample pictures


def newest_state(folder: Path) -> TrainingState:
    """How far the newest checkpoint is; that of a training that never ran if there is none."""
    try:
        metadata = read_header(TrainingFolder(folder).checkpoint).metadata
        return msgspec.json.decode(metadata["state"], type=TrainingState)
    except (ModelError, KeyError, msgspec.DecodeError):
        return TrainingState()


def report_or_none(folder: Path) -> TrainingReport | None:
    """What came of the training, if it is at its end."""
    try:
        return TrainingFolder(folder).report()
    except TrainingError:
        return None


def sample_steps(folder: Path) -> tuple[int, ...]:
    """The steps after which sample pictures were made, in their order."""
    try:
        names = [path.stem for path in (folder / "samples").glob("*.safetensors")]
    except OSError:
        return ()
    return tuple(sorted(int(name) for name in names if name.isascii() and name.isdigit()))


def read_samples(folder: Path, step: int) -> tuple[Pixels, ...]:
    """The sample pictures made after `step` steps, RGB; none if they cannot be read."""
    path = TrainingFolder(folder).samples(step)
    try:
        if path.stat().st_size > _MAX_SAMPLES:
            return ()
        with safe_open(path, framework="numpy") as file:
            pictures = file.get_tensor("pictures")
    except (OSError, SafetensorError, KeyError):
        return ()
    if pictures.dtype.name != "uint8" or pictures.ndim != 4 or pictures.shape[3] != 3:
        return ()
    return tuple(pictures)
