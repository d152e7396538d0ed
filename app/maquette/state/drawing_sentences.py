"""What is said about drawings: keeping them, changing their layers, their files."""

from maquette.state.noop import QT_TRANSLATE_NOOP

DRAWING_SENTENCES = (
    # core.drawing_edits, state.drawings
    QT_TRANSLATE_NOOP(
        "messages",
        "The sides of a sketch must be between %1 and %2 pixels, not %3 × %4.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A sketch has at most %1 layers; merge or remove one of them first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A sketch has at most %1 layers; merge or remove some of them first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A sketch of %1 × %2 pixels cannot have %3 layers; make it smaller or remove some of them.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A sketch needs a layer; add another one before this is removed.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is no layer below; move this one up first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Layers can be merged when both are shown and not locked.",
    ),
    # library.sketches.drawing_file, library.sketches.shelf
    QT_TRANSLATE_NOOP(
        "messages",
        "This sketch is open in another window of Maquette; close it there first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The disk is full, so the sketch cannot be kept; free some space and draw on.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch cannot be kept in %1; check that its disk is there and can be written to.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch %1 is damaged and cannot be read; open another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch is damaged and cannot be read; open another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch was written by a newer version of Maquette; please update Maquette to open it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This sketch is no longer there; choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is nothing in this sketch; choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is no such sketch; choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch could not be moved; it may be open in another window of Maquette.",
    ),
    # library.sketches: files
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch was saved as %1.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch could not be saved as %1 (%2); choose another folder or free some space.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 cannot be read (%2); check the file and its folder.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is damaged or cut off; get the file again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 holds paths that no sketch has and is not opened; get the file from somebody "
        "you trust.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 unpacks to more than a sketch can be and is not opened.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A layer of %1 is larger than a sketch can be; make it smaller first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not a sketch that can be opened; choose a .maquette or .ora file.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 was written by a newer version of Maquette; please update Maquette to open it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "1 layer is missing in %1; the others were opened.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 layers are missing in %2; the others were opened.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Layers of %1 that blend in other ways are shown plainly here.",
    ),
    # state.sketch_shelf
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch is in the trash.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch “%1” is in the trash.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 sketches are in the trash.",
    ),
)
