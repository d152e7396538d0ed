"""The marker: a process that checks and exports files, and may be lost without harm."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import psutil
import pytest
from PIL import Image

from maquette.core.errors import ImageError, JobCancelled, JobFailed, WorkerDied
from maquette.core.export_preset import ExportSize, Rendition
from maquette.core.marking import FileFormat, Marking
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType
from maquette.core.report import Verdict
from maquette.engine.marker import MarkerClient

T = TypeVar("T")
PATIENCE = 90.0  # seconds


class Desk:
    """A client with an event loop of its own, driven from synchronous tests."""

    def __init__(self, **arguments: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self.client = MarkerClient(**arguments)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which must not take for ever."""
        return self._loop.run_until_complete(asyncio.wait_for(work, PATIENCE))

    def process(self) -> psutil.Process:
        assert self.client.pid is not None
        return psutil.Process(self.client.pid)

    def close(self) -> None:
        self.run(self.client.close())
        self._loop.close()


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


@pytest.fixture
def new_desk() -> Iterator[Callable[..., Desk]]:
    """Makes desks for one test alone; arguments are MarkerClient's."""
    desks: list[Desk] = []

    def make(**arguments: Any) -> Desk:
        desks.append(Desk(**arguments))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


def png(side: int = 64, colour: int = 200) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.full((side, side, 3), colour, np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def large() -> bytes:
    """A picture whose check takes a while: noise without marks."""
    buffer = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (2500, 2500, 3), dtype=np.uint8)
    Image.fromarray(noise).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


def is_one_sentence(message: str) -> bool:
    return message.endswith(".") and "\n" not in message and message.count(". ") == 0


def test_files_and_bytes_are_checked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "图.png"
    path.write_bytes(png())
    of_path = desk.run(desk.client.check(path))
    of_bytes = desk.run(desk.client.check(png(), "pasted"))
    assert (of_path.name, of_bytes.name) == ("图.png", "pasted")
    assert of_path.verdict is of_bytes.verdict is Verdict.NOTHING_FOUND


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always text")
def test_a_name_that_is_no_text_is_checked(desk: Desk, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    path.write_bytes(png())
    assert desk.run(desk.client.check(path)).name == "??.png"


def test_many_at_once_are_answered_by_one_process(desk: Desk) -> None:
    async def check_all() -> list[Any]:
        tasks = [desk.client.check(png(16 + number), str(number)) for number in range(20)]
        return await asyncio.gather(*tasks)

    desk.run(desk.client.check(png()))
    pid = desk.client.pid
    reports = desk.run(check_all())
    assert [(report.name, report.width) for report in reports] == [
        (str(number), 16 + number) for number in range(20)
    ]
    assert desk.client.pid == pid


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "not a PNG"),
        (b"hello", "not a PNG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "."),
        (png()[:60], "."),
        (Path("/nowhere/picture.png"), "There is no file"),
        (Path(__file__).parent, "is a folder"),
    ],
)
def test_what_is_no_picture_is_told_and_the_process_goes_on(
    desk: Desk, file: bytes | Path, words: str
) -> None:
    desk.run(desk.client.check(png()))
    pid = desk.client.pid
    with pytest.raises(ImageError, match=words) as refused:
        desk.run(desk.client.check(file))
    assert is_one_sentence(refused.value.message)
    assert desk.run(desk.client.check(png())).verdict is Verdict.NOTHING_FOUND
    assert desk.client.pid == pid


def test_a_killed_marker_costs_one_check(desk: Desk, large: bytes) -> None:
    async def kill_the_first() -> Any:
        await desk.client.check(png())
        process = desk.process()
        first = asyncio.create_task(desk.client.check(large))
        second = asyncio.create_task(desk.client.check(png(), "second"))
        await asyncio.sleep(0.5)
        process.kill()
        with pytest.raises(WorkerDied) as died:
            await first
        return died.value.message, process.pid, await second

    message, pid, report = desk.run(kill_the_first())
    assert is_one_sentence(message)
    assert "ended by the system" in message
    assert report.name == "second"
    assert desk.client.pid not in (None, pid)


def test_a_check_that_waits_can_be_cancelled(desk: Desk, large: bytes) -> None:
    async def cancel_the_second() -> Any:
        first = asyncio.create_task(desk.client.check(large, "first", thorough=False))
        second = asyncio.create_task(desk.client.check(large, "second"))
        third = asyncio.create_task(desk.client.check(png(), "third"))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert not first.done()  # it did not wait for its turn
        return await first, await third

    reports = desk.run(cancel_the_second())
    assert [report.name for report in reports] == ["first", "third"]


def test_an_idle_marker_ends_and_the_next_check_starts_another(
    new_desk: Callable[..., Desk],
) -> None:
    desk = new_desk(idle=0.2)
    desk.run(desk.client.check(png()))
    process = desk.process()

    async def wait() -> None:
        while desk.client.pid is not None:
            await asyncio.sleep(0.02)

    desk.run(wait())
    process.wait(timeout=10)
    assert desk.run(desk.client.check(png())).verdict is Verdict.NOTHING_FOUND


def test_a_check_asked_while_the_marker_leaves_is_answered(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk(idle=0.0)

    async def ask_again() -> list[Any]:
        reports = []
        for pause in (0.0, 0.005, 0.02):
            reports.append(await desk.client.check(png()))
            await asyncio.sleep(pause)
        return reports

    assert len(desk.run(ask_again())) == 3


def test_closing_cancels_what_waits_and_leaves_no_process(large: bytes) -> None:
    desk = Desk()

    async def close_early() -> psutil.Process:
        await desk.client.check(png())
        process = desk.process()
        task = asyncio.create_task(desk.client.check(large))
        await asyncio.sleep(0.1)
        await desk.client.close()
        with pytest.raises(JobCancelled):
            await task
        with pytest.raises(JobCancelled):
            await desk.client.check(png())
        return process

    process = desk.run(close_early())
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    desk.close()


STUB = """
import os, sys, time, maquette
from maquette.protocol.framing import encode
from maquette.protocol.messages import Ready
for part in encode(Ready(protocol=1, build={build}, pid=os.getpid())):
    sys.stdout.buffer.write(part)
sys.stdout.flush()
time.sleep(600)
"""


def test_a_check_that_never_ends_is_given_up(new_desk: Callable[..., Desk]) -> None:
    command = [sys.executable, "-c", STUB.format(build="maquette.__version__"), "marker"]
    desk = new_desk(command=command, time_limit=2.0)
    with pytest.raises(WorkerDied, match="took longer than 2 seconds") as died:
        desk.run(desk.client.check(png()))
    assert is_one_sentence(died.value.message)


def test_a_marker_of_another_version_is_refused(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk(command=[sys.executable, "-c", STUB.format(build="'0.0.1'"), "marker"])
    with pytest.raises(WorkerDied, match="another version"):
        desk.run(desk.client.check(png()))


def test_a_marker_that_cannot_start_fails_all_that_wait(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk(command=[sys.executable, "-c", "import maquette.no_such_part", "marker"])

    async def ask_twice() -> list[Any]:
        checks = [desk.client.check(png()), desk.client.check(png())]
        return await asyncio.gather(*checks, return_exceptions=True)

    for error in desk.run(ask_twice()):
        assert isinstance(error, WorkerDied)
        assert is_one_sentence(error.message)


PARENT = """
import asyncio, sys
from maquette.engine.marker import MarkerClient

async def main():
    client = MarkerClient()
    task = asyncio.create_task(client.check(open(sys.argv[1], "rb").read()))
    while client.pid is None:
        await asyncio.sleep(0.01)
    await asyncio.sleep(float(sys.argv[2]))
    print(client.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("moment", ["0.1", "3"])
def test_the_marker_is_gone_soon_after_its_parent(
    tmp_path: Path, large: bytes, moment: str
) -> None:
    file = tmp_path / "large.png"
    file.write_bytes(large)
    command = [sys.executable, "-c", PARENT, str(file), moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        marker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    _gone, alive = psutil.wait_procs([marker], timeout=10)
    assert not alive


def test_an_export_is_a_whole_file_of_ours(desk: Desk, tmp_path: Path) -> None:
    y, x = np.mgrid[0:320, 0:400]
    noise = np.random.default_rng(5).normal(0, 5, (320, 400, 3))
    pixels = np.clip(np.dstack([x / 2, y / 2, (x + y) / 4]) + noise, 0, 255).astype(np.uint8)
    path = tmp_path / "picture.png"
    Image.fromarray(pixels).save(path)
    recipe = Recipe(
        prompt="a mug",
        seed=1,
        width=400,
        height=320,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("maquette-mini"),
    )
    record = Record(
        id="0BADF00D",
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=400,
        height=320,
    )
    exported = desk.run(
        desk.client.export(
            path,
            record,
            Rendition(
                format=FileFormat.JPEG,
                quality=92,
                size=ExportSize(width=600, height=600, upscale=True),
            ),
            Marking(),
        )
    )
    assert exported.mark.verified
    assert exported.manifest
    with Image.open(io.BytesIO(exported.file)) as image:
        assert (image.format, image.size) == ("JPEG", (600, 480))
    report = desk.run(desk.client.check(exported.file))
    assert report.verdict is Verdict.SIGNED_INTACT
    assert report.record_id == "0BADF00D"


LIGHT = """
import sys
from pathlib import Path
from maquette.marker.loop import MarkerLoop
from maquette.protocol.marker_messages import Check, Checked
event, _ = MarkerLoop().answer(Check(job="1", name="x", path=sys.argv[1].encode()), [])
assert isinstance(event, Checked), event
print(*sorted({"torch", "PySide6", "diffusers"} & set(sys.modules)))
"""


def test_checking_loads_neither_torch_nor_qt(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    noise = np.random.default_rng(2).integers(0, 256, (300, 300, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    command = [sys.executable, "-c", LIGHT, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_the_identity_is_made_at_first_need_and_a_wrong_certificate_changes_nothing(
    maquette_home: Path, new_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = new_desk()
    first = desk.run(desk.client.signer())
    assert first.common_name
    assert not first.own
    assert (maquette_home / "data" / "identity").is_dir()
    missing = tmp_path / "gone.pem"
    with pytest.raises(JobFailed, match=r"gone\.pem"):
        desk.run(desk.client.use_certificate(missing, missing, ""))
    assert desk.run(desk.client.signer()) == first
    assert desk.run(desk.client.forget_certificate()) == first
