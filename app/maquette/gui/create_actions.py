"""The actions of the Create place."""

from maquette.gui.action_spec import Place, Spec
from maquette.state.noop import QT_TRANSLATE_NOOP

CREATE_SPECS = {
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
    "check_picture": Spec(
        QT_TRANSLATE_NOOP("Actions", "Check this picture"),
        QT_TRANSLATE_NOOP("Actions", "See what the file of this picture carries"),
        "shield-check",
        ("Ctrl+K",),
        Place.CREATE,
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
"""Those that do something with the picture that is looked at."""
