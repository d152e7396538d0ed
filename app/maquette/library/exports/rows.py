"""How the files of a batch export are written down in its table, and read."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.core.export_preset import ExportSize
from maquette.core.export_run import ExportItem
from maquette.core.record import Record

_PATHS = frozenset({"source", "path"})
_VALUES = {"record": Record, "size": ExportSize, "notices": tuple[str, ...]}
ITEM_FIELDS = ExportItem.__struct_fields__
"""The columns of `items` after the run's id; they are the fields of ExportItem."""


def row_of(item: ExportItem) -> tuple[object, ...]:
    """`item` as the values of ITEM_FIELDS."""
    return tuple(_written(field, getattr(item, field)) for field in ITEM_FIELDS)


def item_of(row: Sequence[object]) -> ExportItem:
    """The item of a row with ITEM_FIELDS. Raises msgspec.DecodeError."""
    read = {field: _read(field, value) for field, value in zip(ITEM_FIELDS, row, strict=True)}
    return msgspec.convert(read, ExportItem)


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
