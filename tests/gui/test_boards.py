"""Boards of variants: asked for, made as one group, looked at, exported, there after a restart."""

from pathlib import Path

import msgspec
import pytest

from maquette.core.job import JobState
from maquette.core.rect import Rect
from maquette.core.variants_board import MAX_CELLS, Axis, AxisValues, BoardPlan
from maquette.gui.boards.dialog import BoardDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def draw(desk):
    drawings = desk.studio.drawings
    desk.driver.until(lambda: drawings.begin(drawings.drawing.active))
    layer = drawings.drawing.active
    drawings.pixels(layer).array[400:420, 200:800] = (0, 0, 0, 255)
    drawings.commit(layer, Rect(200, 400, 600, 20), "Stroke")
    desk.driver.run(drawings.settled())


def finished(desk, count):
    desk.driver.until(
        lambda: sum(job.state is JobState.FINISHED for job in desk.jobs) >= count, timeout=60
    )


def queue_board(desk, plan, title="Board"):
    studio = desk.studio
    model = studio.models.chosen
    return desk.driver.run(studio.boards.queue_up(plan, studio.session.value, model, title))


PLAN = BoardPlan(
    AxisValues(Axis.MATERIAL, ("glass", "marble")),
    AxisValues(Axis.COLOUR, ("blue", "red", "white")),
)


def test_the_dialog_queues_three_by_three_as_one_named_group(desk):
    desk.studio.session.update(prompt="a mug")
    dialog = desk.window.dialogs.open_board()
    assert isinstance(dialog, BoardDialog)
    assert "9" in dialog.queue_up.text()
    dialog.queue_up.click()
    finished(desk, 9)
    assert len({job.group for job in desk.jobs}) == 1
    assert desk.jobs[0].group_name == "Board 3 × 3"
    assert len({job.recipe.prompt for job in desk.jobs}) == 9
    assert len({job.recipe.seed for job in desk.jobs}) == 1


def test_cells_say_the_words_of_their_row_and_column(desk):
    draw(desk)
    sketch = desk.studio.session.value.sketch
    desk.studio.session.update(
        prompt="a green ceramic mug", sketch=msgspec.structs.replace(sketch, used=True)
    )
    board = queue_board(desk, PLAN)
    finished(desk, 6)
    prompts = [job.recipe.prompt for job in desk.jobs]
    assert prompts[:3] == ["a blue glass mug", "a red glass mug", "a white glass mug"]
    assert prompts[5] == "a white marble mug"
    assert board.label(5) == ("marble", "white")
    assert {job.recipe.controls for job in desk.jobs} == {desk.jobs[0].recipe.controls}
    assert desk.jobs[0].recipe.controls


def test_follow_values_and_seeds_are_axes_too(desk):
    draw(desk)
    sketch = desk.studio.session.value.sketch
    desk.studio.session.update(
        seed=100, seed_locked=True, sketch=msgspec.structs.replace(sketch, used=True)
    )
    plan = BoardPlan(AxisValues(Axis.FOLLOW, ("25", "100")), AxisValues(Axis.SEED, ("1", "3")))
    queue_board(desk, plan)
    finished(desk, 4)
    cells = [(job.recipe.controls[0].follow, job.recipe.seed) for job in desk.jobs]
    assert cells == [(25, 100), (25, 102), (100, 100), (100, 102)]


def test_too_many_pictures_are_refused_before_anything_is_queued(desk):
    dialog = desk.window.dialogs.open_board()
    dialog.rows.values.setPlainText("\n".join(f"word {n}" for n in range(30)))
    assert not dialog.queue_up.isEnabled()
    assert str(MAX_CELLS) in dialog.summary.text()
    dialog.reject()
    assert not desk.jobs


def test_the_view_shows_the_grid_and_a_click_opens_the_picture(desk):
    board = queue_board(desk, PLAN)
    finished(desk, 6)
    view = desk.window.dialogs.show_boards(board)
    desk.driver.until(lambda: all(cell.isEnabled() for cell in view.cells))
    assert view.cells[4].accessibleName() == "marble · red"
    view.cells[4].click()
    assert desk.results.shown.record.recipe.prompt.startswith("a red marble")


def test_a_board_is_there_after_a_restart(open_desk):
    desk = open_desk()
    desk.studio.session.update(prompt="a mug")
    board = queue_board(desk, PLAN, "Board 2 × 3")
    finished(desk, 6)
    desk.close()
    again = open_desk()
    assert [each.id for each in again.studio.boards.list.value.boards] == [board.id]
    view = again.window.dialogs.show_boards()
    again.driver.until(lambda: sum(cell.isEnabled() for cell in view.cells) == 6)


def test_an_old_board_finds_its_pictures_in_the_library(open_desk):
    desk = open_desk()
    desk.studio.session.update(prompt="a mug")
    queue_board(desk, PLAN)
    finished(desk, 6)
    desk.studio.commands.queue.clear_finished()
    desk.driver.until(lambda: not desk.jobs)
    desk.close()
    again = open_desk()
    again.results.recent.update(pictures=())  # others came since
    view = again.window.dialogs.show_boards()
    again.driver.until(lambda: sum(cell.isEnabled() for cell in view.cells) == 6)
    view.cells[4].click()
    assert again.results.shown.record.recipe.prompt.startswith("a red marble")


def test_pictures_in_the_trash_leave_their_cells_empty(open_desk):
    desk = open_desk()
    desk.studio.session.update(prompt="a mug")
    board = queue_board(desk, PLAN)
    finished(desk, 6)
    desk.studio.commands.queue.clear_finished()
    desk.driver.until(lambda: not desk.jobs)
    desk.results.recent.update(pictures=())
    browser, gone = desk.studio.library.browser, board.records[:2]
    pictures = desk.driver.run(browser.of_records(gone))
    desk.driver.run(browser.work(lambda gallery: gallery.trash([p.id for p in pictures])))
    desk.driver.run(desk.studio.boards.look_up(board))
    assert [bool(path) for path in desk.studio.boards.paths(board)] == [False] * 2 + [True] * 4


def test_a_damaged_board_file_is_passed_by(open_desk, maquette_home):
    folder = maquette_home / "data" / "boards"
    folder.mkdir(parents=True)
    (folder / "0123456789abcdef.json").write_bytes(b'{"id": 3')
    (folder / "fedcba9876543210.json").write_bytes(b"\x00" * 300_000)
    assert open_desk().studio.boards.list.value.boards == ()


def test_unfinished_cells_keep_their_place_on_the_sheet(desk, tmp_path, monkeypatch):
    board = queue_board(desk, PLAN)
    finished(desk, 6)
    boards = desk.studio.boards
    there = boards.paths(board)
    monkeypatch.setattr(boards, "paths", lambda _board: ("", *there[1:5], ""))
    pages = []
    make_page = boards._maker.make_page

    async def noting(page, kind, marking):
        pages.append(page)
        return await make_page(page, kind, marking)

    monkeypatch.setattr(boards._maker, "make_page", noting)
    path = desk.driver.run(boards.export_sheet(board, tmp_path / "sheet.png"))
    assert path.is_file()
    (page,) = pages
    assert page.heads == ("blue", "red", "white")
    assert page.sides == ("glass", "marble")
    assert [bool(each.path) for each in page.pictures] == [False, True, True, True, True, False]


def test_pictures_are_exported_one_by_one_under_their_words(desk, tmp_path):
    board = queue_board(desk, PLAN)
    finished(desk, 6)
    boards = desk.studio.boards
    copies = desk.driver.run(boards.export_pictures(board, tmp_path))
    assert [path.name for path in copies] == [
        "01-glass-blue.png",
        "02-glass-red.png",
        "03-glass-white.png",
        "04-marble-blue.png",
        "05-marble-red.png",
        "06-marble-white.png",
    ]
    kept = boards.paths(board)
    assert [p.read_bytes() for p in copies] == [Path(p).read_bytes() for p in kept]
