"""The batch dialog with real files: what it shows, what it queues, what it refuses."""

import re

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from maquette.core.job import JobState
from maquette.gui.batch_dialog import BatchDialog

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def closed_dialogs(desk):
    """No dialog outlives its test: the window would not be gone when the test is."""
    yield
    for dialog in desk.window.findChildren(BatchDialog):
        dialog.reject()


def drop_on(desk, path):
    """Drop a file on the window, as a file manager does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(desk.window.rect().center())
    desk.window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, button, keys))


def dialog_of(desk):
    return next(child for child in desk.window.findChildren(BatchDialog) if child.isVisible())


@pytest.fixture
def shown(desk, tmp_path):
    """(name, content) to the dialog that shows a file dropped on the window."""

    def show(name, content):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        drop_on(desk, path)
        dialog = dialog_of(desk)
        desk.driver.until(lambda: dialog.summary.text() != dialog.tr("Reading…"))
        return dialog

    return show


def rows(dialog):
    model = dialog.list.model()
    columns = [n for n in range(model.columnCount()) if not dialog.list.isColumnHidden(n)]
    return [
        [model.index(row, column).data() for column in columns] for row in range(model.rowCount())
    ]


def test_a_dropped_file_is_shown_and_queued_as_one_group(desk, shown):
    dialog = shown("mugs.csv", "prompt,seed,steps\na {{red|blue}} mug,7,3\na vase,1..2,3\n")
    assert dialog.summary.text().startswith("4 pictures from 2 lines")
    assert rows(dialog)[0] == ["2", "a red mug", "256 × 256", "7"]
    assert dialog.queue_up.text() == "Queue 4 pictures"
    dialog.queue_up.click()
    desk.driver.until(lambda: [job.state for job in desk.jobs] == [JobState.FINISHED] * 4)
    assert [job.recipe.prompt for job in desk.jobs] == [
        "a red mug",
        "a blue mug",
        "a vase",
        "a vase",
    ]
    assert {job.group_name for job in desk.jobs} == {"mugs.csv"}
    assert len({job.group for job in desk.jobs}) == 1
    assert len({job.path for job in desk.jobs}) == 4


def test_every_problem_is_listed_and_nothing_can_be_queued(desk, shown):
    dialog = shown("bad.csv", "prompt,steps\nfine,3\na,many\nb,999\n")
    assert [row[0] for row in rows(dialog)] == ["3", "4"]
    assert "“steps” must be a whole number" in rows(dialog)[0][1]
    assert "Nothing is queued" in dialog.summary.text()
    assert not dialog.queue_up.isEnabled()
    desk.studio.settings.update(language="zh_CN")
    assert "“steps”必须是整数" in rows(dialog)[0][1]
    assert desk.jobs == ()


def test_the_time_is_told_once_the_pace_is_known(desk, shown):
    assert "after the first picture" in shown("a.txt", "one\n").summary.text()
    dialog_of(desk).queue_up.click()
    desk.driver.until(lambda: desk.jobs and desk.jobs[0].state is JobState.FINISHED)
    assert re.search(r"about \d+ s", shown("b.txt", "two\nthree\n").summary.text())


def test_pictures_start_from_files_beside_the_batch(desk, shown, tmp_path):
    for name, level in (("dark.png", 10), ("light.png", 240)):
        Image.fromarray(np.full((300, 400, 3), level, np.uint8)).save(tmp_path / name)
    table = "prompt,start,strength\na,dark.png,0.5\nb,light.png,\nc,,\n"
    dialog = shown("starts.csv", table)
    dialog.queue_up.click()
    desk.driver.until(lambda: len(desk.client.starts) == 3)
    dark, light, none = desk.client.starts
    assert none is None
    assert (dark.pixels.max(), light.pixels.min()) == (10, 240)
    assert desk.client.asked[0].start.strength == 0.5


def test_a_start_picture_that_is_none_is_told_with_its_line(shown, tmp_path):
    (tmp_path / "text.png").write_text("no picture")
    dialog = shown("starts.csv", "prompt,start\na,text.png\n")
    [(line, words)] = rows(dialog)
    assert line == "2"
    assert "is not a picture that can be opened" in words


def test_without_a_file_the_dialog_teaches_and_takes_a_drop(desk, tmp_path):
    desk.press("batch")
    dialog = dialog_of(desk)
    assert not dialog.queue_up.isEnabled()
    assert any("one prompt on each line" in line.text() for line in dialog._words)
    path = tmp_path / "a.txt"
    path.write_text("a mug\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, button, keys)
    dialog.dropEvent(event)
    desk.driver.until(dialog.queue_up.isEnabled)


def test_a_file_that_is_gone_is_told(desk, tmp_path):
    dialog = desk.window.dialogs.open_batch(str(tmp_path / "none.csv"))
    desk.driver.until(lambda: "There is no file" in dialog.summary.text())
    assert not dialog.queue_up.isEnabled()
