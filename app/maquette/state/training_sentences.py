"""What is said while a training is made ready: of its pictures, its numbers, and the room."""

from maquette.state.noop import QT_TRANSLATE_NOOP

TRAINING_SENTENCES = (
    # core.training
    QT_TRANSLATE_NOOP(
        "messages",
        "A style needs at least %1 pictures that can be used, and there are %2; please add some, "
        "%3 to %4 are best.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A style is trained from at most %1 pictures, and there are %2; please choose the best %3 "
        "to %4.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A style needs a name with a letter or a digit; please give it one."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A style's name has at most %1 characters; please choose a shorter one."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A picture is in the training twice; please take one of the two out."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A training holds some pictures back to judge by, and not all of them."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Each picture needs a caption of at most %1 characters; please look through them.",
    ),
    QT_TRANSLATE_NOOP("messages", "A crop lies outside of its picture; please set it again."),
    QT_TRANSLATE_NOOP("messages", "A training takes 1 to %1 steps, not %2."),
    QT_TRANSLATE_NOOP("messages", "The rank of a style is 1 to %1, not %2."),
    QT_TRANSLATE_NOOP("messages", "The learning rate is above 0 and at most 0.1, not %1."),
    QT_TRANSLATE_NOOP("messages", "A batch has at most %1 pictures, not %2."),
    # core.training_draft
    QT_TRANSLATE_NOOP(
        "messages", "The words that call a style need a letter or a digit; please add some."
    ),
    # core.training_preflight
    QT_TRANSLATE_NOOP(
        "messages",
        "The training needs about %1 GB of memory and this device has %2 GB; choose a smaller "
        "batch or a smaller model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The training needs about %1 GB of memory and %2 GB are free now; close other programs, "
        "or it will be slow.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The training needs about %1 GB on the disk and %2 GB are free; please make room.",
    ),
    # worker.training.inspection
    QT_TRANSLATE_NOOP("messages", "%1 is not there; please check the folder of pictures."),
    QT_TRANSLATE_NOOP("messages", "%1 cannot be read; please check the folder of pictures."),
    QT_TRANSLATE_NOOP("messages", "The name of the file %1 is not valid text; please rename it."),
    QT_TRANSLATE_NOOP("messages", "%1 is larger than %2 MiB and was not read."),
    QT_TRANSLATE_NOOP("messages", "%1 has only %2 × %3 pixels, too few to learn from."),
    QT_TRANSLATE_NOOP(
        "messages", "%1 is smaller than the model's pictures (%2 × %3) and is enlarged."
    ),
    QT_TRANSLATE_NOOP("messages", "%1 looks blurred; a style learns the blur too."),
    QT_TRANSLATE_NOOP("messages", "%1 is long and narrow; only the crop is learned from."),
    QT_TRANSLATE_NOOP("messages", "%1 has several pictures; only the first one is learned from."),
    QT_TRANSLATE_NOOP("messages", "%1 looks the same as %2 and is left out."),
    # state.training_setup
    QT_TRANSLATE_NOOP(
        "messages",
        "The draft of the training could not be saved to %1 (%2); check that the folder can be "
        "written to.",
    ),
)
