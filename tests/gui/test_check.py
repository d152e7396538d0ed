"""The Check place as a person uses it: bring pictures, read verdicts, go on with them."""

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from maquette.core.errors import ImageError
from maquette.core.record import SourceType
from maquette.core.report import Evidence, Outcome, Source, Verdict
from maquette.gui.levels import read_levels
from maquette.gui.theme import current_tokens
from maquette.provenance.metadata import read_image
from maquette.state.checks import CheckState
from maquette.state.verdicts import VERDICTS

HOSTILE = '<b>bold</b> <img src="file:///etc/passwd"> &amp; ' + "x" * 3000


@pytest.fixture
def page(desk):
    desk.press("go_check")
    return desk.window.check


@pytest.fixture
def pictures(tmp_path):
    """Thirty small pictures of different colours."""
    paths = []
    for number in range(30):
        image = QImage(64 + number, 48, QImage.Format.Format_RGB32)
        image.fill(0xFF000000 + number * 7919)
        path = tmp_path / f"picture {number:02}.png"
        assert image.save(str(path))
        paths.append(str(path))
    return paths


def shown(desk):
    return desk.studio.checks.list.value.shown


def settle(desk, count=1):
    value = lambda: desk.studio.checks.list.value  # noqa: E731
    desk.driver.until(lambda: len(value().checks) >= count and value().pending == 0)


def drop(page, mime):
    """Drop `mime` in the middle of the page, as Qt delivers it: (taken by enter, by drop)."""
    middle = page.rect().center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(page, enter)
    event = QDropEvent(middle, Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(page, event)
    return enter.isAccepted(), event.isAccepted()


def mime_of(paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def texts(widget):
    return [
        part.text()
        for part in widget.findChildren(QLabel)
        if part.isVisibleTo(widget) and part.text()
    ]


def test_the_place_is_built_at_once_when_it_is_gone_to_and_the_keys_lead_there_and_back(desk):
    window = desk.window
    assert window.places._check is None
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.check.isVisible()
    assert not window.panel.isVisible()
    assert window.rail.places["check"].isChecked()
    assert window.check.stage.empty.open_button.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.panel.isVisible()
    assert window.rail.places["create"].isChecked()
    assert not window.rail.places["check"].isChecked()


def test_the_place_is_built_in_small_parts_while_nothing_happens(desk):
    window = desk.window
    window.places._preparing.start(0)
    desk.driver.until(lambda: not window.places._preparing.isActive())
    prepared = window.places._check
    assert prepared is not None
    assert not prepared.isVisible()
    desk.press("go_check")
    assert window.check is prepared
    assert prepared.stage.empty.open_button.isVisible()


@pytest.mark.parametrize("place", ["library", "check"])
def test_a_part_that_is_built_belongs_to_the_window_at_once(desk, place):
    """One that did not would outlive a window that closes between two parts, and its actions."""
    build = getattr(desk.window.places, f"_build_{place}")
    before = set(QApplication.topLevelWidgets())
    popup = Qt.WindowType.Popup
    while build():
        new = set(QApplication.topLevelWidgets()) - before
        assert not [each for each in new if each.parent() is None and each.windowType() != popup]


def test_a_change_of_one_row_paints_one_row(desk, page, pictures):
    desk.studio.checks.add_files(pictures)
    settle(desk, 30)
    desk.driver.settle(0.2)
    view, painted = page.list.list, []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                painted.append(event.region().boundingRect().height())
            return False

    watch = Watch()
    view.viewport().installEventFilter(watch)
    desk.marker.hold = True
    desk.studio.checks.again(2)
    desk.driver.until(lambda: painted)
    assert max(painted) == view.visualRect(page.list.model.index(1)).height()
    desk.marker.hold = False


def test_walking_fast_decodes_only_the_picture_that_one_stays_at(desk, page, pictures, monkeypatch):
    read = []

    def note(file):
        read.append(file)
        return read_levels(file)

    monkeypatch.setattr("maquette.gui.levels.read_levels", note)
    desk.studio.checks.add_files(pictures)
    settle(desk, 30)
    for number in range(1, 31):
        desk.studio.checks.select(number)
    desk.driver.until(
        lambda: page.stage.canvas.image is not None and page.stage.canvas.image.width() == 93
    )
    assert len(set(read)) <= 3


def test_the_same_keys_do_what_belongs_to_the_place(desk, page, monkeypatch, pictures):
    monkeypatch.setattr("maquette.gui.check_page.ask_for_pictures", lambda *_: pictures[:1])
    QTest.keyClick(desk.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.jobs == ()  # Generate is not at hand here
    assert shown(desk).path == pictures[0]


def test_dropped_files_are_checked_and_the_verdict_is_shown(desk, page, pictures):
    desk.marker.answer(
        "picture 00.png", Verdict.RECOVERED_BY_WATERMARK,
        sentence="It was made here.", history=("It was scaled to 50 %.",),
        evidence=(
            Evidence(Source.WATERMARK, Outcome.GOOD, "Our mark is there."),
            Evidence(Source.LABEL, Outcome.BAD, "The label was removed."),
            Evidence(Source.OTHER_MARKS, Outcome.ABSENT, "No other marks."),
        ),
    )  # fmt: skip
    assert drop(page, mime_of(pictures[:1])) == (True, True)
    settle(desk)
    report = page.report
    assert report.verdict.text() == "Recovered by watermark"
    assert report.sentence.text() == "It was made here."
    assert report.history.text() == "It was scaled to 50 %."
    rows = [row for row in report.rows if row.isVisible()]
    assert [row.words.text() for row in rows] == [
        "Our mark is there.", "The label was removed.", "No other marks.",
    ]  # fmt: skip
    # The sign is a word for those who do not see it, and three different pictures for the others.
    assert rows[1].words.accessibleName() == "missing or broken: The label was removed."
    assert len({row.sign.pixmap().toImage().cacheKey() for row in rows}) == 3
    desk.driver.until(lambda: not page.stage.canvas.is_empty)
    assert not page.list.isVisible()  # one picture needs no list


def test_thirty_files_are_listed_walked_by_keys_and_removed(desk, page, pictures):
    drop(page, mime_of(pictures))
    settle(desk, 30)
    view = page.list.list
    assert view.isVisible()
    assert page.list.model.rowCount() == 30
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert shown(desk).name == "picture 01.png"
    QTest.keyClick(view, Qt.Key.Key_End)
    assert shown(desk).name == "picture 29.png"
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert shown(desk).name == "picture 28.png"
    assert view.currentIndex().row() == 28
    QTest.keyClick(
        view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert page.stage.empty.isVisible()
    assert not page.report.isVisible()


def test_sorting_by_verdict_keeps_the_picture_that_is_looked_at(desk, page, pictures):
    desk.marker.answer("picture 05.png", Verdict.TAMPERED)
    desk.studio.checks.add_files(pictures[:8])
    settle(desk, 8)
    desk.studio.checks.select(3)
    box = page.list.order
    box.setCurrentIndex(1)
    box.activated.emit(1)
    model = page.list.model
    first = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert first == "picture 05.png: Tampered"
    assert shown(desk).name == "picture 02.png"
    assert page.list.list.currentIndex().data() == "picture 02.png"


def test_checking_can_be_stopped_and_says_how_far_it_is(desk, page, pictures):
    desk.marker.hold = True
    desk.studio.checks.add_files(pictures[:5])
    desk.driver.until(lambda: desk.marker.asked)
    assert page.stage.doing.text() == "Checking 1 of 5"
    assert page.stage.line.isVisible()
    assert page.report.verdict.text() == "Checking…"
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert {check.state for check in desk.studio.checks.list.value.checks} == {CheckState.STOPPED}
    assert not page.stage.line.isVisible()
    desk.marker.hold = False
    QTest.keyClick(desk.window, Qt.Key.Key_F5)
    settle(desk)
    assert page.report.verdict.text() == "Nothing found"


def test_a_pasted_files_bytes_come_before_its_bare_pixels(desk, page, pictures):
    data = Path(pictures[3]).read_bytes()
    mime = QMimeData()
    mime.setImageData(QImage(9, 9, QImage.Format.Format_RGB32))
    mime.setData("image/png", data)
    QGuiApplication.clipboard().setMimeData(mime)
    desk.press("check_paste")
    settle(desk)
    assert desk.marker.asked == [(data, "Pasted picture")]
    desk.driver.until(lambda: not page.stage.canvas.is_empty)
    assert page.stage.canvas.image.width() == 67


def test_pasted_pixels_are_checked_too(desk, page):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF123456)
    QGuiApplication.clipboard().setImage(image)
    desk.press("check_paste")
    settle(desk)
    source, _name = desk.marker.asked[0]
    assert QImage.fromData(source).pixelColor(5, 5).name() == "#123456"


def test_pasted_files_are_checked_and_text_is_not(desk, page, pictures):
    QGuiApplication.clipboard().setMimeData(mime_of(pictures[:2]))
    desk.press("check_paste")
    settle(desk, 2)
    QGuiApplication.clipboard().setText("just words")
    desk.press("check_paste")
    assert "no picture on the clipboard" in page.banner.text.text()
    assert len(desk.studio.checks.list.value.checks) == 2


def test_a_picture_made_here_is_checked_from_its_context_action(desk):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.press("check_picture")
    settle(desk)
    assert desk.window.check.isVisible()
    assert shown(desk).path == desk.results.shown.path


def test_a_file_that_cannot_be_read_says_why_and_the_rest_goes_on(desk, page, pictures, tmp_path):
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"this is no picture")
    desk.marker.answers["bad.png"] = ImageError("bad.png cannot be read; choose another file.")
    desk.studio.checks.add_files([str(bad), pictures[0]])
    settle(desk, 2)
    assert page.report.verdict.text() == "Cannot be read"
    assert page.report.sentence.text() == "bad.png cannot be read; choose another file."
    desk.driver.until(page.stage.unreadable.isVisible)
    desk.studio.checks.select(2)
    desk.driver.until(lambda: not page.stage.canvas.is_empty)
    assert page.stage.canvas.isVisible()


def test_the_recipe_of_a_checked_picture_is_laid_out_in_create(desk, page, pictures, sample_recipe):
    desk.marker.answer("picture 00.png", Verdict.SIGNED_INTACT, recipe=sample_recipe)
    desk.studio.checks.add_files(pictures[:1])
    settle(desk)
    assert page.report.prompt.text() == sample_recipe.prompt
    desk.press("check_reuse")
    assert desk.window.panel.isVisible()
    assert desk.window.panel.prompt.toPlainText() == sample_recipe.prompt
    assert desk.studio.session.value.seed == sample_recipe.seed


def test_marks_are_given_back_to_a_picture_that_lost_them(
    desk, page, pictures, sample_recipe, tmp_path, monkeypatch
):
    restore = desk.window.actions_by_name["check_restore"]
    for number, verdict in enumerate((Verdict.TAMPERED, Verdict.RECOVERED_BY_WATERMARK)):
        desk.marker.answer(
            f"picture 0{number}.png", verdict, recipe=sample_recipe, record_id="7F3A91C2",
            created="2026-11-22T10:00:00+00:00", tool="Maquette 0.2",
            source_type=SourceType.GENERATED,
        )  # fmt: skip
    desk.studio.checks.add_files(pictures[:2])
    settle(desk, 2)
    assert not restore.isEnabled()  # what was tampered with is not ours to confirm
    desk.studio.checks.select(2)
    assert restore.isEnabled()
    target = tmp_path / "whole again.png"
    monkeypatch.setattr("maquette.gui.check_page.ask_where_to_save", lambda *_: str(target))
    desk.press("check_restore")
    desk.driver.until(lambda: "whole again.png" in page.banner.text.text())
    _pixels, texts = read_image(target)
    assert texts.record.id == "7F3A91C2"
    assert texts.record.recipe == sample_recipe


def test_the_original_is_shown_beside_the_picture_when_it_is_known(desk, page, pictures):
    desk.marker.answer("picture 00.png", Verdict.SIMILAR, known_path=pictures[9])
    desk.studio.checks.add_files(pictures[:2])
    settle(desk, 2)
    assert desk.window.actions_by_name["check_compare"].isEnabled()
    desk.press("check_compare")
    desk.driver.until(lambda: not page.stage.original.is_empty)
    assert page.stage.original.isVisible()
    assert page.stage.original.image.width() == 73
    desk.studio.checks.select(2)  # its original is not known
    assert not page.stage.original.isVisible()
    assert not desk.window.actions_by_name["check_compare"].isEnabled()


def test_the_part_that_is_left_is_framed_in_the_original(desk, page, pictures, tmp_path):
    original = tmp_path / "original.png"
    white = QImage(400, 200, QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    assert white.save(str(original))
    desk.marker.answer(
        "picture 00.png", Verdict.RECOVERED_BY_WATERMARK, known_path=str(original),
        crop=(0.0, 0.0, 0.5, 1.0),
    )  # fmt: skip
    desk.studio.checks.add_files(pictures[:1])
    settle(desk)
    desk.press("check_compare")
    canvas = page.stage.original
    desk.driver.until(lambda: not canvas.is_empty)
    shown_now, target = canvas.grab().toImage(), canvas.target()

    def at(x, y):
        return shown_now.pixelColor(
            round(target.left() + x * target.width()), round(target.top() + y * target.height())
        )

    assert at(0.25, 0.5).name() == "#ffffff"  # what is left is as it is
    assert at(0.75, 0.5).lightness() < 150  # what is missing lies under a veil
    edge = {at(0.5 - 1.5 / target.width(), y / 100).name() for y in range(20, 80)}
    assert len(edge) >= 2  # dashes


def test_the_original_is_wiped_over_the_picture_with_keys_and_mouse(
    desk, page, pictures, sample_recipe, tmp_path
):
    files = []
    for name, colour in (("checked.png", 0xFF0000FF), ("original.png", 0xFFFF0000)):
        image = QImage(320, 256, QImage.Format.Format_RGB32)
        image.fill(colour)
        files.append(str(tmp_path / name))
        assert image.save(files[-1])
    desk.marker.answer(
        "checked.png", Verdict.RECOVERED_BY_WATERMARK, known_path=files[1], recipe=sample_recipe
    )
    desk.studio.checks.add_files([files[0], pictures[0]])
    settle(desk, 2)
    canvas = page.stage.canvas
    desk.driver.until(lambda: not canvas.is_empty)
    desk.press("check_compare")
    QTest.keyClick(
        desk.window,
        Qt.Key.Key_W,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    desk.driver.until(lambda: canvas.line == 0.5)
    assert not desk.window.actions_by_name["check_compare"].isChecked()
    assert not page.stage.original.isVisible()
    target = canvas.target()

    def colour_at(x):
        place = QPoint(round(target.left() + x * target.width()), round(target.bottom() - 20))
        return canvas.grab().toImage().pixelColor(place).name()

    assert (colour_at(0.4), colour_at(0.6)) == ("#ff0000", "#0000ff")
    canvas.setFocus()
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.line == pytest.approx(0.7)
    assert colour_at(0.6) == "#ff0000"
    at_line = QPoint(round(target.left() + 0.7 * target.width()), round(target.center().y()))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at_line)
    QTest.mouseMove(canvas, QPoint(round(target.left() + 0.2 * target.width()), at_line.y()))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    assert canvas.line == pytest.approx(0.2, abs=0.01)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert colour_at(0.4) == "#0000ff"
    desk.studio.checks.select(2)  # without an original
    assert canvas.line == -1.0
    assert not desk.window.actions_by_name["check_wipe"].isEnabled()


def test_the_bar_tells_the_name_and_its_tip_the_folder(desk, page, tmp_path):
    folder = tmp_path / "<b>folder"
    folder.mkdir()
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(0xFF112233)
    assert image.save(str(folder / "bowl.png"))
    desk.studio.checks.add_files([str(folder)])
    settle(desk)
    assert page.stage.place.text() == "bowl.png"
    tip = page.stage.place.toolTip()
    assert "&lt;b>folder" in tip
    assert "<b>" not in tip


def test_an_original_that_is_gone_meanwhile_is_one_sentence(desk, page, pictures, tmp_path):
    gone = str(tmp_path / "gone.png")
    desk.marker.answer("picture 00.png", Verdict.SIMILAR, known_path=gone)
    desk.studio.checks.add_files(pictures[:1])
    settle(desk)
    desk.press("check_compare")
    desk.driver.until(lambda: "gone.png is no longer there" in page.banner.text.text())


def test_every_verdict_is_a_heading_in_its_own_colour_in_both_themes(desk, page, pictures):
    verdicts = {f"picture {number:02}.png": verdict for number, verdict in enumerate(Verdict)}
    for name, verdict in verdicts.items():
        desk.marker.answer(name, verdict)
    desk.studio.checks.add_files(pictures[: len(verdicts)])
    settle(desk, len(verdicts))
    for theme in ("light", "dark"):
        desk.studio.settings.update(theme=theme)
        desk.driver.settle()
        tokens = current_tokens()
        assert tokens.name == theme
        colours = [
            getattr(tokens, name) for name in ("success", "accent_text", "danger", "text", "muted")
        ]
        # What is shown already takes the new colour, and so do the others.
        assert any(colour in page.report.verdict.styleSheet() for colour in colours)
        for check in desk.studio.checks.list.value.checks:
            desk.studio.checks.select(check.id)
            desk.driver.settle(0.01)
            assert page.report.verdict.text() == VERDICTS[verdicts[check.name]].heading
            assert any(colour in page.report.verdict.styleSheet() for colour in colours)


def test_hostile_text_stays_text_and_does_not_widen_the_column(desk, page, pictures):
    evidence = Evidence(Source.OTHER_MARKS, Outcome.WARNING, HOSTILE, HOSTILE)
    desk.marker.answer(
        "picture 00.png", Verdict.METADATA_ONLY, sentence=HOSTILE, evidence=(evidence,),
        history=(HOSTILE,), known_path="/nowhere/" + HOSTILE,
    )  # fmt: skip
    desk.window.resize(1280, 720)
    desk.studio.checks.add_files(pictures[:1])
    settle(desk)
    page.report.detail_fold.set_open(True)
    desk.driver.settle()
    labels = [part for part in page.report.findChildren(QLabel) if part.text()]
    assert all(part.textFormat() is Qt.TextFormat.PlainText for part in labels)
    assert any("<b>bold</b>" in part.text() for part in labels)
    assert page.report.width() <= 420
    assert desk.window.width() == 1280


def test_report_text_goes_to_the_clipboard_and_all_reports_to_a_file(
    desk, page, pictures, tmp_path, monkeypatch
):
    desk.marker.answer("picture 01.png", Verdict.TAMPERED)
    desk.studio.checks.add_files(pictures[:3])
    settle(desk, 3)
    desk.studio.checks.select(2)
    desk.press("check_copy")
    assert "Tampered" in QGuiApplication.clipboard().text()
    for name in ("all.json", "all.csv"):
        target = tmp_path / name
        monkeypatch.setattr(
            "maquette.gui.check_page.ask_where_to_save_reports", lambda *_, t=target: str(t)
        )
        desk.press("check_save")
        desk.driver.until(target.exists)
    assert [r["verdict"] for r in json.loads((tmp_path / "all.json").read_text())] == [
        "nothing_found", "tampered", "nothing_found",
    ]  # fmt: skip
    with (tmp_path / "all.csv").open(encoding="utf-8-sig") as stream:
        assert [row["name"] for row in csv.DictReader(stream)] == [
            "picture 00.png", "picture 01.png", "picture 02.png",
        ]  # fmt: skip


def test_everything_in_the_place_has_a_name_and_is_reached_by_tab(desk, page, pictures):
    desk.marker.answer("picture 00.png", Verdict.SIGNED_INTACT, known_path=pictures[1])
    desk.studio.checks.add_files(pictures[:3])
    settle(desk, 3)
    reachable = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(page)
        and not widget.objectName().startswith("qt_")
    ]
    assert all(w.accessibleName() or getattr(w, "text", lambda: "")() for w in reachable)
    seen, widget = set(), page.list.list
    while widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    assert set(reachable) <= seen


def test_the_place_speaks_chinese_at_once(desk, page, pictures):
    desk.studio.checks.add_files(pictures[:2])
    settle(desk, 2)
    english = set(texts(page))
    desk.studio.settings.update(language="zh_CN")
    desk.driver.settle()
    assert page.report.verdict.text() != "Nothing found"
    left = english & set(texts(page))
    # What stays is what is no language: file names, numbers, the marker's own words.
    assert not {text for text in left if text in {spec.heading for spec in VERDICTS.values()}}
    assert page.list.title.text() not in english


def test_dragging_shows_where_to_drop_only_while_it_lasts(desk, page, pictures):
    mime = mime_of(pictures[:1])
    enter = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(page, enter)
    assert page.stage.property("dropping") == "true"
    drop(page, mime)
    assert not page.stage.property("dropping")
