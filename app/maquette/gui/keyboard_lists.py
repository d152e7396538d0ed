"""What the keyboard page lists: the keys of every place, and of the views that lie over them."""

from collections.abc import Iterable

import msgspec
from PySide6.QtGui import QKeySequence

from maquette.gui.action_spec import Place
from maquette.gui.actions import SPECS
from maquette.gui.gallery.gallery_actions import RATINGS
from maquette.gui.sketch_actions import LAYERS, SKETCH_SPECS, TOOLS
from maquette.state.noop import QT_TRANSLATE_NOOP

QUEUE = (
    "queue_pause", "cancel", "cancel_all", "queue_next", "queue_up", "queue_down", "queue_cancel",
    "queue_retry", "queue_skip", "retry_failed", "clear_finished",
)  # fmt: skip
"""The actions of Create that are about the queue."""

_ZOOM = QT_TRANSLATE_NOOP("Actions", "Whole picture or 100 %")
_RATE = QT_TRANSLATE_NOOP("Actions", "Rate")


class Line(msgspec.Struct, frozen=True):
    """Portable `keys` that do the same, or of a `span` the first and the last; and the words."""

    keys: tuple[str, ...]
    words: str  # to be said in the context "Actions"
    span: bool = False

    @property
    def shown(self) -> str:
        """The keys as this system writes them."""
        form = QKeySequence.SequenceFormat.NativeText
        written = [QKeySequence(key).toString(form) for key in self.keys]
        return (" – " if self.span else "   ").join(written)


class Section(msgspec.Struct, frozen=True):
    """A title, to be said in the context "Actions", and lines."""

    title: str
    lines: tuple[Line, ...]


FULL_SCREEN = Section(
    QT_TRANSLATE_NOOP("Actions", "Full screen"),
    (
        Line(("Left", "Right"), QT_TRANSLATE_NOOP("Actions", "Previous or next picture")),
        Line(("Home", "End"), QT_TRANSLATE_NOOP("Actions", "First or last picture")),
        Line(("Z",), _ZOOM),
        Line(("+", "-"), QT_TRANSLATE_NOOP("Actions", "Zoom in or out")),
        Line(("Shift+Left", "Shift+Right"), QT_TRANSLATE_NOOP("Actions", "Move sideways")),
        Line(("Up", "Down"), QT_TRANSLATE_NOOP("Actions", "Move up or down")),
        Line(("0", "5"), _RATE, span=True),
        Line(("I",), QT_TRANSLATE_NOOP("Actions", "Show or hide facts")),
        Line(("Del",), QT_TRANSLATE_NOOP("Actions", "Move to trash")),
        Line(("Ctrl+Z",), QT_TRANSLATE_NOOP("Actions", "Undo")),
        Line(("Esc", "F11"), QT_TRANSLATE_NOOP("Actions", "Back to the library")),
    ),
)
COMPARE = Section(
    QT_TRANSLATE_NOOP("Actions", "Compare"),
    (
        Line(("S",), QT_TRANSLATE_NOOP("Actions", "Side by side")),
        Line(("W",), QT_TRANSLATE_NOOP("Actions", "Wipe")),
        Line(("Left", "Right"), QT_TRANSLATE_NOOP("Actions", "Move the line of the wipe")),
        Line(("D",), QT_TRANSLATE_NOOP("Actions", "Difference")),
        Line(("X",), QT_TRANSLATE_NOOP("Actions", "Swap the two")),
        Line(("Z",), _ZOOM),
        Line(("+", "-"), QT_TRANSLATE_NOOP("Actions", "Zoom in or out")),
        Line(("0", "5"), _RATE, span=True),
        Line(("Esc",), QT_TRANSLATE_NOOP("Actions", "Back to the grid")),
    ),
)


ON_PAPER = (
    Line(("[", "]"), QT_TRANSLATE_NOOP("Actions", "Thinner or wider")),
    Line(("Space",), QT_TRANSLATE_NOOP("Actions", "Hold to move the view")),
    Line(("Shift+Space",), QT_TRANSLATE_NOOP("Actions", "Hold to turn the view")),
    Line(("Shift+Left", "Shift+Right"), QT_TRANSLATE_NOOP("Actions", "Turn by 15°")),
    Line(("M",), QT_TRANSLATE_NOOP("Actions", "Mirror the view")),
    Line(("Home",), QT_TRANSLATE_NOOP("Actions", "Put the view upright")),
    Line(("Left", "Right", "Up", "Down"), QT_TRANSLATE_NOOP("Actions", "Move the view")),
    Line(("Return",), QT_TRANSLATE_NOOP("Actions", "End what is begun")),
    Line(("Esc",), QT_TRANSLATE_NOOP("Actions", "Give up what is begun")),
)
"""What keys do on the paper beside choosing tools; as `SketchCanvas` says."""


def columns() -> tuple[tuple[Section, ...], ...]:
    """The sections from left to right, those of one column below each other."""
    others = (*QUEUE, *SKETCH_SPECS)
    create = [name for name in _of(Place.CREATE) if name not in others]
    sketch = [name for name in SKETCH_SPECS if SKETCH_SPECS[name].keys]
    sketch = [name for name in sketch if name not in (*TOOLS, *LAYERS)]
    library = [name for name in _of(Place.LIBRARY) if name not in RATINGS]
    rating = Line((SPECS[RATINGS[0]].keys[0], SPECS[RATINGS[-1]].keys[0]), _RATE, span=True)
    return (
        (
            Section(QT_TRANSLATE_NOOP("Actions", "Everywhere"), _lines(_of(None))),
            Section(SPECS["go_create"].text, _lines(create)),
            Section(SPECS["go_styles"].text, _lines(_of(Place.STYLES))),
        ),
        (
            Section(SPECS["sketch"].text, _lines(sketch)),
            Section(QT_TRANSLATE_NOOP("Actions", "Tools"), _lines(TOOLS)),
            Section(QT_TRANSLATE_NOOP("Actions", "On the paper"), ON_PAPER),
        ),
        (
            Section(SPECS["sketch_layers"].text, _lines(LAYERS)),
            Section(QT_TRANSLATE_NOOP("Actions", "Queue"), _lines(QUEUE)),
            Section(SPECS["go_check"].text, _lines(_of(Place.CHECK))),
            Section(SPECS["go_trainings"].text, _lines(_of(Place.TRAININGS))),
        ),
        (
            Section(SPECS["go_library"].text, (*_lines(library), rating)),
            FULL_SCREEN,
            COMPARE,
        ),
    )


def _of(place: Place | None) -> list[str]:
    return [name for name, spec in SPECS.items() if spec.keys and spec.place is place]


def _lines(names: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(SPECS[name].keys[:1], SPECS[name].text) for name in names)
