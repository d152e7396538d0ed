"""Whether the fidelity number tells renders that follow their sketch from those that do not.

    python -m benchmarks.fidelity --pictures FOLDER [--count 400] [--choose]

FOLDER is filled by `maquette-recipe render`: pictures with the line drawings of their geometry.
Even drawings are for choosing the detector (`--choose` compares some), odd ones for the report.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import torch

from benchmarks.report import Figure, report
from maquette.core.fidelity import Fidelity
from maquette.core.pixels import Pixels
from maquette.sketch.edges import DETECTOR, Detector
from maquette.sketch.fidelity import measure
from maquette_recipe.data.samples import PAINTED_STYLES, open_sheet
from maquette_recipe.data.shards import Pictures, open_pictures
from maquette_recipe.styles.catalogue import apply_style

SEED: Final = 6
POSITIVE: Final = ("own", "decoded")
NEGATIVE: Final = ("another", "shifted", "scaled")
VARIANTS: Final = {
    "chosen": DETECTOR,
    "no inhibition": Detector(inhibition=0.0),
    "inhibition 1": Detector(inhibition=1.0),
    "inhibition 2": Detector(inhibition=2.0),
    "sigma 1.2": Detector(sigma=1.2),
    "strong from 9": Detector(strong=(4.0, 9.0)),
    "faint as strong": Detector(faint=(3.0, 6.0)),
}

Case = tuple[str, Pixels, Pixels]
"""What it is called, the picture, and the sketch that it is held against."""


def main() -> int:
    """Print the table, or that of several detectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--choose", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    pictures = open_pictures(options.pictures)
    half = [i for i in range(len(pictures)) if pictures.drawing(i) % 2 == (not options.choose)]
    picked = np.random.default_rng(SEED).choice(half, options.count, replace=False)
    if not options.choose:
        scores = _scores(pictures, picked, DETECTOR)
        return report("fidelity", _figures(scores), {"pictures": options.count})
    for name, detector in VARIANTS.items():
        found = {each.name: each.value for each in _figures(_scores(pictures, picked, detector))}
        print(name, *(f"{key} {value:.3f}" for key, value in found.items()), sep="\n  ", flush=True)
    return 0


def _scores(
    pictures: Pictures, picked: Sequence[int], detector: Detector
) -> dict[str, list[Fidelity]]:
    scores: dict[str, list[Fidelity]] = {}
    for number, index in enumerate(picked):
        for name, picture, sketch in _cases(pictures, int(index), number):
            measured = measure(picture, sketch, detector=detector)
            assert measured is not None
            scores.setdefault(name, []).append(measured.fidelity)
    return scores


def _figures(scores: dict[str, list[Fidelity]]) -> list[Figure]:
    of = {name: np.array([each.score for each in found]) for name, found in scores.items()}
    positive = np.concatenate([of[name] for name in POSITIVE])
    own = of["own"]
    figures = [Figure(f"{name}: mean score", float(found.mean()), "") for name, found in of.items()]
    figures += [
        Figure("own: recall", float(np.mean([each.recall for each in scores["own"]])), ""),
        Figure("own: precision", float(np.mean([each.precision for each in scores["own"]])), ""),
        Figure("own: lowest tenth", float(np.quantile(own, 0.1)), ""),
        *(Figure(f"ROC area against {n}", _area(positive, of[n]), "") for n in NEGATIVE),
        Figure("styled against another: ROC area", _area(of["styled"], of["another"]), ""),
        Figure("a missing line lowers the score", float((own > of["missing"]).mean()), ""),
        Figure("an invented part lowers the score", float((own > of["invented"]).mean()), ""),
        Figure("time of one comparison", _milliseconds(), "ms", at_most=30),
    ]
    return figures


def _area(positive: np.ndarray, negative: np.ndarray) -> float:
    """The area under the ROC curve: how often one of the first beats one of the second."""
    higher = positive[:, None] > negative[None]
    return float((higher + 0.5 * (positive[:, None] == negative[None])).mean())


def _cases(pictures: Pictures, index: int, number: int) -> Iterator[Case]:
    """Picture `index`, which follows its drawing, in the ways in which it still does, or not."""
    random = np.random.default_rng([SEED, index])
    picture, lines = pictures[index], pictures.lines(index)
    sketch = _as_sketch(lines)
    noisy = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.8)
    noisy += random.normal(0, 3, noisy.shape)
    yield "own", picture, sketch
    yield "decoded", noisy.clip(0, 255).astype(np.uint8), sketch
    yield "styled", _styled(pictures, index, PAINTED_STYLES[number % len(PAINTED_STYLES)]), sketch
    other = _alike(pictures, index, random)
    yield "another", picture, _as_sketch(pictures.lines(other))
    angle = random.uniform(0, 2 * np.pi)
    offset = np.array([[1, 0, 6 * np.cos(angle)], [0, 1, 6 * np.sin(angle)]])
    yield "shifted", picture, _as_sketch(_warped(lines, offset))
    scale = random.choice([0.95, 1.05])
    middle = lines.shape[0] / 2 * (1 - scale)
    scaled = np.array([[scale, 0, middle], [0, scale, middle]])
    yield "scaled", picture, _as_sketch(_warped(lines, scaled))
    yield "missing", picture, _as_sketch(_with_line(lines, random))
    yield "invented", _with_part(pictures, index, other, random), sketch


def _as_sketch(lines: np.ndarray) -> Pixels:
    return np.repeat(lines[..., None], 3, axis=2)


def _styled(pictures: Pictures, index: int, style: str) -> Pixels:
    made = apply_style(style, open_sheet(pictures, index), np.random.default_rng(index))
    return (made.clamp(0, 1).permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)


def _alike(pictures: Pictures, index: int, random: np.random.Generator) -> int:
    """Another drawing of the same form and as many objects; of the same form where none is."""
    own, drawing = pictures.scenes[index], pictures.drawing(index)
    same_form = [
        other
        for other, scene in enumerate(pictures.scenes)
        if scene.form == own.form and pictures.drawing(other) != drawing
    ]
    alike = [o for o in same_form if len(pictures.scenes[o].others) == len(own.others)]
    return int(random.choice(alike or same_form))


def _warped(lines: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    size = lines.shape[::-1]
    return np.asarray(
        cv2.warpAffine(lines, matrix.astype(np.float32), size, borderValue=(255,)), np.uint8
    )


def _on_line(lines: np.ndarray, random: np.random.Generator) -> tuple[int, int]:
    """x and y of a random pixel of a line."""
    ys, xs = np.nonzero(lines < 128)
    at = random.integers(len(ys))
    return int(xs[at]), int(ys[at])


def _with_line(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """With a curve of 50 to 100 pixels that the picture does not have."""
    x, y = _on_line(lines, random)
    angle, length = random.uniform(0, np.pi), random.uniform(25, 50)
    bend = np.linspace(-1, 1, 9)
    points = np.stack(
        [
            x + length * bend * np.cos(angle + 0.3 * bend),
            y + length * bend * np.sin(angle + 0.3 * bend),
        ],
        axis=1,
    )
    drawn = lines.copy()
    cv2.polylines(drawn, [points.astype(np.int32)], False, (0,), 2)
    return drawn


def _with_part(pictures: Pictures, index: int, other: int, random: np.random.Generator) -> Pixels:
    """With a square of another picture of 56 pixels a side laid over its object."""
    side, made = 56, pictures[index].copy()
    most = made.shape[0] - side
    (x, y), (from_x, from_y) = (
        tuple(int(np.clip(v - side // 2, 0, most)) for v in _on_line(lines, random))
        for lines in (pictures.lines(index), pictures.lines(other))
    )
    made[y : y + side, x : x + side] = pictures[other][
        from_y : from_y + side, from_x : from_x + side
    ]
    return made


def _milliseconds() -> float:
    """The processor's time for one comparison at 256 × 256, the shortest of some."""
    paper = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(paper, (128, 128), 80, (0, 0, 0), 2)
    picture = np.full_like(paper, 200)
    cv2.circle(picture, (128, 128), 80, (150, 60, 40), -1)
    times = []
    for _ in range(20):
        began = time.process_time()
        measure(picture, paper)
        times.append(time.process_time() - began)
    return min(times) * 1000


if __name__ == "__main__":
    sys.exit(main())
