"""Tries: jobs alike but for the seed, until the sketch is followed well enough."""

from collections.abc import Iterable

import msgspec

from maquette.core.job import Job, JobState
from maquette.core.recipe import MAX_IMAGES, MAX_SEED, Recipe


def falls_short(job: Job) -> bool:
    """Whether the picture of `job`, which has ended, calls for another try.

    One whose fidelity nobody could measure does not: the next would not have one either.
    """
    until = job.order.until
    return (
        until is not None
        and job.state is JobState.FINISHED
        and job.fidelity is not None
        and job.fidelity.score < until.fidelity
        and job.attempt < until.tries
    )


def next_recipe(recipe: Recipe) -> Recipe:
    """`recipe` with the seed of the next try.

    Pictures that are asked for in one go have neighbouring seeds, and none is to be made twice.
    """
    return msgspec.structs.replace(recipe, seed=(recipe.seed + MAX_IMAGES) % (MAX_SEED + 1))


def best_score(job: Job) -> float | None:
    """The highest score of `job` and the tries before it, None if there is none yet."""
    scores = [job.best, job.fidelity.score if job.fidelity else None]
    return max((score for score in scores if score is not None), default=None)


def best_of(jobs: Iterable[Job]) -> Job | None:
    """The one of several tries whose picture follows the sketch best; the first among equals.

    None if none was finished.
    """
    finished = [job for job in jobs if job.state is JobState.FINISHED]
    return max(finished, key=lambda job: job.fidelity.score if job.fidelity else -1, default=None)
