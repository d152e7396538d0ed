"""How a picture is made in live mode: few steps, for each family of models, in one place."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from maquette.core.model_info import ModelFamily
from maquette.core.recipe import Recipe, Sampler


class LivePlan(msgspec.Struct, frozen=True):
    """The steps and the solver of a live picture; everything else is the recipe's."""

    steps: int
    sampler: Sampler


LIVE_PLANS: Mapping[ModelFamily, LivePlan] = MappingProxyType(
    {
        ModelFamily.MINI: LivePlan(4, Sampler.UNIPC),
        ModelFamily.SD1: LivePlan(4, Sampler.DPMPP_2M),
        ModelFamily.SD2: LivePlan(4, Sampler.DPMPP_2M),
        ModelFamily.SDXL: LivePlan(4, Sampler.DPMPP_2M),
    }
)


def quick_recipe(recipe: Recipe, family: ModelFamily) -> Recipe:
    """`recipe` as live mode makes it at first; never with more steps than it asks for."""
    plan = LIVE_PLANS[family]
    if recipe.steps <= plan.steps:
        return recipe
    return msgspec.structs.replace(recipe, steps=plan.steps, sampler=plan.sampler)
