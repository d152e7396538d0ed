"""The window's start picture brings along what its file says of itself."""

import asyncio
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import pytest

from maquette.core.errors import ImageError
from maquette.core.marking import Marking
from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.seal import seal
from maquette.state.session import StartChoice
from maquette.state.start import StartPictures

RECIPE = Recipe(
    prompt="a red mug",
    seed=7,
    width=256,
    height=256,
    steps=20,
    guidance_scale=5.0,
    model=ModelRef("maquette-mini"),
)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of ours, signed."""
    folder = tmp_path_factory.mktemp("signed")
    record = Record(
        id=record_id_for(RECIPE),
        recipe=RECIPE,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
    )
    noise: Pixels = np.random.default_rng(7).integers(90, 160, (256, 256, 3), dtype=np.uint8)
    signer = partial(open_signer, folder / "identity", find_keychain=lambda: None)
    path = folder / "mug.png"
    path.write_bytes(seal(noise, record, Marking(), open_signer=signer).file)
    return path


def test_record_and_manifest_go_along_and_are_there_for_variations(
    qapp: object, signed: Path
) -> None:
    starts = StartPictures()
    image, start = asyncio.run(starts.fit(StartChoice(str(signed)), 320, 256))
    assert image.record == record_id_for(RECIPE)
    assert start.file == signed.read_bytes()
    assert start.pixels.shape == (256, 320, 3)
    assert starts.start_for(msgspec.structs.replace(RECIPE, start=image)) is start
    assert starts.start_for(RECIPE) is None


def test_a_start_picture_that_is_gone_is_told(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="no longer there"):
        asyncio.run(StartPictures().fit(StartChoice(str(tmp_path / "gone.png")), 256, 256))
