"""What the library tells of its pictures: rows, boards, facets, kinship. Plain values."""

from enum import StrEnum
from pathlib import Path

import msgspec

from maquette.core.record import Record

MAX_RATING = 5


class Source(StrEnum):
    """How a picture came to be."""

    PROMPT = "prompt"
    IMAGE = "image"  # from a start image
    SKETCH = "sketch"
    IMPORTED = "imported"  # by another program


class Presence(StrEnum):
    """What became of a picture's file since it was filed."""

    PRESENT = "present"
    MISSING = "missing"  # moved or removed by somebody else
    EDITED = "edited"  # its bytes are not those that were filed


class ForeignRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How another program says it made a picture. A stranger's text: plain, short, not believed.

    Numbers are None where nothing is said. `sampler` and `model` are the other program's names.
    """

    tool: str
    prompt: str = ""
    negative_prompt: str = ""
    seed: int | None = None
    steps: int | None = None
    guidance_scale: float | None = None
    sampler: str = ""
    model: str = ""


class GalleryPicture(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of the library.

    `record` is what we assert; None for pictures of other programs, which may have `foreign`.
    `created` is ISO 8601 in UTC. `rating` is 0 to MAX_RATING, `tags` and `boards` (their ids) are
    sorted. `trashed` is when it went to the trash (ISO 8601 in UTC), "" if it did not. `path` is
    absolute: where the file is, in the trash too. `pixel_sha256` is "" until somebody decoded it.
    """

    id: int
    path: Path
    record: Record | None
    foreign: ForeignRecipe | None = None
    created: str
    width: int
    height: int
    file_bytes: int
    file_sha256: str
    pixel_sha256: str = ""
    source: Source = Source.PROMPT
    presence: Presence = Presence.PRESENT
    rating: int = 0
    tags: tuple[str, ...] = ()
    boards: tuple[int, ...] = ()
    note: str = ""
    trashed: str = ""

    @property
    def prompt(self) -> str:
        """The words it was made from, "" where none are known."""
        if self.record is not None:
            return self.record.recipe.prompt
        return self.foreign.prompt if self.foreign else ""


class Board(msgspec.Struct, frozen=True):
    """A named collection of pictures; a picture may be on several."""

    id: int
    name: str
    pictures: int = 0


class Facet(msgspec.Struct, frozen=True):
    """One word to narrow a search down by: `field:value` of the query language, and how many."""

    field: str
    value: str
    pictures: int


class Kin(StrEnum):
    """How one picture or file is related to another."""

    START = "start"  # it was the start image
    SKETCH = "sketch"  # it was drawn after this sketch
    SAME_SKETCH = "same-sketch"  # another render of its sketch
    SAME_RECIPE = "same-recipe"  # the same recipe but for the seed
    MADE_FROM_THIS = "made-from-this"
    EXPORT = "export"  # a file that went out
    SAME_CONTENT = "same-content"  # the same pixels in another file


class Relative(msgspec.Struct, frozen=True, kw_only=True):
    """One relative of a picture. `picture` is None for what the library does not have (any more).

    `name` is a record id, a digest or a path, whatever is known of it; `note` e.g. a preset's name.
    `file` is an image file that shows it where there is no picture, as of a sketch.
    """

    kin: Kin
    name: str
    picture: GalleryPicture | None = None
    note: str = ""
    created: str = ""
    file: Path | None = None
