"""Boards of styles: asked for, made as one group, on a sheet and in the library when they end."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.job import JobState
from maquette.gui.boards.style_dialog import Compared, StyleBoardDialog
from maquette.state.lora_choice import LoraChoice
from maquette.state.notices import NextStep
from maquette.state.style_cells import spread

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def styled(desk):
    desk.driver.until(lambda: desk.studio.styles.value.loaded)
    desk.studio.session.update(prompt="a red mug", seed=7, seed_locked=True)
    return desk


def ended(desk, count):
    desk.driver.until(
        lambda: sum(job.state is JobState.FINISHED for job in desk.jobs) >= count, timeout=60
    )


def board(desk):
    return desk.studio.boards.list.value.boards[0]


def shelves(desk):
    gallery = desk.driver.run(desk.studio.library.browser.gallery())
    return {shelf.name: shelf.pictures for shelf in gallery.boards()}


def test_a_prompt_in_three_styles_is_one_group_with_a_sheet_and_a_library_board(styled):
    desk = styled
    desk.press("go_styles")
    page = desk.window.styles
    page.cards.go_to("oil")
    for style_id in ("watercolour", "ink_wash"):
        row = page.cards.cards.index(page.cards.cards.row_of(style_id))
        page.cards.selectionModel().select(row, page.cards.selectionModel().SelectionFlag.Select)
    desk.press("style_compare")
    dialog = desk.window.findChild(StyleBoardDialog)
    assert set(dialog.chosen) == {"oil", "watercolour", "ink_wash"}
    dialog.queue_up.click()
    ended(desk, 3)
    assert len({job.group for job in desk.jobs}) == 1
    assert {job.recipe.style.id for job in desk.jobs} == {"oil", "watercolour", "ink_wash"}
    assert {job.recipe.seed for job in desk.jobs} == {7}
    desk.driver.until(lambda: board(desk).sheet)
    sheet = Path(board(desk).sheet)
    assert sheet.parent.name == "Boards"
    with Image.open(sheet) as image:
        assert image.width > 1000
    assert shelves(desk) == {"3 styles · a red mug": 3}
    desk.driver.until(lambda: desk.studio.notices.value.notice)
    notice = desk.studio.notices.value.notice
    assert notice.step is NextStep.SHOW_BOARD
    view = desk.window.dialogs.boards
    view.close()
    desk.window.banner.step.click()
    assert view.isVisible()
    assert [cell.accessibleName() for cell in view.cells] == list(board(desk).rows)


def test_what_failed_leaves_its_place_empty_and_is_added_when_it_is_made(styled):
    desk = styled
    desk.client.failures.append(JobFailed("It failed.", FailureCode.INTERNAL))
    dialog = desk.window.dialogs.open_style_board(("oil", "ink_wash"))
    dialog.queue_up.click()
    ended(desk, 1)
    desk.driver.until(lambda: board(desk).sheet)
    assert board(desk).on_sheet == 1
    desk.driver.until(lambda: "1 of its pictures missing" in desk.notice)
    first = Path(board(desk).sheet).read_bytes()
    desk.studio.commands.queue.retry_failed()
    ended(desk, 2)
    desk.driver.until(lambda: board(desk).on_sheet == 2)
    assert Path(board(desk).sheet).read_bytes() != first
    assert list(shelves(desk).values()) == [2]


def test_one_lora_by_several_weights(styled):
    desk = styled
    desk.studio.session.update(loras=(LoraChoice(name="Ink", digest="ab" * 32, weight=1.0),))
    dialog = desk.window.dialogs.open_style_board()
    dialog.compared.setCurrentIndex(dialog.compared.findData(Compared.WEIGHTS))
    dialog.compared.activated.emit(1)
    dialog.number.setValue(3)
    cells = dialog.cells
    assert [cell.label for cell in cells] == ["0", "0.5", "1"]
    assert [cell.session.loras[0].weight for cell in cells] == [0, 0.5, 1]
    assert dialog.queue_up.isEnabled()


def test_a_blend_by_several_shares_ends_in_the_pure_styles(styled):
    desk = styled
    styles = desk.studio.styles
    styles.choose("oil")
    desk.studio.blending.blend_with("ink_wash")
    dialog = desk.window.dialogs.open_style_board()
    dialog.compared.setCurrentIndex(dialog.compared.findData(Compared.WEIGHTS))
    cells = dialog.cells
    assert [cell.label for cell in cells] == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    ends = [cells[place].session.style.style for place in (0, -1)]
    assert ends == [styles.find("oil"), styles.find("ink_wash")]


def test_nothing_to_weigh_is_told(styled):
    dialog = styled.window.dialogs.open_style_board()
    dialog.compared.setCurrentIndex(dialog.compared.findData(Compared.WEIGHTS))
    dialog.compared.activated.emit(1)
    assert dialog.nothing.isVisibleTo(dialog)
    assert not dialog.queue_up.isEnabled()
    dialog.none.click()
    assert all(
        dialog.list.item(row).checkState() is Qt.CheckState.Unchecked
        for row in range(dialog.list.count())
    )


def test_values_are_spread_evenly_and_each_once() -> None:
    assert spread(-1, 1, 5) == (-1, -0.5, 0, 0.5, 1)
    assert spread(0.5, 0.5, 4) == (0.5,)
    assert spread(2, 0, 3) == (2, 1, 0)
