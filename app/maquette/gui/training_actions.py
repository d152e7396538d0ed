"""The actions of trainings: making one ready, and the page of all of them."""

from maquette.gui.action_spec import Place, Spec
from maquette.state.noop import QT_TRANSLATE_NOOP

TRAINING_SPECS = {
    "train_style": Spec(
        QT_TRANSLATE_NOOP("Actions", "Train a style…"),
        QT_TRANSLATE_NOOP("Actions", "Make a style of your own pictures"),
        "graduation-cap",
        ("Ctrl+Shift+Y",),
    ),
    "go_trainings": Spec(
        QT_TRANSLATE_NOOP("Actions", "Trainings"),
        QT_TRANSLATE_NOOP("Actions", "All trainings of styles: how far they are, what they became"),
        "chart-line",
        ("Ctrl+5",),
    ),
    "training_back": Spec(
        QT_TRANSLATE_NOOP("Actions", "Back to the styles"),
        QT_TRANSLATE_NOOP("Actions", "Go back to the cards of styles"),
        "arrow-left",
        ("Alt+Left",),
        Place.TRAININGS,
    ),
    "training_turn": Spec(
        QT_TRANSLATE_NOOP("Actions", "Pause or resume"),
        QT_TRANSLATE_NOOP("Actions", "Have the training save and stop, or go on"),
        "pause",
        ("Ctrl+Alt+P",),
        Place.TRAININGS,
    ),
    "training_stop": Spec(
        QT_TRANSLATE_NOOP("Actions", "Stop and keep"),
        QT_TRANSLATE_NOOP("Actions", "Learn no more, and make a style of the best so far"),
        "check",
        ("Ctrl+K",),
        Place.TRAININGS,
    ),
    "training_use": Spec(
        QT_TRANSLATE_NOOP("Actions", "Use it now"),
        QT_TRANSLATE_NOOP("Actions", "Put the trained style on and go to Create"),
        "magic-wand",
        ("Ctrl+U",),
        Place.TRAININGS,
    ),
    "training_delete": Spec(
        QT_TRANSLATE_NOOP("Actions", "Delete training"),
        QT_TRANSLATE_NOOP("Actions", "Put the training into the trash, which can be undone"),
        "trash",
        ("Del",),
        Place.TRAININGS,
    ),
}
