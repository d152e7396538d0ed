"""How many pictures of a search each word, tag, board, rating or time would leave."""

import datetime
import sqlite3
import threading
from collections.abc import Iterable, Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from maquette.core.gallery import Facet
from maquette.library.days import WORDS, moments
from maquette.library.pictures.derived import MAP, SKETCH
from maquette.library.pictures.listing import Mask, changes, numbers, select
from maquette.library.pictures.matching import place
from maquette.library.query_terms import Field, Place

_MOST = 200  # words of one field, the commonest
_ORDER = (
    "style", "preset", "form", "material", "colour", "setting", "model", "sampler", "source",
    "size",
)  # fmt: skip

_ATTRIBUTES = (
    "SELECT field, word, group_concat(picture) FROM attributes"
    f" WHERE field NOT IN ('{SKETCH}', '{MAP}') GROUP BY field, word"  # a digest is no facet
)
_SAID = (
    "SELECT 'tag', name, group_concat(picture) FROM picture_tags"
    " JOIN tags ON tags.id = tag GROUP BY tag"
    " UNION ALL SELECT 'board', name, group_concat(picture) FROM picture_boards"
    " JOIN boards ON boards.id = board GROUP BY board"
    " UNION ALL SELECT 'rating', CAST(rating AS TEXT), group_concat(id) FROM pictures"
    " WHERE rating > 0 GROUP BY rating"
)


class _Postings(msgspec.Struct, frozen=True):
    """Which pictures have which label: `labels[codes[i]]` is on the picture `pictures[i]`."""

    labels: tuple[tuple[str, str], ...]  # field and value
    codes: npt.NDArray[np.int32]
    pictures: npt.NDArray[np.int32]


class FacetCounter:
    """Counts facets; what pictures are labelled with is kept in memory until it changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[tuple[int, ...], _Postings]] = {}

    def count(self, connection: sqlite3.Connection, mask: Mask, known: Mask) -> tuple[Facet, ...]:
        """The facets of the pictures in `mask`, by field, commonest first, none that is empty.

        `known` are all pictures outside the trash; the places (`in:`) are counted in the library
        as a whole, since they tell how it is rather than narrow a search.
        """
        attributes = self._postings(connection, "attributes", _ATTRIBUTES)
        said = self._postings(connection, "said", _SAID)
        found = [*_counted(attributes, mask), *_counted(said, mask)]
        by_field: dict[str, list[Facet]] = {}
        for facet in found:
            by_field.setdefault(facet.field, []).append(facet)
        facets: list[Facet] = []
        for field in (*_ORDER, Field.TAG, Field.BOARD, Field.RATING):
            ordered = sorted(by_field.get(field, ()), key=lambda each: (-each.pictures, each.value))
            facets += ordered[:_MOST]
        return (*facets, *_dates(connection, mask), *_places(connection, known))

    def _postings(self, connection: sqlite3.Connection, part: str, statement: str) -> _Postings:
        version = changes(connection, (part,))
        with self._lock:
            kept = self._kept.get(part)
        if kept is not None and kept[0] == version:
            return kept[1]
        postings = _postings(connection.execute(statement))
        with self._lock:
            self._kept[part] = (version, postings)
        return postings


def _postings(rows: Iterable[tuple[str, str, str]]) -> _Postings:
    labels, pictures = [], []
    for field, value, text in rows:
        labels.append((field, value))
        pictures.append(numbers(text).astype(np.int32))
    lengths = [each.size for each in pictures]
    codes = np.repeat(np.arange(len(labels), dtype=np.int32), lengths)
    joined = np.concatenate(pictures) if pictures else np.empty(0, np.int32)
    return _Postings(tuple(labels), codes, joined)


def _counted(postings: _Postings, mask: Mask) -> list[Facet]:
    counts = np.bincount(
        postings.codes[mask[postings.pictures]], minlength=len(postings.labels)
    ).tolist()
    return [
        Facet(field, value, count)
        for (field, value), count in zip(postings.labels, counts, strict=True)
        if count
    ]


def _dates(connection: sqlite3.Connection, mask: Mask) -> Iterator[Facet]:
    today = datetime.date.today()
    for word in WORDS:
        begin, end = moments(word, today)
        ids = select(
            connection, "SELECT id FROM pictures WHERE created >= ? AND created < ?", begin, end
        )
        count = int(np.count_nonzero(mask[ids]))
        if count:
            yield Facet(Field.DATE.value, word, count)


def _places(connection: sqlite3.Connection, known: Mask) -> Iterator[Facet]:
    for each in Place:
        ids = place(connection, each)
        count = ids.size if each is Place.TRASH else int(np.count_nonzero(known[ids]))
        if count:
            yield Facet(Field.IN.value, each.value, count)
