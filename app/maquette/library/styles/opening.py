"""Opening the shelf of styles: what reads its files is loaded then, not when the window starts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maquette.core.errors import StyleError
from maquette.core.style import Style

if TYPE_CHECKING:
    from maquette.library.styles.carried_loras import LoraPlaces, TakenLoras
    from maquette.library.styles.found import Found
    from maquette.library.styles.shelf import StyleShelf

ENDINGS = (".maquette-style", ".json", ".csv")
"""Of the files that styles can be taken in from."""


def open_shelf(folder: Path) -> "StyleShelf":
    """The shelf in `folder`, which is made at first need."""
    from maquette.library.styles.shelf import StyleShelf

    return StyleShelf(folder)


def read_styles(path: Path) -> "Found":
    """The styles in a file of ours, of Fooocus or of stable-diffusion-webui. Raises StyleError."""
    from maquette.library.styles.reading import read_styles as read

    return read(path)


def take_loras(path: Path, styles: Sequence[Style], places: "LoraPlaces") -> "TakenLoras":
    """Keep the LoRAs that `styles` need and the file at `path` carries. Raises StyleError."""
    from maquette.library.styles.carried_loras import take_loras as take

    return take(path, styles, places)


def lora_places(known: tuple[str, ...], folder: Path, digests: Path) -> "LoraPlaces":
    """Where LoRAs are, and `folder` for those that come."""
    from maquette.library.styles.carried_loras import LoraPlaces

    return LoraPlaces(known, folder, digests)


def style_finder(folder: Path) -> "Callable[[str], Style | None]":
    """What finds a style by exactly its id or name, among the shipped ones and those in `folder`.

    Blocks, and so does what it gives; that raises StyleError where several have a name.
    """
    from maquette.library.styles.finding import named_style

    own, _problems = open_shelf(folder).styles()
    known = [*shipped_styles(), *own]
    return lambda name: named_style(known, name)


def shipped_styles() -> tuple[Style, ...]:
    """The styles that come with the program, group by group."""
    from maquette.library.styles.shipped import shipped_styles as shipped

    return shipped()


def read_sample(path: Path) -> bytes:
    """The content of an image file that may become a sample picture. Raises StyleError."""
    from maquette.library.styles.style_files import MAX_SAMPLE

    try:
        with path.open("rb") as file:
            return file.read(MAX_SAMPLE + 1)
    except OSError as error:
        raise StyleError(
            "The sample picture cannot be read; choose another one.", str(error)
        ) from error
