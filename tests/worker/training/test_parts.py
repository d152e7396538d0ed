"""Parts of a training, each by itself."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from maquette.core.errors import ModelError
from maquette.core.training import CropBox, LossPoint, TrainingSettings, TrainingState
from maquette.worker.training.batches import Batches
from maquette.worker.training.course import (
    best_loss,
    is_going_nowhere,
    is_validation_due,
    with_loss,
    with_validation,
)
from maquette.worker.training.latents import Batch, Example
from maquette.worker.training.learning import rate_at
from maquette.worker.training.likeness import likeness_report
from maquette.worker.training.objective import Objective
from maquette.worker.training.pictures import cropped

Striped = Callable[..., np.ndarray]
SETTINGS = TrainingSettings(
    rank=4, steps=100, learning_rate=1e-3, batch=4, side=64, validate_every=10, patience=2
)


class Predicts(torch.nn.Module):
    """A network that answers with what it is given."""

    def __init__(self, answer: torch.Tensor) -> None:
        super().__init__()
        self.answer = answer

    def forward(self, _noisy: torch.Tensor, _timesteps: torch.Tensor, **_: object) -> tuple:
        return (self.answer,)


def config(**changes: object) -> dict[str, object]:
    return {
        "num_train_timesteps": 1000,
        "beta_start": 0.00085,
        "beta_end": 0.012,
        "beta_schedule": "scaled_linear",
        **changes,
    }


@pytest.mark.parametrize("kind", ["epsilon", "v_prediction"])
def test_a_right_prediction_has_no_loss_and_weights_are_those_of_min_snr(kind: str) -> None:
    cpu, dtype = torch.device("cpu"), torch.float32
    objective = Objective(config(prediction_type=kind), cpu, dtype)
    generator = torch.Generator().manual_seed(1)
    latents, noise = torch.randn(2, 3, 4, 4, 4, generator=generator)
    timesteps = torch.tensor([0, 500, 999])
    batch = Batch(latents, torch.zeros(3, 5, 8), None)
    betas = torch.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    kept = torch.cumprod(1 - betas, 0)[timesteps]
    a, s = (root.view(-1, 1, 1, 1) for root in (kept.sqrt(), (1 - kept).sqrt()))
    target = noise if kind == "epsilon" else a * noise - s * latents
    assert objective.losses(Predicts(target), batch, noise, timesteps).abs().max() < 1e-8
    off = objective.losses(Predicts(target + 1), batch, noise, timesteps)
    snr = kept / (1 - kept)
    expected = snr.clamp_max(5) / snr if kind == "epsilon" else (snr.clamp_max(5) + 1) / (snr + 1)
    assert torch.allclose(off, expected, rtol=1e-3)


def test_a_last_timestep_without_signal_is_learned_and_is_a_number() -> None:
    for kind in ("epsilon", "v_prediction"):
        settings = config(prediction_type=kind, rescale_betas_zero_snr=True)
        objective = Objective(settings, torch.device("cpu"), torch.float32)
        batch = Batch(torch.ones(1, 4, 2, 2), torch.zeros(1, 5, 8), None)
        noise = torch.ones(1, 4, 2, 2)
        loss = objective.losses(Predicts(noise * 3), batch, noise, torch.tensor([999]))
        assert torch.isfinite(loss).all()
        assert kind == "epsilon" or float(loss) > 0


def test_models_that_predict_something_else_are_refused() -> None:
    with pytest.raises(ModelError, match="predicts sample; please choose another"):
        Objective(config(prediction_type="sample"), torch.device("cpu"), torch.float32)


class Words:
    """Embeddings that say nothing."""

    def batch(self, latents: list[torch.Tensor], captions: list[str], size: object) -> Batch:
        self.captions = captions
        return Batch(torch.stack(latents), torch.zeros(len(captions), 5, 8), None)


def example(number: int, width: int = 64, is_prior: bool = False) -> Example:
    latents = torch.full((4, 8, width // 8), float(number))
    return Example((latents, -latents), f"caption {number}", (width, 64), is_prior)


def test_a_step_draws_the_same_whenever_it_is_drawn_and_shapes_do_not_mix() -> None:
    own = [example(n) for n in range(5)] + [example(n, 128) for n in range(5, 8)]
    prior = [example(n, is_prior=True) for n in range(20, 23)]
    words = Words()
    batches = Batches(own, prior, words, 4, 0.25, 1000)  # pyright: ignore[reportArgumentType]
    cpu = torch.device("cpu")
    widths, steps = set(), set()
    for step in range(40):
        first = batches.draw(7, step, 0, cpu)
        rows = first.batch.latents
        second = batches.draw(7, step, 0, cpu)
        assert torch.equal(rows, second.batch.latents)
        assert torch.equal(first.noise, second.noise)
        assert torch.equal(first.timesteps, second.timesteps)
        widths.add(rows.shape[-1])
        of_prior = int((rows.abs().amax((1, 2, 3)) >= 20).sum())
        assert of_prior == (1 if rows.shape[-1] == 8 else 0)
        steps.add(tuple(first.timesteps.tolist()))
    assert widths == {8, 16}
    assert len(steps) == 40
    other = batches.draw(7, 0, 1, cpu)
    assert tuple(other.timesteps.tolist()) not in steps


def test_crops_keep_their_shape_and_lose_only_their_edges() -> None:
    pixels = np.zeros((100, 300, 3), np.uint8)
    pixels[:, 100:200] = 255
    sizes = ((64, 64), (128, 64))
    whole = cropped(pixels, CropBox(), sizes)
    assert whole.shape == (64, 128, 3)
    middle = cropped(pixels, CropBox(left=1 / 3, right=2 / 3), sizes)
    assert middle.shape == (64, 64, 3)
    assert middle[:, 4:-4].min() > 250


def test_the_best_step_is_kept_and_a_training_that_gets_worse_ends() -> None:
    state = with_validation(TrainingState(), 1.0)
    losses = iter([0.8, 0.6, 0.5, 0.7, 0.9, 0.9])
    while not is_going_nowhere(state, SETTINGS):
        state = with_loss(state, 0.1, SETTINGS)
        if is_validation_due(state, SETTINGS):
            state = with_validation(state, next(losses))
            assert not is_validation_due(state, SETTINGS)
    assert (state.step, state.best_step, best_loss(state)) == (50, 30, 0.5)
    assert state.losses[-1] == LossPoint(50, pytest.approx(0.1))


def test_the_learning_rate_rises_and_falls() -> None:
    rates = [rate_at(step, SETTINGS) for step in range(100)]
    top = rates.index(max(rates))
    assert rates[:top] == sorted(rates[:top])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[top] == pytest.approx(1e-3, rel=0.01)
    assert 0 < rates[-1] < 2e-4


def test_likeness_is_near_one_for_the_set_itself_and_zero_for_the_base_model(
    striped: Striped,
) -> None:
    own = {str(number): striped(number) for number in range(6)}
    rng = np.random.default_rng(0)
    base = [rng.integers(0, 256, (96, 96, 3), np.uint8) for _ in range(4)]
    alike = likeness_report(own, base, [striped(number) for number in range(10, 14)])
    assert alike.likeness > 0.7
    assert alike.copied == 0
    others = [rng.integers(0, 256, (96, 96, 3), np.uint8) for _ in range(4)]
    unlike = likeness_report(own, base, others)
    assert abs(unlike.likeness) < 0.3
    assert unlike.closeness < 0.3


def test_a_copy_is_told_and_which_picture_it_is_of(striped: Striped) -> None:
    own = {str(number): striped(number) for number in range(6)}
    base = [np.full((96, 96, 3), 128, np.uint8)]
    darker = (own["4"] * 0.8).astype(np.uint8)
    found = likeness_report(own, base, [striped(11), darker])
    assert (found.copied, found.nearest) == (1, "4")
    assert found.closeness > 0.95
