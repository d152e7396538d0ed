"""Trainings in the window: begun, watched, paused, ended by a problem, kept, deleted and undone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file
from tests.gui.conftest import MODEL, Desk

from maquette.core.errors import FailureCode, JobFailed, WorkerDied
from maquette.core.trained_style import style_id_of
from maquette.core.training import (
    LikenessReport,
    LossPoint,
    StyleKind,
    TrainingPicture,
    TrainingPlan,
    TrainingPreset,
    TrainingReport,
    TrainingStage,
    TrainingStatus,
)
from maquette.core.training_files import TrainingFolder
from maquette.core.training_presets import plan_training
from maquette.engine.status import EnginePhase
from maquette.gui.action_spec import Place
from maquette.library.trainings.shelf import TrainingShelf
from maquette.protocol.messages import Heartbeat
from maquette.protocol.trainer_messages import Curves, Preparing, Samples, TrainingProgress
from maquette.state.trained_styles import TrainedStyles
from maquette.state.training_view import ShownTraining

REPORT = TrainingReport(
    digest="",
    steps=200,
    best_step=160,
    stopped_early=False,
    first_validation=0.2,
    best_validation=0.1,
    parameters=1000,
    base_parameters=100_000,
    seconds=130.0,
    likeness=LikenessReport(likeness=0.8, closeness=0.5, usual=0.6, copied=0, made=8),
)


def plan_of(name: str = "Blue waves", count: int = 6) -> TrainingPlan:
    pictures = [
        TrainingPicture(digest=f"{number:064x}", caption=f"a vase {number}, blue waves style")
        for number in range(count)
    ]
    return plan_training(
        name, StyleKind.STYLE, TrainingPreset.QUICK, MODEL, pictures, 4 << 30, trigger="blue waves"
    )


class Watched:
    """A window that is at a training, with what it shows."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.trainings = desk.studio.trainings

    def begin(self, plan: TrainingPlan) -> Path:
        self.trainings.begin(plan, [])
        self.desk.driver.until(lambda: self.trainings.value.find(plan.id))
        return self.trainings.value.trainings[0].folder

    def running(self, plan: TrainingPlan) -> None:
        self.desk.driver.until(lambda: self.desk.trainer.folder is not None)
        folder = self.desk.trainer.folder
        assert folder is not None
        assert folder.name == plan.id

    def shown(self, plan: TrainingPlan) -> ShownTraining:
        one = self.trainings.value.find(plan.id)
        assert one is not None
        return one

    def stage(self, plan: TrainingPlan) -> TrainingStage:
        return self.shown(plan).stage

    @property
    def page(self) -> Any:
        return self.desk.window.places.trainings

    def finish(self, plan: TrainingPlan, folder: Path, report: TrainingReport = REPORT) -> None:
        """What the trainer leaves when it is done."""
        files = TrainingFolder(folder)
        down = np.ones((4, 8), np.float32)
        save_file({"unet.x.lora_A.weight": down}, files.result(plan.name), {"format": "pt"})
        files.write_report(report)
        files.write_status(TrainingStatus(TrainingStage.DONE, report.steps))
        self.desk.trainer.end(report)


@pytest.fixture
def watched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr("maquette.state.device_loan.has_room", lambda *_: True)
    return Watched(desk)


def test_a_training_is_watched_from_its_begin_to_its_card(watched: Watched) -> None:
    desk, plan = watched.desk, plan_of()
    folder = watched.begin(plan)
    watched.running(plan)
    page = watched.page
    assert page.isVisible()
    assert desk.window.rail.places[Place.STYLES].isChecked()
    assert not page.head.stop.isEnabled()
    trainer = desk.trainer
    trainer.say(Preparing(job="", stage="Preparing the pictures", fraction=0.5))
    assert page.head.state.text() == "Preparing the pictures"
    assert page.head.line.value() == 500
    trainer.say(Heartbeat(resident=3 << 30))
    trainer.say(TrainingProgress(job="", step=40, total=200, loss=0.2, seconds_left=100))
    assert page.head.facts.text() == "step 40 of 400 · 2 min left · 3.0 GB of memory"
    assert page.head.stop.isEnabled()
    losses = tuple(LossPoint(step, 1 / (step + 9)) for step in range(1, 41))
    held = (LossPoint(0, 0.12), LossPoint(20, 0.1), LossPoint(40, 0.11))
    trainer.say(Curves(job="", losses=losses, validation=held, best_step=20))
    assert "best after 20 steps" in page.curves.plot.accessibleDescription()
    assert "Training “Blue waves” · 10 %" in desk.window.status.training.text()
    (folder / "samples").mkdir()
    for step in (20, 40):
        pictures = np.full((4, 16, 16, 3), step, np.uint8)
        save_file({"pictures": pictures}, TrainingFolder(folder).samples(step))
        trainer.say(Samples(job="", step=step, prompts=(), pictures=()))
    assert page.samples.steps == (20, 40)
    assert page.samples.remark.text() == "after 40 steps"
    desk.driver.until(lambda: page.samples.pixmap_of(40))
    page.samples.turn_to(0)
    assert page.samples.remark.text() == "after 20 steps"
    watched.finish(plan, folder)
    desk.driver.until(lambda: desk.studio.styles.find(style_id_of(plan.id)))
    desk.driver.until(lambda: page.head.use.isEnabled())
    assert not page.head.warnings.isVisible()
    assert "80 %" in page.head.outcome.text()
    desk.driver.until(lambda: desk.studio.styles.sample(style_id_of(plan.id)))
    [asked] = desk.client.asked
    assert asked.prompt.endswith(", blue waves style")
    assert asked.loras[0].name == "blue-waves-style"
    page.head.use.click()
    chosen = desk.studio.styles.chosen
    assert chosen is not None
    assert chosen.id == style_id_of(plan.id)
    assert desk.window.panel.isVisible()
    [row] = desk.studio.loras.stack
    assert desk.studio.loras.info_of(row) is not None or not desk.studio.loras.problem_of(row)


def test_the_second_waits_pauses_and_is_resumed(watched: Watched) -> None:
    desk, first, second = watched.desk, plan_of(), plan_of("Second")
    watched.begin(first)
    watched.running(first)
    folder = watched.begin(second)
    page = watched.page
    assert page.head.state.text() == "Waits for its turn"
    watched.trainings.pause(second.id)
    desk.driver.until(lambda: not watched.shown(second).is_here)
    assert page.head.turn.text() == "Resume"
    page.head.turn.click()
    watched.trainings.pause(first.id)
    assert desk.trainer.asked[-1] == ("pause", watched.shown(first).folder)
    desk.trainer.end(None)
    watched.running(second)
    assert TrainingFolder(folder).is_wanted
    page.head.turn.click()
    desk.trainer.end(None)
    desk.driver.until(lambda: not watched.shown(second).is_here)
    assert not TrainingFolder(folder).is_wanted


def test_what_a_paused_training_learned_is_kept(watched: Watched) -> None:
    desk, plan = watched.desk, plan_of()
    folder = watched.begin(plan)
    watched.running(plan)
    page = watched.page
    page.head.turn.click()
    desk.trainer.end(None)
    desk.driver.until(lambda: not watched.shown(plan).is_here)
    assert not page.head.stop.isVisible()  # nothing is learned yet
    page.head.turn.click()
    watched.running(plan)
    TrainingFolder(folder).write_status(TrainingStatus(TrainingStage.PAUSED, 40))
    desk.trainer.end(None)
    desk.driver.until(lambda: page.head.stop.isEnabled())
    page.head.stop.click()
    watched.running(plan)
    assert desk.trainer.asked[-1] == ("keep", folder)
    assert page.head.state.text() == "Making the style…"
    assert not page.head.stop.isEnabled()
    watched.finish(plan, folder)
    desk.driver.until(lambda: watched.stage(plan) is TrainingStage.DONE)


def test_a_problem_is_told_and_the_training_resumed(watched: Watched) -> None:
    desk, plan = watched.desk, plan_of()
    watched.begin(plan)
    watched.running(plan)
    sentence = "Memory ran out while the style was trained; please close other programs and "
    sentence += "resume the training."
    desk.trainer.end(JobFailed(sentence, FailureCode.OUT_OF_MEMORY))
    desk.driver.until(lambda: watched.stage(plan) is TrainingStage.FAILED)
    page = watched.page
    assert page.banner.text.text() == sentence
    assert page.head.message.text() == sentence
    page.banner.step.click()
    watched.running(plan)
    # The next try has the device for itself; a picture that is asked for waits and says so.
    assert desk.client.status.phase is EnginePhase.RESTING
    desk.trainer.end(WorkerDied("The training ended unexpectedly (exit status 9); resume it."))
    desk.driver.until(lambda: watched.stage(plan) is TrainingStage.FAILED)
    assert desk.client.status.phase is EnginePhase.READY


def test_closing_pauses_and_the_next_window_offers_to_go_on(
    watched: Watched, open_desk: Callable[..., Desk]
) -> None:
    plan = plan_of()
    watched.begin(plan)
    watched.running(plan)
    watched.desk.close()
    again = open_desk()
    assert again.notice == "The training of “Blue waves” is paused at step 0 of 400."
    assert again.trainer.folder is None
    again.window.banner.step.click()
    again.driver.until(lambda: again.trainer.folder is not None)
    again.trainer.end(None)
    again.driver.until(lambda: again.studio.trainings.running is None)
    again.close()
    assert not open_desk().notice


def test_one_that_a_terminal_trained_becomes_a_card_once(
    desk: Desk, open_desk: Callable[..., Desk]
) -> None:
    plan = plan_of()
    folder = TrainingShelf(desk.home / "data" / "trainings").add(plan, [])
    desk.close()
    files = TrainingFolder(folder)
    save_file({"x": np.ones(2, np.float32)}, files.result(plan.name))
    files.write_report(REPORT)
    files.write_status(TrainingStatus(TrainingStage.DONE, 200))
    again = open_desk()
    styles = again.studio.styles
    again.driver.until(lambda: styles.find(style_id_of(plan.id)))
    again.driver.until(lambda: files.has_card)
    assert isinstance(again.studio.trained_styles, TrainedStyles)
    styles.delete(style_id_of(plan.id))
    again.driver.until(lambda: styles.find(style_id_of(plan.id)) is None)
    again.close()
    last = open_desk()
    last.studio.styles.need()
    last.driver.until(lambda: last.studio.styles.value.loaded)
    last.driver.settle()
    assert last.studio.styles.find(style_id_of(plan.id)) is None


def test_a_deleted_training_is_brought_back(watched: Watched) -> None:
    desk, plan = watched.desk, plan_of()
    watched.begin(plan)
    watched.running(plan)
    page = watched.page
    assert not page.head.delete.isEnabled()
    desk.trainer.end(None)
    desk.driver.until(lambda: page.head.delete.isEnabled())
    page.head.delete.click()
    desk.driver.until(lambda: not watched.trainings.value.trainings)
    assert page.empty.isVisible()
    page.banner.step.click()
    desk.driver.until(lambda: watched.trainings.value.find(plan.id))


def test_the_page_speaks_chinese_at_once(watched: Watched) -> None:
    desk, plan = watched.desk, plan_of()
    watched.begin(plan)
    watched.running(plan)
    desk.trainer.say(Preparing(job="", stage="Reading the pictures", fraction=0.5))
    desk.studio.settings.update(language="zh_CN")
    desk.driver.settle()
    assert watched.page.head.state.text() == "正在读取图片"
    assert watched.page.curves.note.text().startswith("越低越好")
    assert watched.page.record.head.text() == "训练记录"
