"""What a drawing says to the model: lines that survive, weights, colours, what is locked."""

import numpy as np
import pytest

from maquette.core.drawing import Drawing, LayerRole
from maquette.core.drawing_edits import fresh_drawing, fresh_layer, with_layer, with_layer_changed
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.rect import Rect
from maquette.core.sketch_images import SketchImages
from maquette.library.sketches.flattening import Flattening, placed_on

BLACK, WHITE, RED = (0, 0, 0, 255), (255, 255, 255, 255), (0, 0, 255, 255)


class Paper:
    """A drawing and the pixels of its layers."""

    def __init__(self, width: int = 2048, height: int = 2048) -> None:
        self.drawing = fresh_drawing(width, height)
        self.sheets = {self.drawing.active: LayerPixels(width, height)}
        self.flattening = Flattening()

    def add(self, role: LayerRole, **changes: object) -> LayerPixels:
        self.drawing = with_layer(self.drawing, fresh_layer(role))
        sheet = LayerPixels(self.drawing.width, self.drawing.height)
        self.sheets[self.drawing.active] = sheet
        self.drawing = with_layer_changed(self.drawing, self.drawing.active, **changes)
        return sheet

    @property
    def lines(self) -> LayerPixels:
        return self.sheets[self.drawing.layers[0].id]

    def maybe(
        self, width: int = 256, height: int = 256, painted_on: str = ""
    ) -> SketchImages | None:
        size = (width, height)
        return self.flattening.images(self.drawing, self.sheets, painted_on, size, 0.6)

    def images(self, width: int = 256, height: int = 256, painted_on: str = "") -> SketchImages:
        found = self.maybe(width, height, painted_on)
        assert found is not None
        return found


@pytest.fixture
def paper() -> Paper:
    return Paper()


def test_blank_paper_says_nothing(paper: Paper) -> None:
    assert paper.maybe() is None
    paper.lines.array[100:200, 100:200] = WHITE
    paper.add(LayerRole.REFERENCE).array[:] = BLACK
    paper.add(LayerRole.LINES, visible=False).array[:] = BLACK
    paper.add(LayerRole.LINES, opacity=0.0).array[:] = BLACK
    assert paper.maybe() is None


@pytest.mark.parametrize(("width", "darkest"), [(1, 140), (2, 100), (4, 60), (8, 10), (30, 5)])
def test_thin_lines_survive_at_an_eighth_of_the_size(
    paper: Paper, width: int, darkest: int
) -> None:
    paper.lines.array[200:1800, 1000 : 1000 + width] = BLACK
    sketch = paper.images().sketch
    assert sketch.shape == (256, 256, 3)
    assert (sketch[30:220, :, 0].min(axis=1) <= darkest).all()
    assert (sketch[:, :120] == 255).all()
    assert (sketch[:, 135:] == 255).all()
    assert (sketch[:20] == 255).all()


def test_soft_shading_stays_as_soft_as_it_is(paper: Paper) -> None:
    paper.lines.array[500:1500, 500:1500, 3] = 64
    assert abs(paper.images().sketch[128, 128].astype(int) - (255 - 64)).max() <= 1


def test_coloured_pencils_draw_lines_and_white_covers_them(paper: Paper) -> None:
    paper.lines.array[500:600, :] = RED
    paper.add(LayerRole.LINES).array[:, 1000:1100] = WHITE
    sketch = paper.images().sketch
    assert (sketch[68, :120] == 0).all()
    assert (sketch[68, 127:136] == 255).all()


def test_a_layer_at_half_opacity_is_half_as_dark(paper: Paper) -> None:
    paper.add(LayerRole.LINES, opacity=0.5).array[500:1500, 500:1500] = BLACK
    assert abs(paper.images().sketch[128, 128].astype(int) - 128).max() <= 1


def test_lines_to_keep_weigh_most_and_reach_a_little(paper: Paper) -> None:
    paper.lines.array[200:1800, 400:408] = BLACK
    assert paper.images().weights is None
    paper.add(LayerRole.KEEP).array[200:1800, 1600:1608] = BLACK
    images = paper.images()
    weights = images.weights
    assert weights is not None
    assert (weights[30:220, 195:206] == 255).all()
    assert (weights[:, :150] == round(0.6 * 255)).all()
    assert (weights[:8, :] < 255).all()
    assert (images.sketch[100, 200] == 0).all()  # they are lines too
    reached = (weights[128, :, 0] > 160).sum()
    larger = paper.images(1024, 1024).weights
    assert larger is not None
    assert abs((larger[512, :, 0] > 160).sum() / 4 - reached) <= 4


def test_colours_and_locked_regions_are_told_apart(paper: Paper) -> None:
    paper.lines.array[500:508, :] = BLACK
    assert (paper.images().colours, paper.images().lock) == (None, None)
    paper.add(LayerRole.COLOUR).array[0:1024, 0:1024] = RED
    paper.add(LayerRole.LOCK).array[1024:, 1024:, 3] = 255
    images = paper.images()
    assert images.colours is not None
    assert images.lock is not None
    assert images.colours[10, 10].tolist() == [255, 0, 0]
    assert images.colours[200, 200].tolist() == [255, 255, 255]
    assert images.lock[200, 200].tolist() == [255, 255, 255]
    assert images.lock[10, 10].tolist() == [0, 0, 0]
    assert (images.sketch[10, 10] == 255).all()


def test_the_drawing_keeps_its_aspect_on_paper_of_another_one() -> None:
    assert placed_on(2048, 1024, 256, 256) == Rect(0, 64, 256, 128)
    assert placed_on(500, 1000, 320, 256) == Rect(96, 0, 128, 256)
    paper = Paper(1000, 500)
    paper.lines.array[:] = BLACK
    paper.add(LayerRole.LOCK).array[..., 3] = 255
    images = paper.images(320, 320)
    assert images.placed == Rect(0, 80, 320, 160)
    assert (images.sketch[80:240] == 0).all()
    assert (images.sketch[:79] == 255).all()
    assert images.lock is not None
    assert (images.lock[:79] == 0).all()
    assert images.ink == 1.0


@pytest.mark.parametrize("size", [(256, 256), (320, 256), (512, 512), (1024, 1024), (1536, 1400)])
@pytest.mark.parametrize("sides", [(2048, 2048), (1000, 700), (777, 1111), (100, 90)])
def test_lines_are_where_they_were_drawn(size: tuple[int, int], sides: tuple[int, int]) -> None:
    paper = Paper(*sides)
    x, y = sides[0] * 3 // 4, sides[1] // 3
    paper.lines.array[:, x : x + 3] = BLACK
    paper.lines.array[y : y + 3, :] = BLACK
    images = paper.images(*size)
    placed = images.placed
    scale = placed.width / sides[0]
    row = placed.y + placed.height * 9 // 10
    at = np.average(np.arange(size[0]), weights=255.0 - images.sketch[row, :, 0])
    assert abs(at - (placed.x + (x + 1.5) * scale - 0.5)) <= 1
    column = placed.x + placed.width // 10
    at = np.average(np.arange(size[1]), weights=255.0 - images.sketch[:, column, 0])
    assert abs(at - (placed.y + (y + 1.5) * scale - 0.5)) <= 1


def test_only_what_changed_is_looked_at_again(paper: Paper) -> None:
    paper.lines.array[500:600] = BLACK
    first = paper.images()
    paper.lines.array[900:1000] = BLACK  # nobody said so
    np.testing.assert_array_equal(paper.images().sketch, first.sketch)
    while_painting = paper.images(painted_on=paper.drawing.layers[0].id)
    assert (while_painting.sketch[118] == 0).all()
    paper.lines.array[1200:1300] = BLACK
    paper.lines.version += 1
    assert (paper.images().sketch[155] == 0).all()
    assert (paper.images(512, 512).sketch[310] == 0).all()


def test_a_layer_that_is_for_something_else_now_says_something_else(paper: Paper) -> None:
    paper.lines.array[500:600] = BLACK
    paper.images()
    layer = paper.add(LayerRole.LINES)
    layer.array[0:100, 0:100] = RED
    paper.images()
    drawing: Drawing = paper.drawing
    paper.drawing = with_layer_changed(drawing, drawing.active, role=LayerRole.COLOUR)
    images = paper.images()
    assert images.colours is not None
    assert images.colours[5, 5].tolist() == [255, 0, 0]
