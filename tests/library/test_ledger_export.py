"""An exported ledger is verified by its own lines, here also without any code of ours."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from maquette.core.errors import InputError
from maquette.library.ledger import Ledger
from maquette.library.ledger_export import export_ledger, verify_export
from maquette.library.ledger_row import NewEntry

New = Callable[..., NewEntry]


@pytest.fixture
def exported(tmp_path: Path, new_entry: New) -> Callable[[bool], bytes]:
    """(with contents) to the exported file of four rows, one of them forgotten."""

    def of(with_contents: bool) -> bytes:
        with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
            for seed in range(4):
                ledger.append(new_entry(seed, f"prompt {seed}"))
            ledger.forget(new_entry(2, "prompt 2").record_id)
            stream = io.BytesIO()
            assert export_ledger(ledger, stream, with_contents=with_contents).problems == ()
            return stream.getvalue()

    return of


def test_an_export_verifies(exported: Callable[[bool], bytes]) -> None:
    for with_contents in (False, True):
        audit = verify_export(io.BytesIO(exported(with_contents)))
        assert audit.problems == ()
        assert audit.rows % 4 == 0


def test_prompts_are_exported_only_on_request(exported: Callable[[bool], bytes]) -> None:
    assert b"prompt" not in exported(False)
    lines = [json.loads(line) for line in exported(True).splitlines()]
    assert sum(line.get("content") == "recipe" for line in lines) == 8


def test_anybody_can_verify_an_export(exported: Callable[[bool], bytes]) -> None:
    """As docs/ledger.md says it."""
    _opening, *lines, closing = exported(False).splitlines()
    previous = ""
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        assert row["number"] == number
        assert row["previous"] == previous
        previous = hashlib.sha256(line).hexdigest()
    assert json.loads(closing)["head"] == previous
    assert json.loads(closing)["rows"] == len(lines)


def changed(lines: list[bytes], place: int, old: bytes, new: bytes) -> list[bytes]:
    assert old in lines[place]
    return [*lines[:place], lines[place].replace(old, new), *lines[place + 1 :]]


def test_changes_to_an_export_are_told(exported: Callable[[bool], bytes]) -> None:
    lines = exported(True).splitlines()
    rows = [place for place, line in enumerate(lines) if b'"previous"' in line]
    recipe = next(place for place, line in enumerate(lines) if b'"content":"recipe"' in line)
    damages = {
        "does not follow": changed(lines, rows[1], b'"width":256', b'"width":512'),
        "other rows than its last line": changed(lines, rows[-1], b'"width":256', b'"width":512'),
        "row 2 is missing": lines[: rows[1]] + lines[rows[2] :],
        "cannot be read": changed(lines, rows[1], b'"width":256', b'"width":"'),
        "ends too early": lines[:-1],
        "goes on after": [*lines, lines[rows[0]]],
        "twice or out of order": [*lines[: rows[1]], lines[rows[0]], *lines[rows[1] :]],
        "The recipe of row 1 of the ledger was changed": changed(
            lines, recipe, b'"base64":"', b'"base64":"AAAA'
        ),
        "The recipe of row 1 of the ledger is missing": lines[:recipe] + lines[recipe + 1 :],
        "out of place": changed(lines, recipe, b'"number":1', b'"number":3'),
    }
    for words, damaged in damages.items():
        audit = verify_export(io.BytesIO(b"\n".join(damaged) + b"\n"))
        assert any(words in problem for problem in audit.problems), (words, audit.problems)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe\n", b"no json\n" * 9, b"[" * 5000])
def test_any_other_file_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(InputError, match="no exported ledger"):
        verify_export(io.BytesIO(content))


def test_a_newer_export_is_refused() -> None:
    line = b'{"ledger":"Maquette","format":2,"contents":false}\n'
    with pytest.raises(InputError, match="newer version of Maquette"):
        verify_export(io.BytesIO(line))


def test_rubbish_after_the_first_line_is_told_not_raised() -> None:
    opening = b'{"ledger":"Maquette","format":1,"contents":true}\n'
    rubbish = opening + b"\xff\xfe\n{}\n[1]\nnull\n" * 100
    audit = verify_export(io.BytesIO(rubbish))
    assert "There are 300 more problems of this kind." in audit.problems
