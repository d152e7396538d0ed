"""Whether likenesses tell copies from other pictures: python -m benchmarks.likeness FOLDER.

FOLDER holds rendered pictures, `*.pictures.npy` as the model's recipe writes them (see its README).
Pictures of one file show the same forms from the same sides in other colours, materials and light,
which makes them the hardest others that there are.
"""

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from benchmarks.report import Figure, report
from maquette.core.pixels import Pixels
from maquette.core.report import Geometry
from maquette.provenance.likeness import hash_of, likeness_of, same_picture

FILES, PER_FILE = 40, 25
COPIES, OTHERS = 250, 750
TOLD_WITHIN = 0.01  # relative error of the scale that the watermark tells

Copy = tuple[Pixels, Geometry | None]
Change = Callable[[Pixels, np.random.Generator], Copy]


def main() -> int:
    """Measure every change and every kind of other picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.likeness", description=__doc__)
    parser.add_argument("folder", type=Path)
    files = sorted(parser.parse_args().folder.glob("*.pictures.npy"))[1::2][:FILES]
    rng = np.random.default_rng(7)
    pictures = [_pictures(file, rng) for file in files]
    everything = [picture for group in pictures for picture in group]
    chosen = [everything[place] for place in rng.permutation(len(everything))[:COPIES]]
    figures = []
    for name, change in _CHANGES.items():
        agreed = [_agrees(*change(picture, rng), picture) for picture in chosen]
        figures.append(Figure(f"copies: {name}", float(np.mean(agreed)), "share"))
    for name, change in _OTHERS.items():
        wrong = 0
        for _ in range(OTHERS):
            group = pictures[rng.integers(len(pictures))]
            one, other = rng.permutation(len(group))[:2]
            wrong += _agrees(*change(group[one], rng), group[other])
        figures.append(Figure(f"others of one form: {name}", wrong / OTHERS, "share"))
        wrong = 0
        for _ in range(OTHERS):
            one, other = rng.permutation(len(pictures))[:2]
            picture, kept = (rng.choice(pictures[place]) for place in (one, other))
            wrong += _agrees(*change(picture, rng), kept)
        figures.append(Figure(f"others: {name}", wrong / OTHERS, "share"))
    began = time.process_time()
    for picture in chosen:
        hash_of(picture)
        likeness_of(picture)
    taken = (time.process_time() - began) / COPIES * 1000
    sizes = [len(likeness_of(picture)) for picture in chosen]
    figures += [
        Figure("hash and likeness of 256x256", taken, "ms"),
        Figure("likeness, mean", float(np.mean(sizes)), "bytes"),
    ]
    return report("likeness", figures, {"copies": COPIES, "others": OTHERS})


def _pictures(file: Path, rng: np.random.Generator) -> list[Pixels]:
    drawn = np.load(file, mmap_mode="r")
    return [np.array(drawn[place]) for place in rng.permutation(len(drawn))[:PER_FILE]]


def _agrees(copy: Pixels, told: Geometry | None, original: Pixels) -> bool:
    return same_picture(copy, hash_of(original), likeness_of(original), told).confirms


def _encoded(format: str, quality: int) -> Change:
    def change(pixels: Pixels, _rng: np.random.Generator) -> Copy:
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, format, quality=quality)
        return np.array(Image.open(buffer).convert("RGB")), None

    return change


def _image(work: Callable[[Image.Image], Image.Image]) -> Change:
    return lambda pixels, _rng: (np.array(work(Image.fromarray(pixels))), None)


def _values(work: Callable[[np.ndarray], np.ndarray]) -> Change:
    return lambda pixels, _rng: (np.clip(work(pixels.astype(float)), 0, 255).astype("u1"), None)


def _cropped(kept: float, scale: float = 1.0, *, told: bool = True) -> Change:
    """A part of `kept` of each side, scaled, as JPEG 75."""

    def change(pixels: Pixels, rng: np.random.Generator) -> Copy:
        height, width = (round(side * kept) for side in pixels.shape[:2])
        top, left = (
            rng.integers(side - part + 1)
            for side, part in zip(pixels.shape, (height, width), strict=False)
        )
        part = Image.fromarray(pixels[top : top + height, left : left + width])
        part = part.resize((round(width * scale), round(height * scale)), Image.Resampling.BICUBIC)
        near = scale * (1 + rng.normal(0, TOLD_WITHIN))
        geometry = Geometry(scale_x=near, scale_y=near, cropped=True) if told else None
        return _encoded("JPEG", 75)(np.asarray(part), rng)[0], geometry

    return change


def _rotated(angle: float) -> Change:
    def change(pixels: Pixels, _rng: np.random.Generator) -> Copy:
        image = Image.fromarray(pixels).rotate(angle, Image.Resampling.BICUBIC)
        return np.array(image), Geometry(rotation=angle, cropped=True)

    return change


def _on_a_screen(pixels: Pixels, rng: np.random.Generator) -> Copy:
    height, width = (round(side * 1.25) for side in pixels.shape[:2])
    screen = np.full((height + 160, width + 320, 3), 40, np.uint8)
    shown = Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC)
    screen[90 : 90 + height, 200 : 200 + width] = np.asarray(shown)
    return _encoded("JPEG", 71)(screen, rng)[0], Geometry(scale_x=1.25, scale_y=1.25)


def _on_a_whole_screen(pixels: Pixels, rng: np.random.Generator) -> Copy:
    screen = np.full((900, 1440, 3), 40, np.uint8)
    screen[150 : 150 + pixels.shape[0], 200 : 200 + pixels.shape[1]] = pixels
    near = 1 + rng.normal(0, TOLD_WITHIN)
    return _encoded("JPEG", 85)(screen, rng)[0], Geometry(scale_x=near, scale_y=near)


def _scrolled_aside(pixels: Pixels, rng: np.random.Generator) -> Copy:
    """Without a quarter of its width, with something above and below."""
    height, width = pixels.shape[:2]
    page = np.full((height + 120, width, 3), 235, np.uint8)
    page[50 : 50 + height] = pixels
    shown = np.ascontiguousarray(page[:, width // 4 :])
    near = 1 + rng.normal(0, TOLD_WITHIN)
    told = Geometry(scale_x=near, scale_y=near, cropped=True)
    return _encoded("JPEG", 85)(shown, rng)[0], told


_CHANGES: dict[str, Change] = {
    "JPEG 30": _encoded("JPEG", 30),
    "JPEG 10": _encoded("JPEG", 10),
    "WebP 80": _encoded("WEBP", 80),
    "blur, sigma 2": _image(lambda image: image.filter(ImageFilter.GaussianBlur(2))),
    "blur, sigma 4": _image(lambda image: image.filter(ImageFilter.GaussianBlur(4))),
    "brightness 1.2": _values(lambda values: values * 1.2),
    "brightness 1.5": _values(lambda values: values * 1.5),
    "contrast 1.3": _values(lambda values: (values - 128) * 1.3 + 128),
    "white balance, 8 %": _values(lambda values: values * (1.08, 1, 0.92)),
    "greyscale": _image(lambda image: image.convert("L").convert("RGB")),
    "half the size": _image(lambda image: image.resize((128, 128))),
    "aspect changed by 15 %": _image(lambda image: image.resize((277, 240))),
    "75 % of each side": _cropped(0.75),
    "75 % of each side, untold": _cropped(0.75, 1.3, told=False),
    "50 % of each side": _cropped(0.5),
    "50 % of each side, untold": _cropped(0.5, 1.7, told=False),
    "rotated by 2 degrees": _rotated(2.0),
    "rotated by 5 degrees": _rotated(5.0),
    "screenshot at 125 %": _on_a_screen,
    "on a screen of 1440 x 900": _on_a_whole_screen,
    "scrolled aside": _scrolled_aside,
}
_OTHERS: dict[str, Change] = {
    "whole": lambda pixels, _rng: (pixels, Geometry()),
    "75 % of each side": _cropped(0.75),
    "50 % of each side, untold": _cropped(0.5, 1.7, told=False),
    "on a screen of 1440 x 900": _on_a_whole_screen,
    "scrolled aside": _scrolled_aside,
}


if __name__ == "__main__":
    sys.exit(main())
