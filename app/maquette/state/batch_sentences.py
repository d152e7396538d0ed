"""The sentences about batch files, and about what the queue was asked to do, to be translated."""

from maquette.state.noop import QT_TRANSLATE_NOOP

BATCH_SENTENCES = (
    # core.batch.source
    QT_TRANSLATE_NOOP("messages", "There is no file %1; please check the path."),
    QT_TRANSLATE_NOOP("messages", "%1 is not a file; please choose another one."),
    QT_TRANSLATE_NOOP("messages", "%1 cannot be read; check the path and the permissions."),
    QT_TRANSLATE_NOOP("messages", "%1 is larger than %2 MiB; please split it."),
    QT_TRANSLATE_NOOP("messages", "%1 has more than %2 lines; please split it."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not UTF-8 and was read as GB18030 (Chinese); if the prompts look wrong, save it as "
        "UTF-8.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is not text in UTF-8 or GB18030; save it as UTF-8."),
    QT_TRANSLATE_NOOP(
        "messages",
        "This line is in another encoding than the others; save the whole file as UTF-8.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "From here on %1 more lines are in another encoding; save the whole file as UTF-8.",
    ),
    # core.batch.readers
    QT_TRANSLATE_NOOP("messages", "%1 is no batch file; use one that ends in %2."),
    QT_TRANSLATE_NOOP("messages", "%1 has no prompts in it."),
    QT_TRANSLATE_NOOP("messages", "This line is not JSON; write one object on each line."),
    QT_TRANSLATE_NOOP("messages", "This line is no object; write %1."),
    QT_TRANSLATE_NOOP("messages", "This line has no prompt."),
    QT_TRANSLATE_NOOP(
        "messages",
        "This line has %1 values and the table %2 columns; put quotes around a value that has the "
        "separator in it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This line cannot be read as a table; look for a quote without its partner.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The first line must name the columns, at least prompt; there are %1."
    ),
    QT_TRANSLATE_NOOP("messages", "The column “%1” is there twice."),
    QT_TRANSLATE_NOOP("messages", "The column “prompt” is missing."),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is no column “%1”; “%2” is the nearest one, and a # before a name has it ignored.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is no column “%1”; a # before its name has it ignored. The columns are %2.",
    ),
    # core.batch.row
    QT_TRANSLATE_NOOP("messages", "“%1” must be text, not %2."),
    QT_TRANSLATE_NOOP("messages", "“%1” must be a path, not %2."),
    QT_TRANSLATE_NOOP("messages", "“%1” must be a whole number, not %2."),
    QT_TRANSLATE_NOOP("messages", "“%1” must be a number, not %2."),
    QT_TRANSLATE_NOOP("messages", "“%1” is longer than %2 characters; please shorten it."),
    QT_TRANSLATE_NOOP("messages", "“%1” may have 1 to %2 values in one line."),
    QT_TRANSLATE_NOOP("messages", "There is no sampler %1; use %2."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The seeds %1 are no range of at most %2 seeds; write the smaller one first.",
    ),
    # core.batch.plan
    QT_TRANSLATE_NOOP("messages", "The count must be between 1 and %1, not %2."),
    QT_TRANSLATE_NOOP(
        "messages", "The batch asks for %1 pictures, and %2 are the most; please split it."
    ),
    QT_TRANSLATE_NOOP("messages", "The strength needs a picture to start from; name one in start."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The start picture %1 must lie in the folder of the batch file; copy it there.",
    ),
    QT_TRANSLATE_NOOP("messages", "There is no start picture %1 beside the batch file."),
    QT_TRANSLATE_NOOP("messages", "The start picture %1 cannot be read."),
    QT_TRANSLATE_NOOP(
        "messages", "The start pictures take more than %1 MiB together; please split the batch."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A batch may name models on this machine only; please copy the model."
    ),
    # core.batch.variants
    QT_TRANSLATE_NOOP("messages", "There is a “{” without its “}”; write \\{ for a brace."),
    QT_TRANSLATE_NOOP("messages", "There is a “}” without its “{”; write \\} for a brace."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The variants are more than %1 deep in one another; please make them simpler.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "With its variants the prompt may get longer than %1 characters; please shorten it.",
    ),
    QT_TRANSLATE_NOOP("messages", "The wildcard “%1” leads back to itself; take it out of %2.txt."),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is no file %1.txt beside the batch file for “%2”; write \\__ if no file is meant.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 must have 1 to %2 lines, not %3."),
    # cli.batch
    QT_TRANSLATE_NOOP(
        "messages",
        "The batch was stopped before this picture was made; make it again, or skip it.",
    ),
    # state.queue_commands
    QT_TRANSLATE_NOOP("messages", "One job was cleared away; its picture, if it was made, stays."),
    QT_TRANSLATE_NOOP("messages", "%1 jobs were cleared away; the pictures that were made stay."),
    QT_TRANSLATE_NOOP(
        "messages",
        "Maquette was not closed properly: the queue is paused, with %1 interrupted and %2 "
        "waiting.",
    ),
    QT_TRANSLATE_NOOP("messages", "The queue is paused, with %1 waiting."),
)
