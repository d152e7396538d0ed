"""Names of exported files: from the template, safe on every system, each once in a run."""

import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import msgspec
import pytest

from maquette.core.errors import InputError
from maquette.core.export_preset import ExportPreset, ExportSize
from maquette.core.gallery import GalleryPicture
from maquette.core.marking import FileFormat
from maquette.library.exports.names import example_names, other_names

BOARDS = {1: "Client: Müller & Söhne", 2: "../up"}
Pictured = Callable[..., GalleryPicture]


def preset(template: str, *sizes: str, form: FileFormat = FileFormat.JPEG) -> ExportPreset:
    return ExportPreset(
        name="p",
        template=template,
        format=form,
        sizes=tuple(ExportSize(name=name) for name in sizes or ("",)),
    )


def names(template: str, *pictures: GalleryPicture, sizes: tuple[str, ...] = ()) -> list[str]:
    return example_names(preset(template, *sizes), pictures, 100, BOARDS)


def test_every_field_says_what_it_stands_for(pictured: Pictured) -> None:
    picture = pictured(rating=4, boards=(1,), path=Path("/somewhere/my photo v1.5.png"))
    assert names("{name}", picture) == ["my photo v1.5.jpg"]
    assert names("{board}/{rating}-{seed}-{n}", picture) == ["Client-Müller-Söhne/4-7-0001.jpg"]
    assert names("{prompt}{size}", picture, sizes=("large", "")) == [
        "a-red-mug-large.jpg",
        "a-red-mug.jpg",
    ]
    assert names("{board}/{id}", pictured()) == [f"{picture.record and picture.record.id}.jpg"]


def test_no_name_comes_twice_whatever_its_case_or_form(pictured: Pictured) -> None:
    stems = ["Mug", "mug", "MUG", "mug-2", "é", unicodedata.normalize("NFD", "é")]
    pictures = [
        pictured(seed=seed, path=Path(f"/somewhere/{stem}.png")) for seed, stem in enumerate(stems)
    ]
    found = names("{name}", *pictures)
    assert found[:2] == ["Mug.jpg", "mug-2.jpg"]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in found}) == len(stems)


def test_sizes_share_a_number_and_pictures_do_not(pictured: Pictured) -> None:
    found = names("{n}{size}", pictured(), pictured(seed=8), sizes=("a", "b"))
    assert found == ["0001-a.jpg", "0001-b.jpg", "0002-a.jpg", "0002-b.jpg"]


@pytest.mark.parametrize(
    "stem",
    [
        "../../etc/passwd",
        "..",
        "C:\\Windows\\mug",
        "CON",
        "com1.backup",
        "x" * 300,
        "杯" * 300,
        "😀" * 40,
        "gpj.exe\u202egnp",
        "a\0b\nc",
        " .hidden. ",
        "{id}{seed}",
        "<b>mug</b>|?*",
    ],
)
def test_names_are_safe(stem: str, pictured: Pictured) -> None:
    path = Path("/somewhere").joinpath(*PurePosixPath(stem.replace("\0", "").strip("/")).parts)
    picture = pictured(path=path.with_name(f"{path.name}.png"), boards=(2,))
    (name,) = names("{board}/{name}", picture)
    assert not name.startswith("/")
    for part in PurePosixPath(name).parts:
        assert part not in (".", "..")
        assert not part.startswith(".")
        assert len(part.encode()) <= 255 - len("-99999")
        assert not set(part) & set('<>:"/\\|?*')
        assert not any(unicodedata.category(sign)[0] == "C" for sign in part)
        assert part.partition(".")[0].upper() not in ("CON", "COM1")


@pytest.mark.parametrize("template", ["{prompt", "{user}", "{name!r}", "{rating:>4}", "a/", ""])
def test_a_wrong_template_is_told(template: str, pictured: Pictured) -> None:
    with pytest.raises(InputError, match="template") as refused:
        names(template, pictured())
    assert refused.value.message.endswith(".")


def test_pictures_of_other_programs_have_no_name_and_the_limit_holds(pictured: Pictured) -> None:
    foreign = msgspec.structs.replace(pictured(), record=None)
    assert names("{name}", foreign) == []
    many = [pictured(seed=seed) for seed in range(5)]
    assert len(example_names(preset("{n}"), many, 3)) == 3


def test_what_is_tried_when_a_name_is_taken() -> None:
    tried = iter(other_names("board/v1.5-mug.jpg", 1))
    assert [next(tried) for _ in range(3)] == [
        "board/v1.5-mug.jpg",
        "board/v1.5-mug-2.jpg",
        "board/v1.5-mug-3.jpg",
    ]
    assert next(iter(other_names("mug-3.png", 3))) == "mug-3.png"
