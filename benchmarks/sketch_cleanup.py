"""How well and how fast lines are found in photos: python -m benchmarks.sketch_cleanup."""

import argparse
import io
import resource
import sys
import time
from statistics import mean, median

import cv2
import numpy as np
from PIL import Image as PillowImage

from benchmarks.report import Figure, report
from benchmarks.sketch_photos import CASES, Case, Image
from maquette.core.cleanup import Cleanup
from maquette.marker.sketches import read_for_sketch
from maquette.sketch.cleaning import Cleaner
from maquette.sketch.redrawing import fitted
from maquette.sketch.thinning import thin

SIZE = (512, 384)  # of the sketches that are compared
TOLERANCE = 2  # pixels
LARGE = {"12 MP": (4000, 3000), "48 MP": (8000, 6000)}
SETTINGS = (0.4, 0.45, 0.55, 0.6, 0.65)  # of the detail slider


def agreement(sketch: Image, truth: Image, margin: float = Cleanup().margin) -> tuple[float, float]:
    """Recall and precision of the lines in `sketch` (RGB) against the drawing `truth` (1 where
    there is ink), which is fitted to the same size. Middle lines count, within TOLERANCE."""
    height, width = sketch.shape[:2]
    true = fitted(truth, width, height, margin)
    large = cv2.resize(sketch[..., 0], true.skeleton.shape[::-1], interpolation=cv2.INTER_LINEAR)
    found = thin((np.asarray(large) < 128).astype(np.uint8))
    side = 2 * TOLERANCE * true.scale + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    around_found, around_true = (
        np.asarray(cv2.dilate(lines, disc), np.uint8) for lines in (found, true.skeleton)
    )
    recall = (true.skeleton & around_found).sum() / max(1, true.skeleton.sum())
    precision = (found & around_true).sum() / max(1, found.sum())
    return float(recall), float(precision)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sheet", default="", help="write what was found to this PNG file")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    figures: list[Figure] = []
    rows: list[Image] = []
    recalls, precisions, firsts, agains = [], [], [], []
    for name, make in CASES.items():
        cases = [make(seed + 1, (1600, 1200)) for seed in range(max(1, options.seeds))]
        scores = [
            _measured(case, firsts, agains, None if seed else rows)
            for seed, case in enumerate(cases)
        ]
        recall, precision = (mean(column) for column in zip(*scores, strict=True))
        recalls.append(recall)
        precisions.append(precision)
        figures.append(Figure(f"{name}: recall", recall, "", at_least=0.9))
        figures.append(Figure(f"{name}: precision", precision, "", at_least=0.9))
    figures += [
        Figure("2 MP, first time (processor)", median(firsts), "s", at_most=1.0),
        Figure("other settings (processor, median)", 1000 * median(agains), "ms", at_most=150),
    ]
    for name, size in LARGE.items():
        figures.append(Figure(f"{name} JPEG, read and cleaned (processor)", _large(size), "s"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.append(Figure("most memory of all this, the photos' making included", peak, "MiB"))
    if options.sheet:
        PillowImage.fromarray(np.concatenate(rows)).save(options.sheet)
    return report("sketch_cleanup", figures, {"seeds": options.seeds, "tolerance": TOLERANCE})


def _measured(
    case: Case, firsts: list[float], agains: list[float], rows: list[Image] | None
) -> tuple[float, float]:
    start = time.process_time()
    cleaner = Cleaner(case.photo)
    made = cleaner.clean(Cleanup(), *SIZE)
    firsts.append(time.process_time() - start)
    for detail in SETTINGS:
        start = time.process_time()
        cleaner.clean(Cleanup(detail=detail), *SIZE)
        agains.append(time.process_time() - start)
    if rows is not None:
        photo = cv2.resize(case.photo, SIZE, interpolation=cv2.INTER_AREA)
        rows.append(np.concatenate([np.asarray(photo, np.uint8), made.sketch], axis=1))
    return agreement(made.sketch, case.truth)


def _large(size: tuple[int, int]) -> float:
    """Seconds from a JPEG file's bytes to the sketch."""
    case = CASES["pencil on lined paper"](1, (1600, 1200))
    photo = cv2.resize(case.photo, size, interpolation=cv2.INTER_CUBIC)
    file = io.BytesIO()
    PillowImage.fromarray(np.asarray(photo)).save(file, "JPEG", quality=90)
    del case, photo
    start = time.process_time()
    Cleaner(read_for_sketch(file.getvalue()).pixels).clean(Cleanup(), 1024, 768)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
