"""What the window saves and exports stands in the ledger, and ids are asked of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from maquette.core.errors import SaveError
from maquette.core.job import Job
from maquette.core.marking import Marking
from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.settings import Settings
from maquette.engine.marker import ExportedFile
from maquette.engine.pending import MadeImage
from maquette.library.ledger import Ledger
from maquette.provenance.seal import seal
from maquette.state.results import Results
from maquette.state.saving import Saver
from maquette.state.settings import SettingsStore


def recipe(seed: int) -> Recipe:
    return Recipe(
        prompt="a red mug",
        seed=seed,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.0,
        model=ModelRef("maquette-mini"),
    )


@pytest.fixture(scope="module")
def made() -> MadeImage:
    """A sealed picture that bears the id of another recipe than its own."""
    record = Record(
        id=record_id_for(recipe(8)),
        recipe=recipe(7),
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
    )
    noise: Pixels = np.random.default_rng(7).integers(90, 160, (256, 256, 3), dtype=np.uint8)
    sealed = seal(noise, record, Marking(sign=False))
    return MadeImage(sealed.record, sealed.file, sealed.mark, b"manifest")


@pytest.fixture
def saver(qapp: object, tmp_path: Path) -> Callable[[], Saver]:
    """Makes savers whose files are in the folder of the test."""

    def make() -> Saver:
        data = tmp_path / "data"
        saver = Saver(data / "library.sqlite3", data / "ledger.sqlite3", Results())
        settings = Settings(pictures_folder=str(tmp_path / "pictures"))
        saver.use_settings(SettingsStore(settings, tmp_path / "settings.json", print))
        return saver

    return make


def test_saved_and_exported_files_stand_in_the_ledger(
    saver: Callable[[], Saver], made: MadeImage, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.png"

    async def work() -> None:
        one = saver()
        path = await one.save(made, JOB)
        assert path.read_bytes() == made.file
        exported = ExportedFile(file=made.file, record=made.record, mark=made.mark)
        await one.export(exported, copy)
        with pytest.raises(SaveError, match="is not there"):
            await one.export(exported, tmp_path / "nowhere" / "copy.png")
        await one.close()

    asyncio.run(work())
    assert copy.read_bytes() == made.file
    with Ledger.open_read_only(tmp_path / "data" / "ledger.sqlite3") as ledger:
        saved, exported = ledger.by_record(made.record.id)
        assert ledger.manifest(saved) == b"manifest"
        assert ledger.manifest(exported) is None


JOB = Job(id="job", record_id="", group="group", recipe=recipe(7))


def test_an_id_of_another_recipe_is_not_given_again(
    saver: Callable[[], Saver], made: MadeImage
) -> None:
    async def work() -> None:
        one = saver()
        assert one.name_record(recipe(8)) == record_id_for(recipe(8))  # nothing is open yet
        await one.save(made, JOB)
        assert one.name_record(recipe(8)) == record_id_for(recipe(8), attempt=1)
        assert one.name_record(recipe(9)) == record_id_for(recipe(9))
        await one.close()

    asyncio.run(work())


def test_a_ledger_that_cannot_be_opened_is_told(
    saver: Callable[[], Saver], made: MadeImage, tmp_path: Path
) -> None:
    ledger = tmp_path / "data" / "ledger.sqlite3"
    ledger.parent.mkdir()
    ledger.write_bytes(b"no database at all, " * 500)

    async def work() -> None:
        one = saver()
        with pytest.raises(SaveError, match=r"The ledger .* cannot be read"):
            await one.save(made, JOB)
        assert one.name_record(recipe(8)) == record_id_for(recipe(8))
        ledger.unlink()
        assert (await one.save(made, JOB)).exists()  # the next picture tries again
        await one.close()

    asyncio.run(work())
