"""The ledger finds what it was told, changes nothing, and shows if somebody else did."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import pytest

from maquette.core.errors import LibraryError
from maquette.library.archive import Archive
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry, sha256
from maquette.library.schemas import LEDGER
from maquette.library.writer import Writer, write_export
from maquette.provenance.seal import Sealed

New = Callable[..., NewEntry]
Seal = Callable[..., Sealed]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger of one test is."""
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def kept(path: Path, new_entry: New) -> Iterator[Ledger]:
    """A ledger with five rows."""
    with Ledger.open(path) as opened:
        for seed in range(5):
            opened.append(new_entry(seed))
        yield opened


def tamper(path: Path, *statements: str) -> None:
    """Change the file as somebody would who knows how."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_what_was_told_is_found_by_record_file_and_pixels(path: Path, new_entry: New) -> None:
    new = new_entry()
    with Ledger.open(path) as ledger:
        told = ledger.append(new)
    with Ledger.open_read_only(path) as ledger:
        assert ledger.by_record(new.record_id) == [told]
        assert ledger.by_file(new.file_sha256) == told
        assert ledger.by_pixels(new.pixel_sha256) == told
        assert ledger.manifest(told) == new.manifest
        assert ledger.recipe(told) == new.recipe
        assert told.likeness == new.likeness
        assert told.mark == new.mark
        assert (told.number, told.previous) == (1, "")
        assert ledger.by_record("00000000") == []
        assert ledger.by_file("0" * 64) is None
        assert ledger.by_pixels("0" * 64) is None


def test_each_row_names_the_hash_of_the_one_before(kept: Ledger) -> None:
    rows = [(text, chained) for text, chained, _ in kept.rows()]
    assert [chained for _, chained in rows] == [sha256(text) for text, _ in rows]
    named = [msgspec.json.decode(text)["previous"] for text, _ in rows]
    assert named == ["", *(chained for _, chained in rows[:-1])]
    audit = kept.verify()
    assert (audit.rows, audit.head, audit.erased, audit.problems) == (5, rows[-1][1], 0, ())


def test_similar_files_come_nearest_first(path: Path, new_entry: New) -> None:
    hashes = ["ffffffffffffffff", "00000000000000ff", "0000000000000001", "0000000000000000"]
    with Ledger.open(path) as ledger:
        for number, value in enumerate(hashes[:3]):
            ledger.append(new_entry(number, perceptual_hash=value))

        def near(distance: int) -> list[str]:
            return [found.perceptual_hash for found in ledger.similar(hashes[3], distance)]

        assert near(0) == []
        assert near(8) == [hashes[2], hashes[1]]
        assert near(64) == [hashes[2], hashes[1], hashes[0]]
        ledger.append(new_entry(9, perceptual_hash=hashes[3]))
        assert near(1) == [hashes[3], hashes[2]]


def test_the_search_for_similar_files_misses_none(path: Path, new_entry: New) -> None:
    rng = np.random.default_rng(1)
    values = [rng.bytes(8).hex() for _ in range(40)]
    with Ledger.open(path) as ledger:
        for number, value in enumerate(values):
            ledger.append(new_entry(7, file_sha256=f"{number:064x}", perceptual_hash=value))
    with Ledger.open_read_only(path) as ledger:
        for wanted in values[:10]:
            distances = {v: (int(v, 16) ^ int(wanted, 16)).bit_count() for v in values}
            expected = {v for v, bits in distances.items() if bits <= 26}
            found = [entry.perceptual_hash for entry in ledger.similar(wanted, 26)]
            assert set(found) == expected or len(found) == 16 < len(expected)
            assert found == sorted(found, key=lambda v: distances[v])


def test_rows_and_contents_cannot_be_changed_by_accident(kept: Ledger, path: Path) -> None:
    attempts = [
        "UPDATE entries SET row = '{}' WHERE number = 2",
        "DELETE FROM entries WHERE number = 5",
        "INSERT INTO entries (number, row, chained) VALUES (9, '{}', '')",
        "INSERT OR REPLACE INTO entries (number, row, chained) VALUES (5, '{}', '')",
        "UPDATE contents SET bytes = x'00' WHERE number = 2",
        "UPDATE contents SET number = 3 WHERE number = 2",
        "DELETE FROM contents WHERE number = 2",
        "INSERT OR REPLACE INTO contents (number, kind, bytes) VALUES (2, 'recipe', x'00')",
    ]
    before = kept.verify()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for attempt in attempts:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(attempt)
    assert kept.verify() == before


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE entries SET row = replace(row, 'psnr\":45.5', 'psnr\":55.5') WHERE number = 3",
            "Row 3 of the ledger was changed after it was written.",
        ),
        ("DELETE FROM entries WHERE number = 3", "Of the ledger, row 3 is missing."),
        (
            "DELETE FROM entries WHERE number IN (2, 3, 4)",
            "Of the ledger, rows 2 to 4 are missing.",
        ),
        ("DELETE FROM entries WHERE number = 1", "Of the ledger, row 1 is missing."),
        (
            "UPDATE entries SET chained = 'ab' WHERE number = 3",
            "Row 4 of the ledger does not follow the row before it; "
            "one of the two was changed or replaced.",
        ),
        (
            "UPDATE entries SET row = '{\"number\":3}' WHERE number = 3",
            "Row 3 of the ledger cannot be read; it was damaged or changed.",
        ),
        (
            "UPDATE contents SET bytes = x'00' WHERE number = 2 AND kind = 'manifest'",
            "The manifest of row 2 of the ledger was changed after it was written.",
        ),
        (
            "DELETE FROM contents WHERE number = 2 AND kind = 'recipe'",
            "The recipe of row 2 of the ledger is missing.",
        ),
    ],
)
def test_what_was_changed_is_told(kept: Ledger, path: Path, statement: str, problem: str) -> None:
    tamper(path, statement)
    assert problem in kept.verify().problems


def test_a_row_that_was_forged_with_its_hash_breaks_the_chain(kept: Ledger, path: Path) -> None:
    (text, _, _) = list(kept.rows())[2]
    forged = text.decode().replace("45.5", "55.5")
    assert forged != text.decode()
    tamper(
        path,
        f"UPDATE entries SET row = '{forged}', chained = '{sha256(forged.encode())}' "
        "WHERE number = 3",
    )
    (problem,) = kept.verify().problems
    assert problem.startswith("Row 4 of the ledger does not follow the row before it")


def test_an_end_that_was_cut_off_is_told_to_whoever_noted_the_head(
    kept: Ledger, path: Path, new_entry: New
) -> None:
    noted = kept.verify().head
    kept.append(new_entry(5))
    assert kept.verify(noted).problems == ()
    tamper(path, "DELETE FROM entries WHERE number > 4")
    assert kept.verify().problems == ()
    (problem,) = kept.verify(noted).problems
    assert "noted earlier is not in the ledger" in problem


def test_what_is_forgotten_is_gone_and_the_chain_holds(path: Path, new_entry: New) -> None:
    secret = "a portrait of Ms Nobody at the harbour"
    private = new_entry(1, secret, manifest=b"manifest of Ms Nobody")
    with Ledger.open(path) as ledger:
        ledger.append(new_entry(0))
        told = ledger.append(private)
        ledger.append(msgspec.structs.replace(private, file_sha256="c" * 64))  # an export of it
        head = ledger.verify().head
        assert ledger.forget(told.record_id) == 2
        assert ledger.forget(told.record_id) == 0
        first, second = ledger.by_record(told.record_id)
        assert (first.number, first.likeness, second.likeness) == (2, b"", b"")
        assert ledger.manifest(first) is None
        assert ledger.recipe(first) is None
        assert ledger.recipe(ledger.by_record(new_entry(0).record_id)[0]) == new_entry(0).recipe
        audit = ledger.verify(head)
        assert (audit.rows, audit.erased, audit.problems) == (3, 6, ())
        # Also not in pages that SQLite no longer uses, nor in its log.
        for file in path.parent.iterdir():
            assert b"Nobody" not in file.read_bytes(), file.name


def test_the_digest_of_a_recipe_does_not_tell_the_recipe(path: Path, new_entry: New) -> None:
    with Ledger.open(path) as ledger:
        one, other = ledger.append(new_entry()), ledger.append(new_entry())
    assert one.recipe_sha256 != other.recipe_sha256


def test_reading_leaves_no_file_where_there_was_none(path: Path) -> None:
    with Ledger.open_read_only(path) as ledger:
        assert ledger.by_record("00000000") == []
        assert ledger.similar("0" * 16, 64) == []
        assert ledger.verify().rows == 0
    assert not path.exists()


def test_reading_sees_what_others_append_meanwhile(path: Path, new_entry: New) -> None:
    with Ledger.open(path) as ledger, Ledger.open_read_only(path) as reader:
        assert reader.by_record(new_entry(1).record_id) == []
        told = ledger.append(new_entry(1))
        assert reader.by_record(told.record_id) == [told]
        assert reader.similar(told.perceptual_hash, 0) == [told]
        with pytest.raises(LibraryError, match="could not be written"):
            reader.append(new_entry(2))


def test_a_file_of_another_version_or_none_is_told(path: Path) -> None:
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {LEDGER.version + 1}")
    for opening in (Ledger.open, Ledger.open_read_only):
        with pytest.raises(LibraryError, match="newer version of Maquette"):
            opening(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(LibraryError, match="older version of Maquette"):
        Ledger.open_read_only(path)
    damaged = path.with_name("damaged.sqlite3")
    damaged.write_bytes(b"no database at all, " * 500)
    for opening in (Ledger.open, Ledger.open_read_only):
        with pytest.raises(LibraryError, match="cannot be read"):
            opening(damaged)


def test_a_row_that_cannot_be_read_is_a_sentence_not_a_crash(kept: Ledger, path: Path) -> None:
    first = msgspec.json.decode(next(kept.rows())[0])
    tamper(path, "UPDATE entries SET row = replace(row, '\"tool\"', '\"tool2\"') WHERE number = 1")
    with pytest.raises(LibraryError, match="run maquette doctor"):
        kept.by_record(first["record_id"])


def test_a_saved_picture_and_its_export_stand_in_the_ledger(
    writer: Writer, archive: Archive, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed()
    path = writer.save(made.record, made.file, made.mark, b"its manifest")
    copy = tmp_path / "for the client.png"
    copy.write_bytes(b"an older one")
    write_export(archive, copy, made.record, made.file, made.mark)
    assert copy.read_bytes() == path.read_bytes() == made.file
    saved, exported = archive.ledger.by_record(made.record.id)
    assert saved.file_sha256 == exported.file_sha256 == sha256(made.file)
    assert archive.ledger.manifest(saved) == b"its manifest"
    assert archive.ledger.manifest(exported) is None
    assert archive.ledger.recipe(saved) == made.record.recipe
    assert (saved.width, saved.height) == (256, 256)
    assert [part.role for part in saved.ingredients] == ["model"]
    assert archive.library.count() == 1


def test_a_record_has_its_files_in_order(path: Path, new_entry: New) -> None:
    with Ledger.open(path) as ledger:
        for tool in ("one", "two", "three"):
            ledger.append(new_entry(7, tool=tool))
        found = ledger.by_record(new_entry(7).record_id)
        assert [entry.tool for entry in found] == ["one", "two", "three"]
