"""The pictures that the watermark is measured on: half from the model and its world, half computed.

Model: pictures of the built-in model for random captions, and renders of the recipe in each of its
art styles. Computed: the kinds of `procedural`. Numbers are dealt in turn to two halves; the
watermark was developed on the even ones only, and figures are of the odd ones unless told.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from benchmarks.procedural import KINDS, picture
from maquette.core.model_files import built_in_model
from maquette.core.pixels import Pixels
from maquette_recipe.captions import caption, sample_described
from maquette_recipe.config import SamplerConfig
from maquette_recipe.data.samples import PAINTED_STYLES
from maquette_recipe.evaluate.generate import generate, load_pipeline
from maquette_recipe.render.batch import render_batch
from maquette_recipe.styles.catalogue import apply_style
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.world import FORMS

_STEPS, _GUIDANCE = 10, 3.0
_SEED = 77


def made_by_model(count: int, folder: Path) -> list[Path]:
    """`count` unmarked pictures of the built-in model, 256 x 256, kept in `folder` as PNG."""
    paths = [folder / f"model-{number:04}.png" for number in range(count)]
    if not all(path.exists() for path in paths):
        rng = np.random.default_rng(_SEED)
        prompts = [caption(sample_described(rng), rng).text for _ in range(count)]
        pipeline = load_pipeline(built_in_model()[0])
        sampler = SamplerConfig(_STEPS, _GUIDANCE)
        batches = generate(pipeline, prompts, sampler, seeds=list(range(count)))
        pictures = torch.cat(list(batches)).permute(0, 2, 3, 1).numpy()
        for path, values in zip(paths, pictures, strict=True):
            Image.fromarray(np.rint(values * 255).astype(np.uint8)).save(path)
    return paths


def in_styles(count: int, folder: Path) -> list[Path]:
    """`count` renders, one after the other in each art style, kept in `folder` as PNG."""
    paths = [folder / f"style-{number:04}.png" for number in range(count)]
    for number, path in enumerate(paths):
        if path.exists():
            continue
        rng = np.random.default_rng([_SEED, number])
        rendered = render_batch(FORMS[number % len(FORMS)], rng, count=1, looks=1)
        picture_, lines, depth = (
            torch.from_numpy(layer[0]).float() / 255
            for layer in (rendered.pictures, rendered.lines, rendered.depth)
        )
        sheet = Sheet(picture_.permute(2, 0, 1), lines, depth)
        styled = apply_style(PAINTED_STYLES[number % len(PAINTED_STYLES)], sheet, rng)
        values = styled.clamp(0, 1).permute(1, 2, 0).numpy()
        Image.fromarray(np.rint(values * 255).astype(np.uint8)).save(path)
    return paths


def at_size(path: Path, height: int, width: int) -> Pixels:
    """The picture at `path`, enlarged and cut in the middle to (height, width)."""
    with Image.open(path) as image:
        scale = max(height / image.height, width / image.width)
        size = round(image.width * scale), round(image.height * scale)
        larger = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    left, top = (larger.width - width) // 2, (larger.height - height) // 2
    return np.asarray(larger.crop((left, top, left + width, top + height)))


def picture_set(
    count: int, height: int, width: int, folder: Path, *, odd: bool = True
) -> Iterator[tuple[str, Pixels]]:
    """`count` pictures of (height, width), half of them of the model: (kind, pixels)."""
    folder.mkdir(parents=True, exist_ok=True)
    half = count // 2
    styled = half // 2
    for path in made_by_model(2 * (half - styled), folder)[odd::2]:
        yield "model", at_size(path, height, width)
    for path in in_styles(2 * styled, folder)[odd::2]:
        yield "style", at_size(path, height, width)
    kinds = list(KINDS)
    for number in range(count - half):
        kind = kinds[number % len(kinds)]
        yield kind, picture(kind, 2 * (number // len(kinds)) + odd, height, width)
