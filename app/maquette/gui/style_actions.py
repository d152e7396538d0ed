"""The actions of the Styles place."""

from maquette.gui.action_spec import Place, Spec
from maquette.state.noop import QT_TRANSLATE_NOOP

STYLE_SPECS = {
    "style_search": Spec(
        QT_TRANSLATE_NOOP("Actions", "Search styles"),
        QT_TRANSLATE_NOOP("Actions", "Find styles by their words"),
        "magnifying-glass",
        ("Ctrl+F",),
        Place.STYLES,
    ),
    "style_new": Spec(
        QT_TRANSLATE_NOOP("Actions", "New style…"),
        QT_TRANSLATE_NOOP("Actions", "Write a style of your own"),
        "plus",
        ("Ctrl+N",),
        Place.STYLES,
    ),
    "style_edit": Spec(
        QT_TRANSLATE_NOOP("Actions", "Edit style…"),
        QT_TRANSLATE_NOOP("Actions", "Change name, words and settings of your style"),
        "pencil-simple",
        ("F2",),
        Place.STYLES,
    ),
    "style_duplicate": Spec(
        QT_TRANSLATE_NOOP("Actions", "Duplicate"),
        QT_TRANSLATE_NOOP("Actions", "Make a copy of this style that you can change"),
        "copy",
        ("Ctrl+D",),
        Place.STYLES,
    ),
    "style_favourite": Spec(
        QT_TRANSLATE_NOOP("Actions", "Favourite"),
        QT_TRANSLATE_NOOP("Actions", "Put this style among the favourites, or take it out"),
        "star",
        ("Ctrl+Shift+B",),
        Place.STYLES,
    ),
    "style_import": Spec(
        QT_TRANSLATE_NOOP("Actions", "Import styles…"),
        QT_TRANSLATE_NOOP("Actions", "Add styles from files: Maquette, Fooocus, styles.csv"),
        "download-simple",
        ("Ctrl+O",),
        Place.STYLES,
    ),
    "style_export": Spec(
        QT_TRANSLATE_NOOP("Actions", "Export styles…"),
        QT_TRANSLATE_NOOP("Actions", "Save the selected styles as one file to give to others"),
        "export",
        ("Ctrl+E",),
        Place.STYLES,
    ),
    "style_compare": Spec(
        QT_TRANSLATE_NOOP("Actions", "Compare on a board…"),
        QT_TRANSLATE_NOOP("Actions", "See the prompt in the selected styles, on a labelled sheet"),
        "grid-four",
        ("Ctrl+G",),
        Place.STYLES,
    ),
    "style_blend": Spec(
        QT_TRANSLATE_NOOP("Actions", "Blend with the style in use"),
        QT_TRANSLATE_NOOP("Actions", "Mix this style with the one in use, by a slider"),
        "intersect",
        ("Ctrl+M",),
        Place.STYLES,
    ),
    "style_delete": Spec(
        QT_TRANSLATE_NOOP("Actions", "Delete style"),
        QT_TRANSLATE_NOOP("Actions", "Put your style into the trash, which can be undone"),
        "trash",
        ("Del",),
        Place.STYLES,
    ),
}
