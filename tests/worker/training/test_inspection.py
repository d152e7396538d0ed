"""What is seen before a training: pictures to use, and a sentence for each that cannot be."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from maquette.core.errors import InputError
from maquette.core.training import FoundPicture, StyleKind
from maquette.worker.training.inspection import look_at, proposed_crop

Look = Callable[..., dict[str, FoundPicture]]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Looks at a folder; what was found, by name."""

    def see(side: int = 96) -> dict[str, FoundPicture]:
        found = look_at([tmp_path], side, StyleKind.STYLE, "blue waves")
        return {each.name: each for each in found}

    return see


@pytest.fixture
def picture(striped: Callable[..., np.ndarray]) -> Image.Image:
    return Image.fromarray(striped(1, 160))


def test_each_picture_gets_digest_caption_and_size(
    tmp_path: Path, picture: Image.Image, look: Look
) -> None:
    picture.save(tmp_path / "tall_vase-02.png")
    (tmp_path / "notes.txt").write_text("no picture")
    found = look()["tall_vase-02.png"]
    assert (found.width, found.height, found.problem, found.notices) == (160, 160, "", ())
    assert found.caption == "tall vase, blue waves style"
    assert len(found.digest) == 64


def test_the_same_picture_in_another_file_is_told(
    tmp_path: Path, picture: Image.Image, look: Look, striped: Callable[..., np.ndarray]
) -> None:
    picture.save(tmp_path / "a.png")
    picture.resize((120, 120)).save(tmp_path / "b.jpg", quality=80)
    Image.fromarray(striped(2, 160)).save(tmp_path / "c.png")
    found = look()
    assert found["b.jpg"].duplicate_of == found["a.png"].digest
    assert found["c.png"].duplicate_of == ""


def test_blurred_small_and_narrow_pictures_are_told_and_a_crop_is_proposed(
    tmp_path: Path, picture: Image.Image, look: Look
) -> None:
    picture.filter(ImageFilter.GaussianBlur(12)).save(tmp_path / "blurred.png")
    picture.resize((64, 64)).save(tmp_path / "small.png")
    picture.resize((480, 100)).save(tmp_path / "narrow.png")
    found = look(160)
    assert any("looks blurred" in notice for notice in found["blurred.png"].notices)
    assert not any("looks blurred" in notice for notice in found["small.png"].notices)
    assert any("smaller than the model's" in notice for notice in found["small.png"].notices)
    assert any("long and narrow" in notice for notice in found["narrow.png"].notices)
    crop = found["narrow.png"].crop
    assert (crop.right - crop.left) * 480 == pytest.approx(200)
    assert proposed_crop(300, 200) == proposed_crop(200, 300)


def test_what_cannot_be_learned_from_has_its_sentence(
    tmp_path: Path, picture: Image.Image, look: Look
) -> None:
    (tmp_path / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (tmp_path / "empty.jpg").write_bytes(b"")
    picture.resize((20, 20)).save(tmp_path / "tiny.png")
    Image.new("1", (9000, 9000)).save(tmp_path / "huge.png")
    found = look()
    assert "damaged" in found["torn.png"].problem or "not a picture" in found["torn.png"].problem
    assert "not a picture" in found["empty.jpg"].problem
    assert "too few to learn from" in found["tiny.png"].problem
    assert "more than can be opened" in found["huge.png"].problem
    assert not any(each.digest for each in found.values())


def test_cmyk_and_animated_pictures_are_learned_from(
    tmp_path: Path, picture: Image.Image, look: Look
) -> None:
    picture.convert("CMYK").save(tmp_path / "print.jpg", quality=95)
    other = picture.rotate(90)
    picture.save(tmp_path / "moving.gif", save_all=True, append_images=[other])
    found = look()
    assert all(not each.problem for each in found.values())
    assert found["moving.gif"].notices == (
        "moving.gif has several pictures; only the first one is learned from.",
    )


def test_a_folder_that_is_not_there_and_too_many_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone is not there; please check the folder"):
        list(look_at([tmp_path / "gone"], 96, StyleKind.STYLE, "x"))
    for number in range(600):
        (tmp_path / f"{number}.png").touch()
    with pytest.raises(InputError, match="at most 200 pictures, and there are 600"):
        list(look_at([tmp_path], 96, StyleKind.STYLE, "x"))


def test_a_file_name_that_is_no_text_is_told(
    tmp_path: Path, picture: Image.Image, look: Look
) -> None:
    try:
        picture.save(tmp_path / "a\udcff.png")
    except (OSError, UnicodeError):
        pytest.skip("this system's file names are text")
    (found,) = look().values()
    assert "not valid text" in found.problem
