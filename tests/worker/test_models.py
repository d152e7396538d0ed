"""Loading: folders and single files, whole and broken; what is resident and what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import load_file, save_file

from maquette.core.errors import JobCancelled, ModelError
from maquette.core.model_files import built_in_model, inspect_model
from maquette.core.model_info import ModelFamily
from maquette.core.recipe import ModelRef, Recipe
from maquette.worker.cancel import CancelToken
from maquette.worker.clip_tokenizer import build_clip_tokenizer
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.single_file import load_single_file
from maquette.worker.text_to_image import Run, make_image

CPU = torch.device("cpu")


def load(path: Path, tmp_path: Path) -> Pipeline:
    return load_model(str(path), CPU, torch.float32, tmp_path / "digests.json", lambda *_: None)


def make(pipeline: Pipeline) -> np.ndarray:
    recipe = Recipe(
        prompt="a mug",
        seed=1,
        width=128,
        height=128,
        steps=2,
        guidance_scale=4,
        model=ModelRef(pipeline.info.id),
    )
    return make_image(pipeline, recipe, None, lambda *_: None, Run(CancelToken()))


def test_known_token_ids(clip_vocabulary: Any) -> None:
    tokenizer = build_clip_tokenizer(clip_vocabulary, "!", 77)
    ids = tokenizer("a photo of a cat").input_ids
    assert ids == [49406, 320, 1125, 539, 320, 2368, 49407]
    assert len(tokenizer) == 49408
    assert tokenizer("cat", padding="max_length", max_length=5).input_ids[3:] == [0, 0]


def test_a_folder_is_loaded_with_its_digest(sd_folder: Path, tmp_path: Path) -> None:
    stages: list[tuple[str, float]] = []
    pipeline = load_model(
        str(sd_folder),
        CPU,
        torch.float32,
        tmp_path / "digests.json",
        lambda stage, part: stages.append((stage, part)),
    )
    assert pipeline.info.family == ModelFamily.SD1
    assert len(pipeline.info.digest) == 64
    fractions = [part for _stage, part in stages]
    assert fractions == sorted(fractions)
    assert all(stage and 0 <= part <= 1 for stage, part in stages)


def test_sdxl_is_recognised(sdxl_folder: Path, tmp_path: Path) -> None:
    pipeline = load(sdxl_folder, tmp_path)
    assert pipeline.is_sdxl
    assert len(pipeline.text) == 2
    assert pipeline.zeros_for_empty_negative


def test_the_fp16_variant_is_used_when_it_is_the_only_one(sd_copy: Path, tmp_path: Path) -> None:
    plain = make(load(sd_copy, tmp_path))
    for weights in sd_copy.rglob("*.safetensors"):
        weights.rename(weights.with_suffix(".fp16.safetensors"))
    assert np.array_equal(make(load(sd_copy, tmp_path)), plain)


def test_sharded_weights_are_loaded(sd_copy: Path, tmp_path: Path) -> None:
    plain = make(load(sd_copy, tmp_path))
    pipe = StableDiffusionPipeline.from_pretrained(sd_copy, safety_checker=None)
    (sd_copy / "unet" / "diffusion_pytorch_model.safetensors").unlink()
    pipe.unet.save_pretrained(sd_copy / "unet", max_shard_size="500KB")
    assert len(list((sd_copy / "unet").glob("*-of-*.safetensors"))) > 1
    assert np.array_equal(make(load(sd_copy, tmp_path)), plain)
    next((sd_copy / "unet").glob("*-of-*.safetensors")).unlink()
    with pytest.raises(ModelError, match="missing"):
        load(sd_copy, tmp_path)


def edit(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def without_a_tensor(folder: Path) -> None:
    path = folder / "unet" / "diffusion_pytorch_model.safetensors"
    tensors = load_file(path)
    tensors["conv_in.weight"] = tensors["conv_in.weight"][:, :2].contiguous()
    save_file(tensors, path)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no index": (lambda f: (f / "model_index.json").unlink(), "not a complete model folder"),
    "broken index": (lambda f: (f / "model_index.json").write_text("{"), "broken"),
    "other pipeline": (
        lambda f: edit(f / "model_index.json", _class_name="EvilPipeline"),
        "kind that cannot be used",
    ),
    "other class": (
        lambda f: edit(f / "model_index.json", unet=["evil_module", "Evil"]),
        "part that cannot be used",
    ),
    "no part": (lambda f: shutil.rmtree(f / "vae"), "incomplete"),
    "inpainting": (lambda f: edit(f / "unet" / "config.json", in_channels=9), "another task"),
    "huge config": (
        lambda f: edit(f / "unet" / "config.json", block_out_channels=[1 << 20] * 4),
        "makes no sense",
    ),
    "nonsense config": (
        lambda f: edit(f / "unet" / "config.json", down_block_types=["os.system"] * 4),
        "do not fit together",
    ),
    "no tokenizer": (lambda f: shutil.rmtree(f / "tokenizer"), "do not fit together"),
    "no scheduler": (lambda f: shutil.rmtree(f / "scheduler"), "do not fit together"),
    "other shapes": (without_a_tensor, "do not fit together"),
    "quantised": (
        lambda f: edit(f / "unet" / "config.json", quantization_config={"quant_method": "evil"}),
        "do not fit together",
    ),
}


@pytest.mark.parametrize(("damage", "words"), DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_folders_are_refused_with_a_sentence(
    sd_copy: Path, tmp_path: Path, damage: Callable[[Path], object], words: str
) -> None:
    damage(sd_copy)
    with pytest.raises(ModelError, match=words) as error:
        load(sd_copy, tmp_path)
    assert error.value.message.endswith(".")
    assert "\n" not in error.value.message


def test_loading_can_be_stopped(sd_folder: Path, tmp_path: Path) -> None:
    def stop(stage: str, _part: float) -> None:
        if "image model" in stage:
            raise JobCancelled("Stop.")

    with pytest.raises(JobCancelled):
        load_model(str(sd_folder), CPU, torch.float32, tmp_path / "digests.json", stop)


def test_a_single_file_holds_what_the_folder_holds(
    sd_folder: Path, tmp_path: Path, original_layout: Callable[[Path, Path], Path]
) -> None:
    path = original_layout(sd_folder, tmp_path / "my 模型.safetensors")
    info = inspect_model(path)
    assert (info.family, info.layout) == (ModelFamily.SD1, "single-file")
    file = load_single_file(path, info, CPU, torch.float32, lambda *_: None, configs=sd_folder)
    folder = load(sd_folder, tmp_path)
    for ours, theirs in zip(file.networks(), folder.networks(), strict=True):
        expected = theirs.state_dict()
        assert ours.state_dict().keys() == expected.keys()
        for name, tensor in ours.state_dict().items():
            assert torch.equal(tensor, expected[name]), name
    text = "a photo of a cat"
    assert file.text[0].tokenizer(text).input_ids == folder.text[0].tokenizer(text).input_ids
    assert make(file).shape == (128, 128, 3)


def test_a_single_file_that_does_not_fit_its_family_is_refused(
    sd_folder: Path, tmp_path: Path, original_layout: Callable[[Path, Path], Path]
) -> None:
    path = original_layout(sd_folder, tmp_path / "tiny.safetensors")
    with pytest.raises(ModelError, match="do not fit together"):
        load(path, tmp_path)


@pytest.mark.parametrize("cut", [0, 40])
def test_the_built_in_model_is_refused_when_its_weights_were_changed(
    tmp_path: Path, cut: int
) -> None:
    folder = shutil.copytree(built_in_model()[0], tmp_path / "mini")
    path = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights = bytearray(path.read_bytes())
    weights[-100] ^= 1
    path.write_bytes(weights[: len(weights) - cut])
    with pytest.raises(ModelError, match=r"again\.$"):
        load(folder, tmp_path)
