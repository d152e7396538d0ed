"""Paper and picture have one shape, whichever of the two is changed."""

import msgspec
import pytest

from maquette.core.rect import Rect

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def use(desk, on=True):
    session = desk.studio.session
    session.update(sketch=msgspec.structs.replace(session.value.sketch, used=on))
    desk.driver.run(desk.studio.drawings.settled())


def resize(desk, width, height):
    desk.studio.session.update(width=width, height=height)
    desk.driver.run(desk.studio.drawings.settled())
    desk.driver.settle()


def paper(desk):
    drawing = desk.studio.drawings.drawing
    return drawing.width, drawing.height


def draw(desk):
    drawings = desk.studio.drawings
    layer = drawings.drawing.active
    assert drawings.begin(layer)
    drawings.pixels(layer).array[0:20, 0:100] = (0, 0, 0, 255)
    drawings.commit(layer, Rect(0, 0, 100, 20), "Stroke")


def ink(desk):
    drawings = desk.studio.drawings
    array = drawings.pixels(drawings.drawing.layers[0].id).array
    return int((array[..., 3] > 0).sum())


def test_the_paper_grows_to_the_shape_of_the_picture_and_keeps_the_drawing(desk):
    use(desk)
    draw(desk)
    resize(desk, 320, 256)
    assert paper(desk) == (1280, 1024)
    assert ink(desk) == 2000


def test_trying_sizes_leaves_no_margins(desk):
    use(desk)
    draw(desk)
    resize(desk, 320, 256)
    resize(desk, 256, 320)
    assert paper(desk) == (1024, 1280)
    resize(desk, 256, 256)
    assert paper(desk) == (1024, 1024)
    assert ink(desk) == 2000


def test_undo_gives_the_panel_the_size_back(desk):
    use(desk)
    draw(desk)
    resize(desk, 320, 256)
    desk.studio.drawings.undo()
    desk.driver.run(desk.studio.drawings.settled())
    desk.driver.settle()
    session = desk.studio.session.value
    assert paper(desk) == (1024, 1024)
    assert (session.width, session.height) == (256, 256)


def test_without_the_sketch_the_paper_stays(desk):
    before = paper(desk)
    resize(desk, 320, 256)
    assert paper(desk) == before
