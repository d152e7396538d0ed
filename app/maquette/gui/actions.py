"""Every action of the window: its words, shortcut and icon, in one place."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from maquette.gui import icons
from maquette.state.noop import QT_TRANSLATE_NOOP


class Spec(msgspec.Struct, frozen=True):
    """`keys` are portable key sequences; the first is the one that is shown."""

    text: str
    tip: str
    icon: str
    keys: tuple[str, ...] = ()


SPECS = {
    "generate": Spec(
        QT_TRANSLATE_NOOP("Actions", "Generate"),
        QT_TRANSLATE_NOOP("Actions", "Make the pictures that the panel describes"),
        "sparkle",
        ("Ctrl+Return", "Ctrl+Enter"),
    ),
    "cancel": Spec(
        QT_TRANSLATE_NOOP("Actions", "Cancel"),
        QT_TRANSLATE_NOOP("Actions", "Stop the picture that is being made"),
        "x",
        ("Esc",),
    ),
    "cancel_all": Spec(
        QT_TRANSLATE_NOOP("Actions", "Cancel all"),
        QT_TRANSLATE_NOOP("Actions", "Stop and drop everything in the queue"),
        "prohibit",
        ("Ctrl+Shift+Backspace",),
    ),
    "retry_failed": Spec(
        QT_TRANSLATE_NOOP("Actions", "Retry failed"),
        QT_TRANSLATE_NOOP("Actions", "Queue the failed jobs again"),
        "arrow-counter-clockwise",
        ("Ctrl+Shift+T",),
    ),
    "clear_finished": Spec(
        QT_TRANSLATE_NOOP("Actions", "Clear finished"),
        QT_TRANSLATE_NOOP("Actions", "Take finished jobs off the list; their pictures stay"),
        "checks",
        ("Ctrl+Shift+K",),
    ),
    "save_as": Spec(
        QT_TRANSLATE_NOOP("Actions", "Save as…"),
        QT_TRANSLATE_NOOP("Actions", "Save a copy of the file with all its marks"),
        "floppy-disk",
        ("Ctrl+S",),
    ),
    "copy": Spec(
        QT_TRANSLATE_NOOP("Actions", "Copy"),
        QT_TRANSLATE_NOOP("Actions", "Copy the picture to the clipboard"),
        "copy",
        ("Ctrl+Shift+C",),
    ),
    "vary": Spec(
        QT_TRANSLATE_NOOP("Actions", "Vary"),
        QT_TRANSLATE_NOOP("Actions", "The same recipe once more with a new seed"),
        "shuffle",
        ("Ctrl+R",),
    ),
    "reuse": Spec(
        QT_TRANSLATE_NOOP("Actions", "Reuse recipe"),
        QT_TRANSLATE_NOOP("Actions", "Lay the recipe of this picture out in the panel"),
        "arrow-u-up-left",
        ("Ctrl+Shift+R",),
    ),
    "use_start": Spec(
        QT_TRANSLATE_NOOP("Actions", "Use as start"),
        QT_TRANSLATE_NOOP("Actions", "Make the next picture out of this one"),
        "image-square",
        ("Ctrl+U",),
    ),
    "show_folder": Spec(
        QT_TRANSLATE_NOOP("Actions", "Show in folder"),
        QT_TRANSLATE_NOOP("Actions", "Open the folder that holds the file"),
        "folder-open",
        ("Ctrl+Shift+E",),
    ),
    "open_start": Spec(
        QT_TRANSLATE_NOOP("Actions", "Start from a picture…"),
        QT_TRANSLATE_NOOP("Actions", "Choose an image file to start from"),
        "image",
        ("Ctrl+O",),
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
        ("Ctrl+1",),
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
    ),
    "older": Spec(
        QT_TRANSLATE_NOOP("Actions", "Older picture"),
        QT_TRANSLATE_NOOP("Actions", "Show the picture made before this one"),
        "caret-down",
        ("Alt+Right",),
    ),
    "new_seed": Spec(
        QT_TRANSLATE_NOOP("Actions", "Draw a new seed"),
        QT_TRANSLATE_NOOP("Actions", "Draw a new seed"),
        "dice-five",
        ("Ctrl+D",),
    ),
    "lock_seed": Spec(
        QT_TRANSLATE_NOOP("Actions", "Keep or free the seed"),
        QT_TRANSLATE_NOOP("Actions", "Keep the seed for every Generate, or draw a new one"),
        "lock-simple",
        ("Ctrl+L",),
    ),
    "focus_prompt": Spec(
        QT_TRANSLATE_NOOP("Actions", "Go to the prompt"),
        QT_TRANSLATE_NOOP("Actions", "Go to the prompt"),
        "pencil-simple",
        ("Ctrl+P",),
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
NEEDS_PICTURE = ("save_as", "copy", "vary", "reuse", "use_start", "show_folder")


def said(text: str) -> str:
    """One of the texts of SPECS in the language of the window."""
    return QCoreApplication.translate("Actions", text)


class Actions(QObject):
    """The QActions by name. They work anywhere in `window`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for name, spec in SPECS.items():
            action = QAction(window)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            action.setAutoRepeat(False)
            window.addAction(action)
            self._actions[name] = action
        self.retranslate()
        self.restyle()

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
