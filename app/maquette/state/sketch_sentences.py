"""Sentences about sketches that steer, live mode and boards, for the translations."""

from maquette.state.noop import QT_TRANSLATE_NOOP

SKETCH_SENTENCES = (
    QT_TRANSLATE_NOOP(
        "messages", "There are no lines to follow yet; draw some, or import a sketch."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model %1 cannot follow a sketch without a control model; add one that fits it, or "
        "choose the built-in model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model %1 cannot follow a picture's edges without a control model; add one that fits "
        "it, or choose the built-in model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model %1 cannot follow a depth image without a control model; add one that fits it, "
        "or choose the built-in model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model %1 cannot follow a normal map without a control model; add one that fits it, "
        "or choose the built-in model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model %1 cannot follow a colour layout without a control model; add one that fits "
        "it, or choose the built-in model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "An image that steers this picture beside its sketch is not at hand any more; choose it "
        "again to get the same result.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The image %1 of a control is not there any more; choose another one, or take the control "
        "away.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch of this picture is not at hand any more; draw it again and press Generate.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch of this picture is not at hand any more; draw it again, or import it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture follows a sketch; bring it back as a drawing to make it again, or follow "
        "the drawing of now.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker ended in live mode and is started again; live goes on by itself.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker ended twice in live mode, so live mode is switched off; a smaller size or "
        "another model may go better.",
    ),
    QT_TRANSLATE_NOOP("messages", "A board needs at least one word in its rows and columns."),
    QT_TRANSLATE_NOOP(
        "messages",
        "A board may have %1 pictures at most, and this one asks for %2; take some words or seeds "
        "away.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The labels of the board could not be saved; the pictures are made all the same.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "None of the board's pictures is finished yet; please wait for one."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The fidelity to reach must be a number between 0 and 1, not %1."
    ),
    QT_TRANSLATE_NOOP("messages", "The number of tries must be between 1 and %1, not %2."),
)
