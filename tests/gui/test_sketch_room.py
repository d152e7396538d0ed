"""The sketch's place on the stage: views, tools, layers, files, fidelity, windows of its own."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QFileDialog,
    QLabel,
    QSlider,
    QWidget,
)
from tests.gui.conftest import Desk

from maquette.core.drawing import LayerRole
from maquette.core.fidelity import Fidelity
from maquette.core.tools import Tool
from maquette.gui.sketch_canvas.canvas import SketchCanvas
from maquette.gui.sketch_stage.fidelity_words import Grade, fidelity_words, grade
from maquette.gui.sketch_stage.layer_thumbnails import REST, shrunk
from maquette.gui.sketch_stage.layers_model import MIME
from maquette.gui.sketch_stage.line_marks import COLOURS, FOLLOWED, MISSED, lines_image
from maquette.gui.sketch_stage.room import SketchRoom
from maquette.state.sketch_layout import SketchView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(desk: Desk) -> SketchRoom:
    """A desk with empty paper."""
    return begin(desk)


def begin(desk: Desk) -> SketchRoom:
    desk.press("sketch_new")
    settle(desk)
    desk.window.activateWindow()
    return desk.window.sketch_gate.room


def settle(desk: Desk) -> None:
    desk.driver.settle(0.01)
    desk.driver.run(desk.studio.drawings.settled())
    desk.driver.settle(0.01)


def draw(room: SketchRoom) -> None:
    """One stroke of the mouse across the paper."""
    canvas = room.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(40, 20))
    for step in range(8):
        QTest.mouseMove(canvas, middle + QPoint(-40 + 10 * step, -20 + 5 * step))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 20))


def render(desk: Desk, room: SketchRoom) -> None:
    """Draw something and have it rendered."""
    draw(room)
    settle(desk)
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.driver.until(lambda: not desk.window.stage.canvas.is_empty)


def names(desk: Desk) -> list[str]:
    return [layer.name for layer in desk.studio.drawings.drawing.layers]


def roles(desk: Desk) -> list[LayerRole]:
    return [layer.role for layer in desk.studio.drawings.drawing.layers]


# --- views --------------------------------------------------------------------------------------


def test_without_a_sketch_the_stage_has_nothing_of_it(desk: Desk) -> None:
    room = desk.window.sketch_gate.room
    parts = (room.canvas, room.rail, room.options, room.layers, room.head, room.bar)
    assert not any(part.isVisible() for part in parts)
    assert desk.window.stage.title.isVisible()
    assert desk.window.stage.bar.isVisible()


def test_one_key_goes_through_the_views_and_the_last_one_stays(
    open_desk: Callable[..., Desk],
) -> None:
    desk = open_desk()
    room = begin(desk)
    stage = desk.window.stage
    assert room.canvas.isVisible()
    assert stage.result.isVisible()
    desk.press("sketch_view")
    assert room.canvas.isVisible()
    assert not stage.result.isVisible()
    desk.press("sketch_view")
    assert not room.canvas.isVisible()
    assert stage.result.isVisible()
    assert room.head.views[SketchView.WIPE].isChecked()
    desk.close()
    again = open_desk()
    again.driver.until(lambda: again.window.stage.result.isVisible())
    room = again.window.sketch_gate.room
    assert again.studio.sketches.is_on
    assert room.head.views[SketchView.WIPE].isChecked()
    assert not room.canvas.isVisible()


def test_the_window_opens_with_its_sketch_and_answers_while_that_is_built(
    open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    begin(desk)
    desk.close()
    answered = []

    def build_part(room: SketchRoom) -> bool:
        QTimer.singleShot(0, lambda: answered.append(room.is_built))
        return build(room)

    build = SketchRoom.build_part
    monkeypatch.setattr(SketchRoom, "build_part", build_part)
    again = open_desk()
    again.driver.until(lambda: again.window.findChild(SketchCanvas) is not None)
    again.driver.until(lambda: again.window.findChild(SketchCanvas).isVisible())
    assert answered.count(False) >= 5  # between parts, whatever waits has its turn


def cut_off(part: QWidget) -> list[str]:
    """What is seen of `part` is narrower than it must be, or reaches over its edge."""
    seen = [child for child in part.findChildren(QWidget) if child.isVisibleTo(part)]
    return [
        f"{child.metaObject().className()} {child.accessibleName()} {child.geometry()}"
        for child in seen
        if isinstance(child, QAbstractButton | QLabel | QAbstractSpinBox | QSlider)
        and not (
            isinstance(above := child.parentWidget(), QWidget)
            and child.width() >= min(child.minimumSizeHint().width(), child.maximumWidth())
            and above.rect().contains(child.geometry())
        )
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_off_in_the_smallest_window(
    open_desk: Callable[..., Desk], language: str
) -> None:
    desk = open_desk(language=language)
    room = begin(desk)
    render(desk, room)
    desk.window.resize(desk.window.minimumSize())
    for view in SketchView:
        room.head.views[view].click()
        settle(desk)
        for part in (room.head, room.options, room.rail, room.bar, room.layers):
            assert cut_off(part) == []
        stage = desk.window.stage
        for part in (room.canvas, stage.result):
            assert stage.rect().contains(part.geometry())
        badge = room.render.fidelity.badge
        assert desk.window.stage.canvas.rect().contains(badge.geometry())


def test_words_alone_again_leave_the_stage_as_it_was(desk: Desk, room: SketchRoom) -> None:
    desk.press("sketch")
    assert not room.canvas.isVisible()
    assert not room.head.isVisible()
    assert desk.window.stage.result.isVisible()
    assert desk.window.stage.bar.isVisible()


def test_linked_views_move_together_and_free_ones_do_not(desk: Desk, room: SketchRoom) -> None:
    render(desk, room)
    canvas = desk.window.stage.canvas
    room.canvas.zoom_by(2.0)
    assert canvas.view == room.canvas.view
    canvas.pan(20, 10)
    assert room.canvas.view == canvas.view
    room.canvas.rotate_view(30)
    room.canvas.flip_view()
    assert canvas.view == room.canvas.view
    seen = canvas.grab().toImage()
    canvas.pan(0, 60)
    assert canvas.grab().toImage() != seen
    assert room.canvas.view == canvas.view
    room.canvas.reset_view()
    desk.press("sketch_link")
    before = canvas.view
    room.canvas.zoom_by(2.0)
    assert canvas.view == before


def test_the_overlay_shows_the_render_under_the_lines(desk: Desk, room: SketchRoom) -> None:
    render(desk, room)
    paper = room.canvas.levels()[0].pixelColor(4, 4)
    assert not room.options.veil_row.isVisible()
    desk.press("sketch_view")
    settle(desk)
    assert room.canvas.levels()[0].pixelColor(4, 4) != paper
    assert room.options.veil_row.isVisible()
    room.options.veil_row.field.setValue(0)
    settle(desk)
    assert room.canvas.levels()[0].pixelColor(4, 4) == paper


def test_the_arrows_tell_what_they_take_back(desk: Desk, room: SketchRoom) -> None:
    draw(room)
    settle(desk)
    assert "Brush" in room.bar.undo.toolTip()
    desk.studio.settings.update(language="zh_CN")
    desk.driver.settle(0.01)
    assert "画笔" in room.bar.undo.toolTip()


def test_the_wipe_has_the_drawing_at_one_side(desk: Desk, room: SketchRoom) -> None:
    render(desk, room)
    desk.press("sketch_view")
    desk.press("sketch_view")
    desk.driver.until(lambda: desk.window.stage.canvas.line >= 0)
    desk.press("sketch_view")
    assert desk.window.stage.canvas.line < 0


# --- tools --------------------------------------------------------------------------------------


def test_letters_take_tools_while_the_drawing_has_the_focus(desk: Desk, room: SketchRoom) -> None:
    room.canvas.setFocus()
    QTest.keyClick(room.canvas, Qt.Key.Key_E)
    assert desk.studio.tools.value.tool is Tool.ERASER
    assert room.rail.buttons[Tool.ERASER].isChecked()
    desk.window.panel.prompt.setFocus()
    QTest.keyClicks(desk.window.panel.prompt, "lob")
    assert desk.studio.tools.value.tool is Tool.ERASER


def test_the_options_set_what_is_held(desk: Desk, room: SketchRoom) -> None:
    room.options.size_row.field.setValue(12.5)
    assert desk.studio.tools.value.size == 12.5
    room.rail.buttons[Tool.ERASER].click()
    room.options.size_row.field.setValue(40.0)
    assert (desk.studio.tools.value.size, desk.studio.tools.value.eraser_size) == (12.5, 40.0)
    room.options.options.numbers["smoothing"].field.setValue(0)
    assert desk.studio.tools.value.smoothing == 0.0


def test_colours_are_there_on_colour_layers_and_remembered(desk: Desk, room: SketchRoom) -> None:
    assert not room.options.swatch.isVisible()
    desk.studio.drawings.add_layer(LayerRole.COLOUR)
    settle(desk)
    assert room.options.swatch.isVisible()
    room.options.colours.chosen.emit("#336699")
    assert desk.studio.layout.value.sketch.colours == ("#336699",)
    assert room.options.colours.swatches[0].colour == "#336699"


def test_undo_by_key_takes_the_stroke_back_and_not_the_prompt(desk: Desk, room: SketchRoom) -> None:
    prompt = desk.studio.session.value.prompt
    draw(room)
    settle(desk)
    assert not desk.studio.drawings.is_blank
    assert room.bar.undo.text() == "1"
    QTest.keyClick(room.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert desk.studio.drawings.is_blank
    QTest.keyClick(room.canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert not desk.studio.drawings.is_blank
    assert desk.studio.session.value.prompt == prompt


# --- layers -------------------------------------------------------------------------------------


def test_layers_are_added_named_moved_and_removed_by_keys(desk: Desk, room: SketchRoom) -> None:
    drawings, rows = desk.studio.drawings, room.layers.list
    room.layers.roles.actions()[1].trigger()
    settle(desk)
    assert roles(desk) == [LayerRole.LINES, LayerRole.KEEP]
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "Handle")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(desk)
    assert names(desk) == ["", "Handle"]
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(desk)
    assert names(desk) == ["Handle", ""]
    QTest.keyClick(rows, Qt.Key.Key_Space)
    settle(desk)
    assert not drawings.active.visible
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    settle(desk)
    assert names(desk) == [""]
    for _ in range(4):
        QTest.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(desk)
    assert names(desk) == ["", ""]


def test_eye_and_lock_are_clicked(desk: Desk, room: SketchRoom) -> None:
    rows = room.layers.list
    row = rows.visualRect(rows.model().index(0, 0))
    for x in (row.left() + 10, row.right() - 10):
        point = QPoint(x, row.center().y())
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=point)
        settle(desk)
    layer = desk.studio.drawings.active
    assert layer.locked
    assert not layer.visible


def test_a_dragged_row_is_put_where_it_is_dropped(desk: Desk, room: SketchRoom) -> None:
    drawings = desk.studio.drawings
    for name in ("middle", "top"):
        drawings.add_layer(LayerRole.LINES, name)
    settle(desk)
    model = room.layers.model
    mime = model.mimeData([model.index(0)])
    assert mime.hasFormat(MIME)
    model.drop(mime, 3)
    settle(desk)
    assert names(desk) == ["top", "", "middle"]
    model.drop(mime, 0)
    settle(desk)
    assert names(desk) == ["", "middle", "top"]


def test_the_opacity_is_that_of_the_active_layer(desk: Desk, room: SketchRoom) -> None:
    room.layers.opacity_row.field.setValue(40)
    settle(desk)
    assert desk.studio.drawings.active.opacity == pytest.approx(0.4)
    desk.studio.drawings.add_layer(LayerRole.LINES)
    settle(desk)
    assert room.layers.opacity_row.field.value() == 100


def test_the_lowest_layer_cannot_be_merged_nor_the_last_removed(
    desk: Desk, room: SketchRoom
) -> None:
    actions = desk.window.actions_by_name
    assert not actions["layer_merge"].isEnabled()
    assert not actions["layer_remove"].isEnabled()
    desk.studio.drawings.add_layer(LayerRole.LINES)
    settle(desk)
    desk.press("layer_merge")
    settle(desk)
    assert len(roles(desk)) == 1


def test_no_small_picture_of_a_layer_is_begun_when_nobody_looks(
    desk: Desk, room: SketchRoom
) -> None:
    begun = []
    room.layers.thumbnails.ready.connect(begun.append)
    assert room.layers.isVisible()
    draw(room)
    settle(desk)
    desk.driver.until(lambda: bool(begun))
    draw(room)
    settle(desk)
    desk.window.hide()  # as at the end of the program
    begun.clear()
    desk.driver.settle(2 * REST / 1000)
    assert not begun


@pytest.mark.parametrize("shape", [(1024, 256), (256, 1024), (100, 64), (1024, 1024)])
def test_thumbnails_keep_thin_lines_at_every_shape(shape: tuple[int, int]) -> None:
    sheet = np.zeros((*shape, 4), np.uint8)
    sheet[shape[0] // 2 - 9 : shape[0] // 2 + 9, :, 3] = 255
    small = shrunk(sheet, keeps_ink=True)
    assert max(small.shape[:2]) <= 64
    assert small[..., :3].min() == 0
    assert small[0, 0, :3].tolist() == [255, 255, 255]


# --- files --------------------------------------------------------------------------------------


def test_an_example_puts_lines_on_the_paper(desk: Desk, room: SketchRoom) -> None:
    assert room.files.hint.isVisible()
    room.files.hint.buttons[0].click()
    desk.driver.until(lambda: not desk.studio.drawings.is_blank)
    settle(desk)
    assert roles(desk) == [LayerRole.LINES]
    assert not room.files.hint.isVisible()
    pixels = desk.studio.drawings.pixels(desk.studio.drawings.drawing.active).array
    assert 0.005 < (pixels[..., 3] > 128).mean() < 0.2


def test_the_hint_leaves_with_the_first_stroke_and_comes_back_with_undo(
    desk: Desk, room: SketchRoom
) -> None:
    draw(room)
    settle(desk)
    assert not room.files.hint.isVisible()
    assert not room.files.hint.examples.isVisible()
    desk.press("sketch_undo")
    settle(desk)
    assert room.files.hint.isVisible()


def test_a_sketch_is_saved_and_dropped_on_the_window_again(
    desk: Desk, room: SketchRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(room)
    desk.studio.drawings.rename("Mug")
    settle(desk)
    file = tmp_path / "mug.maquette"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    room.canvas.setFocus()
    QTest.keyClick(room.canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.driver.until(file.exists)
    desk.press("sketch_new")
    settle(desk)
    assert desk.studio.drawings.is_blank
    drop(desk, file)
    desk.driver.until(lambda: not desk.studio.drawings.is_blank)
    assert room.head.name.text() == "Mug"


def drop(desk: Desk, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(500, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.window.dropEvent(event)


def test_layers_go_out_as_openraster(
    desk: Desk, room: SketchRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(room)
    settle(desk)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mug"), ""))
    desk.press("sketch_export")
    desk.driver.until((tmp_path / "mug.ora").exists)


def test_the_drawing_before_is_among_the_recent_ones(desk: Desk, room: SketchRoom) -> None:
    draw(room)
    desk.studio.drawings.rename("First")
    settle(desk)
    desk.driver.until(lambda: desk.studio.drawings.is_saved)
    desk.press("sketch_new")
    settle(desk)
    menu = room.head.recent
    menu.aboutToShow.emit()
    desk.driver.until(lambda: any("First" in each.text() for each in menu.actions()))
    next(each for each in menu.actions() if "First" in each.text()).trigger()
    desk.driver.until(lambda: room.head.name.text() == "First")
    assert not desk.studio.drawings.is_blank


def test_the_name_is_typed_in_its_place(desk: Desk, room: SketchRoom) -> None:
    room.head.name.setFocus()
    room.head.name.selectAll()
    QTest.keyClicks(room.head.name, "  Tea   pot ")
    QTest.keyClick(room.head.name, Qt.Key.Key_Return)
    settle(desk)
    assert desk.studio.drawings.drawing.name == "Tea pot"
    room.head.name.setFocus()
    QTest.keyClicks(room.head.name, "x")
    QTest.keyClick(room.head.name, Qt.Key.Key_Escape)
    settle(desk)
    assert desk.studio.drawings.drawing.name == room.head.name.text() == "Tea pot"


# --- the render ---------------------------------------------------------------------------------


def test_the_badge_tells_the_fidelity_in_words(desk: Desk, room: SketchRoom) -> None:
    badge = room.render.fidelity.badge
    assert not badge.isVisible()
    render(desk, room)
    assert badge.isVisible()
    assert "Fidelity 0.91" in badge.accessibleName()
    assert "2 lines missed" in badge.accessibleName()


@pytest.mark.parametrize(
    ("score", "of"), [(0.8, Grade.GOOD), (0.79, Grade.FAIR), (0.6, Grade.FAIR), (0.59, Grade.POOR)]
)
def test_grades_have_words_of_their_own(score: float, of: Grade) -> None:
    fidelity = Fidelity(score, score, score)
    assert grade(fidelity) is of
    words = {fidelity_words(Fidelity(each, 1.0, 1.0)).split(" · ")[1] for each in (0.9, 0.7, 0.1)}
    assert len(words) == 3


def test_a_key_shows_the_lines_and_held_only_for_a_look(
    desk: Desk, room: SketchRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    render(desk, room)
    canvas = desk.window.stage.canvas
    QTest.keyPress(room.canvas, Qt.Key.Key_F4)
    desk.driver.until(lambda: canvas.shows_lines)
    assert room.render.fidelity.legend.isVisible()
    assert desk.marker.compared == [Path(desk.results.shown.path)]  # type: ignore[union-attr]
    monkeypatch.setattr("maquette.gui.sketch_stage.fidelity_view.HELD", 0.0)
    QTest.keyRelease(room.canvas, Qt.Key.Key_F4)
    assert not canvas.shows_lines
    monkeypatch.setattr("maquette.gui.sketch_stage.fidelity_view.HELD", 60.0)
    QTest.keyClick(room.canvas, Qt.Key.Key_F4)
    desk.driver.until(lambda: canvas.shows_lines)
    room.render.fidelity.badge.click()
    assert not canvas.shows_lines


def test_lines_are_told_by_colour_and_missed_ones_by_thickness() -> None:
    classes = np.zeros((9, 9), np.uint8)
    classes[2, :] = FOLLOWED
    classes[6, :] = MISSED
    image = lines_image(classes)
    assert image.pixelColor(4, 2) == QColor(COLOURS[FOLLOWED])
    assert image.pixelColor(4, 1).alpha() == 0
    assert all(image.pixelColor(4, y) == QColor(COLOURS[MISSED]) for y in (5, 6, 7))


def test_lock_part_starts_from_the_render_and_holds_a_brush(desk: Desk, room: SketchRoom) -> None:
    render(desk, room)
    desk.press("lock_part")
    settle(desk)
    desk.driver.until(lambda: desk.studio.session.value.start is not None)
    assert desk.studio.drawings.active.role is LayerRole.LOCK
    assert desk.studio.tools.value.tool is Tool.BRUSH
    assert desk.studio.layout.value.sketch.view is SketchView.OVERLAY
    desk.press("lock_part")
    settle(desk)
    assert roles(desk).count(LayerRole.LOCK) == 1


def test_a_traced_render_lies_under_the_lines_that_are_drawn_on(
    desk: Desk, room: SketchRoom
) -> None:
    render(desk, room)
    drawn_on = desk.studio.drawings.drawing.active
    desk.press("trace")
    desk.driver.until(lambda: len(roles(desk)) == 2)
    settle(desk)
    desk.driver.until(lambda: desk.studio.drawings.drawing.active == drawn_on)
    assert roles(desk) == [LayerRole.REFERENCE, LayerRole.LINES]
    desk.studio.drawings.undo()
    settle(desk)
    assert roles(desk) == [LayerRole.LINES]


def test_refine_asks_for_twice_the_steps(desk: Desk, room: SketchRoom) -> None:
    render(desk, room)
    steps = desk.client.asked[-1].steps
    desk.press("refine")
    desk.driver.until(lambda: len(desk.client.asked) == 2)
    assert desk.client.asked[-1].steps == 2 * steps
    assert desk.client.asked[-1].seed == desk.client.asked[0].seed


# --- windows of their own -----------------------------------------------------------------------


@pytest.mark.parametrize("action", ["detach_render", "detach_drawing"])
def test_a_part_goes_into_its_own_window_and_comes_back(
    desk: Desk, room: SketchRoom, action: str
) -> None:
    part: QWidget = room.canvas if action == "detach_drawing" else desk.window.stage.result
    desk.press(action)
    away = part.window()
    assert away is not desk.window
    assert away.isVisible()
    assert part.isVisible()
    assert room.canvas.isVisible()
    assert desk.window.stage.result.isVisible()
    away.close()
    settle(desk)
    assert part.window() is desk.window
    assert part.isVisible()
    assert desk.studio.layout.value.sketch.detached is None


def test_a_detached_part_is_where_it_was_after_a_restart(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    begin(desk)
    desk.press("detach_render")
    desk.window.stage.result.window().resize(431, 397)
    settle(desk)
    desk.close()
    again = open_desk()
    again.driver.until(lambda: again.window.stage.result.window() is not again.window)
    assert again.window.stage.result.window().size().width() == 431


# --- language -----------------------------------------------------------------------------------


def test_all_of_it_changes_the_language_while_open(desk: Desk, room: SketchRoom) -> None:
    desk.studio.settings.update(language="zh_CN")
    desk.driver.settle(0.02)
    assert room.head.views[SketchView.BESIDE].text() == "并排"
    assert room.head.saved.text() in ("已自动保存", "正在保存…")
    assert room.layers.title.text() == "图层"
    assert room.files.hint.buttons[0].accessibleName() == "示例草图：马克杯"


def test_the_world_goes_on_while_a_menu_is_open(desk: Desk, room: SketchRoom) -> None:
    draw(room)
    settle(desk)
    desk.press("sketch_new")
    settle(desk)
    QTest.mouseClick(room.head.files, Qt.MouseButton.LeftButton)
    menu = room.head.recent
    menu.aboutToShow.emit()
    desk.driver.until(lambda: "Untitled sketch" in " ".join(a.text() for a in menu.actions()))
    assert menu.parent().isVisible()
