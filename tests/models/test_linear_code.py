"""The encoder's weights compute exactly the linear code that was fitted."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from maquette_recipe.config import load_config
from maquette_recipe.nets.architecture import build_autoencoder
from maquette_recipe.nets.initial import start_decoder
from maquette_recipe.nets.linear_code import fit_linear_code, read_encoder, write_encoder
from maquette_recipe.train.autoencoder import decode, encode
from maquette_recipe.train.losses import psnr


@pytest.fixture(scope="module")
def pictures() -> torch.Tensor:
    torch.manual_seed(0)
    coarse = torch.rand(12, 3, 6, 6)
    return F.interpolate(coarse, size=(96, 96), mode="bicubic").clamp(0, 1)


def test_written_encoder_computes_the_code(pictures: torch.Tensor) -> None:
    config = load_config().autoencoder
    code = fit_linear_code(pictures, config.latent_channels, 0.4)
    model = build_autoencoder(config)
    write_encoder(model, code)
    with torch.no_grad():
        latents = encode(model, pictures)
    assert torch.allclose(latents, code.encode(pictures), atol=1e-4)
    read = read_encoder(model)
    assert torch.allclose(read.weight, code.weight, atol=1e-4)


def test_latents_are_centred_ordered_and_of_the_asked_spread(pictures: torch.Tensor) -> None:
    code = fit_linear_code(pictures, 12, 0.4)
    both = torch.cat([pictures, pictures.flip(-1)])
    latents = code.encode(both)
    spread = latents.std((0, 2, 3))
    assert latents.mean((0, 2, 3)).abs().max() < 1e-3
    assert float(spread[0]) == pytest.approx(0.4, rel=0.01)
    assert bool((spread.diff() < 1e-3).all())


def test_untrained_decoder_already_paints_the_colours(pictures: torch.Tensor) -> None:
    torch.manual_seed(0)
    config = load_config().autoencoder
    model = build_autoencoder(config)
    code = fit_linear_code(pictures, config.latent_channels, 0.4)
    write_encoder(model, code)
    start_decoder(model, code.encode(pictures[:4]), pictures[:4])
    with torch.no_grad():
        painted = decode(model, encode(model, pictures)).clamp(0, 1)
    flat = pictures.mean((2, 3), keepdim=True).expand_as(pictures)
    assert psnr(painted, pictures) > psnr(flat, pictures) + 1
