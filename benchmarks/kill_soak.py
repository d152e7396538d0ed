"""Kills the studio's programs at random moments and looks whether anything was lost.

Window, command line, batch export, their worker and marker processes, and libraries in the middle
of a migration get SIGKILL. After each kill every database must be sound, every file whole and known
to the ledger, every job that was promised still there, and no picture saved twice; at the end every
job must have its one picture. The model is replaced by noise (benchmarks/soak/worker.py), nothing
else is.

Usage: python -m benchmarks.kill_soak [--kills 500] [--seed N] [--home FOLDER].
"""

import argparse
import os
import queue
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psutil

from benchmarks.report import Figure, report
from benchmarks.soak.invariants import Promises
from maquette.library.schemas import LIBRARY

ROLES = {"window": 6, "command": 1, "export": 2, "migrate": 1}  # and how often each is chosen
LONGEST = {"window": 1.5, "command": 3.0, "export": 3.0}  # seconds from "ready" to each kill
MIGRATION = 0.08
OLD_ROWS = 2_000
PATIENCE = 180.0  # seconds for a program to get ready, or to finish


class Program:
    """A child process, and what it says."""

    def __init__(self, home: Path, promises: Promises, *arguments: str) -> None:
        self._promises = promises
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        with (home / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.soak.children", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={
                    **os.environ,
                    "MAQUETTE_HOME": str(home),
                    "QT_QPA_PLATFORM": "offscreen",
                    "PYTHONPATH": os.pathsep.join(sys.path),
                },
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):  # else it was killed in the middle of a word
                self._promises.hear(line)
                self._lines.put(line.strip())
        self._lines.put(None)

    def wait_for(self, word: str) -> bool:
        """Wait until it says `word`; False when it ends before."""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None or line == word:
                return line is not None
        raise TimeoutError(f"no {word} within {PATIENCE:.0f} s")

    def kill(self, whom: psutil.Process | None = None) -> None:
        """SIGKILL it, or one of its own children."""
        if whom is not None:
            whom.kill()
            return
        children = self.children()
        self.process.kill()
        self.end()
        psutil.wait_procs(children, timeout=PATIENCE)  # they end when nobody is there any more

    def end(self) -> None:
        """Wait until it has ended and everything that it said was heard."""
        self.process.wait()
        self._reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def children(self) -> list[psutil.Process]:
        """Its worker, its markers."""
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []


class Soak:
    """One home folder, and the programs that live and die in it."""

    def __init__(self, home: Path, seed: int) -> None:
        self._home = home
        self._random = random.Random(seed)
        self._promises = Promises(home)
        self.killed: Counter[str] = Counter()
        self.problems: list[str] = []

    @property
    def counts(self) -> dict[str, int]:
        """How much was promised and found."""
        return self._promises.counts

    def run(self, kills: int) -> None:
        """Kill until `kills` are done or something is wrong; then finish what is there."""
        while sum(self.killed.values()) < kills and not self.problems:
            role = self._random.choices(tuple(ROLES), tuple(ROLES.values()))[0]
            if role == "migrate":
                self._kill_migration()
            else:
                self._kill(role)
            done = sum(self.killed.values())
            print(f"\r{done} of {kills} kills, {self.counts}", end="", file=sys.stderr)
        print(file=sys.stderr)
        if not self.problems:
            self._finish()

    def _kill(self, role: str) -> None:
        program = Program(self._home, self._promises, role)
        if not program.wait_for("ready"):
            self.problems.append(f"the {role} did not start; see {self._home / 'log.txt'}")
            program.end()
            return
        for _ in range(self._random.randint(0, 2)):
            time.sleep(self._random.uniform(0, LONGEST[role]))
            children = program.children()
            if children:
                program.kill(self._random.choice(children))
                self.killed[f"child of {role}"] += 1
        time.sleep(self._random.uniform(0, LONGEST[role]))
        if program.process.poll() is None:
            self.killed[role] += 1
        program.kill()
        self.problems += [f"after {role}: {problem}" for problem in self._promises.check()]

    def _kill_migration(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=self._home))
        path = folder / "library.sqlite3"
        _fill_version_1(path)
        program = Program(self._home, self._promises, "migrate", str(path))
        program.wait_for("ready")
        time.sleep(self._random.uniform(0, MIGRATION))
        program.kill()
        self.killed["migrate"] += 1
        again = Program(self._home, self._promises, "migrate", str(path))
        again.wait_for("idle")
        again.end()
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT count(*) FROM pictures").fetchone()[0]
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if (rows, sound, version) != (OLD_ROWS, "ok", LIBRARY.version):
            self.problems.append(f"after a migration: {rows} rows, version {version}, {sound}")
        shutil.rmtree(folder)

    def _finish(self) -> None:
        for role, how in (("window", ("drain",)), ("export", ())):
            program = Program(self._home, self._promises, role, *how)
            if not program.wait_for("idle"):
                self.problems.append(f"the {role} did not finish; see {self._home / 'log.txt'}")
            program.kill()
        self.problems += self._promises.check_end()


def _fill_version_1(path: Path) -> None:
    """A library as the first version wrote it."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in LIBRARY.steps[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO folders (path) VALUES ('/pictures')")
        connection.executemany(
            "INSERT INTO pictures (record_id, folder_id, path, record, created, width, height,"
            " file_bytes, file_sha256, pixel_sha256, thumbnail)"
            " VALUES (?, 1, ?, ?, '2026-01-01T00:00:00+00:00', 256, 256, 1000, ?, ?, '')",
            (
                (f"{number:08X}", f"{number}.png", _old_record(number), f"{number:064x}", "0" * 64)
                for number in range(OLD_ROWS)
            ),
        )
        connection.commit()


def _old_record(number: int) -> str:
    return (
        f'{{"id":"{number:08X}","recipe":{{"prompt":"a mug","seed":{number},"width":256,'
        '"height":256,"steps":10,"guidance_scale":3.0,"model":{"id":"maquette-mini"}},'
        '"created":"2026-01-01T00:00:00+00:00","tool":"Maquette 0.1",'
        '"source_type":"trainedAlgorithmicMedia","width":256,"height":256}'
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the soak; exit status 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill_soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--home", type=Path, help="where to work; kept, for looking at it after")
    options = parser.parse_args(arguments)
    home = options.home or Path(tempfile.mkdtemp(prefix="maquette-soak-"))
    home.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    soak = Soak(home, options.seed)
    soak.run(options.kills)
    for problem in soak.problems:
        print(problem, file=sys.stderr)
    figures = [
        Figure("kills", sum(soak.killed.values()), ""),
        Figure("problems", len(soak.problems), "", at_most=0),
        Figure("duration", time.monotonic() - began, "s"),
    ]
    details = {"seed": options.seed, "killed": dict(soak.killed), **soak.counts}
    report("kill_soak", figures, details)
    if soak.problems:
        print(f"Kept for looking at: {home}", file=sys.stderr)
    elif options.home is None:
        shutil.rmtree(home)
    return 1 if soak.problems else 0


if __name__ == "__main__":
    sys.exit(main())
