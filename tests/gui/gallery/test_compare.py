"""Compare as a person uses it, over a real library."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from maquette.gui.gallery import compare_pixels
from maquette.gui.gallery.compare import CompareView
from maquette.gui.gallery.compare_bar import Mode
from maquette.gui.gallery.picture_facts import Fact

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def compare(shelf, tasks, on_screen):
    return on_screen(CompareView(commands=shelf, tasks=tasks))


@pytest.fixture
def pictures(shelf):
    """Three: the second differs in its seed, the third in its prompt and its shape."""
    return [
        shelf.one(shelf.add("one", prompt="a mug", seed=1)),
        shelf.one(shelf.add("two", prompt="a mug", seed=2)),
        shelf.one(shelf.add("three", prompt="a lamp", seed=1, size=(256, 256))),
    ]


def tiles(compare):
    return [tile for tile in compare.tiles if tile.isVisibleTo(compare)]


def wait_for_pictures(compare, driver):
    driver.until(lambda: all(not tile.canvas.is_empty for tile in tiles(compare)))


def test_pictures_lie_side_by_side_and_zoom_and_move_in_step(compare, pictures, driver):
    compare.show_pictures(pictures[:2])
    wait_for_pictures(compare, driver)
    first, second = (tile.canvas for tile in tiles(compare))
    assert [tile.title.whole for tile in tiles(compare)] == ["one", "two"]
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Z)
    assert first.zoom_percent == second.zoom_percent == 100
    second.zoom_by(2)
    second.pan(40, -30)
    assert first.view == second.view
    assert first.view.x != 0.5
    first.fit()
    assert second.view.fitted


def test_all_pixels_are_held_only_while_somebody_looks_closer(compare, shelf, driver, monkeypatch):
    monkeypatch.setattr(compare_pixels, "WHOLE", 800 * 800)
    compare.show_pictures([shelf.one(shelf.add(name, size=(1600, 1200))) for name in "ab"])
    wait_for_pictures(compare, driver)
    one, two = (tile.canvas for tile in tiles(compare))

    def widths():
        return {canvas.image.width() for canvas in (one, two)}

    one.zoom_by(0.1)
    driver.until(lambda: widths() == {800})
    one.actual_size()
    driver.until(lambda: widths() == {1600})
    assert one.zoom_percent == two.zoom_percent == 100
    one.zoom_by(0.1)
    driver.until(lambda: widths() == {800})
    compare.set_mode(Mode.WIPE)
    compare.wipe.actual_size()
    driver.until(lambda: compare.wipe.image.width() == 1600)


def test_the_view_is_kept_from_one_way_of_comparing_to_the_next(compare, pictures, driver):
    compare.show_pictures(pictures[:2])
    wait_for_pictures(compare, driver)
    compare.canvas.actual_size()
    compare.canvas.pan(25, 10)
    view = compare.canvas.view
    changed = []
    compare.canvas_changed.connect(changed.append)
    QTest.keyClick(compare, Qt.Key.Key_W)
    driver.until(lambda: compare.wipe.line >= 0)
    assert compare.wipe.view == view
    QTest.keyClick(compare, Qt.Key.Key_D)
    driver.until(lambda: not compare.difference.canvas.is_empty)
    assert compare.difference.canvas.view == view
    assert changed == [compare.wipe, compare.difference.canvas]


def test_wiping_shows_one_picture_left_of_the_line_and_the_other_right_of_it(
    compare, pictures, driver
):
    compare.show_pictures(pictures[:2])
    compare.set_mode(Mode.WIPE)
    driver.until(lambda: compare.wipe.line == 0.5)
    target = compare.wipe.target().toRect()
    seen = compare.wipe.grab().toImage()
    colours = [
        seen.pixelColor(target.left() + target.width() * part // 8, target.bottom() - 20)
        for part in (2, 6)
    ]
    for picture, colour in zip(pictures, colours, strict=False):
        with Image.open(picture.path) as image:
            assert image.getpixel((300, 250)) == (colour.red(), colour.green(), colour.blue())
    QTest.keyClick(compare.wipe, Qt.Key.Key_Right)
    assert compare.wipe.line == pytest.approx(0.52)
    compare.bar.swap_button.click()
    assert [picture.id for picture in compare.pictures] == [pictures[1].id, pictures[0].id]
    assert compare.wipe.line == pytest.approx(0.52)


def test_the_difference_is_computed_told_and_made_brighter(compare, pictures, driver):
    compare.show_pictures(pictures[:2])
    compare.set_mode(Mode.DIFFERENCE)
    page = compare.difference
    driver.until(lambda: page.found is not None and not page.canvas.is_empty)
    assert page.found.largest > 0
    assert f"by {page.found.largest} of 255" in page.words.text()
    corner = page.canvas.image.pixelColor(2, 2)
    assert (corner.red(), corner.green(), corner.blue()) == (0, 0, 0)  # white in both
    dim = page.canvas.image.pixelColor(300, 240)
    QTest.keyClick(page.slider, Qt.Key.Key_Left)
    QTest.keyClick(page.slider, Qt.Key.Key_Left)
    assert page.gain.text() == "× 1"
    driver.until(lambda: page.canvas.image.pixelColor(300, 240) != dim)
    plain = page.canvas.image.pixelColor(300, 240)
    with Image.open(pictures[0].path) as one, Image.open(pictures[1].path) as other:
        expected = tuple(
            abs(a - b)
            for a, b in zip(one.getpixel((300, 240)), other.getpixel((300, 240)), strict=True)
        )
    assert (plain.red(), plain.green(), plain.blue()) == expected


def test_the_same_picture_twice_has_no_difference(compare, shelf, pictures, driver, renamed):
    twin = renamed(pictures[0], id=999)
    compare.show_pictures([pictures[0], twin])
    compare.set_mode(Mode.DIFFERENCE)
    driver.until(lambda: "No pixel differs." in compare.difference.words.text())
    assert compare.table.differing == ()
    del shelf


def test_pictures_of_other_shapes_are_fitted_and_that_is_said(compare, pictures, driver):
    compare.show_pictures(pictures[1:])
    assert not compare.bar.fitted.isVisibleTo(compare)
    compare.set_mode(Mode.DIFFERENCE)
    assert compare.bar.fitted.text() == "A is scaled and cropped to 256 × 256"
    assert compare.bar.fitted.isVisibleTo(compare)
    driver.until(lambda: compare.difference.found is not None)
    assert compare.difference.found.pixels.shape == (256, 256, 3)
    compare.swap()
    assert compare.bar.fitted.text() == "A is scaled and cropped to 320 × 256"


def test_of_three_any_two_can_be_chosen_and_one_be_dropped(compare, pictures, driver):
    compare.show_pictures(pictures)
    wait_for_pictures(compare, driver)
    compare.set_mode(Mode.WIPE)
    compare.bar.second.setCurrentIndex(2)
    compare.bar.second.activated.emit(2)
    driver.until(lambda: compare.wipe.image is not None and compare.wipe.image.width() == 256)
    compare.bar.first.activated.emit(2)  # the other side's: they change places
    assert compare.bar.first.currentIndex() == 2
    assert compare.bar.second.currentIndex() == 0
    compare.set_mode(Mode.BESIDE)
    tiles(compare)[0].drop_button.click()
    assert [picture.id for picture in compare.pictures] == [pictures[1].id, pictures[2].id]
    assert len(tiles(compare)) == 2
    assert not tiles(compare)[0].drop_button.isVisibleTo(compare)


def test_what_differs_in_the_recipes_is_marked_by_more_than_colour(compare, pictures):
    compare.show_pictures(pictures[:2])
    table = compare.table
    assert Fact.SEED in table.differing
    assert Fact.PROMPT not in table.differing
    names = [part.accessibleName() for part in table.findChildren(QLabel)]
    assert "Seed: differs" in names
    assert "Prompt: the same" in names
    assert "A, Seed: 1" in names
    texts = [part.text() for part in table.findChildren(QLabel)]
    assert any(text.startswith("≠") and text.endswith("Seed") for text in texts)
    table.only.setChecked(True)
    shown = [part.text() for part in table._table.findChildren(QLabel)]
    assert any(text.endswith("Seed") for text in shown)
    assert not any(text.endswith("Prompt") for text in shown)


def test_each_picture_is_rated_by_the_digits_and_its_recipe_used(compare, shelf, pictures, driver):
    compare.show_pictures(pictures[:2])
    wait_for_pictures(compare, driver)
    second = tiles(compare)[1]
    QTest.keyClick(second.canvas, Qt.Key.Key_4)
    driver.until(lambda: shelf.one(pictures[1].id).rating == 4)
    assert shelf.one(pictures[0].id).rating == 0
    assert second.stars.rating == 4
    second.use_button.click()
    assert shelf.asked[-1] == ("use_again", pictures[1].id)


def test_a_file_that_cannot_be_read_is_said_where_its_picture_would_be(
    compare, shelf, pictures, driver
):
    pictures[1].path.write_bytes(b"no picture")
    compare.show_pictures(pictures[:2])
    driver.until(lambda: tiles(compare)[1].problem.isVisibleTo(compare))
    driver.until(lambda: not tiles(compare)[0].canvas.is_empty)
    assert "not a picture that can be opened" in tiles(compare)[1].problem.text()
    compare.set_mode(Mode.DIFFERENCE)
    driver.until(lambda: "can be opened" in compare.difference.words.text())
    del shelf


def test_escape_leaves_everything_has_a_name_and_speaks_chinese(compare, pictures, driver, speak):
    compare.show_pictures(pictures)
    heard = []
    compare.closed.connect(lambda: heard.append(True))
    QTest.keyClick(compare, Qt.Key.Key_Escape)
    assert heard == [True]
    for made in compare.findChildren(QToolButton):
        if made.isVisibleTo(compare):
            assert made.accessibleName() or made.text()
    speak("zh_CN")
    driver.settle()
    assert compare.bar.modes[Mode.BESIDE].text() == "并排"
    assert tiles(compare)[0].use_button.text() == "使用此配方"
    assert "种子" in compare.table.summary.text()
    compare.put_away()
    assert all(tile.canvas.is_empty for tile in compare.tiles)
