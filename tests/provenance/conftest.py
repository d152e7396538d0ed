"""Pictures and records that the tests of the marks share."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe, StartImage
from maquette.core.record import Record, SourceType, record_id_for

FLAT = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "grey": (128, 128, 128),
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "nearly white": (250, 252, 249),
    "nearly black": (7, 5, 9),
}


def varied_pictures(height: int, width: int) -> dict[str, Pixels]:
    """From flat to noisy: what a mark has to live in."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    ramp = (x * 255 // (width - 1)).astype(np.uint8)
    noise = random.integers(0, 256, (height, width), dtype=np.uint8)
    paper = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(paper)
    for _ in range(40):
        ends = random.integers(0, (width, height), (2, 2)).tolist()
        pen.line([tuple(end) for end in ends], fill="black")
    scene = Image.new("RGB", (width, height), (238, 240, 242))
    brush = ImageDraw.Draw(scene)
    for _ in range(12):
        left, top = random.integers(0, (width, height)).tolist()
        side = int(random.integers(20, width // 2))
        colour = tuple(random.integers(0, 256, 3).tolist())
        brush.ellipse([left, top, left + side, top + side], fill=colour)
    board = ((x // 32 + y // 32) % 2 * 255).astype(np.uint8)
    pictures = {name: np.full((height, width, 3), rgb, np.uint8) for name, rgb in FLAT.items()}
    pictures |= {
        "grey ramp": np.dstack([ramp] * 3),
        "colour ramps": np.dstack([ramp, (y * 255 // (height - 1)).astype(np.uint8), 255 - ramp]),
        "line art": np.asarray(paper),
        "shapes": np.asarray(scene),
        "checkerboard": np.dstack([board] * 3),
        "grey noise": np.dstack([noise] * 3),
        "colour noise": random.integers(0, 256, (height, width, 3), dtype=np.uint8),
    }
    return pictures


@pytest.fixture(scope="session")
def pictures() -> Callable[[int, int], dict[str, Pixels]]:
    """(height, width) to named pictures."""
    return varied_pictures


@pytest.fixture(scope="session")
def scene() -> Pixels:
    """A 256x256 picture of coloured shapes."""
    return varied_pictures(256, 256)["shapes"]


@pytest.fixture
def record() -> Record:
    """A record whose recipe uses every field, and a model that lies in someone's home."""
    recipe = Recipe(
        prompt='a red 陶瓷 mug, "glossy" 😀',
        negative_prompt="cracks",
        seed=7,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.5,
        model=ModelRef("/home/someone/private/fancy.safetensors", "ab" * 32, "fancy, v1"),
        start=StartImage("cd" * 32, 0.35, "7F3A91C2"),
    )
    return Record(
        id=record_id_for(recipe),
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.COMPOSITE,
        width=256,
        height=256,
    )
