"""Follow the sketch: the one slider, and the numbers behind it for each family of models.

The slider moves several things together. How much of the network's answer is added (`scale`) grows
in proportion. Early steps settle the composition and late ones the surface, so a loosely followed
sketch is let go of early (`end`), and the model finishes by itself; at 100 it is held to the last
step. A sketch that is followed at all is followed from the first step (`begin` is 0): what the
first steps have put elsewhere is not moved any more. Where a model has use for them, guidance by
the sketch grows in proportion too, and guidance by its outlines, which makes lines exact, mostly
in the slider's upper half.
"""

import msgspec

from maquette.core.model_info import ModelFamily

DEFAULT_FOLLOW = 75


class FollowParts(msgspec.Struct, frozen=True):
    """What the slider means: see `core.control.Control`."""

    scale: float
    begin: float
    end: float
    guidance: float
    outline: float = 0.0


class _Range(msgspec.Struct, frozen=True):
    """Where the slider leads: `scale`, `guidance`, `outline` at 100, and `end` just above 0."""

    scale: float
    end: float
    guidance: float = 1.0
    outline: float = 0.0


_CONTROLNETS = {
    # The built-in model's network learned from whole sketches at scale 1, and is small: hand-drawn
    # sketches (benchmarks/hand_sketches.py) scored 0.41 at scale 1, 0.52 at 1.5, 0.73 with guidance
    # 2.5 besides, and 0.77 with 4, where surfaces turn glaring. Its decoder is small, so that
    # guidance by outlines costs little; at 0.2 pictures agree with their lines as renders do.
    ModelFamily.MINI: _Range(scale=1.5, end=0.5, guidance=2.5, outline=0.2),
    # Stable Diffusion's ControlNets are made for a scale of 1 (arXiv:2302.05543), which the slider
    # reaches at its usual place; above that lines win over the prompt.
    ModelFamily.SD1: _Range(scale=1.35, end=0.4),
    ModelFamily.SD2: _Range(scale=1.35, end=0.4),
    # diffusers' documentation advises 0.5 for SDXL's; larger ones of others are made for 1.
    ModelFamily.SDXL: _Range(scale=1.0, end=0.4),
}
_ADAPTERS = {
    # T2I-Adapters speak more softly; TencentARC's model cards use 0.8 to 1.
    ModelFamily.SD1: _Range(scale=1.3, end=0.5),
    ModelFamily.SDXL: _Range(scale=1.2, end=0.5),
}


def follow_parts(family: ModelFamily, follow: int, *, adapter: bool = False) -> FollowParts:
    """The parts for `follow`, 0 (the sketch is not looked at) to 100 (every line counts).

    No part falls as the slider rises.

    Args:
        adapter: whether a T2I-Adapter looks at the sketch, and no ControlNet.
    """
    share = min(max(follow, 0), 100) / 100
    table = _ADAPTERS if adapter and family in _ADAPTERS else _CONTROLNETS
    most = table[family]
    return FollowParts(
        scale=most.scale * share,
        begin=0.0,
        end=most.end + (1 - most.end) * share,
        guidance=1 + (most.guidance - 1) * share,
        outline=most.outline * share**2,
    )
