"""The Create room as a person uses it: type, generate, look, vary, reuse, cancel."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.job import JobState
from maquette.core.marking import FileFormat
from maquette.gui.export_dialog import ExportDialog
from maquette.provenance.metadata import read_image
from maquette.state.results import StageKind

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def wait_for(desk, state, count=1):
    desk.driver.until(lambda: sum(job.state is state for job in desk.jobs) >= count)


def test_the_first_run_has_an_example_and_the_models_own_settings(desk):
    session = desk.studio.session.value
    assert desk.window.panel.prompt.toPlainText() == "a red mug"
    assert (session.width, session.height, session.steps) == (256, 256, 4)
    assert desk.window.stage.empty.isVisible()


def test_typing_and_ctrl_enter_make_a_picture_on_disk(desk):
    panel = desk.window.panel
    panel.prompt.setFocus()
    panel.prompt.selectAll()
    QTest.keyClicks(panel.prompt, "a blue vase")
    QTest.keyClick(panel.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(desk, JobState.FINISHED)
    job = desk.jobs[0]
    assert job.recipe.prompt == "a blue vase"
    assert Path(job.path).is_file()
    desk.driver.until(lambda: desk.results.stage.value.kind is StageKind.PICTURE)
    desk.driver.until(lambda: desk.window.stage.canvas.image is not None)
    assert desk.window.recent.model.rowCount() == 1


def test_the_preview_changes_while_the_picture_forms(desk):
    seen = []
    canvas = desk.window.stage.canvas
    desk.studio.jobs.preview.connect(
        lambda *_: seen.append(canvas.image.pixelColor(5, 5).rgb() if canvas.image else None)
    )
    desk.press("generate")
    wait_for(desk, JobState.FINISHED)
    assert len({colour for colour in seen if colour is not None}) >= 3


def test_the_seed_is_drawn_anew_unless_locked(desk):
    desk.press("generate")
    wait_for(desk, JobState.FINISHED, 1)
    desk.press("generate")
    wait_for(desk, JobState.FINISHED, 2)
    assert desk.jobs[0].recipe.seed != desk.jobs[1].recipe.seed
    desk.press("lock_seed")
    desk.press("generate")
    wait_for(desk, JobState.FINISHED, 3)
    assert desk.jobs[2].recipe.seed == desk.jobs[1].recipe.seed
    assert desk.window.panel.seed_row.lock.isChecked()


def test_a_typed_seed_is_locked_and_used(desk):
    field = desk.window.panel.seed_row.field
    field.selectAll()
    QTest.keyClicks(field, "12345")
    desk.press("generate")
    wait_for(desk, JobState.FINISHED)
    assert desk.jobs[0].recipe.seed == 12345


def test_several_images_have_consecutive_seeds_and_all_are_kept(desk):
    desk.window.panel.count.setValue(3)
    desk.press("generate")
    wait_for(desk, JobState.FINISHED, 3)
    seeds = [job.recipe.seed for job in desk.jobs]
    assert seeds == [seeds[0], (seeds[0] + 1) % 2**32, (seeds[0] + 2) % 2**32]
    assert len({job.path for job in desk.jobs}) == 3
    assert desk.window.recent.model.rowCount() == 3


def test_vary_repeats_the_recipe_with_another_seed(desk):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.studio.session.update(prompt="something else meanwhile")
    desk.press("vary")
    wait_for(desk, JobState.FINISHED, 2)
    first, second = (job.recipe for job in desk.jobs)
    assert second.prompt == first.prompt
    assert second.seed != first.seed


def test_reuse_lays_the_recipe_out_and_gives_the_same_picture(desk):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.studio.session.update(prompt="other", width=320, steps=9)
    desk.press("reuse")
    desk.press("generate")
    wait_for(desk, JobState.FINISHED, 2)
    first, second = (job.recipe for job in desk.jobs)
    assert second == first


def test_cancel_says_so_at_once_and_keeps_nothing(desk):
    desk.client.hold_at = 2
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs and desk.jobs[0].step == 2)
    desk.press("cancel")
    model = desk.window.queue.model
    assert "Cancelling" in model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert desk.window.status.phase.text() == "Cancelling…"
    wait_for(desk, JobState.CANCELLED)
    desk.client.hold_at = None
    assert desk.results.stage.value.kind is StageKind.EMPTY
    assert not list((desk.home / "Pictures").rglob("*.png"))


def test_cancel_all_ends_running_and_waiting_jobs(desk):
    desk.client.hold_at = 1
    desk.window.panel.count.setValue(5)
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs and desk.jobs[0].step == 1)
    desk.press("cancel_all")
    wait_for(desk, JobState.CANCELLED, 5)
    desk.press("clear_finished")
    desk.driver.until(lambda: desk.window.queue.model.rowCount() == 0)


def test_a_failed_job_says_why_and_can_be_tried_again(desk):
    sentence = "The device is out of memory; please choose a smaller size."
    desk.client.failures.append(JobFailed(sentence, FailureCode.OUT_OF_MEMORY, "log tail"))
    desk.press("generate")
    wait_for(desk, JobState.FAILED)
    assert desk.notice == sentence
    model = desk.window.queue.model
    assert sentence in model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    banner = desk.window.banner
    assert not banner.detail.isVisible()
    banner.more.click()
    assert banner.detail.toPlainText() == "log tail"
    banner.step.click()
    wait_for(desk, JobState.FINISHED)
    assert desk.notice == ""


def test_an_older_picture_stays_on_the_stage_while_others_are_made(desk):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    first = desk.results.shown
    desk.client.hold_at = 1
    desk.press("generate")
    desk.driver.until(lambda: len(desk.jobs) == 2 and desk.jobs[1].step == 1)
    desk.results.show(first.path)
    desk.client.hold_at = None
    wait_for(desk, JobState.FINISHED, 2)
    desk.driver.settle()
    assert desk.results.shown == first


def test_copy_gives_the_files_own_bytes(desk):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    QGuiApplication.clipboard().clear()
    desk.press("copy")
    mime = QGuiApplication.clipboard().mimeData
    desk.driver.until(lambda: mime() is not None and mime().hasFormat("image/png"))
    assert bytes(mime().data("image/png").data()) == Path(desk.results.shown.path).read_bytes()
    assert mime().urls()[0].toLocalFile() == desk.results.shown.path


def save_as(desk, monkeypatch, target, choose=lambda dialog: None):
    """Ctrl+S, what `choose` does to the dialog, and a click on its button."""
    monkeypatch.setattr("maquette.gui.dialogs.ask_where_to_save", lambda *_: str(target))
    desk.press("save_as")
    [dialog] = [found for found in desk.window.findChildren(ExportDialog) if found.isVisible()]
    choose(dialog)
    dialog.save.click()
    desk.driver.settle(0)  # the dialog goes


def test_save_as_copies_the_marked_file(desk, tmp_path, monkeypatch):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    target = tmp_path / "für 客户.png"
    save_as(desk, monkeypatch, target)
    desk.driver.until(target.exists)
    assert target.read_bytes() == Path(desk.results.shown.path).read_bytes()
    desk.driver.until(lambda: target.name in desk.notice)


def test_save_as_into_a_missing_folder_is_one_sentence(desk, tmp_path, monkeypatch):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    target = tmp_path / "gone" / "a.png"
    save_as(desk, monkeypatch, target)
    desk.driver.until(lambda: "could not be saved as a.png" in desk.notice)


def test_save_as_another_format_and_size_goes_through_the_export(desk, tmp_path, monkeypatch):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    target = tmp_path / "klein.webp"

    def choose(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData(FileFormat.WEBP))
        dialog.quality.setValue(70)
        dialog.scale.setChecked(True)
        dialog.side.setValue(300)
        dialog.with_recipe.setChecked(False)

    save_as(desk, monkeypatch, target, choose)
    desk.driver.until(lambda: target.name in desk.notice)
    [export] = desk.marker.exports
    assert (export["quality"], export["side"]) == (70, 300)
    assert not export["marking"].write_recipe
    pixels, texts = read_image(target)
    assert pixels.shape[:2] == (300, 300)
    assert texts.record.id == desk.results.shown.record.id
    assert texts.record.recipe is None
    # The next dialog opens with what was chosen, but the recipe as the settings have it.
    desk.press("save_as")
    [dialog] = [d for d in desk.window.findChildren(ExportDialog) if d.isVisible()]
    assert dialog.choice.format is FileFormat.WEBP
    assert dialog.choice.with_recipe
    dialog.reject()


def test_the_dialog_says_when_a_copy_gets_too_small_for_the_mark(desk):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.press("save_as")
    [dialog] = desk.window.findChildren(ExportDialog)
    assert not dialog.quality.isVisible()  # PNG is exact
    dialog.scale.setChecked(True)
    dialog.side.setValue(200)
    note = " ".join(part.text() for part in dialog.findChildren(QLabel))
    assert "200 × 200 pixels: too small for the invisible mark" in note
    dialog.reject()


def test_picture_actions_are_off_without_a_picture(desk):
    for action in ("save_as", "copy", "vary", "reuse", "use_start", "show_folder"):
        assert not desk.window.actions_by_name[action].isEnabled(), action


def test_zoom_keeps_the_picture_and_fit_brings_it_back(desk):
    desk.press("generate")
    canvas = desk.window.stage.canvas
    desk.driver.until(lambda: desk.results.shown is not None and not canvas.is_empty)
    desk.driver.settle()
    fitted = canvas.zoom_percent
    desk.press("actual_size")
    assert canvas.zoom_percent == 100
    desk.press("zoom_in")
    assert canvas.zoom_percent == 125
    desk.press("fit")
    assert canvas.zoom_percent == fitted


def test_a_number_being_typed_counts_although_its_field_was_not_left(desk):
    desk.studio.session.update(advanced_open=True)
    field = desk.window.panel.advanced.width_field
    desk.window.activateWindow()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "320")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(desk, JobState.FINISHED)
    assert desk.jobs[0].recipe.width == 320


def test_the_wheel_scrolls_past_fields_without_changing_them(desk):
    desk.studio.session.update(advanced_open=True)
    desk.window.panel.prompt.setFocus()
    steps = desk.window.panel.advanced.steps
    point = QPointF(5, 5)
    event = QWheelEvent(
        point, steps.slider.mapToGlobal(point), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(steps.slider, event)
    assert steps.field.value() == 4


def test_information_leaves_by_itself_and_errors_stay(desk, monkeypatch):
    monkeypatch.setattr("maquette.gui.banner.STAY", 30)
    desk.studio.notices.inform("Saved.")
    assert desk.notice == "Saved."
    desk.driver.until(lambda: desk.notice == "")
    desk.studio.notices.fail("It broke.")
    desk.driver.settle(0.2)
    assert desk.notice == "It broke."
