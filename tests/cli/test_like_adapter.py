"""`--like-adapter`: the first of the settings that fits, the one that was typed, or none."""

from pathlib import Path

import msgspec
import pytest
from PIL import Image
from tests.cli.test_like import wishes
from tests.gui.test_ip_adapters import write_adapter

from maquette.cli.wishes import Wishes, draw_up
from maquette.core.errors import InputError, ModelError
from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.model_info import BUILT_IN


@pytest.fixture
def asked(tmp_path: Path) -> Wishes:
    path = tmp_path / "leaves.png"
    Image.new("RGB", (40, 30), "green").save(path)
    return wishes(path)


def way(asked: Wishes, *offered: Path, typed: str = "") -> IPAdapterUse | None:
    typed_wishes = msgspec.structs.replace(asked, like_adapter=typed)
    like = draw_up(typed_wishes, BUILT_IN, [str(path) for path in offered]).recipes[0].like
    assert like is not None
    return like.adapter


def test_the_first_that_fits_is_used_unless_told(asked: Wishes, tmp_path: Path) -> None:
    wide = write_adapter(tmp_path / "a" / "xl.safetensors", 2048)
    mini = write_adapter(tmp_path / "b" / "mini.safetensors")
    other = write_adapter(tmp_path / "c" / "other.safetensors")
    assert way(asked) is None
    first = way(asked, wide, mini, other)
    assert first is not None
    assert first.name == "mini"
    assert way(asked, mini, typed="none") is None
    named = way(asked, mini, typed=str(other))
    assert named is not None
    assert named.name == "other"
    with pytest.raises(ModelError, match="made for SDXL"):
        way(asked, mini, typed=str(wide))


def test_without_a_style_image_it_is_refused() -> None:
    with pytest.raises(InputError, match="--like-adapter needs a style image"):
        draw_up(msgspec.structs.replace(wishes(None), like_adapter="none"), BUILT_IN)
