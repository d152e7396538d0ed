"""The Library place as a person uses it: look, search, choose, rate, gather, throw away, undo."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import pytest
from benchmarks.library_rows import fill
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Mark, MarkKind, Record, SourceType, record_id_for
from maquette.gui import action_spec
from maquette.gui.actions import SPECS
from maquette.gui.gallery.dragging import IDS, dragged_ids, mime_of
from maquette.gui.gallery.empty import Emptiness
from maquette.gui.gallery.gallery_actions import RATINGS
from maquette.library.gallery import Gallery
from maquette.library.pictures.listing import Sorting
from maquette.library.query import Field
from maquette.library.store import Library, NewPicture
from maquette.state.gallery_view import Scope, Shelf

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PROMPTS = ("a copper mug", "a blue glass vase", "a red mug <b>bold</b>", "一个白色的瓷碗")


def add_pictures(home: Path, count: int, *, start: int = 0) -> list[int]:
    """`count` small files and their rows, the last one the newest; returns their ids."""
    folder = home / "Pictures"
    folder.mkdir(parents=True, exist_ok=True)
    ids = []
    with Library.open(home / "data" / "library.sqlite3") as library:
        for number in range(start, start + count):
            prompt = f"{PROMPTS[number % len(PROMPTS)]} {number}"
            pixels = np.full((24, 32, 3), number * 7 % 256, np.uint8)
            path = folder / f"picture {number:03}.png"
            Image.fromarray(pixels).save(path)
            data = path.read_bytes()
            recipe = Recipe(
                prompt=prompt, negative_prompt="", seed=number, width=256, height=256, steps=4,
                guidance_scale=4.0, model=ModelRef("maquette-mini", name="Maquette Mini"),
            )  # fmt: skip
            record = Record(
                id=record_id_for(recipe),
                recipe=recipe,
                created=f"2026-11-{1 + number // 60 % 28:02}T10:{number % 60:02}:00+00:00",
                tool="test",
                source_type=SourceType.GENERATED,
                width=32,
                height=24,
                marks=(Mark(MarkKind.WATERMARK, verified=True),),
            )
            new = NewPicture(
                folder=folder,
                path=Path(path.name),
                record=record,
                file_bytes=len(data),
                file_sha256=hashlib.sha256(data).hexdigest(),
                pixel_sha256=hashlib.sha256(pixels.tobytes()).hexdigest(),
            )
            with library.adding(new) as row:
                ids.append(row)
    return ids


class Place:
    """The open Library place of a window."""

    def __init__(self, desk):
        self.desk = desk
        desk.press("go_library")
        self.page = desk.window.library
        self.grid = self.page.grid
        self.commands = desk.studio.library.commands
        self.browser = desk.studio.library.browser
        self.settle()

    @property
    def view(self):
        return self.browser.view.value

    @property
    def ids(self):
        return list(self.view.answer.ids)

    @property
    def selected(self):
        return self.grid.selected_ids().tolist()

    def settle(self):
        """Until nothing is asked any more, and what is in sight is there."""
        quiet = lambda: (  # noqa: E731
            self.view.is_open
            and self.view.is_settled
            and self.browser._asking is None
            and self.browser._counting is None
            and not self.browser._typing.isActive()
            and self.browser.rows._fetching is None
        )
        self.desk.driver.until(quiet)
        self.desk.driver.settle(0.02)

    def do(self, work):
        self.desk.driver.run(work)
        self.settle()

    def search(self, text):
        self.page.search.edit.clear()
        if text.isascii():
            QTest.keyClicks(self.page.search.edit, text)
        else:  # as an input method gives it
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.page.search.edit, event)
        self.desk.driver.until(lambda: self.view.answer.question.text == text)
        self.settle()

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.grid, key, modifiers)
        self.settle()

    def click(self, row, modifiers=Qt.KeyboardModifier.NoModifier):
        point = self.grid.visualRect(self.grid.model().index(row)).center()
        QTest.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, modifiers, point)
        self.settle()

    def picture(self, picture_id):
        with Gallery.open(self.desk.home / "data" / "library.sqlite3") as gallery:
            return gallery.pictures([picture_id])[0]


def opened_viewer(place):
    """The full-screen view, which Enter has opened."""

    def viewers():
        return [w for w in QApplication.topLevelWidgets() if type(w).__name__ == "Viewer"]

    place.desk.driver.until(viewers)
    return viewers()[0]


@pytest.fixture
def open_place(maquette_home, open_desk):
    """Opens the Library place over `count` pictures."""

    def open_one(count=0, **settings):
        if count:
            add_pictures(maquette_home, count)
        return Place(open_desk(**settings))

    return open_one


SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


# --- looking and walking ------------------------------------------------------------------------


def test_the_newest_pictures_come_first_and_the_first_one_is_ready_for_the_keys(open_place):
    place = open_place(30)
    assert place.ids == sorted(place.ids, reverse=True)
    assert place.desk.window.rail.places["library"].isChecked()
    assert place.page.search.count.text().startswith("30 pictures")
    assert place.grid.hasFocus() or place.desk.window.focusWidget() is place.grid
    assert place.grid.current_id() == place.ids[0]


def test_arrow_keys_walk_in_the_grid_and_shift_selects_as_in_a_text(open_place):
    place = open_place(40)
    columns = place.grid._layout.columns
    place.click(0)
    place.key(Qt.Key.Key_Right)
    assert place.selected == [place.ids[1]]
    place.key(Qt.Key.Key_Down)
    assert place.selected == [place.ids[1 + columns]]
    place.key(Qt.Key.Key_Right, SHIFT)
    place.key(Qt.Key.Key_Down, SHIFT)
    assert place.selected == place.ids[1 + columns : 1 + columns + 2 + columns]
    place.key(Qt.Key.Key_End)
    assert place.selected == [place.ids[-1]]
    assert (
        place.grid.visualRect(place.grid.currentIndex()).bottom() <= place.grid.viewport().height()
    )
    place.key(Qt.Key.Key_Down)
    assert place.selected == [place.ids[-1]]
    place.key(Qt.Key.Key_Home, SHIFT)
    assert place.selected == place.ids
    place.key(Qt.Key.Key_Home)
    place.key(Qt.Key.Key_PageDown)
    assert place.grid.currentIndex().row() % columns == 0
    assert place.grid.currentIndex().row() > columns


def test_clicks_choose_one_toggle_and_extend(open_place):
    place = open_place(20)
    place.click(3)
    place.click(6, CTRL)
    place.click(4, CTRL)
    assert place.selected == [place.ids[3], place.ids[4], place.ids[6]]
    place.click(4, CTRL)
    assert place.selected == [place.ids[3], place.ids[6]]
    place.click(4)
    place.click(8, SHIFT)
    assert place.selected == place.ids[4:9]
    place.key(Qt.Key.Key_A, CTRL)
    assert place.selected == place.ids
    place.key(Qt.Key.Key_Escape)
    assert place.selected == []


def test_a_rubber_band_selects_the_cells_it_touches_and_ctrl_turns_them_over(open_place):
    place = open_place(30)
    view, columns = place.grid.viewport(), place.grid._layout.columns

    def cell(row):
        return place.grid.visualRect(place.grid.model().index(row))

    def band(begin, end, modifiers=Qt.KeyboardModifier.NoModifier):
        button = Qt.MouseButton.LeftButton
        QTest.mousePress(view, button, modifiers, begin)
        QTest.mouseMove(view, end)
        QTest.mouseRelease(view, button, modifiers, end)
        place.settle()

    corner = QPoint(4, 4)
    band(corner, cell(columns + 1).center())
    assert place.selected == [
        place.ids[0], place.ids[1], place.ids[columns], place.ids[columns + 1],
    ]  # fmt: skip
    band(corner, cell(0).center(), CTRL)
    assert place.selected == [place.ids[1], place.ids[columns], place.ids[columns + 1]]
    band(corner, corner + QPoint(2, 2))
    assert place.selected == []


def test_cells_say_what_they_are_to_those_who_do_not_see_them(open_place):
    place = open_place(6)
    place.do(place.commands.rate(place.ids[:1], 4))
    (Path(place.picture(place.ids[1]).path)).unlink()
    accessible = QAccessible.queryAccessibleInterface(place.grid)
    assert accessible.childCount() == 6
    first = accessible.child(0)
    words = first.text(QAccessible.Text.Name)
    assert "a blue glass vase 5" in words
    assert "4 of 5 stars" in words
    assert first.rect().size() == place.grid.visualRect(place.grid.model().index(0)).size()
    tip = place.grid.model().index(3).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b>bold" in tip  # a stranger's text is shown as it is


def test_a_picture_that_is_made_meanwhile_appears_and_nothing_moves(open_place, maquette_home):
    place = open_place(300)
    place.grid.go_to(place.ids[150])
    place.click(150)
    bar = place.grid.verticalScrollBar()
    bar.setValue(bar.value() + 13)
    place.settle()
    chosen = place.selected
    before = place.grid.visualRect(place.grid.model().index(150)).top()
    new = add_pictures(maquette_home, 7, start=300)
    place.desk.driver.until(lambda: place.ids[0] == new[-1])
    place.settle()
    assert place.selected == chosen
    row = place.grid.model().row_of(chosen[0])
    assert row == 157
    columns, step = place.grid._layout.columns, place.grid._layout.step
    moved = place.grid.visualRect(place.grid.model().index(row)).top() - before
    assert abs(moved) <= step if 157 % columns < 150 % columns else abs(moved) < step


def test_the_wheel_and_the_slider_change_the_size_and_the_window_remembers_it(
    open_place, open_desk
):
    place = open_place(60)
    place.click(20)
    columns = place.grid._layout.columns
    middle = QPointF(place.grid.viewport().rect().center())
    for _ in range(3):
        event = QWheelEvent(
            middle, place.grid.viewport().mapToGlobal(middle), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(place.grid.viewport(), event)
    assert place.grid._layout.columns < columns
    assert place.page.middle.size_slider.value() == place.grid.size_of_cells > 160
    place.page.middle.size_slider.setValue(120)
    assert place.grid.size_of_cells == 120
    place.desk.close()
    again = Place(open_desk())
    assert again.grid.size_of_cells == 120


def test_a_hundred_thousand_rows_cost_what_a_screen_of_them_does(open_place, maquette_home):
    (maquette_home / "data").mkdir(parents=True)
    fill(maquette_home / "data" / "library.sqlite3", 5000)
    place = open_place()
    assert len(place.ids) == 5000
    bar = place.grid.verticalScrollBar()
    for value in range(0, bar.maximum(), max(1, bar.maximum() // 50)):
        bar.setValue(value)
        QApplication.processEvents()
    place.settle()
    last = place.grid.model().rowCount() - 1
    bar.setValue(bar.maximum())
    place.desk.driver.until(lambda: place.grid.model().picture(last) is not None)
    assert len(place.browser.rows._kept) < 4500
    place.key(Qt.Key.Key_A, CTRL)
    assert len(place.selected) == 5000
    assert place.page.middle.remark.text() == "5 000 selected"


# --- searching ----------------------------------------------------------------------------------


def test_search_finds_as_one_types_and_tells_what_it_does_not_understand(open_place):
    place = open_place(40)
    place.search("mug")
    assert len(place.ids) == 20
    place.search("mug rating:nine")
    assert "rating" in place.page.search.problem.whole
    assert place.page.search.problem.isVisible()
    place.search("白色")
    assert len(place.ids) == 10
    assert not place.page.search.problem.isVisible()
    QTest.keyClick(place.page.search.edit, Qt.Key.Key_Escape)
    place.settle()
    assert len(place.ids) == 40


def test_nothing_found_offers_to_clear_the_search(open_place):
    place = open_place(10)
    place.search("zebra")
    empty = place.page.middle.empty
    assert empty.isVisible()
    assert empty.heading.text() == "Nothing found"
    empty.clear_button.click()
    place.settle()
    assert not empty.isVisible()
    assert len(place.ids) == 10


def test_only_the_last_of_many_keys_is_answered(open_place):
    place = open_place(40)
    answers = []
    place.browser.view.changed.connect(
        lambda view, fields: answers.append(view.answer.question.text) if "answer" in fields else 0
    )
    for text in ("m", "mu", "mug", "mug ", "mug 1"):
        place.browser.search(text)
    place.settle()
    assert answers == ["mug 1"]


def test_facets_put_their_term_into_the_search_and_take_it_out_again(open_place):
    place = open_place(40)
    facets = place.page.sidebar.facets
    rows = {row.key: row for row in facets.counted.rows}
    assert rows["material\ncopper"].count == 10
    facets.chosen.emit("material\ncopper")
    place.settle()
    assert place.page.search.edit.text() == "material:copper"
    assert len(place.ids) == 10
    assert {row.key: row.on for row in facets.counted.rows}["material\ncopper"]
    facets.chosen.emit("material\ncopper")
    place.settle()
    assert place.page.search.edit.text() == ""


def test_fields_and_values_are_completed_and_searches_remembered(open_place, open_desk):
    place = open_place(12)
    box = place.page.search
    box.edit.setFocus()
    QTest.keyClicks(box.edit, "mug mat")
    place.settle()
    assert box._words.stringList() == ["material:"]
    box._complete(box._words.index(0))
    place.settle()
    assert box.edit.text() == "mug material:"
    box.edit.setText("")
    place.search("mug colour:red")
    box.remember()
    place.desk.close()
    again = Place(open_desk())
    again.page.search.offer_history()
    assert again.page.search._history == ("mug colour:red",)


def test_the_order_can_be_changed(open_place):
    place = open_place(12)
    newest = place.ids
    place.do(place.commands.rate([newest[5]], 5))
    place.page.middle.order_chosen.emit(Sorting.OLDEST)
    place.settle()
    assert place.ids == newest[::-1]
    place.page.middle.order_chosen.emit(Sorting.BEST)
    place.settle()
    assert place.ids[0] == newest[5]


# --- rating, tagging, boards, trash -------------------------------------------------------------


def test_digits_rate_what_is_selected_and_ctrl_z_takes_it_back(open_place):
    place = open_place(12)
    place.click(1)
    place.click(3, CTRL)
    place.key(Qt.Key.Key_4)
    rated = [place.ids[1], place.ids[3]]
    place.desk.driver.until(lambda: [place.picture(each).rating for each in rated] == [4, 4])
    assert place.selected == rated
    place.key(Qt.Key.Key_Z, CTRL)
    place.desk.driver.until(lambda: [place.picture(each).rating for each in rated] == [0, 0])
    assert not place.desk.window.actions_by_name["library_undo"].isEnabled()


def test_a_digit_in_the_search_box_is_a_digit(open_place):
    place = open_place(12)
    place.click(1)
    place.search("4")
    assert all(place.picture(each).rating == 0 for each in place.ids)


def test_t_asks_for_a_tag_that_all_selected_pictures_get(open_place):
    place = open_place(8)
    place.click(0)
    place.click(2, SHIFT)
    place.key(Qt.Key.Key_T)
    bar = place.page.tags
    assert bar.isVisible()
    QTest.keyClicks(bar.edit, "client, sent")
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    place.desk.driver.until(lambda: place.picture(place.ids[2]).tags == ("client", "sent"))
    assert not bar.isVisible()
    place.key(Qt.Key.Key_T)
    QTest.keyClicks(bar.edit, "-sent")
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    place.desk.driver.until(lambda: place.picture(place.ids[0]).tags == ("client",))
    place.key(Qt.Key.Key_T)
    QTest.keyClick(bar.edit, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def drop_on(view, key, mime, source):
    """Drop `mime` on the row called `key`, as Qt delivers it; whether it was taken."""
    row = next(i for i, each in enumerate(view.counted.rows) if each.key == key)
    point = view.visualRect(view.counted.index(row)).center()
    event = QDropEvent(
        QPointF(point), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    view.dropEvent(event)
    return event.isAccepted()


def test_boards_are_made_filled_by_drops_renamed_and_removed_with_undo(open_place):
    place = open_place(10)
    sidebar = place.page.sidebar
    place.desk.press("library_new_board")
    QTest.keyClicks(sidebar.name_edit, "Espresso  mug")
    QTest.keyClick(sidebar.name_edit, Qt.Key.Key_Return)
    place.desk.driver.until(lambda: [board.name for board in place.view.boards] == ["Espresso mug"])
    board = place.view.boards[0]
    pictures = place.desk.driver.run(place.desk.studio.library.pictures(place.ids[:3]))
    drop_on(sidebar.shelves, f"board {board.id}", mime_of(pictures), place.grid)
    place.desk.driver.until(lambda: place.view.boards[0].pictures == 3)
    sidebar.shelves.chosen.emit(f"board {board.id}")
    place.settle()
    assert len(place.ids) == 3
    sidebar.board_renamed.emit(board.id, 'The "best" one')
    place.desk.driver.until(lambda: place.view.boards[0].name == 'The "best" one')
    place.settle()
    assert len(place.ids) == 3  # still looking at it, under its new name
    sidebar.board_removed.emit(place.view.boards[0])
    place.desk.driver.until(lambda: place.view.boards == ())
    place.settle()
    assert place.view.question.scope == Scope()
    assert len(place.ids) == 10
    assert place.page.banner.step.isVisible()
    place.page.banner.step.click()
    place.desk.driver.until(lambda: [b.pictures for b in place.view.boards] == [3])


def test_delete_moves_to_the_trash_selects_the_next_one_and_undo_brings_it_back(open_place):
    place = open_place(10)
    place.click(4)
    gone, following = place.ids[4], place.ids[5]
    path = place.picture(gone).path
    place.key(Qt.Key.Key_Delete)
    place.desk.driver.until(lambda: gone not in place.ids)
    place.settle()
    assert not path.exists()
    assert place.selected == [following]
    assert place.view.trashed == 1
    assert place.page.banner.text.text() == "1 picture was moved to the trash."
    place.page.banner.step.click()
    place.desk.driver.until(lambda: gone in place.ids)
    assert path.exists()


def test_the_offer_to_undo_goes_when_the_change_is_taken_back_by_key(open_place):
    place = open_place(3)
    place.click(0)
    place.key(Qt.Key.Key_Delete)
    place.desk.driver.until(lambda: len(place.ids) == 2)
    assert place.page.banner.isVisible()
    place.desk.press("library_undo")
    place.desk.driver.until(lambda: len(place.ids) == 3)
    assert not place.page.banner.isVisible()


def test_the_trash_shows_what_is_in_it_puts_back_and_asks_before_it_is_emptied(open_place):
    place = open_place(10)
    first, second = place.ids[:2]
    place.do(place.commands.trash([first, second]))
    place.page.sidebar.shelves.chosen.emit("trash")
    place.settle()
    assert place.ids == [first, second]
    assert place.page.restore_button.isVisible()
    assert not place.page.export_button.isVisible()
    place.click(0)
    place.page.restore_button.click()
    place.desk.driver.until(lambda: place.ids == [second])
    kept = place.picture(second).path
    place.page.empty_button.click()
    box = place.page.findChild(QMessageBox)
    box.button(QMessageBox.StandardButton.Cancel).click()
    place.desk.driver.settle(0.1)
    assert kept.exists()
    place.page.empty_button.click()
    box = next(each for each in place.page.findChildren(QMessageBox) if each.isVisible())
    next(each for each in box.buttons() if each.text() == "Delete for good").click()
    place.desk.driver.until(lambda: place.ids == [])
    place.settle()
    assert not kept.exists()
    assert place.page.middle.empty.heading.text() == "The trash is empty"


# --- ways out -----------------------------------------------------------------------------------


def test_copy_puts_the_selected_files_on_the_clipboard(open_place):
    place = open_place(9)
    place.click(0)
    place.click(2, SHIFT)
    place.key(Qt.Key.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    place.desk.driver.until(lambda: len(clipboard.mimeData().urls()) == 3)
    paths = [url.toLocalFile() for url in clipboard.mimeData().urls()]
    assert paths == [str(place.picture(each).path) for each in place.ids[:3]]


def test_five_thousand_pictures_are_one_drag(open_place, monkeypatch):
    place = open_place(30)
    dragged = []
    monkeypatch.setattr(
        "maquette.gui.gallery.page_actions.drag_out",
        lambda _grid, pictures, _look: dragged.append(mime_of(pictures)),
    )
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    place.key(Qt.Key.Key_A, CTRL)
    place.grid.drag_asked.emit()
    place.desk.driver.until(lambda: dragged)
    assert len(dragged[0].urls()) == 30
    assert dragged_ids(dragged[0]) == place.ids


def test_what_is_no_list_of_ids_is_none():
    mime = QMimeData()
    mime.setData(IDS, b"abc")
    assert dragged_ids(mime) == []
    mime.setText("words")
    assert dragged_ids(mime) == []


def test_use_again_lays_the_recipe_out_in_create(open_place):
    place = open_place(5)
    place.click(2)
    place.desk.press("library_reuse")
    assert place.desk.window.panel.isVisible()
    assert place.desk.studio.session.value.prompt == place.picture(place.ids[2]).prompt


def test_check_goes_there_with_the_file(open_place):
    place = open_place(5)
    place.click(1)
    place.desk.press("library_check")
    asked = place.desk.marker.asked
    place.desk.driver.until(lambda: asked)
    assert asked[0][0] == place.picture(place.ids[1]).path


def test_enter_looks_at_the_whole_screen_and_comes_back_where_one_went(open_place):
    place = open_place(12)
    place.click(2)
    place.key(Qt.Key.Key_Return)
    viewer = opened_viewer(place)
    viewer.step(3)
    viewer.close()
    place.desk.driver.settle(0.1)
    assert place.grid.current_id() == place.ids[5]


def test_the_full_screen_view_follows_what_other_programs_change(open_place, maquette_home):
    place = open_place(3)
    place.click(0)
    place.key(Qt.Key.Key_Return)
    viewer = opened_viewer(place)
    place.desk.driver.until(lambda: viewer.picture is not None)
    other = Gallery.open(maquette_home / "data" / "library.sqlite3")
    other.rate([viewer.current], 5)
    other.close()
    place.browser._look()
    place.desk.driver.until(lambda: viewer.bar.stars.rating == 5)
    viewer.close()


def test_space_is_a_quick_look_that_follows_the_arrow_keys(open_place):
    place = open_place(12)
    place.click(2)
    place.key(Qt.Key.Key_Space)
    look = place.page.quick_look
    assert look.isVisible()
    place.desk.driver.until(lambda: not look.canvas.is_empty)
    QTest.keyClick(look.canvas, Qt.Key.Key_Right)
    place.settle()
    assert place.grid.current_id() == place.ids[3]
    assert str(place.ids and place.picture(place.ids[3]).prompt) in look.words.whole
    QTest.keyClick(look.canvas, Qt.Key.Key_Space)
    assert not look.isVisible()


def test_a_search_while_comparing_shows_what_it_finds(open_place):
    place = open_place(6)
    place.click(0)
    place.click(1, CTRL)
    place.page.compare_button.click()
    place.desk.driver.until(lambda: place.page.canvas is not None)
    assert not place.grid.isVisible()
    place.page.search.edit.setFocus()
    place.search("vase")
    assert place.page.canvas is None
    assert place.grid.isVisible()
    assert place.page.search.edit.text() == "vase"


def test_compare_takes_two_to_four_pictures(open_place):
    place = open_place(12)
    place.click(0)
    assert not place.page.compare_button.isEnabled()
    place.click(1, CTRL)
    assert place.page.compare_button.isEnabled()
    assert place.page.export_button.text() == "Export 2…"
    place.key(Qt.Key.Key_C)
    place.desk.driver.until(lambda: place.page.canvas is not None)
    place.page._comparison.closed.emit()
    assert place.grid.isVisible()
    place.click(5, SHIFT)
    assert not place.page.compare_button.isEnabled()


# --- empty states, language ---------------------------------------------------------------------


def test_the_keyboard_page_lists_every_action_that_has_a_key(open_place):
    place = open_place(1)
    place.desk.press("keyboard")
    dialog = place.desk.window.dialogs.keyboard
    assert dialog.isVisible()
    listed = [label.text() for label in dialog.findChildren(QLabel)]
    for name, spec in SPECS.items():
        if spec.keys and name not in RATINGS:
            assert spec.text in listed, name
    for keys in ("0 – 5", "Alt+Up", "F11"):
        assert any(keys in words for words in listed), keys
    assert not [label for label in dialog.findChildren(QLabel)
                if label.width() < label.minimumSizeHint().width()]  # fmt: skip
    room = dialog.screen().availableGeometry()
    assert room.width() >= dialog.width()
    assert room.height() >= dialog.height()
    dialog.close()


@pytest.mark.parametrize("place", list(action_spec.Place))
def test_no_key_means_two_things_in_one_place(place):
    keys = [
        key
        for spec in SPECS.values()
        if spec.place in (None, place) and not spec.local
        for key in spec.keys
    ]
    assert sorted(keys) == sorted(set(keys))


def test_an_empty_library_teaches_and_leads_to_create(open_place):
    place = open_place()
    empty = place.page.middle.empty
    assert empty.isVisible()
    assert empty.heading.text() == "Your pictures will be here"
    empty.create_button.click()
    assert place.desk.window.panel.isVisible()


def test_a_library_that_cannot_be_opened_says_so(maquette_home, open_desk):
    desk = open_desk()
    with closing(sqlite3.connect(maquette_home / "data" / "library.sqlite3")) as library:
        library.execute("PRAGMA user_version = 99")  # another program, and a newer one
    desk.press("go_library")
    page = desk.window.library
    desk.driver.until(lambda: page.middle.empty._kind is Emptiness.PROBLEM)
    assert page.middle.empty.isVisible()
    assert "newer version" in page.middle.empty.words.text()


def test_the_place_speaks_chinese_at_once(open_place):
    place = open_place(6)
    before = place.page.sidebar.title.text(), place.page.compare_button.text()
    place.desk.studio.settings.update(language="zh_CN")
    place.settle()
    after = place.page.sidebar.title.text(), place.page.compare_button.text()
    assert all(
        one != other and other.isprintable() for one, other in zip(before, after, strict=True)
    )
    assert not any(text.isascii() for text in after)
    index = place.grid.model().index(0)
    assert "提示词" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_dropped_files_are_imported_where_they_are(open_place, tmp_path):
    place = open_place(3)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    path = tmp_path / "from elsewhere.png"
    assert image.save(str(path))
    (tmp_path / "notes.txt").write_text("no picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = place.page.rect().center()
    QApplication.sendEvent(
        place.page, QDragEnterEvent(middle, Qt.DropAction.CopyAction, mime, buttons, keys)
    )
    QApplication.sendEvent(
        place.page, QDropEvent(middle, Qt.DropAction.CopyAction, mime, buttons, keys)
    )
    place.desk.driver.until(lambda: len(place.ids) == 4)
    place.settle()
    imported = next(p for p in map(place.picture, place.ids) if p.record is None)
    assert imported.path == path
    assert path.exists()
    place.desk.driver.until(place.page.banner.isVisible)
    assert place.page.banner.text.text() == "1 picture was imported."
    assert Field.SOURCE.value in {facet.field for facet in place.view.facets}
    assert place.view.question.scope.shelf is Shelf.ALL
    assert msgspec.structs.asdict(imported)["rating"] == 0
