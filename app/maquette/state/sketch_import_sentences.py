"""What is said of images that become sketches, and of SVG files."""

from maquette.state.noop import QT_TRANSLATE_NOOP

SKETCH_IMPORT_SENTENCES = (
    # sketch.cleaning, marker.sketches
    QT_TRANSLATE_NOOP(
        "messages", "There are no lines in this picture; draw some, or turn the detail up."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The corners enclose no sheet of paper, so the whole image was taken."
    ),
    QT_TRANSLATE_NOOP("messages", "This picture is animated, so its first image was taken."),
    QT_TRANSLATE_NOOP("messages", "A sketch must be %1 to %2 pixels wide and high, not %3."),
    # provenance.pictures, engine.marker
    QT_TRANSLATE_NOOP(
        "messages", "%1 has more pixels than can be opened; please make it smaller first."
    ),
    QT_TRANSLATE_NOOP("messages", "No picture was sent; please try again."),
    # core.svg, engine.svg
    QT_TRANSLATE_NOOP("messages", "This SVG file is damaged and cannot be read; export it again."),
    QT_TRANSLATE_NOOP("messages", "This file holds no SVG drawing; export it again."),
    QT_TRANSLATE_NOOP("messages", "This SVG file is larger than %1 MiB and was not read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "This SVG file defines entities, which are not read; export it again as plain SVG.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This SVG file is too complex to be read; export it as PNG and import that.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This SVG file takes too long to draw; export it as PNG and import that.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "This SVG file cannot be drawn; export it as PNG and import that."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The process that draws SVG files cannot be started; please run the set-up again.",
    ),
    # gui.sketch_import.arrivals
    QT_TRANSLATE_NOOP("messages", "Only %1 was opened: a sketch is made of one image at a time."),
)
