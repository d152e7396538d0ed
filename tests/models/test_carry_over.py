"""A later version goes on from what an earlier one learned, in other latents and other words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import torch
from transformers import CLIPTextModel, CLIPTokenizer

from maquette_recipe.config import Config, UNetConfig, load_config
from maquette_recipe.nets.architecture import build_autoencoder, build_text_encoder, build_unet
from maquette_recipe.nets.carry_over import (
    LatentMaps,
    carry_over_control,
    carry_over_decoder,
    carry_over_text,
    carry_over_unet,
    fit_maps,
    same_latents,
)
from maquette_recipe.nets.control import build_control
from maquette_recipe.nets.linear_code import fit_linear_code
from maquette_recipe.nets.tokenizer import build_tokenizer


@pytest.fixture(scope="module")
def config() -> Config:
    recipe, replace = load_config(), msgspec.structs.replace
    return replace(
        recipe,
        text=replace(recipe.text, captions=400, merges=120, width=32, layers=1, heads=2),
        unet=UNetConfig((32, 64), layers_per_block=1, head_width=16),
        autoencoder=replace(recipe.autoencoder, decoder_width=24),
    )


def test_maps_between_codes_of_one_subspace_are_exact() -> None:
    pictures = torch.rand(12, 3, 64, 64)
    wide, narrow = (fit_linear_code(pictures, channels, 0.4) for channels in (12, 8))
    maps = fit_maps(narrow, 2.5, wide, 2.0, pictures)
    before, after = narrow.encode(pictures) * 2.5, wide.encode(pictures) * 2.0
    found = torch.einsum("on,bnhw->bohw", maps.to_old, after) + maps.old_offset.view(-1, 1, 1)
    assert torch.allclose(found, before, atol=1e-3)


@torch.no_grad()
def test_a_unet_sees_new_latents_as_the_old_ones(tmp_path: Path, config: Config) -> None:
    old = build_unet(config.unet, 12, config.text.width).eval()
    old.save_pretrained(tmp_path / "unet")
    new = build_unet(config.unet, 16, config.text.width).eval()
    to_old = torch.randn(12, 16) / 4
    # Padding knows no offset: with one, the rim would differ a little.
    maps = LatentMaps(to_old, torch.zeros(12), torch.linalg.pinv(to_old))
    carry_over_unet(new, tmp_path, maps)
    latents, text = torch.randn(2, 16, 8, 8), torch.randn(2, 5, config.text.width)
    timesteps = torch.tensor([10, 900])
    seen = torch.einsum("on,bnhw->bohw", to_old, latents)
    expected = torch.einsum("no,bohw->bnhw", maps.to_new, old(seen, timesteps, text).sample)
    assert torch.allclose(new(latents, timesteps, text).sample, expected, atol=1e-3)


@torch.no_grad()
def test_a_decoder_paints_new_latents_as_the_old_ones(tmp_path: Path, config: Config) -> None:
    replace = msgspec.structs.replace
    old = build_autoencoder(replace(config.autoencoder, latent_channels=12)).eval()
    old.save_pretrained(tmp_path / "vae")
    new = build_autoencoder(config.autoencoder).eval()
    channels = config.autoencoder.latent_channels
    pick = torch.eye(12, channels)
    carry_over_decoder(new, tmp_path, LatentMaps(pick, torch.zeros(12), pick.T))
    latents = torch.rand(2, channels, 4, 4)
    painted = new.decode(latents, return_dict=False)[0]
    assert torch.allclose(painted, old.decode(latents[:, :12], return_dict=False)[0], atol=1e-5)
    wider = build_autoencoder(replace(config.autoencoder, decoder_width=32))
    with pytest.raises(RuntimeError):
        carry_over_decoder(wider, tmp_path, LatentMaps(pick, torch.zeros(12), pick.T))


@torch.no_grad()
def test_a_control_network_steers_in_new_latents_as_in_the_old_ones(
    tmp_path: Path, config: Config
) -> None:
    old_unet = build_unet(config.unet, 16, config.text.width)
    old = build_control(config, old_unet).eval()
    for part in old.controlnet_down_blocks:  # zero in an untrained one
        torch.nn.init.normal_(part.weight)
    old.save_pretrained(tmp_path / "controlnet")
    new = build_control(config, build_unet(config.unet, 16, config.text.width)).eval()
    turned = torch.linalg.qr(torch.randn(16, 16)).Q
    carry_over_control(new, tmp_path, LatentMaps(turned, torch.zeros(16), turned.T))
    latents, text = torch.randn(2, 16, 16, 16), torch.randn(2, 5, config.text.width)
    timesteps, sketches = torch.tensor([10, 900]), torch.rand(2, 3, 256, 256)
    seen = torch.einsum("on,bnhw->bohw", turned, latents)
    expected, _ = old(seen, timesteps, text, sketches, return_dict=False)
    found, _ = new(latents, timesteps, text, sketches, return_dict=False)
    for part, wanted in zip(found, expected, strict=True):
        assert torch.allclose(part, wanted, atol=1e-3)


def test_an_autoencoder_with_as_many_channels_keeps_its_latents(
    tmp_path: Path, config: Config
) -> None:
    old = build_autoencoder(config.autoencoder)
    old.save_pretrained(tmp_path / "vae")
    assert same_latents(build_autoencoder(config.autoencoder), tmp_path)
    wider = msgspec.structs.replace(config.autoencoder, latent_channels=20)
    assert not same_latents(build_autoencoder(wider), tmp_path)


def embeddings(text: CLIPTextModel) -> torch.Tensor:
    return text.get_parameter("embeddings.token_embedding.weight").detach().clone()


def test_words_keep_their_embeddings_by_their_spelling(tmp_path: Path, config: Config) -> None:
    replace = msgspec.structs.replace
    words: list[CLIPTokenizer] = [
        build_tokenizer(replace(config.text, merges=merges), 0) for merges in (60, 120)
    ]
    texts = [
        build_text_encoder(replace(config.text, max_length=length), tokenizer)
        for length, tokenizer in zip((16, 24), words, strict=True)
    ]
    texts[0].save_pretrained(tmp_path / "text_encoder")
    words[0].save_pretrained(tmp_path / "tokenizer")
    fresh = embeddings(texts[1])
    carry_over_text(texts[1], words[1], tmp_path)
    before, after = map(embeddings, texts)
    known, vocabulary = words[0].get_vocab(), words[1].get_vocab()
    shared, added = set(known) & set(vocabulary), set(vocabulary) - set(known)
    assert shared
    assert added
    for token in shared:
        assert torch.equal(after[vocabulary[token]], before[known[token]])
    for token in added:
        assert torch.equal(after[vocabulary[token]], fresh[vocabulary[token]])
