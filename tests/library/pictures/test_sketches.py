"""Pictures that followed a sketch: found by it, related by it, and it goes with the last."""

import datetime
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from maquette.core.control import Control, ControlKind
from maquette.core.gallery import Kin, Source
from maquette.core.pixels import pixel_digest
from maquette.library.gallery import Gallery
from maquette.library.ingredients import Ingredients
from maquette.library.query import parse_query

Shelf = Any  # see conftest.py

SKETCH, WEIGHTS, OTHER = (np.full((256, 256, 3), shade, np.uint8) for shade in (250, 128, 10))
NAME, MAP, OTHER_NAME = map(pixel_digest, (SKETCH, WEIGHTS, OTHER))
SOON = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)


def drawn(digest: str = NAME, weights: str = MAP) -> tuple[Control, ...]:
    return (Control(ControlKind.SKETCH, digest, weights=weights),)


def kept(file: Path) -> Ingredients:
    """The store beside the library, whose files are some hours old."""
    ingredients = Ingredients.beside(file)
    ingredients.keep({NAME: SKETCH, MAP: WEIGHTS, OTHER_NAME: OTHER})
    for digest in (NAME, MAP, OTHER_NAME):
        path = ingredients.path(digest)
        assert path is not None
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return ingredients


def found(gallery: Gallery, text: str) -> set[int]:
    query = parse_query(text)
    assert query.problems == ()
    return set(gallery.find(query))


def test_pictures_are_found_by_their_sketch_and_as_sketched(gallery: Gallery, shelf: Shelf) -> None:
    one = shelf.add("a mug", 1, controls=drawn())
    two = shelf.add("a vase", 2, controls=drawn(OTHER_NAME, ""))
    plain = shelf.add("a bowl", 3)
    assert found(gallery, f"sketch:{NAME}") == {one}
    assert found(gallery, f"sketch:{NAME[:10]},{OTHER_NAME}") == {one, two}
    assert found(gallery, f"草图:{OTHER_NAME[:6].upper()}") == {two}
    assert found(gallery, f"sketch:{MAP}") == set()  # a map is no sketch
    assert found(gallery, "source:sketch") == {one, two}
    assert found(gallery, "-source:sketch") == {plain}
    assert [each.source for each in gallery.pictures([one, plain])] == [
        Source.SKETCH,
        Source.PROMPT,
    ]
    facets = gallery.facets(parse_query(""))
    assert {each.field for each in facets}.isdisjoint({"sketch", "map"})
    assert ("source", "sketch", 2) in {(e.field, e.value, e.pictures) for e in facets}


def test_what_is_no_digest_is_said() -> None:
    (problem,) = parse_query("sketch:cat").problems
    assert problem.sentence.startswith("cat is no sketch")


def test_a_picture_knows_its_sketch_and_its_other_renders(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    ingredients = kept(file)
    one = shelf.add("a mug", 1, controls=drawn())
    two = shelf.add("a vase", 2, controls=drawn())
    shelf.add("a bowl", 3, controls=drawn(OTHER_NAME, ""))
    sketch, sibling = gallery.relatives(one)
    assert (sketch.kin, sketch.name, sketch.file) == (Kin.SKETCH, NAME, ingredients.path(NAME))
    assert sibling.kin is Kin.SAME_SKETCH
    assert sibling.picture is not None
    assert sibling.picture.id == two
    ingredients.forget([NAME])
    assert gallery.relatives(one)[0].file is None


def test_a_sketch_goes_with_the_last_picture_that_is_deleted_for_good(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    ingredients = kept(file)
    one = shelf.add("a mug", 1, controls=drawn())
    two = shelf.add("a vase", 2, controls=drawn())
    gallery.trash([one])
    gallery.purge(SOON)
    assert ingredients.pixels(NAME) is not None
    undo = gallery.trash([two])  # in the trash it is needed still
    assert ingredients.pixels(MAP) is not None
    gallery.undo(undo)
    gallery.purge(SOON)
    assert ingredients.pixels(NAME) is not None
    gallery.trash([two])
    gallery.purge(SOON)
    assert ingredients.pixels(NAME) is None
    assert ingredients.pixels(MAP) is None
    assert ingredients.pixels(OTHER_NAME) is not None  # nobody spoke of that one


def test_rows_of_an_older_program_become_sketched_ones(
    gallery: Gallery, shelf: Shelf, file: Path
) -> None:
    row = shelf.add("a mug", 1, controls=drawn())
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE pictures SET source = 'prompt', derived = 2")
        connection.execute("DELETE FROM attributes")
    assert gallery.catch_up() == 1
    assert found(gallery, f"source:sketch sketch:{NAME}") == {row}
    assert gallery.pictures([row])[0].source is Source.SKETCH
