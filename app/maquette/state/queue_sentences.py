"""What the queue of jobs says: its file, and jobs that ended before they were done."""

from maquette.state.noop import QT_TRANSLATE_NOOP

QUEUE_SENTENCES = (
    # library.database, library.migrations
    QT_TRANSLATE_NOOP(
        "messages",
        "The queue cannot be opened in %1; check that the folder exists and can be written to.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The queue is in use by another program; wait until it is done, and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The queue could not be written (%1); check that its disk is there, has space and can be "
        "written to, and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The queue %1 cannot be read (%2); move it away and start again, the pictures themselves "
        "are safe.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The queue was written by a newer version of Maquette; please update Maquette to open it.",
    ),
    # library.queue
    QT_TRANSLATE_NOOP("messages", "The queue is closed; please start Maquette again."),
    QT_TRANSLATE_NOOP(
        "messages", "The start picture of a job is damaged in the queue; make that job anew."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "Maquette ended while it made this picture; make it again, or skip it."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Maquette ended while it saved this picture; look for it in the library before you make "
        "it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Maquette ended again while it made this picture, which is set aside now; change the job, "
        "or queue it again to try once more.",
    ),
    # engine.job_runner
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker ended again while it made this picture, which is set aside now; change the "
        "job, or queue it again to try once more.",
    ),
)
