"""LoRAs act as in diffusers' own pipelines, change no loaded weight, and leave nothing behind."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from peft.tuners.tuners_utils import BaseTunerLayer
from safetensors.torch import save_file

from maquette.core.errors import FailureCode, JobFailed, ModelError
from maquette.core.lora import LoraUse
from maquette.core.model_files import weights_digest
from maquette.core.model_ref import ModelRef
from maquette.core.paths import settings_file
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.settings import Settings, save_settings
from maquette.protocol.messages import Device
from maquette.worker import loras, studio
from maquette.worker.cancel import CancelToken
from maquette.worker.loras import forget_all, have_loras
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.studio import Studio
from maquette.worker.text_to_image import Run, make_image

SIDE = 64  # pixels; nothing is marked here
BLOCK = "down_blocks.0.attentions.0.transformer_blocks.0"
UNET = {  # what a LoRA may change: attention, 1x1 convolutions, feed-forward, 3x3 convolutions
    f"{BLOCK}.attn1.to_q": 4,
    f"{BLOCK}.attn2.to_k": 4,
    f"{BLOCK}.attn2.to_out.0": 4,
    f"{BLOCK}.ff.net.2": 8,
    "down_blocks.0.attentions.0.proj_in": 4,
    "mid_block.resnets.0.conv1": 2,
}
TEXT = {  # with out_proj, by which diffusers tells old names from new ones
    "encoder.layers.0.self_attn.q_proj": 4,
    "encoder.layers.0.self_attn.out_proj": 4,
    "encoder.layers.1.mlp.fc1": 4,
}
ALPHA = 2.0

State = dict[str, torch.Tensor]


@pytest.fixture(scope="module")
def loaded(sd_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    cache = tmp_path_factory.mktemp("cache") / "d.json"
    return load_model(str(sd_folder), torch.device("cpu"), torch.float32, cache, lambda *_: None)


@pytest.fixture
def pipeline(loaded: Pipeline) -> Iterator[Pipeline]:
    """The model as it was loaded."""
    yield loaded
    forget_all(loaded)


def layers(network: torch.nn.Module, ranks: dict[str, int], seed: int) -> dict[str, State]:
    """Random layers for the modules of `network`, in PEFT's shapes."""
    generator = torch.Generator().manual_seed(seed)
    modules = dict(network.named_modules())
    made = {}
    for name, rank in ranks.items():
        weight = modules[name].weight
        rest = weight.shape[1:]
        up = (weight.shape[0], rank, *(1 for _ in rest[1:]))
        made[name] = {
            "A": torch.randn((rank, *rest), generator=generator) * 0.3,
            "B": torch.randn(up, generator=generator) * 0.3,
        }
    return made


def parts_of(pipeline: Pipeline, seed: int) -> dict[str, dict[str, State]]:
    text = pipeline.text[0].encoder
    names = dict(text.named_modules())
    prefix = "" if next(iter(TEXT)) in names else "text_model."
    own = layers(text, {prefix + name: rank for name, rank in TEXT.items()}, seed + 1)
    bare = {name.removeprefix("text_model."): pair for name, pair in own.items()}
    return {"unet": layers(pipeline.unet, UNET, seed), "text_encoder": bare}


def kohya(parts: dict[str, dict[str, State]]) -> tuple[State, dict[str, str]]:
    state = {}
    for network, prefix in (("unet", "lora_unet_"), ("text_encoder", "lora_te_text_model_")):
        for name, pair in parts[network].items():
            module = prefix + name.replace(".", "_")
            state[f"{module}.lora_down.weight"] = pair["A"]
            state[f"{module}.lora_up.weight"] = pair["B"]
            state[f"{module}.alpha"] = torch.tensor(ALPHA)
    return state, {}


def diffusers(parts: dict[str, dict[str, State]]) -> tuple[State, dict[str, str]]:
    state = {}
    for network, inner in (("unet", "unet."), ("text_encoder", "text_encoder.text_model.")):
        for name, pair in parts[network].items():
            for letter, tensor in pair.items():
                state[f"{inner}{name}.lora_{letter}.weight"] = tensor
    return state, {}


def peft(parts: dict[str, dict[str, State]]) -> tuple[State, dict[str, str]]:
    """A UNet's alone, with alphas as diffusers tells them in the header."""
    state = {
        f"base_model.model.{name}.lora_{letter}.weight": tensor
        for name, pair in parts["unet"].items()
        for letter, tensor in pair.items()
    }
    return state, {"lora_adapter_metadata": json.dumps({"lora_alpha": ALPHA, "r": 4})}


def write(path: Path, saved: tuple[State, dict[str, str]]) -> Path:
    state, metadata = saved
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, path, metadata)
    return path


def made(pipeline: Pipeline, tmp_path: Path, *uses: LoraUse) -> tuple[Pixels, tuple[str, ...]]:
    recipe = Recipe(
        prompt="a red ceramic mug",
        negative_prompt="blurry",
        seed=7,
        width=SIDE,
        height=SIDE,
        steps=2,
        guidance_scale=5.0,
        model=ModelRef(pipeline.info.id),
        loras=uses,
    )
    notices = have_loras(pipeline, recipe, (), tmp_path / "d.json")
    return make_image(pipeline, recipe, None, lambda *_: None, Run(CancelToken())), notices


def use(path: Path, tmp_path: Path, weight: float = 1.0) -> LoraUse:
    return LoraUse(path.stem, weights_digest(path, tmp_path / "d.json"), weight)


def reference(folder: Path, files: dict[Path, float]) -> Pixels:
    """What diffusers' own pipeline makes with `load_lora_weights`."""
    pipe = StableDiffusionPipeline.from_pretrained(
        folder, safety_checker=None, requires_safety_checker=False
    )
    pipe.set_progress_bar_config(disable=True)
    pipe.unet.to(memory_format=torch.channels_last)
    for number, path in enumerate(files):
        pipe.load_lora_weights(str(path.parent), weight_name=path.name, adapter_name=f"n{number}")
    pipe.set_adapters([f"n{number}" for number in range(len(files))], list(files.values()))
    image = pipe(
        "a red ceramic mug",
        negative_prompt="blurry",
        num_inference_steps=2,
        guidance_scale=5.0,
        width=SIDE,
        height=SIDE,
        generator=torch.Generator("cpu").manual_seed(7),
    ).images[0]
    return np.asarray(image)


def farthest(first: Pixels, second: Pixels) -> int:
    return int(np.abs(first.astype(int) - second).max())


@pytest.mark.filterwarnings("ignore:Already found a `peft_config`")
def test_several_act_as_in_diffusers_pipelines(
    pipeline: Pipeline, sd_folder: Path, tmp_path: Path
) -> None:
    one = write(tmp_path / "one.safetensors", kohya(parts_of(pipeline, 1)))
    two = write(tmp_path / "two.safetensors", diffusers(parts_of(pipeline, 2)))
    ours, notices = made(pipeline, tmp_path, use(one, tmp_path, 0.8), use(two, tmp_path, -0.6))
    assert notices == ()
    expected = reference(sd_folder, {one: 0.8, two: -0.6})
    assert farthest(ours, expected) <= 1
    assert farthest(ours, made(pipeline, tmp_path)[0]) > 5


def test_formats_say_the_same(pipeline: Pipeline, tmp_path: Path) -> None:
    parts = parts_of(pipeline, 1)
    alone = {"unet": {name: p for name, p in parts["unet"].items() if len(p["A"]) == 4}}
    alone["text_encoder"] = {}
    files = [
        write(tmp_path / "kohya.safetensors", kohya(alone)),
        write(tmp_path / "peft.safetensors", peft(alone)),
    ]
    first, second = (made(pipeline, tmp_path, use(file, tmp_path))[0] for file in files)
    assert np.array_equal(first, second)


def test_without_weight_and_after_all_are_gone_the_pictures_are_as_before(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    plain, _ = made(pipeline, tmp_path)
    one = write(tmp_path / "one.safetensors", kohya(parts_of(pipeline, 1)))
    assert np.array_equal(made(pipeline, tmp_path, use(one, tmp_path, 0))[0], plain)
    full, _ = made(pipeline, tmp_path, use(one, tmp_path))
    half, _ = made(pipeline, tmp_path, use(one, tmp_path, 0.5))
    assert farthest(full, plain) > 5
    assert farthest(half, full) > 0
    one.unlink()  # changing a weight, or going back, reads no file
    assert np.array_equal(made(pipeline, tmp_path, use_again(pipeline, 1.0))[0], full)
    assert np.array_equal(made(pipeline, tmp_path, use_again(pipeline, 0))[0], plain)
    assert np.array_equal(made(pipeline, tmp_path)[0], plain)
    forget_all(pipeline)
    assert not pipeline.loras
    for network in (pipeline.unet, pipeline.text[0].encoder):
        assert not any(isinstance(module, BaseTunerLayer) for module in network.modules())
    assert np.array_equal(made(pipeline, tmp_path)[0], plain)


def use_again(pipeline: Pipeline, weight: float) -> LoraUse:
    return LoraUse("one", next(iter(pipeline.loras)), weight)


def test_those_that_nobody_wants_leave_when_they_take_too_much(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        write(tmp_path / f"{seed}.safetensors", kohya(parts_of(pipeline, seed))) for seed in (1, 2)
    ]
    first, second = (use(file, tmp_path) for file in files)
    both, _ = made(pipeline, tmp_path, first, second)
    alone, _ = made(pipeline, tmp_path, second)
    assert list(pipeline.loras) == [first.digest, second.digest]
    monkeypatch.setattr(loras, "KEPT_UNUSED", 0)
    assert np.array_equal(made(pipeline, tmp_path, second)[0], alone)
    assert list(pipeline.loras) == [second.digest]
    made(pipeline, tmp_path)
    assert not pipeline.loras
    assert farthest(made(pipeline, tmp_path, first, second)[0], both) == 0


def test_keys_that_the_model_does_not_know_are_counted(pipeline: Pipeline, tmp_path: Path) -> None:
    state, _ = kohya(parts_of(pipeline, 1))
    total = len(state)
    state["lora_unet_down_blocks_9_attentions_0_proj_in.lora_down.weight"] = torch.ones(4, 32)
    state["lora_unet_down_blocks_9_attentions_0_proj_in.lora_up.weight"] = torch.ones(32, 4)
    state["lora_unet_mid_block_resnets_0_conv2.lora_mid.weight"] = torch.ones(4, 4, 3, 3)
    state["something.else"] = torch.ones(1)
    path = write(tmp_path / "one.safetensors", (state, {}))
    _, notices = made(pipeline, tmp_path, use(path, tmp_path))
    assert notices == (
        f"Of the LoRA one, {total} of {total + 4} keys were applied; 4 are unknown to this model.",
    )


def nan(state: State) -> State:
    return {name: torch.full_like(t, torch.nan) for name, t in state.items()}


def wider(state: State) -> State:
    return {n: t.repeat_interleave(3, 1) if "lora_down" in n else t for n, t in state.items()}


def of_sdxl(state: State) -> State:
    key = "lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_k"
    return state | {
        f"{key}.lora_down.weight": torch.ones(4, 2048),
        f"{key}.lora_up.weight": torch.ones(640, 4),
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (nan, "weights that are no numbers"),
        (wider, "fits nothing in"),
        (of_sdxl, "is made for SDXL and cannot be added"),
    ],
)
def test_what_cannot_be_used_is_refused_and_the_model_stays_as_it_was(
    pipeline: Pipeline, tmp_path: Path, change: Callable[[State], State], words: str
) -> None:
    good = use(write(tmp_path / "ok.safetensors", kohya(parts_of(pipeline, 1))), tmp_path)
    before, _ = made(pipeline, tmp_path, good)
    state, _ = kohya(parts_of(pipeline, 2))
    state = {name: t for name, t in state.items() if "attn2_to_k" not in name or change is nan}
    bad = use(write(tmp_path / "bad.safetensors", (change(state), {})), tmp_path)
    with pytest.raises(ModelError, match=words):
        made(pipeline, tmp_path, good, bad)
    assert list(pipeline.loras) == [good.digest]
    assert np.array_equal(made(pipeline, tmp_path, good)[0], before)


def test_one_that_is_not_at_hand_is_named(pipeline: Pipeline, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="The LoRA Ink of this recipe is not at hand"):
        made(pipeline, tmp_path, LoraUse("Ink", "00" * 32))


def test_the_maker_finds_them_where_the_settings_say_and_survives_a_lack_of_memory(
    pipeline: Pipeline,
    sd_folder: Path,
    maquette_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del maquette_home
    (tmp_path / "kept").mkdir()
    state, metadata = kohya(parts_of(pipeline, 1))
    state["something.else"] = torch.ones(1)
    wanted = use(write(tmp_path / "kept/ink.safetensors", (state, metadata)), tmp_path, 0.5)
    save_settings(settings_file(), Settings(loras=(str(tmp_path / "kept"),)))
    maker = Studio(Device("cpu", "test", "fp32", 1 << 34))
    maker.load(str(sd_folder), CancelToken(), lambda *_: None)
    recipe = Recipe(
        prompt="a mug",
        seed=1,
        width=256,
        height=256,
        steps=1,
        guidance_scale=1,
        model=ModelRef(str(sd_folder)),
        loras=(wanted,),
    )
    picture = maker.make(recipe, None, CancelToken(), lambda *_: None)
    assert picture.recipe.loras == (wanted,)
    assert any("are unknown to this model" in notice for notice in picture.notices)

    def lacking(*_arguments: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(studio, "have_loras", lacking)
        with pytest.raises(JobFailed, match="to add these LoRAs") as caught:
            maker.make(recipe, None, CancelToken(), lambda *_: None)
    assert caught.value.code is FailureCode.OUT_OF_MEMORY
    again = maker.make(recipe, None, CancelToken(), lambda *_: None)
    assert np.array_equal(again.pixels, picture.pixels)
