"""How a training stands, as pure functions of its state: what is due, what is best, when to end."""

import math

import msgspec

from maquette.core.training import LossPoint, TrainingSettings, TrainingState

_POINTS = 400  # of the loss curve
_LEAST_SHARE = 0.4  # of the steps before a training may end early


def with_loss(state: TrainingState, loss: float, settings: TrainingSettings) -> TrainingState:
    """After one more step with `loss`."""
    step, recent = state.step + 1, (*state.recent, loss)
    losses = state.losses
    if step % max(1, settings.steps // _POINTS) == 0 or step == settings.steps:
        losses = (*losses, LossPoint(step, sum(recent) / len(recent)))
        recent = ()
    return msgspec.structs.replace(state, step=step, losses=losses, recent=recent)


def with_validation(state: TrainingState, loss: float) -> TrainingState:
    """After the held-out pictures were looked at; the best step is this one if it is better."""
    is_best = loss < best_loss(state)
    return msgspec.structs.replace(
        state,
        validation=(*state.validation, LossPoint(state.step, loss)),
        best_step=state.step if is_best else state.best_step,
    )


def best_loss(state: TrainingState) -> float:
    """The lowest validation loss so far; infinite before the first."""
    return min((point.loss for point in state.validation), default=math.inf)


def is_validation_due(state: TrainingState, settings: TrainingSettings) -> bool:
    """Whether the held-out pictures are to be looked at before the next step."""
    if state.validation and state.validation[-1].step == state.step:
        return False
    return state.step % settings.validate_every == 0 or state.step == settings.steps


def is_going_nowhere(state: TrainingState, settings: TrainingSettings) -> bool:
    """Whether so many validations brought nothing better that more steps only learn by heart."""
    since = sum(point.step > state.best_step for point in state.validation)
    return since >= settings.patience and state.step >= _LEAST_SHARE * settings.steps
