"""Bad input ends in one sentence beside the field or on the banner, and the window goes on."""

import os
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtTest import QTest

from maquette.core.job import JobState
from maquette.core.model_info import BUILT_IN
from maquette.core.recipe import MAX_PROMPT
from maquette.state.session import KEPT_PROMPT


def finish_one(desk):
    before = len(desk.jobs)
    desk.press("generate")
    desk.driver.until(lambda: len(desk.jobs) > before and desk.jobs[-1].state is JobState.FINISHED)
    return desk.jobs[-1]


def paste(edit, text):
    mime = QMimeData()
    mime.setText(text)
    edit.insertFromMimeData(mime)


def test_an_empty_prompt_is_allowed_and_says_so(desk):
    panel = desk.window.panel
    panel.prompt.clear()
    assert "Without a prompt" in panel.hint_line.text()
    assert finish_one(desk).recipe.prompt == ""


def test_ten_thousand_characters_are_taken_and_one_more_is_not(desk):
    panel = desk.window.panel
    panel.prompt.clear()
    paste(panel.prompt, "a" * MAX_PROMPT)
    assert finish_one(desk).recipe.prompt == "a" * MAX_PROMPT
    QTest.keyClicks(panel.prompt, "b")
    assert "longer than 10,000 characters" in panel.problem_line.text()
    assert panel.prompt.property("invalid")
    desk.press("generate")
    assert len(desk.jobs) == 1


def test_a_million_pasted_characters_are_cut_at_once(desk):
    panel = desk.window.panel
    panel.prompt.clear()
    paste(panel.prompt, "word " * 200_000)
    assert len(panel.prompt.toPlainText()) <= KEPT_PROMPT
    assert "longer than" in panel.problem_line.text()


def test_odd_characters_reach_the_recipe_clean(desk):
    panel = desk.window.panel
    for typed, made in (
        ("emoji 🏺👩‍🎨 vase", "emoji 🏺👩‍🎨 vase"),
        ("红色陶瓷杯，木桌", "红色陶瓷杯，木桌"),
        ("كوب أحمر", "كوب أحمر"),
        ("a\x00b\x07c\u202ed", "abcd"),
        ("lone \ud800 half", "lone half"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("<b>bold</b> &amp;", "<b>bold</b> &amp;"),
    ):
        panel.prompt.clear()
        paste(panel.prompt, typed)
        assert finish_one(desk).recipe.prompt == made


def test_a_size_off_the_models_grid_names_the_nearest(desk):
    panel = desk.window.panel
    panel.advanced.width_field.setValue(300)
    assert panel.advanced.width_field.property("invalid")
    assert "multiple of 16" in panel.problem_line.text()
    assert panel.advanced.content.isVisible()
    desk.press("generate")
    assert desk.jobs == ()
    panel.advanced.width_field.setValue(304)
    assert not panel.advanced.width_field.property("invalid")
    assert finish_one(desk).recipe.width == 304


@pytest.mark.parametrize("side", [0, 64, 99_999])
def test_a_size_out_of_range_is_one_sentence(desk, side):
    panel = desk.window.panel
    panel.advanced.height_field.setValue(side)
    assert "between 256 and 4096 pixels" in panel.problem_line.text()
    assert panel.advanced.height_field.property("invalid")


def test_a_seed_that_is_too_large_marks_its_field(desk):
    panel = desk.window.panel
    panel.seed_row.field.selectAll()
    QTest.keyClicks(panel.seed_row.field, "9999999999")
    assert panel.seed_row.field.property("invalid")
    assert "seed must be between" in panel.problem_line.text()
    desk.press("new_seed")
    assert not panel.seed_row.field.property("invalid")


def test_letters_and_signs_do_not_enter_the_seed(desk):
    field = desk.window.panel.seed_row.field
    field.clear()
    QTest.keyClicks(field, "-1e9x7")
    assert field.text() == "197"


def make_broken(kind, tmp_path):
    path = tmp_path / f"中文 name {kind}.png"
    match kind:
        case "missing":
            pass
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("not a picture")
        case "cut":
            noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
            Image.fromarray(noise).save(path)
            path.write_bytes(path.read_bytes()[:400])
        case "bomb":
            # One pixel whose header claims 900 million.
            Image.new("L", (1, 1)).save(path)
            data = path.read_bytes()
            header = b"IHDR" + (30_000).to_bytes(4) * 2 + data[24:29]
            path.write_bytes(data[:12] + header + zlib.crc32(header).to_bytes(4) + data[33:])
    return path


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "cut", "bomb"])
def test_a_broken_picture_as_start_is_one_sentence(desk, tmp_path, kind):
    path = make_broken(kind, tmp_path)
    desk.studio.commands.drop(str(path))
    desk.driver.until(lambda: path.name in desk.notice)
    assert desk.notice.endswith(".")
    assert "\n" not in desk.notice
    assert desk.studio.session.value.start is None
    assert finish_one(desk).state is JobState.FINISHED


def test_a_sound_picture_becomes_the_starting_point(desk, tmp_path):
    path = tmp_path / "起点 photo.jpg"
    Image.new("RGB", (600, 400), "teal").save(path)
    desk.studio.commands.drop(str(path))
    row = desk.window.panel.start_row
    desk.driver.until(row.isVisible)
    row.strength.field.setValue(0.4)
    job = finish_one(desk)
    assert job.recipe.start is not None
    assert job.recipe.start.strength == pytest.approx(0.4)
    assert desk.client.starts[-1].pixels.shape == (256, 256, 3)
    desk.press("vary")
    desk.driver.until(lambda: len(desk.client.starts) == 2)
    assert (desk.client.starts[1].pixels == desk.client.starts[0].pixels).all()
    desk.studio.commands.drop_start()
    assert not row.isVisible()
    assert finish_one(desk).recipe.start is None


def test_a_picture_made_here_offers_its_recipe(desk, picture_file, sample_recipe):
    desk.studio.commands.drop(str(picture_file))
    desk.driver.until(lambda: "carries its recipe" in desk.notice)
    desk.window.banner.step.click()
    desk.driver.until(lambda: desk.studio.session.value.prompt == sample_recipe.prompt)
    session = desk.studio.session.value
    assert (session.width, session.height, session.steps) == (320, 256, 3)
    assert (session.seed, session.seed_locked) == (77, True)
    assert session.start is None


def make_model(kind, tmp_path):
    match kind:
        case "missing":
            return tmp_path / "模型 gone.safetensors"
        case "pickle":
            path = tmp_path / "renamed pickle.safetensors"
            path.write_bytes(b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x08builtins\x94.")
            return path
        case "half":
            path = tmp_path / "half copied.safetensors"
            path.write_bytes((1 << 20).to_bytes(8, "little") + b'{"a":')
            return path
        case "unknown":
            folder = tmp_path / "unknown class"
            folder.mkdir()
            (folder / "model_index.json").write_text('{"_class_name": "NoSuchPipeline"}')
            return folder
        case "empty":
            folder = tmp_path / "空 folder"
            folder.mkdir()
            return folder
    raise ValueError(kind)


@pytest.mark.parametrize("kind", ["missing", "pickle", "half", "unknown", "empty"])
def test_a_model_that_cannot_be_used_is_one_sentence(desk, tmp_path, kind):
    desk.studio.commands.drop(str(make_model(kind, tmp_path)))
    desk.driver.until(lambda: desk.notice)
    assert desk.notice.endswith(".")
    assert "\n" not in desk.notice
    assert desk.studio.settings.value.model == BUILT_IN
    assert finish_one(desk).state is JobState.FINISHED


def test_hostile_text_is_shown_as_it_is_written(desk):
    desk.studio.notices.fail("<b>bold</b> &amp; <img src=x>")
    assert desk.notice == "<b>bold</b> &amp; <img src=x>"
    label = desk.window.banner.text
    assert label.textFormat() == label.textFormat().PlainText


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_pictures_folder_fails_with_a_sentence(desk, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    desk.studio.settings.update(pictures_folder=str(folder))
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs[-1].state is JobState.FAILED)
    assert "cannot be written" in desk.notice


def test_a_pictures_folder_that_is_a_file_fails_with_a_sentence(desk, tmp_path):
    blocker = tmp_path / "a file, no folder"
    blocker.write_text("")
    desk.studio.settings.update(pictures_folder=str(blocker))
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs and desk.jobs[-1].state is JobState.FAILED)
    assert desk.notice.endswith(".")
    desk.studio.settings.update(pictures_folder=str(tmp_path / "図 folder with spaces"))
    desk.press("retry_failed")
    desk.driver.until(lambda: desk.jobs[-1].state is JobState.FINISHED)
    assert Path(desk.jobs[-1].path).is_file()
