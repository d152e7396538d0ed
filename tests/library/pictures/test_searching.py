"""Searching: both languages, every field of the query language, orders, and facets."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maquette.core.fidelity import Fidelity
from maquette.core.gallery import ForeignRecipe, Presence
from maquette.core.recipe import StartImage
from maquette.core.style_ref import StyleRef
from maquette.library.gallery import Gallery
from maquette.library.pictures.listing import Sorting
from maquette.library.query import FIELD_WORDS, parse_query

Find = Callable[[str], list[int]]
Shelf = Any  # see conftest.py

ENGLISH = "a red ceramic mug on a wooden table, oil painting"
CHINESE = "一个红色的陶瓷马克杯放在木桌上，水墨画"
KETTLES = "two brushed copper kettles, pixel art"


@pytest.fixture
def three(shelf: Shelf) -> tuple[int, int, int]:
    """Pictures of the English, the Chinese, and the kettles' prompt, filed in this order."""
    english = shelf.add(ENGLISH, 1, created="2026-01-01T12:00:00+00:00", name="a/zebra.png")
    chinese = shelf.add(CHINESE, 2, created="2026-02-01T12:00:00+00:00", size=(512, 768))
    kettles = shelf.add(KETTLES, 3, created="2026-03-01T12:00:00+00:00", model="Studio 1.5")
    return english, chinese, kettles


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", (2, 1, 0)),
        # words: beginnings, any order, whatever the case and the accents
        ("mug", (0,)),
        ("mu CERAM", (0,)),
        ("céramic", (0,)),
        ('"ceramic mug"', (0,)),
        ('"mug ceramic"', ()),
        ('"cera"', ()),
        ("-mug", (2, 1)),
        ("mug kettles", ()),
        # Chinese words of any length, and characters that are no word
        ("杯", (1,)),
        ("马克", (1,)),
        ("马克杯", (1,)),
        ("马杯", ()),
        ("红色 木桌", (1,)),
        # attributes, in either language
        ("style:ink", (1,)),
        ("style:水墨", (1,)),
        ("风格：水墨画", (1,)),
        ("style:ink,oil", (1, 0)),
        ("-style:oil", (2, 1)),
        ("colour:red", (1, 0)),
        ("colour:红色", (1, 0)),
        ("color:red form:mug", (1, 0)),
        ("form:杯子", (1, 0)),
        ("material:copper", (2,)),
        ("material:铜", (2,)),
        ("form:kettle", (2,)),
        ("setting:wood", (1, 0)),
        # what stands on the table of a setting is meant, not the table
        ("form:table", ()),
        ("style:no-such-style", ()),
        # facts
        ("model:studio", (2,)),
        ('model:"Maquette Mini"', (1, 0)),
        ("seed:2..3", (2, 1)),
        ("size:512x768", (1,)),
        ("size:>256", (1,)),
        ("name:zebra", (0,)),
        ("zebra", (0,)),
        ("prompt:zebra", ()),
        ("source:prompt", (2, 1, 0)),
        ("after:2026-02", (2, 1)),
        ("before:2026-02", (0,)),
        ("date:2026-02", (1,)),
        ("after:2026-01-15 before:2026-02-15", (1,)),
        ("rating:0", (2, 1, 0)),
        ("in:trash", ()),
        # what has no letter leaves nothing out
        ("mug !!!", (0,)),
        ("-!!!", (2, 1, 0)),
    ],
)
def test_a_query_finds_what_it_says_newest_first(
    find: Find, three: tuple[int, ...], text: str, places: tuple[int, ...]
) -> None:
    assert find(text) == [three[place] for place in places]


def test_a_record_is_found_by_its_id_as_people_read_it(
    find: Find, shelf: Shelf, three: tuple[int, ...]
) -> None:
    record_id = shelf.record(KETTLES, 3, model="Studio 1.5").id
    assert find(f"record:{record_id[:4]}-{record_id[4:]}") == [three[2]]
    assert find(f"record:{record_id[:5].lower()}") == [three[2]]


def test_ratings_tags_boards_and_notes_are_found(
    find: Find, gallery: Gallery, three: tuple[int, ...]
) -> None:
    english, chinese, kettles = three
    gallery.rate([english], 3)
    gallery.rate([kettles], 5)
    gallery.tag([english, chinese], add=["Client A"])
    gallery.annotate(kettles, "for the 封面 of spring")
    board = gallery.add_board("Spring catalogue")
    gallery.put_on_board([chinese], board.id)
    assert find("rating:>=4") == [kettles]
    assert find("rating:3..5") == [kettles, english]
    assert find("rating:<4") == [chinese, english]
    assert find("tag:client") == find('tag:"client a"') == find("client") == [chinese, english]
    assert find("-tag:client") == [kettles]
    assert find("note:封面") == find("封面") == find("spri") == [kettles]
    assert find("board:spring") == [chinese]


def test_a_name_that_fits_exactly_is_what_is_meant(
    find: Find, gallery: Gallery, three: tuple[int, ...]
) -> None:
    gallery.tag(three[:1], add=["art"])
    gallery.tag(three[1:2], add=["art deco"])
    assert find("tag:art") == [three[0]]
    assert find("tag:ar") == [three[1], three[0]]


def test_pictures_of_other_programs_are_found(find: Find, shelf: Shelf) -> None:
    foreign = ForeignRecipe(
        tool="Another", prompt="a blue vase, etching", seed=2**80, model="sdxl", sampler="euler"
    )
    row = shelf.add_foreign(foreign)
    for text in ("vase", "colour:blue", "model:sdxl", "sampler:euler", "source:imported"):
        assert find(text) == [row]
    assert find("size:640x480") == [row]


def test_the_source_tells_what_began_with_an_image(find: Find, shelf: Shelf) -> None:
    shelf.add("a mug", 1)
    started = shelf.add("a mug", 2, start=StartImage("ab" * 32))
    assert find("source:image") == find("来源:图片") == [started]


def test_copies_and_missing_files_are_found(find: Find, gallery: Gallery, shelf: Shelf) -> None:
    one = shelf.add("a mug", 1, name="one.png", pixels="same")
    two = shelf.add("a mug", 1, name="two.png", pixels="same")
    shelf.add("a mug", 2, name="three.png")
    assert find("in:duplicates") == [two, one]
    gallery.trash([one])
    assert find("in:duplicates") == []
    with gallery._connections.writing() as connection:
        connection.execute(
            "UPDATE pictures SET presence = ? WHERE id = ?", (Presence.MISSING.value, two)
        )
    assert find("in:missing") == [two]
    assert find("in:edited") == []


def test_what_was_exported_is_found(find: Find, gallery: Gallery, shelf: Shelf) -> None:
    row = shelf.add("a mug", 1)
    shelf.add("a mug", 2)
    record_id = shelf.record("a mug", 1).id
    gallery.note_export(record_id, Path("/out/a.jpg"), "ab" * 32, "Web", "2026-03-02T00:00:00Z")
    assert find("in:exported") == [row]


def test_orders(gallery: Gallery, three: tuple[int, ...]) -> None:
    english, chinese, kettles = three
    gallery.rate([english], 5)
    everything = parse_query("")

    def in_order(order: Sorting) -> list[int]:
        return gallery.find(everything, order).tolist()

    assert in_order(Sorting.NEWEST) == [kettles, chinese, english]
    assert in_order(Sorting.OLDEST) == [english, chinese, kettles]
    assert in_order(Sorting.BEST) == [english, kettles, chinese]
    assert in_order(Sorting.NAME)[-1] == english  # zebra, although in the folder "a"
    gallery.rate([english], 0)
    assert in_order(Sorting.BEST) == [kettles, chinese, english]


def test_how_well_a_sketch_is_followed_is_searched_and_sorted(
    find: Find, gallery: Gallery, shelf: Shelf
) -> None:
    fair, undrawn, good = (
        shelf.add("a mug", seed, fidelity=score and Fidelity(score, score, score))
        for seed, score in ((1, 0.6), (2, None), (3, 0.8))
    )
    shelf.add_foreign(ForeignRecipe(tool="another program"))
    assert find("fidelity:>=0.8") == find("保真度：≥.8") == [good]
    assert find("fidelity:>0.8") == find("fidelity:<0.6") == []
    assert find("fidelity:0.5..0.7") == find("fidelity:0.60") == find("fidelity:<.61") == [fair]
    assert set(find("fidelity:<=1")) == {fair, good}
    assert set(find("mug -fidelity:>=0")) == {undrawn}
    in_order = list(gallery.find(parse_query("mug"), Sorting.FIDELITY))
    assert in_order == [good, fair, undrawn]


def test_pictures_come_in_the_order_asked_without_those_that_are_gone(
    gallery: Gallery, three: tuple[int, ...]
) -> None:
    asked = [three[1], 99, three[0]]
    found = gallery.pictures(asked)
    assert [picture.id for picture in found] == [three[1], three[0]]
    assert found[1].prompt == ENGLISH
    assert found[1].path.read_bytes() == b"bytes of a/zebra.png"


def test_facets_count_what_is_found_and_each_is_a_term(
    gallery: Gallery, find: Find, three: tuple[int, ...]
) -> None:
    gallery.tag(three[:2], add=["Client A"])
    gallery.rate(three[:1], 4)
    board = gallery.add_board("Spring")
    gallery.put_on_board(three, board.id)
    for text in ("", "mug", "colour:red", "no such thing"):
        facets = gallery.facets(parse_query(text))
        assert bool(facets) == (text != "no such thing")
        for facet in facets:
            both = find(f'{text} {facet.field}:"{facet.value}"')
            assert len(both) == facet.pictures, (text, facet)
    named = {
        (facet.field, facet.value): facet.pictures for facet in gallery.facets(parse_query(""))
    }
    assert named["colour", "red"] == 2
    assert named["tag", "Client A"] == 2
    assert named["rating", "4"] == 1
    assert named["board", "Spring"] == 3
    assert named["model", "Maquette Mini"] == 2
    assert named["size", "256x256"] == 2
    assert ("date", "today") not in named


def test_the_trash_and_today_are_facets(
    gallery: Gallery, shelf: Shelf, three: tuple[int, ...]
) -> None:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    shelf.add("a bowl", 9, created=now)
    gallery.trash(three[:1])
    named = {
        (facet.field, facet.value): facet.pictures for facet in gallery.facets(parse_query(""))
    }
    assert named["in", "trash"] == 1
    assert named["date", "today"] == 1


def test_what_another_program_files_is_found_at_once(
    gallery: Gallery, find: Find, shelf: Shelf
) -> None:
    before = gallery.version()
    assert find("mug") == []
    assert gallery.facets(parse_query("")) == ()
    row = shelf.add("a red mug", 1)
    assert gallery.version() > before
    assert find("mug") == [row]
    assert ("colour", "red") in {
        (each.field, each.value) for each in gallery.facets(parse_query(""))
    }


_SIGNS = [":", '"', "-", ",", "..", ">=", "7", "2026-01", " ", "*", "(", ")", "^", "+", "\0", "{"]
_WORDS = ["NEAR", "AND", "OR", "红", "é", "'"]
_PIECES = st.sampled_from([*FIELD_WORDS, *_SIGNS, *_WORDS])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=12).map("".join)))
def test_whatever_is_typed_can_be_searched_for(gallery: Gallery, text: str) -> None:
    assert gallery.find(parse_query(text)).tolist() == []


def test_pictures_are_found_by_the_style_they_were_put_in(shelf: Shelf, find: Find) -> None:
    mine = shelf.add("a mug, faded ink", 1, style=StyleRef("ab" * 8, "My faded ink"))
    shelf.add("a mug", 2)
    assert find('preset:"my faded ink"') == find("预设:faded") == [mine]
