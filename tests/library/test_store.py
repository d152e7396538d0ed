"""The index keeps what it was told, across threads, processes and versions."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from maquette.core.errors import LibraryError
from maquette.library.schemas import LIBRARY
from maquette.library.store import Library, NewPicture
from maquette.provenance.seal import Sealed

Seal = Callable[..., Sealed]


def picture(sealed: Sealed, folder: Path, name: str) -> NewPicture:
    return NewPicture(
        folder=folder,
        path=Path(name),
        record=sealed.record,
        file_bytes=len(sealed.file),
        file_sha256="f" * 64,
        pixel_sha256="e" * 64,
    )


def test_what_was_added_is_found_again_after_reopening(tmp_path: Path, sealed: Seal) -> None:
    path = tmp_path / "library.sqlite3"
    with (
        Library.open(path) as library,
        library.adding(picture(sealed(), tmp_path, "day/a mug 杯.png")) as row,
    ):
        assert row == 1
    with Library.open(path) as library:
        (entry,) = library.recent(10)
        assert entry.path == tmp_path / "day" / "a mug 杯.png"
        assert entry.record == sealed().record
        assert library.get(entry.id) == entry
        assert library.get(99) is None
        assert library.count() == 1


def test_the_newest_come_first_and_the_rest_are_left_out(
    library: Library, tmp_path: Path, sealed: Seal
) -> None:
    for number in range(5):
        with library.adding(picture(sealed(), tmp_path, f"{number}.png")):
            pass
    assert [entry.path.stem for entry in library.recent(3)] == ["4", "3", "2"]


def test_one_record_can_have_several_files(library: Library, tmp_path: Path, sealed: Seal) -> None:
    for name in ("a.png", "a-2.png"):
        with library.adding(picture(sealed(), tmp_path, name)):
            pass
    found = library.find_record(sealed().record.id)
    assert [entry.path.name for entry in found] == ["a-2.png", "a.png"]


def test_a_row_is_gone_when_its_block_raises(
    library: Library, tmp_path: Path, sealed: Seal
) -> None:
    with pytest.raises(OSError, match="disk"), library.adding(picture(sealed(), tmp_path, "a.png")):
        raise OSError("disk")
    assert library.recent(10) == []
    with library.adding(picture(sealed(), tmp_path, "a.png")):
        pass
    assert library.count() == 1


def test_a_picture_in_the_place_of_one_that_was_deleted_outside_is_kept(
    library: Library, tmp_path: Path, sealed: Seal
) -> None:
    with library.adding(picture(sealed(), tmp_path, "a mug.png")) as first:
        pass
    with library.adding(picture(sealed(), tmp_path, "a mug.png")) as second:
        pass
    kept, missing = library.recent(5)
    assert (kept.id, kept.path) == (second, tmp_path / "a mug.png")
    assert missing.id == first
    assert missing.path != kept.path


def test_threads_and_other_processes_can_add_at_the_same_time(tmp_path: Path, sealed: Seal) -> None:
    made, path = sealed(), tmp_path / "library.sqlite3"
    failures: list[BaseException] = []

    def add(library: Library, name: str) -> None:
        try:
            for number in range(10):
                with library.adding(picture(made, tmp_path, f"{name}-{number}.png")):
                    pass
        except BaseException as error:
            failures.append(error)

    with Library.open(path) as one, Library.open(path) as two:
        work = [(one, "a"), (one, "b"), (two, "c"), (two, "d")]
        threads = [threading.Thread(target=add, args=each) for each in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert one.count() == two.count() == 40


def test_many_can_open_a_new_library_at_once(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.sqlite3"
    failures: list[BaseException] = []

    def open_and_close() -> None:
        try:
            Library.open(path).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_and_close) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_library_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    Library.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {LIBRARY.version + 1}")
    connection.close()
    with pytest.raises(LibraryError, match="newer version of Maquette"):
        Library.open(path)


def test_a_damaged_library_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"this is no database, " * 1000)
    with pytest.raises(LibraryError, match=r"cannot be read .*doctor --rebuild"):
        Library.open(path)
    assert path.read_bytes().startswith(b"this is no database")


def test_a_library_in_an_impossible_place_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library.open(tmp_path / "file" / "library.sqlite3")
