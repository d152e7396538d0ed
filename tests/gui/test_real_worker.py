"""The whole program with a real worker: the window as it opens, driven by its widgets."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from maquette.app import Program
from maquette.core.job import Job, JobState
from maquette.engine.status import EnginePhase
from maquette.gui.main_window import MainWindow
from maquette.gui.theme import prepare
from maquette.provenance.metadata import read_image

PATIENCE = 900.0  # seconds; a worker that is nice gets little of a machine that is busy
LONG = 120  # steps: long enough to be stopped in the middle
WATCHED = 60  # steps: long enough to be seen forming on a fast machine


class OpenWindow:
    """`Program` running on the test's event loop."""

    def __init__(self, driver, app: QApplication, home: Path) -> None:
        self.driver = driver
        self.home = home
        self.program = Program(app, driver.loop)
        self._task = driver.loop.create_task(self.program.run())
        driver.until(lambda: self._window() is not None, PATIENCE)
        window = self._window()
        assert window is not None
        self.window = window
        self.studio = self.window._studio

    @staticmethod
    def _window() -> MainWindow | None:
        tops = QApplication.topLevelWidgets()
        shown = [top for top in tops if isinstance(top, MainWindow) and top.isVisible()]
        return shown[0] if shown else None

    @property
    def jobs(self) -> tuple[Job, ...]:
        return self.studio.jobs.list.value.jobs

    @property
    def worker(self) -> psutil.Process:
        [process] = [
            child
            for child in psutil.Process().children(recursive=True)
            if "worker" in child.cmdline()
        ]
        return process

    def type_and_generate(self, prompt: str, steps: int) -> None:
        edit = self.window.panel.prompt
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, prompt)
        self.window.panel.advanced.steps.field.setValue(steps)
        listed = len(self.jobs)
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: len(self.jobs) > listed)  # once it is on the disk

    def until(self, reached: Callable[[], object], timeout: float = PATIENCE) -> None:
        self.driver.until(reached, timeout)

    def until_in_the_middle(self) -> Job:
        self.until(lambda: self.jobs[-1].state is JobState.RUNNING and self.jobs[-1].step >= 3)
        return self.jobs[-1]

    def files(self) -> list[Path]:
        """Everything below the pictures folder, half-written files too."""
        return [path for path in (self.home / "Pictures").rglob("*") if path.is_file()]

    def close(self) -> None:
        if not self._task.done():
            self.window.close()
            self.until(self._task.done)
        assert self._task.result() == 0


@pytest.fixture
def open_window(
    driver, qapp: QApplication, maquette_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenWindow]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back what Program installs
    prepare(qapp)
    opened = OpenWindow(driver, qapp, maquette_home)
    yield opened
    opened.close()


def test_type_generate_watch_cancel_crash_and_go_on(open_window):
    """One window through all of it, since every start of torch takes long."""
    window, results = open_window.window, open_window.studio.results

    # 1. Typed at once, while the worker still warms up: queued, and made when it is ready.
    previews = []
    canvas = window.stage.canvas
    open_window.studio.jobs.preview.connect(
        lambda *_: previews.append(canvas.image.copy() if canvas.image else None)
    )
    open_window.type_and_generate("a red ceramic mug on a wooden table", WATCHED)
    assert open_window.jobs[0].state is JobState.QUEUED
    open_window.until(lambda: open_window.jobs[0].state is JobState.FINISHED)
    shown = [image for image in previews if image is not None]
    changes = sum(before != after for before, after in itertools.pairwise(shown))
    assert changes >= 3
    path = Path(open_window.jobs[0].path)
    assert path.is_file()
    open_window.until(lambda: results.shown is not None and results.shown.path == str(path))
    _pixels, texts = read_image(path)
    assert texts.record is not None
    assert texts.record.recipe is not None
    assert texts.record.recipe.prompt == "a red ceramic mug on a wooden table"
    open_window.until(lambda: canvas.image is not None and canvas.image.width() == 256)

    # 2. Cancelled in the middle: soon, by the worker itself, and nothing is left of it.
    files, worker = open_window.files(), open_window.worker
    open_window.type_and_generate("a green vase", LONG)
    open_window.until_in_the_middle()
    window.actions_by_name["cancel"].trigger()
    assert window.status.phase.text() == "Cancelling…"
    open_window.until(lambda: open_window.jobs[-1].state is JobState.CANCELLED)
    assert open_window.worker == worker  # it was asked, not killed
    assert open_window.files() == files

    # 3. The worker is killed in the middle: one sentence, and the next job succeeds.
    open_window.type_and_generate("a blue bowl", LONG)
    open_window.until_in_the_middle()
    open_window.worker.send_signal(signal.SIGKILL)
    open_window.until(lambda: open_window.jobs[-1].state is JobState.FAILED)
    sentence = window.banner.text.text()
    assert window.banner.isVisible()
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    assert "Traceback" not in sentence
    open_window.type_and_generate("a blue bowl again", 4)
    open_window.until(lambda: open_window.jobs[-1].state is JobState.FINISHED)
    assert Path(open_window.jobs[-1].path).is_file()

    # 4. Closed while working: no question, no process, no half-written file.
    files = open_window.files()
    worker = open_window.worker
    open_window.type_and_generate("a yellow lamp", LONG)
    open_window.until_in_the_middle()
    open_window.close()
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
    assert open_window.files() == files


def test_a_worker_killed_while_it_loads_is_told_and_pictures_are_made_again(open_window):
    open_window.until(
        lambda: open_window.studio.engine.value.phase in (EnginePhase.LOADING, EnginePhase.READY)
    )
    open_window.worker.send_signal(signal.SIGKILL)
    open_window.until(lambda: open_window.window.banner.isVisible())
    assert open_window.window.banner.text.text().endswith(".")
    open_window.type_and_generate("a bowl", 3)
    open_window.until(lambda: open_window.jobs[-1].state is JobState.FINISHED)


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_program_and_its_worker(maquette_home, number):
    process = subprocess.Popen(
        [sys.executable, "-m", "maquette"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    running = psutil.Process(process.pid)
    deadline = time.monotonic() + PATIENCE
    # Signals are caught before the worker is spawned.
    while not running.children() and time.monotonic() < deadline:
        time.sleep(0.05)
    [worker] = running.children()
    process.send_signal(number)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output
    assert (maquette_home / "data" / "session.json").is_file()
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
