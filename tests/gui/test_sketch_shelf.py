"""The shelf of sketches: thrown away with an undo, seen in the trash, and brought back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.gui.conftest import Desk

from maquette.core.errors import DrawingInUse
from maquette.core.rect import Rect
from maquette.gui.sketch_shelf.dialog import SketchesDialog
from maquette.library.sketches.drawing_file import DrawingFile
from maquette.state.drawings import Drawings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def drawn(desk: Desk, name: str) -> str:
    """A new sketch called `name` with a bar on it; its id."""
    drawings = desk.studio.drawings
    desk.press("sketch_new")
    desk.driver.run(drawings.settled())
    layer = drawings.drawing.active
    assert drawings.begin(layer)
    drawings.pixels(layer).array[400:420, 200:800] = (0, 0, 0, 255)
    drawings.commit(layer, Rect(200, 400, 600, 20), "Brush")
    drawings.rename(name)
    desk.driver.until(lambda: drawings.is_saved)
    return drawings.drawing.id


def on_shelf(desk: Desk) -> set[str]:
    return {one.name for one in desk.driver.run(desk.studio.drawings.shelved())}


def opened(desk: Desk, *, sketches: int) -> SketchesDialog:
    """The window of all sketches, once it lists so many."""
    desk.press("sketches")
    dialog = desk.window.dialogs.sketches
    assert dialog is not None
    desk.driver.until(lambda: dialog.list.count() == sketches)
    return dialog


def choose(dialog: SketchesDialog, drawing_id: str) -> None:
    rows = range(dialog.list.count())
    row = next(r for r in rows if dialog.list.item(r).data(Qt.ItemDataRole.UserRole) == drawing_id)
    dialog.list.setCurrentRow(row)


def is_open(desk: Desk, drawing_id: str) -> Callable[[], bool]:
    drawings: Drawings = desk.studio.drawings
    return lambda: drawings.drawing.id == drawing_id and not drawings.is_blank


def test_the_open_sketch_is_thrown_away_and_undo_lays_it_out_again(desk: Desk) -> None:
    mug = drawn(desk, "Mug")
    desk.press("sketch_delete")
    desk.driver.until(lambda: "trash" in desk.notice)
    assert "Mug" in desk.notice
    assert desk.studio.drawings.is_blank
    assert on_shelf(desk) == set()
    desk.window.banner.step.click()
    desk.driver.until(is_open(desk, mug))
    assert on_shelf(desk) == {"Mug"}


def test_only_a_sketch_that_was_drawn_on_can_be_thrown_away(desk: Desk) -> None:
    desk.press("sketch_new")
    desk.driver.run(desk.studio.drawings.settled())
    action = desk.window.actions_by_name["sketch_delete"]
    assert not action.isEnabled()
    drawn(desk, "Mug")
    assert action.isEnabled()
    action.trigger()
    action.trigger()  # as a key that is struck twice
    desk.driver.until(lambda: "trash" in desk.notice)
    assert not action.isEnabled()
    desk.driver.settle(0.1)
    assert desk.notice == "The sketch “Mug” is in the trash."
    assert desk.window.banner.step.isVisible()


def test_several_are_thrown_away_by_key_and_ctrl_z_takes_it_back(desk: Desk) -> None:
    for name in ("Mug", "Lamp", "Vase"):
        drawn(desk, name)
    dialog = opened(desk, sketches=3)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    desk.driver.until(lambda: dialog.empty.isVisible())
    assert desk.notice == "3 sketches are in the trash."
    assert on_shelf(desk) == set()
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.driver.until(lambda: dialog.list.count() == 3)
    assert on_shelf(desk) == {"Mug", "Lamp", "Vase"}
    assert desk.notice == ""  # there is nothing to undo any more


def test_what_is_in_the_trash_is_seen_and_brought_back(desk: Desk) -> None:
    mug, lamp = drawn(desk, "Mug"), drawn(desk, "Lamp")
    desk.studio.sketch_shelf.discard((mug,), "Mug")
    dialog = opened(desk, sketches=1)
    dialog.trashed.click()
    desk.driver.until(lambda: dialog.list.item(0) and "days left" in dialog.list.item(0).text())
    assert dialog.list.item(0).text().startswith("Mug\n")
    assert dialog.back.isVisible()
    assert not dialog.remove.isVisible()
    dialog.back.click()
    desk.driver.until(lambda: dialog.empty.isVisible())
    assert on_shelf(desk) == {"Mug", "Lamp"}
    assert desk.studio.drawings.drawing.id == lamp


def test_enter_opens_a_sketch_straight_out_of_the_trash(desk: Desk) -> None:
    mug = drawn(desk, "Mug")
    desk.press("sketch_delete")
    desk.studio.sketches.turn(False)
    dialog = opened(desk, sketches=0)
    dialog.trashed.click()
    desk.driver.until(lambda: dialog.list.count() == 1)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    desk.driver.until(is_open(desk, mug))
    assert desk.studio.sketches.is_on
    assert not dialog.isVisible()


def held_elsewhere(desk: Desk, drawing_id: str) -> DrawingFile:
    """The file of a sketch as another window of the program has it open."""
    file = desk.home / "data" / "sketches" / drawing_id / "drawing.sqlite3"
    while True:
        try:
            return DrawingFile(file)
        except DrawingInUse:  # this window is still putting it away
            desk.driver.settle(0.01)


def test_a_sketch_that_another_window_has_open_stays_and_the_rest_can_be_taken_back(
    desk: Desk,
) -> None:
    lamp, mug = drawn(desk, "Lamp"), drawn(desk, "Mug")
    held = held_elsewhere(desk, lamp)
    desk.studio.sketch_shelf.discard((lamp, mug))
    desk.driver.until(lambda: "another window" in desk.notice)
    assert on_shelf(desk) == {"Lamp"}
    held.close()
    desk.window.banner.step.click()
    desk.driver.until(is_open(desk, mug))
    assert on_shelf(desk) == {"Mug", "Lamp"}


def test_names_are_plain_text_and_said_in_the_language_of_the_window(desk: Desk) -> None:
    drawn(desk, "<b>Mug</b>")
    dialog = opened(desk, sketches=1)
    choose(dialog, desk.studio.drawings.drawing.id)
    item = dialog.list.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "<b>Mug</b>, open now"
    assert "&lt;b>" in item.toolTip()
    desk.studio.settings.update(language="zh_CN")
    desk.driver.until(lambda: dialog.windowTitle() == "草图")
    assert item.text().endswith("当前打开")
