"""What live mode tells: what it is doing, how long that takes, and its last picture."""

from enum import StrEnum

import msgspec

from maquette.core.fidelity import Fidelity
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.state.drafting import Draft


class LivePhase(StrEnum):
    """What live mode is doing."""

    OFF = "off"
    EMPTY = "empty"  # there is nothing to follow, or the panel's content makes no recipe
    MAKING = "making"
    REFINING = "refining"
    RESTING = "resting"  # what is shown is up to date, or `message` says why it is not
    RESTARTING = "restarting"  # the worker ended and is started again


class LiveView(msgspec.Struct, frozen=True):
    """`seconds` from the last change to the last picture, None before the first one."""

    phase: LivePhase = LivePhase.OFF
    seconds: float | None = None
    message: str = ""


class LiveShot(msgspec.Struct, frozen=True, eq=False):
    """A live picture, RGB with its watermark, and what it takes to make it in full quality.

    `refined` says that it was made with all steps. `fidelity` is there where it was measured.
    """

    picture: Pixels
    draft: Draft
    fidelity: Fidelity | None
    refined: bool

    @property
    def recipe(self) -> Recipe:
        """The recipe in full quality."""
        return self.draft.recipes[0]
