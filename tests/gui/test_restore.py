"""Closing and opening again: the window looks as it was left."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from maquette.core.job import JobState
from maquette.core.recipe import Sampler
from maquette.core.settings import load_settings
from maquette.gui.theme import current_tokens

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_panel_and_the_picture_come_back(open_desk):
    first = open_desk()
    first.press("generate")
    first.driver.until(lambda: first.jobs and first.jobs[0].state is JobState.FINISHED)
    first.driver.until(lambda: first.results.shown is not None)
    shown = first.results.shown.path
    first.studio.session.update(
        prompt="half a thou", negative_prompt="blur", negative_open=True, steps=9,
        guidance_scale=6.5, sampler=Sampler.DPMPP_2M, seed=5, seed_locked=True, count=3,
        width=320, advanced_open=True,
    )  # fmt: skip
    session = first.studio.session.value
    first.window.resize(980, 740)
    first.driver.settle()
    first.close()

    second = open_desk()
    panel = second.window.panel
    assert second.studio.session.value == session
    assert panel.prompt.toPlainText() == "half a thou"
    assert panel.negative.isVisible()
    assert panel.advanced.steps.field.value() == 9
    assert panel.advanced.sampler.currentData() == Sampler.DPMPP_2M
    assert panel.seed_row.lock.isChecked()
    assert second.results.shown.path == shown
    second.driver.until(lambda: second.window.stage.canvas.image is not None)
    assert second.window.height() == 740


def test_what_is_typed_is_saved_without_closing(open_desk):
    desk = open_desk()
    QTest.keyClicks(desk.window.panel.prompt, " and a spoon")
    file = desk.home / "data" / "session.json"
    desk.driver.until(lambda: file.is_file() and "spoon" in file.read_text())


def test_a_broken_session_file_is_kept_and_the_example_is_back(open_desk, maquette_home):
    file = maquette_home / "data" / "session.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"session": {"prompt": 7')
    desk = open_desk()
    assert desk.window.panel.prompt.toPlainText() == "a red mug"
    assert file.with_suffix(".bad").is_file()


def test_a_session_from_a_newer_version_is_read(open_desk, maquette_home):
    file = maquette_home / "data" / "session.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"session": {"prompt": "kept", "new": 1}, "future": {}}))
    assert open_desk().window.panel.prompt.toPlainText() == "kept"


def test_a_model_that_is_gone_falls_back_with_a_sentence(open_desk, tmp_path):
    gone = str(tmp_path / "gone.safetensors")
    desk = open_desk(model=gone, model_paths=(gone,))
    desk.driver.until(lambda: "gone.safetensors" in desk.notice)
    assert desk.studio.settings.value.model == "maquette-mini"


def test_a_start_picture_that_is_gone_is_forgotten_with_a_sentence(open_desk, maquette_home):
    file = maquette_home / "data" / "session.json"
    file.parent.mkdir(parents=True)
    gone = str(maquette_home / "gone.png")
    file.write_text(json.dumps({"session": {"prompt": "x", "start": {"path": gone}}}))
    desk = open_desk()
    desk.driver.until(lambda: "gone.png" in desk.notice)
    assert desk.studio.session.value.start is None


def test_language_switches_everywhere_without_restart_and_back(desk):
    window = desk.window
    desk.press("settings")
    dialog = window.dialogs.settings
    english = window.panel.generate.text()
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    dialog.language.activated.emit(dialog.language.currentIndex())
    desk.driver.settle()
    assert "生成" in window.panel.generate.text()
    assert window.queue.title.text() == "队列"
    assert dialog.windowTitle() == "设置"
    assert "中" not in window.actions_by_name["vary"].text()
    assert window.actions_by_name["vary"].text() != "Vary"
    window.panel.advanced.width_field.setValue(300)
    assert "16" in window.panel.problem_line.text()
    assert "multiple" not in window.panel.problem_line.text()
    desk.studio.settings.update(language="en")
    desk.driver.settle()
    assert window.panel.generate.text() == english
    assert load_settings(desk.home / "config" / "settings.json")[0].language == "en"


def test_theme_switches_at_once_and_text_stays_readable(desk):
    for theme in ("light", "dark"):
        desk.studio.settings.update(theme=theme)
        desk.driver.settle()
        tokens = current_tokens()
        assert tokens.name == theme
        corner = desk.window.grab().toImage().pixelColor(2, 200)
        assert corner.name() == tokens.window


def test_the_file_name_template_shows_an_example_or_what_is_wrong(desk):
    desk.press("settings")
    dialog = desk.window.dialogs.settings
    dialog.files.template.clear()
    QTest.keyClicks(dialog.files.template, "{seed} at {nowhere}")
    assert "unknown field {nowhere}" in dialog.files.example.text()
    assert dialog.files.template.property("invalid")
    # What was valid on the way is kept, what is not is not.
    assert "nowhere" not in desk.studio.settings.value.file_name_template
    dialog.files.template.clear()
    QTest.keyClicks(dialog.files.template, "art/{seed}")
    desk.studio.session.update(seed=42, seed_locked=True)
    assert "art/" in dialog.files.example.text()
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs and desk.jobs[0].state is JobState.FINISHED)
    assert desk.jobs[0].path.endswith("/art/42.png")


def test_every_control_can_be_reached_and_has_a_name(desk):
    """Tab goes round through all controls, and a screen reader has a word for each."""
    desk.press("settings")
    window, dialog = desk.window, desk.window.dialogs.settings
    nameless = []
    for top in (window, dialog):
        for widget in top.findChildren(QWidget):
            reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not (reachable and widget.isVisibleTo(top)):
                continue
            if widget.objectName().startswith("qt_"):
                continue
            words = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            if not words:
                nameless.append(widget)
    assert nameless == []
    seen, widget = set(), window.panel.prompt
    while widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    for part in (window.panel.generate, window.panel.count, window.stage.canvas,
                 window.rail.settings_button, window.stage.fit_button):  # fmt: skip
        assert part in seen


def test_another_device_is_used_as_soon_as_nothing_is_being_made(desk):
    desk.client.hold_at = 1
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs and desk.jobs[0].step == 1)
    loads = len(desk.client.loaded)
    desk.studio.settings.update(device="cpu", precision="fp32")
    desk.driver.settle()
    assert desk.client.restarts == []
    desk.client.hold_at = None
    desk.driver.until(lambda: desk.client.restarts == [("cpu", "fp32")])
    desk.driver.until(lambda: len(desk.client.loaded) == loads + 1)
    assert desk.jobs[0].state is JobState.FINISHED


def test_what_was_being_made_and_what_waited_is_made_by_the_next_window(open_desk):
    first = open_desk()
    first.client.hold_at = 1
    first.studio.session.update(count=3)
    first.press("generate")
    first.driver.until(lambda: any(job.state is JobState.RUNNING for job in first.jobs))
    wanted = [job.recipe.seed for job in first.jobs]
    first.close()

    second = open_desk()
    second.driver.until(lambda: second.jobs)
    second.driver.until(lambda: all(job.state is JobState.FINISHED for job in second.jobs))
    assert [recipe.seed for recipe in second.client.asked] == wanted
    assert not second.queue.paused
    assert len(list(second.home.rglob("*.png"))) == 3
