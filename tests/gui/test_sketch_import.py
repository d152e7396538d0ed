"""The import dialog: an image before, the sketch after."""

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from maquette.core.cleanup import Cleanup, CleanupFound, ImageNature
from maquette.core.drawing import LayerRole
from maquette.core.errors import ImageError, MaquetteError
from maquette.core.pixels import Pixels
from maquette.engine.marker import CleanedSketch
from maquette.gui.sketch_import.arrivals import SketchArrivals
from maquette.gui.sketch_import.dialog import ImportSketchDialog
from maquette.gui.sketch_import.opening import clean_up_drawing, import_sketch
from maquette.state.sketch_import import Source

PRESSED = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
PAPER = ((20.0, 10.0), (180.0, 12.0), (182.0, 140.0), (18.0, 138.0))


def image(width: int = 200, height: int = 150) -> Pixels:
    made = Image.new("RGB", (width, height), (230, 230, 230))
    ImageDraw.Draw(made).line((40, 40, 160, 110), (10, 10, 10), 3)
    return np.array(made)


def lines(width: int, height: int) -> Pixels:
    made = Image.new("RGB", (width, height), "white")
    ends = (width // 4, height // 2, 3 * width // 4, height // 2)
    ImageDraw.Draw(made).line(ends, "black", 5)
    return np.array(made)


class FakeCleaner:
    """Cleans at once, or when it is let go; remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Source, Cleanup, tuple[int, int], bool]] = []
        self.found = CleanupFound(nature=ImageNature.PAPER, corners=PAPER)
        self.failure: MaquetteError | None = None
        self.hold = False
        self.closed = False

    async def clean_sketch(
        self, source: Source, cleanup: Cleanup, width: int, height: int, *, before: bool = True
    ) -> CleanedSketch:
        self.asked.append((source, cleanup, (width, height), before))
        await asyncio.sleep(0)
        while self.hold:
            await asyncio.sleep(0.002)
        if self.failure:
            raise self.failure
        sketch = np.full_like(lines(width, height), 255) if self.found.empty else None
        return CleanedSketch(
            sketch=lines(width, height) if sketch is None else sketch,
            found=self.found,
            before=image() if before else None,
        )

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def cleaner() -> FakeCleaner:
    return FakeCleaner()


@pytest.fixture
def shown(desk: Any, cleaner: FakeCleaner) -> ImportSketchDialog:
    """The dialog with an image in it."""
    dialog = import_sketch(desk.studio, desk.window, image(), called="mug.jpg", cleaner=cleaner)
    assert dialog is not None
    until_done(desk, dialog)
    return dialog


def until_done(desk: Any, dialog: ImportSketchDialog) -> None:
    desk.driver.until(lambda: not dialog._importing.store.value.is_busy)
    desk.driver.until(
        lambda: (
            dialog._importing.store.value.sketch is None or not dialog.after.picture_size.isEmpty()
        )
    )


def close(dialog: ImportSketchDialog) -> None:
    dialog.reject()


def test_an_image_becomes_a_new_drawing(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    assert shown.before.corners == PAPER
    assert shown.accept_button.isEnabled()
    before = desk.studio.drawings.drawing.id
    shown.accept_button.click()
    desk.driver.run(desk.studio.drawings.settled())
    drawing = desk.studio.drawings.drawing
    assert drawing.id != before
    assert (drawing.width, drawing.height) == cleaner.asked[0][2]
    assert drawing.layer(drawing.active).role is LayerRole.LINES
    drawn = desk.driver.run(desk.studio.drawings.sketch_images(256, 256))
    assert drawn.ink > 0.002
    assert desk.studio.session.value.sketch.used
    desk.driver.until(lambda: cleaner.closed)


def test_or_a_layer_of_the_open_one_at_its_size(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    drawing = desk.studio.drawings.drawing
    shown.as_layer.click()
    until_done(desk, shown)
    assert cleaner.asked[-1][2] == (drawing.width, drawing.height)
    shown.accept_button.click()
    desk.driver.run(desk.studio.drawings.settled())
    now = desk.studio.drawings.drawing
    assert now.id == drawing.id
    assert len(now.layers) == 1  # in the place of the empty one
    assert not desk.studio.drawings.is_blank
    desk.studio.drawings.undo()
    desk.driver.run(desk.studio.drawings.settled())
    assert desk.studio.drawings.drawing.layers == drawing.layers
    assert desk.studio.drawings.is_blank


def test_settings_are_sent_and_only_the_newest_count(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    cleaner.hold = True
    count = len(cleaner.asked)
    shown.settings.detail.slider.setValue(70)
    desk.driver.until(lambda: len(cleaner.asked) == count + 1)
    assert not shown.accept_button.isEnabled()
    for value in (71, 75, 80, 90):
        shown.settings.detail.slider.setValue(value)
    shown.settings.weight.slider.setValue(10)
    shown.settings.ruling.click()
    shown.settings.framing.click()
    shown.settings.nature.setCurrentIndex(shown.settings.nature.findData(ImageNature.PAPER))
    shown.settings.polarity.setCurrentIndex(2)
    desk.driver.settle()
    assert len(cleaner.asked) == count + 1
    cleaner.hold = False
    until_done(desk, shown)
    assert len(cleaner.asked) == count + 2
    _source, cleanup, _size, before = cleaner.asked[-1]
    assert not before  # the window has it already
    assert cleanup == Cleanup(
        nature=ImageNature.PAPER,
        detail=0.9,
        weight=0.1,
        invert=True,
        remove_ruling=False,
        margin=-1.0,
    )
    close(shown)


def test_corners_are_moved_by_mouse_and_by_keys(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    view = shown.before
    start = view.to_widget(QPointF(*PAPER[0])).toPoint()
    target = view.to_widget(QPointF(60, 50)).toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, target)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=target)
    until_done(desk, shown)
    corners = cleaner.asked[-1][1].corners
    assert corners is not None
    assert abs(corners[0][0] - 60) < 2
    assert abs(corners[0][1] - 50) < 2
    assert corners[1:] == PAPER[1:]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_3)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Right)
    until_done(desk, shown)
    corners = cleaner.asked[-1][1].corners
    assert corners is not None
    assert np.allclose(corners[2], (172, 139))
    assert np.allclose(corners[3], (19, 138))
    shown.whole_image.click()
    until_done(desk, shown)
    assert cleaner.asked[-1][1].corners == ()
    shown.find_paper.click()
    until_done(desk, shown)
    assert cleaner.asked[-1][1].corners is None
    close(shown)


def test_corners_stay_within_the_image(desk: Any, shown: ImportSketchDialog) -> None:
    view = shown.before
    view.setFocus()
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert np.allclose(view.corners[0], (0, 10))
    close(shown)


def test_an_image_without_lines_cannot_be_imported(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    sentence = "There are no lines in this picture; draw some, or turn the detail up."
    cleaner.found = msgspec.structs.replace(cleaner.found, empty=True, notices=(sentence,))
    shown.settings.detail.slider.setValue(1)
    until_done(desk, shown)
    assert shown.settings.notices.text() == sentence
    assert not shown.accept_button.isEnabled()
    shown.accept()
    assert shown.isVisible()
    close(shown)


def test_what_went_wrong_is_one_sentence_and_another_image_can_be_taken(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    cleaner.failure = ImageError("x.png could not be opened; the file seems to be damaged.")
    shown.take(b"nothing", "x.png")
    until_done(desk, shown)
    assert shown.settings.problem.text() == cleaner.failure.message
    assert shown.file.toolTip() or shown.file.text() == "x.png"
    assert not shown.accept_button.isEnabled()
    cleaner.failure = None
    shown.take(image(), "y.png")
    until_done(desk, shown)
    assert not shown.settings.problem.isVisible()
    assert shown.accept_button.isEnabled()
    close(shown)


def test_gaps_are_counted_and_ringed(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    cleaner.found = msgspec.structs.replace(
        cleaner.found, gaps=((30.0, 40.0), (100.0, 90.0)), ruled=True
    )
    plain = shown.after.grab().toImage()
    shown.settings.detail.slider.setValue(33)
    until_done(desk, shown)
    assert "2 gaps" in shown.settings.found.text()
    assert "printed lines" in shown.settings.found.text()
    assert shown.after.grab().toImage() != plain
    close(shown)


def test_closing_while_it_works_ends_the_process(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    cleaner.hold = True
    shown.settings.detail.slider.setValue(70)
    desk.driver.settle()
    shown.cancel.click()
    desk.driver.until(lambda: cleaner.closed)
    assert not desk.notice


def test_the_window_closes_in_the_middle_of_an_import(
    desk: Any, cleaner: FakeCleaner, shown: ImportSketchDialog
) -> None:
    cleaner.hold = True
    shown.settings.detail.slider.setValue(70)
    desk.driver.settle()
    desk.window.close()
    assert not shown.isVisible()
    desk.driver.until(lambda: cleaner.closed)
    assert desk.studio.drawings.is_blank


def test_files_and_images_are_dropped_and_pasted(
    desk: Any, cleaner: FakeCleaner, tmp_path: Path, shown: ImportSketchDialog
) -> None:
    path = tmp_path / "photo of a mug.png"
    Image.fromarray(image()).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    opened = import_sketch(desk.studio, desk.window, mime, cleaner=cleaner)
    assert opened is not None
    until_done(desk, opened)
    assert cleaner.asked[-1][0] == path
    assert opened.windowTitle() == "Import a sketch"
    clear = QImage(60, 40, QImage.Format.Format_ARGB32)
    clear.fill(Qt.GlobalColor.transparent)
    mime = QMimeData()
    mime.setImageData(clear)
    desk.window.window()
    pasted = import_sketch(desk.studio, desk.window, mime, cleaner=cleaner)
    assert pasted is not None
    until_done(desk, pasted)
    sent = cleaner.asked[-1][0]
    assert isinstance(sent, np.ndarray)
    assert sent.shape == (40, 60, 3)
    assert (sent == 255).all()
    assert import_sketch(desk.studio, desk.window, QMimeData(), cleaner=cleaner) is None
    for dialog in (opened, pasted, shown):
        close(dialog)


def test_svg_is_drawn_before_it_is_cleaned(desk: Any, cleaner: FakeCleaner, tmp_path: Path) -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        b'<image href="file:///etc/passwd" width="40" height="20"/>'
        b'<path d="M5 10H35" stroke="black"/></svg>'
    )
    path = tmp_path / "sketch.svgz"
    path.write_bytes(gzip.compress(svg))
    dialog = import_sketch(desk.studio, desk.window, path, cleaner=cleaner)
    assert dialog is not None
    until_done(desk, dialog)
    sent = cleaner.asked[-1][0]
    assert isinstance(sent, np.ndarray)
    assert sent.shape == (1024, 2048, 3)
    assert sent[512, 1024].max() < 50
    dialog.take(b"<svg>broken", "broken.svg")
    until_done(desk, dialog)
    assert "damaged" in dialog.settings.problem.text()
    close(dialog)


def test_a_file_that_is_gone_is_told(desk: Any, cleaner: FakeCleaner, tmp_path: Path) -> None:
    dialog = import_sketch(desk.studio, desk.window, tmp_path / "gone.png", cleaner=cleaner)
    assert dialog is not None
    until_done(desk, dialog)
    assert "gone.png is no longer there" in dialog.settings.problem.text()
    assert cleaner.asked == []
    close(dialog)


def test_cleaning_up_blank_paper_asks_for_lines(desk: Any, cleaner: FakeCleaner) -> None:
    assert desk.driver.run(clean_up_drawing(desk.studio, desk.window, cleaner=cleaner)) is None
    assert "no lines" in desk.notice
    assert cleaner.asked == []


def test_the_lines_of_the_open_drawing_are_cleaned_and_take_their_place(
    desk: Any, cleaner: FakeCleaner
) -> None:
    drawings = desk.studio.drawings
    drawings.place_image(lines(256, 256), LayerRole.LINES, "rough")
    desk.driver.run(drawings.settled())
    dialog = desk.driver.run(clean_up_drawing(desk.studio, desk.window, cleaner=cleaner))
    assert dialog is not None
    until_done(desk, dialog)
    assert cleaner.asked[-1][1].margin < 0
    assert dialog.as_layer.isChecked()
    dialog.accept_button.click()
    desk.driver.run(drawings.settled())
    layers = drawings.drawing.layers
    assert [layer.visible for layer in layers if layer.role is LayerRole.LINES][-1]
    assert not any(layer.visible for layer in layers[:-1] if layer.role is LayerRole.LINES)
    assert any(layer.name == "rough" for layer in layers)


def test_it_speaks_chinese_while_it_is_open(
    open_desk: Callable[..., Any], cleaner: FakeCleaner
) -> None:
    desk = open_desk(language="zh_CN")
    dialog = import_sketch(desk.studio, desk.window, image(), called="杯子.jpg", cleaner=cleaner)
    assert dialog is not None
    until_done(desk, dialog)
    assert dialog.accept_button.text() == "导入"
    desk.language.apply("en")
    desk.driver.settle()
    assert dialog.accept_button.text() == "Import"
    close(dialog)


def test_a_real_marker_cleans_a_real_file(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "real.jpg"
    Image.fromarray(image(800, 600)).save(path)
    dialog = import_sketch(desk.studio, desk.window, path)
    assert dialog is not None
    desk.driver.until(lambda: not dialog._importing.store.value.is_busy, timeout=60)
    value = dialog._importing.store.value
    assert value.problem == ""
    assert value.found is not None
    assert not value.found.empty
    assert value.before is not None
    assert value.before.pixels.shape == (600, 800, 3)
    close(dialog)
    desk.driver.settle(0.3)


def opened_dialogs(desk: Any) -> list[ImportSketchDialog]:
    return [dialog for dialog in desk.window.findChildren(ImportSketchDialog) if dialog.isVisible()]


def test_an_image_on_the_paper_opens_the_dialog(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeCleaner()
    monkeypatch.setattr("maquette.gui.sketch_import.opening.MarkerClient", lambda: fake)
    paper = desk.window.sketch_gate.room.canvas
    assert paper.acceptDrops()
    path = tmp_path / "photo.png"
    Image.fromarray(image()).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, *PRESSED)
    QApplication.sendEvent(paper, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        paper, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, *PRESSED)
    )
    (dialog,) = opened_dialogs(desk)
    until_done(desk, dialog)
    assert fake.asked[-1][0] == path
    close(dialog)
    words = QMimeData()
    words.setText("a mug")
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, words, *PRESSED)
    enter.ignore()
    QApplication.sendEvent(paper, enter)
    assert not enter.isAccepted()
    QApplication.clipboard().setImage(QImage(str(path)))
    paper.findChild(SketchArrivals).paste()
    (dialog,) = opened_dialogs(desk)
    until_done(desk, dialog)
    assert isinstance(fake.asked[-1][0], np.ndarray)
    close(dialog)


def test_of_several_files_the_first_image_is_opened_and_that_is_said(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeCleaner()
    monkeypatch.setattr("maquette.gui.sketch_import.opening.MarkerClient", lambda: fake)
    paper = desk.window.sketch_gate.room.canvas
    paths = [tmp_path / name for name in ("notes.pdf", "front.png", "side.png")]
    paths[0].write_text("a mug")
    for path in paths[1:]:
        Image.fromarray(image()).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action = Qt.DropAction.CopyAction
    QApplication.sendEvent(paper, QDragEnterEvent(QPoint(9, 9), action, mime, *PRESSED))
    QApplication.sendEvent(paper, QDropEvent(QPointF(9, 9), action, mime, *PRESSED))
    (dialog,) = opened_dialogs(desk)
    until_done(desk, dialog)
    assert [asked[0] for asked in fake.asked] == [paths[1]]
    assert "front.png" in desk.notice
    close(dialog)
