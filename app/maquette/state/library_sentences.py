"""What the library's store says: queries, names, boards, the trash, the index itself."""

from maquette.state.noop import QT_TRANSLATE_NOOP

LIBRARY_SENTENCES = (
    # library.query
    QT_TRANSLATE_NOOP("messages", "Only the first %1 characters are searched for."),
    QT_TRANSLATE_NOOP("messages", "Only the first %1 terms are searched for."),
    QT_TRANSLATE_NOOP("messages", "There is no field %1; fields are %2."),
    QT_TRANSLATE_NOOP("messages", "Write after %1: what to look for."),
    QT_TRANSLATE_NOOP("messages", "%1 has no letter and no number: write a word to look for."),
    QT_TRANSLATE_NOOP(
        "messages", "%1 is no rating: write a number from 0 to %2, as in rating:>=4."
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is no seed: write a whole number, as in seed:7."),
    QT_TRANSLATE_NOOP(
        "messages", "%1 is no size: write 512x768, or the longer side as in size:>=1024."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is no date: write a day as 2026-03-31, a month as 2026-03, a year, or today, "
        "yesterday, week, month, year.",
    ),
    QT_TRANSLATE_NOOP("messages", "Write one date after %1: only."),
    QT_TRANSLATE_NOOP("messages", "%1 is nothing that %2: knows; it knows %3."),
    QT_TRANSLATE_NOOP("messages", "%1 is no record: write its id as in record:7F3A-91C2."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is no sketch: write the beginning of its digest, as in sketch:3fa9c2.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "%1 is no fidelity: write a number from 0 to 1, as in fidelity:>=0.8."
    ),
    # library.pictures: annotations, boards
    QT_TRANSLATE_NOOP("messages", "A rating is a number from 0 to %1; choose one of those."),
    QT_TRANSLATE_NOOP("messages", "The note is longer than %1 characters; please shorten it."),
    QT_TRANSLATE_NOOP("messages", "The tag has no name; write one."),
    QT_TRANSLATE_NOOP("messages", "The board has no name; write one."),
    QT_TRANSLATE_NOOP(
        "messages", "The name of the tag is longer than %1 characters; please shorten it."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The name of the board is longer than %1 characters; please shorten it."
    ),
    QT_TRANSLATE_NOOP("messages", "The board is not there any more; choose another one."),
    QT_TRANSLATE_NOOP("messages", "There is a board called %1 already; choose another name."),
    # library.pictures.trash
    QT_TRANSLATE_NOOP(
        "messages", "%1 is not there any more; its picture is in the trash without it."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "%1 is not there any more; its picture is in the library as a missing one."
    ),
    QT_TRANSLATE_NOOP("messages", "Some files could not be moved (%1); try again."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The files in %1 could not be moved (%2); check that the folder is there and can be "
        "written to.",
    ),
    QT_TRANSLATE_NOOP("messages", "The trash in %1 could not be emptied (%2)."),
    QT_TRANSLATE_NOOP(
        "messages", "There are too many pictures called %1 in %2; rename some of them."
    ),
    # library.pictures: connections, backups, carry_over
    QT_TRANSLATE_NOOP("messages", "The library is closed; open Maquette again to use it."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The library is in use by another program; wait until it is done, and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The library could not be written (%1); check that its disk is there, has space and can "
        "be written to, and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The library could not be backed up beside %1 (%2); check the disk, and run maquette "
        "doctor if it goes on.",
    ),
    QT_TRANSLATE_NOOP("messages", "There is no library %1; choose another file."),
)
