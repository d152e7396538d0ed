"""A real worker with the built-in model, shared by all tests that do not need one of their own."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psutil
import pytest

from maquette.core.model_info import BUILT_IN
from maquette.core.recipe import ModelRef, Recipe
from maquette.engine.client import EngineClient
from maquette.engine.status import EngineStatus

T = TypeVar("T")

PATIENCE = 180.0  # seconds; torch alone takes many to import on a busy machine


class Engine:
    """A client with an event loop of its own, driven from synchronous tests."""

    def __init__(self, client: EngineClient) -> None:
        self.client = client
        self.statuses: list[EngineStatus] = []
        client.subscribe(self.statuses.append)
        self._loop = asyncio.new_event_loop()
        self.run(client.start())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which must not take for ever."""
        return self._loop.run_until_complete(asyncio.wait_for(work, PATIENCE))

    def worker(self) -> psutil.Process:
        """The worker process."""
        pid = self.client.worker_pid
        assert pid is not None
        return psutil.Process(pid)

    def close(self) -> None:
        self.run(self.client.close())
        self._loop.close()


@contextmanager
def running() -> Iterator[Engine]:
    """A running engine with the built-in model resident."""
    engine = Engine(EngineClient(device="cpu"))
    try:
        engine.run(engine.client.load(BUILT_IN))
        yield engine
    finally:
        engine.close()


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """The engine of all modules: a worker lives through many jobs, and every start takes long."""
    with running() as engine:
        yield engine


@pytest.fixture(scope="module")
def own_engine() -> Iterator[Engine]:
    """An engine for one module that has folders of its own."""
    with running() as engine:
        yield engine


@pytest.fixture
def new_engine() -> Iterator[Callable[..., Engine]]:
    """Makes engines for one test alone; arguments are EngineClient's."""
    engines: list[Engine] = []

    def make(**arguments: Any) -> Engine:
        engines.append(Engine(EngineClient(**arguments)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture(scope="session")
def recipe() -> Callable[..., Recipe]:
    """Makes small recipes for the built-in model."""

    def make(**changes: Any) -> Recipe:
        settings: dict[str, Any] = {
            "prompt": "a red ceramic mug on a wooden table",
            "seed": 7,
            "width": 256,
            "height": 256,
            "steps": 4,
            "guidance_scale": 3.5,
            "model": ModelRef(BUILT_IN),
        }
        return Recipe(**(settings | changes))

    return make
