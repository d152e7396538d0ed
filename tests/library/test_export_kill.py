"""Wherever a batch export is killed: no half file, none unknown to the ledger, none made twice."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from maquette.core.export_preset import Collision, ExportPreset, ListKind
from maquette.core.export_run import ItemState, RunState
from maquette.core.gallery import GalleryPicture
from maquette.core.marking import FileFormat, Marking
from maquette.library.exports.runs import ExportRuns
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import sha256

EXPORT = """
import asyncio, os, sys
from pathlib import Path
from maquette.library.archive import Archive
from maquette.library.exports import lists, running, writing
from maquette.library.exports.runs import ExportRuns
from maquette.library.gallery import Gallery
from maquette.library.ledger import Ledger
from maquette.provenance.export import export

data, name, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

class Exporter:
    at_once = 1

    async def export(self, source, record, rendition, marking, *, source_sha256=""):
        made.append(source.name)
        return export(source.read_bytes(), record, marking, rendition)

made, called = [], 0
owners = {"append": Ledger, "note": ExportRuns, "note_export": Gallery, "_write_json": lists}
owner = owners.get(name, writing)
real = getattr(owner, name, None)

def killed(*arguments):
    global called
    result = real(*arguments)
    called += 1
    if called == at:
        os._exit(9)
    return result

if real is not None:
    setattr(owner, name, killed)
with (
    Archive.open(data / "library.sqlite3", data / "ledger.sqlite3") as archive,
    Gallery.open(data / "library.sqlite3") as gallery,
    ExportRuns.open(data / "exports.sqlite3") as runs,
):
    asyncio.run(running.run_export(1, runs, Exporter(), archive, gallery))
print(len(made))
"""

# After which call of what the process is killed; a file is noted twice, before and after its name.
POINTS = [
    ("write_part", 1),
    ("append", 1),
    ("note", 1),
    ("rename_exclusively", 1),
    ("sync_folder", 2),
    ("note_export", 2),
    ("note", 4),
    ("_write_json", 1),
]


def run(data: Path, name: str = "-", at: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", EXPORT, str(data), name, str(at)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(("name", "at"), POINTS, ids=lambda value: str(value))
def test_a_killed_export_is_whole_after_its_second_start(
    name: str, at: int, pictured: Callable[..., GalleryPicture], tmp_path: Path
) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    pictures = [pictured(prompt, seed) for seed, prompt in enumerate(("mug", "vase", "bowl"))]
    preset = ExportPreset(
        name="p", format=FileFormat.PNG, template="{prompt}", collision=Collision.NUMBER,
        lists=(ListKind.JSON,),
    )  # fmt: skip
    with ExportRuns.open(data / "exports.sqlite3") as runs:
        runs.plan(preset, pictures, out, Marking(sign=False))
    first = run(data, name, at)
    assert first.returncode == 9, first.stderr
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    with Ledger.open_read_only(data / "ledger.sqlite3") as ledger:
        for path in before:
            if not path.name.startswith("."):
                assert ledger.by_file(sha256(path.read_bytes())) is not None
    second = run(data)
    assert second.returncode == 0, second.stderr
    whole = {path: time for path, time in before.items() if not path.name.startswith(".")}
    assert int(second.stdout) == 3 - len(whole)
    assert {path: path.stat().st_mtime_ns for path in whole} == whole
    with ExportRuns.open(data / "exports.sqlite3") as runs:
        done = runs.get(1)
        items = runs.items(1)
    assert done.state is RunState.DONE
    names = {"bowl.png", "mug.png", "vase.png", *(path.name for path in done.papers)}
    assert {path.name for path in out.iterdir()} == names
    assert [item.state for item in items] == [ItemState.DONE] * 3
    assert all(item.path and sha256(item.path.read_bytes()) == item.sha256 for item in items)
