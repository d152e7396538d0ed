"""When an original can lie over the picture that was made of it."""

import msgspec
import pytest

from maquette.core.recipe import ModelRef, Recipe
from maquette.core.report import Geometry, Report, Verdict
from maquette.state.comparing import WHOLE, can_wipe, part_shown

RECIPE = Recipe(
    prompt="a bowl", seed=1, width=512, height=256, steps=4, guidance_scale=4.0,
    model=ModelRef("m"),
)  # fmt: skip
REPORT = Report(
    name="a.jpg", format="JPEG", width=1024, height=512, file_bytes=9, sentence="", evidence=(),
    verdict=Verdict.RECOVERED_BY_WATERMARK, recipe=RECIPE, known_path="/pictures/a.png",
)  # fmt: skip


def with_(**changes):
    return msgspec.structs.replace(REPORT, **changes)


@pytest.mark.parametrize(
    ("changes", "can"),
    [
        ({}, True),
        ({"known_path": ""}, False),
        ({"recipe": None}, False),
        ({"width": 1024, "height": 1024}, False),
        ({"geometry": Geometry(scale_x=2, scale_y=2)}, True),
        ({"geometry": Geometry(mirrored=True)}, False),
        ({"geometry": Geometry(quarter_turns=2)}, False),
        ({"geometry": Geometry(rotation=2.0)}, False),
        ({"geometry": Geometry(cropped=True)}, False),  # where it was cut is not known
        ({"width": 512, "crop": (0.0, 0.0, 0.5, 1.0)}, True),
        ({"crop": (0.0, 0.0, 0.5, 1.0)}, False),
    ],
)
def test_what_lies_on_one_another_can_be_wiped(changes, can):
    assert can_wipe(with_(**changes)) is can


@pytest.mark.parametrize("crop", [None, (0.5, 0.0, 0.5, 1.0), (-1.0, 0.0, 1.0, 1.0)])
def test_a_part_that_makes_no_sense_is_the_whole(crop):
    assert part_shown(with_(crop=crop)) == WHOLE
