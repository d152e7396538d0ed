"""IP-Adapters: dropped, listed, chosen for the style image, named when they are missing."""

import json

import numpy as np
import pytest
from PIL import Image
from tests.gui.test_lora_arrivals import drop_on_window

from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.settings import load_settings
from maquette.state.session import LikeChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTEXT = 256  # width of the built-in model's text


def write(path, shapes):
    """The header of a safetensors file with tensors of these shapes, and zeros."""
    end, entries = 0, {}
    for name, shape in shapes.items():
        begin, end = end, end + 2 * int(np.prod(shape))
        entries[name] = {"dtype": "F16", "shape": shape, "data_offsets": [begin, end]}
    text = json.dumps(entries).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(len(text).to_bytes(8, "little") + text + bytes(end))
    return path


def write_adapter(path, context=CONTEXT):
    encoder = path.parent / "image_encoder"
    shapes = {"visual_projection.weight": [8, 16], "layers.weight": [16, 1000]}
    write(encoder / "model.safetensors", shapes)
    config = {"architectures": ["CLIPVisionModelWithProjection"], "hidden_size": 16}
    config |= {"projection_dim": 8, "num_attention_heads": 2, "intermediate_size": 16}
    config |= {"num_hidden_layers": 1, "image_size": 32, "patch_size": 16}
    (encoder / "config.json").write_text(json.dumps(config))
    shapes = {
        "image_proj.proj.weight": [4 * context, 8],
        "image_proj.proj.bias": [4 * context],
        "image_proj.norm.weight": [context],
        "image_proj.norm.bias": [context],
        "ip_adapter.1.to_k_ip.weight": [16, context],
        "ip_adapter.1.to_v_ip.weight": [16, context],
    }
    return write(path, shapes)


@pytest.fixture
def file(tmp_path):
    return write_adapter(tmp_path / "adapters" / "ip-adapter & <b>mini.safetensors")


@pytest.fixture
def row(desk, tmp_path):
    """The row, with a style image."""
    path = tmp_path / "leaves.png"
    Image.fromarray(np.random.default_rng(2).integers(0, 200, (60, 90, 3)).astype(np.uint8)).save(
        path
    )
    desk.studio.likes.use(str(path))
    desk.driver.until(lambda: desk.studio.session.value.like is not None)
    return desk.window.style_panel.like


def known(desk):
    return desk.studio.adapters.value.known


def asked(desk):
    before = len(desk.client.asked)
    desk.press("generate")
    desk.driver.until(lambda: len(desk.client.asked) > before)
    return desk.client.asked[-1].like


def test_one_that_is_dropped_takes_style_images_over(desk, row, file):
    assert (row.by.whole, row.way.isVisibleTo(row)) == ("Colours and light", False)
    assert asked(desk).adapter is None
    drop_on_window(desk, file)
    desk.driver.until(lambda: known(desk))
    assert row.way.currentText() == f"With {file.stem}"
    assert not row.by.isVisibleTo(row)
    assert asked(desk).adapter == known(desk)[0].use
    assert load_settings(desk.home / "config" / "settings.json")[0].ip_adapters == (str(file),)


def test_the_other_way_is_chosen_and_comes_back_with_recipes(desk, row, file):
    drop_on_window(desk, file.parent)
    desk.driver.until(lambda: known(desk))
    row.way.setCurrentIndex(0)
    row.way.activated.emit(0)
    assert asked(desk).adapter is None
    desk.driver.until(lambda: desk.results.shown is not None)
    recipe = desk.results.shown.record.recipe
    row.way.activated.emit(1)
    assert asked(desk).adapter == known(desk)[0].use
    desk.studio.commands.lay_out(recipe)
    desk.driver.until(lambda: desk.studio.session.value.like is not None)
    assert row.way.currentText() == "Colours and light"
    assert asked(desk).adapter is None


def test_one_for_another_family_is_on_offer_and_not_used(desk, row, tmp_path):
    drop_on_window(desk, write_adapter(tmp_path / "xl.safetensors", 2048))
    desk.driver.until(lambda: known(desk))
    assert row.by.isVisibleTo(row)
    assert asked(desk).adapter is None


def test_a_missing_one_stops_queueing_and_is_named(desk, row):
    gone = IPAdapterUse("Gone", "00" * 32, "11" * 32)
    like = desk.studio.session.value.like
    desk.studio.session.update(like=LikeChoice(like.path, 60, "", gone, automatic=False))
    assert row.way.currentText() == "With Gone: not at hand, or for another model"
    desk.press("generate")
    desk.driver.until(lambda: "The IP-Adapter Gone of this recipe is not at hand" in desk.notice)
    assert not desk.client.asked


def test_the_settings_list_them_and_take_them_off(desk, file):
    desk.press("settings")
    card = desk.window.dialogs.settings.adapters
    assert card.empty.isVisibleTo(card)
    desk.studio.adapters.add((str(file),))
    desk.driver.until(lambda: card.list.count())
    assert card.list.item(0).text() == f"{file.stem}  ·  Maquette Mini"
    card.list.setCurrentRow(0)
    card.remove.click()
    assert card.list.count() == 0
    assert desk.studio.settings.value.ip_adapters == ()
    assert file.exists()


def test_what_cannot_be_used_is_told_and_not_listed(desk, file):
    (file.parent / "image_encoder" / "config.json").unlink()
    drop_on_window(desk, file)
    desk.driver.until(lambda: "put its folder image_encoder beside" in desk.notice)
    assert not known(desk)
    assert desk.studio.settings.value.ip_adapters == ()
