"""A record id never stands for two recipes, be they in the library or only in the ledger."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from maquette.core.recipe import ModelRef
from maquette.core.record import record_id_for
from maquette.library.archive import Archive
from maquette.library.ledger_row import NewEntry
from maquette.library.store import NewPicture
from maquette.library.writer import Writer
from maquette.provenance.seal import Sealed


def test_a_recipe_keeps_its_id(
    archive: Archive, writer: Writer, sealed: Callable[..., Sealed]
) -> None:
    made = sealed()
    recipe = made.record.recipe
    assert archive.record_id_for(recipe) == record_id_for(recipe)
    writer.save(made.record, made.file, made.mark)
    unloaded = msgspec.structs.replace(recipe, model=ModelRef(recipe.model.id))
    assert archive.record_id_for(unloaded) == made.record.id


def test_an_id_of_another_recipe_in_the_ledger_is_not_given_again(
    archive: Archive, new_entry: Callable[..., NewEntry]
) -> None:
    recipe = new_entry(7).recipe
    archive.ledger.append(new_entry(8, record_id=record_id_for(recipe)))
    assert archive.record_id_for(recipe) == record_id_for(recipe, attempt=1)
    archive.ledger.append(new_entry(9, record_id=record_id_for(recipe, attempt=1)))
    assert archive.record_id_for(recipe) == record_id_for(recipe, attempt=2)


def test_an_id_whose_recipe_was_forgotten_is_not_given_again(
    archive: Archive, new_entry: Callable[..., NewEntry]
) -> None:
    told = archive.ledger.append(new_entry())
    archive.ledger.forget(told.record_id)
    assert archive.record_id_for(new_entry().recipe) == record_id_for(new_entry().recipe, attempt=1)


def test_an_id_of_another_recipe_in_the_library_is_not_given_again(
    archive: Archive, tmp_path: Path, sealed: Callable[..., Sealed]
) -> None:
    made = sealed()
    other = msgspec.structs.replace(made.record.recipe, seed=8)
    taken = msgspec.structs.replace(made.record, id=record_id_for(other))
    picture = NewPicture(
        folder=tmp_path,
        path=Path("b.png"),
        record=taken,
        file_bytes=1,
        file_sha256="f" * 64,
        pixel_sha256="e" * 64,
    )
    with archive.library.adding(picture):
        pass
    assert archive.record_id_for(other) == record_id_for(other, attempt=1)
