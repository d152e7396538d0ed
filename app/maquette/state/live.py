"""Live mode: the picture follows the pen. Driven by events; the latest wins at every stage."""

import asyncio
import time
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.errors import JobCancelled, MaquetteError, RecipeError, WorkerDied
from maquette.core.live_plan import quick_recipe
from maquette.core.model_info import ModelInfo
from maquette.core.recipe import Recipe
from maquette.engine.client import EngineClient
from maquette.engine.live_calls import LiveMade
from maquette.engine.status import EnginePhase, EngineStatus
from maquette.state.draft import find_problem
from maquette.state.drafting import Draft, Drafting
from maquette.state.drawings import Drawings
from maquette.state.engine_status import EngineStatusStore
from maquette.state.live_view import LivePhase, LiveShot, LiveView
from maquette.state.models import Models
from maquette.state.notices import Notices
from maquette.state.session import Session
from maquette.state.store import Store
from maquette.state.tasks import Tasks

MAX_DEATHS = 2  # workers in a row that live mode may bring down before it is switched off

_STEERING = frozenset(
    {
        "prompt",
        "negative_prompt",
        "style",
        "loras",
        "like",
        "width",
        "height",
        "steps",
        "guidance_scale",
        "sampler",
        "seed",
        "start",
        "sketch",
    }
)
"""Fields of the session that a live picture follows from."""

_STOPPED = (EnginePhase.FAILED, EnginePhase.CLOSED)  # no worker comes before the next request

Submit = Callable[[Draft], None]


class Live(QObject):
    """One request in the worker at most, and one that comes next.

    A quick picture is let come to its end unless the pen was lifted meanwhile, since a stroke
    would otherwise drop each before it is seen; no two are dropped in a row. A refinement gives
    way to anything.

    Signals:
        made(shot): a LiveShot to be shown.
        ended(): live mode was switched off.
    """

    made = Signal(object)
    ended = Signal()

    def __init__(
        self,
        *,
        session: Store[Session],
        models: Models,
        drafting: Drafting,
        drawings: Drawings,
        client: EngineClient,
        engine: EngineStatusStore,
        notices: Notices,
        tasks: Tasks,
        submit: Submit,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = Store(LiveView(), self)
        self._session = session
        self._models = models
        self._drafting = drafting
        self._client = client
        self._engine = engine
        self._notices = notices
        self._tasks = tasks
        self._submit = submit
        self._shot: LiveShot | None = None
        self._pump: asyncio.Task[None] | None = None
        self._wanted = False  # something changed since the last request was drawn up
        self._hurry = asyncio.Event()  # the request in the worker is to give way
        self._refining = False
        self._overtook = False  # the request before this one gave way
        self._in_stroke = False
        self._asked = 0.0  # time.monotonic() of the last change
        self._deaths = 0
        self._is_closed = False
        self._was_on = session.value.sketch.live
        session.changed.connect(self._session_changed)
        models.changed.connect(self._changed)
        drawings.changed.connect(self._drawing_edited)
        drawings.pixels_changed.connect(self._drawing_changed)
        drawings.replaced.connect(self._drawing_changed)
        engine.changed.connect(self._engine_changed)
        if self._was_on:
            self._show(LivePhase.RESTING)

    @property
    def is_on(self) -> bool:
        return self._session.value.sketch.live

    @property
    def shot(self) -> LiveShot | None:
        """The last picture; None before the first one, and after live mode has ended."""
        return self._shot

    # --- what a person does ---------------------------------------------------------------------

    def start(self) -> None:
        """Switch live mode on; the seed is kept from now on, so that changes can be compared."""
        session = self._session.value
        sketch = msgspec.structs.replace(session.sketch, live=True, used=True)
        self._session.update(sketch=sketch, seed_locked=True)

    def stop(self) -> None:
        """Switch live mode off."""
        session = self._session.value
        self._session.update(sketch=msgspec.structs.replace(session.sketch, live=False))

    def keep(self) -> None:
        """Queue the picture that is shown, in full quality."""
        shot = self._shot
        if shot is not None:
            self._submit(shot.draft)

    def stroke_began(self) -> None:
        """From now on only pauses of the pen count, not every mark it leaves."""
        self._in_stroke = True

    def stroke_paused(self) -> None:
        """A long stroke goes on; the canvas tells at most a few times a second."""
        self._want(urgent=False)

    def stroke_ended(self) -> None:
        self._in_stroke = False
        self._want(urgent=True)

    # --- what changed ---------------------------------------------------------------------------

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        is_on, was_on = session.sketch.live, self._was_on
        self._was_on = is_on
        if was_on and not is_on:
            self._end()
        elif fields & _STEERING:
            self._want(urgent=not was_on)

    def _drawing_edited(self, fields: frozenset[str]) -> None:
        if fields != {"saved"}:  # the disk has it now; the drawing is as it was
            self._drawing_changed()

    def _drawing_changed(self, *_: object) -> None:
        if not self._in_stroke:
            self._want(urgent=False)

    def _changed(self, *_: object) -> None:
        self._want(urgent=False)

    def _engine_changed(self, status: EngineStatus, _fields: object = None) -> None:
        if self.view.value.phase is not LivePhase.RESTARTING:
            return
        if status.phase in (EnginePhase.READY, EnginePhase.BUSY):
            self._want(urgent=False)
        elif status.phase in _STOPPED:
            self._show(LivePhase.RESTING, message=status.message)

    def _want(self, *, urgent: bool) -> None:
        if not self.is_on or self._is_closed:
            return
        self._wanted = True
        self._asked = time.monotonic()
        if self._pump is None or self._pump.done():
            self._pump = self._tasks.start(self._run())
        elif self._refining or (urgent and not self._overtook):
            self._hurry.set()

    def _end(self) -> None:
        self._wanted = False
        self._shot = None
        self._deaths = 0
        self._hurry.set()
        self._client.stop_live()
        self._show(LivePhase.OFF, seconds=None)
        self.ended.emit()

    # --- the pump -------------------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            while self.is_on and self._wanted:
                self._wanted = False
                await self._follow(self._asked)
        finally:
            if self.view.value.phase in (LivePhase.MAKING, LivePhase.REFINING):
                self._show(LivePhase.RESTING)

    async def _follow(self, asked: float) -> None:
        """Make the picture of now, quickly and, if nothing changes meanwhile, in full quality.

        Args:
            asked: time.monotonic() of the change that it follows.
        """
        model = self._models.chosen
        draft = await self._draw_up(model)
        if model is None or draft is None or not self.is_on:
            return
        shot = self._shot
        if shot is not None and shot.recipe == draft.recipes[0]:
            self._show(LivePhase.RESTING)  # something else may have been said meanwhile
            is_rough = not shot.refined
        else:
            is_rough = await self._make(draft, model, asked, refine=False)
        if is_rough and not self._wanted and not self._in_stroke:
            await self._make(draft, model, asked, refine=True)

    async def _draw_up(self, model: ModelInfo | None) -> Draft | None:
        """None if there is nothing to ask for, which is said then."""
        session = msgspec.structs.replace(self._session.value, count=1)
        try:
            if model is None:
                raise RecipeError(find_problem(session, model).message, "model")
            return await self._drafting.draft(session, model)
        except MaquetteError as error:
            if self.is_on:
                self._client.stop_live()
                self._tell_undrawn(error)
        return None

    def _tell_undrawn(self, error: MaquetteError) -> None:
        if isinstance(error, RecipeError):
            self._show(LivePhase.EMPTY, message=error.message)
        else:
            self._tell_failed(error)

    async def _make(self, draft: Draft, model: ModelInfo, asked: float, *, refine: bool) -> bool:
        """Ask for one picture and show it; whether it came and can be refined."""
        full = draft.recipes[0]
        recipe = full if refine else quick_recipe(full, model.family)
        self._refining = refine
        self._hurry.clear()
        self._show(LivePhase.REFINING if refine else LivePhase.MAKING)
        request = self._tasks.start(self._ask(recipe, draft, refine))
        hurried = asyncio.ensure_future(self._hurry.wait())
        try:
            await asyncio.wait({request, hurried}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            hurried.cancel()
            self._refining = False
        self._overtook = not request.done()
        if not self.is_on or not request.done() or request.cancelled() or request.exception():
            return False
        made = request.result()
        if not isinstance(made, LiveMade):
            self._tell_unmade(made)
            return False
        self._deaths = 0
        is_last = refine or recipe == full
        self._shot = LiveShot(
            picture=made.pixels,
            draft=draft,
            fidelity=made.fidelity,
            refined=is_last,
        )
        seconds = self.view.value.seconds if refine else time.monotonic() - asked
        self.view.update(seconds=seconds)
        self.made.emit(self._shot)
        return not is_last

    async def _ask(
        self, recipe: Recipe, draft: Draft, refine: bool
    ) -> LiveMade | MaquetteError | None:
        """None when a newer request overtook this one, or the worker ended, which is said then."""
        try:
            return await self._client.live(
                recipe, start=draft.start, images=draft.images, refine=refine
            )
        except WorkerDied as error:
            self._died(error)
        except MaquetteError as error:
            return error
        return None

    def _tell_unmade(self, error: MaquetteError | None) -> None:
        if isinstance(error, JobCancelled):  # the engine is started again, on another device
            self._show(LivePhase.RESTARTING)
        elif error is not None:
            self._tell_failed(error)

    def _tell_failed(self, error: MaquetteError) -> None:
        self._show(LivePhase.RESTING, message=error.message)
        self._notices.report(error)

    def _died(self, error: WorkerDied) -> None:
        if not self.is_on or self.view.value.phase is LivePhase.RESTARTING:
            return
        if self._engine.value.phase in _STOPPED:
            self._tell_failed(error)
            return
        self._deaths += 1
        if self._deaths >= MAX_DEATHS:
            self._notices.fail(
                "The worker ended twice in live mode, so live mode is switched off; "
                "a smaller size or another model may go better.",
                error.message,
            )
            self.stop()
            return
        self._show(LivePhase.RESTARTING)
        self._notices.fail(
            "The worker ended in live mode and is started again; live goes on by itself.",
            error.message,
        )

    def _show(self, phase: LivePhase, **changes: object) -> None:
        self.view.update(phase=phase, **({"message": ""} | changes))

    async def close(self) -> None:
        """End what is on its way; the choice stays as it is."""
        self._is_closed = True
        self._client.stop_live()
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)  # its errors were told
