"""The stack of LoRAs: added, weighed, ordered, taken out, brought back; recipes say the same."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from safetensors.numpy import save_file

from maquette.core.lora import LoraUse
from maquette.core.settings import load_settings
from maquette.state.draft import draft_recipes, session_from

MODULE = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k"


def write_lora(path, width=256, seed=0, **metadata):
    """A LoRA for the built-in model, whose text states are 256 wide, or for another one."""
    tensors = {
        f"{MODULE}.lora_down.weight": np.full((4, width), seed, np.float16),
        f"{MODULE}.lora_up.weight": np.zeros((192, 4), np.float16),
    }
    save_file(tensors, path, metadata)
    return str(path)


@pytest.fixture
def stack(desk):
    return desk.window.style_panel.stack


def names(stack):
    return [row.caption.whole for row in stack.rows]


def drop(stack, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    stack.dropEvent(
        QDropEvent(
            QPointF(4, 4),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def recipe(desk):
    return draft_recipes(desk.studio.session.value, desk.studio.models.chosen, seed=1)[0]


def test_what_is_dropped_is_weighed_ordered_and_goes_into_the_recipe(desk, stack, tmp_path):
    assert stack.hint.isVisibleTo(stack)
    trigger = {"modelspec.trigger_phrase": "ink wash"}
    paths = [
        write_lora(tmp_path / "ink & <b>wash.safetensors", **trigger),
        write_lora(tmp_path / "clay.safetensors", seed=1),
    ]
    drop(stack, *paths)
    desk.driver.until(lambda: len(stack.rows) == 2)
    assert names(stack) == ["clay", "ink & <b>wash"]
    assert not stack.hint.isVisibleTo(stack)
    assert load_settings(desk.home / "config" / "settings.json")[0].loras == tuple(paths)
    clay, ink = stack.rows
    ink.slider.setValue(-13)
    assert ink.field.value() == -0.65
    clay.field.setValue(1.5)
    assert [use.weight for use in recipe(desk).loras] == [1.5, -0.65]
    ink.moved.emit(-1)
    assert stack.rows == [ink, clay]
    clay.used.click()
    (use,) = recipe(desk).loras
    assert (use.name, use.weight) == ("ink & <b>wash", -0.65)
    before = desk.studio.session.value.prompt
    for _twice in range(2):
        ink.words.rows.itemAt(0).widget().click()
    assert desk.studio.session.value.prompt == f"{before}, ink wash"


def test_a_row_that_was_taken_out_comes_back_as_it_was(desk, stack, tmp_path):
    drop(
        stack,
        write_lora(tmp_path / "a.safetensors"),
        write_lora(tmp_path / "b.safetensors", 256, 1),
    )
    desk.driver.until(lambda: len(stack.rows) == 2)
    stack.rows[0].field.setValue(0.4)
    before = recipe(desk).loras
    stack.rows[0].remove.click()
    assert names(stack) == ["b"]
    stack.undo.click()
    assert recipe(desk).loras == before
    assert not stack.undo.isVisibleTo(stack)


def test_the_wrong_family_and_what_is_no_lora_are_refused(desk, stack, tmp_path):
    drop(stack, write_lora(tmp_path / "a.safetensors", 768))
    desk.driver.until(lambda: desk.notice)
    assert "is made for Stable Diffusion 1.x" in desk.notice
    desk.studio.notices.dismiss()
    (tmp_path / "b.safetensors").write_bytes(b"\x80\x02}q\x00.")
    drop(stack, str(tmp_path / "b.safetensors"))
    desk.driver.until(lambda: desk.notice)
    assert "is a Python pickle" in desk.notice
    assert stack.rows == []


def test_a_recipe_brings_its_stack_and_names_what_is_missing(desk, stack, tmp_path):
    drop(stack, write_lora(tmp_path / "a.safetensors"))
    desk.driver.until(lambda: stack.rows)
    (known,) = recipe(desk).loras
    made = msgspec.structs.replace(recipe(desk), loras=(LoraUse("Gone", "00" * 32, 0.5), known))
    desk.studio.session.replace(session_from(made, desk.studio.session.value))
    desk.driver.until(lambda: stack.rows[0].problem.isVisibleTo(stack))
    assert names(stack) == ["Gone", "a"]
    assert "Gone" in stack.rows[0].problem.text()
    assert not stack.rows[1].problem.isVisibleTo(stack)
    assert recipe(desk).loras == made.loras
