"""The actions that work in every place."""

from maquette.gui.action_spec import Spec
from maquette.state.noop import QT_TRANSLATE_NOOP

COMMON_SPECS = {
    "go_create": Spec(
        QT_TRANSLATE_NOOP("Actions", "Create"),
        QT_TRANSLATE_NOOP("Actions", "Make pictures from prompts"),
        "pencil-simple",
        ("Ctrl+1",),
    ),
    "go_library": Spec(
        QT_TRANSLATE_NOOP("Actions", "Library"),
        QT_TRANSLATE_NOOP("Actions", "Search, compare and export all pictures"),
        "squares-four",
        ("Ctrl+2",),
    ),
    "go_styles": Spec(
        QT_TRANSLATE_NOOP("Actions", "Styles"),
        QT_TRANSLATE_NOOP("Actions", "Choose, write and exchange looks for pictures"),
        "palette",
        ("Ctrl+3",),
    ),
    "go_check": Spec(
        QT_TRANSLATE_NOOP("Actions", "Check"),
        QT_TRANSLATE_NOOP("Actions", "See what a picture carries and where it comes from"),
        "shield-check",
        ("Ctrl+4",),
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
