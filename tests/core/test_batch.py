"""Batch files as people write them: what is made of them, and what is said of their mistakes."""

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from maquette.core.batch.plan import MAX_PICTURES, BatchPlan, plan_batch
from maquette.core.batch.row import BatchRow
from maquette.core.errors import InputError
from maquette.core.lora import LoraUse
from maquette.core.style import Style, StyleGroup, Words, ref_of


@pytest.fixture
def plan(tmp_path: Path):
    """(name, content, options) to the plan of a batch file; further files lie beside it."""

    def make(name: str, content: str | bytes, **options: Any) -> BatchPlan:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return plan_batch(path, **options)

    return make


def prompts(plan: BatchPlan) -> list[str]:
    assert plan.problems == ()
    return [picture.recipe.prompt for picture in plan.pictures]


def told(plan: BatchPlan) -> list[tuple[int, str]]:
    """The problems, and that nothing would be made."""
    assert plan.pictures == ()
    return [(problem.line, problem.message) for problem in plan.problems]


def test_a_text_file_has_a_prompt_on_each_line(plan):
    made = plan("mugs.txt", "# for Monday\na red mug\r\n\r\n  一只蓝色的花瓶  \n")
    assert prompts(made) == ["a red mug", "一只蓝色的花瓶"]
    assert [picture.line for picture in made.pictures] == [2, 4]
    first = made.pictures[0].recipe
    assert (first.width, first.height) == (256, 256)
    assert first.steps > 0


def test_every_column_of_a_table_is_heard(plan):
    made = plan(
        "all.csv",
        "Prompt,negative_prompt,seed,count,width,height,steps,guidance scale,sampler,model,style\n"
        '"a mug, red",text,7,2,320,256,5,2.5,DPMPP-2m,maquette-mini,ink drawing\n',
    )
    assert prompts(made) == ["a mug, red, ink drawing"] * 2
    recipe = made.pictures[1].recipe
    assert (recipe.seed, recipe.negative_prompt, recipe.width) == (8, "text", 320)
    assert (recipe.steps, recipe.guidance_scale, recipe.sampler) == (5, 2.5, "dpmpp-2m")


def test_prompts_seeds_and_styles_are_combined(plan):
    line = {"prompt": ["a mug", "a vase"], "seed": [1, 2], "style": ["ink", "clay"], "steps": 3}
    made = plan("matrix.jsonl", json.dumps(line) + '\n"plain"\n')
    assert len(made.pictures) == 9
    said = {(picture.recipe.prompt, picture.recipe.seed) for picture in made.pictures[:8]}
    assert said == {
        (f"{prompt}, {style}", seed)
        for prompt in ("a mug", "a vase")
        for style in ("ink", "clay")
        for seed in (1, 2)
    }


def test_cells_of_a_table_name_several_seeds_and_styles(plan):
    made = plan("matrix.csv", "prompt;seed;style\na mug;1..3|9;ink|clay\n")
    assert [picture.recipe.seed for picture in made.pictures] == [1, 2, 3, 9] * 2
    assert prompts(made) == ["a mug, ink"] * 4 + ["a mug, clay"] * 4


def test_what_lines_leave_open_is_filled_in(plan):
    defaults = BatchRow(seeds=(5,), styles=("ink",), steps=3)
    made = plan("a.csv", "prompt,seed\na mug,\na vase,6\n", defaults=defaults)
    assert prompts(made) == ["a mug, ink", "a vase, ink"]
    assert [picture.recipe.seed for picture in made.pictures] == [5, 6]
    assert {picture.recipe.steps for picture in made.pictures} == {3}


# --- variants -------------------------------------------------------------------------------------


def test_a_drawn_variant_follows_from_the_seed(plan):
    text = "prompt,seed\n" + "a {red|green|blue} {mug|vase|bowl},1..200\n"
    first, again = prompts(plan("a.csv", text)), prompts(plan("a.csv", text))
    assert first == again
    assert len(set(first)) == 9


def test_doubled_braces_make_every_combination(plan):
    made = plan("a.txt", "a {{red|green}} {{mug|tall {{vase|jar}}}}, {warm|warm} light\n")
    assert prompts(made) == [
        f"a {colour} {form}, warm light"
        for colour in ("red", "green")
        for form in ("mug", "tall vase", "tall jar")
    ]


def test_wildcards_are_lines_of_files_beside_the_batch(plan, tmp_path):
    (tmp_path / "颜色.txt").write_text("red\n# not this\n\n{deep|deep} blue\n", encoding="utf-8")
    made = plan("a.txt", "a {{__颜色__}} mug\n")
    assert prompts(made) == ["a red mug", "a deep blue mug"]
    drawn = plan("b.csv", "prompt,seed\na __颜色__ mug,1..50\n")
    assert set(prompts(drawn)) == {"a red mug", "a deep blue mug"}


def test_a_backslash_takes_the_meaning_away(plan):
    made = plan("a.txt", "a \\{b\\|c\\} \\__d__ e\\f\n")
    assert prompts(made) == ["a {b|c} __d__ e\\f"]


def test_one_brace_before_another_choice_is_a_choice(plan):
    made = plan("a.csv", "prompt,seed\n{{a|b} x|c},1..60\n")
    assert set(prompts(made)) == {"a x", "b x", "c"}


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a {mug", "a “{” without its “}”"),
        ("a mug}", "a “}” without its “{”"),
        ("__nothing__", "no file nothing.txt beside the batch file"),
        ("__../secret__", None),
        ("{a|" * 12 + "b" + "}" * 12, "more than 8 deep"),
    ],
)
def test_variants_that_make_no_sense_are_told_by_line(plan, prompt, words):
    made = plan("a.txt", f"a vase\n{prompt}\n")
    if words is None:  # no name of a file at all, so it stays what it is
        assert prompts(made)[1] == prompt
    else:
        [(line, message)] = told(made)
        assert line == 2
        assert words in message


def test_wildcards_that_lead_back_to_themselves_are_told(plan, tmp_path):
    (tmp_path / "a.txt").write_text("__b__")
    (tmp_path / "b.txt").write_text("one\n__a__")
    [(line, message)] = told(plan("batch.txt", "a __a__\n"))
    assert line == 1
    assert "leads back to itself" in message


def test_wildcards_that_multiply_beyond_measure_are_refused_at_once(plan, tmp_path):
    for number in range(7):
        (tmp_path / f"w{number}.txt").write_text(f"{f'__w{number + 1}__' * 60}\n" * 60)
    (tmp_path / "w7.txt").write_text("x\n")
    [(_line, message)] = told(plan("batch.txt", "__w0__\n"))
    assert "may get longer than 10,000 characters" in message


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_wildcard_that_is_a_link_out_of_the_folder_is_not_read(plan, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name} secret.txt"
    outside.write_text("secret")
    (tmp_path / "c.txt").symlink_to(outside)
    [(_line, message)] = told(plan("a.txt", "a __c__ mug\n"))
    assert "no file c.txt" in message


# --- encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_as_spreadsheets_write_them(plan, encoding, separator):
    text = separator.join(("提示词", "步数", "备注#")).replace("备注#", "#备注") + "\r\n"
    text += separator.join((f'"一只{separator}杯子"', "3", "客户")) + "\r\n\r\n"
    text += "一只花瓶\r\n"
    made = plan("表.csv", text.encode(encoding))
    assert prompts(made) == [f"一只{separator}杯子".replace("\t", " "), "一只花瓶"]
    assert made.pictures[0].recipe.steps == 3
    assert ("GB18030" in " ".join(made.remarks)) == (encoding == "gb18030")


def test_a_decimal_comma_and_a_line_for_the_spreadsheet_are_understood(plan):
    made = plan("a.csv", "sep=;\nprompt;guidance_scale;steps\na mug;2,5;4.0\n")
    recipe = made.pictures[0].recipe
    assert (recipe.guidance_scale, recipe.steps) == (2.5, 4)


def test_a_mix_of_encodings_is_told_with_its_line(plan):
    lines = ["prompt", "一只杯子", "a vase", "两只杯子", "花瓶"]
    data = b"\n".join(
        line.encode("gb18030" if place == 3 else "utf-8") for place, line in enumerate(lines)
    )
    assert [line for line, _message in told(plan("a.csv", data))] == [4]
    more = b"\xef\xbb\xbfa mug\n" + "花瓶\n杯子\n".encode("gb18030")
    assert [line for line, _message in told(plan("b.txt", more))] == [2, 3]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", b"caf\xe9 \xff\n", b"\xff\xfea"])
def test_what_is_no_text_is_told(plan, data):
    [(_line, message)] = told(plan("a.txt", data))
    assert "save it as UTF-8" in message


# --- mistakes -------------------------------------------------------------------------------------


def test_every_bad_line_is_told_with_its_number_and_reason(plan):
    made = plan(
        "a.csv",
        "prompt,steps,width,sampler,seed,guidance_scale\n"
        "fine,3,256,,,\n"
        "a,many,256,,,\n"
        '"two\nlines",3,100,,,\n'
        "a,3,257,,,\n"
        "a,0,,,,\n"
        "a,,,euler,,\n"
        "a,,,,9..1,\n"
        "a,,,,-1,\n"
        "a,,,,,nan\n"
        "a,,,,4294967296,\n"
        "a,b,c,d,e,f,g\n",
    )
    wrong = told(made)
    assert [line for line, _message in wrong] == [3, 4, 6, 7, 8, 9, 10, 11, 12, 13]
    words = (
        "“steps” must be a whole number, not many",
        "width must be between 256",
        "width must be a multiple of 16",
        "steps must be between 1",
        "no sampler euler",
        "write the smaller one first",
        "seed must be between 0",
        "guidance scale must be a number",
        "seed must be between 0",
        "7 values and the table 6 columns",
    )
    for (_line, message), said in zip(wrong, words, strict=True):
        assert said in message
        assert message.endswith(".")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("prompt,stpes\na,3\n", "no column “stpes”; “steps” is the nearest one"),
        ("prompt,client\na,3\n", "a # before its name has it ignored"),
        ("steps,seed\n3,1\n", "column “prompt” is missing"),
        ("a red mug,3\n", "first line must name the columns"),
        ("prompt,prompt\na,b\n", "is there twice"),
        ('prompt,seed\na,1\n"b,2\nc,3\n', "look for a quote without its partner"),
        ('prompt\n"a" mug\n', "look for a quote without its partner"),
        ("prompt\n\n", "has no prompts in it"),
        ("", "has no prompts in it"),
    ],
)
def test_columns_that_are_missing_or_unknown_are_told(plan, table, words):
    assert words in told(plan("a.csv", table))[0][1]


def test_lines_of_json_are_checked_one_by_one(plan):
    made = plan(
        "a.jsonl",
        '{"prompt": "fine"}\n{"prompt": 3}\nnonsense\n[1]\n{"promt": "a"}\n'
        '{"prompt": "a", "steps": true}\n{"seed": 3}\n{"prompt": "a", "seed": "1|x"}\n',
    )
    assert [line for line, _message in told(made)] == [2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    "start", ["../out.png", "/etc/passwd", "C:\\a.png", "\\\\host\\share\\a.png", "a\0b"]
)
def test_a_start_picture_outside_of_the_folder_is_refused(plan, start):
    [(_line, message)] = told(plan("a.jsonl", json.dumps({"prompt": "a", "start": start})))
    assert "must lie in the folder" in message or "must be a path" in message


def test_start_pictures_lie_beside_the_batch(plan, tmp_path):
    (tmp_path / "pics").mkdir()
    (tmp_path / "pics" / "a.png").write_bytes(b"looked at later")
    made = plan("a.csv", "prompt,start,strength\na,pics\\a.png,0.4\nb,,\n")
    assert made.problems == ()
    first, second = made.pictures
    assert Path(first.start) == (tmp_path / "pics" / "a.png").resolve()
    assert first.recipe.start is not None
    assert first.recipe.start.strength == 0.4
    assert (second.start, second.recipe.start) == ("", None)
    assert "needs a picture" in told(plan("b.csv", "prompt,strength\na,0.4\n"))[0][1]
    assert "no start picture" in told(plan("c.csv", "prompt,start\na,b.png\n"))[0][1]


def test_models_of_other_machines_are_not_asked_for(plan):
    [(_line, message)] = told(plan("a.jsonl", '{"prompt": "a", "model": "//host/share/model"}'))
    assert "this machine only" in message
    [(_line, message)] = told(plan("b.jsonl", '{"prompt": "a", "model": "nowhere"}'))
    assert "There is no model at" in message


@pytest.mark.parametrize(
    "cells",
    [
        {"seed": 10**300},
        {"seed": "1e300"},
        {"count": -(10**30)},
        {"steps": 1e308},
        {"guidance_scale": "inf"},
        {"width": [256]},
        {"style": {"a": 1}},
        {"model": "~nobody-knows/model"},
        {"start": "\u202e.png"},
        {"negative_prompt": "x" * 20_001},
    ],
)
def test_values_that_make_no_sense_are_told_and_harm_nothing(plan, cells):
    [(line, message)] = told(plan("a.jsonl", json.dumps({"prompt": "a"} | cells)))
    assert line == 1
    assert message.endswith(".")
    assert len(message) < 300


def test_a_file_that_is_not_there_or_no_batch_is_told(plan, tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        plan_batch(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is not a file"):
        plan_batch(tmp_path)
    with pytest.raises(InputError, match="is no batch file"):
        plan("a.xlsx", "PK")


def test_ten_thousand_prompts_are_one_batch(plan):
    made = plan("a.txt", "".join(f"a mug number {number}\n" for number in range(10_000)))
    assert len(made.pictures) == 10_000
    assert prompts(made)[-1] == "a mug number 9999"


@pytest.mark.parametrize(("name", "encoding"), [("a.txt", "utf-8"), ("a.csv", "utf-16")])
def test_millions_of_lines_are_refused_at_once(plan, name, encoding):
    [(line, message)] = told(plan(name, ("prompt\n" + "a mug\n" * 100_000).encode(encoding)))
    assert line == 0
    assert "more than 100,000 lines; please split it." in message


def test_more_pictures_than_a_queue_holds_are_refused_without_being_drawn_up(plan):
    digits = "{{1|2|3|4|5|6|7|8|9|0}}" * 12
    wrong = told(plan("a.csv", f"prompt,steps\n{digits},3\na,999\n"))
    assert [line for line, _message in wrong] == [0, 3]
    assert f"1,000,000,000,001 pictures, and {MAX_PICTURES:,} are the most" in wrong[0][1]


def test_the_digest_follows_from_everything_that_is_made(plan, tmp_path):
    (tmp_path / "w.txt").write_text("a\nb")
    first = plan("x.txt", "__w__").digest
    assert plan("x.txt", "__w__").digest == first
    assert plan("x.txt", "__w__", defaults=BatchRow(steps=3)).digest != first
    (tmp_path / "w.txt").write_text("a\nc")
    assert plan("x.txt", "__w__").digest != first


def test_a_named_style_is_put_on_and_other_words_are_joined(plan):
    oil = Style(
        id="oil",
        name=Words("Oil painting"),
        group=StyleGroup.PAINT,
        prompt=Words("an oil painting of {prompt}"),
        negative=Words("photo"),
        steps=9,
        loras=(LoraUse("Ink", "ab" * 32),),
    )

    def find(name):
        return oil if name.casefold() in ("oil", "oil painting") else None

    text = "prompt,style,steps,negative\na mug,Oil painting|soft light,,dark\na cup,oil,5,\n"
    made = plan("b.csv", text, find_style=find)
    first, second, third = (picture.recipe for picture in made.pictures)
    assert (first.prompt, first.negative_prompt) == ("an oil painting of a mug", "dark, photo")
    assert (first.style, first.steps, first.loras) == (ref_of(oil), 9, oil.loras)
    assert (second.prompt, second.style, second.loras) == ("a mug, soft light", None, ())
    assert (third.prompt, third.steps) == ("an oil painting of a cup", 5)
    other = msgspec.structs.replace(oil, prompt=Words("oil, {prompt}"))
    assert plan("b.csv", text, find_style=lambda name: find(name) and other).digest != made.digest
