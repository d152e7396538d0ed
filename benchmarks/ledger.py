"""How a ledger of 100,000 rows behaves: appending, looking up, searching likenesses, verifying."""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.report import Figure, report
from maquette.core.ledger_entry import Ingredient, MarkResult
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import SourceType
from maquette.library.database import open_database
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry, sha256, write_row
from maquette.library.schemas import LEDGER

ROWS = 100_000
REPEATS = 50


def main() -> int:
    """Fill a ledger in a temporary folder and report what its operations take."""
    with tempfile.TemporaryDirectory(prefix="maquette-benchmark-") as name:
        path = Path(name) / "ledger.sqlite3"
        _fill(path)
        size = path.stat().st_size / ROWS
        with Ledger.open(path) as ledger:
            hashes = iter(np.random.default_rng(1).bytes(8).hex() for _ in range(REPEATS + 1))
            first = _taken(lambda: ledger.similar(next(hashes), 10))
            again = _taken(lambda: ledger.similar(next(hashes), 10), REPEATS)
            lookup = _taken(lambda: ledger.by_record("00001234"), REPEATS)
            fresh = iter(range(ROWS, ROWS + REPEATS))
            append = _taken(lambda: ledger.append(_entry(next(fresh))), REPEATS)
            verify = _taken(ledger.verify)
            if ledger.verify().problems:
                raise RuntimeError("the ledger does not verify")
    figures = [
        Figure("append, on the disk", append, "ms"),
        Figure("look up a record", lookup, "ms"),
        Figure("search for similar pictures, the first time", first, "ms"),
        Figure("search for similar pictures, again", again, "ms"),
        Figure("verify all rows and contents", verify / 1000, "s"),
        Figure("a row with its contents", size / 1024, "KiB"),
    ]
    return report("ledger", figures, {"rows": ROWS})


def _taken(work: Callable[[], object], repeats: int = 1) -> float:
    """Milliseconds that `work` takes, on average."""
    began = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - began) / repeats * 1000


def _fill(path: Path) -> None:
    """All rows in one transaction; one by one, each waits for the disk."""
    previous = ""
    with closing(open_database(path, LEDGER)) as connection:
        connection.execute("BEGIN")
        for number in range(1, ROWS + 1):
            text, contents = write_row(_entry(number), number, previous)
            previous = sha256(text.encode())
            row = (number, text, previous)
            connection.execute("INSERT INTO entries (number, row, chained) VALUES (?, ?, ?)", row)
            rows = [(number, kind, content) for kind, content in contents.items()]
            connection.executemany("INSERT INTO contents VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")


def _entry(number: int) -> NewEntry:
    rng = np.random.default_rng(number)
    recipe = Recipe(
        prompt="a red ceramic mug on a wooden table, soft light from the left",
        seed=number,
        width=512,
        height=512,
        steps=20,
        guidance_scale=5.0,
        model=ModelRef("maquette-mini", "ab" * 32, "Maquette Mini"),
    )
    return NewEntry(
        record_id=f"{number:08X}",
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=512,
        height=512,
        file_sha256=sha256(msgspec.json.encode(number)),
        pixel_sha256=sha256(msgspec.json.encode(-number)),
        perceptual_hash=rng.bytes(8).hex(),
        likeness=rng.bytes(1400),
        mark=MarkResult(preset="standard", verified=True, robust=True, psnr=45.5, strength=1.0),
        recipe=recipe,
        manifest=rng.bytes(5000),
        ingredients=(Ingredient(role="model", digest="ab" * 32),),
    )


if __name__ == "__main__":
    sys.exit(main())
