"""`maquette ledger` and the doctor's look at it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maquette.cli import checkup
from maquette.cli.checkup import check_installation
from maquette.core.ledger_entry import MarkResult
from maquette.core.paths import ledger_file
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import SourceType
from maquette.core.settings import Settings
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry

Run = Callable[..., Any]
SECRET = "a portrait of Ms Nobody"


def entry(number: int) -> NewEntry:
    recipe = Recipe(
        prompt=SECRET,
        seed=number,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.0,
        model=ModelRef("maquette-mini"),
    )
    return NewEntry(
        record_id=f"7F3A91C{number}",
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
        file_sha256=f"{number:064x}",
        pixel_sha256=f"{number:064x}",
        perceptual_hash=f"{number:016x}",
        likeness=b"likeness",
        mark=MarkResult(preset="standard", verified=True, robust=True, psnr=45.5, strength=1.0),
        recipe=recipe,
    )


@pytest.fixture
def kept(maquette_home: Path) -> Path:
    """The ledger of the home folder, with three rows."""
    del maquette_home
    with Ledger.open(ledger_file()) as ledger:
        for number in range(3):
            ledger.append(entry(number))
    return ledger_file()


def spoil(exported: Path) -> None:
    exported.write_bytes(exported.read_bytes().replace(b'"psnr":45.5', b'"psnr":55.5', 1))


def test_an_exported_ledger_is_verified_where_there_is_no_database(
    maquette: Run, kept: Path, tmp_path: Path
) -> None:
    exported = tmp_path / "ledger.jsonl"
    done = maquette("ledger", "export", str(exported))
    assert done.code == 0
    head = json.loads(exported.read_bytes().splitlines()[-1])["head"]
    assert head in done.output
    assert SECRET.encode() not in exported.read_bytes()
    kept.unlink()
    assert maquette("ledger", "verify", str(exported), "--head", head).code == 0
    assert "Rows      0" in maquette("ledger", "verify").output
    spoil(exported)
    told = maquette("ledger", "verify", str(exported))
    assert told.code == 1
    assert "Problem: Row 2 of the ledger does not follow the row before it" in told.output


def test_contents_are_exported_on_request(maquette: Run, kept: Path, tmp_path: Path) -> None:
    exported = tmp_path / "ledger.jsonl"
    assert maquette("ledger", "export", str(exported), "--with-contents").code == 0
    assert exported.read_bytes().count(b'"content":"recipe"') == 3
    told = json.loads(maquette("ledger", "verify", str(exported), "--json").output)
    assert (told["rows"], told["problems"]) == (3, [])


def test_a_head_that_is_not_in_the_ledger_is_told(maquette: Run, kept: Path) -> None:
    told = maquette("ledger", "verify", "--head", "ab" * 32)
    assert told.code == 1
    assert "noted earlier is not in the ledger" in told.output


def test_forgetting_needs_a_yes_and_erases_the_prompt(maquette: Run, kept: Path) -> None:
    asked = maquette("ledger", "forget", "7F3A-91C1")
    assert asked.code == 2
    assert "add --yes" in asked.errors
    done = maquette("ledger", "forget", "7f3a-91c1", "--yes")
    assert done.code == 0
    assert "Erased from 1 row of record 7F3A-91C1" in done.errors
    with Ledger.open_read_only(kept) as ledger:
        (forgotten,) = ledger.by_record("7F3A91C1")
        assert ledger.recipe(forgotten) is None
        assert ledger.verify().problems == ()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("forget", "0BADF00D", "--yes"), "The ledger has no record 0BAD-F00D."),
        (("forget", "../../etc", "--yes"), "is no record id; they look like 7F3A-91C2."),
        (("verify", "--head", "abc"), "A head has 64 hexadecimal digits"),
        (("verify", "missing.jsonl"), "The file missing.jsonl cannot be read"),
    ],
)
def test_a_wrong_argument_is_told_in_one_sentence(
    maquette: Run, kept: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    told = maquette("ledger", *arguments)
    assert told.code == 2
    assert sentence in told.errors


def test_a_place_that_cannot_be_written_is_told(maquette: Run, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = maquette("ledger", "export", str(tmp_path / "file" / "ledger.jsonl"))
    assert told.code == 1
    assert "choose another place" in told.errors


def test_the_doctor_verifies_the_chain(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "LEAST_FREE", 0)
    healthy = check_installation(Settings())
    assert healthy.ledger is not None
    assert healthy.ledger.rows == 3
    assert healthy.problems == []
    content = kept.read_bytes()
    assert b'"psnr":45.5' in content
    kept.write_bytes(content.replace(b'"psnr":45.5', b'"psnr":55.5'))
    ill = check_installation(Settings())
    assert "Row 1 of the ledger was changed after it was written." in ill.problems
