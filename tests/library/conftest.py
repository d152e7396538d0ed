"""Sealed pictures, a library and a writer in folders of one test."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from maquette.core.gallery import GalleryPicture
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileFormat, Marking
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.library.archive import Archive
from maquette.library.filing import entry_for
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry, sha256
from maquette.library.store import Library
from maquette.library.writer import Writer
from maquette.provenance.seal import Sealed, seal


def make_record(prompt: str = "a red mug", seed: int = 7) -> Record:
    """The record of a small picture."""
    recipe = Recipe(
        prompt=prompt,
        seed=seed,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.0,
        model=ModelRef("maquette-mini", "ab" * 32, "Maquette Mini"),
    )
    return Record(
        id=record_id_for(recipe),
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
    )


@pytest.fixture(scope="session")
def sealed() -> Callable[..., Sealed]:
    """(prompt, seed, format) to a sealed picture; each is made once."""
    made: dict[tuple[str, int, FileFormat], Sealed] = {}

    def of(
        prompt: str = "a red mug", seed: int = 7, file_format: FileFormat = FileFormat.PNG
    ) -> Sealed:
        key = (prompt, seed, file_format)
        if key not in made:
            noise = np.random.default_rng(seed).integers(90, 160, (256, 256, 3), dtype=np.uint8)
            record = make_record(prompt, seed)
            made[key] = seal(noise, record, Marking(), file_format=file_format)
        return made[key]

    return of


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty library with its ledger."""
    data = tmp_path / "data"
    with Archive.open(data / "library.sqlite3", data / "ledger.sqlite3") as opened:
        yield opened


@pytest.fixture
def library(archive: Archive) -> Library:
    """The index of the archive."""
    return archive.library


@pytest.fixture
def ledger(archive: Archive) -> Ledger:
    """The ledger of the archive."""
    return archive.ledger


@pytest.fixture(scope="session")
def new_entry() -> Callable[..., NewEntry]:
    """(seed of the picture, changed fields) to an entry of its own."""

    def of(seed: int = 7, prompt: str = "a red mug", **changes: object) -> NewEntry:
        record = make_record(prompt, seed)
        pixels = np.random.default_rng(seed).integers(0, 255, (256, 256, 3), dtype=np.uint8)
        mark = MarkResult(preset="standard", verified=True, robust=True, psnr=45.5, strength=1.0)
        entry = entry_for(record, b"file %d" % seed, pixels, mark, b"manifest of %d" % seed)
        return msgspec.structs.replace(entry, **changes)

    return of


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder for pictures with a difficult name; it is not there yet."""
    return tmp_path / "my pictures 图片"


@pytest.fixture
def writer(archive: Archive, pictures: Path, tmp_path: Path) -> Writer:
    """A writer into `pictures`."""
    return Writer(archive, pictures, "{prompt}-{id}", tmp_path / "thumbnails")


@pytest.fixture
def pictured(writer: Writer, sealed: Callable[..., Sealed]) -> Callable[..., GalleryPicture]:
    """(prompt, seed, changed fields) to a saved picture as the gallery tells of it."""

    def of(prompt: str = "a red mug", seed: int = 7, **changes: object) -> GalleryPicture:
        made = sealed(prompt, seed)
        path = writer.save(made.record, made.file, made.mark, made.manifest)
        picture = GalleryPicture(
            id=seed,
            path=path,
            record=made.record,
            created=made.record.created,
            width=256,
            height=256,
            file_bytes=len(made.file),
            file_sha256=sha256(made.file),
        )
        return msgspec.structs.replace(picture, **changes)

    return of


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system of its own with the given options."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk {len(mounted)} 盘"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("mounting a small disk needs root")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)
