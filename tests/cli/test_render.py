"""Pictures that follow sketches through the command line: what is refused, and one real run."""

import json
import os
import signal
import time
import zipfile
from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np
import pytest
import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from PIL import Image

from maquette.cli import render
from maquette.cli.sketch_source import SketchFiles, read_sketch
from maquette.core.control import ControlKind
from maquette.core.drawing import LayerRole
from maquette.core.drawing_edits import fresh_drawing, fresh_layer, with_layer
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.model_files import built_in_model
from maquette.core.open_drawing import OpenDrawing
from maquette.library.ingredients import Ingredients
from maquette.library.sketches.formats import write_sketch_file
from maquette.library.store import Library
from maquette.state.pictures import fit_pixels

Run = Any


@pytest.fixture
def mug(tmp_path: Path) -> Path:
    """A photo of a sketch: pencil on grey paper, darker to one side."""
    light = np.linspace(225, 150, 400)[None, :, None].repeat(300, axis=0).repeat(3, axis=2)
    paper = np.ascontiguousarray(light.astype(np.uint8))
    ink = (60, 60, 70)
    cv2.ellipse(paper, (180, 80), (70, 20), 0, 0, 360, ink, 3)
    cv2.line(paper, (110, 80), (120, 240), ink, 3)
    cv2.line(paper, (250, 80), (240, 240), ink, 3)
    cv2.ellipse(paper, (180, 240), (60, 15), 0, 0, 180, ink, 3)
    path = tmp_path / "mug 杯子.png"
    path.write_bytes(cv2.imencode(".png", paper)[1].tobytes())
    return path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "blank.png"
    path.write_bytes(cv2.imencode(".png", np.full((300, 300, 3), 255, np.uint8))[1].tobytes())
    return path


@pytest.mark.parametrize("cleanup", ["--cleanup", "--no-cleanup"])
def test_paper_without_lines_is_refused(maquette: Run, blank: Path, cleanup: str) -> None:
    result = maquette("render", str(blank), "--prompt", "a mug", cleanup)
    assert result.code == 2
    assert result.output == ""
    assert "There are no lines in blank.png to follow" in result.errors


def test_a_black_sheet_has_no_lines_either(maquette: Run, blank: Path) -> None:
    blank.write_bytes(cv2.imencode(".png", np.zeros((300, 300, 3), np.uint8))[1].tobytes())
    assert maquette("render", str(blank), "--prompt", "a mug").code == 2
    result = maquette("render", str(blank), "--prompt", "a mug", "--no-cleanup")
    assert result.code == 2
    assert "There are no lines" in result.errors


def test_a_project_whose_layers_are_all_missing_has_no_lines(maquette: Run, tmp_path: Path) -> None:
    drawing = msgspec.structs.replace(fresh_drawing(300, 300), name="mug")
    path = tmp_path / "mug.maquette"
    with zipfile.ZipFile(path, "w") as file:
        project = {"version": 1, "drawing": drawing, "files": {}}
        file.writestr("drawing.json", msgspec.json.encode(project))
    result = maquette("render", str(path), "--prompt", "a mug")
    assert result.code == 2
    assert "There are no lines in mug.maquette to follow" in result.errors


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--follow", "101"], "--follow is a number from 0 to 100"),
        (["--until", "1.5"], "The fidelity to reach must be a number between 0 and 1"),
        (["--until", "0.8", "--tries", "0"], "The number of tries must be between 1 and 20"),
        (["--tries", "3"], "--tries needs a fidelity to reach"),
        (["--lock", "mask.png"], "--lock needs the picture that the region is part of"),
        (["--control-model", "nowhere"], "There is no control model at"),
        (["--keep", "nowhere.png"], "nowhere.png"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(
    maquette: Run, mug: Path, options: list[str], sentence: str
) -> None:
    result = maquette("render", str(mug), "--prompt", "a mug", *options)
    assert result.code == 2
    assert sentence in result.errors
    assert "Traceback" not in result.errors


def test_a_file_that_is_no_picture_is_refused(maquette: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.maquette"
    path.write_bytes(b"no zip file")
    assert maquette("render", str(path), "--prompt", "a mug").code == 2
    assert maquette("render", str(tmp_path / "gone.png"), "--prompt", "a mug").code == 2


def test_a_lock_lies_as_its_start_picture_does_and_leaves_the_sketch_in_place(
    tmp_path: Path, mug: Path
) -> None:
    mask = np.zeros((300, 400, 3), np.uint8)
    mask[:, 200:] = 255
    path = tmp_path / "mask.png"
    path.write_bytes(cv2.imencode(".png", mask)[1].tobytes())
    files = SketchFiles(sketch=mug, lock=path)
    alone = read_sketch(SketchFiles(sketch=mug), (256, 256), 0.75)
    read = read_sketch(files, (256, 256), 0.75)
    assert (read.images.sketch == alone.images.sketch).all()
    assert read.images.lock is not None
    assert (read.images.lock == fit_pixels(mask, 256, 256)).all()
    assert read.images.lock[:, 140:].min() == 255  # from the upper edge to the lower one
    path.write_bytes(cv2.imencode(".png", np.zeros_like(mask))[1].tobytes())
    read = read_sketch(files, (256, 256), 0.75)
    assert read.images.lock is None
    assert read.remarks == ("Nothing in mask.png is white, so nothing is locked.",)


def test_lines_to_keep_lie_where_the_drawing_has_them_whatever_shape_the_picture_has(
    tmp_path: Path,
) -> None:
    drawing = fresh_drawing(512, 512)
    sheet = np.zeros((512, 512, 4), np.uint8)
    sheet[100:400, 250:256, 3] = 255
    open_ = OpenDrawing.made_of(
        drawing, {drawing.active: LayerPixels.of(sheet)}, lambda _number: b""
    )
    sketch, keep = tmp_path / "bar.ora", tmp_path / "keep.png"
    write_sketch_file(sketch, open_.content, open_.fetch)
    keep.write_bytes(cv2.imencode(".png", 255 - sheet[..., 3])[1].tobytes())
    images = read_sketch(SketchFiles(sketch=sketch, keep=keep), (1024, 256), 0.75).images
    assert images.weights is not None
    drawn = images.sketch[..., 0] < 128
    assert drawn.sum() > 100
    assert images.weights[drawn].min() == 255  # all of the line is to be kept
    assert (images.weights[..., 0] == 255).mean() < 0.1


def test_what_was_not_taken_of_an_image_is_said(tmp_path: Path, mug: Path, blank: Path) -> None:
    frames = [Image.open(mug), Image.open(blank)]
    animated = tmp_path / "mug.gif"
    frames[0].save(animated, save_all=True, append_images=frames[1:])
    read = read_sketch(SketchFiles(sketch=animated, keep=blank), (256, 256), 0.75)
    assert read.remarks == (
        "This picture is animated, so its first image was taken.",
        "There are no lines in blank.png, so none is kept.",
    )


def test_a_wrong_option_names_the_help_of_its_command(maquette: Run, mug: Path) -> None:
    result = maquette("render", str(mug), "--follow", "much")
    assert result.code == 2
    assert result.errors.rstrip().endswith("see maquette render --help.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes on Windows")
def test_folders_and_pipes_are_no_sketches(maquette: Run, tmp_path: Path) -> None:
    result = maquette("render", str(tmp_path), "--prompt", "a mug")
    assert result.code == 2
    assert "is a folder" in result.errors
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    result = maquette("render", str(pipe), "--prompt", "a mug")
    assert result.code == 2
    assert "is no ordinary file" in result.errors


@pytest.fixture(scope="module")
def steered_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in model, with a ControlNet beside it that has not learned anything."""
    original, _info = built_in_model()
    folder = tmp_path_factory.mktemp("steered")
    for part in original.iterdir():
        (folder / part.name).symlink_to(part)
    if not (folder / "controlnet").exists():
        torch.manual_seed(1)
        network = ControlNetModel.from_unet(
            UNet2DConditionModel.from_pretrained(original / "unet"),
            conditioning_embedding_out_channels=(4, 8, 8, 16, 16),
        )
        network.save_pretrained(folder / "controlnet")
    return folder


def test_a_locked_layer_without_a_picture_to_keep_is_said(
    maquette: Run, tmp_path: Path, steered_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "make_pictures", lambda *_: 0)
    drawing = fresh_drawing(300, 300)
    lock = fresh_layer(LayerRole.LOCK)
    ink = np.zeros((300, 300, 4), np.uint8)
    ink[50:250, 50:60, 3] = 255
    sheets = {drawing.active: LayerPixels.of(ink), lock.id: LayerPixels.of(ink)}
    open_ = OpenDrawing.made_of(with_layer(drawing, lock), sheets, lambda _number: b"")
    sketch = tmp_path / "mug.maquette"
    write_sketch_file(sketch, open_.content, open_.fetch)
    result = maquette("render", str(sketch), "-p", "a mug", "--model", str(steered_model))
    assert result.code == 0
    assert "Nothing is locked" in result.errors


def test_renders_are_scored_tried_again_and_kept_with_their_sketch(
    spawn: Run, finish: Run, tmp_path: Path, mug: Path, steered_model: Path
) -> None:
    home = tmp_path / "home"
    options = [
        "--prompt", "a red mug", "--material", "polished copper", "--follow", "80",
        "--model", str(steered_model), "--seed", "5", "--steps", "3",
        "--until", "1", "--tries", "2", "--json",
    ]  # fmt: skip
    result = finish(spawn(home, "render", str(mug), *options))
    assert result.code == 0, result.errors
    pictures = json.loads(result.output)["pictures"]
    assert [each["seed"] for each in pictures] == [5, 69]
    assert [each["attempt"] for each in pictures] == [1, 2]
    best = max(pictures, key=lambda each: each["fidelity"])
    assert [each["best"] for each in pictures] == [each is best for each in pictures]
    assert "No try reached 1" in result.errors
    with Library.open(home / "data" / "library.sqlite3") as library:
        records = {entry.record.id: entry.record for entry in library.recent(5)}
    ingredients = Ingredients.beside(home / "data" / "library.sqlite3")
    for each in pictures:
        record = records[each["record"]]
        assert record.fidelity is not None
        told = (each["fidelity"], each["recall"], each["precision"])
        found = record.fidelity
        assert told == (found.score, found.recall, found.precision)
        (control,) = record.recipe.controls
        assert (control.kind, control.follow) == (ControlKind.SKETCH, 80)
        sketch = ingredients.pixels(control.digest)
        assert sketch is not None  # the picture can be made again
        assert 0.005 < (sketch < 128).mean() < 0.2  # lines, and neither paper nor shadow
        assert "copper" in record.recipe.prompt
        assert "red" not in record.recipe.prompt


def test_all_tries_that_were_saved_before_ctrl_c_are_told(
    spawn: Run, finish: Run, tmp_path: Path, mug: Path, steered_model: Path
) -> None:
    out = tmp_path / "out"
    options = [
        "--prompt", "a mug", "--model", str(steered_model), "--seed", "5", "--steps", "2",
        "--until", "1", "--tries", "20", "--out", str(out), "--json",
    ]  # fmt: skip
    process = spawn(tmp_path / "home", "render", str(mug), *options)
    while process.poll() is None and len(list(out.glob("*.png"))) < 3:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    result = finish(process)
    assert result.code == 130, result.errors
    pictures = json.loads(result.output)["pictures"]
    assert len(pictures) >= 2
    assert [each["attempt"] for each in pictures] == list(range(1, len(pictures) + 1))
    assert sum(each["best"] for each in pictures) == 1
