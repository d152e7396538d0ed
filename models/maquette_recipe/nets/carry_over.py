"""Taking over what an earlier version learned, although its latents and its words were others.

Latents of both versions are linear codes of the same patches, so each is nearly a linear map of
the other; the maps are fitted on pictures and folded into the convolutions that touch latents.
Words keep their embeddings by their spelling. Networks of other widths take over what they can
(:mod:`maquette_recipe.nets.widening`). What none of these covers starts afresh.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, ControlNetModel, UNet2DConditionModel
from torch import Tensor, nn
from transformers import CLIPTextModel, CLIPTokenizer

from maquette_recipe.nets.linear_code import LinearCode, read_encoder
from maquette_recipe.nets.widening import refit, shape_of


@dataclass(frozen=True, slots=True)
class LatentMaps:
    """Affine maps between latents as UNets see them: old = to_old @ new + old_offset, and back.

    `to_old` (Co, Cn), `old_offset` (Co,), `to_new` (Cn, Co).
    """

    to_old: Tensor
    old_offset: Tensor
    to_new: Tensor


@torch.no_grad()
def fit_maps(
    old: LinearCode, old_scale: float, new: LinearCode, new_scale: float, pictures: Tensor
) -> LatentMaps:
    """Least-squares maps between two codes on `pictures` (N, 3, H, W) in 0..1."""
    before, after = (
        (code.encode(pictures) * scale).permute(0, 2, 3, 1).flatten(0, 2)
        for code, scale in ((old, old_scale), (new, new_scale))
    )
    ones = torch.ones(len(before), 1)
    to_old = torch.linalg.lstsq(torch.cat([after, ones], 1), before).solution
    to_new = torch.linalg.lstsq(torch.cat([before, ones], 1), after).solution
    return LatentMaps(to_old[:-1].T, to_old[-1], to_new[:-1].T)


def open_exported_autoencoder(folder: Path) -> AutoencoderTiny:
    """The autoencoder of an exported pipeline folder, in float32."""
    return AutoencoderTiny.from_pretrained(folder / "vae", local_files_only=True).float()


def same_latents(vae: AutoencoderTiny, folder: Path) -> bool:
    """Whether the exported `folder` has latents of as many channels as those of `vae`."""
    earlier = open_exported_autoencoder(folder)
    return earlier.config["latent_channels"] == vae.config["latent_channels"]


def maps_from(folder: Path, vae: AutoencoderTiny, pictures: Tensor) -> LatentMaps:
    """Maps between the latents of the exported `folder` and those of `vae`.

    Equal latents are mapped exactly.
    """
    old = open_exported_autoencoder(folder)
    before, after = read_encoder(old), read_encoder(vae)
    scales = old.config["scaling_factor"], vae.config["scaling_factor"]
    if scales[0] == scales[1] and _equal(before, after):
        same = torch.eye(len(after.bias))
        return LatentMaps(same, torch.zeros(len(same)), same)
    return fit_maps(before, scales[0], after, scales[1], pictures)


def _equal(first: LinearCode, second: LinearCode) -> bool:
    return torch.equal(first.weight, second.weight) and torch.equal(first.bias, second.bias)


@torch.no_grad()
def carry_over_unet(unet: UNet2DConditionModel, folder: Path, maps: LatentMaps) -> None:
    """Overwrite `unet` by the exported one, seen through `maps` and made to fit its widths.

    Raises ValueError when the two differ in more than :func:`refit` can change.
    """
    earlier = UNet2DConditionModel.from_pretrained(folder / "unet", local_files_only=True).float()
    state = earlier.state_dict()
    state |= _before(state, "conv_in", maps.to_old, maps.old_offset)
    weight, bias = state["conv_out.weight"], state["conv_out.bias"]
    state["conv_out.weight"] = torch.einsum("no,oiyx->niyx", maps.to_new, weight)
    state["conv_out.bias"] = maps.to_new @ bias
    unet.load_state_dict(refit(state, shape_of(earlier), unet.state_dict(), shape_of(unet)))


@torch.no_grad()
def carry_over_control(control: ControlNetModel, folder: Path, maps: LatentMaps) -> None:
    """Overwrite `control` by the exported one, seen through `maps` and made to fit its widths.

    Raises OSError when `folder` has none, ValueError when the two differ in more than
    :func:`refit` can change.
    """
    earlier = ControlNetModel.from_pretrained(
        folder / "controlnet", local_files_only=True
    ).float()  # fmt: skip
    state = earlier.state_dict()
    state |= _before(state, "conv_in", maps.to_old, maps.old_offset)
    control.load_state_dict(
        refit(state, shape_of(earlier), control.state_dict(), shape_of(control))
    )


@torch.no_grad()
def carry_over_decoder(vae: AutoencoderTiny, folder: Path, maps: LatentMaps) -> None:
    """Overwrite the decoder of `vae` by the exported one, seen through `maps`.

    The decoder sees raw latents: the offset is scaled, the matrix is the same when both versions
    scale alike. Raises RuntimeError when the decoders differ in more than their latent channels.
    """
    earlier = open_exported_autoencoder(folder)
    ratio = vae.config["scaling_factor"] / earlier.config["scaling_factor"]
    state = earlier.decoder.state_dict()
    name = next(
        name for name, layer in earlier.decoder.named_modules() if isinstance(layer, nn.Conv2d)
    )
    offset = maps.old_offset / earlier.config["scaling_factor"]
    state |= _before(state, name, maps.to_old * ratio, offset)
    vae.decoder.load_state_dict(state)


def _before(state: dict[str, Tensor], name: str, matrix: Tensor, offset: Tensor) -> dict:
    """The convolution `name` with the affine map `matrix`, `offset` of its input folded in."""
    weight, bias = state[f"{name}.weight"], state[f"{name}.bias"]
    return {
        f"{name}.weight": torch.einsum("oiyx,in->onyx", weight, matrix),
        f"{name}.bias": bias + weight.sum((2, 3)) @ offset,
    }


@torch.no_grad()
def carry_over_text(encoder: CLIPTextModel, tokenizer: CLIPTokenizer, folder: Path) -> None:
    """Overwrite all weights of `encoder` that the exported text encoder has too.

    Embeddings of tokens and positions that only the new one knows stay as they are.
    """
    earlier = CLIPTextModel.from_pretrained(
        folder / "text_encoder", local_files_only=True, dtype=torch.float32
    )
    words = CLIPTokenizer.from_pretrained(folder / "tokenizer", local_files_only=True).get_vocab()
    state = encoder.state_dict()
    for name, value in earlier.state_dict().items():
        if name.endswith("token_embedding.weight"):
            for token, row in tokenizer.get_vocab().items():
                if token in words:
                    state[name][row] = value[words[token]]
        elif name.endswith("position_embedding.weight"):
            shared = min(len(value), len(state[name]))
            state[name][:shared] = value[:shared]
        elif name in state and state[name].shape == value.shape:
            state[name] = value
    encoder.load_state_dict(state)
