"""Batch exports in the window's state: told as they go, paused, resumed, and never lost."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from maquette.core.contact_sheet import MadePage, SheetPage
from maquette.core.errors import JobFailed, MaquetteError
from maquette.core.export_preset import ExportPreset, ExportSize, ListKind, Rendition, SheetKind
from maquette.core.export_run import ItemState, RunState
from maquette.core.gallery import GalleryPicture
from maquette.core.marking import Marking
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.settings import Settings
from maquette.engine.marker import ExportedFile
from maquette.library.archive import Archive
from maquette.provenance.seal import seal
from maquette.state.batch_exports import BatchExports, ExportParts
from maquette.state.notices import Notices
from maquette.state.settings import SettingsStore
from maquette.state.tasks import Tasks

PRESET = ExportPreset(name="Web", sizes=(ExportSize(),), lists=(ListKind.CSV,))


class Log:
    def note_export(
        self, record_id: str, path: Path, sha256: str, preset: str, created: str
    ) -> None:
        """Nobody asks in these tests."""


class Exporter:
    """Seals for real, in the test's own process. While `hold` is set, nothing comes to an end."""

    at_once = 1

    def __init__(self) -> None:
        self.hold = False
        self.failing = ""
        self.made: list[str] = []

    async def export(
        self, source: Path, record: Record, rendition: Rendition, marking: Marking, **_: Any
    ) -> ExportedFile:
        while self.hold:
            await asyncio.sleep(0.002)
        await asyncio.sleep(0)
        if record.id == self.failing:
            raise JobFailed("This one could not be made.", "internal")  # type: ignore[arg-type]
        sealed = seal(noise(record), record, marking, file_format=rendition.format)
        self.made.append(record.id)
        return ExportedFile(file=sealed.file, record=sealed.record, mark=sealed.mark)

    async def make_page(self, page: SheetPage, kind: SheetKind, marking: Marking) -> MadePage:
        raise AssertionError("no sheet was asked for")


def noise(record: Record) -> np.ndarray:
    return np.random.default_rng(record.recipe.seed).integers(90, 160, (64, 64, 3), np.uint8)


class Studio:
    """What a session has; another one over the same folder is the next session."""

    def __init__(self, home: Path) -> None:
        self.errors: list[BaseException] = []
        self.exporter = Exporter()
        self.notices = Notices()
        self.tasks = Tasks(self.errors.append)
        self.archive = Archive.open(home / "library.sqlite3", home / "ledger.sqlite3")
        settings = Settings(marking=Marking(sign=False))
        self.exports = BatchExports(
            parts=ExportParts(
                runs_file=home / "exports.sqlite3",
                presets_folder=home / "export-presets",
                exporter=self.exporter,
                open_archive=self._archive,
            ),
            open_log=self._log,
            settings=SettingsStore(settings, home / "settings.json", pytest.fail),
            notices=self.notices,
            tasks=self.tasks,
        )

    async def _archive(self) -> Archive:
        return self.archive

    async def _log(self) -> Log:
        return Log()

    @property
    def shown(self) -> Any:
        (only,) = self.exports.runs.value.runs
        return only

    async def until(self, reached: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not reached():
                assert not self.errors, self.errors
                await asyncio.sleep(0.005)

    async def close(self) -> None:
        await self.exports.close()
        await self.tasks.stop()
        self.archive.close()


@pytest.fixture
def pictures(tmp_path: Path) -> list[GalleryPicture]:
    return [make_picture(tmp_path, seed) for seed in range(4)]


@pytest.fixture
def many(tmp_path: Path) -> list[GalleryPicture]:
    """More than are begun at once, so that a pause leaves some."""
    return [make_picture(tmp_path, seed) for seed in range(12)]


def make_picture(folder: Path, seed: int) -> GalleryPicture:
    recipe = Recipe(
        prompt="a red mug", seed=seed, width=64, height=64, steps=2, guidance_scale=4.0,
        model=ModelRef("maquette-mini"),
    )  # fmt: skip
    record = Record(
        id=record_id_for(recipe), recipe=recipe, created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.5", source_type=SourceType.GENERATED, width=64, height=64,
    )  # fmt: skip
    path = folder / f"{seed}.png"
    path.write_bytes(b"its pixels are made by the exporter")
    return GalleryPicture(
        id=seed, path=path, record=record, created=record.created, width=64, height=64,
        file_bytes=1, file_sha256="",
    )  # fmt: skip


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.jpg"))


def test_a_run_is_told_until_its_end(tmp_path: Path, pictures: list[GalleryPicture]) -> None:
    async def session() -> None:
        studio = Studio(tmp_path)
        studio.exports.start(PRESET, pictures, tmp_path / "out", {})
        await studio.until(lambda: studio.exports.runs.value.runs and not studio.shown.active)
        assert studio.shown.run.state is RunState.DONE
        assert (studio.shown.done, studio.shown.total) == (4, 4)
        assert len(files(tmp_path / "out")) == 4
        assert len(list((tmp_path / "out").glob("*.csv"))) == 1
        assert studio.notices.value.notice is not None
        assert studio.notices.value.notice.text.startswith("4 files were exported to out")
        await studio.close()

    asyncio.run(session())


def test_a_paused_run_goes_on_in_the_next_session(
    tmp_path: Path, many: list[GalleryPicture]
) -> None:
    async def first() -> None:
        studio = Studio(tmp_path)
        studio.exporter.hold = True
        studio.exports.start(PRESET, many, tmp_path / "out", {})
        await studio.until(lambda: studio.exports.runs.value.runs and studio.shown.active)
        studio.exports.pause(studio.shown.run.id)
        assert studio.shown.pausing
        studio.exporter.hold = False
        await studio.until(lambda: not studio.shown.active)
        assert studio.shown.is_interrupted
        assert len(files(tmp_path / "out")) < len(many)
        await studio.close()

    async def second() -> None:
        studio = Studio(tmp_path)
        told: list[int] = []
        studio.exports.interrupted.connect(told.append)
        studio.exports.load()
        await studio.until(lambda: told)
        assert studio.shown.is_interrupted
        there = len(files(tmp_path / "out"))
        studio.exports.resume(studio.shown.run.id)
        await studio.until(lambda: not studio.shown.active)
        assert studio.shown.run.state is RunState.DONE
        assert len(files(tmp_path / "out")) == len(many)
        assert len(studio.exporter.made) == len(many) - there
        await studio.close()

    asyncio.run(first())
    asyncio.run(second())


def test_what_cannot_be_made_is_told_and_can_be_tried_again(
    tmp_path: Path, pictures: list[GalleryPicture]
) -> None:
    async def session() -> None:
        studio = Studio(tmp_path)
        assert pictures[2].record is not None
        studio.exporter.failing = pictures[2].record.id
        gone = msgspec.structs.replace(make_picture(tmp_path, 9), path=tmp_path / "gone.png")
        studio.exports.start(PRESET, [*pictures, gone], tmp_path / "out", {})
        await studio.until(lambda: studio.exports.runs.value.runs and not studio.shown.active)
        said = [item.message for item in studio.shown.failures]
        assert said[0] == "This one could not be made."
        assert "gone.png is no longer where it was saved" in said[1]
        assert studio.shown.total == 4
        studio.exporter.failing = ""
        studio.exports.retry(studio.shown.run.id)
        await studio.until(lambda: studio.shown.counts.get(ItemState.DONE) == 4)
        await studio.until(lambda: not studio.shown.active)
        assert len(files(tmp_path / "out")) == 4
        await studio.close()

    asyncio.run(session())


def test_a_cancelled_run_keeps_what_is_there(
    tmp_path: Path, pictures: list[GalleryPicture]
) -> None:
    async def session() -> None:
        studio = Studio(tmp_path)
        studio.exporter.hold = True
        studio.exports.start(PRESET, pictures, tmp_path / "out", {})
        await studio.until(lambda: studio.exports.runs.value.runs and studio.shown.active)
        studio.exports.cancel(studio.shown.run.id)
        await studio.until(
            lambda: studio.shown.pausing or studio.shown.run.state is RunState.CANCELLED
        )
        studio.exporter.hold = False
        await studio.until(lambda: studio.shown.run.state is RunState.CANCELLED)
        await studio.until(lambda: not studio.shown.active)
        there = files(tmp_path / "out")
        assert len(there) == studio.shown.counts.get(ItemState.DONE, 0) < 4
        studio.exports.dismiss(studio.shown.run.id)
        assert studio.exports.runs.value.runs == ()
        assert files(tmp_path / "out") == there
        await studio.close()

    asyncio.run(session())


def test_runs_take_turns(tmp_path: Path, pictures: list[GalleryPicture]) -> None:
    async def session() -> None:
        studio = Studio(tmp_path)
        studio.exporter.hold = True
        studio.exports.start(PRESET, pictures[:2], tmp_path / "one", {})
        await studio.until(lambda: studio.exports.runs.value.runs and studio.shown.active)
        studio.exports.start(PRESET, pictures[2:], tmp_path / "two", {})
        await studio.until(lambda: len(studio.exports.runs.value.runs) == 2)
        newest = studio.exports.runs.value.runs[0]
        await studio.until(lambda: studio.exports.find(newest.run.id).waiting)  # type: ignore[union-attr]
        studio.exporter.hold = False
        await studio.until(lambda: not any(r.active for r in studio.exports.runs.value.runs))
        assert [len(files(tmp_path / name)) for name in ("one", "two")] == [2, 2]
        await studio.close()

    asyncio.run(session())


def test_a_folder_that_cannot_be_written_leaves_a_run_to_resume(
    tmp_path: Path, pictures: list[GalleryPicture]
) -> None:
    async def session() -> None:
        studio = Studio(tmp_path)
        (tmp_path / "taken").write_bytes(b"a file")
        studio.exports.start(PRESET, pictures, tmp_path / "taken" / "out", {})
        await studio.until(lambda: studio.exports.runs.value.runs and studio.shown.problem)
        assert studio.shown.is_interrupted
        (tmp_path / "taken").unlink()
        studio.exports.resume(studio.shown.run.id)
        await studio.until(lambda: studio.shown.run.state is RunState.DONE)
        assert len(files(tmp_path / "taken" / "out")) == 4
        await studio.close()

    asyncio.run(session())


def test_a_list_of_runs_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "exports.sqlite3").write_bytes(b"no database" * 1000)

    async def session() -> None:
        studio = Studio(tmp_path)
        studio.exports.load()
        while not studio.errors:
            await asyncio.sleep(0.005)
        assert isinstance(studio.errors[0], MaquetteError)
        await studio.close()

    asyncio.run(session())
