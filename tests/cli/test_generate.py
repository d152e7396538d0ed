"""Pictures made by the real engine through the command line. The runs are shared: each is slow."""

import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from PIL import Image

from maquette.core.record import MarkKind, spoken_id
from maquette.library.store import Library

PROMPT = "a red ceramic mug on a wooden table"
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's folders, shared by the runs."""
    return tmp_path_factory.mktemp("home of 画家")


@pytest.fixture(scope="module")
def in_library(home: Path, spawn: Run, finish: Run) -> Any:
    """Two pictures in the library."""
    return finish(spawn(home, "generate", PROMPT, "--seed", "7", "-n", "2", "--steps", "4"))


@pytest.fixture(scope="module")
def in_folder(home: Path, spawn: Run, finish: Run) -> Any:
    """The first of them once more, into a folder, without its recipe, told as JSON."""
    folder = str(home / "out 图")
    options = ["--seed", "7", "--steps", "4", "--out", folder, "--no-recipe", "--json"]
    return finish(spawn(home, "generate", PROMPT, *options))


def paths(result: Any) -> list[Path]:
    return [Path(line) for line in result.output.splitlines()]


def test_the_paths_of_the_files_are_printed_and_nothing_else(in_library: Any, home: Path) -> None:
    assert in_library.code == 0, in_library.errors
    files = paths(in_library)
    assert len(files) == 2
    for file in files:
        assert file.is_relative_to(home / "Pictures" / "Maquette")
        with Image.open(file) as image:
            assert image.size == (256, 256)
    assert "Picture 2 of 2" in in_library.errors
    assert "\x1b" not in in_library.errors  # no drawing where there is no terminal


def test_the_pictures_are_in_the_library_with_their_recipes(in_library: Any, home: Path) -> None:
    with Library.open(home / "data" / "library.sqlite3") as library:
        entries = {entry.path: entry.record for entry in library.recent(10)}
    records = [entries[path] for path in paths(in_library)]
    assert [record.recipe.seed for record in records] == [7, 8]
    for record in records:
        assert record.recipe.prompt == PROMPT
        assert len(record.recipe.model.digest) == 64
        assert all(mark.verified for mark in record.marks)
        assert [mark.kind for mark in record.marks] == [
            MarkKind.WATERMARK,
            MarkKind.XMP,
            MarkKind.RECIPE_TEXT,
            MarkKind.MANIFEST,
        ]


def test_the_same_seed_gives_the_same_pixels(in_library: Any, in_folder: Any) -> None:
    first, second = paths(in_library)
    again = json.loads(in_folder.output)["pictures"][0]["path"]
    pixels = [np.asarray(Image.open(path)) for path in (first, again, second)]
    assert np.array_equal(pixels[0], pixels[1])
    assert not np.array_equal(pixels[0], pixels[2])


def test_json_tells_everything_in_one_object(in_folder: Any, home: Path) -> None:
    assert in_folder.code == 0, in_folder.errors
    told = json.loads(in_folder.output)
    assert told["failed"] == []
    (picture,) = told["pictures"]
    assert Path(picture["path"]).parent == home / "out 图"
    assert (picture["seed"], picture["width"], picture["height"]) == (7, 256, 256)
    assert picture["notices"] == []


def test_show_tells_recipe_and_label(in_library: Any, home: Path, maquette: Run) -> None:
    file = paths(in_library)[0]
    with Library.open(home / "data" / "library.sqlite3") as library:
        (record,) = {entry.record.id for entry in library.recent(10) if entry.path == file}
    told = maquette("show", str(file))
    assert told.code == 0
    lines = dict(line.strip().split(maxsplit=1) for line in told.output.splitlines()[1:])
    assert lines["Record"] == spoken_id(record)
    assert lines["Prompt"] == PROMPT
    assert lines["Seed"] == "7"
    assert "trainedAlgorithmicMedia" in told.output
    as_json = json.loads(maquette("show", str(file), "--json").output)
    assert as_json["metadata"]["record"]["id"] == record
    assert as_json["parameters"]["settings"]["Sampler"] == "UniPC"


def test_verify_knows_what_was_generated(
    in_library: Any, home: Path, spawn: Run, finish: Run
) -> None:
    told = finish(spawn(home, "verify", "--strict", "--json", *in_library.output.splitlines()))
    assert told.code == 0, told.errors
    reports = [json.loads(line) for line in told.output.splitlines()]
    assert [report["verdict"] for report in reports] == ["signed_intact"] * 2
    assert [report["recipe"]["prompt"] for report in reports] == [PROMPT] * 2
    assert [report["known_path"] for report in reports] == in_library.output.splitlines()


def test_without_recipe_the_file_says_nothing_of_the_prompt(in_folder: Any, maquette: Run) -> None:
    path = json.loads(in_folder.output)["pictures"][0]["path"]
    assert b"ceramic" not in Path(path).read_bytes()
    told = maquette("show", path)
    assert "trainedAlgorithmicMedia" in told.output
    assert "ceramic" not in told.output.partition("\n")[2]


def test_show_does_not_let_a_file_steer_the_terminal(tmp_path: Path, maquette: Run) -> None:
    path = tmp_path / "evil.jpg"
    exif = Image.Exif()
    text = "ASCII\0\0\0\x1b]0;owned\x07\x1b[2Ja mug \u202e"
    exif.get_ifd(0x8769)[0x9286] = text.encode("ascii", "ignore")
    Image.new("RGB", (16, 16)).save(path, exif=exif)
    told = maquette("show", str(path))
    assert "a mug" in told.output
    assert not {"\x1b", "\x07", "\u202e"} & set(told.output)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals for other processes")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_stopped_ends_it_and_leaves_no_partial_file(
    tmp_path: Path, spawn: Run, finish: Run, number: int
) -> None:
    folder = tmp_path / "out"
    options = ["-n", "9", "--steps", "60", "--out", str(folder)]
    process = spawn(tmp_path / "home", "generate", "", *options)
    said = []
    while not (line := process.stderr.readline()).startswith("Picture 2"):
        assert line, said
        said.append(line)
    workers = psutil.Process(process.pid).children(recursive=True)
    assert workers
    process.send_signal(number)
    result = finish(process)
    assert result.code == 130
    assert result.errors.splitlines()[-1] == "maquette: Cancelled."
    assert "The prompt is empty, so the model makes what it likes.\n" in said
    assert [worker for worker in workers if worker.is_running()] == []
    saved = sorted(folder.iterdir()) if folder.exists() else []
    assert sorted(paths(result)) == saved  # what was complete is kept and told, and nothing else
    assert len(saved) < 9  # the others were not made first
    for path in saved:
        with Image.open(path) as image:
            image.load()


def test_the_doctor_finds_device_model_and_folders(home: Path, spawn: Run, finish: Run) -> None:
    result = finish(spawn(home, "doctor", "--json"))
    told = json.loads(result.output)
    assert result.code == 0, told["problems"]
    assert told["problems"] == []
    assert told["device"]["precision"] in ("fp32", "bf16", "fp16")
    assert told["device"]["reason"]
    assert told["model"]["name"]
    assert told["versions"]["torch"][0].isdigit()
    assert {folder["purpose"] for folder in told["folders"]} >= {"pictures", "the library"}
    assert all(folder["writable"] and folder["free"] > 0 for folder in told["folders"])


def test_the_doctor_names_what_is_wrong(tmp_path: Path, spawn: Run, finish: Run) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "library.sqlite3").write_bytes(b"no database " * 100)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text('{"model": "/nowhere/model"}')
    (tmp_path / "log").touch()
    result = finish(spawn(tmp_path, "doctor"))
    assert result.code == 1
    problems = [line for line in result.output.splitlines() if line.startswith("Problem: ")]
    assert any("The library" in line and "cannot be read" in line for line in problems)
    assert any("/nowhere/model" in line for line in problems)
    assert any("folder for logs" in line for line in problems)


def test_output_that_nobody_reads_is_no_crash(in_library: Any, home: Path, spawn: Run) -> None:
    process = spawn(home, "show", str(paths(in_library)[0]))
    process.stdout.close()
    reader = threading.Thread(target=process.wait)
    reader.start()
    errors = process.stderr.read()
    process.stderr.close()
    reader.join()
    assert "Traceback" not in errors
