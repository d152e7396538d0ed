"""Sealed pictures, a library and a writer in folders of one test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from maquette.core.marking import Marking
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.library.store import Library
from maquette.library.writer import Writer
from maquette.provenance.seal import Sealed, seal


def make_record(prompt: str = "a red mug", seed: int = 7) -> Record:
    """The record of a small picture."""
    recipe = Recipe(
        prompt=prompt,
        seed=seed,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.0,
        model=ModelRef("maquette-mini", "ab" * 32, "Maquette Mini"),
    )
    return Record(
        id=record_id_for(recipe),
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
    )


@pytest.fixture(scope="session")
def sealed() -> Callable[..., Sealed]:
    """(prompt, seed) to a sealed picture; each is made once."""
    made: dict[tuple[str, int], Sealed] = {}

    def of(prompt: str = "a red mug", seed: int = 7) -> Sealed:
        if (prompt, seed) not in made:
            noise = np.random.default_rng(seed).integers(90, 160, (256, 256, 3), dtype=np.uint8)
            made[prompt, seed] = seal(noise, make_record(prompt, seed), Marking())
        return made[prompt, seed]

    return of


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "data" / "library.sqlite3") as opened:
        yield opened


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder for pictures with a difficult name; it is not there yet."""
    return tmp_path / "my pictures 图片"


@pytest.fixture
def writer(library: Library, pictures: Path, tmp_path: Path) -> Writer:
    """A writer into `pictures`."""
    return Writer(library, pictures, "{prompt}-{id}", tmp_path / "thumbnails")
