"""A gallery over a library that files real rows and real files."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from maquette.core.control import Control
from maquette.core.fidelity import Fidelity
from maquette.core.gallery import ForeignRecipe
from maquette.core.recipe import ModelRef, Recipe, StartImage
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.style_ref import StyleRef
from maquette.library.gallery import Gallery
from maquette.library.query import parse_query
from maquette.library.store import Library, NewPicture


class Shelf:
    """Files pictures, with files of a few bytes that nobody decodes here."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library = library
        self.folder = folder

    def record(
        self,
        prompt: str = "a red mug",
        seed: int = 7,
        *,
        created: str = "2026-03-01T12:00:00+00:00",
        start: StartImage | None = None,
        size: tuple[int, int] = (256, 256),
        model: str = "Maquette Mini",
        controls: tuple[Control, ...] = (),
        fidelity: Fidelity | None = None,
        style: StyleRef | None = None,
    ) -> Record:
        width, height = size
        recipe = Recipe(
            prompt=prompt, seed=seed, width=width, height=height, steps=20, guidance_scale=5.0,
            model=ModelRef("maquette-mini", "ab" * 32, model), start=start,
            controls=controls, style=style,
        )  # fmt: skip
        return Record(
            id=record_id_for(recipe), recipe=recipe, created=created, tool="Maquette 0.1.0",
            source_type=SourceType.GENERATED, width=width, height=height, fidelity=fidelity,
        )  # fmt: skip

    def add(
        self,
        prompt: str = "a red mug",
        seed: int = 7,
        *,
        name: str = "",
        pixels: str = "",
        job: str = "",
        **record: object,
    ) -> int:
        """File a picture of ours; returns its number."""
        made = self.record(prompt, seed, **record)
        return self._file(made, name or f"{made.id}-{seed}.png", pixels, job=job)

    def add_foreign(self, foreign: ForeignRecipe, name: str = "from elsewhere.png") -> int:
        """File a picture of another program."""
        return self._file(
            None, name, "", foreign=foreign, width=640, height=480,
            created="2026-02-01T00:00:00+00:00",
        )  # fmt: skip

    def _file(self, record: Record | None, name: str, pixels: str, **more: object) -> int:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = f"bytes of {name}".encode()
        path.write_bytes(content)
        picture = NewPicture(
            folder=self.folder, path=Path(name), record=record, file_bytes=len(content),
            file_sha256=sha256(content).hexdigest(),
            pixel_sha256=sha256((pixels or name).encode()).hexdigest(), **more,
        )  # fmt: skip
        with self.library.adding(picture) as row:
            return row


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The index."""
    return tmp_path / "data" / "library.sqlite3"


@pytest.fixture
def shelf(file: Path, pictures: Path) -> Iterator[Shelf]:
    """Files pictures into the library."""
    with Library.open(file) as library:
        yield Shelf(library, pictures)


@pytest.fixture
def gallery(file: Path, shelf: Shelf) -> Iterator[Gallery]:
    """The library as people see it."""
    with Gallery.open(file) as opened:
        yield opened


@pytest.fixture
def find(gallery: Gallery) -> Callable[[str], list[int]]:
    """What a query finds, newest first; it must be understood."""

    def found(text: str) -> list[int]:
        query = parse_query(text)
        assert query.problems == ()
        return gallery.find(query).tolist()

    return found
