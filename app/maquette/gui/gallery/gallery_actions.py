"""The actions of the Library place."""

from maquette.core.gallery import MAX_RATING
from maquette.gui.action_spec import Place, Spec
from maquette.state.noop import QT_TRANSLATE_NOOP

RATINGS = tuple(f"library_rate_{stars}" for stars in range(MAX_RATING + 1))
"""Give 0 to 5 stars."""

_RATING_WORDS = (
    QT_TRANSLATE_NOOP("Actions", "No stars"),
    QT_TRANSLATE_NOOP("Actions", "1 star"),
    QT_TRANSLATE_NOOP("Actions", "2 stars"),
    QT_TRANSLATE_NOOP("Actions", "3 stars"),
    QT_TRANSLATE_NOOP("Actions", "4 stars"),
    QT_TRANSLATE_NOOP("Actions", "5 stars"),
)

GALLERY_SPECS = {
    "library_search": Spec(
        QT_TRANSLATE_NOOP("Actions", "Search"),
        QT_TRANSLATE_NOOP("Actions", "Go to the search box"),
        "magnifying-glass",
        ("Ctrl+F",),
        Place.LIBRARY,
    ),
    "library_open": Spec(
        QT_TRANSLATE_NOOP("Actions", "Full screen"),
        QT_TRANSLATE_NOOP("Actions", "Look at the pictures one by one, on the whole screen"),
        "corners-out",
        ("Return", "Enter"),
        Place.LIBRARY,
        local=True,
    ),
    "library_look": Spec(
        QT_TRANSLATE_NOOP("Actions", "Quick look"),
        QT_TRANSLATE_NOOP("Actions", "Show this picture large for a moment"),
        "eye",
        ("Space",),
        Place.LIBRARY,
        local=True,
    ),
    "library_compare": Spec(
        QT_TRANSLATE_NOOP("Actions", "Compare"),
        QT_TRANSLATE_NOOP("Actions", "Compare two to four selected pictures"),
        "columns",
        ("C",),
        Place.LIBRARY,
    ),
    "library_export": Spec(
        QT_TRANSLATE_NOOP("Actions", "Export…"),
        QT_TRANSLATE_NOOP("Actions", "Save copies of the selected pictures for somebody else"),
        "export",
        ("Ctrl+E",),
        Place.LIBRARY,
    ),
    **{
        name: Spec(
            _RATING_WORDS[stars],
            QT_TRANSLATE_NOOP("Actions", "Rate the selected pictures"),
            "star",
            (str(stars),),
            Place.LIBRARY,
        )
        for stars, name in enumerate(RATINGS)
    },
    "library_tag": Spec(
        QT_TRANSLATE_NOOP("Actions", "Tag…"),
        QT_TRANSLATE_NOOP("Actions", "Give the selected pictures a tag"),
        "tag",
        ("T",),
        Place.LIBRARY,
    ),
    "library_copy": Spec(
        QT_TRANSLATE_NOOP("Actions", "Copy files"),
        QT_TRANSLATE_NOOP("Actions", "Copy the files of the selected pictures to the clipboard"),
        "copy",
        ("Ctrl+C",),
        Place.LIBRARY,
    ),
    "library_reuse": Spec(
        QT_TRANSLATE_NOOP("Actions", "Use again"),
        QT_TRANSLATE_NOOP("Actions", "Lay the recipe of this picture out in Create"),
        "arrow-u-up-left",
        ("Ctrl+Shift+R",),
        Place.LIBRARY,
    ),
    "library_like": Spec(
        QT_TRANSLATE_NOOP("Actions", "Use as style image"),
        QT_TRANSLATE_NOOP("Actions", "Take over colours and light of this picture in Create"),
        "palette",
        ("Ctrl+Alt+U",),
        Place.LIBRARY,
    ),
    "library_show": Spec(
        QT_TRANSLATE_NOOP("Actions", "Show in folder"),
        QT_TRANSLATE_NOOP("Actions", "Open the folder that holds the file"),
        "folder-open",
        ("Ctrl+Shift+E",),
        Place.LIBRARY,
    ),
    "library_check": Spec(
        QT_TRANSLATE_NOOP("Actions", "Check this picture"),
        QT_TRANSLATE_NOOP("Actions", "See what the file of this picture carries"),
        "shield-check",
        ("Ctrl+K",),
        Place.LIBRARY,
    ),
    "library_off_board": Spec(
        QT_TRANSLATE_NOOP("Actions", "Take off this board"),
        QT_TRANSLATE_NOOP("Actions", "Take the selected pictures off the board; they stay"),
        "folder-simple-minus",
        ("Ctrl+Backspace",),
        Place.LIBRARY,
    ),
    "library_trash": Spec(
        QT_TRANSLATE_NOOP("Actions", "Move to trash"),
        QT_TRANSLATE_NOOP("Actions", "Move the selected pictures to the trash"),
        "trash",
        ("Del",),
        Place.LIBRARY,
        local=True,
    ),
    "library_restore": Spec(
        QT_TRANSLATE_NOOP("Actions", "Put back"),
        QT_TRANSLATE_NOOP("Actions", "Put the selected pictures back where they were"),
        "arrow-counter-clockwise",
        ("Ctrl+Shift+Z",),
        Place.LIBRARY,
    ),
    "library_empty_trash": Spec(
        QT_TRANSLATE_NOOP("Actions", "Empty trash…"),
        QT_TRANSLATE_NOOP("Actions", "Delete all files in the trash for good"),
        "trash",
        (),
        Place.LIBRARY,
    ),
    "library_undo": Spec(
        QT_TRANSLATE_NOOP("Actions", "Undo"),
        QT_TRANSLATE_NOOP("Actions", "Take the latest change of the library back"),
        "arrow-counter-clockwise",
        ("Ctrl+Z",),
        Place.LIBRARY,
    ),
    "library_import": Spec(
        QT_TRANSLATE_NOOP("Actions", "Import…"),
        QT_TRANSLATE_NOOP("Actions", "Add pictures of other programs to the library"),
        "download-simple",
        ("Ctrl+O",),
        Place.LIBRARY,
    ),
    "library_new_board": Spec(
        QT_TRANSLATE_NOOP("Actions", "New board…"),
        QT_TRANSLATE_NOOP("Actions", "Make a board to gather pictures on"),
        "folder-simple-plus",
        ("Ctrl+Shift+N",),
        Place.LIBRARY,
    ),
}

NEEDS_ONE = (
    "library_open", "library_look", "library_reuse", "library_like", "library_show",
    "library_check",
)  # fmt: skip
"""Those that do something with the picture that has the focus."""

NEEDS_SOME = (
    "library_export", *RATINGS, "library_tag", "library_copy", "library_trash", "library_restore",
    "library_off_board",
)  # fmt: skip
"""Those that do something with all that is selected."""
