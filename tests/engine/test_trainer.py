"""The client of the trainer, with a process that only says what a trainer would say."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from maquette.core.errors import JobCancelled, JobFailed, WorkerDied
from maquette.core.training import StyleKind
from maquette.engine.trainer import TrainerClient
from maquette.protocol.trainer_messages import TRAINER_PROTOCOL, Preparing, TrainerNews

ACTOR = """
import os, sys
from maquette import __version__
from maquette.core.errors import FailureCode
from maquette.protocol.framing import Decoder, encode
from maquette.protocol.messages import Failed, Ready
from maquette.protocol.trainer_messages import *

def say(message):
    for part in encode(message):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()

say(Ready(protocol=int(sys.argv[1]), build=__version__, pid=os.getpid()))
decoder = Decoder(TrainerRequest)
while data := os.read(0, 65536):
    for request, _ in decoder.feed(data):
        if isinstance(request, Train):
            name = os.path.basename(os.fsdecode(request.folder))
            if name == "dies":
                os.kill(os.getpid(), 9)
            if name == "fails":
                say(Failed(job="", code=FailureCode.BAD_INPUT, message="No."))
                sys.exit()
            say(Preparing(job=request.job, stage=name, fraction=0.5))
        elif isinstance(request, LookAtPictures):
            say(Failed(job="", code=FailureCode.BAD_INPUT, message="Not there."))
            sys.exit()
        elif isinstance(request, Pause):
            say(PausedTraining(job="", step=7))
            sys.exit()
"""


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., list[str]]:
    """The command line of the actor."""
    script = tmp_path / "actor.py"
    script.write_text(ACTOR)
    return lambda protocol=TRAINER_PROTOCOL: [sys.executable, str(script), str(protocol)]


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(work, 60))


def test_a_second_training_waits_until_the_first_is_paused(
    command: Callable[..., list[str]],
) -> None:
    one, two, three = Path("/x/one"), Path("/x/two"), Path("/x/three")
    order: list[str] = []

    async def act() -> list[object]:
        client = TrainerClient(command=command())

        def hear(news: TrainerNews, _blobs: object) -> None:
            assert isinstance(news, Preparing)
            order.append(news.stage)
            if news.stage == "one":
                assert client.trainings == (one, two, three)
                assert client.pid_of(two) is None
                client.pause(three)
            client.pause(one if news.stage == "one" else two)

        try:
            each = [client.train(folder, hear) for folder in (one, two, three)]
            results = await asyncio.gather(*each)
            assert client.trainings == ()
            return list(results)
        finally:
            await client.close()

    assert run(act()) == [None, None, None]
    assert order == ["one", "two"]


def test_what_goes_wrong_is_a_sentence_and_the_next_training_runs(
    command: Callable[..., list[str]],
) -> None:
    async def act() -> None:
        client = TrainerClient(command=command())
        with pytest.raises(WorkerDied, match=r"ended by the system, .* newest checkpoint"):
            await client.train(Path("/x/dies"), lambda *_: None)
        with pytest.raises(JobFailed, match=r"No\."):
            await client.train(Path("/x/fails"), lambda *_: None)
        with pytest.raises(JobFailed, match=r"Not there\."):
            await client.look_at([Path("/x")], 64, StyleKind.STYLE, "x")
        await client.close()
        with pytest.raises(JobCancelled):
            await client.train(Path("/x/one"), lambda *_: None)

    run(act())


def test_a_trainer_of_another_version_is_refused(command: Callable[..., list[str]]) -> None:
    async def act() -> None:
        client = TrainerClient(command=command(99))
        with pytest.raises(WorkerDied, match="of another version"):
            await client.train(Path("/x/one"), lambda *_: None)
        await client.close()

    run(act())


def test_closing_the_client_ends_a_training_that_runs(command: Callable[..., list[str]]) -> None:
    async def act() -> None:
        client = TrainerClient(command=command())
        runs = asyncio.Event()
        waiting = asyncio.ensure_future(client.train(Path("/x/one"), lambda *_: runs.set()))
        await runs.wait()
        await client.close()
        with pytest.raises(JobCancelled):
            await waiting

    run(act())
