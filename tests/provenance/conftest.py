"""Pictures, records and installations that the tests of the marks share."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageDraw

from maquette.core.ledger_entry import LedgerEntry
from maquette.core.marking import Marking
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import ModelRef, Recipe, StartImage
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.report import Report
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry, sha256
from maquette.provenance.identity.opening import known_signers, open_signer
from maquette.provenance.identity.signer import Signer
from maquette.provenance.likeness import hash_of, likeness_of
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import Sealed, seal
from maquette.provenance.verify.checking import verify

FLAT = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "grey": (128, 128, 128),
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "nearly white": (250, 252, 249),
    "nearly black": (7, 5, 9),
}


def varied_pictures(height: int, width: int) -> dict[str, Pixels]:
    """From flat to noisy: what a mark has to live in."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    ramp = (x * 255 // (width - 1)).astype(np.uint8)
    noise = random.integers(0, 256, (height, width), dtype=np.uint8)
    paper = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(paper)
    for _ in range(40):
        ends = random.integers(0, (width, height), (2, 2)).tolist()
        pen.line([tuple(end) for end in ends], fill="black")
    scene = Image.new("RGB", (width, height), (238, 240, 242))
    brush = ImageDraw.Draw(scene)
    for _ in range(12):
        left, top = random.integers(0, (width, height)).tolist()
        side = int(random.integers(20, width // 2))
        colour = tuple(random.integers(0, 256, 3).tolist())
        brush.ellipse([left, top, left + side, top + side], fill=colour)
    board = ((x // 32 + y // 32) % 2 * 255).astype(np.uint8)
    pictures = {name: np.full((height, width, 3), rgb, np.uint8) for name, rgb in FLAT.items()}
    pictures |= {
        "grey ramp": np.dstack([ramp] * 3),
        "colour ramps": np.dstack([ramp, (y * 255 // (height - 1)).astype(np.uint8), 255 - ramp]),
        "line art": np.asarray(paper),
        "shapes": np.asarray(scene),
        "checkerboard": np.dstack([board] * 3),
        "grey noise": np.dstack([noise] * 3),
        "colour noise": random.integers(0, 256, (height, width, 3), dtype=np.uint8),
    }
    return pictures


class Studio:
    """An installation: its signer and its ledger."""

    def __init__(self, folder: Path) -> None:
        self.identity = folder / "identity"
        self.ledger = Ledger.open(folder / "ledger.sqlite3")
        self._signer = open_signer(self.identity, find_keychain=lambda: None)

    def open_signer(self) -> Signer:
        return self._signer

    def save(
        self, pixels: Pixels, record: Record, marking: Marking | None = None, **options: object
    ) -> bytes:
        """A file of ours, told to the ledger."""
        sealed = self.seal(pixels, record, marking or Marking(), **options)
        self.remember(sealed)
        return sealed.file

    def seal(self, pixels: Pixels, record: Record, marking: Marking, **options: object) -> Sealed:
        height, width = pixels.shape[:2]
        record = msgspec.structs.replace(record, width=width, height=height)
        return seal(pixels, record, marking, open_signer=self.open_signer, **options)  # type: ignore[arg-type]

    def remember(self, sealed: Sealed) -> LedgerEntry:
        pixels, _ = read_image(sealed.file)
        record = sealed.record
        return self.ledger.append(
            NewEntry(
                record_id=record.id,
                created=record.created,
                tool=record.tool,
                source_type=record.source_type,
                width=record.width,
                height=record.height,
                file_sha256=sha256(sealed.file),
                pixel_sha256=pixel_digest(pixels),
                perceptual_hash=hash_of(pixels),
                likeness=likeness_of(pixels),
                mark=sealed.mark,
                recipe=record.recipe,
                manifest=sealed.manifest,
            )
        )

    def check(self, file: bytes, name: str = "picture", **options: object) -> Report:
        """Without the search for turned pictures, which takes long where there is no mark."""
        return verify(
            file,
            name,
            ledger=self.ledger,
            known_signers=known_signers(self.identity),
            **{"thorough": False, **options},  # type: ignore[arg-type]
        )


@pytest.fixture(scope="session")
def pictures() -> Callable[[int, int], dict[str, Pixels]]:
    """(height, width) to named pictures."""
    return varied_pictures


@pytest.fixture(scope="session")
def scene() -> Pixels:
    """A 256x256 picture of coloured shapes."""
    return varied_pictures(256, 256)["shapes"]


@pytest.fixture(scope="session")
def record() -> Record:
    """A record whose recipe uses every field, and a model that lies in someone's home."""
    recipe = Recipe(
        prompt='a red 陶瓷 mug, "glossy" 😀',
        negative_prompt="cracks",
        seed=7,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.5,
        model=ModelRef("/home/someone/private/fancy.safetensors", "ab" * 32, "fancy, v1"),
        start=StartImage("cd" * 32, 0.35, "7F3A91C2"),
    )
    return Record(
        id=record_id_for(recipe),
        recipe=recipe,
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.COMPOSITE,
        width=256,
        height=256,
    )


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = Studio(tmp_path_factory.mktemp("studio"))
    yield studio
    studio.ledger.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Studio]:
    """An installation that has saved nothing."""
    studio = Studio(tmp_path / "fresh")
    yield studio
    studio.ledger.close()


@pytest.fixture
def in_2001(tmp_path: Path, clock_of_2001: dict[str, str]) -> Callable[[str], str]:
    """Runs code under a clock that says 2001, in the test's folder; returns what it printed."""

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=os.environ | clock_of_2001,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run
