"""What a durable queue answers: which jobs are different now. Plain values for every front end."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from maquette.core.job import Job
from maquette.core.pixels import Pixels
from maquette.core.start import Start


class Role(StrEnum):
    """What a program is to the queue that it shares with others."""

    WINDOW = "window"  # takes what belongs to nobody, and obeys the pause
    COMMAND = "command"  # runs its own jobs only, and at once


class Change(msgspec.Struct, frozen=True):
    """What is different in the queue.

    `jobs` are new or changed, `gone` are ids that are listed no more. `wishes` are ids of jobs in
    our own hands that another program asked us to cancel. `paused` is the switch as it is now.
    """

    jobs: tuple[Job, ...] = ()
    gone: tuple[str, ...] = ()
    wishes: frozenset[str] = frozenset()
    paused: bool = False


class Claim(msgspec.Struct, frozen=True):
    """A job that is in our hands from now on, and what it starts from.

    `images` are what its recipe names beside, by digest. `problem` is one sentence where either
    cannot be read: the job fails with it.
    """

    job: Job
    start: Start | None = None
    images: Mapping[str, Pixels] = {}
    problem: str = ""


class Cleared(msgspec.Struct, frozen=True):
    """Jobs that were cleared away, for whoever wants them back."""

    jobs: tuple[str, ...] = ()
