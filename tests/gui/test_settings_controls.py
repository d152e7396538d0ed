"""The card of control models: added, told what they are, set right, refused, taken off again."""

import json

import pytest

from maquette.core.control import ControlKind
from maquette.core.model_info import ModelFamily
from maquette.core.settings import ControlModelChoice, load_settings

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def write_adapter(path):
    """The header of a T2I-Adapter for Stable Diffusion 1.x in its makers' layout, without data."""
    shapes = {"conv_in.weight": [32, 64, 3, 3]}
    shapes |= {f"body.{number}.block1.weight": [32, 32, 3, 3] for number in range(8)}
    entry = {"dtype": "F16", "data_offsets": [0, 8]}
    text = json.dumps({name: entry | {"shape": shape} for name, shape in shapes.items()}).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + bytes(8))
    return path


@pytest.fixture
def card(desk):
    desk.press("settings")
    return desk.window.dialogs.settings.controls


@pytest.fixture
def add(desk, card, monkeypatch):
    def added(path):
        monkeypatch.setattr(
            "maquette.gui.settings_shelf.ask_for_model", lambda _parent, *, folder: str(path)
        )
        card.add_file.click()

    return added


def lines(card):
    return [card.list.item(row).text() for row in range(card.list.count())]


def kept(desk):
    return load_settings(desk.home / "config" / "settings.json")[0].control_models


def test_a_control_model_is_added_set_right_and_taken_off(desk, card, add, tmp_path):
    assert card.empty.isVisibleTo(card)
    assert not card.list.isVisibleTo(card)
    path = write_adapter(tmp_path / "t2iadapter_depth_sd15v2.safetensors")
    add(path)
    desk.driver.until(lambda: card.list.count())
    assert not card.empty.isVisibleTo(card)
    assert lines(card) == ["t2iadapter_depth_sd15v2  ·  T2I-Adapter  ·  SD 1.x  ·  depth"]
    assert kept(desk) == (ControlModelChoice(str(path)),)
    assert not card.remove.isEnabled()
    card.list.setCurrentRow(0)
    assert card.kind.currentData() == ControlKind.DEPTH
    card.kind.setCurrentIndex(card.kind.findData(ControlKind.SKETCH))
    card.kind.activated.emit(card.kind.currentIndex())
    assert lines(card)[0].endswith("sketches")
    assert kept(desk) == (ControlModelChoice(str(path), ControlKind.SKETCH),)
    (known,) = desk.studio.control_models.value.known
    assert (known.kind, known.family, known.adapter) == (ControlKind.SKETCH, ModelFamily.SD1, True)
    card.remove.click()
    assert card.list.count() == 0
    assert kept(desk) == ()
    assert path.exists()


def test_what_cannot_be_used_is_told_in_a_sentence_and_not_listed(desk, card, add, tmp_path):
    path = tmp_path / "control_sd15_canny.pth"
    path.write_bytes(b"\x80\x02}q\x00.")
    add(path)
    desk.driver.until(lambda: desk.studio.notices.value.notice)
    assert "can run programs" in desk.studio.notices.value.notice.text
    assert lines(card) == []
    assert kept(desk) == ()


def test_one_that_is_gone_is_shown_and_can_be_taken_off(desk, card, add, tmp_path):
    path = write_adapter(tmp_path / "mine_scribble.safetensors")
    add(path)
    desk.driver.until(lambda: card.list.count())
    path.unlink()
    desk.driver.run(desk.studio.control_models.restore())
    assert lines(card) == ["mine_scribble.safetensors  ·  not found"]
    card.list.setCurrentRow(0)
    assert not card.kind.isVisibleTo(card)
    card.remove.click()
    assert lines(card) == []
    assert kept(desk) == ()


def test_the_card_speaks_chinese_at_once(desk, card, add, tmp_path):
    add(write_adapter(tmp_path / "t2iadapter_sketch.safetensors"))
    desk.driver.until(lambda: card.list.count())
    desk.studio.settings.update(language="zh_CN")
    desk.driver.until(lambda: card.title.text() == "控制模型")
    assert lines(card)[0].endswith("草图")
