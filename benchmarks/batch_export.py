"""Batch export: what its single steps cost, and how near the whole run comes to their sum.

Pictures a quarter larger than SIDE are made smaller and exported to JPEG with all marks. Each step
is timed alone, in one thread. `allowed` is what the cores could do if they did nothing but these
steps, and nothing had to be started. Compare on a machine that does nothing else; on a busy one,
where markers step back, only the processor time tells anything: what the steps take, of what the
run takes for each of its last three quarters of pictures, when all processes are there.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import psutil

from benchmarks.records import record_of
from benchmarks.report import Figure, report
from maquette.core.export_preset import ExportPreset, ExportSize
from maquette.core.export_run import ExportItem, ExportProgress, ExportRun, ItemState
from maquette.core.marking import FileFormat, Marking
from maquette.core.paths import exports_file, ledger_file, library_file, pictures_dir
from maquette.core.pixels import Pixels
from maquette.engine.marker_pool import MarkerPool
from maquette.library.archive import Archive
from maquette.library.exports.running import run_export
from maquette.library.exports.runs import ExportRuns
from maquette.library.exports.writing import write_item
from maquette.library.gallery import Gallery
from maquette.library.query import parse_query
from maquette.library.writer import Writer
from maquette.marker.originals import original_of
from maquette.provenance.encoding import encode
from maquette.provenance.framing_pixels import framed
from maquette.provenance.identity.opening import identity_folder
from maquette.provenance.metadata import read_image
from maquette.provenance.pixel_marks import mark_pixels
from maquette.provenance.read_back import Expected, read_marks
from maquette.provenance.seal import seal
from maquette.provenance.signer_once import SignerOnce
from maquette.provenance.texts import texts_of

ORIGINALS = 12  # different pictures; a run exports them as often as it takes
STEPS_OF = 6  # pictures whose single steps are timed
_THREADS = "OPENBLAS_NUM_THREADS"
_Result = TypeVar("_Result")


class Clock:
    """Adds up what each step takes, in seconds, and what processor time all of them take."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.parts: dict[str, float] = {}
        self.processor = 0.0

    def time(self, step: str, work: Callable[[], _Result]) -> _Result:
        """The result of `work`, whose time is added to `step`."""
        processor = time.process_time()
        result = self._timed(self.spent, step, work)
        self.processor += time.process_time() - processor
        return result

    def part(self, step: str, work: Callable[[], _Result]) -> _Result:
        """As `time`, of a part of another step, which does not count in the sum."""
        return self._timed(self.parts, step, work)

    @staticmethod
    def _timed(spent: dict[str, float], step: str, work: Callable[[], _Result]) -> _Result:
        began = time.perf_counter()
        result = work()
        spent[step] = spent.get(step, 0.0) + time.perf_counter() - began
        return result


def main() -> int:
    """Make a library in a temporary folder, time the steps, run the export, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="pictures of the run")
    parser.add_argument("--side", type=int, default=1024, help="pixels of the exported pictures")
    options = parser.parse_args()
    if os.environ.get(_THREADS) != "1":  # read when numpy is loaded; the markers have one, too
        again = [sys.executable, "-m", "benchmarks.batch_export", *sys.argv[1:]]
        return subprocess.run(again, env={**os.environ, _THREADS: "1"}).returncode
    cv2.setNumThreads(1)
    preset = ExportPreset(
        name="Benchmark",
        format=FileFormat.JPEG,
        quality=90,
        sizes=(ExportSize(width=options.side, height=options.side),),
    )
    with tempfile.TemporaryDirectory(prefix="maquette-benchmark-") as home:
        os.environ["MAQUETTE_HOME"] = home
        with (
            Archive.open(library_file(), ledger_file()) as archive,
            Gallery.open(library_file()) as gallery,
            ExportRuns.open(exports_file()) as runs,
        ):
            _fill(archive, round(options.side * 1.25))
            pictures = gallery.pictures(gallery.find(parse_query("")))
            out = Path(home) / "out"
            probe = runs.plan(preset, pictures[:STEPS_OF], out / "steps", Marking())
            clock = _steps(probe, runs, archive, gallery)
            many = [pictures[number % len(pictures)] for number in range(options.count)]
            run = runs.plan(preset, many, out / "run", Marking())
            wall, processor, memory = asyncio.run(_run(run, runs, archive, gallery))
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    step = sum(clock.spent.values()) / STEPS_OF
    allowed = cores / step
    figures = [
        *(Figure(f"step: {name}", _each(spent), "ms") for name, spent in clock.spent.items()),
        *(Figure(f"in seal: {name}", _each(spent), "ms") for name, spent in clock.parts.items()),
        Figure("all steps of one picture", step * 1000, "ms"),
        Figure("allowed", allowed, "pictures/s"),
        Figure("measured", options.count / wall, "pictures/s"),
        Figure("measured of allowed", options.count / wall / allowed, "", at_least=0.9),
        Figure("processor time of all steps", clock.processor / STEPS_OF * 1000, "ms"),
        Figure("processor time of the run, each picture", processor * 1000, "ms"),
        Figure("of that, the steps'", clock.processor / STEPS_OF / processor, "", at_least=0.9),
        Figure("memory after a quarter", memory[0], "MiB"),
        Figure("memory at the end, of that", memory[1] / memory[0], "", at_most=1.1),
    ]
    return report("batch_export", figures, {"count": options.count, "side": options.side})


def _each(seconds: float) -> float:
    """Milliseconds of one picture."""
    return seconds / STEPS_OF * 1000


def _fill(archive: Archive, side: int) -> None:
    """Save ORIGINALS pictures of ours, side x side."""
    writer = Writer(archive, pictures_dir())
    for number in range(ORIGINALS):
        record = record_of(f"benchmark {number}", number, side)
        made = seal(_picture(number, side), record, Marking(), open_signer=_signer())
        writer.save(made.record, made.file, made.mark, made.manifest)


def _picture(number: int, side: int) -> Pixels:
    """Soft shapes with a little grain, like a render."""
    rng = np.random.default_rng(number)
    coarse = rng.integers(20, 236, (12, 12, 3), dtype=np.uint8)
    smooth = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.clip(smooth + rng.normal(0, 3, smooth.shape), 0, 255).astype(np.uint8)


def _signer() -> SignerOnce:
    return SignerOnce(identity_folder())


def _steps(run: ExportRun, runs: ExportRuns, archive: Archive, gallery: Gallery) -> Clock:
    """The steps of STEPS_OF pictures, one after the other."""
    clock = Clock()
    signer = _signer()
    for item in runs.items(run.id):
        _one(clock, run, item, runs, archive, gallery, signer)
    return clock


def _one(
    clock: Clock,
    run: ExportRun,
    item: ExportItem,
    runs: ExportRuns,
    archive: Archive,
    gallery: Gallery,
    signer: SignerOnce,
) -> None:
    assert item.record is not None
    rendition, marking, record = run.preset.rendition(item.size), run.marking, item.record
    file = clock.time("read", item.source.read_bytes)
    pixels, _ = clock.time("decode", lambda: read_image(file))
    original = clock.time("ask the ledger of the original", lambda: original_of(file, record.id))
    sized = clock.time("scale", lambda: framed(pixels, rendition.size))
    marked = clock.part("mark", lambda: mark_pixels(sized, record, marking))
    texts = texts_of(record, marking, rendition.format)
    encoded = clock.part(
        "encode", lambda: encode(marked.pixels, texts, rendition.format, rendition.quality)
    )
    decoded, metadata = clock.part("decode again", lambda: read_image(encoded))
    expected = Expected(marked, record, marking, "")
    clock.part("read the marks back", lambda: list(read_marks(expected, decoded, metadata)))
    made = clock.time(
        "seal",
        lambda: seal(
            sized,
            record,
            marking,
            open_signer=signer,
            file_format=rendition.format,
            quality=rendition.quality,
            original=original.mark,
        ),
    )
    ended = clock.time(
        "write, with ledger and journal", lambda: write_item(run, item, made, archive, runs)
    )
    path = ended.path
    assert path is not None
    clock.time(
        "note in the library and in the journal",
        lambda: (
            gallery.note_export(record.id, path, ended.sha256, "Benchmark", run.created),
            runs.note(run.id, ended),
        ),
    )


async def _run(
    run: ExportRun, runs: ExportRuns, archive: Archive, gallery: Gallery
) -> tuple[float, float, tuple[float, float]]:
    """(seconds, processor seconds of a picture, (MiB after a quarter of the files, at the end)).

    Of this process and its markers together; the first quarter's processor time does not count.
    """
    pool = MarkerPool()
    memory: list[float] = []
    spent: list[tuple[int, float]] = []  # after a quarter and at the end: files, seconds

    def sample(progress: ExportProgress) -> None:
        if progress.ended in (progress.total // 4, progress.total - 1):
            processes = [psutil.Process(pid) for pid in (os.getpid(), *pool.pids)]
            memory.append(sum(each.memory_info().rss for each in processes) / 2**20)
            times = [each.cpu_times() for each in processes]
            spent.append((progress.ended, sum(each.user + each.system for each in times)))

    began = time.perf_counter()
    ended = await run_export(run.id, runs, pool, archive, gallery, sample)
    wall = time.perf_counter() - began
    await pool.close()
    if ended.counts != {ItemState.DONE: run.total}:
        raise RuntimeError(f"not all files were exported: {ended.counts}")
    (few, before), (most, after) = spent[0], spent[-1]
    return wall, (after - before) / (most - few), (memory[0], memory[-1])


if __name__ == "__main__":
    sys.exit(main())
