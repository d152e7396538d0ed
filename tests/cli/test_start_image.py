"""What a start image carries is kept by what is made from it, through two real generations."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from maquette.core.marking import FileFormat
from maquette.core.record import SourceType, spoken_id
from maquette.library.store import Library
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.manifest.claim import ManifestClaim
from maquette.provenance.manifest.reading import ManifestState, read
from maquette.provenance.manifest.signing import sign

Run = Callable[..., Any]
STARTED = ("generate", "a red ceramic mug", "--seed", "7", "--steps", "4", "--strength", "0.6")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def foreign(home: Path) -> Path:
    """A JPEG that somebody else signed."""
    random = np.random.default_rng(4)
    coarse = Image.fromarray(random.integers(40, 220, (12, 12, 3), dtype=np.uint8))
    buffer = io.BytesIO()
    coarse.resize((320, 320), Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=92)
    claim = ManifestClaim(
        record_id="00000000",
        created="2026-01-01T00:00:00+00:00",
        tool="Somebody's Camera",
        tool_version="2",
        source_type=SourceType.GENERATED,
        width=320,
        height=320,
        watermarked=False,
    )
    stranger = open_signer(home / "stranger", find_keychain=lambda: None)
    path = home / "foreign.jpg"
    path.write_bytes(sign(buffer.getvalue(), FileFormat.JPEG, claim, stranger).file)
    return path


@pytest.fixture(scope="module")
def first(home: Path, foreign: Path, spawn: Run, finish: Run) -> Any:
    """Made from the stranger's file."""
    options = ("--start", str(foreign), "--format", "jpg", "--quality", "90", "--json")
    return finish(spawn(home, *STARTED, *options))


@pytest.fixture(scope="module")
def second(home: Path, first: Any, spawn: Run, finish: Run) -> Any:
    """Made from the first."""
    path = json.loads(first.output)["pictures"][0]["path"]
    return finish(spawn(home, *STARTED, "--start", path, "--format", "webp", "--json"))


def picture(result: Any) -> dict[str, Any]:
    assert result.code == 0, result.errors
    (made,) = json.loads(result.output)["pictures"]
    assert made["notices"] == []
    return made


def test_the_manifest_of_a_strangers_picture_is_kept(first: Any) -> None:
    file = Path(picture(first)["path"]).read_bytes()
    reading = read(file)
    assert reading is not None
    assert reading.state is ManifestState.UNKNOWN_SIGNER  # no roots were given
    (parent,) = reading.parents
    assert (parent.has_manifest, parent.holds, parent.record_id) == (True, True, "")
    assert parent.signer.startswith("Maquette installation ")
    assert parent.generator == "Somebody's Camera 2"
    assert len(parent.digest) == 64


def test_the_picture_is_saved_in_the_format_asked_for(first: Any, second: Any, home: Path) -> None:
    paths = [Path(picture(result)["path"]) for result in (first, second)]
    assert [path.suffix for path in paths] == [".jpg", ".webp"]
    with Image.open(paths[0]) as jpeg, Image.open(paths[1]) as webp:
        assert (jpeg.format, webp.format) == ("JPEG", "WEBP")
    with Library.open(home / "data" / "library.sqlite3") as library:
        entries = {entry.path: entry for entry in library.recent(10)}
    for path in paths:
        with Image.open(entries[path].thumbnail) as thumbnail:
            assert thumbnail.size == (256, 256)


def test_the_second_generation_names_the_first_and_keeps_all_before(
    first: Any, second: Any, home: Path
) -> None:
    reading = read(Path(picture(second)["path"]).read_bytes())
    assert reading is not None
    (parent,) = reading.parents
    assert (parent.holds, parent.record_id) == (True, picture(first)["record"])
    assert b"Somebody's Camera" in Path(picture(second)["path"]).read_bytes()
    with Library.open(home / "data" / "library.sqlite3") as library:
        (entry,) = library.find_record(picture(second)["record"])
    assert entry.record.recipe.start is not None
    assert entry.record.recipe.start.record == picture(first)["record"]


def test_verify_tells_what_pictures_were_made_from(
    first: Any, second: Any, home: Path, spawn: Run, finish: Run
) -> None:
    paths = [picture(result)["path"] for result in (first, second)]
    told = finish(spawn(home, "verify", "--strict", *paths))
    assert told.code == 0, told.output
    before, after = told.output.strip().split("\n\n")
    assert "It was made from a picture that was signed as Maquette installation " in before
    assert "[Somebody's Camera 2]" in before
    assert f"[{spoken_id(picture(first)['record'])} · Maquette " in after
