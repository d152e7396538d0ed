"""Undo and redo of a frozen value: what it was before each step."""

from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 200  # steps


class DraftSteps(Generic[T]):
    """The steps that were done, and those that were taken back."""

    def __init__(self) -> None:
        self._undo: list[T] = []
        self._redo: list[T] = []
        self._last = ""  # what was done last, for steps that go on

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def keep(self, value: T, step: str = "") -> None:
        """Remember `value` before a change, unless the `step` before goes on; "" never does."""
        goes_on = bool(step) and step == self._last and bool(self._undo)
        self._last = step
        if not goes_on:
            self._undo.append(value)
            del self._undo[:-MOST]
        self._redo.clear()

    def undo(self, value: T) -> T:
        """What there was before the last step that changed something; `value` if there is none."""
        return self._turn(value, self._undo, self._redo)

    def redo(self, value: T) -> T:
        """What there was before that was taken back; `value` if nothing was."""
        return self._turn(value, self._redo, self._undo)

    def _turn(self, value: T, source: list[T], target: list[T]) -> T:
        self._last = ""
        while source:
            other = source.pop()
            if other != value:
                target.append(value)
                return other
        return value
