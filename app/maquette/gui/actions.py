"""Every action of the window: its words, shortcut and icon, in one place."""

from collections.abc import Callable
from enum import StrEnum

import msgspec
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from maquette.gui import icons
from maquette.state.noop import QT_TRANSLATE_NOOP


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


SPECS = {
    "go_create": Spec(
        QT_TRANSLATE_NOOP("Actions", "Create"),
        QT_TRANSLATE_NOOP("Actions", "Make pictures from prompts"),
        "pencil-simple",
        ("Ctrl+1",),
    ),
    "go_check": Spec(
        QT_TRANSLATE_NOOP("Actions", "Check"),
        QT_TRANSLATE_NOOP("Actions", "See what a picture carries and where it comes from"),
        "shield-check",
        ("Ctrl+4",),
    ),
    "generate": Spec(
        QT_TRANSLATE_NOOP("Actions", "Generate"),
        QT_TRANSLATE_NOOP("Actions", "Make the pictures that the panel describes"),
        "sparkle",
        ("Ctrl+Return", "Ctrl+Enter"),
        Place.CREATE,
    ),
    "cancel": Spec(
        QT_TRANSLATE_NOOP("Actions", "Cancel"),
        QT_TRANSLATE_NOOP("Actions", "Stop the picture that is being made"),
        "x",
        ("Esc",),
        Place.CREATE,
    ),
    "cancel_all": Spec(
        QT_TRANSLATE_NOOP("Actions", "Cancel all"),
        QT_TRANSLATE_NOOP("Actions", "Stop and drop everything in the queue"),
        "prohibit",
        ("Ctrl+Shift+Backspace",),
        Place.CREATE,
    ),
    "retry_failed": Spec(
        QT_TRANSLATE_NOOP("Actions", "Retry failed"),
        QT_TRANSLATE_NOOP("Actions", "Queue the failed jobs again"),
        "arrow-counter-clockwise",
        ("Ctrl+Shift+T",),
        Place.CREATE,
    ),
    "clear_finished": Spec(
        QT_TRANSLATE_NOOP("Actions", "Clear finished"),
        QT_TRANSLATE_NOOP("Actions", "Take finished jobs off the list; their pictures stay"),
        "checks",
        ("Ctrl+Shift+K",),
        Place.CREATE,
    ),
    "save_as": Spec(
        QT_TRANSLATE_NOOP("Actions", "Save as…"),
        QT_TRANSLATE_NOOP("Actions", "Save a copy of the file with all its marks"),
        "floppy-disk",
        ("Ctrl+S",),
        Place.CREATE,
    ),
    "copy": Spec(
        QT_TRANSLATE_NOOP("Actions", "Copy"),
        QT_TRANSLATE_NOOP("Actions", "Copy the picture to the clipboard"),
        "copy",
        ("Ctrl+Shift+C",),
        Place.CREATE,
    ),
    "vary": Spec(
        QT_TRANSLATE_NOOP("Actions", "Vary"),
        QT_TRANSLATE_NOOP("Actions", "The same recipe once more with a new seed"),
        "shuffle",
        ("Ctrl+R",),
        Place.CREATE,
    ),
    "reuse": Spec(
        QT_TRANSLATE_NOOP("Actions", "Reuse recipe"),
        QT_TRANSLATE_NOOP("Actions", "Lay the recipe of this picture out in the panel"),
        "arrow-u-up-left",
        ("Ctrl+Shift+R",),
        Place.CREATE,
    ),
    "use_start": Spec(
        QT_TRANSLATE_NOOP("Actions", "Use as start"),
        QT_TRANSLATE_NOOP("Actions", "Make the next picture out of this one"),
        "image-square",
        ("Ctrl+U",),
        Place.CREATE,
    ),
    "show_folder": Spec(
        QT_TRANSLATE_NOOP("Actions", "Show in folder"),
        QT_TRANSLATE_NOOP("Actions", "Open the folder that holds the file"),
        "folder-open",
        ("Ctrl+Shift+E",),
        Place.CREATE,
    ),
    "open_start": Spec(
        QT_TRANSLATE_NOOP("Actions", "Start from a picture…"),
        QT_TRANSLATE_NOOP("Actions", "Choose an image file to start from"),
        "image",
        ("Ctrl+O",),
        Place.CREATE,
    ),
    "fit": Spec(
        QT_TRANSLATE_NOOP("Actions", "Fit"),
        QT_TRANSLATE_NOOP("Actions", "Show the whole picture"),
        "frame-corners",
        ("Ctrl+0",),
    ),
    "actual_size": Spec(
        QT_TRANSLATE_NOOP("Actions", "100 %"),
        QT_TRANSLATE_NOOP("Actions", "One pixel of the picture on one pixel of the screen"),
        "magnifying-glass-plus",
        ("Ctrl+Shift+1",),
    ),
    "zoom_in": Spec(
        QT_TRANSLATE_NOOP("Actions", "Zoom in"),
        QT_TRANSLATE_NOOP("Actions", "Come nearer to the picture"),
        "magnifying-glass-plus",
        ("Ctrl++", "Ctrl+="),
    ),
    "zoom_out": Spec(
        QT_TRANSLATE_NOOP("Actions", "Zoom out"),
        QT_TRANSLATE_NOOP("Actions", "Step back from the picture"),
        "magnifying-glass-minus",
        ("Ctrl+-",),
    ),
    "background": Spec(
        QT_TRANSLATE_NOOP("Actions", "Background"),
        QT_TRANSLATE_NOOP("Actions", "Change what lies behind the picture: plain or checks"),
        "circle-half",
        ("Ctrl+B",),
    ),
    "newer": Spec(
        QT_TRANSLATE_NOOP("Actions", "Newer picture"),
        QT_TRANSLATE_NOOP("Actions", "Show the picture made after this one"),
        "caret-up",
        ("Alt+Left",),
        Place.CREATE,
    ),
    "older": Spec(
        QT_TRANSLATE_NOOP("Actions", "Older picture"),
        QT_TRANSLATE_NOOP("Actions", "Show the picture made before this one"),
        "caret-down",
        ("Alt+Right",),
        Place.CREATE,
    ),
    "new_seed": Spec(
        QT_TRANSLATE_NOOP("Actions", "Draw a new seed"),
        QT_TRANSLATE_NOOP("Actions", "Draw a new seed"),
        "dice-five",
        ("Ctrl+D",),
        Place.CREATE,
    ),
    "lock_seed": Spec(
        QT_TRANSLATE_NOOP("Actions", "Keep or free the seed"),
        QT_TRANSLATE_NOOP("Actions", "Keep the seed for every Generate, or draw a new one"),
        "lock-simple",
        ("Ctrl+L",),
        Place.CREATE,
    ),
    "focus_prompt": Spec(
        QT_TRANSLATE_NOOP("Actions", "Go to the prompt"),
        QT_TRANSLATE_NOOP("Actions", "Go to the prompt"),
        "pencil-simple",
        ("Ctrl+P",),
    ),
    "check_picture": Spec(
        QT_TRANSLATE_NOOP("Actions", "Check this picture"),
        QT_TRANSLATE_NOOP("Actions", "See what the file of this picture carries"),
        "shield-check",
        ("Ctrl+K",),
        Place.CREATE,
    ),
    "check_open": Spec(
        QT_TRANSLATE_NOOP("Actions", "Open pictures…"),
        QT_TRANSLATE_NOOP("Actions", "Choose image files to check"),
        "folder-open",
        ("Ctrl+O",),
        Place.CHECK,
    ),
    "check_paste": Spec(
        QT_TRANSLATE_NOOP("Actions", "Paste"),
        QT_TRANSLATE_NOOP("Actions", "Check the picture or the files on the clipboard"),
        "clipboard",
        ("Ctrl+V",),
        Place.CHECK,
    ),
    "check_stop": Spec(
        QT_TRANSLATE_NOOP("Actions", "Stop checking"),
        QT_TRANSLATE_NOOP("Actions", "Do not check what still waits"),
        "x",
        ("Esc",),
        Place.CHECK,
    ),
    "check_again": Spec(
        QT_TRANSLATE_NOOP("Actions", "Check again"),
        QT_TRANSLATE_NOOP("Actions", "Check this picture once more"),
        "arrow-clockwise",
        ("F5",),
        Place.CHECK,
    ),
    "check_compare": Spec(
        QT_TRANSLATE_NOOP("Actions", "Compare"),
        QT_TRANSLATE_NOOP("Actions", "Show the original beside the picture"),
        "columns",
        ("Ctrl+E",),
        Place.CHECK,
    ),
    "check_remove": Spec(
        QT_TRANSLATE_NOOP("Actions", "Remove"),
        QT_TRANSLATE_NOOP("Actions", "Take this picture off the list; its file stays"),
        "x",
        ("Del",),
        Place.CHECK,
    ),
    "check_clear": Spec(
        QT_TRANSLATE_NOOP("Actions", "Clear"),
        QT_TRANSLATE_NOOP("Actions", "Take all pictures off the list; their files stay"),
        "trash",
        ("Ctrl+Shift+K",),
        Place.CHECK,
    ),
    "check_copy": Spec(
        QT_TRANSLATE_NOOP("Actions", "Copy report"),
        QT_TRANSLATE_NOOP("Actions", "Copy the report of this picture as text"),
        "clipboard-text",
        ("Ctrl+Shift+C",),
        Place.CHECK,
    ),
    "check_save": Spec(
        QT_TRANSLATE_NOOP("Actions", "Save reports…"),
        QT_TRANSLATE_NOOP("Actions", "Save the reports of all pictures as JSON or CSV"),
        "floppy-disk",
        ("Ctrl+S",),
        Place.CHECK,
    ),
    "check_show": Spec(
        QT_TRANSLATE_NOOP("Actions", "Show in folder"),
        QT_TRANSLATE_NOOP("Actions", "Open the folder that holds the original"),
        "folder-open",
        ("Ctrl+Shift+E",),
        Place.CHECK,
    ),
    "check_restore": Spec(
        QT_TRANSLATE_NOOP("Actions", "Restore marks…"),
        QT_TRANSLATE_NOOP("Actions", "Save a copy that carries its marks again"),
        "shield-check",
        (),
        Place.CHECK,
    ),
    "check_reuse": Spec(
        QT_TRANSLATE_NOOP("Actions", "Use recipe again"),
        QT_TRANSLATE_NOOP("Actions", "Lay the recipe of this picture out in Create"),
        "arrow-u-up-left",
        ("Ctrl+Shift+R",),
        Place.CHECK,
    ),
    "settings": Spec(
        QT_TRANSLATE_NOOP("Actions", "Settings"),
        QT_TRANSLATE_NOOP("Actions", "Language, theme, folders, device, models"),
        "gear",
        ("Ctrl+,",),
    ),
    "keyboard": Spec(
        QT_TRANSLATE_NOOP("Actions", "Keyboard"),
        QT_TRANSLATE_NOOP("Actions", "All keyboard shortcuts"),
        "keyboard",
        ("F1",),
    ),
    "quit": Spec(
        QT_TRANSLATE_NOOP("Actions", "Quit"),
        QT_TRANSLATE_NOOP("Actions", "Close the window and stop what is being made"),
        "sign-out",
        ("Ctrl+Q",),
    ),
}
NEEDS_PICTURE = (
    "save_as",
    "copy",
    "vary",
    "reuse",
    "use_start",
    "show_folder",
    "check_picture",
)


def said(text: str) -> str:
    """One of the texts of SPECS in the language of the window."""
    return QCoreApplication.translate("Actions", text)


class Actions(QObject):
    """The QActions by name. They work anywhere in `window`, while their place is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for name in SPECS:
            action = QAction(window)
            action.setAutoRepeat(False)
            window.addAction(action)
            self._actions[name] = action
        self.go_to(Place.CREATE)
        self.retranslate()
        self.restyle()

    def go_to(self, place: Place) -> None:
        """Give the keys to the actions of `place`; the same keys may do something else there."""
        for name, spec in SPECS.items():
            keys = spec.keys if spec.place in (None, place) else ()
            self._actions[name].setShortcuts([QKeySequence(key) for key in keys])

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def bind(self, name: str, handler: Callable[[], object]) -> None:
        self._actions[name].triggered.connect(lambda _checked=False: handler())

    def retranslate(self) -> None:
        for name, spec in SPECS.items():
            action = self._actions[name]
            text = said(spec.text)
            action.setText(text)
            action.setIconText(text)  # else Qt takes the ellipsis away on buttons
            keys = shown_keys(spec)
            tip = said(spec.tip)
            action.setToolTip(f"{tip} ({keys})" if keys else tip)

    def restyle(self) -> None:
        for name, spec in SPECS.items():
            self._actions[name].setIcon(icons.icon(spec.icon))


def shown_keys(spec: Spec) -> str:
    """The first shortcut as this system writes it."""
    if not spec.keys:
        return ""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
