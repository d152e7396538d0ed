"""What batch export says: presets, runs, their files, sheets and lists."""

from maquette.state.noop import QT_TRANSLATE_NOOP

EXPORT_SENTENCES = (
    # state.batch_exports, state.export_presets
    QT_TRANSLATE_NOOP("messages", "%1 files were exported to %2, each with its marks."),
    QT_TRANSLATE_NOOP("messages", "%1 files were exported to %2, %3 could not be made."),
    QT_TRANSLATE_NOOP("messages", "An export was interrupted; resume or forget it in the Library."),
    QT_TRANSLATE_NOOP(
        "messages", "%1 exports were interrupted; resume or forget them in the Library."
    ),
    QT_TRANSLATE_NOOP("messages", "The export preset was saved as %1."),
    # library.exports.planning
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not known to be made here, so nothing can be asserted about where it comes from; "
        "copy its file instead.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The file %1 is no longer where it was saved; put it back or leave it out.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 was changed by another program after it was saved, so its record does not hold for it "
        "any more.",
    ),
    QT_TRANSLATE_NOOP("messages", "The name of the file %1 is not valid text; rename it."),
    QT_TRANSLATE_NOOP("messages", "%1 is there already and was kept."),
    # library.exports.presets
    QT_TRANSLATE_NOOP(
        "messages", "The export preset %1 cannot be used: %2; mend the file or remove it."
    ),
    QT_TRANSLATE_NOOP("messages", "This export preset cannot be used: %1."),
    QT_TRANSLATE_NOOP("messages", "There is no export preset file %1; check its name."),
    QT_TRANSLATE_NOOP("messages", "There is no export preset %1; use %2 or a preset's file."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The export preset %1 has the name %2 of another one; give it a name of its own.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The export preset %1 cannot be opened; check that it may be read."
    ),
    QT_TRANSLATE_NOOP("messages", "The export preset %1 is too long to be one; choose another."),
    QT_TRANSLATE_NOOP(
        "messages", "The export preset %1 is no valid JSON; mend the file or remove it."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The export preset could not be written to %1 (%2); free some space or check that the "
        "folder may be written to.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The export preset %1 cannot be removed (%2); check that the folder may be written to.",
    ),
    QT_TRANSLATE_NOOP("messages", "The folder of export presets cannot be read (%1)."),
    # library.exports: runs, running, writing, lists, sheets
    QT_TRANSLATE_NOOP("messages", "This export is at its end; start a new one."),
    QT_TRANSLATE_NOOP("messages", "This export is running already, in this or another program."),
    QT_TRANSLATE_NOOP("messages", "This export is still running; cancel it first."),
    QT_TRANSLATE_NOOP("messages", "This export is not in the list any more; start it again."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The list of exports could not be written (%1); check the disk and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The list of exports %1 has a row that cannot be read; move the file away and start "
        "again, the pictures themselves are safe.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There are too many files of one name in %1; add {id} or {n} to the file name template.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The list %1 could not be written (%2); choose another folder or free some space.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The contact sheet could not be written into %1 (%2); choose another folder or free some "
        "space.",
    ),
    # provenance: framing_pixels, colour, seal
    QT_TRANSLATE_NOOP("messages", "Both sides of a picture must be at least 1 pixel."),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture of %1 x %2 pixels cannot be made as small as %3 KiB as %4; allow a larger "
        "file, or choose a smaller size or another format.",
    ),
    QT_TRANSLATE_NOOP("messages", "There is no ICC profile %1; choose another file."),
    QT_TRANSLATE_NOOP(
        "messages", "An ICC profile on another computer is not read; copy it to this one."
    ),
    QT_TRANSLATE_NOOP("messages", "This size needs both a width and a height; give it both."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The colours cannot be converted with this ICC profile; choose another one.",
    ),
    QT_TRANSLATE_NOOP("messages", "The ICC profile %1 cannot be opened; choose another file."),
    QT_TRANSLATE_NOOP("messages", "The ICC profile %1 is too large to be one; choose another."),
    QT_TRANSLATE_NOOP("messages", "The file %1 is not a valid ICC profile; choose another file."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ICC profile %1 is not one of a printing process with the four inks CMYK; choose "
        "another file.",
    ),
    # engine.marker_pool
    QT_TRANSLATE_NOOP(
        "messages",
        "The process that exports pictures ended over this one twice, so it was left out.",
    ),
    QT_TRANSLATE_NOOP("messages", "The export was cancelled."),
)
