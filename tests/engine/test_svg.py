"""SVG files as pixels: drawn by a process that may be given up."""

import numpy as np
import pytest

from maquette.core.cleanup import READ_SIDE
from maquette.core.errors import ImageError
from maquette.engine.svg import rasterise

CIRCLE = '<circle cx="100" cy="50" r="40" fill="none" stroke="#000" stroke-width="4"/>'


def svg(inside: str, size: str = 'viewBox="0 0 200 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


def test_lines_are_dark_on_white_and_references_draw_nothing() -> None:
    image = '<image href="file:///etc/passwd" width="200" height="100"/>'
    pixels = rasterise(svg(f"<script>x</script>{image}{CIRCLE}"))
    assert pixels.shape == (READ_SIDE // 2, READ_SIDE, 3)
    assert pixels[0, 0].tolist() == [255, 255, 255]
    on_the_line = pixels[READ_SIDE // 4, round(60 / 200 * READ_SIDE)]
    assert on_the_line.max() < 60
    assert (pixels == rasterise(svg(CIRCLE))).all()


def test_a_size_of_its_own_is_used_where_there_is_no_view_box() -> None:
    assert rasterise(svg(CIRCLE, 'width="200" height="400"')).shape[:2] == (
        READ_SIDE,
        READ_SIDE // 2,
    )


def test_a_giant_is_brought_down() -> None:
    pixels = rasterise(svg(CIRCLE, 'width="1e6" height="1" viewBox="0 0 1000000 1"'))
    assert pixels.shape == (1, READ_SIDE, 3)


def test_what_takes_too_long_is_given_up() -> None:
    groups = "".join(
        f'<g id="a{level + 1}">' + f'<use href="#a{level}"/>' * 10 + "</g>" for level in range(9)
    )
    bomb = svg(f'<g id="a0"><rect width="1" height="1"/></g>{groups}<use href="#a9"/>')
    with pytest.raises(ImageError, match="takes too long"):
        rasterise(bomb, time_limit=3.0)


@pytest.mark.parametrize("size", ['width="0" height="0"', 'viewBox="0 0 0 0" width="0" height="0"'])
def test_a_drawing_without_any_extent_is_refused(size: str) -> None:
    with pytest.raises(ImageError, match="cannot be drawn"):
        rasterise(svg("", size))


def test_no_ink_is_white() -> None:
    assert np.all(rasterise(svg("")) == 255)
