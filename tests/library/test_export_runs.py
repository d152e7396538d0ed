"""Batch exports: rows first, each file once, nothing half, nothing replaced that is not to be."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from maquette.core.contact_sheet import MadePage, SheetPage
from maquette.core.errors import FailureCode, InputError, JobFailed, LibraryError, SaveError
from maquette.core.export_preset import (
    Collision,
    ExportPreset,
    ExportSize,
    ListKind,
    Rendition,
    SheetKind,
)
from maquette.core.export_run import ExportProgress, ExportRun, ItemState, RunState
from maquette.core.gallery import GalleryPicture, Presence
from maquette.core.marking import FileFormat, Marking
from maquette.core.record import Record
from maquette.library.archive import Archive
from maquette.library.exports.running import run_export
from maquette.library.exports.runs import ExportRuns
from maquette.library.exports.writing import write_item
from maquette.library.ledger_row import sha256
from maquette.provenance.export import export
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed

Pictured = Callable[..., GalleryPicture]
PRESET = ExportPreset(name="small", format=FileFormat.PNG, template="{prompt}{size}")


class Exporter:
    """Makes real files in this process; `refuse` are prompts over which it fails."""

    def __init__(self) -> None:
        self.at_once = 2
        self.made: list[str] = []
        self.refuse: set[str] = set()
        self.after_each: Callable[[], None] = lambda: None

    async def export(
        self,
        source: Path,
        record: Record,
        rendition: Rendition,
        marking: Marking,
        *,
        source_sha256: str = "",
    ) -> Sealed:
        await asyncio.sleep(0)
        if record.recipe.prompt in self.refuse:
            raise JobFailed("It went wrong.", FailureCode.INTERNAL)
        file = await asyncio.to_thread(source.read_bytes)
        assert sha256(file) == source_sha256
        sealed = await asyncio.to_thread(export, file, record, marking, rendition)
        self.made.append(record.recipe.prompt)
        self.after_each()
        return sealed

    async def make_page(self, page: SheetPage, kind: SheetKind, marking: Marking) -> MadePage:
        raise AssertionError("no sheet was asked for")


class Log:
    """Remembers what went out, as the gallery does."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, str, str]] = []

    def note_export(
        self, record_id: str, path: Path, sha256: str, preset: str, created: str
    ) -> None:
        assert created
        self.noted.append((record_id, path.name, preset))


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[ExportRuns]:
    with ExportRuns.open(tmp_path / "data" / "exports.sqlite3") as opened:
        yield opened


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out 出"


class Desk:
    """Plans and runs exports."""

    def __init__(self, runs: ExportRuns, archive: Archive, out: Path) -> None:
        self.runs, self.archive, self.out = runs, archive, out
        self.exporter, self.log = Exporter(), Log()
        self.pause = asyncio.Event()
        self.told: list[ExportProgress] = []

    def plan(self, *pictures: GalleryPicture, **changes: object) -> ExportRun:
        preset = msgspec.structs.replace(PRESET, **changes)
        return self.runs.plan(preset, pictures, self.out, Marking(sign=False))

    def go(self, run: ExportRun) -> ExportRun:
        return asyncio.run(
            run_export(
                run.id,
                self.runs,
                self.exporter,
                self.archive,
                self.log,
                self.told.append,
                self.pause,
            )
        )

    def states(self, run: ExportRun) -> list[ItemState]:
        return [item.state for item in self.runs.items(run.id)]

    def files(self) -> list[str]:
        """All files under the folder, hidden ones too."""
        found = (path for path in self.out.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.out).as_posix() for path in found)


@pytest.fixture
def desk(runs: ExportRuns, archive: Archive, out: Path) -> Desk:
    return Desk(runs, archive, out)


def test_rows_are_there_before_anything_is_made_and_every_file_is_told_of(
    desk: Desk, pictured: Pictured
) -> None:
    pictures = [pictured("a mug"), pictured("a vase", 8)]
    sizes = (ExportSize(), ExportSize(name="small", width=300, height=128))
    run = desk.plan(*pictures, sizes=sizes, lists=(ListKind.CSV,))
    assert (run.state, run.counts) == (RunState.OPEN, {ItemState.WAITING: 4})
    assert not desk.out.exists()
    ended = desk.go(run)
    assert (ended.state, ended.counts) == (RunState.DONE, {ItemState.DONE: 4})
    items = desk.runs.items(run.id)
    assert [item.path and item.path.name for item in items] == [
        "a-mug.png",
        "a-mug-small.png",
        "a-vase.png",
        "a-vase-small.png",
    ]
    for item in items:
        assert item.path is not None
        assert item.record is not None
        file = item.path.read_bytes()
        assert (item.sha256, item.file_bytes) == (sha256(file), len(file))
        entry = desk.archive.ledger.by_file(item.sha256)
        assert entry is not None
        assert entry.record_id == item.record.id
        assert (item.width, item.height) == read_image(file)[0].shape[1::-1]
        assert item.record.marks
    assert items[1].notices[0].startswith("A picture smaller than 256")
    assert sorted(desk.log.noted) == sorted(
        (item.record.id, item.path.name, "small") for item in items if item.record and item.path
    )
    assert len(ended.papers) == 1
    assert ended.papers[0].is_file()
    assert [progress.ended for progress in desk.told] == [0, 1, 2, 3, 4]
    assert desk.told[-1].seconds_left == 0


def test_what_cannot_be_exported_is_left_out_with_its_reason(
    desk: Desk, pictured: Pictured
) -> None:
    foreign = pictured("foreign", record=None)
    missing = pictured("missing", 8)
    missing.path.unlink()
    edited = pictured("edited", 9, presence=Presence.EDITED)
    good = pictured("good", 10)
    run = desk.plan(foreign, missing, edited, good)
    ended = desk.go(run)
    assert ended.state is RunState.DONE
    assert desk.states(run) == [ItemState.LEFT_OUT] * 3 + [ItemState.DONE]
    reasons = [item.message for item in desk.runs.items(run.id, (ItemState.LEFT_OUT,))]
    for name, reason in zip(("foreign", "missing", "edited"), reasons, strict=True):
        assert name in reason
    assert all(reason.endswith(".") for reason in reasons)
    assert desk.files() == ["good.png"]


def test_a_picture_that_fails_costs_that_file_only_and_can_be_tried_again(
    desk: Desk, pictured: Pictured
) -> None:
    run = desk.plan(pictured("good"), pictured("bad", 8), pictured("fine", 9))
    desk.exporter.refuse = {"bad"}
    ended = desk.go(run)
    assert (ended.state, desk.states(run)[1]) == (RunState.DONE, ItemState.FAILED)
    assert desk.runs.items(run.id)[1].message == "It went wrong."
    assert desk.files() == ["fine.png", "good.png"]
    desk.exporter.refuse.clear()
    assert desk.runs.retry(run.id).state is RunState.OPEN
    assert desk.go(run).counts == {ItemState.DONE: 3}
    assert sorted(desk.exporter.made) == ["bad", "fine", "good"]  # none of them twice


@pytest.mark.parametrize(
    ("policy", "expected", "state"),
    [
        (Collision.NUMBER, {"mug.png": b"old", "mug-2.png": b"older"}, ItemState.DONE),
        (Collision.SKIP, {"mug.png": b"old", "mug-2.png": b"older"}, ItemState.SKIPPED),
        (Collision.REPLACE, {"mug-2.png": b"older"}, ItemState.DONE),
    ],
)
def test_files_that_are_there(
    policy: Collision,
    expected: dict[str, bytes],
    state: ItemState,
    desk: Desk,
    pictured: Pictured,
) -> None:
    desk.out.mkdir()
    (desk.out / "mug.png").write_bytes(b"old")
    (desk.out / "mug-2.png").write_bytes(b"older")
    run = desk.plan(pictured("mug"), collision=policy)
    desk.go(run)
    assert desk.states(run) == [state]
    for name, content in expected.items():
        assert (desk.out / name).read_bytes() == content
    (item,) = desk.runs.items(run.id)
    if policy is Collision.NUMBER:
        assert item.path == desk.out / "mug-3.png"
    elif policy is Collision.SKIP:
        assert item.message == "mug.png is there already and was kept."
        assert desk.exporter.made == []
        assert desk.files() == ["mug-2.png", "mug.png"]
    else:
        assert item.path == desk.out / "mug.png"


@pytest.mark.parametrize("policy", Collision)
def test_files_of_one_run_never_replace_or_skip_each_other(
    policy: Collision, desk: Desk, pictured: Pictured
) -> None:
    pictures = [pictured("same", seed) for seed in range(3)]
    run = desk.plan(*pictures, collision=policy)
    desk.go(run)
    assert desk.files() == ["same-2.png", "same-3.png", "same.png"]
    digests = {item.sha256 for item in desk.runs.items(run.id)}
    assert len(digests) == 3


def test_no_picture_of_the_library_is_ever_replaced(
    desk: Desk, pictured: Pictured, pictures: Path
) -> None:
    one, other = pictured("one"), pictured("other", 8)
    before = {path: path.read_bytes() for path in (one.path, other.path)}
    desk.out = pictures
    run = desk.plan(one, collision=Collision.REPLACE, template="{name}")
    desk.go(run)
    desk.go(desk.plan(one, collision=Collision.REPLACE, template=other.path.stem))
    assert desk.states(run) == [ItemState.DONE]
    assert {path: path.read_bytes() for path in before} == before
    assert (pictures / f"{one.path.stem}-2.png").is_file()


def test_pause_finishes_what_was_begun_and_the_rest_goes_on_later(
    desk: Desk, pictured: Pictured
) -> None:
    run = desk.plan(*(pictured(f"mug {seed}", seed) for seed in range(12)))
    desk.exporter.after_each = desk.pause.set
    paused = desk.go(run)
    done = paused.counts[ItemState.DONE]
    assert 0 < done < 12
    assert (paused.state, paused.is_running, paused.left) == (RunState.OPEN, False, 12 - done)
    assert len(desk.files()) == done
    assert desk.runs.unfinished() == [paused]
    desk.pause.clear()
    desk.exporter.after_each = lambda: None
    assert desk.go(run).counts == {ItemState.DONE: 12}
    assert len(desk.exporter.made) == 12
    assert desk.runs.unfinished() == []


def test_a_cancelled_run_keeps_and_lists_what_it_made(desk: Desk, pictured: Pictured) -> None:
    run = desk.plan(*(pictured(f"mug {seed}", seed) for seed in range(12)))

    def cancel() -> None:
        if len(desk.exporter.made) == 3:
            desk.runs.cancel(run.id)  # as another program would do it

    desk.exporter.after_each = cancel
    ended = desk.go(run)
    assert ended.state is RunState.CANCELLED
    done = desk.runs.items(run.id, (ItemState.DONE,))
    assert len(done) < 12
    assert desk.files() == sorted(item.path.name for item in done if item.path)
    assert len(desk.exporter.made) <= 3 + 5  # what was begun
    with pytest.raises(InputError, match="at its end"):
        desk.go(run)
    desk.runs.forget(run.id)
    assert desk.runs.runs() == []
    assert len(desk.files()) == len(done)


def test_a_task_that_is_cancelled_leaves_whole_files_and_can_go_on(
    desk: Desk, pictured: Pictured
) -> None:
    run = desk.plan(*(pictured(f"mug {seed}", seed) for seed in range(8)))

    async def cut_off() -> None:
        task = asyncio.create_task(
            run_export(run.id, desk.runs, desk.exporter, desk.archive, desk.log)
        )
        while len(desk.exporter.made) < 2:
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cut_off())
    assert not desk.runs.get(run.id).is_running
    noted = {item.path.name for item in desk.runs.items(run.id, (ItemState.DONE,)) if item.path}
    assert set(desk.files()) == noted
    assert desk.go(run).counts == {ItemState.DONE: 8}
    assert len(desk.files()) == 8


def test_one_run_is_run_by_one_at_a_time(desk: Desk, pictured: Pictured, tmp_path: Path) -> None:
    run = desk.plan(pictured("mug"))
    with ExportRuns.open(tmp_path / "data" / "exports.sqlite3") as others:
        others.claim(run.id)
        assert desk.runs.get(run.id).is_running
        assert desk.runs.unfinished() == []
        with pytest.raises(InputError, match="running already"):
            desk.go(run)
        with pytest.raises(InputError, match="still running"):
            desk.runs.forget(run.id)
        others.release(run.id)
    assert desk.go(run).counts == {ItemState.DONE: 1}


@pytest.mark.parametrize("got_its_name", [True, False])
def test_a_crash_at_the_rename_is_recognised_by_the_digest(
    got_its_name: bool, desk: Desk, pictured: Pictured
) -> None:
    run = desk.plan(pictured("mug"), collision=Collision.SKIP)
    (item,) = desk.runs.items(run.id)
    file = item.source.read_bytes()
    assert item.record is not None
    sealed = export(file, item.record, run.marking, run.preset.rendition(item.size))
    desk.out.mkdir()
    written = write_item(run, item, sealed, desk.archive, desk.runs)  # its end is not noted
    assert desk.states(run) == [ItemState.WRITING]
    if not got_its_name:
        assert written.path is not None
        written.path.unlink()
    ended = desk.go(run)
    assert ended.counts == {ItemState.DONE: 1}
    assert desk.exporter.made == ([] if got_its_name else ["mug"])
    assert desk.files() == ["mug.png"]
    assert [name for _, name, _ in desk.log.noted] == ["mug.png"]


@pytest.mark.parametrize("got_its_name", [True, False])
def test_a_run_that_crashed_can_be_cancelled_with_what_it_left(
    got_its_name: bool, desk: Desk, pictured: Pictured
) -> None:
    run = desk.plan(pictured("mug"), pictured("vase", 8))
    item = desk.runs.items(run.id)[0]
    assert item.record is not None
    sealed = export(
        item.source.read_bytes(), item.record, run.marking, run.preset.rendition(item.size)
    )
    desk.out.mkdir()
    written = write_item(run, item, sealed, desk.archive, desk.runs)
    if not got_its_name:
        assert written.path is not None
        written.path.unlink()
    ended = desk.runs.cancel(run.id)
    assert (ended.state, ended.left) == (RunState.CANCELLED, 0)
    assert ended.counts.get(ItemState.DONE, 0) == got_its_name


def test_a_folder_that_cannot_be_written_stops_the_run_which_stays_open(
    desk: Desk, pictured: Pictured
) -> None:
    run = desk.plan(pictured("mug"), pictured("vase", 8))
    desk.out.write_text("a file where the folder should be")
    with pytest.raises(SaveError, match="choose another one"):
        desk.go(run)
    assert desk.states(run) == [ItemState.WAITING] * 2
    desk.out.unlink()
    assert desk.go(run).counts == {ItemState.DONE: 2}


def test_a_disk_that_is_full_stops_the_run_without_a_half_file(
    desk: Desk, pictured: Pictured, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = desk.plan(pictured("mug"), pictured("vase", 8))

    def full(path: Path, data: bytes) -> None:
        path.write_bytes(data[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("maquette.library.exports.writing.write_part", full)
        with pytest.raises(SaveError, match="disk is full"):
            desk.go(run)
    assert desk.files() == []
    assert desk.go(run).counts == {ItemState.DONE: 2}


def test_a_list_that_is_damaged_is_told(tmp_path: Path) -> None:
    path = tmp_path / "exports.sqlite3"
    path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(LibraryError, match="list of exports"):
        ExportRuns.open(path)
    newer = tmp_path / "newer.sqlite3"
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="newer version"):
        ExportRuns.open(newer)


def test_a_run_of_thousands_is_planned_in_one_go(desk: Desk, pictured: Pictured) -> None:
    picture = pictured("mug")
    run = desk.plan(*[picture] * 3000)
    assert run.total == 3000
    names = [item.name for item in desk.runs.items(run.id)]
    assert len(set(names)) == 3000
