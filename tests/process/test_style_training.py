"""A style from one's own pictures, all the way: trained, killed, resumed, used, taken elsewhere."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import psutil
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from tests.gui.conftest import Driver, driver

from maquette.core.job import JobState
from maquette.core.model_files import built_in_model
from maquette.core.pixels import Pixels
from maquette.core.settings import Settings
from maquette.core.style import Words
from maquette.core.trained_style import style_id_of
from maquette.core.training import (
    StyleKind,
    TrainingPicture,
    TrainingPlan,
    TrainingPreset,
    TrainingSource,
    TrainingStage,
)
from maquette.core.training_files import TrainingFolder
from maquette.core.training_presets import plan_training
from maquette.engine.client import EngineClient
from maquette.engine.marker import MarkerClient
from maquette.engine.marker_pool import MarkerPool
from maquette.engine.queue import JobQueue
from maquette.engine.trainer import TrainerClient
from maquette.library.queue.store import QueueStore
from maquette.library.trainings.progress import newest_state
from maquette.provenance.metadata import read_image
from maquette.state.batch_exports import ExportParts
from maquette.state.library import LibraryFiles
from maquette.state.results import Results
from maquette.state.saving import Saver
from maquette.state.studio import Studio
from maquette.state.training_view import ShownTraining
from maquette.worker.training.inspection import look_at

__all__ = ["driver"]  # a fixture

PATIENCE = 900.0  # seconds, on a machine that is busy; a quiet one takes a fraction of it
PROMPT, SEED = "a ceramic bowl on a table", 11


class OpenStudio:
    """The window's state over the folders of `home`, with real processes and no window."""

    def __init__(self, home: Path, driver: Driver) -> None:
        self._driver = driver
        data = home / "data"
        results = Results()
        self._saver = Saver(data / "library.sqlite3", data / "ledger.sqlite3", results)
        self._client = EngineClient(device="cpu")
        self.trainer = TrainerClient(device="cpu")
        store = QueueStore(data / "queue.sqlite3")
        self._queue = JobQueue(self._client, self._saver.save, store, self._saver.name_record)
        self._marker = MarkerClient()
        self._pool = MarkerPool(cores=1)
        self.studio = Studio(
            client=self._client,
            queue=self._queue,
            marker=self._marker,
            trainer=self.trainer,
            keep=self._saver.export,
            results=results,
            library=LibraryFiles(
                index=data / "library.sqlite3",
                ledger=data / "ledger.sqlite3",
                thumbnails=home / "cache" / "thumbnails",
            ),
            exporting=ExportParts(
                runs_file=data / "exports.sqlite3",
                presets_folder=home / "config" / "export-presets",
                exporter=self._pool,
                open_archive=self._saver.open,
            ),
            settings=Settings(language="en"),
            settings_file=home / "config" / "settings.json",
            session_file=data / "session.json",
            built_in=built_in_model()[1],
            example_prompt="",
        )
        self._saver.use_settings(self.studio.settings)
        driver.run(self._open(), PATIENCE)

    async def _open(self) -> None:
        await self._client.start()
        self._runner = asyncio.ensure_future(self._queue.run())
        await self.studio.restore(await self._saver.recent(1))

    def until(self, reached: Callable[[], Any]) -> None:
        self._driver.until(reached, PATIENCE)

    def training(self, plan: TrainingPlan) -> ShownTraining:
        found = self.studio.trainings.value.find(plan.id)
        assert found is not None
        return found

    def picture_in(self, style_id: str) -> Pixels:
        """Queue the picture of PROMPT and SEED with the card on; its pixels as saved."""
        studio = self.studio
        studio.styles.choose(style_id)
        studio.session.update(prompt=PROMPT, seed=SEED, seed_locked=True, steps=4)
        studio.commands.generate()
        ended = (JobState.FINISHED, JobState.FAILED)
        self.until(lambda: self._queue.jobs and self._queue.jobs[-1].state in ended)
        job = self._queue.jobs[-1]
        assert job.state is JobState.FINISHED, job.message
        assert [lora.weight for lora in job.recipe.loras] == [1.0]
        assert job.recipe.prompt == f"{PROMPT}, blue waves style"
        return read_image(Path(job.path))[0]

    def close(self) -> None:
        self._driver.run(self._close(), PATIENCE)

    async def _close(self) -> None:
        self._runner.cancel()
        await asyncio.gather(self._runner, return_exceptions=True)
        await asyncio.gather(self._client.close(), self._marker.close())
        await self.studio.close()
        await self._pool.close()
        await self._queue.close()
        await self._saver.close()


@pytest.fixture
def open_studio(
    driver: Driver, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], OpenStudio]]:
    """Opens a studio at a home folder, in the place of the one before."""
    opened: list[OpenStudio] = []

    def open_one(home: Path) -> OpenStudio:
        if opened:
            opened.pop().close()
        monkeypatch.setenv("MAQUETTE_HOME", str(home))
        opened.append(OpenStudio(home, driver))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def planned(folder: Path) -> tuple[TrainingPlan, Sequence[TrainingSource]]:
    """A training of few steps with five striped pictures, which are files in `folder`."""
    folder.mkdir()
    rows = np.linspace(0, 9, 256)[:, None]
    for number in range(5):
        wave = np.sin(rows * (number + 2)) * np.cos(rows.T * 3) * 0.5 + 0.5
        pixels = np.stack([wave * 200, wave * 220, 255 - 0 * wave], -1).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"vase {number}.png")
    found = list(look_at([folder], 256, StyleKind.STYLE, "blue waves"))
    plan = plan_training(
        "Blue waves",
        StyleKind.STYLE,
        TrainingPreset.QUICK,
        built_in_model()[1],
        [TrainingPicture(digest=f.digest, caption=f.caption, crop=f.crop) for f in found],
        4 << 30,
        steps=6,
    )
    # Without the model's own pictures there is nothing to be judged against, which takes long.
    settings = msgspec.structs.replace(
        plan.settings,
        batch=1,
        side=128,
        prior_share=0.0,
        prior_pictures=0,
        validate_every=2,
        sample_every=6,
        seed=3,
    )
    plan = msgspec.structs.replace(plan, settings=settings)
    return plan, [TrainingSource(each.digest, each.path) for each in found]


def test_a_style_is_trained_killed_resumed_used_and_taken_elsewhere(
    open_studio: Callable[[Path], OpenStudio], tmp_path: Path
) -> None:
    one = open_studio(tmp_path / "home")
    trainings, styles = one.studio.trainings, one.studio.styles
    plan, sources = planned(tmp_path / "pictures")
    trainings.begin(plan, sources)

    # Killed once something was learned: told in a sentence, and all checkpoints are kept.
    one.until(lambda: trainings.value.find(plan.id) and one.training(plan).best_step)
    pid = one.trainer.pid_of(one.training(plan).folder)
    assert pid is not None
    os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    one.until(lambda: one.training(plan).stage is TrainingStage.FAILED)
    assert "resume it to go on from its newest checkpoint" in one.training(plan).message
    assert not psutil.pid_exists(pid)
    folder = TrainingFolder(one.training(plan).folder)
    before = newest_state(folder.path)
    assert before.step >= 2

    # Resumed: it goes on from there, and becomes a card.
    trainings.resume(plan.id)
    one.until(lambda: not one.training(plan).is_here)
    done = one.training(plan)
    assert done.stage is TrainingStage.DONE, done.message
    assert done.validation[: len(before.validation)] == before.validation
    assert done.losses[: len(before.losses)] == before.losses
    assert done.report is not None
    assert done.samples == (0, 6)
    style_id = style_id_of(plan.id)
    one.until(lambda: styles.find(style_id))
    one.until(lambda: styles.sample(style_id))
    made = one.picture_in(style_id)

    # Taken elsewhere under another name: the same seed, the same pixels.
    exported = tmp_path / "somebody's waves.maquette-style"
    styles.give_away([style_id], str(exported))
    one.until(exported.exists)
    other = open_studio(tmp_path / "other")
    other.studio.styles.take_in([str(exported)])
    other.until(lambda: other.studio.styles.find(style_id))
    style = other.studio.styles.find(style_id)
    assert style is not None
    renamed = msgspec.structs.replace(style, name=Words(en="Somebody's waves"))
    other.studio.styles.keep(renamed)
    other.until(lambda: other.studio.styles.find(style_id) == renamed)
    assert np.array_equal(other.picture_in(style_id), made)
