"""Saving ends in a complete, indexed file or in nothing, with one sentence."""

import errno
import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from maquette.core.errors import InputError, SaveError
from maquette.core.marking import FileFormat
from maquette.core.pixels import pixel_digest
from maquette.library import writer as writer_module
from maquette.library.archive import Archive
from maquette.library.filing import SUFFIXES
from maquette.library.ingredients import Ingredients
from maquette.library.ledger_row import sha256
from maquette.library.store import Library
from maquette.library.thumbnails import ThumbnailSize
from maquette.library.writer import Writer, write_export
from maquette.provenance.likeness import same_picture
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed

Seal = Callable[..., Sealed]


def files(folder: Path) -> list[str]:
    """Every file below `folder`, hidden ones included."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def nothing_is_left(folder: Path, library: Library) -> bool:
    return (not folder.exists() or files(folder) == []) and library.count() == 0


def test_a_saved_picture_is_complete_and_in_the_library(
    writer: Writer, library: Library, pictures: Path, sealed: Seal
) -> None:
    made = sealed()
    path = writer.save(made.record, made.file, made.mark)
    assert path == pictures / f"a-red-mug-{made.record.id}.png"
    assert path.read_bytes() == made.file
    assert read_image(path)[1].record is not None
    (entry,) = library.recent(10)
    assert entry.path == path
    assert entry.record == made.record
    assert files(pictures) == [path.name]


def test_what_it_was_drawn_after_is_kept_before_it(
    writer: Writer, archive: Archive, library: Library, pictures: Path, sealed: Seal
) -> None:
    sketch = np.full((256, 256, 3), 9, np.uint8)
    images = {pixel_digest(sketch): sketch}
    made = sealed()
    kept = Ingredients.beside(archive.library.path)
    path = kept.path(pixel_digest(sketch))
    assert path is not None
    path.parent.parent.write_text("in the way")
    with pytest.raises(SaveError):
        writer.save(made.record, made.file, made.mark, images=images)
    assert nothing_is_left(pictures, library)
    path.parent.parent.unlink()
    writer.save(made.record, made.file, made.mark, images=images)
    found = kept.pixels(pixel_digest(sketch))
    assert found is not None
    assert np.array_equal(found, sketch)


def test_its_thumbnail_is_small_and_shows_it(
    writer: Writer, library: Library, sealed: Seal
) -> None:
    made = sealed()
    writer.save(made.record, made.file, made.mark)
    with Image.open(library.recent(1)[0].thumbnail) as thumbnail:
        assert max(thumbnail.size) <= ThumbnailSize.LARGE
        mean = np.asarray(thumbnail.convert("RGB"), np.float64).mean()
    assert abs(mean - read_image(made.file)[0].mean()) < 5


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_every_format_is_saved_under_its_suffix(
    writer: Writer, archive: Archive, sealed: Seal, file_format: FileFormat
) -> None:
    made = sealed(file_format=file_format)
    path = writer.save(made.record, made.file, made.mark, made.manifest)
    assert path.suffix == SUFFIXES[file_format]
    told = archive.ledger.by_file(sha256(path.read_bytes()))
    assert told is not None
    assert same_picture(read_image(path)[0], told.perceptual_hash, told.likeness).agrees


def test_folders_of_the_template_are_made(
    archive: Archive, library: Library, pictures: Path, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed()
    path = Writer(archive, pictures, "{seed}/{prompt}", tmp_path / "t").save(
        made.record, made.file, made.mark
    )
    assert path == pictures / "7" / "a-red-mug.png"
    assert library.recent(1)[0].path == path


def test_a_taken_name_is_counted_up(writer: Writer, library: Library, sealed: Seal) -> None:
    made = sealed()
    names = [writer.save(made.record, made.file, made.mark).stem for _ in range(3)]
    stem = f"a-red-mug-{made.record.id}"
    assert names == [stem, f"{stem}-2", f"{stem}-3"]
    assert library.count() == 3


def test_a_template_with_a_number_counts_itself(
    archive: Archive, pictures: Path, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed()
    writer = Writer(archive, pictures, "{n}", tmp_path / "t")
    names = [writer.save(made.record, made.file, made.mark).name for _ in range(2)]
    assert names == ["0001.png", "0002.png"]


def test_two_writers_never_take_the_same_name(
    archive: Archive, pictures: Path, tmp_path: Path, sealed: Seal
) -> None:
    made, saved = sealed(), []

    def save() -> None:
        writer = Writer(archive, pictures, "same", tmp_path / "t")
        saved.extend(writer.save(made.record, made.file, made.mark) for _ in range(5))

    threads = [threading.Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(saved)) == 20
    assert files(pictures) == sorted(path.name for path in saved)


def test_a_name_is_taken_safely_where_there_are_no_hard_links(
    writer: Writer, sealed: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    made = sealed()
    first, second = (writer.save(made.record, made.file, made.mark) for _ in range(2))
    assert first.read_bytes() == second.read_bytes() == made.file
    assert second.stem.endswith("-2")


def test_a_file_without_its_record_is_refused(
    writer: Writer, library: Library, pictures: Path, sealed: Seal
) -> None:
    made = sealed()
    other = msgspec.structs.replace(made.record, id="0BADF00D")
    with pytest.raises(SaveError, match="does not carry its record 0BAD-F00D"):
        writer.save(other, made.file, made.mark)
    with pytest.raises(SaveError, match="damaged"):
        writer.save(made.record, made.file[:-5000], made.mark)
    assert nothing_is_left(pictures, library)


def test_a_bad_template_is_told_and_leaves_nothing(
    archive: Archive, library: Library, pictures: Path, sealed: Seal
) -> None:
    made = sealed()
    with pytest.raises(InputError, match="unknown field"):
        Writer(archive, pictures, "{who}").save(made.record, made.file, made.mark)
    assert nothing_is_left(pictures, library)


def test_a_full_disk_leaves_nothing(
    small_disk: Callable[[str], Path],
    archive: Archive,
    library: Library,
    tmp_path: Path,
    sealed: Seal,
) -> None:
    disk, made = small_disk("size=64k"), sealed()
    assert len(made.file) > 64 << 10
    writer = Writer(archive, disk / "deep" / "er", "{id}", tmp_path / "t")
    with pytest.raises(SaveError, match="The disk is full: free some space"):
        writer.save(made.record, made.file, made.mark)
    assert list(disk.iterdir()) == []
    assert nothing_is_left(disk, library)
    assert not (tmp_path / "t").exists()


def test_a_read_only_disk_is_told(
    small_disk: Callable[[str], Path],
    archive: Archive,
    library: Library,
    tmp_path: Path,
    sealed: Seal,
) -> None:
    disk, made = small_disk("ro"), sealed()
    with pytest.raises(SaveError, match="cannot be written to; choose another one"):
        Writer(archive, disk, "{id}", tmp_path / "t").save(made.record, made.file, made.mark)
    assert library.count() == 0


@pytest.mark.skipif(os.name == "nt", reason="permissions are kept differently on Windows")
@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_without_permission_is_told(
    writer: Writer, library: Library, pictures: Path, sealed: Seal
) -> None:
    pictures.mkdir(mode=0o500)
    with pytest.raises(SaveError, match="cannot be written to"):
        writer.save(sealed().record, sealed().file, sealed().mark)
    assert library.count() == 0


def test_a_path_that_is_too_long_is_told(
    archive: Archive, library: Library, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed()
    folder = tmp_path / Path(*["long" * 50] * 25)
    with pytest.raises(SaveError, match="is too long"):
        Writer(archive, folder, "{id}", tmp_path / "t").save(made.record, made.file, made.mark)
    assert not (tmp_path / ("long" * 50)).exists()
    assert library.count() == 0


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are always text")
def test_a_folder_whose_name_is_no_text_is_told(
    archive: Archive, library: Library, tmp_path: Path, sealed: Seal
) -> None:
    writer = Writer(archive, tmp_path / os.fsdecode(b"\xff"), "{id}", tmp_path / "t")
    with pytest.raises(SaveError, match="is not valid text"):
        writer.check()
    with pytest.raises(SaveError, match="is not valid text"):
        writer.save(sealed().record, sealed().file, sealed().mark)
    assert nothing_is_left(tmp_path / os.fsdecode(b"\xff"), library)


def test_a_file_in_place_of_the_folder_is_told(
    archive: Archive, tmp_path: Path, sealed: Seal
) -> None:
    (tmp_path / "taken").write_text("mine")
    made = sealed()
    with pytest.raises(SaveError, match="is not there and cannot be made"):
        Writer(archive, tmp_path / "taken", "{id}", tmp_path / "t").save(
            made.record, made.file, made.mark
        )
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_row_that_cannot_be_written_takes_the_file_with_it(
    writer: Writer, library: Library, pictures: Path, sealed: Seal, tmp_path: Path
) -> None:
    connection = sqlite3.connect(tmp_path / "data" / "library.sqlite3")
    connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON pictures BEGIN SELECT RAISE(ABORT, 'no space'); END"
    )
    connection.close()
    with pytest.raises(SaveError, match=r"index could not be written \(no space\)"):
        writer.save(sealed().record, sealed().file, sealed().mark)
    assert nothing_is_left(pictures, library)
    assert files(tmp_path / "thumbnails") == []


def test_a_ledger_that_cannot_be_written_keeps_the_picture_back(
    archive: Archive, writer: Writer, pictures: Path, sealed: Seal, tmp_path: Path
) -> None:
    connection = sqlite3.connect(tmp_path / "data" / "ledger.sqlite3")
    connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no space'); END"
    )
    connection.close()
    with pytest.raises(SaveError, match=r"ledger could not be written \(no space\), so"):
        writer.save(sealed().record, sealed().file, sealed().mark)
    assert nothing_is_left(pictures, archive.library)
    copy = tmp_path / "copy.png"
    copy.write_bytes(b"an older one")
    with pytest.raises(SaveError, match="ledger could not be written"):
        write_export(archive, copy, sealed().record, sealed().file, sealed().mark)
    assert copy.read_bytes() == b"an older one"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.png", "data"]


def test_a_copy_to_a_place_that_is_not_there_is_told(
    archive: Archive, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed()
    with pytest.raises(SaveError, match="is not there and cannot be made"):
        write_export(archive, tmp_path / "no" / "copy.png", made.record, made.file, made.mark)
    assert archive.ledger.verify().rows == 0


def test_bytes_that_come_back_wrong_are_not_kept(
    writer: Writer,
    library: Library,
    pictures: Path,
    sealed: Seal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sync = writer_module.sync_folder

    def sync_and_rot(folder: Path) -> None:
        sync(folder)
        for path in folder.glob("*.png"):
            path.write_bytes(path.read_bytes()[:-1] + b"?")

    monkeypatch.setattr(writer_module, "sync_folder", sync_and_rot)
    with pytest.raises(SaveError, match="gave back other bytes"):
        writer.save(sealed().record, sealed().file, sealed().mark)
    assert nothing_is_left(pictures, library)


def test_a_failed_save_does_not_touch_earlier_pictures(
    writer: Writer, library: Library, sealed: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sealed()
    kept = writer.save(made.record, made.file, made.mark)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(writer_module, "read_back", fail)
    with pytest.raises(SaveError, match=r"could not be saved .*\(Input/output error\)"):
        writer.save(made.record, made.file, made.mark)
    assert kept.read_bytes() == made.file
    (entry,) = library.recent(10)
    assert Path(entry.thumbnail).exists()


def test_a_missing_thumbnail_does_not_lose_the_picture(
    archive: Archive, library: Library, pictures: Path, tmp_path: Path, sealed: Seal
) -> None:
    (tmp_path / "blocked").touch()
    made = sealed()
    path = Writer(archive, pictures, "{id}", tmp_path / "blocked").save(
        made.record, made.file, made.mark
    )
    assert path.exists()
    assert library.recent(1)[0].thumbnail == ""


def test_a_folder_is_checked_before_anything_is_made_for_it(
    small_disk: Callable[[str], Path], archive: Archive, tmp_path: Path
) -> None:
    Writer(archive, tmp_path / "new" / "folder", "{id}", tmp_path / "t").check()
    assert not (tmp_path / "new").exists()
    with pytest.raises(SaveError, match="cannot be written to"):
        Writer(archive, small_disk("ro"), "{id}", tmp_path / "t").check()
    with pytest.raises(InputError, match="unknown field"):
        Writer(archive, tmp_path, "{who}", tmp_path / "t").check()
