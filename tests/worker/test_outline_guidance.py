"""Guidance by outlines: estimates are drawn to the lines of the sketch, and to nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from maquette.core.control import Control, ControlKind
from maquette.core.model_info import BUILT_IN
from maquette.core.pixels import Pixels
from maquette.core.recipe import Sampler
from maquette.worker.cancel import CancelToken
from maquette.worker.device import choose_device
from maquette.worker.outline_guidance import (
    MOST_PIXELS,
    OutlineGuidance,
    can_be_guided,
    outline_guidance,
)
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler, make_scheduler, original_terms, set_steps
from maquette.worker.studio import Studio

SIDE = 256


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        patch.setenv("MAQUETTE_HOME", str(home))
        studio = Studio(choose_device("cpu", "auto", Path(home / "probe.json")))
        found: list[Pipeline] = []
        patch.setattr(
            "maquette.worker.studio.warm_up", lambda pipeline, _token: found.append(pipeline)
        )
        studio.load(BUILT_IN, CancelToken(), lambda *_: None)
        yield found[0]


def circle() -> Pixels:
    paper = np.full((SIDE, SIDE, 3), 255, np.uint8)
    return np.asarray(cv2.circle(paper, (128, 128), 80, (0, 0, 0), 2), np.uint8)


def guidance(pipeline: Pipeline, weights: Pixels | None = None, **changes: Any) -> OutlineGuidance:
    control = Control(ControlKind.SKETCH, "ab" * 32, outline=0.2, **changes)
    found = outline_guidance(pipeline, control, circle(), weights)
    assert found is not None
    return found


def step_of(pipeline: Pipeline) -> tuple[Scheduler, torch.Tensor, torch.Tensor, torch.Tensor]:
    """A scheduler, one of its timesteps, latents and a prediction, all by the same seed."""
    scheduler = make_scheduler(Sampler.UNIPC, pipeline.scheduler_config)
    timestep = set_steps(scheduler, 10, pipeline.device)[5]
    noise = torch.Generator().manual_seed(3)
    shape = 1, pipeline.unet.config["in_channels"], SIDE // 16, SIDE // 16
    latents, prediction = (torch.randn(shape, generator=noise) for _ in range(2))
    return scheduler, timestep, latents, prediction


@torch.inference_mode()
def test_the_estimate_comes_nearer_to_the_lines_by_what_was_asked(pipeline: Pipeline) -> None:
    scheduler, timestep, latents, prediction = step_of(pipeline)
    kept, slope = original_terms(scheduler, timestep)
    outline = guidance(pipeline)
    before = kept * latents + slope * prediction
    after = kept * latents + slope * outline.guided(prediction, latents, scheduler, timestep)
    assert outline.loss(after) < 0.9 * outline.loss(before)
    assert float((after - before).square().mean().sqrt()) == pytest.approx(0.2, rel=0.01)


@torch.inference_mode()
def test_lines_that_count_for_nothing_draw_nothing(pipeline: Pipeline) -> None:
    scheduler, timestep, latents, prediction = step_of(pipeline)
    outline = guidance(pipeline, np.zeros((SIDE, SIDE, 3), np.uint8))
    assert torch.equal(outline.guided(prediction, latents, scheduler, timestep), prediction)


def test_the_first_steps_and_the_last_one_are_free(pipeline: Pipeline) -> None:
    assert [i for i in range(10) if guidance(pipeline).acts_at(i, 10)] == list(range(2, 9))
    assert [i for i in range(4) if guidance(pipeline).acts_at(i, 4)] == [1, 2]
    shorter = guidance(pipeline, begin=0.4, end=0.7)
    assert [i for i in range(10) if shorter.acts_at(i, 10)] == [4, 5, 6]


def test_a_sheet_without_lines_guides_nothing(pipeline: Pipeline) -> None:
    control = Control(ControlKind.SKETCH, "ab" * 32, outline=0.2)
    blank = np.full((SIDE, SIDE, 3), 255, np.uint8)
    assert outline_guidance(pipeline, control, blank, None) is None


def test_large_pictures_are_not_guided(pipeline: Pipeline) -> None:
    assert can_be_guided(pipeline, 256, 320)
    assert not can_be_guided(pipeline, 1024, MOST_PIXELS // 1024 + 16)


@pytest.mark.parametrize("kind", ["epsilon", "v_prediction", "sample"])
def test_the_original_is_found_from_what_the_model_predicts(pipeline: Pipeline, kind: str) -> None:
    config = dict(pipeline.scheduler_config, prediction_type=kind, rescale_betas_zero_snr=False)
    scheduler = make_scheduler(Sampler.UNIPC, config)
    timestep = torch.tensor(400)
    kept = float(scheduler.alphas_cumprod[400])
    alpha, sigma = kept**0.5, (1 - kept) ** 0.5
    original, noise = torch.randn(2, 1, 4, 8, 8)
    predictions = {
        "epsilon": noise, "v_prediction": alpha * noise - sigma * original, "sample": original,
    }  # fmt: skip
    a, b = original_terms(scheduler, timestep)
    found = a * (alpha * original + sigma * noise) + b * predictions[kind]
    assert torch.allclose(found, original, atol=1e-4)
