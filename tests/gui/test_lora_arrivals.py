"""LoRAs that are dropped anywhere, and those that are missing when pictures are to be made."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from tests.gui.test_lora_stack import write_lora

from maquette.core.model_files import weights_digest
from maquette.core.paths import cache_dir
from maquette.state.lora_choice import LoraChoice
from maquette.state.notices import NextStep


def drop_on_window(desk, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    desk.window.dropEvent(
        QDropEvent(
            QPointF(4, 4),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_a_lora_dropped_anywhere_goes_into_the_stack(desk, tmp_path):
    path = write_lora(tmp_path / "ink.safetensors")
    drop_on_window(desk, path)
    desk.driver.until(lambda: desk.studio.session.value.loras)
    assert [row.name for row in desk.studio.session.value.loras] == ["ink"]
    assert desk.studio.settings.value.model == "maquette-mini"


def test_a_folder_of_loras_is_on_offer_and_one_of_a_model_is_a_model(desk, tmp_path):
    folder = tmp_path / "loras"
    folder.mkdir()
    write_lora(folder / "ink.safetensors")
    drop_on_window(desk, folder)
    desk.driver.until(lambda: desk.studio.loras.value.known)
    model = tmp_path / "model"
    model.mkdir()
    (model / "model_index.json").write_text("{}")
    write_lora(model / "ink.safetensors")
    drop_on_window(desk, model)
    desk.driver.until(lambda: desk.studio.notices.value.notice)
    assert str(model) not in desk.studio.settings.value.loras


def test_a_missing_lora_stops_queueing_and_can_be_taken_out(desk):
    gone = LoraChoice(name="Gone", digest="00" * 32)
    desk.studio.session.update(loras=(gone,), prompt="a mug")
    desk.press("generate")
    desk.driver.until(lambda: desk.studio.notices.value.notice)
    notice = desk.studio.notices.value.notice
    assert "The LoRA Gone of this recipe is not at hand" in notice.text
    assert (notice.step, notice.other) == (NextStep.FIND_LORA, NextStep.DROP_LORA)
    assert not desk.jobs
    desk.window.banner.other.click()
    assert desk.studio.session.value.loras == ()
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs)


def test_a_lora_for_another_model_stops_queueing(desk, tmp_path):
    path = write_lora(tmp_path / "big.safetensors", width=768)
    digest = weights_digest(path, cache_dir() / "digests.json")
    desk.studio.session.update(loras=(LoraChoice(name="big", digest=digest),), prompt="a mug")
    desk.press("generate")
    desk.driver.until(lambda: desk.studio.notices.value.notice)
    assert "Stable Diffusion 1" in desk.studio.notices.value.notice.text
    assert not desk.jobs


def test_its_file_is_found_by_what_is_in_it(desk, tmp_path):
    path = write_lora(tmp_path / "ink.safetensors")
    other = write_lora(tmp_path / "clay.safetensors", seed=1)
    digest = weights_digest(path, tmp_path / "digests.json")
    desk.studio.session.update(loras=(LoraChoice(name="ink", digest=digest),), prompt="a mug")
    desk.studio.loras.find(digest, other)
    desk.driver.until(lambda: "is another file" in desk.notice)
    assert other not in desk.studio.settings.value.loras
    desk.studio.notices.dismiss()
    desk.studio.loras.find(digest, path)
    desk.driver.until(lambda: path in desk.studio.settings.value.loras)
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs)
