"""What is said about the library's files: databases that fail, pictures that are not there."""

from maquette.state.noop import QT_TRANSLATE_NOOP

UPKEEP_SENTENCES = (
    # library.database
    QT_TRANSLATE_NOOP(
        "messages",
        "The library %1 cannot be read (%2); run maquette doctor --rebuild, which makes it anew "
        "from the pictures, which are safe.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger is in use by another program; wait until it is done, and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger could not be written (%1); check that its disk is there, has space and can "
        "be written to, and try again.",
    ),
    # library.reconcile, state.upkeep
    QT_TRANSLATE_NOOP(
        "messages",
        "The folder %1 is not there or empty, so its pictures cannot be opened; connect its disk, "
        "or import the folder where it is now.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "1 picture is missing, its file was moved or removed; import the folder where it is now "
        "to find it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 pictures are missing, their files were moved or removed; import the folder where they "
        "are now to find them again.",
    ),
    # library.rebuild, state.upkeep
    QT_TRANSLATE_NOOP(
        "messages",
        "The library is in use; close all windows and commands of Maquette, and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The new index could not be written in %1 (%2), and the old one is as it was; check the "
        "disk and try again.",
    ),
    QT_TRANSLATE_NOOP("messages", "The library's index is being made anew: %1 of %2 files."),
    QT_TRANSLATE_NOOP("messages", "The library's index was made anew; pictures in it: %1."),
    QT_TRANSLATE_NOOP(
        "messages",
        "Ratings, tags, boards, notes and trash could not be read from the old index, which is "
        "kept beside the new one.",
    ),
    # library.importing
    QT_TRANSLATE_NOOP("messages", "There is no file or folder %1."),
    QT_TRANSLATE_NOOP("messages", "The path %1 cannot be opened."),
    QT_TRANSLATE_NOOP("messages", "The folder %1 cannot be listed; check its permissions."),
)
