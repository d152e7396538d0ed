"""How fast the library's index is made anew from the files' own metadata.

Usage: python -m benchmarks.rebuild [--files 3000] [--side 1024]. A few sealed pictures stand under
many names; the ledger knows each, so that the pixels need not be decoded.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.procedural import KINDS, picture
from benchmarks.records import record_of
from benchmarks.report import Figure, report
from maquette.core.marking import DEFAULT_MARKING
from maquette.library.archive import Archive
from maquette.library.gallery import Gallery
from maquette.library.ledger import Ledger
from maquette.library.query import Query
from maquette.library.rebuild import rebuild
from maquette.library.writer import Writer
from maquette.provenance.identity.opening import identity_folder
from maquette.provenance.seal import Sealed, seal
from maquette.provenance.signer_once import SignerOnce

ORIGINALS = 24


def _sealed(number: int, side: int, open_signer: SignerOnce) -> Sealed:
    pixels = picture(list(KINDS)[number % len(KINDS)], number, side, side)
    record = record_of(f"a copper mug on a wooden table, number {number}", number, side)
    return seal(pixels, record, DEFAULT_MARKING, open_signer=open_signer)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files, rebuild, and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rebuild", description=__doc__)
    parser.add_argument("--files", type=int, default=3_000)
    parser.add_argument("--side", type=int, default=1024)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="maquette-rebuild-") as folder:
        home = Path(folder)
        os.environ["MAQUETTE_HOME"] = folder
        index, book, pictures = home / "library.sqlite3", home / "ledger.sqlite3", home / "pictures"
        open_signer = SignerOnce(identity_folder())
        with Archive.open(index, book) as archive:
            writer = Writer(archive, pictures, "{seed}", home / "thumbnails")
            made = [_sealed(number, options.side, open_signer) for number in range(ORIGINALS)]
            paths = [writer.save(each.record, each.file, each.mark, each.manifest) for each in made]
        for number in range(options.files - ORIGINALS):
            original = paths[number % ORIGINALS]
            # a copy, not a link, so that every file is read from a place of its own
            (pictures / f"copy-{number}.png").write_bytes(original.read_bytes())
        with Ledger.open_read_only(book) as ledger:
            began = time.perf_counter()
            rebuilt = rebuild(index, ledger, [pictures])
            took = time.perf_counter() - began
        with closing(Gallery.open(index)) as gallery:
            found = len(gallery.find(Query()))
    assert rebuilt is not None
    assert found == rebuilt.pictures == options.files
    return report(
        "rebuild",
        [Figure("files a second", options.files / took, "", at_least=500)],
        {
            "files": options.files,
            "side": options.side,
            "seconds": took,
            "bytes": sum(len(each.file) for each in made) // ORIGINALS,
        },
    )


if __name__ == "__main__":
    raise SystemExit(main())
