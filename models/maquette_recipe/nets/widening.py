"""Weights of a UNet or ControlNet made to fit one with other widths or more transformer layers.

Channels are copied, and what they lead to is shared out among the copies, so that the larger
network computes nearly what the smaller did and learns on from there (Net2Net, arXiv:1511.05641,
section 2.3). It is exact where all levels grow by one whole factor; elsewhere the groups of group
normalisation shift a little. Shares are uneven, or copies would stay alike. A narrower level keeps
evenly chosen channels. Attention cannot change its width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from torch import Tensor

_RESIDUAL_ENDS: Final = ("attn1.to_out.0", "attn2.to_out.0", "ff.net.2", "proj_out")
_SEED: Final = 9


@dataclass(frozen=True, slots=True)
class Shape:
    """`widths` are those of the levels, from the largest resolution; `layers` residual blocks each;
    `time` is the width of the time embedding, `embedding` that of a ControlNet's layers that read
    the drawing."""

    widths: tuple[int, ...]
    layers: int
    time: int
    embedding: tuple[int, ...] = ()


def shape_of(network: UNet2DConditionModel | ControlNetModel) -> Shape:
    """Its shape, as far as :func:`refit` can change it."""
    config: Any = network.config
    return Shape(
        tuple(config["block_out_channels"]),
        config["layers_per_block"],
        network.time_embedding.linear_1.out_features,
        tuple(config.get("conditioning_embedding_out_channels", ())),
    )


def refit(
    old: Mapping[str, Tensor], before: Shape, new: Mapping[str, Tensor], after: Shape
) -> dict[str, Tensor]:
    """The weights `old` of a network of shape `before` for one of shape `after`.

    `new` are the fresh weights of the latter: what `old` has no part of stays as it is there,
    except that added transformer layers are made to change nothing. What the new one has no place
    for is left out. Latent and text channels must agree.
    Raises ValueError where a weight cannot be made to fit.
    """
    plan = _Plan(before, after)
    fitted = {}
    for name, fresh in new.items():
        layer = name.rpartition(".")[0]
        if name in old:
            fitted[name] = plan.fit(name, old[name])
        else:
            fitted[name] = torch.zeros_like(fresh) if layer.endswith(_RESIDUAL_ENDS) else fresh
        if fitted[name].shape != fresh.shape:
            raise ValueError(
                f"{name} has the shape {tuple(old[name].shape)} and cannot be made to fit "
                f"{tuple(fresh.shape)}; only widths of levels without attention may change"
            )
    return fitted


class _Plan:
    """Which old channel each new one copies, by the place in the network."""

    def __init__(self, before: Shape, after: Shape) -> None:
        self._before, self._after = before, after
        pairs = zip(before.widths, after.widths, strict=True)
        self._levels = [_copied(old, new) for old, new in pairs]
        self._time = _copied(before.time, after.time)
        self._embedding = [
            _copied(old, new) for old, new in zip(before.embedding, after.embedding, strict=True)
        ]
        self._random = torch.Generator().manual_seed(_SEED)

    def fit(self, name: str, weight: Tensor) -> Tensor:
        """One weight or bias."""
        if name == "time_embedding.linear_1.weight":
            return self._moved_waves(weight)[self._time]
        rows, columns = self._channels(name)
        if rows is not None:
            weight = weight[rows]
        if columns is not None and weight.ndim > 1:
            weight = self._shared_out(weight, columns)
        return weight

    def _channels(self, name: str) -> tuple[Tensor | None, Tensor | None]:
        """Old channels that a weight's rows and columns copy; None where they stay."""
        parts = name.split(".")
        top = self._levels[0]
        match parts:
            case ["conv_in" | "conv_norm_out", _]:
                return top, None
            case ["conv_out", "weight"]:
                return None, top
            case ["time_embedding", "linear_1", "bias"] | ["add_embedding", "proj" | "norm2", _]:
                return self._time, None
            case ["time_embedding", "linear_2", _]:
                return self._time, self._time
            case [_, _, "resnets", number, layer, _] | ["mid_block", "resnets", number, layer, _]:
                return self._in_block(parts, int(number), layer)
            case [_, _, "downsamplers" | "upsamplers", *_]:
                level = self._levels[self._level(parts)]
                return level, level
            case ["controlnet_mid_block", _]:
                return self._levels[-1], self._levels[-1]
            case ["controlnet_down_blocks", number, _]:
                level = self._levels[self._steered(int(number))]
                return level, level
            case ["controlnet_cond_embedding", "conv_in", _]:
                return self._embedding[0], None
            case ["controlnet_cond_embedding", "conv_out", _]:
                return top, self._embedding[-1]
            case ["controlnet_cond_embedding", "blocks", number, _]:
                first = int(number) // 2
                return self._embedding[first + int(number) % 2], self._embedding[first]
            case _:
                return None, None

    def _in_block(
        self, parts: Sequence[str], number: int, layer: str
    ) -> tuple[Tensor, Tensor | None]:
        own = self._levels[self._level(parts)]
        read = self._read(parts, number)
        match layer:
            case "norm1":
                return read, None
            case "conv1" | "conv_shortcut":
                return own, read
            case "time_emb_proj":
                return own, self._time
            case _:
                return own, own

    def _level(self, parts: Sequence[str]) -> int:
        last = len(self._levels) - 1
        if parts[0] == "mid_block":
            return last
        return int(parts[1]) if parts[0] == "down_blocks" else last - int(parts[1])

    def _read(self, parts: Sequence[str], number: int) -> Tensor:
        """Channels that residual block `number` of its level reads; going up, beside those from the
        block before come those that were put by on the way down."""
        level = self._level(parts)
        if parts[0] == "mid_block":
            return self._levels[level]
        if parts[0] == "down_blocks":
            return self._levels[level if number else max(level - 1, 0)]
        below = min(level + 1, len(self._levels) - 1)
        before = below if number == 0 else level
        beside = level if number < self._before.layers else max(level - 1, 0)
        return torch.cat([self._levels[before], self._levels[beside] + self._before.widths[before]])

    def _steered(self, number: int) -> int:
        """The level of a ControlNet's output: one of the first convolution, then those of every
        level's residual blocks and of its downsampler."""
        return max(number - 1, 0) // (self._before.layers + 1)

    def _shared_out(self, weight: Tensor, columns: Tensor) -> Tensor:
        """Columns of copied channels have uneven shares of the old ones, which add up to them."""
        share = 0.5 + torch.rand(len(weight), len(columns), generator=self._random)
        total = torch.zeros(len(weight), int(columns.max()) + 1).index_add_(1, columns, share)
        share = share / total[:, columns]
        return weight[:, columns] * share.view(*share.shape, *[1] * (weight.ndim - 2))

    def _moved_waves(self, weight: Tensor) -> Tensor:
        """The time embedding reads cosines, then sines, of falling frequencies, as many of each as
        half the first level has channels: every column goes to the wave nearest to its own."""
        old, new = self._before.widths[0] // 2, self._after.widths[0] // 2
        places = (torch.arange(old) * new / old).round().long()
        moved = weight.new_zeros(len(weight), 2 * new)
        moved[:, places] = weight[:, :old]
        moved[:, new + places] = weight[:, old:]
        return moved


def _copied(old: int, new: int) -> Tensor:
    """For each of `new` channels the one of `old` that it copies; copies are neighbours, so that
    groups of channels hold what they held."""
    return torch.arange(new) * old // new
