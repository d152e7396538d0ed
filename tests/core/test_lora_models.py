"""LoRA files are told by their headers, refused with a reason, and found again by their digest."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from maquette.core.errors import ModelError
from maquette.core.lora import LoraUse
from maquette.core.lora_headers import MAX_METADATA, LoraFormat
from maquette.core.lora_models import check_lora_fits, find_lora, find_loras, inspect_lora
from maquette.core.model_files import weights_digest
from maquette.core.model_info import ModelFamily, ModelInfo

KOHYA = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k"
DIFFUSERS = "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k"


def pair(module: str, width: int, rank: int = 4, ends: tuple[str, str] = ("lora_down", "lora_up")):
    down, up = ends
    return {
        f"{module}.{down}.weight": np.zeros((rank, width), np.float16),
        f"{module}.{up}.weight": np.zeros((320, rank), np.float16),
    }


def save(path: Path, tensors: dict, **metadata: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata)
    return path


PEFT_ENDS = ("lora_A", "lora_B")
OLD_ENDS = ("to_k_lora.down", "to_k_lora.up")


@pytest.mark.parametrize(
    ("tensors", "kind", "family"),
    [
        (pair(KOHYA, 768), LoraFormat.KOHYA, ModelFamily.SD1),
        (pair(KOHYA, 1024), LoraFormat.KOHYA, ModelFamily.SD2),
        (pair(KOHYA.replace("down_blocks_1", "input_blocks_4"), 2048), LoraFormat.KOHYA,
         ModelFamily.SDXL),
        (pair(DIFFUSERS, 256, ends=PEFT_ENDS), LoraFormat.DIFFUSERS, ModelFamily.MINI),
        (pair(DIFFUSERS.removesuffix(".to_k") + ".processor", 768, ends=OLD_ENDS),
         LoraFormat.DIFFUSERS, ModelFamily.SD1),
        (pair("base_model.model." + DIFFUSERS.removeprefix("unet."), 768, ends=PEFT_ENDS),
         LoraFormat.PEFT, ModelFamily.SD1),
        (pair("lora_te_text_model_encoder_layers_0_self_attn_q_proj", 1024), LoraFormat.KOHYA,
         ModelFamily.SD2),
        (pair("lora_te2_text_model_encoder_layers_0_mlp_fc1", 1280), LoraFormat.KOHYA,
         ModelFamily.SDXL),
        (pair(KOHYA, 33), LoraFormat.KOHYA, None),
        (pair("lora_unet_mid_block_resnets_0_conv1", 1280), LoraFormat.KOHYA, None),
    ],
)  # fmt: skip
def test_format_and_family_are_told_by_names_and_shapes(
    tmp_path: Path, tensors: dict, kind: LoraFormat, family: ModelFamily | None
) -> None:
    info = inspect_lora(save(tmp_path / "ink.safetensors", tensors))
    assert (info.name, info.format, info.family, info.rank) == ("ink", kind, family, 4)


def test_words_of_a_stranger_are_short_plain_text(tmp_path: Path) -> None:
    tags = {"10_ink": {"ink wash": 9, "a\u202ecat": 20}, "1_more": {"ink wash": 12}}
    metadata = {
        "ss_tag_frequency": json.dumps(tags),
        "modelspec.title": "Ink\n<b>wash</b>" + "!" * 999,
        "modelspec.architecture": "stable-diffusion-v1/lora",
    }
    tensors = pair("lora_unet_mid_block_resnets_0_conv1", 1280)
    info = inspect_lora(save(tmp_path / "ink.safetensors", tensors, **metadata))
    assert info.triggers == ("ink wash", "a cat")
    assert info.notes["title"].startswith("Ink <b>wash</b>!!!")
    assert len(info.notes["title"]) <= 200
    assert info.family is ModelFamily.SD1
    named = {"modelspec.trigger_phrase": "inkwash style, brush ,"}
    info = inspect_lora(save(tmp_path / "two.safetensors", tensors, **metadata, **named))
    assert info.triggers == ("inkwash style", "brush")


def test_endless_metadata_is_not_read_and_the_lora_still_used(tmp_path: Path) -> None:
    text = "x" * (10 << 20)
    assert len(text) > MAX_METADATA
    tensors = pair(KOHYA, 768)
    info = inspect_lora(save(tmp_path / "a.safetensors", tensors, ss_tag_frequency=text))
    assert info.too_wordy
    assert (info.triggers, info.notes, info.family) == ((), {}, ModelFamily.SD1)


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        ({"lora_unet_a.hada_w1_a": np.zeros((4, 4), np.float16)}, "LyCORIS"),
        (pair("lora_unet_double_blocks_0_img_attn_qkv", 3072), "a model of another kind"),
        (pair("transformer.single_transformer_blocks.0.attn.to_k", 3072, ends=PEFT_ENDS),
         "a model of another kind"),
        ({"emb_params": np.zeros((4, 768), np.float16)}, "textual inversion"),
        ({"model.diffusion_model.x": np.zeros(4, np.float16)}, "a whole model"),
        ({"x": np.zeros(4, np.float16)}, "is no LoRA that can be used"),
        (pair(KOHYA, 768, rank=0), "not a complete LoRA"),
    ],
)  # fmt: skip
def test_what_is_no_lora_of_ours_is_refused_with_the_reason(
    tmp_path: Path, tensors: dict, words: str
) -> None:
    with pytest.raises(ModelError, match=words):
        inspect_lora(save(tmp_path / "a.safetensors", tensors))


def test_files_that_are_broken_or_could_run_a_program_are_not_opened(tmp_path: Path) -> None:
    whole = save(tmp_path / "a.safetensors", pair(KOHYA, 768)).read_bytes()
    for name, content, words in (
        ("cut.safetensors", whole[:-1], "is incomplete"),
        ("zip.safetensors", b"PK\x03\x04" + bytes(64), "is a Python pickle"),
        ("a.pt", whole, "can run programs"),
        ("a.txt", whole, "is no LoRA"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ModelError, match=words):
            inspect_lora(tmp_path / name)
    with pytest.raises(ModelError, match="There is no LoRA at"):
        inspect_lora(tmp_path / "gone.safetensors")


def test_a_folder_gives_its_loras_and_passes_over_the_rest(tmp_path: Path) -> None:
    save(tmp_path / "b.safetensors", pair(KOHYA, 768))
    save(tmp_path / "sub/pytorch_lora_weights.safetensors", pair(KOHYA, 768))
    (tmp_path / "other.safetensors").write_bytes(b"no")
    gone = str(tmp_path / "gone.safetensors")
    found, refused = find_loras([str(tmp_path), gone])
    assert [info.name for info in found] == ["b", "sub"]
    assert [each.path for each in refused] == [gone]


def test_the_wrong_family_is_refused_with_the_reason(tmp_path: Path) -> None:
    info = inspect_lora(save(tmp_path / "ink.safetensors", pair(KOHYA, 768)))
    model = ModelInfo(id="x", name="Base", family=ModelFamily.SDXL)
    with pytest.raises(ModelError, match=r"ink is made for Stable Diffusion 1.x and .* Base.*SDXL"):
        check_lora_fits(info, model)
    check_lora_fits(info, ModelInfo(id="x", name="Base", family=ModelFamily.SD1))


def test_a_recipes_lora_is_found_by_digest_wherever_it_went(tmp_path: Path) -> None:
    cache = tmp_path / "digests.json"
    first = save(tmp_path / "a/ink.safetensors", pair(KOHYA, 768))
    use = LoraUse("ink", weights_digest(first, cache))
    assert find_lora(use, (), cache) == first
    folder = tmp_path / "b"
    folder.mkdir()
    moved = Path(shutil.move(first, folder / "ink.safetensors"))
    save(tmp_path / "a/ink.safetensors", pair(KOHYA, 768, rank=8))  # another one of its name
    assert find_lora(use, [str(tmp_path / "a"), str(folder)], cache) == moved
    renamed = Path(shutil.move(moved, folder / "my ink.safetensors"))
    assert find_lora(use, [str(tmp_path / "a"), str(folder)], tmp_path / "new.json") == renamed
    for lost in (use, LoraUse("ink", "")):
        with pytest.raises(ModelError, match="The LoRA ink of this recipe is not at hand"):
            find_lora(lost, [str(tmp_path / "a")], tmp_path / "other.json")
