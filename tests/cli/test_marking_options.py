"""Options of the command line change the settings' marks, and only what they name."""

import msgspec
import pytest

from maquette.cli.marking_options import (
    EncodingOptions,
    MarkingOptions,
    encoding_of,
    marking_of,
)
from maquette.core.errors import InputError
from maquette.core.marking import (
    ExtraMark,
    FileEncoding,
    FileFormat,
    Marking,
    Preset,
    Profile,
    VisibleLabel,
)

CHOSEN = Marking(profile=Profile.CALIFORNIA, write_recipe=False, timestamp_url="https://tsa")


def test_without_options_the_settings_hold() -> None:
    assert marking_of(MarkingOptions(), CHOSEN) == CHOSEN


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        ({"profile": "china"}, {"profile": Profile.CHINA}),
        ({"profile": "EU"}, {"profile": Profile.EUROPE}),
        ({"preset": "strong"}, {"preset": Preset.STRONG}),
        ({"label": "chinese"}, {"visible_label": VisibleLabel.CHINESE}),
        ({"label": "none"}, {"visible_label": VisibleLabel.NONE}),
        ({"extra_mark": "dwtdctsvd"}, {"extra_mark": ExtraMark.DWT_DCT_SVD}),
        ({"write_recipe": True}, {"write_recipe": True}),
        ({"sign": False}, {"sign": False}),
        ({"may_be_mined": True}, {"may_be_mined": True}),
    ],
)
def test_an_option_changes_what_it_names(options: dict, changes: dict) -> None:
    expected = msgspec.structs.replace(CHOSEN, **changes)
    assert marking_of(MarkingOptions(**options), CHOSEN) == expected


@pytest.mark.parametrize("name", ["profile", "preset", "label", "extra_mark"])
def test_what_there_is_not_is_told_with_what_there_is(name: str) -> None:
    with pytest.raises(InputError, match=r"There is no .* 'mars'; use .*,"):
        marking_of(MarkingOptions(**{name: "mars"}), CHOSEN)


SAVED = FileEncoding(FileFormat.JPEG, 80)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, SAVED),
        ({"format": "JPG"}, SAVED),
        ({"format": "png"}, FileEncoding(FileFormat.PNG)),
        ({"format": "tif"}, FileEncoding(FileFormat.TIFF)),
        ({"format": "webp"}, FileEncoding(FileFormat.WEBP)),  # 80 was meant for JPEG
        ({"quality": 95}, FileEncoding(FileFormat.JPEG, 95)),
        ({"format": "avif", "quality": 50}, FileEncoding(FileFormat.AVIF, 50)),
    ],
)
def test_format_and_quality_are_as_typed_or_as_in_the_settings(
    options: dict, expected: FileEncoding
) -> None:
    assert encoding_of(EncodingOptions(**options), SAVED) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"format": "bmp"}, "There is no format 'bmp'; use png, jpeg"),
        ({"format": "png", "quality": 90}, "The format png knows no quality; choose one of avif"),
        ({"quality": 0}, "between 1 and 100, not 0"),
        ({"quality": 101}, "between 1 and 100, not 101"),
    ],
)
def test_a_format_or_quality_that_there_is_not_is_told(options: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        encoding_of(EncodingOptions(**options), SAVED)
