"""Wrong input ends in exit code 2 and one sentence, before any engine is started."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from maquette.core.settings import Settings, save_settings

Run = Callable[..., Any]


def sentence(result: Any) -> str:
    """The one line of a refusal: exit code 2, nothing on standard output, no traceback."""
    assert result.code == 2, result
    assert result.output == ""
    (line,) = result.errors.splitlines()
    assert line.startswith("maquette: ")
    assert line.endswith(".")
    return line.removeprefix("maquette: ")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--size", "100x100"], "width must be between 256 and 4096"),
        (["--size", "257x256"], "width must be a multiple of 16"),
        (["--size", "999999x256"], "width must be between"),
        (["--size", "big"], "width x height in pixels"),
        (["--size", "-1x-1"], "width x height in pixels"),
        (["--size", "nanxnan"], "width x height in pixels"),
        (["--guidance", "nan"], "guidance scale must be a number"),
        (["--guidance", "inf"], "guidance scale must be a number"),
        (["--guidance", "-1"], "guidance scale must be a number"),
        (["--guidance", "much"], "Invalid value for '--guidance'"),
        (["--steps", "0"], "number of steps must be between 1 and 150"),
        (["--steps", "-5"], "number of steps must be between 1 and 150"),
        (["--steps", "many"], "Invalid value for '--steps'"),
        (["--seed", "-1"], "seed must be between 0 and"),
        (["--seed", "4294967296"], "seed must be between 0 and"),
        (["-n", "0"], "number of pictures must be between 1 and"),
        (["-n", "-3"], "number of pictures must be between 1 and"),
        (["-n", "100000"], "number of pictures must be between 1 and"),
        (["--sampler", "euler"], "There is no sampler 'euler'; use unipc or dpmpp-2m"),
        (["--device", "toaster"], "There is no device 'toaster'"),
        (["--precision", "fp8"], "There is no precision 'fp8'"),
        (["--strength", "0.5"], "--strength needs a picture to start from"),
        (["--model", "/nowhere/model"], "There is no model at"),
        (["--model", "~nobody-knows/model"], "There is no model at"),
        (["--start", "/nowhere/picture.png"], "no longer there"),
        (["--unknown"], "No such option"),
        (["--size"], "requires an argument"),
    ],
)
def test_a_value_that_cannot_be_used_is_told(maquette: Run, options: list[str], words: str) -> None:
    assert words in sentence(maquette("generate", "a mug", *options))


def test_a_prompt_that_is_too_long_is_told(maquette: Run) -> None:
    assert "longer than 10,000 characters" in sentence(maquette("generate", "a" * 10_001))
    assert "negative prompt is longer" in sentence(
        maquette("generate", "a mug", "--negative", "杯" * 10_001)
    )


@pytest.mark.parametrize("strength", ["0", "-1", "1.5", "nan"])
def test_a_strength_out_of_range_is_told(maquette: Run, tmp_path: Path, strength: str) -> None:
    start = tmp_path / "start.png"
    Image.fromarray(np.zeros((300, 300, 3), np.uint8)).save(start)
    result = maquette("generate", "a mug", "--start", str(start), "--strength", strength)
    assert "strength must be a number above 0" in sentence(result)


def test_a_start_picture_that_is_none_is_told(maquette: Run, tmp_path: Path) -> None:
    start = tmp_path / "start.png"
    start.write_bytes(b"no picture")
    assert "start.png" in sentence(maquette("generate", "a mug", "--start", str(start)))


def test_a_half_copied_model_is_told(maquette: Run, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model_index.json").write_text('{"_class_name": "StableDiffusion')
    sentence(maquette("generate", "a mug", "--model", str(tmp_path / "model")))


def test_a_pickle_under_another_name_is_told(maquette: Run, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"\x80\x04\x95" + b"c__builtin__\nexec\n" * 50)
    assert "model.safetensors" in sentence(maquette("generate", "a mug", "--model", str(path)))


def test_a_wrong_template_in_the_settings_is_told(maquette: Run, maquette_home: Path) -> None:
    settings = Settings(file_name_template="{who}")
    save_settings(maquette_home / "config" / "settings.json", settings)
    assert "unknown field {who}" in sentence(maquette("generate", "a mug"))


def test_the_home_folder_of_nobody_is_no_crash(maquette: Run) -> None:
    assert "There is no file or folder" in sentence(maquette("import", "~nobody-knows/pictures"))


def test_commands_and_arguments_that_are_missing_are_told(maquette: Run) -> None:
    assert "Missing argument 'prompt'" in sentence(maquette("generate"))
    assert "No such command 'paint'" in sentence(maquette("paint"))
    assert "There is no file" in sentence(maquette("show", "/nowhere/picture.png"))


def test_a_folder_that_cannot_be_made_is_told_before_the_work_is_done(
    maquette: Run, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    result = maquette("generate", "a mug", "--out", str(tmp_path / "taken" / "里"))
    assert result.code == 1
    assert "is not there and cannot be made" in result.errors


def test_help_and_version_are_told(maquette: Run) -> None:
    told = maquette("generate", "--help")
    assert told.code == 0
    assert "--no-recipe" in told.output


def test_without_a_display_the_way_out_is_named(
    spawn: Run,
    finish: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    result = finish(spawn(tmp_path))
    assert result.code == 1
    assert result.errors == (
        "maquette: There is no display to open a window on; "
        'use maquette generate "PROMPT" to make pictures here.\n'
    )
