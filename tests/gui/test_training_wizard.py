"""Making a training ready in its window: pictures, captions, numbers, and what is refused."""

import msgspec
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from maquette.core.errors import FailureCode, InputError, JobFailed
from maquette.core.training import PictureTrait, StyleKind, TrainingPreset, check_count
from maquette.core.training_draft import PictureState
from maquette.engine.trainer import TrainerClient
from maquette.gui.training.picture_cards import part_rect
from maquette.gui.training.wizard_words import state_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def folder(tmp_path):
    """A folder with twelve small pictures."""
    made = tmp_path / "pictures"
    made.mkdir()
    for number in range(12):
        colour = (20 * number, 120, 200)
        Image.new("RGB", (64, 48), colour).save(made / f"tall vase {number:02d}.png")
    return made


@pytest.fixture
def wizard(desk):
    made = desk.window.dialogs.open_training()
    desk.driver.until(lambda: desk.studio.training_setup.value.machine)
    return made


@pytest.fixture
def setup(desk):
    return desk.studio.training_setup


def drop(desk, wizard, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    setup = desk.studio.training_setup
    wizard.dropEvent(
        QDropEvent(
            QPointF(400, 300),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    desk.driver.until(lambda: not setup.is_looking)


def cards(wizard):
    """What the cards say, by name."""
    shown = wizard.pictures.cards.pictures.pictures
    return {each.picture.found.name: state_words(each) for each in shown}


def test_it_opens_from_everywhere_and_what_is_chosen_stays(desk, folder):
    desk.press("train_style")
    wizard = desk.window.dialogs.training
    assert wizard.isVisible()
    assert wizard.pictures.first_add.isVisible()
    wizard.inputs.named.setFocus()
    QTest.keyClicks(wizard.inputs.named, "Blue waves")
    assert wizard.inputs.words.placeholderText() == "blue waves"
    drop(desk, wizard, folder)
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    desk.window.style_panel.train.click()
    assert wizard.isVisible()
    wizard.close()
    desk.press("go_styles")
    desk.window.styles.train_button.click()
    assert wizard.isVisible()
    assert wizard.inputs.named.text() == "Blue waves"
    assert len(cards(wizard)) == 12


def test_pictures_are_taken_out_held_back_and_brought_back_by_keys(desk, wizard, setup, folder):
    desk.trainer.found = {
        "tall vase 01.png": {"traits": (PictureTrait.BLURRED,), "notices": ("It looks blurred.",)},
        "tall vase 02.png": {"problem": "No.", "traits": (PictureTrait.TINY,)},
        "tall vase 04.png": {"likeness": "f" * 16},
        "tall vase 05.png": {"likeness": "f" * 15 + "e"},
    }
    drop(desk, wizard, folder)
    tab = wizard.pictures
    said = cards(wizard)
    assert said["tall vase 01.png"] == "Blurred"
    assert said["tall vase 02.png"] == "Too small"
    assert said["tall vase 05.png"] == "Same as tall vase 04"
    assert tab.count.text() == "10 of 12 will be used"
    tab.cards.setCurrentIndex(tab.cards.pictures.index(5))
    tab.inspector.keep.click()
    assert tab.count.text() == "11 of 12 will be used"
    setup.undo()
    tab.cards.setCurrentIndex(tab.cards.pictures.index(0))
    QTest.keyClick(tab.cards, Qt.Key.Key_Delete)
    assert cards(wizard)["tall vase 00.png"] == "Taken out"
    assert tab.inspector.turn.text() == "Bring back"
    QTest.keyClick(tab.cards, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tab.count.text() == "10 of 12 will be used"
    held = setup.pictures[0].held_out
    QTest.keyClick(tab.cards, Qt.Key.Key_H)
    assert setup.pictures[0].held_out is not held
    tab.inspector.hold.click()
    assert setup.pictures[0].held_out is held


def test_the_crop_is_dragged_and_moved_by_keys_and_undone(desk, wizard, setup, folder):
    drop(desk, wizard, folder)
    tab = wizard.pictures
    tab.cards.setCurrentIndex(tab.cards.pictures.index(3))
    view = tab.inspector.crop
    corner = view.target().bottomRight().toPoint()
    way = QPoint(-round(view.target().width() / 4), -round(view.target().height() / 4))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(view, corner + way / 2)
    QTest.mouseMove(view, corner + way)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corner + way)
    box = setup.pictures[3].picture.box
    assert (box.left, box.top) == (0, 0)
    assert (box.right, box.bottom) == (pytest.approx(0.75, abs=0.02),) * 2
    assert cards(wizard)["tall vase 03.png"] == "Cropped by you"
    QTest.keyClick(view, Qt.Key.Key_Right)
    moved = setup.pictures[3].picture.box
    assert (moved.left, moved.right) == (pytest.approx(0.01), pytest.approx(box.right + 0.01))
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert setup.pictures[3].picture.box.right == pytest.approx(box.right)
    for _press in range(200):
        QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    small = setup.pictures[3].picture.box
    assert (small.right - small.left) * 320 == pytest.approx(64)
    assert part_rect(view.target(), small).isValid()
    setup.undo()
    assert setup.pictures[3].picture.crop is None


def test_captions_are_written_one_after_the_other_and_many_at_once(desk, wizard, setup, folder):
    drop(desk, wizard, folder)
    setup.change(name="Blue waves")
    wizard.go_to(1)
    tab = wizard.captions
    QTest.keyClick(tab.grid, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "tall vase, blue waves style"
    editor.setText("a jug, blue waves style")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert setup.pictures[0].caption == "a jug, blue waves style"
    assert tab.grid.currentIndex().row() == 1
    second = QApplication.focusWidget()
    assert isinstance(second, QLineEdit)
    assert second is not editor
    QTest.keyClick(second, Qt.Key.Key_Escape)
    tab.sought.setText("tall vase")
    tab.instead.setText("a vase")
    tab.replace.click()
    assert [each.caption for each in setup.pictures][:2] == [
        "a jug, blue waves style",
        "a vase, blue waves style",
    ]
    tab.words.setText("soft light, ")
    tab.add.click()
    assert all(each.caption.endswith("style, soft light") for each in setup.pictures)
    setup.undo()
    assert setup.pictures[1].caption == "a vase, blue waves style"
    tab.reset.click()
    assert {each.caption for each in setup.pictures} == {"tall vase, blue waves style"}
    setup.undo()
    assert setup.pictures[0].caption == "a jug, blue waves style"


def test_presets_derive_the_numbers_and_wrong_ones_are_said(desk, wizard, setup, folder):
    drop(desk, wizard, folder)
    setup.change(name="Blue waves")
    wizard.go_to(2)
    plan = wizard.plan
    assert wizard.train.isEnabled()
    quick = plan.steps.specialValueText()
    plan.presets[TrainingPreset.GOOD].click()
    assert plan.steps.specialValueText() != quick
    assert setup.value.draft.preset is TrainingPreset.GOOD
    plan.rank.setValue(500)
    assert wizard.said.text() == "The rank of a style is 1 to 128, not 500."
    assert not wizard.train.isEnabled()
    plan.derive.click()
    assert wizard.train.isEnabled()
    assert setup.settings().rank != 500


def test_what_there_is_no_room_for_is_said_before(desk, wizard, setup, folder):
    drop(desk, wizard, folder)
    setup.change(name="Blue waves")
    wizard.go_to(2)
    machine = setup.value.machine
    memory, _time, disk = wizard.plan.checks
    setup.update(machine=msgspec.structs.replace(machine, free=1 << 30))
    assert "are free now; close other programs" in memory.sentence
    assert wizard.train.isEnabled()
    setup.update(machine=msgspec.structs.replace(machine, memory=1 << 30, free=1 << 30))
    assert "choose a smaller batch" in memory.sentence
    assert not wizard.train.isEnabled()
    setup.update(machine=msgspec.structs.replace(machine, disk=1 << 20))
    assert "please make room" in disk.sentence
    assert "please make room" in wizard.said.text()
    assert not wizard.train.isEnabled()


def test_three_and_six_hundred_pictures_are_refused_and_nothing_is_lost(
    desk, wizard, setup, folder
):
    drop(desk, wizard, *sorted(folder.iterdir())[:3])
    setup.change(name="Blue waves")
    assert wizard.said.text().startswith("A style needs at least 5 pictures")
    assert not wizard.train.isEnabled()
    with pytest.raises(InputError, match="at most 200") as refused:
        check_count(600)
    desk.trainer.refusal = JobFailed(refused.value.message, FailureCode.BAD_INPUT)
    drop(desk, wizard, folder / "tall vase 04.png")
    assert "at most 200 pictures, and there are 600" in wizard.said.text()
    assert setup.used == 4
    desk.trainer.refusal = None
    drop(desk, wizard, folder)
    assert wizard.said.text().startswith("Quick: 12 pictures")


def test_a_folder_that_vanishes_in_the_middle_is_told_and_comes_back(desk, wizard, setup, folder):
    drop(desk, wizard, folder)
    setup.change(name="Blue waves")
    away = folder.rename(folder.with_name("away"))
    wizard.train.click()
    desk.driver.until(lambda: not setup.value.is_beginning and setup.value.problem)
    assert "at least 5 pictures that can be used, and there are 0" in wizard.said.text()
    assert set(cards(wizard).values()) == {"File is gone"}
    assert not desk.studio.trainings.value.trainings
    away.rename(folder)
    wizard.pictures.again.click()
    desk.driver.until(lambda: setup.used == 12 and setup.value.looking is None)
    assert wizard.train.isEnabled()


def test_names_that_look_like_paths_are_names(desk, wizard, setup, folder):
    evil = folder / "..\\..\\evil <b>mug<b>.png"
    (folder / "tall vase 00.png").rename(evil)
    drop(desk, wizard, folder)
    setup.change(name="../../up & away", kind=StyleKind.MATERIAL)
    assert setup.pictures[0].caption == "evil b mug b made of up away"
    wizard.train.click()
    desk.driver.until(lambda: desk.studio.trainings.value.trainings)
    [one] = desk.studio.trainings.value.trainings
    assert one.folder.parent == desk.home / "data" / "trainings"
    assert one.plan.trigger == "up away"
    desk.driver.until(lambda: not wizard.isVisible())
    assert not setup.value.draft.pictures


def test_it_speaks_chinese_while_it_is_open(desk, wizard, folder):
    drop(desk, wizard, folder)
    desk.studio.settings.update(language="zh_CN", theme="light")
    desk.driver.until(lambda: wizard.train.text() == "开始训练")
    assert wizard.pictures.count.text() == "将使用 12 张中的 12 张"
    assert wizard.said.text() == "风格的名称至少要有一个文字或数字；请给它起个名字。"


@pytest.mark.usefixtures("wizard")
def test_a_real_trainer_looks_at_what_is_odd_and_says_so(desk, setup, tmp_path):
    """One process, as the window starts it: its decoders meet the files, and not the window's."""
    odd = tmp_path / "odd"
    odd.mkdir()
    waves = 127 + 120 * np.sin(np.add.outer(np.arange(256) / 30, np.arange(320) / 17))
    picture = Image.fromarray(np.stack([waves, waves[::-1], waves], 2).astype(np.uint8))
    picture.save(odd / "a mug.png")
    picture.resize((300, 240)).save(odd / "b again.jpg")
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    turned.convert("CMYK").save(odd / "c cmyk.jpg")
    other = Image.fromarray(np.asarray(picture)[:, ::-1] // 2)
    other.save(odd / "d moving.gif", save_all=True, append_images=[picture])
    (odd / "e torn.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    Image.new("1", (9000, 9000)).save(odd / "f huge.png")
    picture.resize((20, 20)).save(odd / "g tiny.png")
    client = TrainerClient()
    setup._looker = client
    setup.add([str(odd)])
    desk.driver.until(lambda: len(setup.pictures) == 7 and setup.value.looking is None, 60)
    desk.driver.run(client.close())
    said = {each.picture.found.name[0]: each for each in setup.pictures}
    assert said["b"].state is PictureState.SAME
    assert {said[name].state for name in "acd"} == {PictureState.USED}
    assert {said[name].state for name in "efg"} == {PictureState.PROBLEM}
    assert state_words(said["d"]) == "First of several"
    assert state_words(said["g"]) == "Too small"
    assert "more than can be opened" in said["f"].picture.found.problem
