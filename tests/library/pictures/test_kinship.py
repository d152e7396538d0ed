"""What a picture was made from and into, its copies, and what went out of it."""

from pathlib import Path
from typing import Any

from maquette.core.gallery import Kin
from maquette.core.recipe import StartImage
from maquette.library.gallery import Gallery

Shelf = Any  # see conftest.py


def kin(gallery: Gallery, row: int) -> list[tuple[Kin, int | None]]:
    """The relatives as (kin, number of the row)."""
    return [
        (each.kin, each.picture.id if each.picture else None) for each in gallery.relatives(row)
    ]


def test_a_picture_knows_what_it_began_with_and_what_began_with_it(
    gallery: Gallery, shelf: Shelf
) -> None:
    parent = shelf.add("a mug", 1, name="parent.png", pixels="parent")
    record_id = shelf.record("a mug", 1).id
    (digest,) = [each.pixel_sha256 for each in gallery.pictures([parent])]
    by_record = shelf.add("a vase", 2, start=StartImage("ab" * 32, record=record_id))
    by_pixels = shelf.add("a bowl", 3, start=StartImage(digest))
    unknown = shelf.add("a lamp", 4, start=StartImage("ef" * 32))
    assert kin(gallery, by_record) == [(Kin.START, parent)]
    assert kin(gallery, by_pixels) == [(Kin.START, parent)]
    assert kin(gallery, parent) == [
        (Kin.MADE_FROM_THIS, by_pixels),
        (Kin.MADE_FROM_THIS, by_record),
    ]
    (start,) = gallery.relatives(unknown)
    assert (start.kin, start.picture, start.name) == (Kin.START, None, "ef" * 32)


def test_siblings_differ_in_the_seed_only(gallery: Gallery, shelf: Shelf) -> None:
    one = shelf.add("a mug", 1, name="one.png")
    two = shelf.add("a mug", 2, name="two.png")
    shelf.add("a mug", 3, size=(512, 512))
    copy = shelf.add("a mug", 1, name="copy.png", pixels="one.png")
    assert kin(gallery, one) == [(Kin.SAME_RECIPE, two), (Kin.SAME_CONTENT, copy)]
    gallery.trash([two, copy])
    assert kin(gallery, one) == []
    assert gallery.relatives(99) == ()


def test_what_went_out_is_listed_once_newest_first(gallery: Gallery, shelf: Shelf) -> None:
    row = shelf.add("a mug", 1)
    record_id = shelf.record("a mug", 1).id
    before = gallery.version()
    for day, name in ((1, "a.jpg"), (2, "b.jpg"), (1, "a.jpg")):
        created = f"2026-03-0{day}T00:00:00+00:00"
        gallery.note_export(record_id, Path("/out", name), "ab" * 32, "Web", created)
    exports = gallery.relatives(row)
    assert [(each.kin, Path(each.name).name, each.note) for each in exports] == [
        (Kin.EXPORT, "b.jpg", "Web"),
        (Kin.EXPORT, "a.jpg", "Web"),
    ]
    assert gallery.version() > before
