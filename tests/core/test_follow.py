"""The slider: more of it is never less of the sketch, nothing of it is none."""

from hypothesis import given
from hypothesis import strategies as st

from maquette.core.control import Control, ControlKind, check_control
from maquette.core.follow import DEFAULT_FOLLOW, FollowParts, follow_parts
from maquette.core.model_info import ModelFamily

families = st.sampled_from(list(ModelFamily))
places = st.integers(-5, 105)


def as_control(parts: FollowParts) -> Control:
    return Control(
        ControlKind.SKETCH,
        "ab" * 32,
        scale=parts.scale,
        begin=parts.begin,
        end=parts.end,
        guidance=parts.guidance,
        outline=parts.outline,
    )


@given(families, st.booleans(), places, places)
def test_more_of_the_slider_is_never_less_of_the_sketch(
    family: ModelFamily, adapter: bool, one: int, other: int
) -> None:
    less, more = (follow_parts(family, place, adapter=adapter) for place in sorted((one, other)))
    assert less.scale <= more.scale
    assert less.end <= more.end
    assert less.guidance <= more.guidance
    assert less.outline <= more.outline
    assert less.begin >= more.begin


@given(families, st.booleans(), places)
def test_every_place_of_the_slider_makes_a_valid_control(
    family: ModelFamily, adapter: bool, place: int
) -> None:
    check_control(as_control(follow_parts(family, place, adapter=adapter)))


@given(families, st.booleans())
def test_the_ends_of_the_slider_are_what_they_say(family: ModelFamily, adapter: bool) -> None:
    nothing, everything = (follow_parts(family, place, adapter=adapter) for place in (0, 100))
    assert nothing.scale == 0
    assert everything.scale >= 1
    assert (everything.begin, everything.end) == (0, 1)
    usual = follow_parts(family, DEFAULT_FOLLOW, adapter=adapter)
    assert nothing.scale < usual.scale < everything.scale
