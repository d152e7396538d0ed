"""A worker that is killed: one sentence, a new worker, and the next job succeeds."""

import asyncio
import signal
import sys
from typing import Any

import pytest

from maquette.core.errors import JobFailed, WorkerDied
from maquette.core.model_info import BUILT_IN


def is_one_sentence(message: str) -> bool:
    return message.endswith((".", "!")) and "\n" not in message and message.count(". ") == 0


def test_killed_while_denoising(engine: Any, recipe: Any) -> None:
    def kill(step: int, _total: int, _preview: object) -> None:
        if step == 3:
            engine.worker().send_signal(signal.SIGKILL)

    with pytest.raises(WorkerDied) as died:
        engine.run(engine.client.generate("job", "00000001", recipe(steps=100), on_progress=kill))
    assert is_one_sentence(died.value.message)
    assert "killed" in died.value.message
    assert engine.run(engine.client.generate("next", "00000002", recipe())).file


def test_killed_while_saving(engine: Any, recipe: Any) -> None:
    def kill(step: int, total: int, _preview: object) -> None:
        if step == total:
            engine.worker().send_signal(signal.SIGKILL)

    with pytest.raises(WorkerDied) as died:
        engine.run(engine.client.generate("job", "00000001", recipe(), on_progress=kill))
    assert is_one_sentence(died.value.message)
    assert engine.run(engine.client.generate("next", "00000002", recipe())).file


def test_killed_at_load(engine: Any, recipe: Any) -> None:
    async def kill_the_loading_worker() -> None:
        engine.worker().kill()
        while engine.client.status.phase != "restarting":
            await asyncio.sleep(0.01)
        load = asyncio.create_task(engine.client.load(BUILT_IN))
        while engine.client.status.phase != "loading":
            await asyncio.sleep(0.01)
        engine.worker().kill()
        with pytest.raises(WorkerDied) as died:
            await load
        assert is_one_sentence(died.value.message)

    engine.run(kill_the_loading_worker())
    assert engine.run(engine.client.generate("next", "00000002", recipe())).file


def test_a_waiting_job_outlives_the_worker(engine: Any, recipe: Any) -> None:
    async def kill_the_first() -> bytes:
        running = asyncio.Event()
        first = asyncio.create_task(
            engine.client.generate(
                "first", "00000001", recipe(steps=100), on_progress=lambda *_: running.set()
            )
        )
        second = asyncio.create_task(engine.client.generate("second", "00000002", recipe()))
        await running.wait()
        engine.worker().kill()
        with pytest.raises(WorkerDied):
            await first
        return (await second).file

    assert engine.run(kill_the_first())


def test_a_worker_that_cannot_start_fails_the_job_instead_of_waiting_for_ever(
    new_engine: Any, recipe: Any
) -> None:
    broken = new_engine(command=[sys.executable, "-c", "import maquette.no_such_part", "worker"])
    with pytest.raises(WorkerDied, match="installation") as died:
        broken.run(broken.client.generate("job", "00000001", recipe()))
    assert is_one_sentence(died.value.message.split(",")[0] + ".")
    assert "no_such_part" in died.value.detail
    assert broken.client.status.phase == "failed"


def test_a_missing_device_is_told(new_engine: Any, recipe: Any) -> None:
    engine = new_engine(device="mps" if sys.platform != "darwin" else "cuda")
    with pytest.raises((WorkerDied, JobFailed), match=r"no (mps|cuda) device"):
        engine.run(engine.client.generate("job", "00000001", recipe()))


OTHER_VERSION = """
import maquette
maquette.__version__ = "0.0.1"
from maquette.worker.main import main
main(["--device", "cpu"])
"""


def test_a_worker_of_another_version_is_refused(new_engine: Any, recipe: Any) -> None:
    engine = new_engine(command=[sys.executable, "-c", OTHER_VERSION, "worker"])
    with pytest.raises(WorkerDied, match="another version"):
        engine.run(engine.client.generate("job", "00000001", recipe()))
    assert engine.client.status.phase == "failed"
