"""The pictures that are checked: which there are, what was found, which one is looked at."""

import asyncio
import os
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QObject

from maquette.core.errors import MaquetteError
from maquette.core.report import Report
from maquette.state.pictures import PATTERNS
from maquette.state.store import Store
from maquette.state.tasks import Tasks
from maquette.state.verdicts import BY_URGENCY

MOST_FILES = 2000  # of the folders that are dropped at once


class CheckState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # the file cannot be read
    STOPPED = "stopped"  # not checked, because the user stopped it


PENDING = frozenset({CheckState.WAITING, CheckState.RUNNING})


class Order(StrEnum):
    """How the list is sorted."""

    ADDED = "added"
    VERDICT = "verdict"
    NAME = "name"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One picture to check: a file's `path`, or `data` where there is no file (pasted).

    `message` says why it could not be checked; one English sentence.
    """

    id: int
    name: str
    path: str = ""
    data: bytes = b""
    state: CheckState = CheckState.WAITING
    report: Report | None = None
    message: str = ""

    @property
    def key(self) -> str:
        """What tells its picture apart from every other."""
        return self.path or f"pasted:{self.id}"


class CheckList(msgspec.Struct, frozen=True, kw_only=True):
    """All pictures in the order shown. `selected` is the id of the one looked at, 0 for none."""

    checks: tuple[Check, ...] = ()
    selected: int = 0
    order: Order = Order.ADDED

    @property
    def shown(self) -> Check | None:
        """The picture that is looked at."""
        return self.find(self.selected)

    def find(self, check_id: int) -> Check | None:
        return next((check for check in self.checks if check.id == check_id), None)

    @property
    def pending(self) -> int:
        """How many are still to be checked."""
        return sum(check.state in PENDING for check in self.checks)


class Checker(Protocol):
    """Whatever checks one file: the marker's client."""

    async def check(self, source: Path | bytes, name: str = "") -> Report:
        """Raises MaquetteError when the file cannot be checked."""
        ...


class Checks(QObject):
    """Checks pictures one after another, in the order they came."""

    def __init__(self, checker: Checker, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.list = Store(CheckList(), self)
        self._checker = checker
        self._tasks = tasks
        self._last = 0
        self._runner: asyncio.Task[Any] | None = None

    # --- adding ---------------------------------------------------------------------------------

    def add_files(self, paths: Sequence[str]) -> None:
        """Check these files, and every picture in those that are folders; look at the first."""
        self._tasks.start(self._add_files(tuple(paths)))

    async def _add_files(self, paths: tuple[str, ...]) -> None:
        files = await asyncio.to_thread(_pictures_in, paths)
        known = {check.path: check.id for check in self.list.value.checks if check.path}
        new = []
        for path in files:
            if path in known:
                self._change(known[path], state=CheckState.WAITING, message="")
            else:
                new.append(Check(id=self._next_id(), name=Path(path).name, path=path))
        first = known.get(files[0]) if files else None
        self._add(new, first or (new[0].id if new else 0))

    def add_data(self, data: bytes, name: str) -> None:
        """Check a picture that is no file: the bytes of one, as they were pasted."""
        check = Check(id=self._next_id(), name=name, data=data)
        self._add([check], check.id)

    def again(self, check_id: int) -> None:
        """Check a picture once more, since its file may have changed."""
        check = self.list.value.find(check_id)
        if check is not None and check.state not in PENDING:
            self._change(check_id, state=CheckState.WAITING, message="")
            self._go_on()

    def _next_id(self) -> int:
        self._last += 1
        return self._last

    def _add(self, new: list[Check], select: int) -> None:
        checks = (*self.list.value.checks, *new)
        self._show(checks, select or self.list.value.selected)
        self._go_on()

    # --- looking and sorting --------------------------------------------------------------------

    def select(self, check_id: int) -> None:
        if self.list.value.find(check_id) is not None:
            self.list.update(selected=check_id)

    def sort(self, order: Order) -> None:
        value = self.list.value
        self.list.update(order=order, checks=_sorted(value.checks, order))

    def remove(self, check_id: int) -> None:
        """Take a picture off the list; the next one is looked at."""
        value = self.list.value
        check = value.find(check_id)
        if check is None:
            return
        place = value.checks.index(check)
        rest = value.checks[:place] + value.checks[place + 1 :]
        selected = value.selected
        if selected == check_id:
            selected = rest[min(place, len(rest) - 1)].id if rest else 0
        self.list.update(checks=rest, selected=selected)

    def clear(self) -> None:
        self.stop()
        self.list.update(checks=(), selected=0)

    # --- checking -------------------------------------------------------------------------------

    def stop(self) -> None:
        """Check nothing of what still waits."""
        if self._runner is not None:
            self._runner.cancel()
            self._runner = None
        self._stop_pending()

    def _stop_pending(self) -> None:
        value = self.list.value
        self._show(
            tuple(
                msgspec.structs.replace(check, state=CheckState.STOPPED)
                if check.state in PENDING
                else check
                for check in value.checks
            ),
            value.selected,
        )

    def _go_on(self) -> None:
        if self._runner is None or self._runner.done():
            self._runner = self._tasks.start(self._run())

    async def _run(self) -> None:
        try:
            while (check := self._next()) is not None:
                await self._check(check)
        except Exception:
            self._stop_pending()
            raise

    def _next(self) -> Check | None:
        """The one that is looked at goes first, the others in the order they came."""
        value = self.list.value
        waiting = [check for check in value.checks if check.state is CheckState.WAITING]
        if value.shown in waiting:
            return value.shown
        return min(waiting, key=lambda check: check.id, default=None)

    async def _check(self, check: Check) -> None:
        self._change(check.id, state=CheckState.RUNNING)
        try:
            report = await self._checker.check(check.data or Path(check.path), check.name)
        except MaquetteError as error:
            self._change(check.id, state=CheckState.FAILED, message=error.message, report=None)
        else:
            self._change(check.id, state=CheckState.DONE, report=report)

    def _change(self, check_id: int, **changes: Any) -> None:
        value = self.list.value
        self._show(
            tuple(
                msgspec.structs.replace(check, **changes) if check.id == check_id else check
                for check in value.checks
            ),
            value.selected,
        )

    def _show(self, checks: tuple[Check, ...], selected: int) -> None:
        self.list.update(checks=_sorted(checks, self.list.value.order), selected=selected)


def _sorted(checks: Iterable[Check], order: Order) -> tuple[Check, ...]:
    match order:
        case Order.ADDED:
            return tuple(sorted(checks, key=lambda check: check.id))
        case Order.NAME:
            return tuple(sorted(checks, key=lambda check: (check.name.casefold(), check.id)))
        case Order.VERDICT:
            return tuple(sorted(checks, key=lambda check: (_urgency(check), check.id)))


def _urgency(check: Check) -> int:
    if check.report is not None and check.state is CheckState.DONE:
        return BY_URGENCY.index(check.report.verdict)
    return len(BY_URGENCY) + (check.state is not CheckState.FAILED)


def _pictures_in(paths: Iterable[str]) -> list[str]:
    """`paths` as they are, folders replaced by the pictures in them, each file once."""
    suffixes = tuple(pattern.removeprefix("*") for pattern in PATTERNS)
    found: dict[str, None] = {}
    for path in paths:
        if not os.path.isdir(path):
            found[path] = None
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith(suffixes) and len(found) < MOST_FILES:
                    found[os.path.join(folder, name)] = None
    return list(found)
