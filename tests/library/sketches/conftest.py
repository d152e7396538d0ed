"""Drawings to be saved: three layers with every kind of pixel."""

from pathlib import Path

import numpy as np
import pytest

from maquette.core.drawing import Drawing, LayerRole
from maquette.core.drawing_edits import fresh_drawing, fresh_layer, with_layer, with_layer_changed
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.open_drawing import OpenDrawing


def nowhere(number: int) -> bytes:
    """Nothing has to be fetched where everything is in memory."""
    raise AssertionError(f"tile {number} was fetched")


def painted(drawing: Drawing, seed: int = 0) -> LayerPixels:
    """Random premultiplied pixels over random strips of a layer."""
    random = np.random.default_rng(seed)
    sheet = random.integers(0, 256, (drawing.height, drawing.width, 4), np.uint8)
    sheet[..., :3] = np.minimum(sheet[..., :3], sheet[..., 3:])
    sheet[random.random(drawing.height) < 0.5] = 0
    return LayerPixels.of(sheet)


@pytest.fixture
def there() -> OpenDrawing:
    """A drawing of 300 by 280: lines, a hidden layer of lines to keep, a locked region."""
    drawing = fresh_drawing(300, 280, "Espresso mug")
    drawing = with_layer(drawing, fresh_layer(LayerRole.KEEP, 'the "handle" <1> 把手'))
    drawing = with_layer_changed(drawing, drawing.active, visible=False, opacity=0.5)
    drawing = with_layer(drawing, fresh_layer(LayerRole.LOCK))
    drawing = with_layer_changed(drawing, drawing.active, locked=True)
    sheets = {layer.id: painted(drawing, seed) for seed, layer in enumerate(drawing.layers)}
    return OpenDrawing.made_of(drawing, sheets, nowhere)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where files go, with a name as people have them."""
    made = tmp_path / "my sketches 草图"
    made.mkdir()
    return made
