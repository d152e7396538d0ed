"""Taking pictures into a training's folder: cropped, in a size of the model's, under their digests.

From then on the training does not need the files that they are from.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors import SafetensorError
from safetensors.torch import load_file
from safetensors.torch import save as serialised

from maquette.core.errors import ImageError, TrainingError
from maquette.core.files import write_atomically
from maquette.core.model_info import ModelInfo
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.training import CropBox, TrainingPlan
from maquette.core.training_crops import learned_part, nearest_size, sizes_for
from maquette.core.training_files import TrainingFolder
from maquette.worker.training.inspection import read_pixels


def take_pictures(
    folder: TrainingFolder,
    plan: TrainingPlan,
    model: ModelInfo,
    report: Callable[[float], None],
) -> dict[str, Pixels]:
    """The crops of `plan` by digest, from the folder or, the first time, from where they lie.

    Args:
        report: told how much is done, 0 to 1; may raise to stop.

    Raises:
        ImageError: a file is gone, or another picture than when it was looked at.
        TrainingError: the folder cannot be read or written.
    """
    kept = _kept(folder.pictures)
    if kept.keys() == {picture.digest for picture in plan.pictures}:
        return kept
    places = {source.digest: Path(source.path) for source in folder.sources()}
    sizes = sizes_for(model, plan.settings.side)
    crops: dict[str, Pixels] = {}
    for number, picture in enumerate(plan.pictures):
        report(number / len(plan.pictures))
        if picture.digest not in places:
            raise TrainingError(
                "This training's files are missing or damaged; please start it anew."
            )
        pixels = read_pixels(places[picture.digest])
        if pixel_digest(pixels) != picture.digest:
            raise ImageError(
                f"{places[picture.digest].name} was changed since the training was planned; "
                "please plan it anew."
            )
        crops[picture.digest] = cropped(pixels, picture.crop, sizes)
    write_tensors(folder, folder.pictures, {d: torch.from_numpy(p) for d, p in crops.items()})
    folder.forget_sources()
    return crops


def cropped(pixels: Pixels, crop: CropBox, sizes: tuple[tuple[int, int], ...]) -> Pixels:
    """The part `crop` of `pixels`, brought to the size whose shape is nearest, as (h, w, 3)."""
    height, width = pixels.shape[:2]
    part = learned_part(crop, width, height, sizes)
    box = (part.left * width, part.top * height, part.right * width, part.bottom * height)
    size = nearest_size(crop, width, height, sizes)
    image = Image.fromarray(pixels[..., :3])
    scaled = image.resize(size, Image.Resampling.LANCZOS, box=box)
    return np.array(scaled)


def write_tensors(
    folder: TrainingFolder,
    path: Path,
    tensors: Mapping[str, torch.Tensor],
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Replace `path` by a safetensors file. Raises TrainingError; the old file then stays."""
    whole = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    try:
        write_atomically(path, serialised(whole, dict(metadata) if metadata else None))
    except OSError as error:
        raise folder.write_error(error) from error


def read_tensors(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file of the training's, none if it is not there or damaged."""
    try:
        return load_file(path)
    except (OSError, SafetensorError, ValueError):
        return {}


def _kept(path: Path) -> dict[str, Pixels]:
    return {
        name: tensor.numpy()
        for name, tensor in read_tensors(path).items()
        if tensor.dtype == torch.uint8 and tensor.ndim == 3 and tensor.shape[2] == 3
    }
