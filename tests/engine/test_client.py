"""The client, its supervisor and its link, with fake workers in real processes."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from maquette.core.errors import (
    FailureCode,
    JobCancelled,
    JobFailed,
    ModelError,
    WorkerDied,
)
from maquette.core.recipe import StartImage
from maquette.core.start import Start
from maquette.engine import client as client_module
from maquette.engine import supervise as supervise_module
from maquette.engine.client import EngineClient, MadeImage
from maquette.engine.status import EnginePhase, EngineStatus


async def with_client(command: list[str], use: Any) -> Any:
    client = EngineClient(command=command)
    await client.start()
    try:
        return await use(client)
    finally:
        await client.close()


def test_a_job_is_made(run: Any, fake_worker: Any, recipe: Any) -> None:
    async def use(client: EngineClient) -> MadeImage:
        return await client.generate("a", "12345678", recipe(prompt=" a\u0000 mug\ud800 "))

    made = run(with_client(fake_worker(), use))
    assert made.file == b"file"
    assert made.record.recipe.prompt == "a mug"


def test_phases_are_told_in_order(run: Any, fake_worker: Any, recipe: Any) -> None:
    seen: list[EngineStatus] = []

    async def use(client: EngineClient) -> None:
        client.subscribe(seen.append)
        await client.load("model")
        await client.generate("a", "12345678", recipe())

    run(with_client(fake_worker(), use))
    phases = [status.phase for i, status in enumerate(seen)]
    order = [EnginePhase.IMPORTING, EnginePhase.READY, EnginePhase.BUSY, EnginePhase.CLOSED]
    assert [phase for phase in dict.fromkeys(phases) if phase in order] == order
    assert any(status.model and status.model.id == "model" for status in seen)
    assert any(status.device and status.device.name == "fake" for status in seen)


def test_a_listener_that_left_hears_nothing(run: Any, fake_worker: Any) -> None:
    seen: list[EngineStatus] = []

    async def use(client: EngineClient) -> None:
        leave = client.subscribe(seen.append)
        leave()
        leave()
        await client.load("model")

    run(with_client(fake_worker(), use))
    assert seen == []


def test_a_failed_load_and_the_next_one(run: Any, fake_worker: Any) -> None:
    script = """
def answer(request):
    if request.model == "broken":
        send(Failed(job="", code=FailureCode.MODEL, message="It is broken."))
    else:
        loaded(request)
"""

    async def use(client: EngineClient) -> str:
        broken = asyncio.create_task(client.load("broken"))
        good = asyncio.create_task(client.load("good"))
        with pytest.raises(ModelError, match="It is broken"):
            await broken
        return (await good).id

    assert run(with_client(fake_worker(script), use)) == "good"


DIES = """
def answer(request):
    if isinstance(request, Generate):
        send(Started(job=request.job))
        if request.job == "bad":
            print("last words", file=sys.stderr, flush=True)
            os._exit(3)
        finished(request)
"""


def test_a_worker_that_dies_fails_its_job_and_is_started_again(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    async def use(client: EngineClient) -> bytes:
        with pytest.raises(WorkerDied, match="status 3") as died:
            await client.generate("bad", "12345678", recipe())
        assert "last words" in died.value.detail
        return (await client.generate("good", "12345678", recipe())).file

    assert run(with_client(fake_worker(DIES), use)) == b"file"


def test_jobs_that_had_not_begun_go_to_the_next_worker(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    async def use(client: EngineClient) -> list[Any]:
        jobs = [client.generate(name, "12345678", recipe()) for name in ("bad", "b", "c")]
        return await asyncio.gather(*jobs, return_exceptions=True)

    bad, *others = run(with_client(fake_worker(DIES), use))
    assert isinstance(bad, WorkerDied)
    assert [made.file for made in others] == [b"file", b"file"]


def test_bytes_that_are_no_protocol_end_the_worker(run: Any, fake_worker: Any, recipe: Any) -> None:
    script = """
def answer(request):
    send(Started(job=request.job))
    sys.stdout.buffer.write(b"Hello, I am a library." * 10)
    sys.stdout.buffer.flush()
    time.sleep(60)
"""

    async def use(client: EngineClient) -> None:
        with pytest.raises(WorkerDied, match="protocol"):
            await client.generate("a", "12345678", recipe())

    run(with_client(fake_worker(script), use))


def test_another_version_is_refused_and_not_started_again(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    async def use(client: EngineClient) -> None:
        with pytest.raises(WorkerDied, match="another version"):
            await client.generate("a", "12345678", recipe())
        assert client.status.phase == EnginePhase.FAILED

    run(with_client(fake_worker("VERSION = 999"), use))
    run(with_client(fake_worker("BUILD = '9.9.9'"), use))


DEAF = """
def answer(request):
    if isinstance(request, Generate):
        send(Started(job=request.job))
        if request.job == "deaf":
            time.sleep(60)
        finished(request)
"""


def test_a_worker_that_ignores_a_cancel_is_killed(
    run: Any, fake_worker: Any, recipe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "CANCEL_TIMEOUT", 0.3)

    async def use(client: EngineClient) -> bytes:
        started = asyncio.Event()
        job = asyncio.create_task(
            client.generate("deaf", "12345678", recipe(), on_started=started.set)
        )
        await started.wait()
        first = client.worker_pid
        client.cancel("deaf")
        with pytest.raises(JobCancelled):
            await job
        made = await client.generate("next", "12345678", recipe())
        assert client.worker_pid != first
        return made.file

    assert run(with_client(fake_worker(DEAF), use)) == b"file"


def test_a_silent_worker_is_killed(
    run: Any, fake_worker: Any, recipe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise_module, "HUNG_AFTER", 0.5)
    monkeypatch.setattr(supervise_module, "_WATCH", 0.1)

    async def use(client: EngineClient) -> None:
        with pytest.raises(WorkerDied, match="did not answer"):
            await client.generate("deaf", "12345678", recipe())

    run(with_client(fake_worker(DEAF), use))


@pytest.fixture
def changing_device(monkeypatch: pytest.MonkeyPatch, fake_worker: Any) -> None:
    """The next worker, on whatever device, is a fake one."""
    monkeypatch.setattr(client_module, "worker_command", lambda *_: fake_worker())


@pytest.mark.usefixtures("changing_device")
def test_what_is_asked_for_while_the_device_changes_goes_to_the_next_worker(
    run: Any, fake_worker: Any, recipe: Any
) -> None:
    async def use(client: EngineClient) -> MadeImage:
        await client.load("model")
        first = client.worker_pid
        given_up = asyncio.create_task(client.load("other"))
        await asyncio.sleep(0)
        change = asyncio.create_task(client.restart(device="cpu", precision="fp32"))
        await asyncio.sleep(0)
        assert client.worker_pid is None
        loading = asyncio.create_task(client.load("model"))
        cancelled = asyncio.create_task(client.generate("b", "12345678", recipe()))
        making = asyncio.create_task(client.generate("a", "12345678", recipe()))
        await asyncio.sleep(0)
        client.cancel("b")
        for ended in (given_up, cancelled):
            with pytest.raises(JobCancelled):
                await ended
        await change
        assert (await loading).id == "model"
        assert client.worker_pid not in (first, None)
        return await making

    assert run(with_client(fake_worker(), use)).file == b"file"


def test_of_two_changes_of_the_device_at_once_the_last_one_holds(
    run: Any, fake_worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def command(device: str, precision: str) -> list[str]:
        return fake_worker(
            f"""
def answer(request):
    send(Failed(job="", code=FailureCode.MODEL, message="{device} {precision}"))
"""
        )

    monkeypatch.setattr(client_module, "worker_command", command)

    async def use(client: EngineClient) -> None:
        await client.load("model")
        first = asyncio.create_task(client.restart(device="cuda", precision="fp32"))
        await asyncio.sleep(0)
        second = asyncio.create_task(client.restart(device="cpu", precision="fp16"))
        await asyncio.gather(first, second)
        with pytest.raises(ModelError, match="cpu fp16"):
            await client.load("model")

    run(with_client(fake_worker(), use))
    assert not [child for child in psutil.Process().children() if child.is_running()]


@pytest.mark.usefixtures("changing_device")
def test_closing_while_the_device_changes_leaves_no_worker(run: Any, fake_worker: Any) -> None:
    async def use(client: EngineClient) -> None:
        await client.load("model")
        change = asyncio.create_task(client.restart(device="cpu", precision="fp32"))
        await asyncio.sleep(0)
        await client.close()
        await change
        assert client.worker_pid is None
        assert client.status.phase == EnginePhase.CLOSED

    run(with_client(fake_worker(), use))
    assert not [child for child in psutil.Process().children() if child.is_running()]


def test_closing_ends_a_worker_that_does_not_listen(
    run: Any, fake_worker: Any, recipe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise_module, "_GRACE", 0.3)
    script = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + DEAF

    async def use() -> int:
        client = EngineClient(command=fake_worker(script))
        await client.start()
        started = asyncio.Event()
        job = asyncio.create_task(
            client.generate("deaf", "12345678", recipe(), on_started=started.set)
        )
        await started.wait()
        pid = client.worker_pid
        assert pid
        await client.close()
        with pytest.raises(JobCancelled):
            await job
        with pytest.raises(WorkerDied):
            await client.generate("late", "12345678", recipe())
        return pid

    assert not psutil.pid_exists(run(use()))


def test_a_command_that_does_not_exist(run: Any, recipe: Any) -> None:
    async def use(client: EngineClient) -> None:
        with pytest.raises(WorkerDied, match="cannot be started"):
            await client.generate("a", "12345678", recipe())

    run(with_client(["/no/such/program", "worker"], use))


@pytest.mark.parametrize("changes", [{"steps": -1}, {"seed": 10**40}, {"width": 1}])
def test_bad_values_never_reach_the_wire(
    run: Any, fake_worker: Any, recipe: Any, changes: Any
) -> None:
    async def use(client: EngineClient) -> None:
        with pytest.raises(JobFailed) as failed:
            await client.generate("a", "12345678", recipe(**changes))
        assert failed.value.code == FailureCode.BAD_INPUT

    run(with_client(fake_worker(), use))


def test_start_pixels_and_previews_cross_the_wire(run: Any, fake_worker: Any, recipe: Any) -> None:
    script = """
def answer(request):
    send(Started(job=request.job))
    preview = Blob(0, (256, 256, 3))
    send(Progress(job=request.job, step=1, total=4, preview=preview), blobs[0])
    send(Progress(job=request.job, step=2, total=4, preview=Blob(0, (9, 9, 3))), blobs[0])
    finished(request)
"""
    pixels = np.random.default_rng(1).integers(0, 256, (256, 256, 4), dtype=np.uint8)
    seen: list[Any] = []

    async def use(client: EngineClient) -> None:
        await client.generate(
            "a",
            "12345678",
            recipe(start=StartImage("", 0.5)),
            start=Start(pixels[::-1]),  # not contiguous
            on_progress=lambda *progress: seen.append(progress),
        )

    run(with_client(fake_worker(script), use))
    assert np.array_equal(seen[0][2], pixels[::-1, :, :3])
    assert seen[1] == (2, 4, None)  # a preview that does not have its shape is left out


def test_a_large_start_image_does_not_block_the_event_loop(
    run: Any, fake_worker: Any, recipe: Any, tmp_path: Path
) -> None:
    pixels = np.zeros((4096, 4096, 3), np.uint8)
    go = tmp_path / "go"
    script = f"""
plain = Decoder
def Decoder(kind):
    late = time.monotonic() + 20
    while not os.path.exists({str(go)!r}):  # nobody reads meanwhile
        if time.monotonic() > late:
            sys.exit(3)
        time.sleep(0.01)
    return plain(kind)
"""

    async def use(client: EngineClient) -> None:
        wanted = recipe(start=StartImage("", 0.5), width=4096, height=4096)
        job = asyncio.create_task(client.generate("a", "12345678", wanted, start=Start(pixels)))
        while not client.status.device:  # it was sent by then
            await asyncio.sleep(0.01)
        go.touch()
        await job

    run(with_client(fake_worker(script), use))


def test_the_engine_loads_no_torch_and_no_qt() -> None:
    code = (
        "import sys, maquette.engine.client, maquette.engine.queue;"
        "print([m for m in ('torch', 'PySide6', 'cv2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
