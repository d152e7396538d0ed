"""Small pictures in files, a model that is smaller still, and plans to train one on the other."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from accelerate.state import AcceleratorState
from diffusers import (
    AutoencoderTiny,
    StableDiffusionPipeline,
    UNet2DConditionModel,
    UniPCMultistepScheduler,
)
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from maquette.core.model_files import built_in_model, inspect_model
from maquette.core.pixels import Pixels
from maquette.core.training import (
    StyleKind,
    TrainingPicture,
    TrainingPlan,
    TrainingPreset,
    TrainingSource,
)
from maquette.core.training_files import TrainingFolder
from maquette.core.training_presets import plan_training
from maquette.protocol.messages import Device
from maquette.worker.training.inspection import look_at


def _striped(number: int, side: int = 96) -> Pixels:
    rng = np.random.default_rng(number)
    rows = np.linspace(0, 6 + number, side)[:, None]
    columns = np.linspace(0, 3 + 2 * number, side)[None, :]
    wave = np.sin(rows + rng.uniform(0, 6)) * np.cos(columns) * 0.5 + 0.5
    noise = rng.uniform(0, 0.3, (side, side))
    return np.stack([wave * 200, wave * 220, 155 + 100 * noise], -1).clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model like the built-in one, so small that a step takes milliseconds."""
    folder = tmp_path_factory.mktemp("models") / "small mini 模型"
    built_in, _info = built_in_model()
    tokenizer = CLIPTokenizer.from_pretrained(built_in / "tokenizer")
    torch.manual_seed(4)
    pipeline = StableDiffusionPipeline(
        vae=AutoencoderTiny(
            encoder_block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8)
        ),
        text_encoder=CLIPTextModel(
            CLIPTextConfig(
                hidden_size=256,
                intermediate_size=32,
                num_attention_heads=4,
                num_hidden_layers=1,
                projection_dim=32,
                vocab_size=len(tokenizer),
                max_position_embeddings=48,
                bos_token_id=tokenizer.bos_token_id,
                eos_token_id=tokenizer.eos_token_id,
                pad_token_id=tokenizer.pad_token_id,
            )
        ),
        tokenizer=tokenizer,
        unet=UNet2DConditionModel(
            block_out_channels=(32, 64),
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            layers_per_block=1,
            attention_head_dim=32,
            cross_attention_dim=256,
            sample_size=32,
        ),
        scheduler=UniPCMultistepScheduler(
            prediction_type="v_prediction",
            rescale_betas_zero_snr=True,
            timestep_spacing="trailing",
            steps_offset=1,
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.save_pretrained(folder)
    about = {
        "name": "Small Mini",
        "family": "mini",
        "sizes": [[256, 256]],
        "default_size": [256, 256],
        "default_steps": 1,
        "default_guidance": 1.0,
    }
    (folder / "maquette.json").write_text(json.dumps(about))
    return folder


@pytest.fixture
def striped() -> Callable[..., Pixels]:
    """Makes pictures (side, side, 3) of a blue and white pattern, another one for each number."""
    return _striped


@pytest.fixture
def cpu() -> Device:
    """Where the tests train, the same on every machine."""
    return Device("cpu", "test", "fp32", 8 << 30)


@pytest.fixture
def renewed() -> Iterator[Callable[[], None]]:
    """Forgets what accelerate keeps for a process, which trains once; these tests do so often."""

    def forget() -> None:
        AcceleratorState._reset_state(reset_partial_state=True)

    yield forget
    forget()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with seven pictures."""
    folder = tmp_path / "my pictures 图"
    folder.mkdir()
    for number in range(7):
        Image.fromarray(_striped(number)).save(folder / f"blue vase {number}.png")
    return folder


@pytest.fixture
def planned(small_model: Path, pictures: Path, tmp_path: Path) -> Callable[..., TrainingFolder]:
    """Writes a plan for the tiny model and returns its folder; arguments change the settings."""

    def plan(model: Path = small_model, **changes: Any) -> TrainingFolder:
        found = list(look_at([pictures], 64, StyleKind.STYLE, "blue waves"))
        written = plan_training(
            "Blue waves",
            StyleKind.STYLE,
            TrainingPreset.QUICK,
            inspect_model(model),
            [TrainingPicture(digest=f.digest, caption=f.caption, crop=f.crop) for f in found],
            8 << 30,
            steps=4,
        )
        settings = {
            "batch": 2,
            "rank": 4,
            "side": 64,
            "prior_pictures": 1,
            "validate_every": 2,
            "sample_every": 1000,
            "seed": 3,
        }
        settings = msgspec.structs.replace(written.settings, **(settings | changes))
        written = msgspec.structs.replace(written, settings=settings)
        return put(tmp_path / "trainings" / written.id, written, found)

    return plan


def put(path: Path, plan: TrainingPlan, found: list[Any]) -> TrainingFolder:
    path.mkdir(parents=True, exist_ok=True)
    folder = TrainingFolder(path)
    folder.write_plan(plan, tuple(TrainingSource(each.digest, each.path) for each in found))
    return folder
