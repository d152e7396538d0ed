"""Control networks in every layout that people have them in: found, refused, loaded for real."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from diffusers import ControlNetModel, T2IAdapter
from safetensors.torch import save_file

from maquette.core.control import ControlKind
from maquette.core.control_kinds import ControlHint
from maquette.core.control_models import inspect_control_model
from maquette.core.errors import ModelError
from maquette.core.model_info import ModelFamily
from maquette.core.model_ref import ModelRef
from maquette.worker.control_models import load_control
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline

SD: dict[str, Any] = {
    "block_out_channels": (32, 32, 64, 64),
    "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
}
CONTROLS: dict[ModelFamily, dict[str, Any]] = {
    ModelFamily.SD1: SD | {"cross_attention_dim": 768, "attention_head_dim": 8},
    ModelFamily.SD2: SD
    | {
        "cross_attention_dim": 1024,
        "attention_head_dim": (1, 1, 1, 1),
        "use_linear_projection": True,
    },
    ModelFamily.SDXL: {
        "block_out_channels": (32, 64),
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
        "transformer_layers_per_block": (1, 2),
        "cross_attention_dim": 2048,
        "attention_head_dim": (1, 1),
        "use_linear_projection": True,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816,
    },
}
ADAPTERS: dict[ModelFamily, dict[str, Any]] = {
    ModelFamily.SD1: {"in_channels": 1, "channels": [32, 32, 64, 64], "downscale_factor": 8},
    ModelFamily.SDXL: {
        "in_channels": 3,
        "channels": [32, 64, 96, 96],
        "downscale_factor": 16,
        "adapter_type": "full_adapter_xl",
    },
}

Rename = Callable[[str], str]
Write = Callable[[Any, Path, Rename], Path]


def with_weights(network: Any) -> Any:
    """Zero convolutions would hide what is behind them."""
    torch.manual_seed(3)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(std=0.1)
    return network.eval()


def control_of(family: ModelFamily) -> ControlNetModel:
    return with_weights(ControlNetModel(**CONTROLS[family]))


def adapter_of(family: ModelFamily) -> T2IAdapter:
    return with_weights(T2IAdapter(**ADAPTERS[family]))


def as_folder(network: Any, place: Path, _rename: Rename = str) -> Path:
    network.save_pretrained(place)
    return place


def as_diffusers_file(network: Any, place: Path, _rename: Rename = str) -> Path:
    path = place.with_suffix(".safetensors")
    save_file(network.state_dict(), path)
    return path


def original_control(network: Any, prefix: str, rename: Rename) -> dict[str, torch.Tensor]:
    """The weights by the names of the original ControlNet code (cldm/cldm.py)."""
    embedding = {"conv_in": 0, "conv_out": 14} | {f"blocks.{n}": 2 * n + 2 for n in range(6)}
    tensors = {}
    for name, tensor in network.state_dict().items():
        module, end = name.rsplit(".", 1)
        if module.startswith("controlnet_cond_embedding."):
            place = f"input_hint_block.{embedding[module.split('.', 1)[1]]}"
        elif module.startswith("controlnet_down_blocks."):
            place = f"zero_convs.{module.split('.')[1]}.0"
        elif module == "controlnet_mid_block":
            place = "middle_block_out.0"
        else:
            place = rename(name).removeprefix("model.diffusion_model.").rsplit(".", 1)[0]
        tensors[f"{prefix}{place}.{end}"] = tensor.contiguous()
    return tensors


def as_original_file(network: Any, place: Path, rename: Rename) -> Path:
    path = place.with_suffix(".safetensors")
    save_file(original_control(network, "control_model.", rename), path)
    return path


def as_bare_original_file(network: Any, place: Path, rename: Rename) -> Path:
    path = place.with_suffix(".safetensors")
    save_file(original_control(network, "", rename), path)
    return path


def as_original_adapter(network: Any, place: Path, _rename: Rename) -> Path:
    """TencentARC's names (ldm/modules/encoders/adapter.py)."""
    tensors = {}
    for name, tensor in network.state_dict().items():
        words = name.removeprefix("adapter.").split(".")
        if words[0] == "body":
            block = 2 * int(words[1])
            is_layer = words[2] == "resnets"
            rest = words[4:] if is_layer else words[2:]
            words = ["body", str(block + int(words[3]) if is_layer else block), *rest]
        tensors[".".join(words)] = tensor.contiguous()
    path = place.with_suffix(".safetensors")
    save_file(tensors, path)
    return path


@pytest.fixture(scope="session")
def pipelines(
    sd_folder: Path, sdxl_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[ModelFamily, Pipeline]:
    """One tiny model of each family."""
    digests = tmp_path_factory.mktemp("digests") / "digests.json"

    def loaded(folder: Path) -> Pipeline:
        place = torch.device("cpu")
        return load_model(str(folder), place, torch.float32, digests, lambda _stage, _share: None)

    sd1, sdxl = loaded(sd_folder), loaded(sdxl_folder)
    sd2 = dataclasses.replace(sd1, info=msgspec.structs.replace(sd1.info, family=ModelFamily.SD2))
    return {ModelFamily.SD1: sd1, ModelFamily.SD2: sd2, ModelFamily.SDXL: sdxl}


def answer(network: ControlNetModel, family: ModelFamily) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(5)
    added = None
    if family is ModelFamily.SDXL:
        pooled = torch.randn(1, 2816 - 6 * 256, generator=generator)
        added = {"text_embeds": pooled, "time_ids": torch.full((1, 6), 64.0)}
    with torch.inference_mode():
        down, middle = network(
            torch.randn(1, 4, 8, 8, generator=generator),
            torch.tensor(500),
            torch.randn(1, 7, CONTROLS[family]["cross_attention_dim"], generator=generator),
            torch.rand(1, 3, 64, 64, generator=generator),
            added_cond_kwargs=added,
            return_dict=False,
        )
    return [*down, middle]


@pytest.mark.parametrize("family", list(CONTROLS))
@pytest.mark.parametrize(
    "write", [as_folder, as_diffusers_file, as_original_file, as_bare_original_file]
)
def test_a_controlnet_answers_as_in_diffusers_whatever_its_layout(
    pipelines: dict[ModelFamily, Pipeline],
    tmp_path: Path,
    family: ModelFamily,
    write: Write,
    original_name: Rename,
) -> None:
    network = control_of(family)
    path = write(network, tmp_path / "control_scribble", original_name)
    info = inspect_control_model(path)
    assert (info.family, info.adapter, info.kind) == (family, False, ControlKind.SKETCH)
    control = load_control(ModelRef(str(path)), pipelines[family], tmp_path / "digests.json")
    assert isinstance(control.network, ControlNetModel)
    weights = control.network.state_dict()
    assert all(torch.equal(weights[name], each) for name, each in network.state_dict().items())
    torch.testing.assert_close(answer(control.network, family), answer(network, family))
    assert len(control.ref.digest) == 64


@pytest.mark.parametrize("family", list(ADAPTERS))
@pytest.mark.parametrize("write", [as_folder, as_diffusers_file, as_original_adapter])
def test_an_adapter_answers_as_in_diffusers_whatever_its_layout(
    pipelines: dict[ModelFamily, Pipeline], tmp_path: Path, family: ModelFamily, write: Write
) -> None:
    network = adapter_of(family)
    path = write(network, tmp_path / "t2iadapter_sketch", str)
    info = inspect_control_model(path)
    assert (info.family, info.adapter, info.kind) == (family, True, ControlKind.SKETCH)
    control = load_control(ModelRef(str(path)), pipelines[family], tmp_path / "digests.json")
    assert control.is_adapter
    channels = ADAPTERS[family]["in_channels"]
    shown = control.shown(np.full((64, 64, 3), 255, np.uint8), ControlKind.SKETCH)
    assert shown.shape == (64, 64, channels)
    image = torch.rand(1, channels, 64, 64)
    with torch.inference_mode():
        torch.testing.assert_close(control.network(image), network(image))


@pytest.mark.parametrize(
    ("family", "base"),
    [(ModelFamily.SDXL, ModelFamily.SD1), (ModelFamily.SD1, ModelFamily.SDXL)],
)
def test_a_wrong_pair_is_refused_before_any_weight_is_read(
    pipelines: dict[ModelFamily, Pipeline],
    tmp_path: Path,
    family: ModelFamily,
    base: ModelFamily,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = as_diffusers_file(control_of(family), tmp_path / "canny")

    def read(_path: Path) -> None:
        pytest.fail("its weights were read")

    monkeypatch.setattr("maquette.worker.control_models.load_file", read)
    with pytest.raises(ModelError, match=r"is made for .* and cannot steer .*; choose one"):
        load_control(ModelRef(str(path)), pipelines[base], tmp_path / "digests.json")


def test_a_network_of_other_widths_is_refused(
    pipelines: dict[ModelFamily, Pipeline], tmp_path: Path
) -> None:
    wide: dict[str, Any] = CONTROLS[ModelFamily.SD1] | {"block_out_channels": (32, 64, 64, 64)}
    path = as_folder(ControlNetModel(**wide), tmp_path / "wide")
    with pytest.raises(ModelError, match=r"made for another Stable Diffusion 1\.x model"):
        load_control(ModelRef(str(path)), pipelines[ModelFamily.SD1], tmp_path / "digests.json")


def test_a_file_that_lacks_a_tensor_is_refused_with_a_sentence(
    pipelines: dict[ModelFamily, Pipeline], tmp_path: Path, original_name: Rename
) -> None:
    tensors = original_control(control_of(ModelFamily.SD1), "control_model.", original_name)
    del tensors["control_model.zero_convs.3.0.weight"]
    path = tmp_path / "control.safetensors"
    save_file(tensors, path)
    with pytest.raises(ModelError, match="do not fit together; please fetch it again"):
        load_control(ModelRef(str(path)), pipelines[ModelFamily.SD1], tmp_path / "digests.json")


def test_a_model_without_a_network_of_its_own_says_so(
    pipelines: dict[ModelFamily, Pipeline], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="cannot follow a sketch by itself"):
        load_control(None, pipelines[ModelFamily.SD1], tmp_path / "digests.json")


def one_tensor(path: Path, name: str) -> Path:
    save_file({name: torch.zeros(1, 4)}, path)
    return path


@pytest.mark.parametrize(
    ("tensor", "words"),
    [
        ("lora_controlnet", "is a control-LoRA"),
        ("input_blocks.1.0.in_layers.2.up", "is a control-LoRA"),
        ("lllite_unet_input_blocks_4_1.depth_emb.0.weight", "ControlNet-LLLite"),
        ("task_embedding", "union of many ControlNets"),
        ("controlnet_blocks.0.weight", "a model of another kind"),
        ("double_blocks.0.img_attn.qkv.weight", "a model of another kind"),
        ("model.diffusion_model.input_blocks.0.0.weight", "is a whole model"),
        ("body.0.body.0.block1.weight", "is a light T2I-Adapter"),
        ("something", "is no control model that can be used"),
        ("controlnet_cond_embedding.conv_in.weight", "not a complete control model"),
    ],
)
def test_other_files_are_refused_with_the_reason(tmp_path: Path, tensor: str, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        inspect_control_model(one_tensor(tmp_path / "file.safetensors", tensor))


@pytest.mark.parametrize("name", ["control_sd15_canny.pth", "control.bin", "control.ckpt"])
def test_what_could_run_programs_is_not_opened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x80\x02}q\x00.")
    with pytest.raises(ModelError, match="because such model files can run programs"):
        inspect_control_model(path)


def test_a_folder_with_weights_that_could_run_programs_is_not_opened(tmp_path: Path) -> None:
    folder = as_folder(control_of(ModelFamily.SD1), tmp_path / "canny")
    (folder / "diffusion_pytorch_model.safetensors").rename(folder / "diffusion_pytorch_model.bin")
    with pytest.raises(ModelError, match="because such model files can run programs"):
        inspect_control_model(folder)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"_class_name": "ControlNetUnionModel"}, "ControlNetUnionModel"),
        ({"_class_name": "os.system"}, "is no control model"),
        ({"layers_per_block": 10**9}, "makes no sense"),
        ({"block_out_channels": [32, 10**9]}, "makes no sense"),
        ({"cross_attention_dim": 4096}, "for a model of another kind"),
        ({"conditioning_channels": 4}, "takes more than a picture"),
    ],
)
def test_a_folder_that_says_nonsense_is_refused(
    tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    folder = as_folder(control_of(ModelFamily.SD1), tmp_path / "canny")
    config = json.loads((folder / "config.json").read_bytes())
    (folder / "config.json").write_text(json.dumps(config | changes))
    with pytest.raises(ModelError, match=words):
        inspect_control_model(folder)


@pytest.mark.parametrize(
    ("name", "kind", "hint"),
    [
        ("control_v11p_sd15_scribble_fp16", ControlKind.SKETCH, ControlHint.SCRIBBLE),
        ("control_v11p_sd15s2_lineart_anime", ControlKind.SKETCH, ControlHint.LINEART),
        ("control_v11p_sd15_softedge", ControlKind.SKETCH, ControlHint.SOFT_EDGES),
        ("control_sd15_hed", ControlKind.SKETCH, ControlHint.SOFT_EDGES),
        ("controlnet-canny-sdxl-1.0", ControlKind.EDGES, ControlHint.CANNY),
        ("control_v11f1p_sd15_depth", ControlKind.DEPTH, ControlHint.DEPTH),
        ("control_v11p_sd15_normalbae", ControlKind.NORMAL, ControlHint.NORMAL_LEFT),
        ("control_sd15_normal", ControlKind.NORMAL, ControlHint.NORMAL),
        ("t2iadapter_color_sd14v1", ControlKind.COLOUR, ControlHint.COLOUR),
        ("mine", ControlKind.SKETCH, ControlHint.SCRIBBLE),
    ],
)
def test_what_a_model_steers_by_is_guessed_from_its_name(
    tmp_path: Path, name: str, kind: ControlKind, hint: ControlHint
) -> None:
    source = tmp_path / "models"
    source.mkdir()
    path = as_diffusers_file(control_of(ModelFamily.SD1), source / name)
    info = inspect_control_model(path)
    assert (info.name, info.kind, info.hint) == (Path(path).stem, kind, hint)
    assert inspect_control_model(path, ControlKind.DEPTH).kind is ControlKind.DEPTH
