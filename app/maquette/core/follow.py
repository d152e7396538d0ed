"""Follow the sketch: the one slider, and the numbers behind it for each family of models."""

import msgspec

from maquette.core.model_info import ModelFamily

DEFAULT_FOLLOW = 75


class FollowParts(msgspec.Struct, frozen=True):
    """What the slider means: see `core.control.Control`."""

    scale: float
    begin: float
    end: float
    guidance: float


def follow_parts(family: ModelFamily, follow: int) -> FollowParts:
    """The parts for `follow`, 0 (the sketch is not looked at) to 100 (every line counts)."""
    share = min(max(follow, 0), 100) / 100
    if family is ModelFamily.MINI:
        return FollowParts(scale=share, begin=0.0, end=0.5 + 0.5 * share, guidance=1.0)
    return FollowParts(scale=1.4 * share, begin=0.0, end=0.4 + 0.6 * share, guidance=1.0)
