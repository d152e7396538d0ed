"""What changing the library and importing into it says, for the translations."""

from maquette.state.noop import QT_TRANSLATE_NOOP

GALLERY_SENTENCES = (
    QT_TRANSLATE_NOOP("messages", "1 picture was moved to the trash."),
    QT_TRANSLATE_NOOP("messages", "%1 pictures were moved to the trash."),
    QT_TRANSLATE_NOOP("messages", "The board %1 was removed; its pictures stay in the library."),
    QT_TRANSLATE_NOOP("messages", "1 picture was imported."),
    QT_TRANSLATE_NOOP("messages", "%1 pictures were imported."),
    QT_TRANSLATE_NOOP("messages", "Missing pictures that were found again: %1."),
    QT_TRANSLATE_NOOP("messages", "Files that the library has already: %1."),
    QT_TRANSLATE_NOOP("messages", "Files that are no pictures, or cannot be read: %1."),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture was made with %1; its prompt and numbers are laid out, and the result "
        "will differ.",
    ),
)
