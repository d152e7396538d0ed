"""A library of many pictures that were never made: rows as saving files leaves them, no files."""

import datetime
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from maquette.core.recipe import ModelRef, Recipe, Sampler, StartImage
from maquette.core.record import Record, SourceType, record_id_for
from maquette.library.database import open_database
from maquette.library.ledger_row import sha256
from maquette.library.pictures import annotations, boards
from maquette.library.pictures.rows import NewPicture, insert
from maquette.library.schemas import LIBRARY
from maquette_resources import vocabulary

FOLDER = Path("/pictures that are nowhere")
TAGS = ("client A", "client B", "sent", "draft", "favourite", "封面", "灵感")
BOARDS = ("Spring catalogue", "Posters", "春季目录")
Words = Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
_CHUNK = 5_000
_NEWEST = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
_MODELS = (
    ModelRef("maquette-mini", "ab" * 32, "Maquette Mini"),
    ModelRef("/models/studio.safetensors", "cd" * 32, "Studio 1.5"),
)
_SIDES = ((256, 256), (512, 512), (512, 768), (768, 512), (1024, 1024))


def fill(path: Path, count: int, folder: Path = FOLDER) -> None:
    """Add `count` pictures to the library at `path`, made if need be; one every five minutes.

    Prompts name forms, materials, colours, styles and settings in English and Chinese; a third of
    the pictures is rated, a tenth tagged, a twentieth on a board. The same each time.
    """
    chance = random.Random(7)
    words = vocabulary()
    with closing(open_database(path, LIBRARY)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for start in range(0, count, _CHUNK):
            connection.execute("BEGIN IMMEDIATE")
            ids = [
                insert(connection, _picture(number, count, chance, words, folder))
                for number in range(start, min(start + _CHUNK, count))
            ]
            _annotate(connection, ids, chance)
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def prompts(chance: random.Random) -> Iterator[str]:
    """Prompts without end, half of them in Chinese."""
    words = vocabulary()
    while True:
        yield _prompt(chance, words)


def _prompt(chance: random.Random, words: Words) -> str:
    language = chance.choice(("en", "zh"))

    def one(field: str) -> str:
        names: Sequence[str] = ()
        while not names:
            names = chance.choice(list(words[field].values()))[language]
        return chance.choice(names)

    if language == "zh":
        return (
            f"一个{one('colour')}的{one('material')}{one('form')}，{one('setting')}，{one('style')}"
        )
    return f"a {one('colour')} {one('material')} {one('form')}, {one('setting')}, {one('style')}"


def _picture(
    number: int,
    count: int,
    chance: random.Random,
    words: Words,
    folder: Path,
) -> NewPicture:
    width, height = chance.choice(_SIDES)
    recipe = Recipe(
        prompt=_prompt(chance, words),
        seed=chance.randrange(2**32),
        width=width,
        height=height,
        steps=chance.choice((8, 20, 30)),
        guidance_scale=5.0,
        model=chance.choice(_MODELS),
        sampler=chance.choice(list(Sampler)),
        start=StartImage(f"{number:064x}") if number % 10 == 0 else None,
    )
    made = _NEWEST - datetime.timedelta(minutes=5 * (count - number))
    record = Record(
        id=record_id_for(recipe),
        recipe=recipe,
        created=made.isoformat(timespec="seconds"),
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=width,
        height=height,
    )
    return NewPicture(
        folder=folder,
        path=Path(f"{made:%Y-%m-%d}", f"picture-{number:06d}-{record.id}.png"),
        record=record,
        file_bytes=width * height,
        file_sha256=sha256(b"file %d" % number),
        pixel_sha256=sha256(b"pixels %d" % (number - number % 50 // 49)),  # one in 50 is a copy
        thumbnail="",
        job=f"{number:032x}",
    )


def _annotate(connection: sqlite3.Connection, ids: Sequence[int], chance: random.Random) -> None:
    """Ratings, tags and boards, as people give them."""
    rated = {each: chance.randint(1, 5) for each in ids if chance.random() < 1 / 3}
    annotations.rate(connection, rated)
    for tag in TAGS:
        annotations.tag(connection, chance.sample(ids, len(ids) // 10 // len(TAGS)), [tag], [])
    known = {board.name: board for board in boards.boards(connection)}
    for name in BOARDS:
        board = known.get(name) or boards.add(connection, name)
        boards.put(connection, chance.sample(ids, len(ids) // 20 // len(BOARDS)), board.id)
