"""Job: a recipe on its way, as the queue keeps it. Plain values, since processes share them."""

from enum import StrEnum

import msgspec

from maquette.core.errors import RecipeError
from maquette.core.fidelity import Fidelity
from maquette.core.marking import DEFAULT_ENCODING, DEFAULT_MARKING, FileEncoding, Marking
from maquette.core.recipe import Recipe


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    SAVING = "saving"  # denoised; being marked, encoded and written
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # its program ended in the middle; to be retried or skipped
    QUARANTINED = "quarantined"  # it ended its worker twice, and is not run again unasked


ACTIVE = frozenset({JobState.RUNNING, JobState.SAVING})
"""In somebody's hands."""

ENDED = frozenset(
    {
        JobState.FINISHED,
        JobState.CANCELLED,
        JobState.FAILED,
        JobState.INTERRUPTED,
        JobState.QUARANTINED,
    }
)
"""Nothing more happens to these unless somebody asks for it."""

MAX_DEATHS = 2
"""How many workers a job may bring down before it is quarantined."""


class Destination(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Where a job's picture goes: folder and file name template; "" is what the settings say."""

    folder: str = ""
    template: str = ""


MAX_TRIES = 20


class Until(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Try again with other seeds until the sketch is followed at least so well.

    `fidelity` is a score, 0 to 1; `tries` is the most pictures that are made of one job, the first
    included, 1 to MAX_TRIES.
    """

    fidelity: float
    tries: int = 5


def check_until(until: Until) -> None:
    """Raise RecipeError if a value is out of range."""
    if not 0 <= until.fidelity <= 1:
        raise RecipeError(
            f"The fidelity to reach must be a number between 0 and 1, not {until.fidelity}.",
            "until",
        )
    if not 1 <= until.tries <= MAX_TRIES:
        raise RecipeError(
            f"The number of tries must be between 1 and {MAX_TRIES}, not {until.tries}.", "tries"
        )


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """How a job's picture is made and saved, beside its recipe; the same for a whole group."""

    marking: Marking = DEFAULT_MARKING
    encoding: FileEncoding = DEFAULT_ENCODING
    destination: Destination = Destination()
    preview: bool = True
    until: Until | None = None


class Job(msgspec.Struct, frozen=True, gc=False):
    """One recipe on its way.

    There may be ten thousand, none part of a cycle: they are no work for the garbage collector.

    `group` is shared by jobs that were submitted together, `group_name` is what people call them
    ("" for one picture). `position` orders the queue, small first. `step` of `total` is done.
    `message` is one sentence when the job failed, was interrupted or quarantined, where there is a
    reason followed by that on a line of its own; `detail` is what a developer wants to know of it.
    `path` is the saved file. `created` is time.time(); `seconds` is the time from its start to its
    end. `deaths` counts the workers and programs it brought down. `owner` names the program that
    runs it or will, "" for whoever comes first.

    `fidelity` is how well its picture follows its sketch. Of jobs that are tried again `attempt`
    counts from 1, `first` is the id of the first one ("" for that one itself), `best` the highest
    score so far, and `wanting` says that the next try is still to be queued.
    """

    id: str
    record_id: str
    group: str
    recipe: Recipe
    state: JobState = JobState.QUEUED
    step: int = 0
    total: int = 0
    message: str = ""
    detail: str = ""
    path: str = ""
    notices: tuple[str, ...] = ()
    created: float = 0.0
    seconds: float = 0.0
    position: float = 0.0
    group_name: str = ""
    order: Order = Order()
    deaths: int = 0
    owner: str = ""
    fidelity: Fidelity | None = None
    attempt: int = 1
    first: str = ""
    best: float | None = None
    wanting: bool = False
