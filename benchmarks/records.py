"""What the benchmarks assert of pictures that nobody made: a recipe, and the record of it."""

from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for


def record_of(prompt: str, seed: int, side: int) -> Record:
    """The record of a picture of `side` x `side` pixels."""
    recipe = Recipe(
        prompt=prompt,
        seed=seed,
        width=side,
        height=side,
        steps=10,
        guidance_scale=3.0,
        model=ModelRef("maquette-mini"),
    )
    return Record(
        id=record_id_for(recipe),
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=side,
        height=side,
    )
