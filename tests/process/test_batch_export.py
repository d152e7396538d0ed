"""Batch exports by real processes that are killed, interrupted and started again."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from maquette.cli.main import main
from maquette.core.errors import ImageError, JobCancelled, WorkerDied
from maquette.core.export_preset import ExportPreset, ExportSize, Fit, ListKind, Rendition
from maquette.core.export_run import ItemState, RunState
from maquette.core.marking import FileFormat, Marking
from maquette.core.paths import (
    export_presets_dir,
    exports_file,
    ledger_file,
    library_file,
    pictures_dir,
)
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.report import Verdict
from maquette.engine.marker_pool import MarkerPool, markers_at_once
from maquette.library.archive import Archive
from maquette.library.exports.presets import save_preset
from maquette.library.exports.running import run_export
from maquette.library.exports.runs import ExportRuns
from maquette.library.gallery import Gallery
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import sha256
from maquette.library.query import parse_query
from maquette.library.writer import Writer
from maquette.marker.checker import check
from maquette.provenance.seal import Sealed, seal

COUNT = 8
PATIENCE = 120.0  # seconds
PRESET = ExportPreset(
    name="Delivery",
    format=FileFormat.JPEG,
    sizes=(ExportSize(), ExportSize(name="square", width=256, height=256, fit=Fit.FILL)),
    lists=(ListKind.JSON,),
)


@pytest.fixture(scope="module")
def sealed() -> list[Sealed]:
    return [seal_picture(number) for number in range(COUNT)]


def seal_picture(number: int) -> Sealed:
    y, x = np.mgrid[0:256, 0:320]
    noise = np.random.default_rng(number).normal(0, 6, (256, 320, 3))
    pixels = np.clip(np.dstack([x / 2, y / 2, (x + y) / 4]) + noise, 0, 255).astype(np.uint8)
    recipe = Recipe(
        prompt=f"mug {number}",
        seed=number,
        width=320,
        height=256,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("maquette-mini"),
    )
    record = Record(
        id=record_id_for(recipe),
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=320,
        height=256,
    )
    return seal(pixels, record, Marking(sign=False))


@pytest.fixture
def home(maquette_home: Path, sealed: list[Sealed]) -> Path:
    """A library of COUNT pictures, and the preset."""
    with Archive.open(library_file(), ledger_file()) as archive:
        writer = Writer(archive, pictures_dir(), "{prompt}")
        for made in sealed:
            writer.save(made.record, made.file, made.mark)
    save_preset(export_presets_dir(), PRESET)
    return maquette_home


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "maquette", "export", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    with process:
        output, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, output, errors


def files_in(folder: Path) -> dict[str, int]:
    """Names, hidden ones too, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def require_whole(out: Path, count: int) -> None:
    """Every file of the delivery verifies, is known, and is there once."""
    with ExportRuns.open(exports_file()) as runs, Ledger.open_read_only(ledger_file()) as ledger:
        (run,) = runs.runs()
        items = runs.items(run.id)
        assert run.state is RunState.DONE
        assert [item.state for item in items] == [ItemState.DONE] * count
        for item in items:
            assert item.path is not None
            file = item.path.read_bytes()
            assert sha256(file) == item.sha256
            assert ledger.by_file(item.sha256) is not None
            report = check(file, item.path.name, thorough=False)
            assert report.verdict is Verdict.SIGNED_INTACT
            assert item.record is not None
            assert report.record_id == item.record.id
        names = {item.path.name for item in items if item.path}
        assert len(names) == count
        papers = {path.name for path in run.papers}
    assert set(files_in(out)) == names | papers
    listed = json.loads((run.papers[0]).read_bytes())["files"]
    assert {line["name"] for line in listed} == names


def test_an_export_that_is_killed_again_and_again_is_whole_in_the_end(
    home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out 出"
    chance = random.Random(5)
    process = start("--preset", "delivery", "--query", "mug", "--out", str(out))
    kept: dict[str, int] = {}
    for _ in range(6):
        assert process.stderr is not None
        for _ in range(chance.randrange(1, 4)):
            if not process.stderr.readline():
                break
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        with process:
            process.wait()
        now = files_in(out)
        for name, written in kept.items():
            assert now[name] == written, "a finished file was made again"
        kept = {name: time for name, time in now.items() if not name.startswith(".")}
        if len(kept) == 2 * COUNT + 1:
            break
        process = start("--resume")
    code, output, errors = finish(process if process.returncode is None else start("--resume"))
    assert code == 0, errors
    assert "Traceback" not in errors
    assert len(output.splitlines()) in (0, 2 * COUNT + 1)
    now = files_in(out)
    assert {name: now[name] for name in kept} == kept
    require_whole(out, 2 * COUNT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_stopped_leaves_what_is_finished_and_says_how_to_go_on(
    home: Path, tmp_path: Path, number: int
) -> None:
    out = tmp_path / "out"
    process = start("--preset", "Delivery", "--query", "mug", "--out", str(out), "--json")
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(number)
    code, output, errors = finish(process)
    assert code == 130
    assert "--resume goes on with it" in errors
    assert "Traceback" not in errors
    told = json.loads(output)
    there = {Path(file["path"]).name for file in told["files"]}
    assert there == set(files_in(out))
    assert 0 < len(there) < 2 * COUNT
    code, output, errors = finish(start("--resume", "--json"))
    assert code == 0, errors
    assert len(json.loads(output)["files"]) == 2 * COUNT
    require_whole(out, 2 * COUNT)
    code, output, errors = finish(start("--resume"))
    assert (code, output) == (0, "")
    assert "no unfinished export" in errors


def test_two_processes_do_not_run_one_export_twice(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = start("--preset", "Delivery", "--query", "mug", "--out", str(out))
    assert first.stderr is not None
    first.stderr.readline()
    code, _output, errors = finish(start("--resume"))
    assert code == 0
    assert "no unfinished export" in errors
    assert finish(first)[0] == 0
    require_whole(out, 2 * COUNT)


def test_files_by_name_are_exported_if_they_were_made_here(
    home: Path, tmp_path: Path, sealed: list[Sealed]
) -> None:
    copy = tmp_path / "a copy.png"
    copy.write_bytes(sealed[0].file)
    forged = tmp_path / "forged.png"
    forged.write_bytes(seal_picture(99).file)  # names a record of ours, but no ledger knows it
    out = tmp_path / "out"
    code, output, errors = finish(
        start("--preset", "Web", str(copy), str(forged), "--out", str(out))
    )
    assert code == 1
    assert len(output.splitlines()) == 2
    assert "forged.png is not known to be made here" in errors
    code, output, _ = finish(start("--preset", "Web", str(copy), "--dry-run"))
    assert code == 0
    assert [line.rpartition("-")[2] for line in output.splitlines()] == ["large.webp", "small.webp"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--query", "", "--out", "x"], "--preset"),
        (["--preset", "Web", "--out", "x"], "as files or with --query"),
        (["--preset", "Web", "--query", "mug"], "--out DIR"),
        (["--preset", "Nothing", "--query", "mug", "--out", "x"], "use Web, "),
        (["--preset", "Web", "--query", "rating:>=high", "--out", "x"], "."),
        (["--preset", "Web", "--query", "hippopotamus", "--out", "x"], "finds no pictures"),
        (["--preset", "Web", "nowhere.png", "--out", "x"], "There is no file"),
        (["--resume", "--preset", "Web"], "leave the other options out"),
    ],
)
def test_what_cannot_be_exported_is_told_and_nothing_is_started(
    arguments: list[str], words: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["export", *arguments])
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert words in told.err
    assert not Path("x").exists()
    with ExportRuns.open(exports_file()) as runs:
        assert runs.runs() == []


def test_a_folder_that_cannot_be_made_leaves_nothing_to_resume(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    code = main(["export", "--preset", "Web", "--query", "mug", "--out", str(taken)])
    told = capsys.readouterr()
    assert (code, told.out) == (1, "")
    assert "choose another" in told.err
    with ExportRuns.open(exports_file()) as runs:
        assert runs.runs() == []


def test_an_export_whose_disk_is_away_does_not_keep_the_next_from_being_resumed(
    home: Path, tmp_path: Path
) -> None:
    away, there = tmp_path / "away", tmp_path / "there"
    with Gallery.open(library_file()) as gallery, ExportRuns.open(exports_file()) as runs:
        pictures = gallery.pictures(gallery.find(parse_query("mug")))
        for folder in (away, there):
            runs.plan(PRESET, pictures, folder, Marking())
        away.write_text("no folder")
        code, _output, errors = finish(start("--resume"))
        assert code == 1
        assert str(away) in errors
        resumed, left = runs.runs()
        assert (resumed.folder, resumed.state) == (there, RunState.DONE)
        assert (left.folder, left.state) == (away, RunState.OPEN)
    assert len(files_in(there)) == 2 * COUNT + 1  # and the list


# --- the pool of markers -----------------------------------------------------------------------


@pytest.fixture
def new_pool() -> Iterator[Callable[..., tuple[MarkerPool, Callable[[Any], Any]]]]:
    """Makes pools with an event loop: (pool, run a coroutine)."""
    made: list[tuple[MarkerPool, asyncio.AbstractEventLoop]] = []

    def make(**arguments: Any) -> tuple[MarkerPool, Callable[[Any], Any]]:
        loop = asyncio.new_event_loop()
        made.append((MarkerPool(**arguments), loop))
        return made[-1][0], lambda work: loop.run_until_complete(asyncio.wait_for(work, PATIENCE))

    yield make
    for pool, loop in made:
        loop.run_until_complete(pool.close())
        loop.close()


def test_half_the_cores_are_left_to_the_worker_while_it_makes_pictures() -> None:
    assert [markers_at_once(cores, is_making=False) for cores in (1, 2, 4, 64)] == [2, 3, 5, 8]
    assert [markers_at_once(cores, is_making=True) for cores in (1, 2, 4, 64)] == [1, 1, 2, 8]


def test_one_process_more_than_cores_that_step_back(
    new_pool: Callable[..., Any], sealed: list[Sealed], maquette_home: Path
) -> None:
    pool, run = new_pool(cores=2)

    async def export_all() -> list[Any]:
        return await asyncio.gather(
            *(pool.export(made.file, made.record, Rendition(), Marking()) for made in sealed)
        )

    exported = run(export_all())
    assert [one.record.id for one in exported] == [made.record.id for made in sealed]
    assert len(pool.pids) == 3
    if sys.platform == "linux":
        assert all(psutil.Process(pid).nice() > 0 for pid in pool.pids)


def test_a_picture_that_cannot_be_read_costs_no_process(
    new_pool: Callable[..., Any], sealed: list[Sealed], maquette_home: Path
) -> None:
    pool, run = new_pool(cores=1)
    record = sealed[0].record
    run(pool.export(sealed[0].file, record, Rendition(), Marking()))
    pids = pool.pids
    with pytest.raises(ImageError):
        run(pool.export(sealed[0].file[:500], record, Rendition(), Marking()))
    with pytest.raises(ImageError, match="was changed by another program"):
        run(pool.export(sealed[0].file, record, Rendition(), Marking(), source_sha256="ab" * 32))
    assert pool.pids == pids


STUB = """
import os, sys, maquette
from maquette.protocol.framing import encode
from maquette.protocol.messages import Ready
for part in encode(Ready(protocol=1, build=maquette.__version__, pid=os.getpid())):
    sys.stdout.buffer.write(part)
sys.stdout.flush()
sys.stdin.buffer.read(1)
os._exit(9)
"""


def test_a_file_that_costs_two_processes_fails_and_the_run_goes_on(
    new_pool: Callable[..., Any], home: Path, tmp_path: Path
) -> None:
    pool, run = new_pool(cores=1, command=[sys.executable, "-c", STUB, "marker"])
    with (
        Archive.open(library_file(), ledger_file()) as archive,
        Gallery.open(library_file()) as gallery,
        ExportRuns.open(exports_file()) as runs,
    ):
        pictures = gallery.pictures(gallery.find(parse_query("mug")))[:2]
        planned = runs.plan(PRESET, pictures, tmp_path / "out", Marking())
        ended = run(run_export(planned.id, runs, pool, archive, gallery))
        assert ended.counts == {ItemState.FAILED: 4}
        assert "twice" in runs.items(planned.id)[0].message


def test_markers_that_cannot_start_leave_the_run_open(
    new_pool: Callable[..., Any], home: Path, tmp_path: Path
) -> None:
    pool, run = new_pool(cores=2, command=[sys.executable, "-c", "raise SystemExit(1)", "marker"])
    with (
        Archive.open(library_file(), ledger_file()) as archive,
        Gallery.open(library_file()) as gallery,
        ExportRuns.open(exports_file()) as runs,
    ):
        pictures = gallery.pictures(gallery.find(parse_query("mug")))
        planned = runs.plan(PRESET, pictures, tmp_path / "out", Marking())
        with pytest.raises(WorkerDied):
            run(run_export(planned.id, runs, pool, archive, gallery))
        assert runs.get(planned.id).counts == {ItemState.WAITING: 2 * COUNT}
        assert not runs.get(planned.id).is_running


def test_killed_markers_cost_nothing(
    new_pool: Callable[..., Any], home: Path, tmp_path: Path
) -> None:
    pool, run = new_pool(cores=2)
    killed: list[int] = []

    def kill_one(progress: Any) -> None:
        if progress.ended in (2, 9):
            killed.append(pool.pids[0] if progress.ended == 2 else pool.pids[-1])
            psutil.Process(killed[-1]).kill()

    with (
        Archive.open(library_file(), ledger_file()) as archive,
        Gallery.open(library_file()) as gallery,
        ExportRuns.open(exports_file()) as runs,
    ):
        pictures = gallery.pictures(gallery.find(parse_query("mug")))
        planned = runs.plan(PRESET, pictures, tmp_path / "out", Marking())
        run(run_export(planned.id, runs, pool, archive, gallery, kill_one))
        exported = [
            relative
            for relative in gallery.relatives(pictures[0].id)
            if relative.note == "Delivery"
        ]
    assert len(set(killed)) == 2
    assert len(exported) == 2
    require_whole(tmp_path / "out", 2 * COUNT)


def test_closing_cancels_what_waits(
    new_pool: Callable[..., Any], sealed: list[Sealed], maquette_home: Path
) -> None:
    pool, run = new_pool(cores=1)

    async def close_early() -> list[Any]:
        work = [
            asyncio.create_task(pool.export(made.file, made.record, Rendition(), Marking()))
            for made in sealed[:3]
        ]
        await asyncio.sleep(0.05)
        await pool.close()
        return await asyncio.gather(*work, return_exceptions=True)

    assert all(isinstance(error, JobCancelled) for error in run(close_early()))
    with pytest.raises(JobCancelled):
        run(pool.export(sealed[0].file, sealed[0].record, Rendition(), Marking()))
