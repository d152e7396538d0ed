"""`--lora FILE[:WEIGHT]` adds to the model what fits it, and says of the rest why it cannot."""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from safetensors.numpy import save_file

from maquette.cli.loras import with_style
from maquette.cli.wishes import Wishes, draw_up
from maquette.core.errors import InputError
from maquette.core.lora import LoraUse
from maquette.core.model_files import weights_digest
from maquette.core.model_info import BUILT_IN
from maquette.core.style import Style, StyleGroup, Words

MODULE = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k"
WISHES = Wishes(
    prompt="a mug", negative="", count=2, seed=1, size="", steps=None, guidance=None,
    sampler="unipc", model="", start=None, strength=None,
)  # fmt: skip


def lora(path: Path, width: int = 256, **metadata: str) -> Path:
    tensors = {
        f"{MODULE}.lora_down.weight": np.zeros((4, width), np.float32),
        f"{MODULE}.lora_up.weight": np.zeros((192, 4), np.float32),
    }
    save_file(tensors, path, metadata)
    return path


def drawn(*typed: str, model: str = BUILT_IN) -> Any:
    return draw_up(msgspec.structs.replace(WISHES, loras=typed), model)


def test_files_and_weights_go_into_every_recipe_in_order(
    maquette_home: Path, tmp_path: Path
) -> None:
    ink = lora(tmp_path / "ink.safetensors", **{"modelspec.trigger_phrase": "ink wash"})
    clay = lora(tmp_path / "clay 陶.safetensors", other="x")
    made = drawn(f"{clay}:-0.5", str(ink))
    cache = maquette_home / "other.json"
    expected = (
        LoraUse("clay 陶", weights_digest(clay, cache), -0.5),
        LoraUse("ink", weights_digest(ink, cache), 1.0),
    )
    assert [recipe.loras for recipe in made.recipes] == [expected, expected]
    assert made.remarks == ("ink answers to these words: ink wash.",)


@pytest.mark.parametrize(
    ("width", "end", "words"),
    [
        (768, "", "is made for Stable Diffusion 1.x and cannot be added to"),
        (256, ":3", "between -2 and 2"),
        (256, ":", "after a colon, its weight"),
        (256, ":strong", "There is no LoRA at"),
    ],
)
def test_what_cannot_be_added_is_refused_before_anything_starts(
    maquette_home: Path, tmp_path: Path, width: int, end: str, words: str
) -> None:
    del maquette_home
    path = lora(tmp_path / "ink.safetensors", width)
    with pytest.raises(InputError, match=words):
        drawn(f"{path}{end}")


def test_what_was_typed_goes_before_what_a_style_says() -> None:
    own = (LoraUse("Ink", "ab" * 32, 0.5), LoraUse("Clay", "cd" * 32))
    style = Style(id="x", name=Words(en="X"), group=StyleGroup.INK, loras=own)
    typed = (LoraUse("ink", "ab" * 32, 1.5),)
    assert with_style(typed, style) == (LoraUse("Clay", "cd" * 32), *typed)
    assert with_style((), None) == ()


def test_a_batch_adds_them_to_every_line(maquette: Any, tmp_path: Path) -> None:
    path = lora(tmp_path / "ink.safetensors")
    (tmp_path / "prompts.txt").write_text("a mug\na vase\n")
    plain = maquette("batch", str(tmp_path / "prompts.txt"), "--dry-run", "--json")
    told = maquette(
        "batch", str(tmp_path / "prompts.txt"), "--lora", f"{path}:0.25", "--dry-run", "--json"
    )
    assert told.code == 0, told.errors
    pictures = json.loads(told.output)["pictures"]
    assert [
        [(each["name"], each["weight"]) for each in picture["recipe"]["loras"]]
        for picture in pictures
    ] == [[("ink", 0.25)], [("ink", 0.25)]]
    assert all(not each["recipe"]["loras"] for each in json.loads(plain.output)["pictures"])
