"""The ControlNet: silent at first, learns lines, goes on where it stopped, works in diffusers."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from accelerate.state import AcceleratorState
from transformers import CLIPTokenizer

from maquette_recipe.config import Config, UNetConfig, load_config
from maquette_recipe.data.generate import render_shard
from maquette_recipe.data.latents import LatentSet
from maquette_recipe.export import Preview, build_pipeline, write_model
from maquette_recipe.nets.architecture import build_autoencoder
from maquette_recipe.nets.base import BaseModel, build_base
from maquette_recipe.nets.carry_over import open_exported_autoencoder
from maquette_recipe.nets.control import BLANK, ControlledBase, build_control, copy_encoder
from maquette_recipe.nets.tokenizer import build_tokenizer
from maquette_recipe.train.autoencoder import load_autoencoder, train_autoencoder
from maquette_recipe.train.checkpoint import save_checkpoint
from maquette_recipe.train.control import ControlTrainer
from maquette_recipe.train.control_batches import Drawn, Dropout, mixed_sketches
from maquette_recipe.train.trained import load_control, load_steered_base, samples_steered
from maquette_recipe.world import sample_attributes

STEPS = 10
SIDE = 64


@pytest.fixture(autouse=True)
def fresh_accelerator() -> None:
    """Every run may choose its own precision."""
    AcceleratorState._reset_state(reset_partial_state=True)


@pytest.fixture(scope="module")
def config() -> Config:
    recipe = load_config()
    replace = msgspec.structs.replace
    return replace(
        recipe,
        text=replace(recipe.text, captions=300, merges=100, width=32, layers=1, heads=2),
        unet=UNetConfig((32, 64), layers_per_block=1, head_width=16),
        control=replace(
            recipe.control, embedding=(8, 8, 16, 16, 32), batch=8, warmup_steps=2, seconds=1000.0,
            learning_rate=4e-3, ema_decay=0.5, clean_fraction=1.0, unet_learning_rate=0.0,
            bare_share=0.0,
        ),
        autoencoder=replace(recipe.autoencoder, decoder_width=16, encoder_width=16),
    )  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer(config: Config) -> CLIPTokenizer:
    return build_tokenizer(config.text, config.seed)


@pytest.fixture(scope="module")
def base(config: Config, tokenizer: CLIPTokenizer) -> BaseModel:
    torch.manual_seed(0)
    return build_base(config, tokenizer)


class Bars:
    """Drawings of one thick vertical bar, at a place that depends on the picture."""

    @staticmethod
    def column(index: int) -> int:
        return 8 + 12 * (index % 4)

    def lines(self, index: int) -> np.ndarray:
        drawing = np.full((SIDE, SIDE), 255, dtype=np.uint8)
        drawing[:, self.column(index) : self.column(index) + 8] = 20
        return drawing


@pytest.fixture(scope="module")
def drawn(config: Config) -> Drawn:
    """Latents that are bright where the drawing is dark."""
    rng = np.random.default_rng(0)
    count, channels = 32, config.autoencoder.latent_channels
    mirrored = rng.random(count) < 0.5
    latents = np.zeros((count, channels, SIDE // 16, SIDE // 16), dtype=np.float16)
    for row in range(count):
        drawing = Bars().lines(row)
        drawing = drawing[:, ::-1] if mirrored[row] else drawing
        ink = (255 - drawing.astype(np.float32)).reshape(4, 16, 4, 16).mean((1, 3)) / 60 - 1
        latents[row] = ink
    scenes = [sample_attributes(rng) for _ in range(count)]
    return Drawn(LatentSet(latents, scenes, np.arange(count, dtype=np.int32), mirrored), Bars())


def tick_clock() -> Callable[[], float]:
    """A clock that moves on by half a second at every look, so that plans are exact."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.5
        return now

    return clock


def trainer(
    work: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel, drawn: Drawn
) -> ControlTrainer:
    return ControlTrainer(
        work, config, tokenizer, base, drawn, drawn, clock=tick_clock(), mixed_precision="no"
    )


def test_fresh_control_leaves_the_unets_output_unchanged(config: Config, base: BaseModel) -> None:
    model = ControlledBase(base, build_control(config, base.unet))
    noisy = torch.randn(2, config.autoencoder.latent_channels, 8, 8)
    timesteps, tokens = torch.tensor([10, 900]), torch.tensor([[1, 5, 6, 2], [1, 7, 2, 2]])
    with torch.no_grad():
        plain, _ = base(noisy, timesteps, tokens)
        steered = model(noisy, timesteps, tokens, torch.rand(2, 3, 128, 128))
    assert torch.equal(plain, steered)


def test_control_starts_from_the_unets_encoder(config: Config, base: BaseModel) -> None:
    control = build_control(config, base.unet)
    copied = copy_encoder(control, base.unet)
    assert {"conv_in.weight", "time_embedding.linear_1.weight"} <= set(copied)
    for part in ("down_blocks.0.resnets.0", "down_blocks.0.downsamplers.0", "mid_block.resnets.0"):
        assert any(name.startswith(part) for name in copied), part
    weight = "down_blocks.1.resnets.0.conv1.weight"
    assert torch.equal(control.state_dict()[weight], base.unet.state_dict()[weight])


def test_the_networks_fit_beside_the_text_encoder_into_60_mb() -> None:
    from maquette_recipe.nets.architecture import build_unet

    recipe = load_config()
    unet = build_unet(recipe.unet, recipe.autoencoder.latent_channels, recipe.text.width)
    networks = unet, build_control(recipe, unet), build_autoencoder(recipe.autoencoder)
    count = sum(weight.numel() for network in networks for weight in network.parameters())
    assert 2 * count < 52_000_000


def test_embedding_that_misses_the_latents_size_is_refused(config: Config, base: BaseModel) -> None:
    plan = msgspec.structs.replace(config.control, embedding=(8, 16, 32, 48))
    with pytest.raises(ValueError, match="need 5"):
        build_control(msgspec.structs.replace(config, control=plan), base.unet)


def test_loss_falls_and_resume_continues_exactly(
    tmp_path: Path,
    config: Config,
    tokenizer: CLIPTokenizer,
    base: BaseModel,
    drawn: Drawn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("maquette_recipe.train.control._VALIDATION_COUNT", 12)
    frozen = {name: value.clone() for name, value in base.state_dict().items()}
    straight = trainer(tmp_path / "a", config, tokenizer, base, drawn)
    before = straight.validate()
    assert before["validation"] == pytest.approx(before["validation_blank"])
    list(straight.run(2 * STEPS))
    list(trainer(tmp_path / "b", config, tokenizer, base, drawn).run(STEPS))
    second = trainer(tmp_path / "b", config, tokenizer, base, drawn)
    assert second.step == STEPS
    assert second.samples == STEPS * config.control.batch
    after = list(second.run(STEPS))[-1]
    assert after["validation"] < before["validation"]
    assert after["validation"] < after["validation_blank"]  # sketches say where the bar is
    for name, value in straight.control.state_dict().items():
        assert torch.equal(value, second.control.state_dict()[name]), name
    for name, value in base.state_dict().items():
        assert torch.equal(value, frozen[name]), name
    averaged = load_control(tmp_path / "b", config)
    assert averaged is not None
    weight = averaged.controlnet_mid_block.weight.detach()
    assert not torch.equal(weight, second.control.controlnet_mid_block.weight)
    assert float(weight.abs().max()) > 0


def test_the_unet_learns_beside_the_control_and_resumes_exactly(
    tmp_path: Path,
    config: Config,
    tokenizer: CLIPTokenizer,
    base: BaseModel,
    drawn: Drawn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("maquette_recipe.train.control._VALIDATION_COUNT", 12)
    plan = msgspec.structs.replace(config.control, unet_learning_rate=2e-3, bare_share=0.25)
    joint = msgspec.structs.replace(config, control=plan)
    straight = trainer(tmp_path / "a", joint, tokenizer, deepcopy(base), drawn)
    assert len(straight.draw(0).sketches) == config.control.batch * 3 // 4
    before = straight.validate()
    list(straight.run(4))
    assert straight.validate()["validation_bare"] < before["validation_bare"]
    list(trainer(tmp_path / "b", joint, tokenizer, deepcopy(base), drawn).run(2))
    second = trainer(tmp_path / "b", joint, tokenizer, deepcopy(base), drawn)
    list(second.run(2))
    for name, value in straight.base.unet.state_dict().items():
        assert torch.equal(value, second.base.unet.state_dict()[name]), name
    # What is exported is this UNet and not the one that it started from.
    save_checkpoint(
        tmp_path / "b" / "base.pt", {"average": dict(base.named_parameters()), "samples": 100}
    )
    steered = load_steered_base(tmp_path / "b", joint, tokenizer)
    assert not torch.equal(steered.unet.conv_in.weight, base.unet.conv_in.weight)
    for name, value in steered.text_encoder.state_dict().items():
        assert torch.equal(value, base.text_encoder.state_dict()[name]), name
    assert samples_steered(tmp_path / "b") == 100 + 4 * config.control.batch


def test_without_a_checkpoint_there_is_no_control(tmp_path: Path, config: Config) -> None:
    assert load_control(tmp_path, config) is None


def test_drawings_are_mirrored_like_their_latents(drawn: Drawn) -> None:
    rows = np.arange(len(drawn.latents))
    for row, lines in zip(rows, drawn.lines(rows), strict=True):
        original = drawn.pictures.lines(int(row))
        expected = original[:, ::-1] if drawn.latents.mirrored[row] else original
        assert np.array_equal(lines, expected)


def test_dropout_shares() -> None:
    no_caption, no_sketch = Dropout(0.1, 0.2, 0.05).draw(np.random.default_rng(0), 20_000)
    both = no_caption & no_sketch
    assert both.mean() == pytest.approx(0.05, abs=0.01)
    assert (no_caption & ~both).mean() == pytest.approx(0.1, abs=0.01)
    assert (no_sketch & ~both).mean() == pytest.approx(0.2, abs=0.01)


def test_the_clean_share_of_sketches_is_clean(drawn: Drawn) -> None:
    lines = torch.from_numpy(drawn.lines(np.zeros(24, dtype=int)))
    paper = lines[:, None].float() / 255
    sketches = mixed_sketches(lines, np.random.default_rng(0), 0.5)
    error = torch.minimum((sketches - paper).abs(), (sketches - 1 + paper).abs())
    clean = int((error.amax(dim=(1, 2, 3)) < 1e-6).sum())
    assert 4 <= clean <= 20


@pytest.fixture(scope="module")
def exported(
    tmp_path_factory: pytest.TempPathFactory, config: Config, tokenizer: CLIPTokenizer,
    base: BaseModel,
) -> Path:  # fmt: skip
    """A model folder with a ControlNet that has an effect."""
    folder = tmp_path_factory.mktemp("model")
    torch.manual_seed(0)
    control = build_control(config, base.unet)
    for layer in (
        control.controlnet_cond_embedding.conv_out,
        control.controlnet_mid_block,
        *control.controlnet_down_blocks,
    ):
        torch.nn.init.normal_(layer.weight, std=0.3)
    vae = build_autoencoder(config.autoencoder)
    torch.nn.init.constant_(vae.decoder.layers[-1].bias, 0.5)  # grey instead of clipped black
    pipeline = build_pipeline(vae, base.unet, base.text_encoder, tokenizer, config.diffusion)
    preview = Preview(torch.zeros(48, config.autoencoder.latent_channels), torch.zeros(48))
    write_model(folder, pipeline, preview, config, 0, control)
    base.float()
    return folder


def picture(pipeline: Any, seed: int, **settings: Any) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    output = pipeline(
        "a red mug", height=128, width=128, num_inference_steps=2, generator=generator,
        output_type="pt", **settings,
    )  # fmt: skip
    return output.images


def load(kind: str, folder: Path, **parts: Any) -> Any:
    import diffusers

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pipeline = getattr(diffusers, kind).from_pretrained(folder, local_files_only=True, **parts)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def test_exported_control_steers_the_ordinary_pipelines(exported: Path) -> None:
    from diffusers import ControlNetModel
    from safetensors import safe_open

    described = json.loads((exported / "maquette.json").read_text("utf-8"))
    assert described["controlnet"] == {"sketch": "controlnet"}
    (weights,) = (exported / "controlnet").glob("*.safetensors")
    with safe_open(weights, "pt") as file:
        assert {file.get_tensor(name).dtype for name in file.keys()} == {torch.float16}  # noqa: SIM118
    control = ControlNetModel.from_pretrained(
        exported / described["controlnet"]["sketch"], local_files_only=True
    )
    blank, sketch = torch.full((1, 3, 128, 128), BLANK), torch.rand(1, 3, 128, 128)
    steered = load("StableDiffusionControlNetPipeline", exported, controlnet=control)
    first = picture(steered, 1, image=sketch)
    assert torch.equal(first, picture(steered, 1, image=sketch))
    assert not torch.equal(first, picture(steered, 2, image=sketch))
    assert not torch.equal(first, picture(steered, 1, image=blank))
    edited = load("StableDiffusionControlNetImg2ImgPipeline", exported, controlnet=control)
    start = torch.rand(1, 3, 128, 128)
    once = picture(edited, 1, image=start, control_image=sketch, strength=1.0)
    assert not torch.equal(once, picture(edited, 1, image=start, control_image=blank, strength=1.0))
    assert not torch.equal(
        once, picture(edited, 2, image=start, control_image=sketch, strength=1.0)
    )


def test_training_goes_on_from_an_exported_folder(
    tmp_path: Path, exported: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel,
    drawn: Drawn,
) -> None:  # fmt: skip
    from diffusers import ControlNetModel

    small = msgspec.structs.replace(
        config.render, size=48, supersample=1, batch=1, shard_batches=1, looks=2
    )
    for number in (0, 36):
        render_shard(tmp_path / "pictures", number, small, 0, held_out=False, device="cpu")
    plan = msgspec.structs.replace(config.autoencoder, seconds=0.0)
    list(train_autoencoder(tmp_path / "pictures", tmp_path, plan, 0, warm_start=exported))
    vae, earlier = load_autoencoder(tmp_path, plan), open_exported_autoencoder(exported)
    for name, value in earlier.state_dict().items():
        assert torch.equal(vae.state_dict()[name], value), name
    AcceleratorState._reset_state(reset_partial_state=True)
    learner = ControlTrainer(
        tmp_path, config, tokenizer, base, drawn, drawn, clock=tick_clock(),
        mixed_precision="no", warm_start=exported,
    )  # fmt: skip
    known = ControlNetModel.from_pretrained(exported / "controlnet", local_files_only=True)
    for name, value in known.float().state_dict().items():
        assert torch.equal(learner.control.state_dict()[name], value), name


def test_the_folder_with_control_is_an_ordinary_pipeline_too(exported: Path) -> None:
    plain = load("StableDiffusionPipeline", exported)
    assert torch.isfinite(picture(plain, 1)).all()


def test_weights_in_pieces_replace_whole_ones_and_make_the_same_pictures(
    exported: Path, tmp_path: Path, config: Config
) -> None:
    folder = shutil.copytree(exported, tmp_path / "model")
    whole = max(path.stat().st_size for path in (folder / "unet").glob("*.safetensors"))
    preview = Preview(torch.zeros(48, config.autoencoder.latent_channels), torch.zeros(48))
    source = load("StableDiffusionPipeline", exported)
    write_model(folder, source, preview, config, 0, shard_size=f"{whole // 3 // 1000}KB")
    pieces = list((folder / "unet").glob("*.safetensors"))
    assert len(pieces) >= 3
    assert max(path.stat().st_size for path in pieces) < whole / 2
    plain, again = (load("StableDiffusionPipeline", place) for place in (exported, folder))
    assert torch.equal(picture(plain, 1), picture(again, 1))
