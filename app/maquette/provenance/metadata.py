"""What a picture file says in text: written into our PNGs, read with bounds from any file.

A PNG of ours carries three texts: the XMP packet, our record as JSON (`maquette`), and, when the
recipe is to be in the file, the `parameters` text. Nothing in them names a user, a host or a path.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from PIL import Image, PngImagePlugin

from maquette.core.errors import ImageError, RecipeError
from maquette.core.model_info import BUILT_IN
from maquette.core.pixels import MAX_IMAGE_PIXELS, Pixels
from maquette.core.recipe import Recipe, check_recipe
from maquette.core.record import Record, SourceType
from maquette.provenance.parameters import write_parameters
from maquette.provenance.xmp import XmpLabel, read_xmp, write_xmp

MAX_FILE = 256 << 20  # bytes
MAX_TEXT = 1 << 20  # bytes of one text
RECORD_KEY = "maquette"
_PARAMETERS_KEY = "parameters"
_XMP_KEY = "XML:com.adobe.xmp"
_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF")
_PNG_LEVEL = 3  # measured: as fast as 1, and 0.97 of its size; 6 takes twice as long for 0.94
_SRGB_CHUNK = (b"sRGB", b"\0")  # rendering intent: perceptual
_EXIF_IFD, _USER_COMMENT = 0x8769, 0x9286


class EmbeddedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Our record as it stands in a file: without marks, and without recipe if that is private."""

    id: str
    created: str
    tool: str
    source_type: SourceType
    width: int
    height: int
    recipe: Recipe | None = None
    format: int = 1


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says in text. `problems` are sentences about texts that could not be read."""

    format: str
    width: int
    height: int
    record: EmbeddedRecord | None = None
    parameters: str = ""
    xmp: XmpLabel | None = None
    problems: tuple[str, ...] = ()


def embedded(record: Record, *, write_recipe: bool) -> EmbeddedRecord:
    """The part of `record` that goes into its file."""
    return EmbeddedRecord(
        id=record.id,
        created=record.created,
        tool=record.tool,
        source_type=record.source_type,
        width=record.width,
        height=record.height,
        recipe=_without_path(record.recipe) if write_recipe else None,
    )


def encode_png(pixels: Pixels, record: Record, *, write_recipe: bool) -> bytes:
    """`pixels` as an sRGB PNG file that carries the texts of `record`."""
    info = PngImagePlugin.PngInfo()
    info.add(*_SRGB_CHUNK)
    info.add_itxt(_XMP_KEY, write_xmp(record))
    if write_recipe:
        info.add_text(_PARAMETERS_KEY, write_parameters(record.recipe, record.tool))
    content = msgspec.json.encode(embedded(record, write_recipe=write_recipe))
    info.add_itxt(RECORD_KEY, content.decode())
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", pnginfo=info, compress_level=_PNG_LEVEL)
    return buffer.getvalue()


def read_image(source: Path | bytes) -> tuple[Pixels, Metadata]:
    """Decode a PNG, JPEG, WebP or AVIF file, from disk or memory: (RGB pixels, its texts).

    Raises:
        ImageError: missing, too large to decode, of another format, or damaged.
    """
    _check_length(source)
    try:
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        with Image.open(file, formats=_FORMATS) as image:
            if image.width * image.height > MAX_IMAGE_PIXELS:
                raise ImageError(
                    f"This image has {image.width} x {image.height} pixels, "
                    f"more than the {MAX_IMAGE_PIXELS:,} that are read; make it smaller first."
                )
            image.load()
            pixels = np.array(image.convert("RGB"))
            return pixels, _texts_of(image)
    except ImageError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError(
            "This image has too many pixels to be read; make it smaller first.", str(error)
        ) from error
    except FileNotFoundError as error:
        raise ImageError(f"There is no file {source}.") from error
    except Image.UnidentifiedImageError as error:
        raise ImageError(
            "This file is not a PNG, JPEG, WebP or AVIF image, or its beginning is damaged."
        ) from error
    except Exception as error:  # decoders answer hostile files with errors of a dozen kinds
        raise ImageError(
            "This image is damaged and cannot be read; try another copy of it.", repr(error)
        ) from error


def _check_length(source: Path | bytes) -> None:
    if isinstance(source, bytes):
        length = len(source)
    elif source.is_dir():
        raise ImageError(f"{source} is a folder; name an image file.")
    else:
        try:
            length = source.stat().st_size
        except FileNotFoundError as error:
            raise ImageError(f"There is no file {source}.") from error
        except (OSError, ValueError) as error:
            raise ImageError(f"The file {source} cannot be opened.", str(error)) from error
    if length > MAX_FILE:
        raise ImageError(f"This file is larger than {MAX_FILE >> 20} MiB and was not read.")


def _texts_of(image: Image.Image) -> Metadata:
    info: Mapping[Any, Any] = image.info
    problems: list[str] = []
    record, label = None, None
    if isinstance(text := info.get(RECORD_KEY), str):
        try:
            record = _read_record(text)
        except ImageError as error:
            problems.append(error.message)
    packet = info.get("xmp") or info.get(_XMP_KEY)
    if packet:
        try:
            label = read_xmp(packet.encode() if isinstance(packet, str) else bytes(packet))
        except ImageError as error:
            problems.append(error.message)
    parameters = info.get(_PARAMETERS_KEY) or _user_comment(image)
    if not isinstance(parameters, str):
        parameters = ""
    if len(parameters) > MAX_TEXT:
        problems.append("The recipe text of this file is too long and was not read.")
        parameters = ""
    return Metadata(
        format=image.format or "",
        width=image.width,
        height=image.height,
        record=record,
        parameters=parameters,
        xmp=label,
        problems=tuple(problems),
    )


def _read_record(text: str) -> EmbeddedRecord:
    """Raises ImageError. A stranger's text decides nothing: a model's path in it is dropped."""
    if len(text) > MAX_TEXT:
        raise ImageError("The Maquette record of this file is too long and was not read.")
    try:
        record = msgspec.json.decode(text.encode(), type=EmbeddedRecord)
        if record.recipe is not None:
            check_recipe(record.recipe, latent_factor=1)
    except (msgspec.DecodeError, RecipeError, UnicodeEncodeError, RecursionError) as error:
        raise ImageError(
            "The Maquette record of this file is damaged or of a newer version and was not read.",
            str(error),
        ) from error
    if record.recipe is None:
        return record
    return msgspec.structs.replace(record, recipe=_without_path(record.recipe))


def _without_path(recipe: Recipe) -> Recipe:
    """`recipe` with a user's model told by name and digest only."""
    identity = BUILT_IN if recipe.model.id == BUILT_IN else ""
    return msgspec.structs.replace(recipe, model=msgspec.structs.replace(recipe.model, id=identity))


def _user_comment(image: Image.Image) -> str:
    """EXIF UserComment, where JPEG, WebP and AVIF files keep the `parameters` text."""
    comment = image.getexif().get_ifd(_EXIF_IFD).get(_USER_COMMENT)
    if not isinstance(comment, bytes):
        return ""
    coding, text = comment[:8], comment[8:]
    if coding == b"UNICODE\0":
        return text.decode("utf-16-be", errors="replace")
    return text.decode("ascii", errors="replace") if coding == b"ASCII\0\0\0" else ""
