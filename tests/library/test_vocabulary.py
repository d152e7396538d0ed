"""The word lists: as the grammar of the built-in model has them, and found in prompts."""

import subprocess
import sys
from pathlib import Path

import pytest

import maquette_resources
from maquette.library.vocabulary import FIELDS, vocabulary


def test_the_word_lists_are_up_to_date(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    root = pytestconfig.rootpath
    code = "import sys; sys.path[:0] = sys.argv[1:]; import refresh_vocabulary as made; "
    code += "sys.stdout.buffer.write(made.text().encode())"
    folders = [str(root / "resources"), str(root / "models")]
    made = subprocess.run(
        [sys.executable, "-B", "-c", code, *folders], cwd=tmp_path, capture_output=True, check=True
    )
    kept = root / "resources" / "maquette_resources" / "vocabulary.json"
    assert made.stdout == kept.read_bytes(), "run resources/refresh_vocabulary.py"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a red ceramic mug", {("colour", "red"), ("material", "ceramic"), ("form", "mug")}),
        ("TWO Red MUGS!", {("colour", "red"), ("form", "mug")}),
        (
            "a mug on a wooden table, oil on canvas",
            {("form", "mug"), ("setting", "wood"), ("style", "oil")},
        ),
        (
            "一个红色的陶瓷马克杯放在木桌上，水墨画",
            {
                ("colour", "red"),
                ("material", "ceramic"),
                ("form", "mug"),
                ("setting", "wood"),
                ("style", "ink_wash"),
            },
        ),
        (
            "a brushed copper kettle",
            {("material", "brushed"), ("material", "copper"), ("colour", "copper"),
             ("form", "kettle")},
        ),
        ("a smuggled reddish carpet", set()),
        ("a vase on a wooden table", {("form", "vase"), ("setting", "wood")}),
        ("a vase on an old wooden kitchen table", {("form", "vase"), ("setting", "wood")}),
        ("a blue vase on a white table",
         {("colour", "blue"), ("form", "vase")}),
        ("a blue vase on top of a black coffee table, oil painting",
         {("colour", "blue"), ("form", "vase"), ("style", "oil")}),
        ("a mug, wooden table", {("form", "mug"), ("setting", "wood")}),
        ("a wooden table", {("form", "table"), ("material", "wood")}),
        ("a red table in front of a green wall", {("colour", "red"), ("form", "table")}),
        ("a red table with a lamp and a white desk",
         {("colour", "red"), ("form", "table"), ("form", "lamp"), ("colour", "white"),
          ("form", "desk")}),
        ("a chair next to a white table",
         {("form", "chair"), ("colour", "white"), ("form", "table")}),
        ("a teal bowl, plain orange background, golden hour",
         {("colour", "teal"), ("form", "bowl")}),
        ("a mug on a black and white table beside a red book",
         {("form", "mug"), ("colour", "red"), ("form", "book")}),
        ("a table lamp on a desk", {("form", "lamp")}),
        ("a watch in a minimal white studio", {("form", "watch"), ("setting", "white")}),
        ("红色花瓶放在一张白色的旧桌子上", {("colour", "red"), ("form", "vase")}),
        ("白色桌子上的红色花瓶", {("colour", "red"), ("form", "vase")}),
        ("旧木头桌子上的蓝色茶壶", {("colour", "blue"), ("form", "teapot"), ("setting", "wood")}),
        ("一张白色的桌子", {("colour", "white"), ("form", "table")}),
        ("一把椅子旁边是白色桌子", {("form", "chair"), ("colour", "white"), ("form", "table")}),
        ("蓝色茶壶，红色渐变背景，金色光线", {("colour", "blue"), ("form", "teapot")}),
        ("红色花瓶，绿色背景", {("colour", "red"), ("form", "vase")}),
        ("", set()),
        ("\0\u202e 🙂" * 5_000, set()),
    ],
)  # fmt: skip
def test_what_a_prompt_shows_is_found_in_it(prompt: str, expected: set[tuple[str, str]]) -> None:
    assert vocabulary().attributes(prompt) == expected


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("style", "ink_wash", ("ink_wash",)),
        ("style", "ink", ("ink_wash",)),
        ("style", "Ink Wash", ("ink_wash",)),
        ("style", "国画", ("ink_wash",)),
        ("form", "cup", ("mug",)),
        ("form", "杯", ("goblet", "mug", "teacup", "tumbler")),
        ("colour", "gray", ("grey",)),
        ("material", "铜", ("copper",)),
        ("material", "unobtainium", ()),
        ("material", "!", ()),
    ],
)
def test_what_people_call_a_word_is_understood(
    field: str, text: str, words: tuple[str, ...]
) -> None:
    found = vocabulary().words(field, text)
    assert set(words) <= set(found)
    assert len(words) > 1 or found == words


def test_every_word_has_a_name_in_both_languages_and_is_found_by_it() -> None:
    known = vocabulary()
    for field in FIELDS:
        for word in maquette_resources.vocabulary()[field]:
            for language in ("en", "zh"):
                name = known.name(field, word, language)
                assert name
                assert word in known.words(field, name), (field, word, name)
                assert word in known.words(field, word)
    assert known.name("style", "ink_wash", "zh") == "水墨画"
    assert known.name("model", "Maquette Mini", "zh") == "Maquette Mini"
