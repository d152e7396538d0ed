"""Edits of the drawing, one after another: what takes long is prepared in a thread."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from maquette.core.errors import MaquetteError
from maquette.state.tasks import Tasks


class Edit(NamedTuple):
    """`apply` makes the change, on the window's thread, with what `prepare` made in another one.

    `prepare` begins when what `after` returns has been awaited.
    """

    apply: Callable[[Any], None]
    prepare: Callable[[], Any] | None = None
    after: Callable[[], Awaitable[None]] | None = None


Plan = Callable[[], Edit | None]
"""Decides what to do once all edits before are done; None for nothing."""


class EditQueue:
    """Runs plans in order, those without anything to prepare at once.

    While something is painted (`hold`), edits wait.
    """

    def __init__(self, tasks: Tasks, on_error: Callable[[BaseException], None]) -> None:
        self._tasks = tasks
        self._on_error = on_error
        self._waiting: deque[Plan] = deque()
        self._is_held = False
        self._is_preparing = False
        self._idle: asyncio.Event | None = None

    @property
    def is_preparing(self) -> bool:
        """Whether an edit is on its way, which painting would get in the way of."""
        return self._is_preparing

    def hold(self) -> None:
        """Something is painted now."""
        self._is_held = True

    def go_on(self) -> None:
        """Nothing is painted any more."""
        self._is_held = False
        self._work()

    def perform(self, plan: Plan) -> None:
        """Do it now if it is quick and nothing waits, else when its turn comes."""
        self._waiting.append(plan)
        self._work()

    def perform_next(self, edit: Edit) -> None:
        """Do it before all others that wait."""
        self._waiting.appendleft(lambda: edit)

    async def settled(self) -> None:
        """Return when nothing waits any more."""
        while self._waiting or self._is_preparing:
            if self._idle is None:
                self._idle = asyncio.Event()
            await self._idle.wait()

    def _work(self) -> None:
        while self._waiting and not self._is_held and not self._is_preparing:
            try:
                edit = self._waiting.popleft()()
                if edit is None:
                    continue
                if edit.prepare is None:
                    edit.apply(None)
                    continue
            except MaquetteError as error:
                self._on_error(error)
                continue
            except KeyError:
                continue  # an edit before took the layer away
            self._is_preparing = True
            self._tasks.start(self._prepare(edit, edit.prepare))
        if not self._waiting and not self._is_preparing and self._idle is not None:
            self._idle.set()
            self._idle = None

    async def _prepare(self, edit: Edit, prepare: Callable[[], Any]) -> None:
        try:
            if edit.after is not None:
                await edit.after()
            edit.apply(await asyncio.to_thread(prepare))
        except MaquetteError as error:
            self._on_error(error)
        finally:
            self._is_preparing = False
            self._work()
