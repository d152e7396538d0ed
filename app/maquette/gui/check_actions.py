"""The actions of the Check place."""

from maquette.gui.action_spec import Place, Spec
from maquette.state.noop import QT_TRANSLATE_NOOP

CHECK_SPECS = {
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
    "check_wipe": Spec(
        QT_TRANSLATE_NOOP("Actions", "Wipe"),
        QT_TRANSLATE_NOOP("Actions", "Lay the original over the picture, up to a line to move"),
        "arrows-left-right",
        ("Ctrl+Shift+W",),
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
}
