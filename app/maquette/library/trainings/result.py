"""What a training leaves for the shelves: its LoRA among the studio's own."""

import hashlib
from pathlib import Path

from maquette.core.errors import TrainingError
from maquette.core.files import write_atomically
from maquette.core.lora import LoraUse
from maquette.core.training import TrainingPlan
from maquette.core.training_files import TrainingFolder


def keep_lora(folder: TrainingFolder, plan: TrainingPlan, loras: Path) -> tuple[LoraUse, Path]:
    """Copy the trained LoRA into the folder `loras`, unless it is there; its file stays there.

    A file of the same name that is another LoRA is left alone.

    Raises:
        TrainingError: it cannot be read or written.
    """
    source = folder.result(plan.name)
    try:
        content = source.read_bytes()
    except OSError as error:
        raise TrainingError(
            "The trained style's file cannot be read; please train it again.", str(error)
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    number = 1
    while True:
        stem = source.stem if number == 1 else f"{source.stem}-{number}"
        path = loras / f"{stem}{source.suffix}"
        try:
            if not path.exists():
                write_atomically(path, content)
            elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                number += 1
                continue
        except OSError as error:
            raise TrainingError(
                f"The style's LoRA could not be saved in {loras}; check that the folder can be "
                "written to.",
                str(error),
            ) from error
        return LoraUse(stem, digest), path
