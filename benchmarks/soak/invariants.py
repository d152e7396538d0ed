"""What must hold whenever and whatever was killed: nothing lost, nothing twice, nothing damaged."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from maquette.core.errors import MaquetteError
from maquette.core.job import JobState
from maquette.provenance.metadata import read_image

_DATABASES = ("library.sqlite3", "ledger.sqlite3", "queue.sqlite3", "exports.sqlite3")


class Promises:
    """What the programs of one home promised, and whether it was kept.

    `check` returns problems as sentences; an empty list is what the soak is for.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._data = home / "data"
        self._queued: set[str] = set()
        self._cancelling: set[str] = set()
        self._finished: dict[str, Path] = {}
        self._read: dict[Path, str] = {}  # files that were found whole, and their SHA-256
        self._seeds: Counter[int] = Counter()

    def hear(self, line: str) -> None:
        """A line that a program wrote."""
        word, _, rest = line.strip().partition(" ")
        if word == "queued":
            self._queued.add(rest)
        elif word == "cancelling":
            self._cancelling.add(rest)
        elif word == "finished":
            job, _, path = rest.partition(" ")
            self._finished[job] = Path(path)

    @property
    def counts(self) -> dict[str, int]:
        """How much was promised and found."""
        return {
            "jobs promised": len(self._queued),
            "pictures": sum(self._seeds.values()),
            "exported files": sum("out" in path.parts for path in self._read),
        }

    def check(self) -> list[str]:
        """Look at everything. No program may be running."""
        problems = [f"{name}: {said}" for name, said in self._damaged()]
        if problems:
            return problems
        jobs = dict(self._rows("queue", "SELECT id, state FROM jobs"))
        saved = Counter(job for (job,) in self._rows("library", "SELECT job FROM pictures") if job)
        problems += [f"the picture of job {job} was saved twice" for job in saved if saved[job] > 1]
        kept = jobs.keys() | saved.keys() | self._cancelling
        problems += [f"job {job} is lost" for job in sorted(self._queued - kept)]
        for job, path in self._finished.items():
            if not path.is_file():
                problems.append(f"the picture {path.name} of job {job} is lost")
        for job, path in self._rows(
            "queue", f"SELECT id, path FROM jobs WHERE state = '{JobState.FINISHED}'"
        ):
            if not Path(path).is_file():
                problems.append(f"job {job} is called finished and has no picture")
        return problems + list(self._bad_files())

    def check_end(self) -> list[str]:
        """As `check`, and that every job that was not cancelled has its one picture."""
        problems = self.check()
        saved = {job for (job,) in self._rows("library", "SELECT job FROM pictures")}
        without = sorted(self._queued - self._cancelling - saved)
        rows = self._rows("library", "SELECT folders.path || '/' || pictures.path FROM pictures"
                          " JOIN folders ON folders.id = folder_id")  # fmt: skip
        listed = {Path(path) for (path,) in rows}
        pictures = {path for path in self._read if "out" not in path.parts}
        return [
            *problems,
            *(f"job {job} was never made" for job in without),
            *(f"{path.name} is not in the library" for path in pictures - listed),
            *(f"{path.name} is in the library only" for path in listed - pictures),
        ]

    def _damaged(self) -> Iterator[tuple[str, str]]:
        for name in _DATABASES:
            if (self._data / name).exists():
                for pragma in ("integrity_check", "foreign_key_check"):
                    for row in self._rows(name.partition(".")[0], f"PRAGMA {pragma}"):
                        if row != ("ok",):
                            yield name, str(row)

    def _bad_files(self) -> Iterator[str]:
        known = {sha for (sha,) in self._rows("ledger", "SELECT file_sha256 FROM entries")}
        for folder in ("Pictures", "out"):
            for path in (self._home / folder).rglob("*"):
                if not path.is_file() or path in self._read or _is_hidden(path, self._home):
                    continue
                file = path.read_bytes()
                try:
                    _pixels, metadata = read_image(file)
                except MaquetteError as error:
                    yield f"{path.name} is damaged: {error.message}"
                    continue
                digest = hashlib.sha256(file).hexdigest()
                self._read[path] = digest
                if digest not in known:
                    yield f"{path.name} is not in the ledger"
                recipe = metadata.record.recipe if metadata.record else None
                if folder == "Pictures" and recipe is not None:
                    self._seeds[recipe.seed] += 1
                    if self._seeds[recipe.seed] > 1:
                        yield f"{path.name} was saved twice"

    def _rows(self, name: str, question: str) -> list[tuple]:
        path = self._data / f"{name}.sqlite3"
        if not path.exists():
            return []
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(question).fetchall()


def _is_hidden(path: Path, home: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(home).parts)
