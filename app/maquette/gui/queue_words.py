"""What the queue's rows say, in the language of now."""

from PySide6.QtCore import QCoreApplication

from maquette.core.job import ENDED, Job, JobState
from maquette.gui.queue_rows import Tally
from maquette.state.messages import translate_sentence


def one_line(text: str) -> str:
    """`text` on one line, at most 1000 characters of it."""
    return " ".join(text[:1000].split())


def prompt_words(job: Job) -> str:
    """The prompt of `job`."""
    return one_line(job.recipe.prompt) or QCoreApplication.translate("QueueModel", "No prompt")


def group_words(first: Job, tally: Tally) -> str:
    """What the group of `first`, one of its jobs, is called."""
    return one_line(first.group_name) or f"{tally.total} × {prompt_words(first)}"


def time_words(seconds: float) -> str:
    """How long something takes, roughly."""
    translate = QCoreApplication.translate
    minutes = round(seconds / 60)
    if minutes >= 60:
        text = translate("QueueModel", "{h} h {min} min")
        return text.format(h=minutes // 60, min=minutes % 60)
    if seconds >= 90:
        return translate("QueueModel", "{n} min").format(n=minutes)
    return translate("QueueModel", "{n} s").format(n=max(1, round(seconds)))


def progress_words(tally: Tally, seconds_per_image: float | None) -> str:
    """How far a group is: what is made, what went wrong, and how long the rest takes."""
    translate = QCoreApplication.translate
    done = translate("QueueModel", "{n} of {total}").format(n=tally.finished, total=tally.total)
    words = [done]
    if tally.trouble:
        words.append(translate("QueueModel", "problems: {n}").format(n=tally.trouble))
    if tally.is_open and seconds_per_image is not None:
        left = tally.waiting + tally.active - tally.steps_done
        time = time_words(left * seconds_per_image)
        words.append(translate("QueueModel", "{time} left").format(time=time))
    return " · ".join(words)


def reason_words(job: Job) -> str:
    """Why `job` was interrupted and what to do, which is too long for a row; else ""."""
    return translate_sentence(job.message) if job.state is JobState.INTERRUPTED else ""


def state_words(job: Job, *, cancelling: bool, foreign: bool) -> str:
    """Where `job` is, and which try of how many; `foreign` if another program runs it."""
    where = _where(job, cancelling=cancelling, foreign=foreign)
    if job.state is not JobState.FINISHED or job.fidelity is None:
        return " · ".join((where, *_try_words(job)))
    # A row has room for little, and its tick says that it is done.
    seconds = QCoreApplication.translate("QueueModel", "{n} s").format(n=f"{job.seconds:.1f}")
    return " · ".join((*_try_words(job)[::-1], seconds))


def _try_words(job: Job) -> list[str]:
    """How well a finished job follows its sketch; of others the try, and the best one so far."""
    translate = QCoreApplication.translate
    until, words = job.order.until, []
    if until is not None and (job.attempt > 1 or job.state not in ENDED or job.wanting):
        text = translate("QueueModel", "try {n} of {total}")
        words.append(text.format(n=job.attempt, total=until.tries))
    if job.fidelity is not None:
        text = translate("QueueModel", "fidelity {score}")
        words.append(text.format(score=f"{job.fidelity.score:.2f}"))
    elif until is not None and job.best is not None:
        words.append(translate("QueueModel", "best {score}").format(score=f"{job.best:.2f}"))
    return words


def _where(job: Job, *, cancelling: bool, foreign: bool) -> str:
    translate = QCoreApplication.translate
    if cancelling:
        return translate("QueueModel", "Cancelling…")
    match job.state:
        case JobState.QUEUED if foreign:
            return translate("QueueModel", "waiting in another program")
        case JobState.QUEUED:
            return translate("QueueModel", "waiting")
        case JobState.RUNNING | JobState.SAVING if foreign:
            return translate("QueueModel", "being made by another program")
        case JobState.RUNNING if job.total:
            text = translate("QueueModel", "step {step} of {total}")
            return text.format(step=job.step, total=job.total)
        case JobState.RUNNING:
            return translate("QueueModel", "starting")
        case JobState.SAVING:
            return translate("QueueModel", "saving")
        case JobState.FINISHED:
            return translate("QueueModel", "done · {seconds} s").format(
                seconds=f"{job.seconds:.1f}"
            )
        case JobState.CANCELLED:
            return translate("QueueModel", "cancelled")
        case JobState.FAILED:
            return translate_sentence(job.message) or translate("QueueModel", "failed")
        case JobState.INTERRUPTED:
            return translate("QueueModel", "interrupted")
        case JobState.QUARANTINED:
            return translate_sentence(job.message) or translate("QueueModel", "set aside")
