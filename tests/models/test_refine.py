"""The critic learns what latents show, and the UNet learns from it to show what is asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType

import msgspec
import numpy as np
import pytest
import torch
from accelerate.state import AcceleratorState
from transformers import CLIPTokenizer

from maquette_recipe.captions import Caption
from maquette_recipe.config import Config, CriticConfig, RefineConfig, UNetConfig, load_config
from maquette_recipe.data.latents import LatentSet
from maquette_recipe.nets.base import BaseModel, build_base
from maquette_recipe.nets.control import build_control
from maquette_recipe.nets.critic import Critic
from maquette_recipe.nets.tokenizer import build_tokenizer
from maquette_recipe.shown import IGNORED, LABELS
from maquette_recipe.train.checkpoint import save_checkpoint
from maquette_recipe.train.control_batches import Drawn
from maquette_recipe.train.critic import CriticTrainer, load_critic
from maquette_recipe.train.diffusion import build_diffusion
from maquette_recipe.train.naming import asked_labels, likeness_error, naming_error
from maquette_recipe.train.refine import RefineTrainer
from maquette_recipe.train.rollouts import Rollouts
from maquette_recipe.train.trained import load_control, load_steered_base, samples_steered
from maquette_recipe.world import Attributes

SIDE = 64
FORMS = ("mug", "bottle")
SCENE = Attributes("mug", "red", "ceramic", "grey", "eye", "front", "front")


@pytest.fixture(autouse=True)
def fresh_accelerator() -> None:
    """Every run may choose its own precision."""
    AcceleratorState._reset_state(reset_partial_state=True)


@pytest.fixture(autouse=True)
def few_kept_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maquette_recipe.train.control._VALIDATION_COUNT", 8)
    monkeypatch.setattr("maquette_recipe.train.critic._VALIDATION_COUNT", 32)


@pytest.fixture(scope="module")
def config() -> Config:
    recipe = load_config()
    replace = msgspec.structs.replace
    return replace(
        recipe,
        text=replace(recipe.text, captions=300, merges=100, width=32, layers=1, heads=2),
        unet=UNetConfig((32, 64), layers_per_block=1, head_width=16),
        autoencoder=replace(recipe.autoencoder, latent_channels=8),
        control=replace(recipe.control, embedding=(8, 8, 16, 16, 32)),
        sampler=replace(recipe.sampler, steps=4),
        critic=CriticConfig(
            learning_rate=2e-3, warmup_steps=2, batch=16, seconds=1000.0, weight_decay=0.01,
            styled_share=0.0, noisiest=900, timestep_power=1.3, save_every_seconds=300.0,
        ),
        refine=RefineConfig(
            learning_rate=2e-3, critic_learning_rate=1e-4, warmup_steps=2, batch=8,
            bare_share=0.5, rollouts=8, seconds=1000.0, weight_decay=0.01, styled_share=0.0,
            timestep_power=0.65, naming_weight=3.0, likeness_weight=0.1,
            attribute_weights={"form": 2.0}, ema_decay=0.5, save_every_seconds=300.0,
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer(config: Config) -> CLIPTokenizer:
    return build_tokenizer(config.text, config.seed)


@pytest.fixture(scope="module")
def base(config: Config, tokenizer: CLIPTokenizer) -> BaseModel:
    torch.manual_seed(0)
    return build_base(config, tokenizer)


class Blank:
    """Drawings of nothing."""

    def lines(self, index: int) -> np.ndarray:
        return np.full((SIDE, SIDE), 255 - index % 2, dtype=np.uint8)


@pytest.fixture(scope="module")
def drawn(config: Config) -> Drawn:
    """Mugs are bright on the left and bottles on the right."""
    count, channels = 32, config.autoencoder.latent_channels
    latents = np.full((count, channels, SIDE // 16, SIDE // 16), -1, dtype=np.float16)
    latents[0::2, :, :, :2] = 1
    latents[1::2, :, :, 2:] = 1
    scenes = [dataclasses.replace(SCENE, form=FORMS[i % 2]) for i in range(count)]
    source, mirrored = np.arange(count, dtype=np.int32), np.zeros(count, dtype=bool)
    return Drawn(LatentSet(latents, scenes, source, mirrored), Blank())


def tick_clock() -> Callable[[], float]:
    """A clock that moves on by half a second at every look, so that plans are exact."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.5
        return now

    return clock


def critic_trainer(work: Path, config: Config, base: BaseModel, drawn: Drawn) -> CriticTrainer:
    return CriticTrainer(
        work, config, base, drawn.latents, drawn.latents,
        clock=tick_clock(), mixed_precision="no",
    )  # fmt: skip


@pytest.fixture(scope="module")
def taught(
    tmp_path_factory: pytest.TempPathFactory, config: Config, base: BaseModel, drawn: Drawn
) -> Critic:
    """A critic that knows mugs from bottles."""
    work = tmp_path_factory.mktemp("taught")
    list(critic_trainer(work, config, base, drawn).run(30))
    return load_critic(work, config)


def refine_trainer(
    work: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel, critic: Critic,
    drawn: Drawn,
) -> RefineTrainer:  # fmt: skip
    base, critic = deepcopy(base), deepcopy(critic)
    return RefineTrainer(
        work, config, tokenizer, base, build_control(config, base.unet), critic, drawn, drawn,
        clock=tick_clock(), mixed_precision="no",
    )  # fmt: skip


def test_the_critic_learns_what_latents_show_and_resumes_exactly(
    tmp_path: Path, config: Config, base: BaseModel, drawn: Drawn
) -> None:
    straight = critic_trainer(tmp_path / "a", config, base, drawn)
    list(straight.run(30))
    list(critic_trainer(tmp_path / "b", config, base, drawn).run(10))
    second = critic_trainer(tmp_path / "b", config, base, drawn)
    assert (second.step, second.samples) == (10, 160)
    last = list(second.run(20))[-1]
    assert last["form/0"] == 1
    assert last["form/500"] > 0.9
    for name, value in straight.critic.state_dict().items():
        assert torch.equal(value, second.critic.state_dict()[name]), name


def test_the_unet_learns_to_show_what_is_asked_for(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel, taught: Critic,
    drawn: Drawn,
) -> None:  # fmt: skip
    unheard = msgspec.structs.replace(
        config, refine=msgspec.structs.replace(config.refine, naming_weight=0.0)
    )
    last = {}
    for name, recipe in (("heard", config), ("unheard", unheard)):
        AcceleratorState._reset_state(reset_partial_state=True)
        trainer = refine_trainer(tmp_path / name, recipe, tokenizer, base, taught, drawn)
        *reports, _ = trainer.run(100)
        last[name] = reports[-1]["naming"]
    assert last["heard"] < 0.7 * last["unheard"]


def test_refining_goes_on_and_is_what_is_exported(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel, taught: Critic,
    drawn: Drawn,
) -> None:  # fmt: skip
    first = refine_trainer(tmp_path, config, tokenizer, base, taught, drawn)
    list(first.run(3))
    second = refine_trainer(tmp_path, config, tokenizer, base, taught, drawn)
    assert (second.step, second.samples) == (3, 3 * 8)
    for name, value in first.base.unet.state_dict().items():
        assert torch.equal(value, second.base.unet.state_dict()[name]), name
    list(second.run(3))
    save_checkpoint(
        tmp_path / "base.pt", {"average": dict(base.named_parameters()), "samples": 100}
    )
    steered = load_steered_base(tmp_path, config, tokenizer)
    assert not torch.equal(steered.unet.conv_in.weight, base.unet.conv_in.weight)
    for name, value in steered.text_encoder.state_dict().items():
        assert torch.equal(value, base.text_encoder.state_dict()[name]), name
    assert samples_steered(tmp_path) == 100 + 6 * 8


def test_pictures_on_their_way_arrive_where_the_unet_leads_them_and_begin_anew(
    config: Config, tokenizer: CLIPTokenizer, drawn: Drawn
) -> None:
    torch.manual_seed(0)
    diffusion, rng = build_diffusion(config.diffusion), np.random.default_rng(0)
    plan = msgspec.structs.replace(config.refine, rollouts=6)
    ways = Rollouts(config, drawn.latents, plan, tokenizer, diffusion, rng, torch.device("cpu"))
    levels = [999, 749, 499, 249]
    assert ways.timesteps.tolist() == [999, 999, 749, 749, 499, 249]
    assert float(ways.noisy[-1].std()) < 2
    target = torch.full_like(ways.noisy, 0.5)

    def led() -> torch.Tensor:
        """The velocity that means `target`."""
        at = ways.timesteps.view(-1, 1, 1, 1)
        return (diffusion.alpha[at] * ways.noisy - target) / diffusion.sigma[at]

    before = ways.tokens.clone()
    ways.advance(led(), rng)
    assert ways.timesteps.tolist() == [749, 749, 499, 499, 249, 999]
    assert torch.equal(ways.tokens[:5], before[:5])
    assert float((ways.noisy[5] - target[5]).abs().mean()) > 0.5  # it arrived, and is noise again
    for _ in range(2):
        ways.advance(led(), rng)
    assert ways.timesteps[0] == levels[-1]
    assert float((ways.noisy[0] - target[0]).abs().mean()) < 0.5  # little noise is left
    asked = {LABELS["form"][int(i)] for i in ways.labels["form"]}
    assert asked <= set(FORMS)


@pytest.mark.parametrize(("share", "chinese"), [(1.0, False), (0.0, True)])
def test_pictures_on_their_way_are_asked_for_in_the_languages_of_the_plan(
    config: Config, tokenizer: CLIPTokenizer, drawn: Drawn, share: float, *, chinese: bool
) -> None:
    plan = msgspec.structs.replace(config.refine, rollouts=12, english_share=share)
    ways = Rollouts(
        config, drawn.latents, plan, tokenizer, build_diffusion(config.diffusion),
        np.random.default_rng(0), torch.device("cpu"),
    )  # fmt: skip
    for said in tokenizer.batch_decode(ways.tokens, skip_special_tokens=True):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said) == chinese, said


def test_the_control_net_learns_beside_it_only_if_the_plan_says_so(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel, taught: Critic,
    drawn: Drawn,
) -> None:  # fmt: skip
    both = msgspec.structs.replace(
        config, refine=msgspec.structs.replace(config.refine, control_learning_rate=2e-3)
    )
    first = refine_trainer(tmp_path, config, tokenizer, base, taught, drawn)
    torch.manual_seed(config.seed)
    save_checkpoint(
        tmp_path / "control.pt",
        {"average": dict(build_control(config, base.unet).named_parameters())},
    )
    list(first.run(2))
    kept = load_control(tmp_path, config)
    list(refine_trainer(tmp_path, both, tokenizer, base, taught, drawn).run(2))
    learned = load_control(tmp_path, config)
    list(refine_trainer(tmp_path, config, tokenizer, base, taught, drawn).run(2))
    kept_again = load_control(tmp_path, config)
    middle = [n.controlnet_mid_block.weight for n in (kept, learned, kept_again) if n]
    assert not middle[0].any()  # as it starts
    assert middle[1].any()
    assert torch.equal(middle[1], middle[2])


def test_only_what_is_asked_for_and_shown_is_named() -> None:
    pencil = dataclasses.replace(SCENE, style="pencil")
    whole = Caption("", "en", frozenset({"form", "colour", "style"}))
    part = Caption("", "en", frozenset({"form"}))
    labels = asked_labels([SCENE, SCENE, pencil], [whole, part, whole])
    told = {name: (values != IGNORED).tolist() for name, values in labels.items()}
    assert told == {
        "form": [True, True, True], "colour": [True, False, False],
        "material": [False, False, False], "style": [True, False, True],
    }  # fmt: skip


def test_errors_of_the_critic() -> None:
    labels = {"form": torch.tensor([1, IGNORED]), "colour": torch.tensor([0, 0])}
    sure = {"form": torch.eye(3)[[1, 0]] * 50, "colour": torch.eye(2)[[0, 0]] * 50}
    unsure = {"form": torch.zeros(2, 3), "colour": torch.eye(2)[[0, 0]] * 50}
    assert float(naming_error(sure, labels)) == pytest.approx(0)
    once = float(naming_error(unsure, labels))
    assert once == pytest.approx(np.log(3) / 3)
    weights = MappingProxyType({"form": 2.0})
    assert float(naming_error(unsure, labels, weights)) == pytest.approx(2 * once)
    high, low = [torch.full((2, 4), 5.0)], [torch.full((2, 4), -5.0)]
    assert float(likeness_error(high, low)) < 0.01 < float(likeness_error(low, high))


def test_a_recipe_without_a_plan_that_fits_says_so(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer, base: BaseModel, taught: Critic,
    drawn: Drawn,
) -> None:  # fmt: skip
    older = msgspec.structs.replace(config, critic=None, refine=None)
    with pytest.raises(ValueError, match=r"has no \[critic\]"):
        critic_trainer(tmp_path, older, base, drawn)
    with pytest.raises(ValueError, match=r"has no \[refine\]"):
        refine_trainer(tmp_path, older, tokenizer, base, taught, drawn)
    many = msgspec.structs.replace(config.refine, rollouts=17)
    with pytest.raises(ValueError, match="not be more than"):
        refine_trainer(
            tmp_path, msgspec.structs.replace(config, refine=many), tokenizer, base, taught, drawn
        )
    with pytest.raises(FileNotFoundError, match="train critic"):
        load_critic(tmp_path, config)
