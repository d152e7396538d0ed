"""What one action of the window is: its words, shortcut, icon, and where it works."""

from enum import StrEnum

import msgspec


class Place(StrEnum):
    """A room of the studio, in the order of the rail; the trainings are a part of the styles."""

    CREATE = "create"
    LIBRARY = "library"
    STYLES = "styles"
    CHECK = "check"
    TRAININGS = "trainings"


class Spec(msgspec.Struct, frozen=True):
    """`keys` are portable key sequences; the first is the one that is shown.

    They work everywhere, or only in the `place` named. `local` ones work only in the widget that
    the action is given to, since everywhere else its keys mean something of their own.
    """

    text: str
    tip: str
    icon: str
    keys: tuple[str, ...] = ()
    place: Place | None = None
    local: bool = False
