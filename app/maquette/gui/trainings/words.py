"""Trainings in words."""

from PySide6.QtCore import QCoreApplication

from maquette.core.training import TrainingStage
from maquette.state.messages import translate_sentence
from maquette.state.training_view import ShownTraining

_GIB = 1 << 30


def state_words(one: ShownTraining) -> str:
    """What the training is doing, in a few words."""
    if one.is_queued:
        return QCoreApplication.translate("Trainings", "Waits for its turn")
    if one.stage is TrainingStage.RUNNING:
        if not one.is_here:
            return QCoreApplication.translate("Trainings", "Runs in another program")
        if one.ending is not None:
            return (
                QCoreApplication.translate("Trainings", "Pausing…")
                if one.ending == "pause"
                else QCoreApplication.translate("Trainings", "Making the style…")
            )
        return (
            translate_sentence(one.doing)
            if one.doing
            else QCoreApplication.translate("Trainings", "Learning")
        )
    return {
        TrainingStage.WAITING: QCoreApplication.translate("Trainings", "Not started"),
        TrainingStage.PAUSED: QCoreApplication.translate("Trainings", "Paused"),
        TrainingStage.DONE: QCoreApplication.translate("Trainings", "Done"),
        TrainingStage.FAILED: QCoreApplication.translate("Trainings", "Stopped by a problem"),
    }[one.stage]


def step_words(one: ShownTraining) -> str:
    """How far it is: "step 120 of 400"."""
    return QCoreApplication.translate("Trainings", "step {step} of {total}").format(
        step=one.step, total=one.total
    )


def left_words(seconds: float) -> str:
    """How long it still takes, roughly."""
    if seconds >= 5400:
        return QCoreApplication.translate("Trainings", "{n} h left").format(
            n=f"{seconds / 3600:.1f}"
        )
    if seconds >= 90:
        return QCoreApplication.translate("Trainings", "{n} min left").format(n=round(seconds / 60))
    return QCoreApplication.translate("Trainings", "{n} s left").format(n=max(1, round(seconds)))


def long_words(seconds: float) -> str:
    """How long something took."""
    if seconds >= 90:
        return QCoreApplication.translate("Trainings", "{n} min").format(n=round(seconds / 60))
    return QCoreApplication.translate("Trainings", "{n} s").format(n=max(1, round(seconds)))


def progress_words(one: ShownTraining) -> str:
    """Step, time left, memory and device, as far as they are known."""
    parts = [step_words(one)]
    if one.seconds_left is not None:
        parts.append(left_words(one.seconds_left))
    if one.resident:
        parts.append(
            QCoreApplication.translate("Trainings", "{used} GB of memory").format(
                used=f"{one.resident / _GIB:.1f}"
            )
        )
    if one.device:
        parts.append(one.device)
    return " · ".join(parts)


def done_share(one: ShownTraining) -> float:
    """How much is done, 0 to 1: of a stage before or after the steps, else of the steps."""
    if one.stage is TrainingStage.DONE:
        return 1.0
    if one.doing and one.stage is TrainingStage.RUNNING:
        return one.fraction
    return min(1.0, one.step / max(1, one.total))


def outcome_lines(one: ShownTraining) -> tuple[str, ...]:
    """What came of a training that is done, a sentence each; warnings are not among them."""
    report = one.report
    if report is None:
        return ()
    lines = [
        QCoreApplication.translate(
            "Trainings", "Learned in {steps} steps and {time}; the weights of step {best} are kept."
        ).format(
            steps=report.steps,
            time=long_words(report.seconds),
            best=report.best_step or report.steps,
        )
    ]
    found = report.likeness
    if found is not None:
        lines.append(_likeness_words(found.likeness))
        if not found.copied:
            lines.append(
                QCoreApplication.translate(
                    "Trainings", "None of {made} test pictures is a copy of a picture in the set."
                ).format(made=found.made)
            )
    return tuple(lines)


def warning_lines(one: ShownTraining) -> tuple[str, ...]:
    """What to know about the outcome, a sentence each."""
    return tuple(map(translate_sentence, one.report.notices)) if one.report else ()


def _likeness_words(likeness: float) -> str:
    percent = max(0, round(100 * likeness))
    if likeness >= 0.75:
        words = QCoreApplication.translate(
            "Trainings",
            "Its pictures look like the set: {percent} % of the way from the model to it.",
        )
    elif likeness >= 0.4:
        words = QCoreApplication.translate(
            "Trainings",
            "Its pictures come near the set: {percent} % of the way from the model to it.",
        )
    elif likeness > 0.1:
        words = QCoreApplication.translate(
            "Trainings",
            "Its pictures lean to the set: {percent} % of the way from the model to it.",
        )
    else:
        words = QCoreApplication.translate(
            "Trainings",
            "Its pictures hardly differ from the model's own; a longer training may help.",
        )
    return words.format(percent=percent)
