"""Auditing a ledger row by row: is the chain whole, are the contents those that the rows name."""

from collections.abc import Mapping

import msgspec

from maquette.library.ledger_row import FIRST, Kind, Row, read_row, sha256

_MOST_PROBLEMS = 100  # that are told one by one


class Audit(msgspec.Struct, frozen=True):
    """What an audit found: `problems` are sentences; none means that the ledger is as it was.

    `head` is the hash of the last row ("" for none): whoever keeps it can tell later whether any
    row up to there was changed or removed. `erased` counts contents that were forgotten.
    """

    rows: int
    head: str
    erased: int
    problems: tuple[str, ...]


class Auditor:
    """Takes the rows of a ledger in order."""

    def __init__(self, known_head: str = "") -> None:
        """`known_head` is a hash noted earlier, which must be in the chain; "" for none."""
        self._known_head = known_head
        self._seen = not known_head
        self._number = 0
        self._head = FIRST
        self._rows = self._erased = self._more = 0
        self._problems: list[str] = []

    def problem(self, sentence: str) -> None:
        """Note what was found."""
        if len(self._problems) < _MOST_PROBLEMS:
            self._problems.append(sentence)
        else:
            self._more += 1

    def row(self, text: bytes, chained: str | None = None) -> Row | None:
        """The next row; `chained` is the hash kept beside it. Returns None for one that is none."""
        hashed = sha256(text)
        expected = self._number + 1
        try:
            row = read_row(text)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.problem(f"Row {expected} of the ledger cannot be read; it was damaged or changed.")
            self._advance(expected, chained or hashed)
            return None
        if chained not in (None, hashed):
            self.problem(f"Row {row.number} of the ledger was changed after it was written.")
        if row.number > expected:
            self.problem(f"Of the ledger, {_rows(expected, row.number - 1)} missing.")
        elif row.number < expected:
            self.problem(f"Row {row.number} of the ledger is there twice or out of order.")
        elif row.previous != self._head:
            self.problem(
                f"Row {row.number} of the ledger does not follow the row before it; "
                "one of the two was changed or replaced."
            )
        self._advance(row.number, chained or hashed)
        return row

    def contents(self, row: Row, contents: Mapping[Kind, bytes | None]) -> None:
        """What is kept for `row`; None stands for erased."""
        for kind, digest in row.named().items():
            if kind not in contents:
                self.problem(f"The {kind} of row {row.number} of the ledger is missing.")
                continue
            content = contents[kind]
            if content is None:
                self._erased += 1
            elif sha256(content) != digest:
                self.problem(
                    f"The {kind} of row {row.number} of the ledger was changed after it was "
                    "written."
                )

    def result(self) -> Audit:
        """What all rows came to."""
        problems = list(self._problems)
        if self._more:
            problems.append(f"There are {self._more} more problems of this kind.")
        if not self._seen:
            problems.append(
                "The hash that was noted earlier is not in the ledger; "
                "rows were removed or replaced since then."
            )
        return Audit(self._rows, self._head, self._erased, tuple(problems))

    def _advance(self, number: int, hashed: str) -> None:
        self._number, self._head = number, hashed
        self._rows += 1
        self._seen = self._seen or hashed == self._known_head


def _rows(first: int, last: int) -> str:
    return f"row {first} is" if first == last else f"rows {first} to {last} are"
