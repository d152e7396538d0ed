"""Models are recognised, or refused with a sentence, before anything is loaded."""

import hashlib
import json
import pickle
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.checkpoint_kinds import checkpoint_family
from maquette.core.errors import ModelError
from maquette.core.model_files import built_in_model, inspect_model, weights_digest
from maquette.core.model_info import ModelFamily
from maquette.core.safetensors_header import read_header


def write_safetensors(
    path: Path, shapes: dict[str, tuple[int, ...]], metadata: dict[str, str] | None = None
) -> Path:
    """Tensors of zeros, one byte each element."""
    header: dict[str, Any] = {"__metadata__": metadata} if metadata else {}
    at = 0
    for name, shape in shapes.items():
        size = 1
        for side in shape:
            size *= side
        header[name] = {"dtype": "U8", "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(at))
    return path


UNET = {"model.diffusion_model.input_blocks.0.0.weight": (2, 4, 1, 1)}
VAE = {"first_stage_model.decoder.conv_in.weight": (1,)}
CLIP_L = {"cond_stage_model.transformer.text_model.final_layer_norm.weight": (1,)}
CLIP_H = {"cond_stage_model.model.ln_final.weight": (1,)}
CLIP_SDXL = {
    "conditioner.embedders.0.transformer.text_model.final_layer_norm.weight": (1,),
    "conditioner.embedders.1.model.ln_final.weight": (1,),
}


@pytest.mark.parametrize(
    ("name", "tensors", "family", "side", "v_prediction"),
    [
        ("a", UNET | VAE | CLIP_L, ModelFamily.SD1, 512, False),
        ("v2-1_768", UNET | VAE | CLIP_H, ModelFamily.SD2, 768, True),
        ("v2-1_512-base", UNET | VAE | CLIP_H, ModelFamily.SD2, 512, False),
        ("b", UNET | VAE | CLIP_SDXL, ModelFamily.SDXL, 1024, False),
        ("c", UNET | VAE | CLIP_SDXL | {"v_pred": (0,)}, ModelFamily.SDXL, 1024, True),
    ],
)
def test_families_of_single_files(
    tmp_path: Path, name: str, tensors: Any, family: ModelFamily, side: int, v_prediction: bool
) -> None:
    path = write_safetensors(tmp_path / f"{name}.safetensors", tensors)
    info = inspect_model(path)
    assert (info.family, info.layout) == (family, "single-file")
    assert info.default_size == (side, side)
    assert info.default_size in info.sizes
    assert checkpoint_family(path.name, read_header(path)).v_prediction == v_prediction


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        ({"lora_unet_down.weight": (1,)}, "is a LoRA"),
        ({"model.diffusion_model.double_blocks.0.x": (1,)}, "is FLUX"),
        ({"anything": (1,)}, "cannot be used"),
        ({}, "cannot be used"),
        ({"model.diffusion_model.input_blocks.0.0.weight": (2, 9, 1, 1)} | VAE, "another task"),
        (UNET | CLIP_L, "VAE"),
        (UNET | VAE, "text encoder"),
        (UNET | VAE | {"conditioner.embedders.0.model.ln_final.weight": (1,)}, "refiner"),
    ],
)
def test_other_single_files_are_refused(tmp_path: Path, tensors: Any, words: str) -> None:
    path = write_safetensors(tmp_path / "file.safetensors", tensors)
    with pytest.raises(ModelError, match=words) as error:
        inspect_model(path)
    assert error.value.message.endswith(".")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a safetensors file"),
        (b"PK\x03\x04 a zip of torch.save" * 10, "pickle"),
        (pickle.dumps({"a": 1}) * 10, "pickle"),
        (struct.pack("<Q", 1 << 60) + b"{}", "not a safetensors file"),
        (struct.pack("<Q", 400) + b"{", "incomplete"),
        (struct.pack("<Q", 2) + b"[]", "not a safetensors file"),
        (struct.pack("<Q", 9) + b'{"a": 1} ', "not a safetensors file"),
        (struct.pack("<Q", 400) + b"{" + b"[" * 399, "not a safetensors file"),
    ],
)
def test_files_that_are_no_safetensors(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=words):
        inspect_model(path)


@given(st.binary(max_size=200))
def test_no_content_escapes_as_another_error(tmp_path_factory: Any, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError):
        inspect_model(path)


def test_a_cut_off_file_is_told(tmp_path: Path) -> None:
    path = write_safetensors(tmp_path / "file.safetensors", UNET | VAE | CLIP_L)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelError, match="incomplete"):
        inspect_model(path)


@pytest.mark.parametrize("name", ["model.ckpt", "model.bin", "model.pt", "model"])
def test_files_that_can_run_programs_are_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ModelError, match="can run programs"):
        inspect_model(tmp_path / name)


@pytest.mark.parametrize("path", ["/no/such/model", "", "a\0b", "x" * 5000])
def test_a_path_without_a_model(path: str) -> None:
    with pytest.raises(ModelError) as error:
        inspect_model(path)
    assert error.value.message.endswith(".")


def test_the_built_in_model_is_complete() -> None:
    folder, info = built_in_model()
    assert info.family == ModelFamily.MINI
    assert info.id == "maquette-mini"
    assert info.default_size in info.sizes
    assert all(side % info.latent_factor == 0 for size in info.sizes for side in size)
    assert (folder / "preview.safetensors").is_file()


def test_shards_may_not_point_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "model"
    (folder / "unet").mkdir(parents=True)
    write_safetensors(tmp_path / "elsewhere.safetensors", UNET)
    index = folder / "unet" / "diffusion_pytorch_model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"a": "../../elsewhere.safetensors"}}))
    parts = {"unet": "UNet2DConditionModel", "vae": "AutoencoderKL"}
    parts |= {"text_encoder": "CLIPTextModel", "tokenizer": "CLIPTokenizer"}
    entries = {part: ["library", name] for part, name in parts.items()}
    text = json.dumps({"_class_name": "StableDiffusionPipeline"} | entries)
    (folder / "model_index.json").write_text(text)
    with pytest.raises(ModelError, match="missing"):
        inspect_model(folder)


def test_a_digest_names_the_weights(tmp_path: Path) -> None:
    path, cache = tmp_path / "a.safetensors", tmp_path / "cache" / "digests.json"
    path.write_bytes(b"one")
    digest = weights_digest(path, cache)
    assert digest == hashlib.sha256(b"one").hexdigest()
    assert weights_digest(path, cache) == digest
    path.write_bytes(b"other")
    assert weights_digest(path, cache) == hashlib.sha256(b"other").hexdigest()
    cache.write_bytes(b"broken")
    assert weights_digest(path, cache) == hashlib.sha256(b"other").hexdigest()


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: Any) -> None:
    path, cache = tmp_path / "a.safetensors", tmp_path / "digests.json"
    path.write_bytes(b"one")
    digest = weights_digest(path, cache)
    monkeypatch.setattr(hashlib, "file_digest", None)
    assert weights_digest(path, cache) == digest
