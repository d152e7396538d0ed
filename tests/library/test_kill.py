"""Whenever the program is killed: no file under its name that the ledger does not know."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from maquette.library.archive import Archive
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import sha256
from maquette.library.writer import Writer, write_export
from maquette.provenance.seal import Sealed

Seal = Callable[..., Sealed]

SAVE = """
import sys, time
from pathlib import Path
import msgspec
from maquette.core.ledger_entry import MarkResult
from maquette.core.record import Record
from maquette.library import disk, writer
from maquette.library.archive import Archive
from maquette.library.ledger import Ledger
from maquette.library.thumbnails import Thumbnails

home, point, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

def stop(*_):
    print("here", flush=True)
    time.sleep(60)

def around(owner, name, before):
    real = getattr(owner, name)
    def stopped(*arguments):
        if before:
            stop()
        result = real(*arguments)
        stop()
        return result
    setattr(owner, name, stopped)

name, _, when = point.partition(" ")
owners = dict.fromkeys(("fsync", "link", "replace"), disk.os)
owner = {**owners, "append": Ledger, "write": Thumbnails}.get(name, writer)
around(owner, name, when == "before")
record = msgspec.json.decode((home / "record.json").read_bytes(), type=Record)
mark = msgspec.json.decode((home / "mark.json").read_bytes(), type=MarkResult)
file = (home / "file.png").read_bytes()
data = home / "data"
with Archive.open(data / "library.sqlite3", data / "ledger.sqlite3") as archive:
    if how == "save":
        folder = home / "my pictures 图片"
        writer.Writer(archive, folder, "{id}", home / "thumbnails").save(record, file, mark)
    else:
        writer.write_export(archive, home / "out" / "copy.png", record, file, mark)
"""
SAVING = [
    "fsync before",
    "fsync after",
    "append before",
    "append after",
    "link before",
    "link after",
    "sync_folder after",
    "write after",
    "read_back before",
]
EXPORTING = ["fsync after", "append before", "append after", "replace before", "replace after"]


def kill_at(home: Path, sealed: Sealed, point: str, how: str) -> None:
    """Start to save or to export `sealed`, and kill the process at `point`."""
    (home / "record.json").write_bytes(msgspec.json.encode(sealed.record))
    (home / "mark.json").write_bytes(msgspec.json.encode(sealed.mark))
    (home / "file.png").write_bytes(sealed.file)
    process = subprocess.Popen(
        [sys.executable, "-c", SAVE, str(home), point, how],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)


def visible(folder: Path) -> list[Path]:
    """The files that a person sees in `folder`."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name[0] != "."]


@pytest.mark.parametrize("point", SAVING)
def test_a_save_that_is_killed_leaves_a_known_file_or_none(
    point: str, archive: Archive, writer: Writer, pictures: Path, tmp_path: Path, sealed: Seal
) -> None:
    made = sealed()
    kill_at(tmp_path, made, point, "save")
    for path in visible(pictures):
        assert path.read_bytes() == made.file
        assert archive.ledger.by_file(sha256(path.read_bytes())) is not None
    assert archive.ledger.verify().problems == ()
    assert archive.library.count() == 0
    foreign = pictures / ".maquette-00000000-1-ab.part"  # of another machine
    foreign.touch()
    path = writer.save(made.record, made.file, made.mark)
    hidden = [file for file in pictures.iterdir() if file.name.startswith(".")]
    assert hidden == [foreign]
    assert path.read_bytes() == made.file
    assert archive.ledger.verify().problems == ()


@pytest.mark.parametrize("point", EXPORTING)
def test_an_export_that_is_killed_leaves_the_old_file_or_a_known_one(
    point: str, archive: Archive, tmp_path: Path, sealed: Seal
) -> None:
    made, out = sealed(), tmp_path / "out"
    out.mkdir()
    (out / "copy.png").write_bytes(b"mine")
    kill_at(tmp_path, made, point, "export")
    (path,) = visible(out)
    content = path.read_bytes()
    assert content in (b"mine", made.file)
    assert content == b"mine" or archive.ledger.by_file(sha256(content)) is not None
    assert archive.ledger.verify().problems == ()
    write_export(archive, out / "copy.png", made.record, made.file, made.mark)
    assert list(out.iterdir()) == [out / "copy.png"]


APPEND = """
import sys
from pathlib import Path
import msgspec
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry

new = msgspec.msgpack.decode(Path(sys.argv[2]).read_bytes(), type=NewEntry)
with Ledger.open(Path(sys.argv[1])) as ledger:
    print("here", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        ledger.append(new)
        print(number, flush=True)
"""


def appending(path: Path, entry: Path, count: int) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-c", APPEND, str(path), str(entry), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    return process


def test_two_processes_append_to_one_chain(
    tmp_path: Path, new_entry: Callable[..., msgspec.Struct]
) -> None:
    path, entry = tmp_path / "ledger.sqlite3", tmp_path / "entry"
    entry.write_bytes(msgspec.msgpack.encode(new_entry()))
    processes = [appending(path, entry, 200) for _ in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    with Ledger.open_read_only(path) as ledger:
        audit = ledger.verify()
    assert audit.rows == 400
    assert audit.problems == ()


def test_a_process_killed_while_it_appends_loses_no_row_it_was_told_of(
    tmp_path: Path, new_entry: Callable[..., msgspec.Struct]
) -> None:
    path, entry = tmp_path / "ledger.sqlite3", tmp_path / "entry"
    entry.write_bytes(msgspec.msgpack.encode(new_entry()))
    with appending(path, entry, 100_000) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
        told = [process.stdout.readline() for _ in range(30)]
        process.kill()
        told += process.stdout.readlines()
    with Ledger.open(path) as ledger:
        audit = ledger.verify()
    assert audit.rows >= len([line for line in told if line.endswith(b"\n")])
    assert audit.problems == ()
