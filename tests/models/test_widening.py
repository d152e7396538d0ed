"""A network of other widths computes what the one did whose weights it took over."""

from __future__ import annotations

import pytest
import torch
from diffusers import ControlNetModel, UNet2DConditionModel

from maquette_recipe.config import UNetConfig
from maquette_recipe.nets.architecture import build_unet
from maquette_recipe.nets.widening import refit, shape_of

LATENTS, TEXT = 5, 32


def unet(
    widths: tuple[int, ...], layers: tuple[int, ...], time: int = 0, up: tuple[int, ...] = ()
) -> UNet2DConditionModel:
    config = UNetConfig(
        widths, 1, 16, transformer_layers=layers, transformer_layers_up=up, time_width=time
    )
    return build_unet(config, LATENTS, TEXT).eval()


def control(widths: tuple[int, ...], embedding: tuple[int, ...]) -> ControlNetModel:
    made = ControlNetModel(
        in_channels=LATENTS, down_block_types=("DownBlock2D",) * len(widths),
        mid_block_type="UNetMidBlock2D", block_out_channels=widths, layers_per_block=1,
        cross_attention_dim=TEXT, conditioning_embedding_out_channels=embedding,
    ).eval()  # fmt: skip
    for weight in made.parameters():  # an untrained one gives nothing but zeros
        torch.nn.init.normal_(weight, std=0.1)
    return made


def take_over(
    new: UNet2DConditionModel | ControlNetModel, old: UNet2DConditionModel | ControlNetModel
) -> None:
    fitted = refit(old.state_dict(), shape_of(old), new.state_dict(), shape_of(new))
    new.load_state_dict(fitted)


def inputs() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(3)
    return torch.randn(2, LATENTS, 8, 8), torch.tensor([10, 900]), torch.randn(2, 7, TEXT)


@torch.no_grad()
def test_twice_the_width_at_every_level_changes_nothing() -> None:
    torch.manual_seed(1)
    old = unet((32, 64, 96), (0, 0, 0), time=64)
    new = unet((64, 128, 192), (0, 0, 0), time=128)
    take_over(new, old)
    latents, timesteps, text = inputs()
    expected = old(latents, timesteps, text).sample
    found = new(latents, timesteps, text).sample
    # The waves of timesteps are the only ones that are met nearly, not exactly.
    assert (found - expected).square().mean() < 1e-3 * expected.square().mean()
    assert not torch.equal(
        new.conv_out.weight[:, 0], new.conv_out.weight[:, 1]
    )  # or alike for ever


@torch.no_grad()
def test_added_transformer_layers_change_nothing() -> None:
    torch.manual_seed(1)
    old, new = unet((32, 64), (0, 1)), unet((32, 64), (0, 3))
    take_over(new, old)
    asked = inputs()
    assert torch.allclose(new(*asked).sample, old(*asked).sample, atol=1e-5)


@torch.no_grad()
def test_attention_added_on_the_way_up_changes_nothing() -> None:
    torch.manual_seed(1)
    old, new = unet((32, 64), (0, 1)), unet((32, 64), (0, 1), up=(1, 2))
    assert not any("attentions" in name for name, _ in new.down_blocks[0].named_modules())
    assert len(new.up_blocks[1].attentions) == 2
    take_over(new, old)
    asked = inputs()
    assert torch.allclose(new(*asked).sample, old(*asked).sample, atol=1e-5)


@torch.no_grad()
def test_a_level_that_grows_by_a_part_changes_little() -> None:
    torch.manual_seed(1)
    old, new = unet((96, 64), (0, 1), time=96), unet((160, 64), (0, 1), time=96)
    take_over(new, old)
    asked = inputs()
    expected, found = old(*asked).sample, new(*asked).sample
    assert (found - expected).square().mean() < 0.25 * expected.square().mean()


@torch.no_grad()
def test_a_wider_controlnet_steers_the_same_way() -> None:
    torch.manual_seed(1)
    old, new = control((32, 64), (4, 6, 8, 8)), control((64, 128), (4, 12, 20, 24))
    take_over(new, old)
    latents, timesteps, text = inputs()
    drawing = torch.rand(2, 3, 64, 64)
    before, after = (
        made(latents, timesteps, text, drawing, return_dict=False) for made in (old, new)
    )
    for narrow, wide in zip((*before[0], before[1]), (*after[0], after[1]), strict=True):
        error = wide - narrow.repeat_interleave(2, dim=1)
        assert error.square().mean() < 1e-3 * narrow.square().mean()


def test_attention_cannot_change_its_width() -> None:
    with pytest.raises(ValueError, match="without attention"):
        take_over(unet((32, 128), (0, 1)), unet((32, 64), (0, 1)))
