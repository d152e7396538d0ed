"""`maquette import` and `maquette doctor --rebuild`, as they are typed."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from maquette.cli import checkup
from maquette.cli.checkup import check_installation
from maquette.core.job import Job
from maquette.core.job_change import Role
from maquette.core.paths import library_file, queue_file
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.settings import Settings
from maquette.library.gallery import Gallery
from maquette.library.query import parse_query
from maquette.library.queue.store import QueueStore

Run = Callable[..., Any]


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """A folder with two pictures of another program and a file that is none."""
    folder = tmp_path / "outputs"
    folder.mkdir()
    for seed in (1, 2):
        info = PngImagePlugin.PngInfo()
        info.add_text("parameters", f"a mug\nSteps: 1, Sampler: Euler, Seed: {seed}, Size: 8x8")
        Image.new("RGB", (8, 8), (seed, 0, 0)).save(folder / f"{seed}.png", pnginfo=info)
    return folder


def test_an_odd_file_is_told_of_in_one_sentence_only(
    tmp_path: Path, outputs: Path, spawn: Run, finish: Run
) -> None:
    cut_off = b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x87\x69"
    Image.new("RGB", (8, 8)).save(outputs / "odd.jpg", exif=cut_off)
    (outputs / "none.png").write_bytes(b"no picture")
    result = finish(spawn(tmp_path, "import", str(outputs)))
    assert result.code == 1
    assert [line.startswith("maquette: ") for line in result.errors.splitlines()] == [True]


def test_importing_tells_how_many(maquette: Run, outputs: Path) -> None:
    result = maquette("import", str(outputs))
    assert result.code == 0
    assert result.output == "2 imported, 0 known already, 0 not read.\n"
    again = json.loads(maquette("import", str(outputs), "--json").output)
    assert (again["added"], again["known"]) == (0, 2)


def test_a_file_that_cannot_be_read_is_named_in_plain_text(maquette: Run, outputs: Path) -> None:
    (outputs / "evil\u202e\x1b[2J.png").write_text("no picture")
    result = maquette("import", str(outputs))
    assert result.code == 1
    assert "2 imported" in result.output
    (line,) = result.errors.splitlines()
    assert line.endswith(
        "is not a PNG, JPEG, WebP, AVIF or TIFF image, or its beginning is damaged."
    )
    assert not {"\u202e", "\x1b"} & set(line)


def test_a_path_that_is_not_there_is_wrong_usage(maquette: Run, outputs: Path) -> None:
    result = maquette("import", str(outputs), str(outputs / "nowhere"))
    assert result.code == 2
    assert result.errors == f"maquette: There is no file or folder {outputs / 'nowhere'}.\n"
    assert json.loads(maquette("import", str(outputs), "--json").output)["added"] == 2


def test_rebuilding_keeps_what_was_imported(maquette: Run, outputs: Path) -> None:
    maquette("import", str(outputs))
    result = maquette("doctor", "--rebuild")
    assert result.code == 0
    kept = library_file().with_name("library.sqlite3.before-rebuild")
    assert result.output.splitlines() == [
        "0 pictures of yours, 2 of other programs.",
        f"Ratings, tags, boards, notes and trash were taken from {library_file()}.",
        f"The old index is kept as {kept}.",
    ]
    assert json.loads(maquette("import", str(outputs), "--json").output)["known"] == 2


def test_a_library_that_cannot_be_opened_is_rebuilt(maquette: Run, outputs: Path) -> None:
    maquette("import", str(outputs))
    library_file().write_text("no database" * 1000)
    refused = maquette("import", str(outputs))
    assert refused.code == 1
    assert "maquette doctor --rebuild" in refused.errors
    result = maquette("doctor", "--rebuild")
    assert result.code == 0
    assert "could not be taken from the old index" in result.output
    with closing(sqlite3.connect(library_file())) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_folder_that_is_not_there_is_wrong_usage(maquette: Run, tmp_path: Path) -> None:
    result = maquette("doctor", "--rebuild", "--folder", str(tmp_path / "nowhere"))
    assert result.code == 2
    assert result.errors == f"maquette: There is no folder {tmp_path / 'nowhere'}.\n"


def test_a_library_that_is_open_is_not_rebuilt(maquette: Run, outputs: Path) -> None:
    maquette("import", str(outputs))
    with closing(sqlite3.connect(library_file())) as other:
        other.execute("SELECT count(*) FROM pictures").fetchone()
        result = maquette("doctor", "--rebuild")
        assert result.code == 1
        assert "The library is in use" in result.errors


def test_the_doctor_empties_old_trash_backs_up_and_counts(
    maquette: Run, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "LEAST_FREE", 0)
    maquette("import", str(outputs))
    with Gallery.open(library_file()) as gallery:
        gallery.trash(gallery.find(parse_query("seed:1")))
    queue = QueueStore(queue_file())
    queue.enter(Role.COMMAND)
    recipe = Recipe(
        prompt="a mug",
        seed=1,
        width=64,
        height=64,
        steps=1,
        guidance_scale=1.0,
        model=ModelRef("maquette-mini"),
    )
    queue.add(
        [
            Job(id=name, record_id="12AB34CD", group="g", recipe=recipe, total=1, created=1.0)
            for name in ("one", "two")
        ],
        None,
        first=False,
    )
    queue.set_back(["one"], "Stopped.")
    queue.leave()
    found = check_installation(Settings(trash_days=30))
    assert found.problems == []
    assert found.holdings is not None
    assert (found.holdings.kept.files, found.holdings.trash.files) == (1, 1)
    assert found.holdings.kept.bytes == (outputs / "2.png").stat().st_size
    assert (found.holdings.queue.waiting, found.holdings.queue.interrupted) == (1, 1)
    assert found.holdings.unfinished_exports == 0
    assert Path(found.backup).is_file()
    with closing(sqlite3.connect(library_file())) as connection, connection:
        connection.execute("UPDATE pictures SET trashed = '2026-01-01' WHERE trashed != ''")
    found = check_installation(Settings(trash_days=30))
    assert found.holdings is not None
    assert found.holdings.trash.files == 0
    assert [path.name for path in outputs.rglob("*.png")] == ["2.png"]
