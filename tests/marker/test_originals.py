"""What an export learns from the ledger."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import Marking
from maquette.core.paths import ledger_file, library_file
from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.library.archive import Archive
from maquette.library.writer import Writer
from maquette.marker.originals import original_of
from maquette.provenance.export import Original
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed, seal

RECIPE = Recipe(
    prompt="a mug",
    seed=7,
    width=256,
    height=256,
    steps=20,
    guidance_scale=5.0,
    model=ModelRef("maquette-mini"),
)
ID = record_id_for(RECIPE)
MANIFEST = b"the manifest"


@pytest.fixture(scope="module")
def sealed() -> Sealed:
    record = Record(
        id=ID,
        recipe=RECIPE,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
    )
    noise: Pixels = np.random.default_rng(7).integers(90, 160, (256, 256, 3), dtype=np.uint8)
    return seal(noise, record, Marking())


@pytest.fixture
def saved(maquette_home: Path, sealed: Sealed) -> MarkResult:
    """The picture in the ledger; gives how its mark came out."""
    with Archive.open(library_file(), ledger_file()) as archive:
        writer = Writer(archive, maquette_home / "pictures")
        writer.save(sealed.record, sealed.file, sealed.mark, MANIFEST)
    return sealed.mark


def resaved(file: bytes, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(read_image(file)[0]).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("copy", [lambda file: file, lambda file: resaved(file, "TIFF")])
def test_of_the_same_pixels_mark_and_manifest_are_known(
    copy: Callable[[bytes], bytes], sealed: Sealed, saved: MarkResult
) -> None:
    assert original_of(copy(sealed.file), ID) == Original(saved, MANIFEST)


def test_of_other_pixels_only_the_manifest_is_known(sealed: Sealed, saved: MarkResult) -> None:
    del saved
    assert original_of(resaved(sealed.file, "JPEG", quality=80), ID) == Original(None, MANIFEST)


def test_of_another_record_nothing_is_known(sealed: Sealed, saved: MarkResult) -> None:
    del saved
    assert original_of(sealed.file, "0BADF00D") == Original()


def test_without_a_ledger_or_with_a_broken_one_nothing_is_known(
    maquette_home: Path, sealed: Sealed
) -> None:
    assert original_of(sealed.file, ID) == Original()
    ledger_file().parent.mkdir(parents=True, exist_ok=True)
    ledger_file().write_bytes(b"no database at all, " * 500)
    assert original_of(sealed.file, ID) == Original()
