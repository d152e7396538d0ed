"""The window's start picture brings along what its file says of itself."""

import asyncio
import threading
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from maquette.core.errors import ImageError
from maquette.core.marking import Marking
from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.seal import seal
from maquette.state.pictures import read_pixels
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


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[str, str]:
    """A large picture and a small one."""
    paths = tmp_path / "large.png", tmp_path / "small.png"
    for path, side in zip(paths, (64, 8), strict=True):
        Image.fromarray(np.zeros((side, side, 3), np.uint8)).save(path)
    return str(paths[0]), str(paths[1])


def read_last(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `path` read for as long as it takes to read the other one."""
    other = threading.Event()

    def read(file: str) -> Pixels:
        if file == path:
            other.wait(20)
        pixels = read_pixels(file)
        other.set()
        return pixels

    monkeypatch.setattr("maquette.state.start.read_pixels", read)


def test_the_picture_that_was_chosen_last_is_held_however_long_others_take(
    qapp: object, pictures: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = pictures
    starts = StartPictures()
    read_last(large, monkeypatch)

    async def choose() -> None:
        first, second = await asyncio.gather(starts.load(large), starts.load(small))
        assert first is None
        assert starts.current.value.picture is second
        assert second is not None

    asyncio.run(choose())


def test_a_picture_that_was_taken_away_while_it_was_read_does_not_come_back(
    qapp: object, pictures: tuple[str, str]
) -> None:
    starts = StartPictures()

    async def choose() -> None:
        loading = asyncio.create_task(starts.load(pictures[0]))
        await asyncio.sleep(0)
        starts.clear()
        assert await loading is None
        assert starts.current.value.picture is None

    asyncio.run(choose())


def test_what_the_session_remembers_never_takes_the_place_of_what_was_chosen(
    qapp: object, pictures: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered, chosen = pictures
    starts = StartPictures()
    read_last(remembered, monkeypatch)

    async def choose() -> None:
        picture, held = await asyncio.gather(starts.load(chosen), starts.hold(remembered))
        assert held.path == remembered
        assert picture is not None
        assert starts.current.value.picture is picture

    asyncio.run(choose())
