"""The full-screen view as a person uses it, over a real library."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from maquette.core.errors import LibraryError
from maquette.gui.gallery.reading_ahead import BUDGET, ReadingAhead
from maquette.gui.gallery.viewer import Viewer
from maquette.gui.keyboard_lists import FULL_SCREEN

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def open_viewer(shelf, tasks, driver, qapp):
    opened = []

    def open_it(ids, start):
        viewer = Viewer(ids, start, facts=shelf, commands=shelf, tasks=tasks)
        viewer.resize(900, 700)
        viewer.show()
        viewer.activateWindow()
        viewer.setFocus()
        opened.append(viewer)
        driver.until(lambda: viewer.picture is not None)
        return viewer

    yield open_it
    for viewer in opened:
        if not viewer._is_closed:
            viewer.close()
    # Here, not wherever Python collects it: a widget that ends in another thread crashes Qt.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    driver.settle(0.01)


@pytest.fixture
def ids(shelf):
    return [shelf.add(f"picture {number}") for number in range(5)]


def shown(viewer):
    """The id of the picture on the canvas once it is there in full."""
    image, picture = viewer.canvas.image, viewer.picture
    levels = viewer._reader.levels(picture) if picture is not None else None
    return picture.id if levels is not None and image is levels[0] else 0


def test_keys_walk_through_the_list_and_stop_at_its_ends(open_viewer, ids, driver):
    viewer = open_viewer(ids, ids[1])
    driver.until(lambda: shown(viewer) == ids[1])
    assert viewer.bar.place.text() == "2 / 5"
    assert viewer.bar.title.whole == "picture 1"
    for key, place in (
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_End, 4),
        (Qt.Key.Key_Right, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Space, 1),
    ):
        QTest.keyClick(viewer, key)
        assert viewer.current == ids[place], key
        driver.until(lambda place=place: shown(viewer) == ids[place])
    heard = []
    viewer.closed.connect(heard.append)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert heard == [ids[1]]
    assert not viewer.isVisible()


def test_every_key_that_the_keyboard_page_lists_works_here(open_viewer, ids):
    viewer = open_viewer(ids, ids[0])
    bound = {shortcut.key().toString() for shortcut in viewer.findChildren(QShortcut)}
    listed = {key for line in FULL_SCREEN.lines for key in line.keys}
    assert listed
    assert listed <= bound


def test_of_a_long_list_only_what_is_around_is_fetched(open_viewer, shelf, ids, driver):
    many = np.arange(10_000, 110_000)
    many[50_000:50_005] = ids
    shelf.asked.clear()
    viewer = open_viewer(many, ids[2])
    driver.until(lambda: shown(viewer) == ids[2])
    fetched = {each for asked in shelf.asked if asked[0] == "pictures" for each in asked[1]}
    assert len(fetched) < 200


def test_pictures_that_are_gone_are_left_out_of_the_walk(open_viewer, ids, driver):
    viewer = open_viewer([ids[0], 777, 778, ids[1]], ids[0])
    driver.until(lambda: viewer.bar.place.text() == "1 / 2")
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    driver.until(lambda: shown(viewer) == ids[1])


def test_the_neighbours_are_read_ahead(open_viewer, shelf, ids, driver):
    viewer = open_viewer(ids, ids[2])
    near = [shelf.one(ids[1]), shelf.one(ids[3])]
    driver.until(lambda: all(viewer._reader.levels(picture) is not None for picture in near))
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert shown(viewer) == ids[3]  # at once


def test_digits_rate_and_what_fails_is_said_and_taken_back(open_viewer, shelf, ids, driver):
    viewer = open_viewer(ids, ids[0])
    QTest.keyClick(viewer, Qt.Key.Key_4)
    assert viewer.bar.stars.rating == 4
    driver.until(lambda: shelf.one(ids[0]).rating == 4)
    shelf.fails = LibraryError("The library could not be written; check the disk and try again.")
    QTest.keyClick(viewer, Qt.Key.Key_1)
    driver.until(lambda: viewer.message.isVisible())
    assert "could not be written" in viewer.message.words.text()
    assert viewer.bar.stars.rating == 4
    assert shelf.one(ids[0]).rating == 4


def test_delete_moves_to_the_trash_and_undo_brings_it_back_in_its_place(
    open_viewer, shelf, ids, driver
):
    viewer = open_viewer(ids, ids[1])
    QTest.keyClick(viewer, Qt.Key.Key_Delete)
    driver.until(lambda: viewer.current == ids[2])
    assert shelf.one(ids[1]).trashed
    assert viewer.message.isVisible()
    assert viewer.bar.place.text() == "2 / 4"
    QTest.keyClick(viewer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.until(lambda: viewer.current == ids[1])
    assert not shelf.one(ids[1]).trashed
    driver.until(lambda: viewer.bar.place.text() == "2 / 5")
    driver.until(lambda: shown(viewer) == ids[1])


def test_undo_takes_back_only_what_was_done_here(open_viewer, shelf, ids, driver):
    driver.run(shelf.rate([ids[0]], 5))
    viewer = open_viewer(ids, ids[0])
    QTest.keyClick(viewer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.settle(0.1)
    assert shelf.one(ids[0]).rating == 5


def test_the_last_picture_that_goes_closes_the_view(open_viewer, shelf, ids, driver):
    viewer = open_viewer(ids[:1], ids[0])
    heard = []
    viewer.closed.connect(heard.append)
    QTest.keyClick(viewer, Qt.Key.Key_Delete)
    driver.until(lambda: heard)
    assert heard == [0]


def test_zoom_by_wheel_and_keys_and_the_view_stays_for_the_next_picture(open_viewer, ids, driver):
    viewer = open_viewer(ids, ids[0])
    driver.until(lambda: shown(viewer) == ids[0])
    fitted = viewer.canvas.zoom_percent
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    assert viewer.canvas.zoom_percent == 100
    QTest.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.canvas.zoom_percent == 125
    middle = QPointF(viewer.canvas.rect().center())
    wheel = QWheelEvent(
        middle,
        viewer.canvas.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.canvas, wheel)
    assert viewer.canvas.zoom_percent == 180
    before = viewer.canvas.view
    QTest.keyClick(viewer, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.canvas.view.x < before.x
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    driver.until(lambda: shown(viewer) == ids[1])
    assert viewer.canvas.zoom_percent == 180
    QTest.keyClick(viewer, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert viewer.canvas.zoom_percent == fitted
    assert viewer.picture.rating == 0


def test_a_file_that_cannot_be_read_is_said_and_the_walk_goes_on(open_viewer, shelf, ids, driver):
    shelf.one(ids[1]).path.write_bytes(b"no picture")
    viewer = open_viewer(ids, ids[0])
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    driver.until(lambda: viewer.message.isVisible())
    assert "not a picture that can be opened" in viewer.message.words.text()
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    driver.until(lambda: shown(viewer) == ids[2])
    assert not viewer.message.isVisible()


def test_facts_come_and_go_and_the_bar_hides_with_the_mouse_at_rest(open_viewer, ids, driver):
    viewer = open_viewer(ids, ids[0])
    assert not viewer.panel.isVisible()
    QTest.keyClick(viewer, Qt.Key.Key_I)
    assert viewer.panel.isVisible()
    assert viewer.panel.prompt.text() == "a mug called picture 0"
    QApplication.sendEvent(viewer.bar, QEvent(QEvent.Type.Leave))
    viewer._rest.timeout.emit()
    driver.until(lambda: not viewer.bar.isVisible())
    assert viewer.canvas.cursor().shape() is Qt.CursorShape.BlankCursor
    QTest.mouseMove(viewer.canvas, QPoint(300, 300))
    QTest.mouseMove(viewer.canvas, QPoint(310, 300))
    driver.until(lambda: viewer.bar.isVisible())
    for made in viewer.bar.findChildren(QToolButton):
        assert made.accessibleName()


def test_it_covers_the_screen_of_the_window_behind_it(shelf, ids, tasks, driver, on_screen):
    behind = on_screen(QWidget())
    viewer = Viewer(ids, ids[0], facts=shelf, commands=shelf, tasks=tasks, parent=behind)
    viewer.open_full()
    driver.until(lambda: shown(viewer) == ids[0])
    assert viewer.isFullScreen()
    assert viewer.screen() is behind.screen()
    assert viewer.geometry() == behind.screen().geometry()
    viewer.close()


def test_what_comes_after_it_was_closed_is_dropped(shelf, ids, tasks, driver, qapp):
    viewer = Viewer(ids, ids[0], facts=shelf, commands=shelf, tasks=tasks)
    viewer.show()
    viewer.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    driver.settle(0.3)
    # What a late task raises fails the test.


def test_neighbours_beyond_the_budget_are_not_read_but_the_picture_itself_is(
    shelf, tasks, driver, renamed
):
    picture, other = shelf.one(shelf.add("a")), shelf.one(shelf.add("b"))
    side = int((BUDGET / 4) ** 0.5)
    huge = renamed(other, width=side, height=side)
    reader, came = ReadingAhead(tasks), []
    reader.came.connect(came.append)
    reader.want([picture, huge])
    driver.until(lambda: came)
    driver.settle(0.1)
    assert came == [picture.id]
    reader.want([huge])
    driver.until(lambda: huge.id in came)
    assert reader.levels(picture) is None


def test_a_large_picture_is_shown_as_its_thumbnail_until_it_is_decoded(open_viewer, shelf, driver):
    large = shelf.add("large", size=(2048, 1536))
    with Image.open(shelf.one(large).path) as image:
        assert image.size == (2048, 1536)
    viewer = open_viewer([large], large)
    sizes = set()

    def is_full():
        image = viewer.canvas.image
        sizes.add(image.width() if image else 0)
        return image is not None and image.width() == 2048

    driver.until(is_full)
    assert viewer.canvas._size.width() == 2048
    assert sizes <= {0, 320, 2048}
