"""The queue panel as a person uses it: pause, move, cancel several, retry, skip, clear, undo."""

import sqlite3
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from maquette.core.errors import WorkerDied
from maquette.core.job import JobState
from maquette.core.job_change import Role
from maquette.core.paths import queue_file
from maquette.engine.queue import JobQueue
from maquette.gui.queue_model import GROUP_ROLE, JOB_ROLE, STATE_TEXT_ROLE
from maquette.library.queue.store import QueueStore

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALT = Qt.KeyboardModifier.AltModifier


def prompts(desk):
    """What the rows say, headers in brackets."""
    model = desk.window.queue.model
    said = []
    for row in range(model.rowCount()):
        index = model.index(row)
        text = model.data(index)
        said.append(f"[{text}]" if model.data(index, GROUP_ROLE) else text)
    return said


def index_of(desk, prompt):
    model = desk.window.queue.model
    for row in range(model.rowCount()):
        if model.data(model.index(row)) == prompt:
            return model.index(row)
    raise AssertionError(f"{prompt} is not in {prompts(desk)}")


def select(desk, *wanted):
    """Select rows as Ctrl and clicks do, and give the list the focus."""
    view = desk.window.queue.list
    view.clearSelection()
    for prompt in wanted:
        index = index_of(desk, prompt)
        view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Select)
    view.setFocus()


def selected(desk):
    return [index.data() for index in desk.window.queue.list.chosen]


def click(desk, prompt, button=0, buttons=1):
    """Click a button of a row, counted from the left."""
    view = desk.window.queue.list
    rect = view.visualRect(index_of(desk, prompt))
    place = QPoint(rect.right() - 14 - 24 * (buttons - 1 - button), rect.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def drag(desk, wanted, target, side):
    """Drop rows above or below another one, as the mouse does at the end of a drag."""
    view, model = desk.window.queue.list, desk.window.queue.model
    mime = model.mimeData([index_of(desk, prompt) for prompt in wanted])
    rect = view.visualRect(index_of(desk, target))
    place = QPointF(rect.center().x(), rect.top() + 4 if side == "above" else rect.bottom() - 4)
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(place, Qt.DropAction.MoveAction, mime, button, keys)
    view.dropEvent(event)
    assert event.isAccepted()


@pytest.fixture
def queue_up(desk, sample_recipe):
    """(*prompts, name) to the jobs, each prompt a group of its own unless a name is given."""

    def submit(*wanted, name="", to=None):
        recipes = [msgspec.structs.replace(sample_recipe, prompt=prompt) for prompt in wanted]
        groups = [recipes] if name else [[recipe] for recipe in recipes]
        jobs = []
        for group in groups:
            work = (to or desk.queue).submit(group, group_name=name)
            jobs.extend(desk.driver.run(work))
        desk.driver.settle()
        return [job.id for job in jobs]

    return submit


@pytest.fixture
def paused(desk):
    """The desk with its queue paused, so that nothing is begun."""
    desk.press("queue_pause")
    desk.driver.until(lambda: desk.queue.paused)
    return desk


def state_of(desk, job_id):
    return desk.queue.find(job_id).state


def test_pause_lets_the_current_picture_finish_and_resume_goes_on(desk, queue_up):
    desk.client.hold_at = 1
    queue_up("one")
    desk.driver.until(lambda: desk.client.asked)
    desk.press("queue_pause")
    desk.driver.until(lambda: desk.window.queue.strip.isVisible())
    assert "finished first" in desk.window.queue.strip_text.text()
    ids = queue_up("two")
    desk.client.hold_at = None
    desk.driver.until(lambda: desk.jobs[0].state is JobState.FINISHED)
    desk.driver.settle(0.2)
    assert state_of(desk, ids[0]) is JobState.QUEUED
    assert desk.window.queue.pause.accessibleName() == "Resume"
    desk.window.queue.resume.click()
    desk.driver.until(lambda: state_of(desk, ids[0]) is JobState.FINISHED)
    assert not desk.window.queue.strip.isVisible()


def test_keys_move_what_is_selected_and_it_stays_selected(paused, queue_up):
    desk = paused
    queue_up("a", "b", "c", "d")
    select(desk, "c")
    view = desk.window.queue.list
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    desk.driver.until(lambda: prompts(desk) == ["a", "c", "b", "d"])
    assert selected(desk) == ["c"]
    QTest.keyClick(view, Qt.Key.Key_Home, ALT)
    desk.driver.until(lambda: prompts(desk) == ["c", "a", "b", "d"])
    select(desk, "c", "a")
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    desk.driver.until(lambda: prompts(desk) == ["b", "c", "a", "d"])
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    desk.driver.until(lambda: prompts(desk) == ["b", "d", "c", "a"])
    assert sorted(selected(desk)) == ["a", "c"]
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)  # there is nowhere to go
    desk.driver.settle()
    assert prompts(desk) == ["b", "d", "c", "a"]
    assert [job.recipe.prompt for job in desk.jobs] == ["b", "d", "c", "a"]


def test_dragging_puts_jobs_before_another_one(paused, queue_up):
    desk = paused
    queue_up("a", "b", "c", "d")
    drag(desk, ("c", "d"), "a", "above")
    desk.driver.until(lambda: prompts(desk) == ["c", "d", "a", "b"])
    drag(desk, ("c",), "b", "below")
    desk.driver.until(lambda: prompts(desk) == ["d", "a", "b", "c"])
    drag(desk, ("d", "b"), "a", "above")  # one of them is there already
    desk.driver.until(lambda: prompts(desk) == ["d", "b", "a", "c"])


def test_groups_have_headers_that_fold_and_move_as_one(paused, queue_up):
    desk = paused
    queue_up("solo")
    queue_up("m1", "m2", "m3", name="mugs.csv")
    assert prompts(desk) == ["solo", "[mugs.csv]", "m1", "m2", "m3"]
    select(desk, "mugs.csv")
    view = desk.window.queue.list
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert prompts(desk) == ["solo", "[mugs.csv]"]
    header = index_of(desk, "mugs.csv")
    assert "0 of 3" in header.data(STATE_TEXT_ROLE)
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    desk.driver.until(lambda: prompts(desk) == ["[mugs.csv]", "solo"])
    select(desk, "solo")  # goes past the whole folded group
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    desk.driver.until(lambda: prompts(desk) == ["solo", "[mugs.csv]"])
    select(desk, "mugs.csv")
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert prompts(desk) == ["solo", "[mugs.csv]", "m1", "m2", "m3"]
    QTest.keyClick(view, Qt.Key.Key_Delete)
    desk.driver.until(lambda: [job.state for job in desk.jobs].count(JobState.CANCELLED) == 3)
    assert desk.jobs[0].state is JobState.QUEUED


def test_a_job_moved_into_a_group_parts_it_in_two(paused, queue_up):
    desk = paused
    queue_up("m1", "m2", "m3", name="mugs")
    queue_up("solo")
    select(desk, "solo")
    QTest.keyClick(desk.window.queue.list, Qt.Key.Key_Up, ALT)
    desk.driver.until(lambda: prompts(desk) == ["[mugs]", "m1", "m2", "solo", "[mugs]", "m3"])
    assert selected(desk) == ["solo"]


def test_large_groups_are_folded_and_tell_their_progress(desk, queue_up):
    desk.client.hold_at = 1
    queue_up(*(f"m{number}" for number in range(20)), name="big.txt")
    assert prompts(desk) == ["[big.txt]"]
    desk.client.hold_at = None
    desk.driver.until(lambda: "20 of 20" in index_of(desk, "big.txt").data(STATE_TEXT_ROLE))
    group = index_of(desk, "big.txt").data(GROUP_ROLE)
    assert (group.fraction, group.is_open, group.in_trouble) == (1.0, False, False)


def test_several_are_cancelled_at_once_and_queued_again(paused, queue_up):
    desk = paused
    ids = queue_up("a", "b", "c")
    select(desk, "a", "c")
    QTest.keyClick(desk.window.queue.list, Qt.Key.Key_Delete)
    desk.driver.until(lambda: state_of(desk, ids[2]) is JobState.CANCELLED)
    assert state_of(desk, ids[0]) is JobState.CANCELLED
    assert state_of(desk, ids[1]) is JobState.QUEUED
    select(desk, "a", "c")
    QTest.keyClick(desk.window.queue.list, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    desk.driver.until(lambda: prompts(desk) == ["b", "a", "c"])
    assert {job.state for job in desk.jobs} == {JobState.QUEUED}


def test_clearing_is_undone_from_the_notice(desk, queue_up):
    queue_up("a", "b")
    desk.driver.until(lambda: all(job.state is JobState.FINISHED for job in desk.jobs))
    desk.press("clear_finished")
    desk.driver.until(lambda: desk.notice.startswith("2 jobs were cleared away"))
    assert prompts(desk) == []
    desk.window.banner.step.click()
    desk.driver.until(lambda: prompts(desk) == ["a", "b"])
    assert all(Path(job.path).is_file() for job in desk.jobs)


def test_a_job_that_kills_its_worker_twice_is_set_aside_and_can_be_tried_anyway(desk, queue_up):
    death = "The worker crashed (segmentation fault); it is started again."
    desk.client.failures += [WorkerDied(death), WorkerDied(death)]
    (job_id,) = queue_up("poison")
    desk.driver.until(lambda: state_of(desk, job_id) is JobState.FAILED)
    click(desk, "poison")
    desk.driver.until(lambda: state_of(desk, job_id) is JobState.QUARANTINED)
    assert "segmentation fault" in index_of(desk, "poison").data(STATE_TEXT_ROLE)
    desk.press("retry_failed")
    desk.driver.settle(0.1)
    assert state_of(desk, job_id) is JobState.QUARANTINED  # never unasked
    click(desk, "poison", button=0, buttons=2)
    desk.driver.until(lambda: state_of(desk, job_id) is JobState.FINISHED)


def test_duplicate_lays_the_recipe_of_a_job_out(paused, queue_up):
    desk = paused
    (job_id,) = queue_up("a teal jug")
    desk.studio.commands.queue.duplicate(job_id)
    assert desk.window.panel.prompt.toPlainText() == "a teal jug"
    assert desk.studio.session.value.seed == desk.queue.find(job_id).recipe.seed
    assert len(desk.jobs) == 1


def leave_uncleanly(job_ids, states):
    """Make the queue look as a program left it that was killed."""
    with sqlite3.connect(queue_file()) as connection:
        connection.execute("DELETE FROM owners")
        for job_id, state in zip(job_ids, states, strict=True):
            connection.execute(
                "UPDATE jobs SET state = ?, owner = 'dead', claimed = ? WHERE id = ?",
                (state, int(state == "running"), job_id),
            )
    connection.close()


@pytest.fixture
def left(open_desk, driver, sample_recipe):
    """A window that opens after another one was killed while it made the first of three."""
    before = open_desk()
    before.press("queue_pause")
    driver.until(lambda: before.queue.paused)
    recipes = [msgspec.structs.replace(sample_recipe, prompt=word) for word in ("a", "b", "c")]
    ids = [job.id for recipe in recipes for job in driver.run(before.queue.submit([recipe]))]
    before.close()
    leave_uncleanly(ids, ("running", "queued", "queued"))
    desk = open_desk()
    driver.until(lambda: desk.queue.owner != "" and len(desk.jobs) == 3)
    driver.settle()
    return desk, ids


def test_after_an_unclean_end_the_banner_offers_to_resume(left):
    desk, ids = left
    assert desk.notice == (
        "Maquette was not closed properly: the queue is paused, with 1 interrupted and 2 waiting."
    )
    assert state_of(desk, ids[0]) is JobState.INTERRUPTED
    assert desk.client.asked == []
    assert desk.window.banner.other.text() == "Clear"
    desk.window.banner.step.click()
    desk.driver.until(lambda: all(job.state is JobState.FINISHED for job in desk.jobs))
    assert sorted(recipe.prompt for recipe in desk.client.asked) == ["a", "b", "c"]


def test_the_banner_leaves_when_the_queue_goes_on_by_its_own_button(left):
    desk, _ids = left
    assert desk.window.banner.isVisible()
    desk.press("queue_pause")
    desk.driver.until(lambda: not desk.queue.paused)
    desk.driver.until(lambda: not desk.window.banner.isVisible())


def test_after_an_unclean_end_everything_can_be_cleared_and_brought_back(left):
    desk, _ids = left
    desk.window.banner.other.click()
    desk.driver.until(lambda: prompts(desk) == [])
    assert desk.client.asked == []
    desk.driver.until(lambda: desk.window.banner.step.text() == "Undo")
    desk.window.banner.step.click()
    desk.driver.until(lambda: [job.state for job in desk.jobs] == [JobState.QUEUED] * 3)
    assert sorted(prompts(desk)) == ["a", "b", "c"]


def test_an_interrupted_job_is_skipped_or_made_again_in_its_row(left):
    desk, ids = left
    click(desk, "a", button=1, buttons=2)
    desk.driver.until(lambda: state_of(desk, ids[0]) is JobState.CANCELLED)
    click(desk, "a")
    desk.driver.until(lambda: state_of(desk, ids[0]) is JobState.QUEUED)


def test_jobs_of_another_program_are_shown_as_such(desk, queue_up):
    """Another program is another store on the same file."""

    async def never(_made, _job):
        raise AssertionError("nothing is made there")

    other = JobQueue(desk.client, never, QueueStore(queue_file()), role=Role.COMMAND)
    (job_id,) = queue_up("elsewhere", to=other)
    desk.driver.until(lambda: desk.queue.find(job_id) is not None)
    assert index_of(desk, "elsewhere").data(STATE_TEXT_ROLE) == "waiting in another program"
    assert index_of(desk, "elsewhere").data(JOB_ROLE).owner == other.owner
    desk.driver.run(other.close())


def test_ten_thousand_jobs_change_one_row_at_a_time(paused, queue_up):
    desk = paused
    ids = queue_up(*(f"m{number}" for number in range(10_000)), name="many.txt")
    model = desk.window.queue.model
    model.fold(desk.jobs[0].group, False)
    assert model.rowCount() == 10_001
    seen = []
    model.modelReset.connect(lambda: seen.append("reset"))
    model.rowsInserted.connect(lambda *_: seen.append("inserted"))
    model.dataChanged.connect(lambda first, last: seen.append((first.row(), last.row())))
    desk.driver.run(desk.queue.cancel([ids[5000]]))
    desk.driver.settle()
    assert sorted(seen) == [(0, 0), (5001, 5001)]  # the header, and the job
