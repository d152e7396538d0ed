"""How far a picture takes over the look of a style image, and whether its subject stays.

Run `python -m benchmarks.like --sheet docs/model/like.jpg`. Eight prompts are made without and with
each of four references: two in styles that the model knows, cut from the sheet of its styles, a
flat illustration and a picture like a photograph, which are drawn here. Colour is the mean
distance between the sorted values of both pictures in CIELAB (the Wasserstein distance, channel by
channel), texture the same of the lengths of their gradients. The subject stays as far as the edges
of a picture with a reference correlate with those of the one without; pictures of different prompts
tell what chance is. The recipe's classifier names form and style. Costs are processor time, since
other programs may run beside.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

import cv2
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

from benchmarks.procedural import picture
from benchmarks.report import Figure, report
from maquette.core.model_info import BUILT_IN
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.style_image import DEFAULT_LIKE, StyleImage
from maquette.worker.cancel import CancelToken
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.text_to_image import Run, make_image
from maquette_recipe.evaluate.classifier import Judge, load_judge, predict
from maquette_recipe.shown import LABELS

SIDE = 256
SEED = 7
STYLES = Path(__file__).resolve().parent.parent / "docs" / "model" / "styles.jpg"
CELLS = {"thermal image": (284, 604), "ink wash painting": (284, 14)}  # left and top in STYLES
FORMS_OF: Mapping[str, str] = MappingProxyType(
    {
        "a red ceramic mug on a wooden table": "mug",
        "a yellow alarm clock on a grey background": "clock",
        "a blue armchair": "armchair",
        "a green glass bottle on a white background": "bottle",
        "a wooden stool on a white background": "stool",
        "a polished copper teapot": "teapot",
        "a black leather watch on a beige background": "watch",
        "an orange plastic chair": "chair",
    }
)
PROMPTS = tuple(FORMS_OF)
STYLES_OF: Mapping[str, str] = MappingProxyType(
    {"thermal image": "thermal", "ink wash painting": "ink_wash"}
)
"""What the recipe calls the styles of references that have one."""
SHOWN = 4  # prompts on the sheet
GAP, TEXT = 12, 28

Made = Mapping[tuple[str, str], Pixels]
"""By prompt and name of the reference, "" for none."""


@dataclass(frozen=True)
class Measured:
    """What was made, and processor seconds of each picture, without and with a reference."""

    made: Made
    without: Sequence[float]
    with_reference: Sequence[float]


def references() -> dict[str, Pixels]:
    """RGB of SIDE by SIDE, by name."""
    sheet = Image.open(STYLES).convert("RGB")
    cut = {
        name: np.asarray(sheet.crop((left, top, left + SIDE, top + SIDE)))
        for name, (left, top) in CELLS.items()
    }
    return cut | {
        "flat illustration": _illustration(),
        "landscape": picture("landscape", 3, SIDE, SIDE),
    }


def make(pipeline: Pipeline, known: Mapping[str, Pixels], strength: float) -> Measured:
    """All pictures, those without a reference between those with one."""
    made: dict[tuple[str, str], Pixels] = {}
    spent: dict[bool, list[float]] = {False: [], True: []}
    for prompt in PROMPTS:
        for name in ("", *known):
            like = StyleImage(pixel_digest(known[name]), strength) if name else None
            recipe = Recipe(
                prompt=prompt,
                seed=SEED,
                width=SIDE,
                height=SIDE,
                steps=pipeline.info.default_steps,
                guidance_scale=pipeline.info.default_guidance,
                model=ModelRef(pipeline.info.id),
                like=like,
            )
            images = {like.digest: known[name]} if like else {}
            began = time.process_time()
            made[prompt, name] = make_image(
                pipeline, recipe, None, lambda *_: None, Run(CancelToken()), images
            )
            spent[bool(name)].append(time.process_time() - began)
    return Measured(made, spent[False], spent[True])


def colour_distance(one: Pixels, other: Pixels) -> float:
    """CIELAB units."""
    return statistics.fmean(
        _between(a, b) for a, b in zip(_channels(one), _channels(other), strict=True)
    )


def texture_distance(one: Pixels, other: Pixels) -> float:
    """CIELAB units of lightness per pixel."""
    return _between(_gradients(one).ravel(), _gradients(other).ravel())


def edge_correlation(one: Pixels, other: Pixels) -> float:
    """Of the lengths of both gradients, smoothed over two pixels; 1 for the same edges."""
    maps = [cv2.GaussianBlur(_gradients(each), (0, 0), 2).ravel() for each in (one, other)]
    return float(np.asarray(np.corrcoef(np.stack(maps)))[0, 1])


def figures_of(measured: Measured, known: Mapping[str, Pixels], strength: float) -> list[Figure]:
    """The figures, over all prompts and references."""
    made, judge = measured.made, load_judge()
    figures = []
    for name, reference in known.items():
        for what, distance in (("colour", colour_distance), ("texture", texture_distance)):
            for words, which in (("without", ""), ("with", name)):
                mean = statistics.fmean(distance(made[p, which], reference) for p in PROMPTS)
                figures.append(Figure(f"{what} distance to {name}, {words}", mean, ""))
    kept = [edge_correlation(made[p, name], made[p, ""]) for p in PROMPTS for name in known]
    chance = [
        edge_correlation(made[a, name], made[b, ""])
        for name in known
        for a, b in combinations(PROMPTS, 2)
    ]
    named = {key: _named(judge, pixels) for key, pixels in made.items()}
    for words, ours in (("without", [""]), ("with", list(known))):
        right = [named[p, name][0] == FORMS_OF[p] for p in PROMPTS for name in ours]
        figures.append(Figure(f"form named right, {words}", statistics.fmean(right), ""))
    for name, style in STYLES_OF.items():
        for words, which in (("without", ""), ("with", name)):
            share = statistics.fmean(named[p, which][1] == style for p in PROMPTS)
            figures.append(Figure(f"named {style}, {words}", share, ""))
    ratio = statistics.median(measured.with_reference) / statistics.median(measured.without)
    return [
        *figures,
        Figure("edges kept (correlation)", statistics.fmean(kept), ""),
        Figure("edges of other prompts (chance)", statistics.fmean(chance), ""),
        Figure("cost against a picture without", ratio, "times", at_most=1.6),
        Figure("strength", strength, ""),
    ]


def draw_sheet(made: Made, known: Mapping[str, Pixels], path: Path) -> None:
    """The references down the left, the prompts across, the pictures without above."""
    side = SIDE // 2 + 32
    shown = PROMPTS[:SHOWN]
    wide, high = side + GAP, side + GAP
    sheet = Image.new(
        "RGB", (GAP + (SHOWN + 1) * wide, GAP + TEXT + (len(known) + 1) * high), "white"
    )
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(11)

    def put(pixels: Pixels, column: int, row: int) -> None:
        small = Image.fromarray(pixels).resize((side, side), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * wide, GAP + TEXT + row * high))

    for column, prompt in enumerate(shown, start=1):
        words = prompt.split(" on ")[0]
        pen.text((GAP + column * wide, GAP), words, "black", font)
        put(made[prompt, ""], column, 0)
    for row, (name, reference) in enumerate(known.items(), start=1):
        put(reference, 0, row)
        for column, prompt in enumerate(shown, start=1):
            put(made[prompt, name], column, row)
    pen.text((GAP, GAP + TEXT + side // 2), "without", "black", font)
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, quality=88, optimize=True)


def _illustration() -> Pixels:
    """Hills, a lake and a sun in flat colours."""
    image = Image.new("RGB", (2 * SIDE, 2 * SIDE), "#fac878")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 330, 512, 512), fill="#145a64")
    pen.ellipse((300, 60, 440, 200), fill="#e64632")
    pen.polygon([(40, 400), (180, 140), (320, 400)], fill="#28325a")
    pen.polygon([(220, 420), (360, 220), (500, 420)], fill="#5a3c78")
    pen.ellipse((90, 360, 200, 440), fill="#f0e6d2")
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def _named(judge: Judge, pixels: Pixels) -> tuple[str, str]:
    """Form and style as the recipe's classifier sees them."""
    rows = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None].float() / 255
    predicted = predict(judge, rows)
    return LABELS["form"][int(predicted["form"])], LABELS["style"][int(predicted["style"])]


def _channels(pixels: Pixels) -> np.ndarray:
    """CIELAB, shape (3, pixels)."""
    lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return lab.reshape(-1, 3).T


def _gradients(pixels: Pixels) -> np.ndarray:
    """How steep lightness is, float32 (height, width)."""
    light = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[:, :, 0]
    dy, dx = np.gradient(light)
    return np.hypot(dx, dy).astype(np.float32)


def _between(one: np.ndarray, other: np.ndarray) -> float:
    """The Wasserstein distance between as many values each."""
    return float(np.abs(np.sort(one) - np.sort(other)).mean())


def main() -> int:
    """Make, draw the sheet if one is asked for, and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.like", description=__doc__)
    parser.add_argument("--strength", type=float, default=DEFAULT_LIKE)
    parser.add_argument("--threads", type=int, default=1, help="a busy machine wants one")
    parser.add_argument("--sheet", type=Path, help="where to write the sheet (JPEG)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    known = references()
    with tempfile.TemporaryDirectory() as folder:
        pipeline = load_model(
            BUILT_IN, torch.device("cpu"), torch.bfloat16, Path(folder) / "digests.json",
            lambda *_: None,
        )  # fmt: skip
    measured = make(pipeline, known, options.strength)
    if options.sheet:
        draw_sheet(measured.made, known, options.sheet)
    details = {"prompts": len(PROMPTS), "seed": SEED, "threads": options.threads}
    return report("like", figures_of(measured, known, options.strength), details)


if __name__ == "__main__":
    sys.exit(main())
