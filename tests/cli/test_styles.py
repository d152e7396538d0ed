"""`maquette styles`, and pictures that are put in a style."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from maquette.cli.terminal import ExitCode
from maquette.cli.wishes import Wishes, draw_up
from maquette.core.errors import StyleError
from maquette.core.model_info import BUILT_IN
from maquette.core.paths import styles_dir
from maquette.core.recipe import Sampler
from maquette.core.style import Style, StyleGroup, Words
from maquette.core.style_ref import StyleRef
from maquette.library.styles.shelf import StyleShelf

Run = Callable[..., Any]
WISHES = Wishes(
    prompt="a red mug", negative="", count=1, seed=1, size="", steps=None, guidance=None,
    sampler="", model="", start=None, strength=None,
)  # fmt: skip
MINE = Style(
    id="0123456789abcdef",
    name=Words("My ink"),
    group=StyleGroup.INK,
    prompt=Words("faded ink, {prompt}"),
    negative=Words("photo"),
    sampler=Sampler.DPMPP_2M,
    steps=9,
    guidance_scale=2.5,
)


def recipe(**changes: Any) -> Any:
    (made,) = draw_up(msgspec.structs.replace(WISHES, **changes), BUILT_IN).recipes
    return made


def test_a_recipe_holds_the_whole_text_and_what_style_it_was(maquette_home: Path) -> None:
    del maquette_home
    made = recipe(style="oil painting")
    assert made.prompt == "an oil painting of a red mug"
    assert made.style == StyleRef("oil", "Oil painting")
    assert recipe(style="油画", prompt="红色马克杯").prompt == "红色马克杯，油画"
    assert recipe().style is None


def test_a_style_fills_in_what_was_left_open(maquette_home: Path) -> None:
    del maquette_home
    StyleShelf(styles_dir()).keep(MINE)
    made = recipe(style="my ink", negative="blue")
    assert (made.steps, made.guidance_scale, made.sampler) == (9, 2.5, Sampler.DPMPP_2M)
    assert made.negative_prompt == "blue, photo"
    typed = recipe(style=MINE.id, steps=3, guidance=1.5, sampler="unipc")
    assert (typed.steps, typed.guidance_scale, typed.sampler) == (3, 1.5, Sampler.UNIPC)


@pytest.mark.parametrize(
    ("name", "says"),
    [("oil paintin", "did you mean Oil painting?"), ("qwxz", "maquette styles list has all")],
)
def test_an_unknown_style_is_told_with_what_is_near(
    maquette_home: Path, name: str, says: str
) -> None:
    del maquette_home
    with pytest.raises(StyleError, match=says.replace("?", r"\?")):
        recipe(style=name)


def test_styles_are_listed_and_searched(maquette: Run) -> None:
    everything = maquette("styles", "list")
    assert everything.code == ExitCode.DONE
    assert len(everything.output.splitlines()) >= 60
    assert maquette("styles", "list", "浮世绘").output.split()[0] == "ukiyo_e"
    (told,) = maquette("styles", "list", "ukiyo-e", "--json").output.splitlines()
    assert json.loads(told)["group"] == "print"
    assert maquette("styles", "list", "--own").output == ""


def test_styles_go_out_in_one_file_and_come_in_again(maquette: Run, tmp_path: Path) -> None:
    StyleShelf(styles_dir()).keep(MINE)
    out = maquette("styles", "export", str(tmp_path / "two"), "my ink", "oil")
    file = tmp_path / "two.maquette-style"
    assert out.output.strip() == str(file)
    StyleShelf(styles_dir()).trash(MINE.id)
    back = maquette("styles", "import", str(file))
    assert back.code == ExitCode.DONE
    assert back.output == f"{MINE.id}  My ink\n"
    assert "1 of two.maquette-style is here already." in back.errors
    assert StyleShelf(styles_dir()).styles()[0] == [MINE]


def test_a_refused_file_does_not_keep_the_others_out(maquette: Run, tmp_path: Path) -> None:
    good = tmp_path / "styles.csv"
    good.write_text("name,prompt\nInk,ink wash\nBad,\n", encoding="utf-8")
    told = maquette("styles", "import", str(tmp_path / "no.txt"), str(good))
    assert told.code == ExitCode.USAGE
    assert "no.txt is no file of styles" in told.errors
    assert "1 style was left out of styles.csv." in told.errors
    assert told.output.endswith("  Ink\n")


def test_nothing_of_ones_own_cannot_be_exported(maquette: Run, tmp_path: Path) -> None:
    told = maquette("styles", "export", str(tmp_path / "x"))
    assert told.code == ExitCode.USAGE
    assert "no styles of your own yet" in told.errors


def test_a_board_needs_two_styles_that_there_are(maquette: Run) -> None:
    told = maquette("styles", "board", "a mug", "--style", "oil")
    assert told.code == ExitCode.USAGE
    assert "A board needs 2 to 64 styles" in told.errors
    told = maquette("styles", "board", "a mug", "--style", "oil", "--style", "oill")
    assert told.code == ExitCode.USAGE
    assert "did you mean Oil painting?" in told.errors


def test_a_batch_file_names_styles(maquette: Run, tmp_path: Path) -> None:
    file = tmp_path / "mugs.csv"
    file.write_text("prompt,style\na mug,Oil painting\n")
    told = maquette("batch", str(file), "--dry-run", "--seed", "7", "--json")
    (planned,) = json.loads(told.output)["pictures"]
    assert planned["recipe"]["prompt"] == "an oil painting of a mug"
    assert planned["recipe"]["style"]["id"] == "oil"
