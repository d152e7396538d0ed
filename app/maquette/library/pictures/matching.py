"""Which pictures a query means: every term is a mask over all pictures, and masks are joined."""

import datetime
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np

from maquette.core.gallery import Presence
from maquette.library.days import moments
from maquette.library.pictures.derived import json_of
from maquette.library.pictures.fulltext import match_expression
from maquette.library.pictures.listing import PARTS, Ids, Listing, Mask, changes, select
from maquette.library.query import Query
from maquette.library.query_terms import FIDELITY_PARTS, Field, Place, Range, Term
from maquette.library.vocabulary import FIELDS, vocabulary

_MOST_KEPT = 64  # masks, each a byte per picture
_COLUMNS = {Field.PROMPT: "prompt", Field.NOTE: "note", Field.NAME: "name"}


class Matching:
    """Answers queries; the masks of their terms are kept until something changes.

    So what is typed next costs its own term only. Threads may share it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._masks: dict[tuple[object, ...], Mask] = {}
        self._version: tuple[object, ...] = ()

    def mask(self, connection: sqlite3.Connection, query: Query, listing: Listing) -> Mask:
        """True for the pictures that `query` finds, as `connection` sees them now."""
        version = (*changes(connection, PARTS), datetime.date.today())
        matcher = _Matcher(connection, listing)
        mask = listing.mask(listing.ids) if query.in_trash else listing.kept.copy()
        expression = match_expression_of(query.terms)
        if expression:
            mask &= self._kept(version, (expression,), lambda: matcher.text(expression))
        for term in query.terms:
            if _is_text(term) and not term.negated:
                continue
            key = (term.field, term.values, term.ranges, term.exact)
            found = self._kept(version, key, partial(matcher.term, term))
            mask &= ~found if term.negated else found
        return mask

    def _kept(
        self, version: tuple[object, ...], key: tuple[object, ...], make: Callable[[], Mask]
    ) -> Mask:
        with self._lock:
            if version != self._version:
                self._masks.clear()
                self._version = version
            mask = self._masks.get(key)
        if mask is None:
            mask = make()
            with self._lock:
                if version == self._version:
                    self._masks[key] = mask
                    if len(self._masks) > _MOST_KEPT:
                        del self._masks[next(iter(self._masks))]
        return mask


def match_expression_of(terms: Iterable[Term]) -> str:
    """One FTS5 expression for all terms of text that must hold, since one is quicker than many."""
    parts = [_expression(term) for term in terms if _is_text(term) and not term.negated]
    return " AND ".join(part for part in parts if part)


def place(connection: sqlite3.Connection, where: str) -> Ids:
    """The pictures of a `Place`."""
    match where:
        case Place.TRASH:
            return select(connection, "SELECT id FROM pictures WHERE trashed != ''")
        case Place.MISSING | Place.EDITED:
            presence = Presence.MISSING if where == Place.MISSING else Presence.EDITED
            return select(
                connection,
                "SELECT id FROM pictures WHERE presence != 'present' AND presence = ?",
                presence.value,
            )
        case Place.DUPLICATES:
            return select(
                connection,
                "SELECT id FROM pictures WHERE pixel_sha256 IN (SELECT pixel_sha256 FROM pictures"
                " WHERE pixel_sha256 != '' AND trashed = ''"
                " GROUP BY pixel_sha256 HAVING count(*) > 1)",
            )
        case _:
            return select(
                connection,
                "SELECT id FROM pictures WHERE record_id != '' AND record_id IN"
                " (SELECT record_id FROM exports)",
            )


def _is_text(term: Term) -> bool:
    return term.field is Field.WORDS or term.field in _COLUMNS


def _expression(term: Term) -> str:
    parts = [
        match_expression([value], whole=term.exact, column=_COLUMNS.get(term.field, ""))
        for value in term.values
    ]
    alternatives = [part for part in parts if part]
    return f"({' OR '.join(alternatives)})" if alternatives else ""


class _Matcher:
    """Masks of single terms."""

    def __init__(self, connection: sqlite3.Connection, listing: Listing) -> None:
        self._connection = connection
        self._listing = listing

    def text(self, expression: str) -> Mask:
        return self._mask("SELECT rowid FROM texts WHERE texts MATCH ?", expression)

    def term(self, term: Term) -> Mask:
        """The pictures that `term`, negated or not, speaks of."""
        match term.field:
            case Field.WORDS | Field.PROMPT | Field.NOTE | Field.NAME:
                expression = _expression(term)
                # What has no letter is in no text, so without it nothing is left out.
                return self.text(expression) if expression else self._none()
            case Field.TAG:
                return self._named("tags", "picture_tags", "tag", term)
            case Field.BOARD:
                return self._named("boards", "picture_boards", "board", term)
            case Field.RATING:
                return self._any(self._rating(each) for each in term.ranges)
            case Field.SEED:
                return self._any(self._seed(each) for each in term.ranges)
            case Field.FIDELITY:
                return self._any(self._followed(each) for each in term.ranges)
            case Field.SIZE:
                return self._size(term)
            case Field.IN:
                return self._any(
                    self._listing.mask(place(self._connection, value)) for value in term.values
                )
            case Field.DATE | Field.AFTER | Field.BEFORE:
                return self._any(self._dated(term.field, value) for value in term.values)
            case Field.RECORD:
                return self._any(
                    self._mask(
                        "SELECT id FROM pictures WHERE record_id >= ? AND record_id < ?",
                        value,
                        value + "G",
                    )
                    for value in term.values
                )
            case Field.SKETCH:
                return self._any(
                    self._mask(
                        "SELECT picture FROM attributes"
                        " WHERE field = 'sketch' AND word >= ? AND word < ?",
                        value,
                        value + "g",
                    )
                    for value in term.values
                )
            case _:
                return self._attribute(term)

    def _attribute(self, term: Term) -> Mask:
        field = term.field.value
        if field in FIELDS:
            found = [vocabulary().words(field, value) for value in term.values]
            words = [word for group in found for word in group]
        else:
            words = alike(self._words(field), term.values)
        return self._words_mask(field, words)

    def _size(self, term: Term) -> Mask:
        words = [
            word
            for word in self._words("size")
            if word in term.values or any(each.holds(_long_side(word)) for each in term.ranges)
        ]
        return self._words_mask("size", words)

    def _words_mask(self, field: str, words: Sequence[str]) -> Mask:
        return self._any(
            self._mask("SELECT picture FROM attributes WHERE field = ? AND word = ?", field, word)
            for word in words
        )

    def _words(self, field: str) -> list[str]:
        """The different words of a field: few, so each is jumped to in the index."""
        rows = self._connection.execute(
            "WITH RECURSIVE words (word) AS ("
            " SELECT min(word) FROM attributes WHERE field = ?1"
            " UNION ALL"
            " SELECT (SELECT min(word) FROM attributes WHERE field = ?1 AND word > words.word)"
            " FROM words WHERE words.word IS NOT NULL"
            ") SELECT word FROM words WHERE word IS NOT NULL",
            (field,),
        )
        return [row[0] for row in rows]

    def _named(self, table: str, link: str, column: str, term: Term) -> Mask:
        names = dict(self._connection.execute(f"SELECT name, id FROM {table}"))
        wanted = [names[name] for name in alike(names, term.values)]
        return self._mask(
            f"SELECT picture FROM {link} WHERE {column} IN (SELECT value FROM json_each(?))",
            json_of(wanted),
        )

    def _rating(self, wanted: Range) -> Mask:
        rated = "SELECT id FROM pictures WHERE rating > 0"
        low, high = wanted.low or 0, 99 if wanted.high is None else wanted.high
        mask = self._mask(f"{rated} AND rating BETWEEN ? AND ?", low, high)
        return mask | ~self._mask(rated) if wanted.holds(0) else mask

    def _seed(self, wanted: Range) -> Mask:
        low = 0 if wanted.low is None else wanted.low
        if wanted.high is None:
            return self._mask("SELECT id FROM pictures WHERE seed >= ?", low)
        return self._mask("SELECT id FROM pictures WHERE seed BETWEEN ? AND ?", low, wanted.high)

    def _followed(self, wanted: Range) -> Mask:
        low = 0 if wanted.low is None else wanted.low
        high = FIDELITY_PARTS if wanted.high is None else wanted.high
        return self._mask(
            "SELECT id FROM pictures WHERE fidelity BETWEEN ? AND ?",
            low / FIDELITY_PARTS,
            high / FIDELITY_PARTS,
        )

    def _dated(self, field: Field, value: str) -> Mask:
        begin, end = moments(value, datetime.date.today())
        match field:
            case Field.AFTER:
                return self._mask("SELECT id FROM pictures WHERE created >= ?", begin)
            case Field.BEFORE:
                return self._mask("SELECT id FROM pictures WHERE created < ?", begin)
            case _:
                return self._mask(
                    "SELECT id FROM pictures WHERE created >= ? AND created < ?", begin, end
                )

    def _mask(self, statement: str, *values: object) -> Mask:
        return self._listing.mask(select(self._connection, statement, *values))

    def _any(self, masks: Iterable[Mask]) -> Mask:
        joined = self._none()
        for mask in masks:
            joined |= mask
        return joined

    def _none(self) -> Mask:
        return np.zeros(self._listing.length, np.bool_)


def alike(names: Iterable[str], values: Iterable[str]) -> list[str]:
    """Which of `names` are meant by `values`: those of that very name, else those that have it."""
    folded = {name: name.casefold() for name in names}
    found: list[str] = []
    for value in values:
        wanted = value.casefold()
        same = [name for name, text in folded.items() if text == wanted]
        found += same or [name for name, text in folded.items() if wanted in text]
    return found


def _long_side(size: str) -> int:
    """Of a word such as 512x768."""
    return max(int(side) for side in size.split("x"))
