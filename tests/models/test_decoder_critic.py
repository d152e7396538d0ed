"""A critic of decoded pictures, and shares of the gradient for what it says."""

from __future__ import annotations

import msgspec
import pytest
import torch
from accelerate.state import AcceleratorState
from torch.nn import functional as F

from maquette_recipe.config import DecoderConfig, load_config
from maquette_recipe.shown import IGNORED
from maquette_recipe.train.decoder_critic import DecoderCritic, crop_labels
from maquette_recipe.train.naming import Labels
from maquette_recipe.train.parallel import build_accelerator
from maquette_recipe.train.shares import GradientShares
from maquette_recipe.world import Attributes

SIDE = 32
SCENE = Attributes("mug", "red", "ceramic", "grey", "eye", "front", "front")
LABELS: Labels = {"material": torch.arange(8) % 2, "style": torch.full((8,), IGNORED)}


@pytest.fixture(autouse=True)
def fresh_accelerator() -> None:
    AcceleratorState._reset_state(reset_partial_state=True)


@pytest.fixture
def plan() -> DecoderConfig:
    return msgspec.structs.replace(
        load_config().decoder, warmup_steps=2, critic_learning_rate=2e-3, naming_weight=0.3,
        likeness_weight=0.8,
    )  # fmt: skip


def build_critic(plan: DecoderConfig) -> DecoderCritic:
    torch.manual_seed(0)
    return DecoderCritic(build_accelerator("cpu", "no"), plan)


def woven() -> torch.Tensor:
    """Eight pictures (8, 3, 32, 32) with stripes that go down in the even and across in the odd."""
    stripes = (torch.arange(SIDE) // 2 % 2).float()
    down, across = stripes[None, :].expand(SIDE, SIDE), stripes[:, None].expand(SIDE, SIDE)
    pictures = torch.stack([down, across] * 4)[:, None].expand(-1, 3, -1, -1)
    shade = torch.linspace(0.4, 1, 8)[:, None, None, None]
    return (pictures * shade).contiguous()


def test_it_asks_for_the_texture_that_a_blurred_picture_lacks(plan: DecoderConfig) -> None:
    critic, sharp = build_critic(plan), woven()
    blurred = F.avg_pool2d(F.pad(sharp, (2, 2, 2, 2), mode="replicate"), 5, 1)
    for _ in range(60):
        critic.learn(blurred, sharp, LABELS)
    of_blurred = critic.errors(blurred, sharp, LABELS)
    of_sharp = critic.errors(sharp, sharp, LABELS)
    assert float(of_sharp["likeness"]) < 0.8 * float(of_blurred["likeness"])
    assert float(of_sharp["naming"]) < 0.1
    picture = blurred.clone().requires_grad_(True)
    error = critic.errors(picture, sharp, LABELS)["likeness"]
    towards = -torch.autograd.grad(error, picture)[0]
    assert float((towards * (sharp - blurred)).sum()) > 0


def test_the_decoder_hears_of_it_when_it_has_learned(plan: DecoderConfig) -> None:
    critic, sharp = build_critic(plan), woven()
    assert critic.shares == {"naming": 0.0, "likeness": 0.0}
    state = critic.state_dict()
    critic.load_state_dict(state | {"step": 10_000})
    assert critic.shares == {"naming": plan.naming_weight, "likeness": plan.likeness_weight}
    critic.learn(sharp, sharp, LABELS)
    resumed = build_critic(plan)
    resumed.load_state_dict(critic.state_dict())
    assert resumed.state_dict()["step"] == 10_001
    for name, value in critic.state_dict()["critic"].items():
        assert torch.equal(value, resumed.state_dict()["critic"][name]), name


def test_each_crop_is_labelled_as_its_picture() -> None:
    other = Attributes("mug", "red", "glass", "grey", "eye", "front", "front")
    labels = crop_labels([SCENE, other], 3, torch.device("cpu"))["material"].tolist()
    assert labels[:3] == [labels[0]] * 3
    assert labels[3:] == [labels[3]] * 3
    assert labels[0] != labels[3]


def test_losses_have_their_shares_of_the_gradient_whatever_their_scale() -> None:
    output = torch.zeros(4, 3, requires_grad=True)
    losses = {
        "first": output[:, 0].sum(), "loud": 1000 * output[:, 1].sum(),
        "silent": 0 * output.sum(),
    }  # fmt: skip
    balance = GradientShares("first")
    total = balance.total(losses, {"loud": 0.5}, output)
    assert torch.allclose(total, torch.tensor([1.0, 0.5, 0.0]).expand(4, 3))
    assert set(balance.lengths) == {"first", "loud"}
