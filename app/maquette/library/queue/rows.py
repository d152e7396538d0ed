"""A job as a row of the queue, and back."""

import logging
import sqlite3
from typing import Any

import msgspec

from maquette.core.fidelity import Fidelity
from maquette.core.job import Job, JobState, Order
from maquette.core.recipe import Recipe
from maquette.core.record import Record

_SELECT = (
    "SELECT jobs.id, record_id, group_id, recipe, state, message, detail, path, notices, created,"
    " seconds, position, groups.name, job_order, deaths, owner,"
    " fidelity, attempt, first, best, wanting"
    " FROM jobs JOIN groups ON groups.id = group_id"
)
INSERT = (
    "INSERT INTO jobs (id, record_id, group_id, recipe, state, position, owner, start, created,"
    " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_log = logging.getLogger(__name__)


class Saving(msgspec.Struct, frozen=True):
    """The file of a job while it is being saved: enough to find it after a crash."""

    record: Record
    file_sha256: str
    file_bytes: int


def jobs_where(connection: sqlite3.Connection, clause: str, *values: object) -> tuple[Job, ...]:
    """The jobs for which `clause` holds, in order; one that cannot be read is left out and logged.

    Raises sqlite3.Error.
    """
    orders: dict[str, Order] = {}
    jobs = []
    rows = connection.execute(f"{_SELECT} WHERE {clause} ORDER BY position", values)
    for row in rows.fetchall():
        try:
            jobs.append(_job(row, orders))
        except (msgspec.DecodeError, ValueError) as error:
            _log.error("job %s of the queue cannot be read: %s", row[0], error)
    return tuple(jobs)


def _job(row: tuple[Any, ...], orders: dict[str, Order]) -> Job:
    (
        job_id,
        record_id,
        group,
        recipe_text,
        state,
        message,
        detail,
        path,
        notices,
        created,
        seconds,
        position,
        group_name,
        order_text,
        deaths,
        owner,
        fidelity,
        attempt,
        first,
        best,
        wanting,
    ) = row
    if order_text not in orders:  # the same for a whole group
        orders[order_text] = msgspec.json.decode(order_text, type=Order)
    recipe = msgspec.json.decode(recipe_text, type=Recipe)
    known = JobState(state)
    return Job(
        id=job_id,
        record_id=record_id,
        group=group,
        recipe=recipe,
        state=known,
        step=recipe.steps if known is JobState.FINISHED else 0,
        total=recipe.steps,
        message=message,
        detail=detail,
        path=path,
        notices=msgspec.json.decode(notices, type=tuple[str, ...]),
        created=created,
        seconds=seconds,
        position=position,
        group_name=group_name,
        order=orders[order_text],
        deaths=deaths,
        owner=owner,
        fidelity=msgspec.json.decode(fidelity, type=Fidelity) if fidelity else None,
        attempt=attempt,
        first=first,
        best=best,
        wanting=bool(wanting),
    )


def text(value: object) -> str:
    """A value as JSON."""
    return msgspec.json.encode(value).decode()
