"""LoRAs within files of styles: a style that needs some can be taken anywhere as one file.

Each is an entry of the zip file that is named by its digest, so that it is there once however many
styles need it. What comes out is a stranger's: its size is bounded, its digest is checked, and its
header says that it is a LoRA before it gets a name. Everything here blocks.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from maquette.core.errors import ModelError, StyleError
from maquette.core.files import atomic_file
from maquette.core.lora import LoraUse
from maquette.core.lora_models import find_lora, inspect_lora
from maquette.core.model_files import weights_digest
from maquette.core.plain_text import visible_text
from maquette.core.style import Style
from maquette.library.naming import slug
from maquette.library.styles.style_files import ENDING, MAX_LORA, StrangeStyles, lora_entry

SUFFIX = ".safetensors"
MOST_TOGETHER = 1000 << 20  # bytes of one file's LoRAs


class LoraPlaces(msgspec.Struct, frozen=True):
    """Where LoRAs are: `known` files and folders, and the `folder` for those that come.

    `digests` is the JSON file that keeps digests of weight files.
    """

    known: tuple[str, ...]
    folder: Path
    digests: Path


class TakenLoras(msgspec.Struct, frozen=True):
    """The files of LoRAs that came, and sentences about those that did not."""

    paths: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()


def loras_to_carry(
    styles: Iterable[Style], places: LoraPlaces
) -> tuple[dict[str, Path], tuple[str, ...]]:
    """(file of each LoRA of `styles` by its digest, sentences about those that stay behind)."""
    files: dict[str, Path] = {}
    notices: list[str] = []
    room = MOST_TOGETHER
    for lora in _uses(styles):
        name = visible_text(lora.name)[:100]
        try:
            path = find_lora(lora, places.known, places.digests)
            size = path.stat().st_size
        except (ModelError, OSError):
            notices.append(f"The LoRA {name} is not at hand and is not in the file.")
            continue
        if size > min(MAX_LORA, room):
            notices.append(f"The LoRA {name} is too large for the file and is not in it.")
            continue
        room -= size
        files[lora.digest] = path
    return files, tuple(notices)


def take_loras(path: Path, styles: Iterable[Style], places: LoraPlaces) -> TakenLoras:
    """Keep the LoRAs that `styles` need and the file at `path` carries, unless they are at hand.

    Raises:
        StyleError: the file is damaged, or the disk did not take one.
    """
    wanted = [lora for lora in _uses(styles) if not _is_at_hand(lora, places)]
    if not wanted or path.suffix.lower() != ENDING:
        return TakenLoras()
    taken: list[Path] = []
    notices: list[str] = []
    with StrangeStyles(path) as file:
        for lora in wanted:
            if lora_entry(lora.digest) not in file:
                continue
            try:
                taken.append(_keep(file, lora, places))
            except ModelError as error:
                notices.append(error.message)
    return TakenLoras(tuple(taken), tuple(notices))


def _keep(file: StrangeStyles, lora: LoraUse, places: LoraPlaces) -> Path:
    """Raises ModelError: it is no LoRA, or another one than its name says."""
    fresh = places.folder / f".{slug(lora.name)}{SUFFIX}"  # hidden until it was looked at
    digest = hashlib.sha256()
    try:
        with atomic_file(fresh) as stream:
            for piece in file.pieces(lora_entry(lora.digest), MAX_LORA):
                digest.update(piece)
                stream.write(piece)
        if digest.hexdigest() != lora.digest:
            raise ModelError(
                f"The LoRA {visible_text(lora.name)[:100]} in {file.name} is another one than its "
                "style names and was left out."
            )
        inspect_lora(fresh)
        path = _free(places.folder, slug(lora.name))
        fresh.rename(path)
    except OSError as error:
        raise StyleError(
            f"The LoRA of a style could not be saved in {places.folder} ({error.strerror}); check "
            "that the folder can be written to.",
            str(error),
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    weights_digest(path, places.digests)  # known from now on
    return path


def _free(folder: Path, stem: str) -> Path:
    """A name in `folder` that no file has."""
    number = 1
    while True:
        path = folder / (f"{stem}{SUFFIX}" if number == 1 else f"{stem}-{number}{SUFFIX}")
        if not path.exists():
            return path
        number += 1


def _is_at_hand(lora: LoraUse, places: LoraPlaces) -> bool:
    try:
        find_lora(lora, places.known, places.digests)
    except ModelError:
        return False
    return True


def _uses(styles: Iterable[Style]) -> Sequence[LoraUse]:
    """The LoRAs of `styles`, each once."""
    uses: Mapping[str, LoraUse] = {lora.digest: lora for style in styles for lora in style.loras}
    return tuple(uses.values())
