"""Live mode when things go wrong beside it: workers that end, devices that change, closing."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import msgspec
import numpy as np
import pytest

from maquette.core.control import ControlKind
from maquette.core.errors import FailureCode, JobCancelled, JobFailed, WorkerDied
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.rect import Rect
from maquette.engine.live_calls import LiveMade
from maquette.engine.status import EnginePhase, EngineStatus
from maquette.library.ingredients import Ingredients
from maquette.state.drafting import Draft, Drafting
from maquette.state.drawings import Drawings
from maquette.state.live import Live
from maquette.state.live_view import LivePhase
from maquette.state.models import fresh_session
from maquette.state.notices import Notices
from maquette.state.session import Session
from maquette.state.start import StartPictures
from maquette.state.store import Store
from maquette.state.tasks import Tasks

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, T]], T]

MODEL = ModelInfo(
    id="maquette-mini",
    name="Maquette Mini",
    family=ModelFamily.MINI,
    controls=(ControlKind.SKETCH,),
)


class Chosen(msgspec.Struct, frozen=True):
    """The part of the shelf of models that live mode knows."""

    model: ModelInfo | None = MODEL


class ChosenModel(Store[Chosen]):
    @property
    def chosen(self) -> ModelInfo | None:
        return self.value.model


class Client:
    """Requests that wait until the test answers them; those overtaken get nothing, as for real."""

    def __init__(self) -> None:
        self.calls: list[asyncio.Future[LiveMade | None]] = []
        self.recipes: list[Any] = []
        self.refined: list[bool] = []

    async def live(self, recipe: Any, *, start: Any, images: Any, refine: bool) -> LiveMade | None:
        self.stop_live()
        self.recipes.append(recipe)
        self.refined.append(refine)
        self.calls.append(asyncio.get_running_loop().create_future())
        return await self.calls[-1]

    def stop_live(self) -> None:
        if self.calls and not self.calls[-1].done():
            self.calls[-1].set_result(None)

    def answer(self) -> None:
        """The picture that was asked for last."""
        recipe = self.recipes[-1]
        pixels = np.zeros((recipe.height, recipe.width, 3), np.uint8)
        self.calls[-1].set_result(LiveMade(recipe, pixels))

    def fail(self, error: BaseException) -> None:
        self.calls[-1].set_exception(error)


class Room:
    """Live mode over a real drawing, with a client that does as it is told."""

    def __init__(self, folder: Path) -> None:
        self.errors: list[BaseException] = []
        self.tasks = Tasks(self.errors.append)
        self.drawings = Drawings(folder / "sketches", self.tasks)
        self.session: Store[Session] = Store(fresh_session(MODEL, "a mug"))
        self.session.update(steps=20)
        self.models = ChosenModel(Chosen())
        self.engine = Store(EngineStatus(EnginePhase.READY))
        self.notices = Notices()
        self.client = Client()
        known = SimpleNamespace(value=SimpleNamespace(known=()))
        self.drafting = Drafting(
            self.drawings,
            StartPictures(),
            cast("Any", known),
            Ingredients(folder / "ingredients"),
            cast("Any", None),
        )
        self.kept: list[Draft] = []
        self.live = Live(
            session=self.session,
            models=cast("Any", self.models),
            drafting=self.drafting,
            drawings=self.drawings,
            client=cast("Any", self.client),
            engine=cast("Any", self.engine),
            notices=self.notices,
            tasks=self.tasks,
            submit=self.kept.append,
        )

    @property
    def phase(self) -> LivePhase:
        return self.live.view.value.phase

    @property
    def notice(self) -> str:
        told = self.notices.value.notice
        return told.text if told else ""

    def draw(self, top: int = 400) -> None:
        layer = self.drawings.drawing.active
        assert self.drawings.begin(layer)
        self.drawings.pixels(layer).array[top : top + 20, 200:800] = (0, 0, 0, 255)
        self.drawings.commit(layer, Rect(200, top, 600, 20), "Stroke")

    async def until(self, reached: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not reached():
                await asyncio.sleep(0.002)

    async def asked(self, count: int) -> None:
        """Return when that many pictures were asked for."""
        await self.until(lambda: len(self.client.calls) >= count)

    async def shown(self) -> None:
        """A drawing, and its picture in full quality."""
        self.draw()
        self.live.start()
        await self.asked(1)
        self.client.answer()
        await self.asked(2)
        self.client.answer()
        await self.until(lambda: self.phase is LivePhase.RESTING)


@pytest.fixture
def run() -> Iterator[Run]:
    """Runs coroutines, all on one event loop."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def room(tmp_path: Path, run: Run) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made

    async def close() -> None:
        await made.live.close()
        await made.drawings.close()
        await made.tasks.stop()

    run(close())


async def rest() -> None:
    """Let everything happen that is about to."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_that_the_disk_has_the_drawing_is_no_reason_to_refine_again(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        await room.asked(1)
        room.client.answer()
        await room.asked(2)
        room.drawings.changed.emit(frozenset({"saved"}))
        await rest()
        assert room.phase is LivePhase.REFINING
        assert not room.client.calls[1].done()
        room.client.answer()
        await room.until(lambda: room.phase is LivePhase.RESTING)
        assert room.client.refined == [False, True]

    run(draw())


def test_lines_that_come_back_are_shown_as_up_to_date(room: Room, run: Run) -> None:
    async def draw() -> None:
        await room.shown()
        room.drawings.undo()
        await room.until(lambda: room.phase is LivePhase.EMPTY)
        room.drawings.redo()
        await room.until(lambda: room.phase is LivePhase.RESTING)
        assert len(room.client.calls) == 2

    run(draw())


def test_another_device_makes_the_picture_that_the_one_before_was_at(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        await room.asked(1)
        room.engine.update(phase=EnginePhase.RESTARTING)
        room.client.fail(JobCancelled("The engine was closed."))
        await room.until(lambda: room.phase is LivePhase.RESTARTING)
        assert room.notice == ""
        room.engine.update(phase=EnginePhase.READY)
        await room.asked(2)
        room.client.answer()
        await room.until(lambda: room.live.shot)

    run(draw())


def test_a_worker_that_cannot_be_started_again_is_told_and_not_waited_for(
    room: Room, run: Run
) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        await room.asked(1)
        room.client.fail(WorkerDied("The worker ended."))
        room.engine.update(phase=EnginePhase.RESTARTING)
        await room.until(lambda: room.phase is LivePhase.RESTARTING)
        room.engine.update(phase=EnginePhase.FAILED, message="It ended again.")
        view = room.live.view.value
        assert (view.phase, view.message) == (LivePhase.RESTING, "It ended again.")
        room.draw(600)  # somebody goes on, and the client starts a worker
        await room.asked(2)

    run(draw())


def test_that_live_goes_on_by_itself_is_said_only_where_it_does(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        await room.asked(1)
        room.client.fail(WorkerDied("The device is gone; please choose another one."))
        room.engine.update(phase=EnginePhase.FAILED)
        await room.until(lambda: room.notice)
        assert room.notice == "The device is gone; please choose another one."
        assert room.phase is LivePhase.RESTING
        assert room.live.is_on

    run(draw())


def test_deaths_are_counted_anew_when_live_is_switched_on_again(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        for count in (1, 2):
            await room.asked(count)
            room.client.fail(WorkerDied("It ended."))
            await room.until(lambda: room.phase in (LivePhase.RESTARTING, LivePhase.OFF))
            room.engine.update(phase=EnginePhase.RESTARTING)
            room.engine.update(phase=EnginePhase.READY)
        assert not room.live.is_on
        room.live.start()
        await room.asked(3)
        room.client.fail(WorkerDied("It ended."))
        await room.until(lambda: room.phase is LivePhase.RESTARTING)
        assert room.live.is_on

    run(draw())


def test_a_picture_that_failed_is_not_called_up_to_date(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        await room.asked(1)
        room.client.fail(JobFailed("There is too little memory.", FailureCode.OUT_OF_MEMORY))
        await room.until(lambda: room.phase is LivePhase.RESTING)
        assert room.live.view.value.message == room.notice == "There is too little memory."

    run(draw())


def test_a_failure_of_what_was_overtaken_is_not_told_of_the_picture_being_made(
    room: Room, run: Run
) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        await room.asked(1)
        room.client.stop_live = lambda: None  # the worker is slow to answer
        room.live.stroke_began()
        room.draw(600)
        room.live.stroke_ended()
        await room.asked(2)
        room.client.calls[0].set_exception(
            JobFailed("There is too little memory.", FailureCode.OUT_OF_MEMORY)
        )
        await rest()
        assert room.phase is LivePhase.MAKING
        assert room.notice == ""

    run(draw())


def test_seconds_count_from_the_change_that_is_shown(
    room: Room, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(now=100.0, monotonic=lambda: clock.now)
    monkeypatch.setattr("maquette.state.live.time", clock)
    draft = room.drafting.draft

    async def slow(session: Session, model: ModelInfo) -> Draft:
        drawn = await draft(session, model)
        if not room.client.calls:
            clock.now += 2
            room.live.stroke_paused()  # another change, while this one is drawn up
        return drawn

    async def draw() -> None:
        monkeypatch.setattr(room.drafting, "draft", slow)
        room.draw()
        room.live.start()
        await room.asked(1)
        clock.now += 1
        room.client.answer()
        await room.until(lambda: room.live.shot)
        assert room.live.view.value.seconds == 3

    run(draw())


def test_without_a_model_the_read_out_says_so(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.models.update(model=None)
        room.draw()
        room.live.start()
        await room.until(lambda: room.phase is LivePhase.EMPTY)
        assert "no model" in room.live.view.value.message
        room.models.update(model=MODEL)
        await room.asked(1)

    run(draw())


def test_what_nobody_expected_is_told_once_and_does_not_keep_the_window_from_closing(
    room: Room, run: Run
) -> None:
    async def draw() -> None:
        room.draw()
        room.live.start()
        await room.asked(1)
        room.client.fail(KeyError("lost"))
        await room.until(lambda: room.errors)
        await rest()
        assert len(room.errors) == 1
        assert room.phase is LivePhase.RESTING
        room.drafting.draft = cast("Any", None)  # fails when it is called
        room.draw(600)
        await room.until(lambda: len(room.errors) == 2)
        await room.live.close()
        asked = len(room.client.calls)
        room.draw(700)
        await rest()
        assert (len(room.client.calls), len(room.errors)) == (asked, 2)

    run(draw())
