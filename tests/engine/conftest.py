"""Workers without torch: real processes that speak the protocol and do as they are told."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

from maquette.core.recipe import ModelRef, Recipe

T = TypeVar("T")

# What a fake worker does is written by each test as a function `answer(request, send)`.
FAKE_WORKER = """
import os, sys, time
import maquette
from maquette.core.errors import FailureCode
from maquette.core.ledger_entry import MarkResult
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.record import Record, SourceType
from maquette.protocol.framing import Decoder, encode
from maquette.protocol.messages import *

def send(event, *blobs):
    for part in encode(event, blobs):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()

def loaded(request):
    send(Loaded(info=ModelInfo(id=request.model, name="m", family=ModelFamily.SD1), seconds=0.1))

def finished(request):
    record = Record(id=request.record_id, recipe=request.recipe, created="", tool="",
                    source_type=SourceType.GENERATED, width=1, height=1)
    mark = MarkResult(preset="standard", verified=True, robust=True, psnr=46.0, strength=1.0)
    send(Finished(job=request.job, record=record, file=Blob(0), mark=mark), b"file")

def answer(request):
    if isinstance(request, Load):
        loaded(request)
    elif isinstance(request, Generate):
        send(Started(job=request.job))
        finished(request)

VERSION, BUILD = PROTOCOL_VERSION, maquette.__version__
#SCRIPT#
send(Ready(protocol=VERSION, build=BUILD, pid=os.getpid()))
send(DeviceChosen(device=Device("cpu", "fake", "fp32", 1)))
decoder = Decoder(Request)
while data := os.read(0, 65536):
    for request, blobs in decoder.feed(data):
        if isinstance(request, Shutdown):
            sys.exit(0)
        answer(request)
"""


@pytest.fixture(scope="session")
def fake_worker() -> Callable[[str], list[str]]:
    """The command line of a fake worker; the argument is code that changes what it does."""

    def command(script: str = "") -> list[str]:
        return [sys.executable, "-c", FAKE_WORKER.replace("#SCRIPT#", script), "worker"]

    return command


@pytest.fixture(scope="session")
def run() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Runs a coroutine that must not take for ever."""

    def run_within(work: Coroutine[Any, Any, T]) -> T:
        async def limited() -> T:
            return await asyncio.wait_for(work, 60)

        return asyncio.run(limited())

    return run_within


@pytest.fixture(scope="session")
def recipe() -> Callable[..., Recipe]:
    def make(**changes: Any) -> Recipe:
        settings: dict[str, Any] = {
            "prompt": "a mug",
            "seed": 1,
            "width": 256,
            "height": 256,
            "steps": 4,
            "guidance_scale": 3.0,
            "model": ModelRef("model"),
        }
        return Recipe(**(settings | changes))

    return make
