"""What is said of trainings that run: stages, problems with a next step, what came of them."""

from maquette.state.noop import QT_TRANSLATE_NOOP

TRAINER_SENTENCES = (
    # state.trainings, worker.training: stages
    QT_TRANSLATE_NOOP("messages", "Starting"),
    QT_TRANSLATE_NOOP("messages", "Waiting for another training to end"),
    QT_TRANSLATE_NOOP("messages", "Reading the pictures"),
    QT_TRANSLATE_NOOP("messages", "Preparing the pictures"),
    QT_TRANSLATE_NOOP("messages", "Making pictures to compare with"),
    QT_TRANSLATE_NOOP("messages", "Judging the style"),
    # engine.trainer
    QT_TRANSLATE_NOOP(
        "messages",
        "The process that trains styles cannot be started; please run the set-up again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The process that trains styles is of another version (%1) than the window (%2); please "
        "close Maquette and start it again.",
    ),
    QT_TRANSLATE_NOOP("messages", "The training was paused."),
    QT_TRANSLATE_NOOP("messages", "This training runs or waits already."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The training was ended by the system, most likely because memory ran out; resume it to "
        "go on from its newest checkpoint.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The training ended unexpectedly (exit status %1); resume it to go on from its newest "
        "checkpoint.",
    ),
    # worker.training
    QT_TRANSLATE_NOOP(
        "messages",
        "Memory ran out while the style was trained; please close other programs and resume the "
        "training.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The training came apart, its loss is no number any more; please start it anew with fewer "
        "steps.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Styles can be trained for models that predict noise or velocity, and this one predicts "
        "%1; please choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "%1 was changed since the training was planned; please plan it anew."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "%1 has changed since this training was planned; please plan it anew."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Nothing is learned yet that could be kept; please resume the training or delete it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The held-out pictures were never predicted better than by the base model, so the newest "
        "weights were kept; more pictures that are alike may help.",
    ),
    QT_TRANSLATE_NOOP("messages", "Memory was short, so the style was learned in smaller parts."),
    QT_TRANSLATE_NOOP(
        "messages",
        "Likeness to the pictures was not measured, because making pictures takes long on this "
        "device.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 of %2 pictures made in this style are copies of ones it was trained on; please train "
        "it with more pictures or fewer steps.",
    ),
    # core.training_files, library.trainings
    QT_TRANSLATE_NOOP(
        "messages",
        "The disk is full: free some space for %1 and resume the training, which goes on from its "
        "newest checkpoint.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The training cannot be kept in %1; check that its disk is there and can be written to, "
        "then resume it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "This training's files are missing or damaged; please start it anew."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The trained style's file cannot be read; please train it again."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The style's LoRA could not be saved in %1; check that the folder can be written to.",
    ),
    QT_TRANSLATE_NOOP("messages", "This training is running; please pause it before deleting it."),
    QT_TRANSLATE_NOOP("messages", "There is no such training; choose another one."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The training could not be moved; it may be running in another window of Maquette.",
    ),
    # state.trainings, state.trained_styles, state.device_loan
    QT_TRANSLATE_NOOP("messages", "The training of “%1” was deleted; its style stays."),
    QT_TRANSLATE_NOOP("messages", "The training of “%1” is paused at step %2 of %3."),
    QT_TRANSLATE_NOOP("messages", "%1 trainings are paused; resume them in the Styles place."),
    QT_TRANSLATE_NOOP("messages", "The style “%1” is ready."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sample picture of “%1” could not be made; the style can be used all the same.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The device is training “%1”; pictures are made when that is paused or done.",
    ),
)
