"""The history of a drawing: every change as what it was before and after."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from maquette.core.drawing import Drawing
from maquette.core.tiles import LayerTiles, Place, Tile

Exchange = tuple[Tile | None, Tile | None]
"""The tile of a place before and after; None where it is empty."""

Changes = Mapping[str, Mapping[Place, Exchange]]
"""What changed, by the layer's id."""


class Step(NamedTuple):
    """One change that can be undone. `label` is what people call it, in English."""

    label: str
    before: Drawing
    after: Drawing
    changes: Changes

    @property
    def turned(self) -> "Step":
        """The change that takes this one back."""
        turned = {
            layer: {place: (new, old) for place, (old, new) in exchanges.items()}
            for layer, exchanges in self.changes.items()
        }
        return Step(self.label, self.after, self.before, turned)


class Progress(msgspec.Struct, frozen=True):
    """How far the history goes: steps that can be undone and redone, and the next of each."""

    undo: int = 0
    redo: int = 0
    undo_label: str = ""
    redo_label: str = ""


class History:
    """The steps of a drawing, where in them it stands, and how many of them are saved."""

    def __init__(self, steps: Sequence[Step] = (), position: int = 0, saved: int = 0) -> None:
        self._steps = list(steps)
        self._position = position
        self._saved = saved

    @property
    def position(self) -> int:
        """How many steps are done; the others are undone."""
        return self._position

    @property
    def progress(self) -> Progress:
        last, following = self.last, self.next
        return Progress(
            self._position,
            len(self._steps) - self._position,
            last.label if last else "",
            following.label if following else "",
        )

    @property
    def last(self) -> Step | None:
        """The step that would be undone."""
        return self._steps[self._position - 1] if self._position else None

    @property
    def next(self) -> Step | None:
        """The step that would be done again."""
        return self._steps[self._position] if self._position < len(self._steps) else None

    def push(self, step: Step) -> None:
        """A step was done; what was undone before it cannot be done again."""
        del self._steps[self._position :]
        self._saved = min(self._saved, self._position)
        self._steps.append(step)
        self._position += 1

    def widen(self, after: Drawing) -> None:
        """The last step goes on to `after`, as while somebody drags a slider."""
        last = self._position - 1
        self._steps[last] = self._steps[last]._replace(after=after)
        self._saved = min(self._saved, last)

    def back(self) -> None:
        """The last step was undone."""
        self._position -= 1

    def forward(self) -> None:
        """The next step was done again."""
        self._position += 1

    def take_unsaved(self) -> tuple[int, tuple[Step, ...]]:
        """The steps that no file has yet, and the place of the first; they count as saved now."""
        first, self._saved = self._saved, len(self._steps)
        return first, tuple(self._steps[first:])

    def give_back(self, first: int) -> None:
        """The steps from `first` on could not be saved."""
        self._saved = min(self._saved, first)


def exchanges_between(
    before: Mapping[str, LayerTiles], after: Mapping[str, LayerTiles]
) -> dict[str, dict[Place, Exchange]]:
    """What leads from the tiles of some layers to those of others."""
    changes: dict[str, dict[Place, Exchange]] = {}
    for layer in {**before, **after}:
        old, new = before.get(layer, {}), after.get(layer, {})
        if old is new:
            continue
        exchanged = {
            place: (old.get(place), new.get(place))
            for place in {**old, **new}
            if old.get(place) is not new.get(place)
        }
        if exchanged:
            changes[layer] = exchanged
    return changes
