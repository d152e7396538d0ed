"""Style files: round trips, the shelf and its trash, and files of strangers and other programs."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from maquette.core.errors import StyleError
from maquette.core.lora import LoraUse
from maquette.core.recipe import Sampler
from maquette.core.style import SourceFormat, Style, StyleGroup, Words
from maquette.library.styles.found import MAX_STYLES, FoundStyle
from maquette.library.styles.reading import read_styles
from maquette.library.styles.shelf import StyleShelf
from maquette.library.styles.shipped import shipped_styles
from maquette.library.styles.style_files import MAX_SAMPLE, StrangeStyles, write_style_file

INK = Style(
    id="0123456789abcdef",
    name=Words("Faded ink", "褪色墨水"),
    group=StyleGroup.INK,
    prompt=Words("faded ink drawing of {prompt}"),
    negative=Words("photo"),
    loras=(LoraUse("Ink", "ab" * 32, -0.5),),
    sampler=Sampler.DPMPP_2M,
    steps=30,
    guidance_scale=4.5,
    author="Mei",
    licence="CC0-1.0",
)


def picture(side: int = 16) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def shelf(tmp_path: Path) -> StyleShelf:
    return StyleShelf(tmp_path / "styles")


def file_of(path: Path, *entries: Any, more: dict[str, bytes] | None = None) -> Path:
    """A .maquette-style file with these entries, as somebody else may have made it."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("styles.json", json.dumps({"format": 1, "styles": entries}))
        for name, data in (more or {}).items():
            file.writestr(name, data)
    return path


def entry(**changes: Any) -> dict[str, Any]:
    return {"style": {**msgspec.to_builtins(INK), **changes}}


def refusal(path: Path) -> str:
    with pytest.raises(StyleError) as caught:
        read_styles(path)
    return caught.value.message


# --- our own ------------------------------------------------------------------------------------


def test_many_styles_go_into_one_file_and_come_back_with_their_samples(tmp_path: Path) -> None:
    there = [FoundStyle(INK, picture()), *map(FoundStyle, shipped_styles())]
    path = tmp_path / "mine.maquette-style"
    write_style_file(path, there)
    found = read_styles(path)
    assert list(found.styles) == there
    assert found.notices == ()
    before = path.read_bytes()
    write_style_file(path, there)
    assert path.read_bytes() == before


def test_a_style_stays_on_the_shelf_and_keeps_its_sample_when_it_is_edited(
    shelf: StyleShelf,
) -> None:
    shelf.keep(INK, picture())
    renamed = msgspec.structs.replace(INK, name=Words("Pale ink"))
    shelf.keep(renamed)
    assert shelf.styles() == ([renamed], [])
    assert shelf.sample(INK.id) == picture()
    shelf.keep(renamed, b"")
    assert shelf.sample(INK.id) == b""


def test_what_is_deleted_can_be_brought_back_until_it_is_purged(shelf: StyleShelf) -> None:
    shelf.keep(INK, picture())
    shelf.trash(INK.id)
    assert shelf.styles() == ([], [])
    shelf.purge(days=1)
    shelf.restore(INK.id)
    assert shelf.styles()[0] == [INK]
    assert shelf.sample(INK.id) == picture()
    shelf.trash(INK.id)
    shelf.purge(days=-1)
    with pytest.raises(StyleError, match="not in the trash any more"):
        shelf.restore(INK.id)


def test_the_style_that_was_deleted_last_comes_back(shelf: StyleShelf) -> None:
    for steps in (1, 2):
        shelf.keep(msgspec.structs.replace(INK, steps=steps))
        shelf.trash(INK.id)
    shelf.restore(INK.id)
    assert [style.steps for style in shelf.styles()[0]] == [2]


def test_a_damaged_file_on_the_shelf_hides_no_other(shelf: StyleShelf, tmp_path: Path) -> None:
    shelf.keep(INK)
    (tmp_path / "styles" / "bad.maquette-style").write_bytes(b"PK")
    styles, problems = shelf.styles()
    assert styles == [INK]
    assert problems == ["bad.maquette-style is damaged or cut off; get the file again."]


def test_taking_in_twice_keeps_one_and_another_with_its_id_gets_its_own(shelf: StyleShelf) -> None:
    other = msgspec.structs.replace(INK, prompt=Words("something else"))
    assert shelf.take_in([FoundStyle(INK, picture())]) == ([INK], 0)
    assert shelf.take_in([FoundStyle(INK), FoundStyle(shipped_styles()[0])]) == ([], 2)
    (kept,), already = shelf.take_in([FoundStyle(other)])
    assert already == 0
    assert kept.id != INK.id
    assert {style.prompt for style in shelf.styles()[0]} == {INK.prompt, other.prompt}


@pytest.mark.parametrize("bad", ["../x", "", "a/b", "x" * 65, "C:x"])
def test_no_path_is_built_from_a_strange_id(shelf: StyleShelf, bad: str) -> None:
    for act in (shelf.sample, shelf.trash, shelf.restore):
        with pytest.raises(StyleError):
            act(bad)
    with pytest.raises(StyleError):
        shelf.keep(msgspec.structs.replace(INK, id=bad))


def test_a_sample_that_is_no_picture_is_not_kept(shelf: StyleShelf) -> None:
    for sample in (b"GIF", bytes(MAX_SAMPLE + 1)):
        with pytest.raises(StyleError, match="sample picture"):
            shelf.keep(INK, sample)
    assert shelf.styles() == ([], [])


# --- strangers' ---------------------------------------------------------------------------------


def test_entries_that_cannot_be_used_are_left_out_and_told(tmp_path: Path) -> None:
    path = file_of(
        tmp_path / "some.maquette-style",
        entry(),
        entry(steps=0),
        entry(id="../../x"),
        entry(group="opera"),
        entry(id="b", name={"en": "\u202eevil"}),
    )
    found = read_styles(path)
    assert [each.style for each in found.styles] == [INK]
    assert len(found.notices) == 6
    assert found.notices[0] == "1 style was left out of some.maquette-style."
    assert "The number of steps must be between 1 and 150, not 0." in found.notices


def test_a_damaged_sample_is_left_out(tmp_path: Path) -> None:
    sampled = {**entry(), "sample": "samples/0.png"}
    path = file_of(tmp_path / "a.maquette-style", sampled, more={"samples/0.png": b"\x89PNG no"})
    assert read_styles(path).styles == (FoundStyle(INK),)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"../evil": b""}, "holds paths that no style has"),
        ({"/etc/x": b""}, "holds paths that no style has"),
        ({f"{n}": b"" for n in range(4)}, "unpacks to more than a style can be"),
    ],
)
def test_zip_files_that_mean_harm_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, bytes], says: str
) -> None:
    monkeypatch.setattr(StrangeStyles, "most_entries", 4)
    assert says in refusal(file_of(tmp_path / "evil.maquette-style", entry(), more=more))


def test_a_huge_sample_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    sampled = {**entry(), "sample": "s.png"}
    path = file_of(tmp_path / "a.maquette-style", sampled, more={"s.png": bytes(MAX_SAMPLE + 1)})
    assert "unpacks to more than a style can be" in refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.maquette-style", b"", "is damaged or cut off"),
        ("a.maquette-style", b"no zip at all", "is damaged or cut off"),
        ("a.json", b"[[[", "is no file of styles"),
        ("a.json", b'{"prompt": "x"}', "is no file of styles"),
        ("a.json", b"[" * 100_000, "is no file of styles"),
        ("a.json", b"\xff\xfe\x00", "is no file of styles"),
        ("a.json", b"[]", "has no style that can be used"),
        ("a.json", b'[{"name": "x"}]', "has no style that can be used"),
        ("a.csv", b"a,b\n1,2\n", "is no file of styles"),
        ("a.csv", b"", "is no file of styles"),
        ("a.csv", b'name,prompt\n"' + b"x" * 200_000, "is no file of styles"),
        ("a.csv", b"name,prompt\n---,\n", "has no style that can be used"),
        ("a.txt", b"x", "is no file of styles"),
        ("a.json", b" " * ((8 << 20) + 1), "is larger than a file of styles can be"),
    ],
)
def test_what_is_no_file_of_styles_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert says in refusal(path)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    for name in ("a.json", "a.csv", "a.maquette-style"):
        assert refusal(tmp_path / name).startswith(f"{name} cannot be read (")


def test_a_newer_format_and_too_many_styles_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.maquette-style"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("styles.json", '{"format": 2, "styles": []}')
    assert "newer version of Maquette" in refusal(path)
    many = tmp_path / "many.json"
    many.write_text(json.dumps([{"name": "x", "prompt": "y"}] * (MAX_STYLES + 1)))
    assert refusal(many).startswith("many.json has more than 2,000 styles")


# --- other programs' ----------------------------------------------------------------------------


def test_fooocus_styles_are_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "sdxl_styles_sai.json"
    path.write_text(
        json.dumps(
            [
                {"name": "sai-3d-model", "prompt": "professional 3d model {prompt} . octane"},
                {"name": "Watery", "prompt": "watercolor painting {prompt}",
                 "negative_prompt": "anime, photo"},
                {"name": "only-against", "negative_prompt": "blurry"},
                {"name": "nothing"},
                {"name": 7, "prompt": "x"},
            ]
        ),
        encoding="utf-8",
    )  # fmt: skip
    found = read_styles(path)
    styles = [each.style for each in found.styles]
    assert [style.name.en for style in styles] == ["SAI 3D Model", "Watery", "Only Against"]
    assert styles[0].prompt.en == "professional 3d model {prompt} . octane"
    assert styles[1].negative.en == "anime, photo"
    assert styles[1].group is StyleGroup.PAINT
    assert {style.source for style in styles} == {SourceFormat.FOOOCUS}
    assert len({style.id for style in styles}) == 3
    assert found.notices[::2] == ("1 style was left out of sdxl_styles_sai.json.",) * 2


def test_a1111_styles_are_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "styles.csv"
    path.write_text(
        "\ufeffname,prompt,negative_prompt\n"
        "---------- PAINT ----------,,\n"
        'Ink,"ink wash, {prompt}","photo, ""3d"""\n'
        '水墨,"{prompt}，水墨画",\n'
        "\n"
        "Short,oil on canvas\n"
        "Nothing,,\n",
        encoding="utf-8",
    )
    found = read_styles(path)
    ink, chinese, short = (each.style for each in found.styles)
    assert (ink.prompt.en, ink.negative.en) == ("ink wash, {prompt}", 'photo, "3d"')
    assert ink.group is StyleGroup.INK
    assert (chinese.name.zh, chinese.prompt.zh) == ("水墨", "{prompt}，水墨画")
    assert short.prompt.en == "oil on canvas"
    assert ink.source is SourceFormat.A1111
    assert found.notices[0] == "1 style was left out of styles.csv."


def test_strangers_words_are_made_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"name": "a\u202eb\n" + "x" * 500, "prompt": "a\u202e\x00\nb"}]))
    (found,) = read_styles(path).styles
    assert found.style.prompt.en == "a b"
    assert found.style.name.en.isprintable()
    assert len(found.style.name.en) <= 80
