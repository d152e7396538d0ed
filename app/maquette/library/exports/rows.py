"""How batch exports and their files are written down in their tables, and read."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.core.export_preset import ExportPreset, ExportSize
from maquette.core.export_run import ExportItem, ExportRun, RunState
from maquette.core.marking import Marking
from maquette.core.record import Record

_PATHS = frozenset({"source", "path"})
_VALUES = {"record": Record, "size": ExportSize, "notices": tuple[str, ...]}
ITEM_FIELDS = ExportItem.__struct_fields__
"""The columns of `items` after the run's id; they are the fields of ExportItem."""

SELECT_RUN = "SELECT id, created, preset, marking, folder, state, papers, owner, beats FROM runs"
"""Runs as `run_of` reads them; who is at them stands last."""


def row_of(item: ExportItem) -> tuple[object, ...]:
    """`item` as the values of ITEM_FIELDS."""
    return tuple(_written(field, getattr(item, field)) for field in ITEM_FIELDS)


def item_of(row: Sequence[object]) -> ExportItem:
    """The item of a row with ITEM_FIELDS. Raises msgspec.DecodeError."""
    read = {field: _read(field, value) for field, value in zip(ITEM_FIELDS, row, strict=True)}
    return msgspec.convert(read, ExportItem)


def run_of(row: Sequence[object]) -> ExportRun:
    """The run of a row of SELECT_RUN; counts and who is at it are for the caller to fill in.

    Raises msgspec.DecodeError, ValueError.
    """
    run_id, created, preset, marking, folder, state, papers, _owner, _beats = row
    return ExportRun(
        id=msgspec.convert(run_id, int),
        created=str(created),
        preset=msgspec.json.decode(str(preset).encode(), type=ExportPreset),
        marking=msgspec.json.decode(str(marking).encode(), type=Marking),
        folder=Path(str(folder)),
        state=RunState(str(state)),
        counts={},
        is_running=False,
        papers=tuple(map(Path, msgspec.json.decode(str(papers).encode(), type=list[str]))),
    )


def as_json(value: object) -> str:
    """`value` as the tables keep it."""
    return msgspec.json.encode(value).decode()


def _written(field: str, value: object) -> object:
    if value is None:
        return None
    if field in _VALUES:
        return as_json(value)
    return str(value) if field in _PATHS else value


def _read(field: str, value: object) -> object:
    if value is None:
        return None
    if field in _VALUES:
        return msgspec.json.decode(str(value).encode(), type=_VALUES[field])
    return Path(str(value)) if field in _PATHS else value
