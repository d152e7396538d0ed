"""Bad input through a real worker: one clear sentence or a picture, and a working worker after."""

import json
import math
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from maquette.core.errors import FailureCode, JobFailed, ModelError
from maquette.core.model_files import built_in_model
from maquette.core.recipe import ModelRef


def generate(engine: Any, recipe: Any) -> Any:
    return engine.run(engine.client.generate("job", "00000001", recipe))


ODD_PROMPTS = {
    "empty": "",
    "blank": " \n\t ",
    "10,000 characters": "mug " * 2500,
    "one long word": "m" * 10_000,
    "emoji": "a 🫖 on a 🪵 table 👩‍👩‍👧‍👦",
    "chinese": "木桌上的一个红色陶瓷杯",
    "right to left": "\u202eكوب خزفي أحمر\u202c",
    "control characters": "a\x00 red\x07\x1b[31m mug\r\n",
    "lone surrogate": "a red \ud83d mug",
    "special tokens": "<|startoftext|> mug <|endoftext|> cup",
}


@pytest.mark.parametrize("prompt", ODD_PROMPTS.values(), ids=ODD_PROMPTS.keys())
def test_odd_prompts_make_pictures(engine: Any, recipe: Any, prompt: str) -> None:
    made = generate(engine, recipe(prompt=prompt, negative_prompt=prompt, steps=1))
    assert made.file.startswith(b"\x89PNG")
    said = " ".join(made.notices)
    assert ("empty" in said) == (not prompt.strip())
    assert ("longer than this model reads" in said) == (len(prompt) == 10_000)


BAD_VALUES = {
    "too long": ({"prompt": "m" * 10_001}, "shorten"),
    "no multiple": ({"width": 264}, "multiple of 16"),
    "too small": ({"width": 64}, "between 256 and 4096"),
    "too large": ({"height": 100_000}, "between 256 and 4096"),
    "negative size": ({"height": -256}, "between 256 and 4096"),
    "NaN guidance": ({"guidance_scale": math.nan}, "guidance"),
    "infinite guidance": ({"guidance_scale": math.inf}, "guidance"),
    "negative guidance": ({"guidance_scale": -1.0}, "guidance"),
    "no steps": ({"steps": 0}, "steps"),
    "negative steps": ({"steps": -4}, "steps"),
    "negative seed": ({"seed": -1}, "seed"),
    "huge seed": ({"seed": 10**30}, "seed"),
}


@pytest.mark.parametrize(("changes", "words"), BAD_VALUES.values(), ids=BAD_VALUES.keys())
def test_bad_values_are_refused(
    engine: Any, recipe: Any, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(JobFailed, match=words) as failed:
        generate(engine, recipe(**changes))
    assert failed.value.code == FailureCode.BAD_INPUT
    assert failed.value.message.endswith(".")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the built-in model in a folder with spaces and Chinese characters."""
    return Path(shutil.copytree(built_in_model()[0], tmp_path / "my 模型 folder"))


def test_a_copy_of_the_model_elsewhere_works(engine: Any, recipe: Any, copy: Path) -> None:
    made = generate(engine, recipe(model=ModelRef(str(copy))))
    assert made.record.recipe.model.id == str(copy)
    assert len(made.record.recipe.model.digest) == 64


def test_hostile_models_are_refused_and_the_next_job_succeeds(
    engine: Any, recipe: Any, copy: Path, tmp_path: Path
) -> None:
    worker = engine.worker().pid
    trap = tmp_path / "trap"
    weights = copy / "unet" / "diffusion_pytorch_model.safetensors"
    whole = weights.read_bytes()

    def refused(path: Path, words: str) -> None:
        with pytest.raises(ModelError, match=words) as error:
            engine.run(engine.client.load(str(path)))
        assert error.value.message.endswith(".")
        with pytest.raises(JobFailed, match=words) as failed:
            generate(engine, recipe(model=ModelRef(str(path))))
        assert failed.value.code == FailureCode.MODEL

    refused(tmp_path / "nowhere", "no model")
    refused(tmp_path, "not a complete model folder")
    weights.write_bytes(whole[: len(whole) // 2])
    refused(copy, "incomplete")
    weights.write_bytes(pickle.dumps(_Trap(str(trap))))
    refused(copy, "pickle")
    weights.unlink()
    weights.with_suffix(".bin").write_bytes(pickle.dumps(_Trap(str(trap))))
    refused(copy, "only as .bin")
    weights.write_bytes((copy / "vae" / weights.name).read_bytes())
    refused(copy, "is damaged: unet/.* has another size")
    (copy / "manifest.json").unlink()
    refused(copy, "do not fit together")
    weights.write_bytes(whole)
    index = json.loads((copy / "model_index.json").read_text())
    for part, entry in (("unet", ["diffusers", "EvilModel"]), ("vae", ["os", "system"])):
        (copy / "model_index.json").write_text(json.dumps(index | {part: entry}))
        refused(copy, "cannot be used")
    (copy / "model_index.json").write_text(json.dumps(index))
    assert generate(engine, recipe(model=ModelRef(str(copy)))).file
    assert generate(engine, recipe()).file
    assert engine.worker().pid == worker
    assert not trap.exists()


class _Trap:
    """Writes a file if it is ever unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (self.path, "w")
