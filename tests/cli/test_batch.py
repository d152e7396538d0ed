"""`maquette batch`: bad files are refused as a whole, good ones go on where they were stopped."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from maquette.library.store import Library

Run = Callable[..., Any]


def test_every_bad_line_is_listed_and_nothing_is_made(maquette: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("prompt,steps\nfine,3\na,many\nb,999\n")
    out = tmp_path / "out"
    told = maquette("batch", str(file), "--out", str(out))
    assert told.code == 2
    assert told.output == ""
    first, second = told.errors.splitlines()
    assert first == "maquette: line 3: “steps” must be a whole number, not many."
    assert second.startswith("maquette: line 4: The number of steps must be between 1 and 150")
    assert not out.exists()


def test_a_dry_run_tells_what_would_be_made(maquette: Run, tmp_path: Path) -> None:
    file = tmp_path / "mugs.txt"
    file.write_text("a {{red|blue}} mug\n", encoding="utf-16")
    options = ["--dry-run", "--seed", "7|9", "--style", "ink", "--style", "clay", "--steps", "3"]
    told = maquette("batch", str(file), *options)
    assert told.code == 0
    assert told.output.splitlines()[0] == "line 1: a red mug, ink (256x256, seed 7)"
    assert len(told.output.splitlines()) == 8
    assert told.errors == "8 pictures would be made.\n"
    as_json = json.loads(maquette("batch", str(file), *options, "--json").output)
    assert [picture["recipe"]["steps"] for picture in as_json["pictures"]] == [3] * 8


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--seed", "x"], "“seed” must be a whole number"),
        (["--steps", "few"], "“steps” must be a whole number"),
        (["--sampler", "euler"], "There is no sampler euler"),
        (["--device", "toaster"], "There is no device"),
        (["--model", "/nowhere/model"], "There is no model at"),
    ],
)
def test_an_option_that_cannot_be_used_is_told(
    maquette: Run, tmp_path: Path, options: list[str], words: str
) -> None:
    (tmp_path / "a.txt").write_text("a mug\n")
    told = maquette("batch", str(tmp_path / "a.txt"), *options)
    assert told.code == 2
    assert words in told.errors


def test_a_file_that_is_not_there_is_told(maquette: Run, tmp_path: Path) -> None:
    told = maquette("batch", str(tmp_path / "none.csv"))
    assert told.code == 2
    assert "There is no file" in told.errors


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals for other processes")
def test_a_batch_that_is_killed_and_stopped_makes_each_picture_once(
    tmp_path: Path, spawn: Run, finish: Run
) -> None:
    """Killed during the second picture, stopped in the next two runs, then let be."""
    prompts = ["一只红色的杯子", "一只蓝色的杯子", "一只花瓶", "一个木碗"]
    file, out, home = tmp_path / "杯子.csv", tmp_path / "out", tmp_path / "home"
    file.write_text(
        "提示词,步数\n" + "".join(f"{prompt},4\n" for prompt in prompts), encoding="gb18030"
    )
    command = ["batch", str(file), "--out", str(out)]

    def stop(signal_number: int, when: str) -> Any:
        process = spawn(home, *command)
        while not (line := process.stderr.readline()).startswith(when):
            assert line, "it ended before"
        process.send_signal(signal_number)
        return finish(process)

    stop(signal.SIGKILL, "Picture 2")
    for number in (signal.SIGINT, signal.SIGTERM):
        stopped = stop(number, "Picture 1")
        assert stopped.code == 130
        assert "Run the same command again" in stopped.errors
    ended = finish(spawn(home, *command))
    assert ended.code == 0, ended.errors
    assert "of 4 pictures are made already" in ended.errors
    paths = [Path(line) for line in ended.output.splitlines()]
    assert sorted(paths) == sorted(out.iterdir())
    assert len(paths) == 4
    for path in paths:
        with Image.open(path) as image:
            image.load()
    with Library.open(home / "data" / "library.sqlite3") as library:
        said = [entry.record.recipe.prompt for entry in library.recent(10)]
    assert sorted(said) == sorted(prompts)
    once_more = finish(spawn(home, *command, "--json"))
    assert "All 4 pictures of this batch are made" in once_more.errors
    assert [picture["path"] for picture in json.loads(once_more.output)["pictures"]] == [
        str(path) for path in paths
    ]
    assert sorted(paths) == sorted(out.iterdir())
