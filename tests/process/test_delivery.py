"""The whole way: twelve pictures made, rated, found, delivered across a kill, and verified."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from maquette.core.export_run import ItemState, RunState
from maquette.core.paths import exports_file, ledger_file, library_file
from maquette.core.report import Verdict
from maquette.library.exports.runs import ExportRuns
from maquette.library.gallery import Gallery
from maquette.library.ledger import Ledger
from maquette.library.query import parse_query
from maquette.marker.checker import check

PATIENCE = 300.0  # seconds
BATCH = """prompt,seed,count,steps
a {red|blue} ceramic mug on a wooden table,1,4,4
一只绿色的陶瓷花瓶,11,4,4
a gold teapot on a dark table,21,4,4
"""
WANTED = "rating:>=4 -teapot"
DELIVERIES = {"Web": 2, "Client delivery": 2, "Print 300 DPI": 1}  # presets, and files a picture


def start(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "maquette", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )


def run(*arguments: str) -> list[str]:
    """The lines that a command prints, once it has ended well."""
    with start(*arguments) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    return output.splitlines()


def rate(gallery: Gallery) -> int:
    """Give every second picture five stars, the others two; returns how many are wanted."""
    ids = list(gallery.find(parse_query("")))
    assert len(ids) == 12
    gallery.rate(ids[::2], 5)
    gallery.rate(ids[1::2], 2)
    return len(gallery.find(parse_query(WANTED)))


def kill_in_the_middle(out: Path, preset: str) -> int:
    """Start an export, kill it once two files are there; returns how many it left."""
    with start("export", "--preset", preset, "--query", WANTED, "--out", str(out)) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.strip() and len(whole_files(out)) >= 2:
                break
        process.send_signal(signal.SIGKILL)
    return len(whole_files(out))


def whole_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name[0] != "."]


def test_twelve_pictures_reach_the_client(maquette_home: Path, tmp_path: Path) -> None:
    prompts = tmp_path / "catalogue.csv"
    prompts.write_text(BATCH, encoding="utf-8")
    made = run("batch", str(prompts), "--device", "cpu")
    assert len({Path(line) for line in made if Path(line).is_file()}) == 12
    with closing(Gallery.open(library_file())) as gallery:
        wanted = rate(gallery)
        assert wanted == 4
        assert {
            picture.rating for picture in gallery.pictures(gallery.find(parse_query(WANTED)))
        } == {5}
        assert len(gallery.find(parse_query("花瓶"))) == 4
    out = {preset: tmp_path / f"to the client {preset}" for preset in DELIVERIES}
    web, client, paper = out
    run("export", "--preset", web, "--query", WANTED, "--out", str(out[web]))
    left = kill_in_the_middle(out[client], client)
    assert left < wanted * DELIVERIES[client] + 1
    kept = {path: path.stat().st_mtime_ns for path in whole_files(out[client])}
    run("export", "--resume")
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    run("export", "--preset", paper, "--query", WANTED, "--out", str(out[paper]))
    with (
        ExportRuns.open(exports_file()) as runs,
        Ledger.open_read_only(ledger_file()) as ledger,
        closing(Gallery.open(library_file())) as gallery,
    ):
        for export in runs.runs():
            preset = export.preset.name
            items = runs.items(export.id)
            assert export.state is RunState.DONE
            assert [item.state for item in items] == [ItemState.DONE] * wanted * DELIVERIES[preset]
            files = {item.path for item in items}
            assert files | set(export.papers) == set(whole_files(out[preset]))
            for item in items:
                assert item.path is not None
                assert item.record is not None
                report = check(item.path.read_bytes(), item.path.name, thorough=False)
                assert report.verdict is Verdict.SIGNED_INTACT
                assert report.record_id == item.record.id
                assert ledger.by_file(item.sha256) is not None
        assert len(gallery.find(parse_query("in:exported"))) == wanted
    run("verify", "--strict", *(str(path) for folder in out.values() for path in whole_files(folder)
                                if path.suffix in (".webp", ".jpg", ".tif")))  # fmt: skip
    run("ledger", "verify")
