"""What one action of the window is: its words, shortcut, icon, and where it works."""

from enum import StrEnum

import msgspec


class Place(StrEnum):
    """A room of the studio; the numbers between are kept for Library and Styles."""

    CREATE = "create"
    CHECK = "check"


class Spec(msgspec.Struct, frozen=True):
    """`keys` are portable key sequences; the first is the one that is shown.

    They work everywhere, or only in the `place` named.
    """

    text: str
    tip: str
    icon: str
    keys: tuple[str, ...] = ()
    place: Place | None = None
