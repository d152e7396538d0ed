"""What a picture file says in text, read with bounds from any file, ours or a stranger's."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from maquette.core.errors import ImageError, RecipeError
from maquette.core.pixels import MAX_IMAGE_PIXELS, Pixels
from maquette.core.recipe import check_recipe
from maquette.provenance.aigc import AigcLabel, read_aigc
from maquette.provenance.colour_sources import profile_of
from maquette.provenance.exif_graph import graph_texts
from maquette.provenance.texts import (
    PARAMETERS_KEY,
    RECORD_KEY,
    XMP_KEY,
    EmbeddedRecord,
    without_path,
)
from maquette.provenance.user_comment import read_user_comment
from maquette.provenance.xmp import TC260, XmpLabel, read_xmp

MAX_FILE = 256 << 20  # bytes
MAX_TEXT = 1 << 20  # bytes of one text
FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF")
"""What is opened, as Pillow names it."""
_AIGC_KEY = "AIGC"  # as some tools name a PNG text, beside or instead of XMP
_EXIF_KEYS = {"exif", "Raw profile type exif", "Raw profile type APP1"}  # of Image.info
_PNG_START = b"\x89PNG\r\n\x1a\n"
_MAX_LABELS = 8  # AIGC labels that are taken apart; more than one is wrong already


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says in text.

    `aigc` holds the readable AIGC labels; `aigc_copies` counts all that the file has, of which GB
    45438-2025 allows one. `texts` holds what else there is under a name, such as the workflows of
    other tools. `frames` counts pictures; only the first is read. `problems` are sentences about
    what could not be read.
    """

    format: str
    width: int
    height: int
    frames: int = 1
    record: EmbeddedRecord | None = None
    parameters: str = ""
    xmp: XmpLabel | None = None
    aigc: tuple[AigcLabel, ...] = ()
    aigc_copies: int = 0
    texts: dict[str, str] = {}
    problems: tuple[str, ...] = ()


def read_image(source: Path | bytes) -> tuple[Pixels, Metadata]:
    """Decode a PNG, JPEG, WebP, AVIF or TIFF file, from disk or memory: (RGB pixels, its texts).

    Of an animated file the first picture is read; 16-bit grey is scaled to 8 bits; transparency
    is dropped.

    Raises:
        ImageError: missing, too large to decode, of another format, or damaged.
    """
    with _opened(source) as (image, file):
        image.load()
        return _rgb(image), _texts_of(image, file)


def read_metadata(source: Path | bytes) -> Metadata:
    """The texts of a file as `read_image` gives them, without decoding its pixels.

    A file whose pixels are damaged can have texts that are whole.

    Raises:
        ImageError: missing, too large to decode, of another format, or damaged at its beginning.
    """
    with _opened(source) as (image, file):
        if image.format == "PNG" and _has_late_texts(file):
            image.load()
        return _texts_of(image, file)


def read_profile(source: Path | bytes) -> bytes:
    """The ICC profile that a file's pixels come with, b"" for none. Nothing is decoded.

    Raises:
        ImageError: see `read_image`.
    """
    with _opened(source) as (image, _file):
        return profile_of(image)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[tuple[Image.Image, bytes]]:
    """The image, whose pixels are not decoded yet, and its file. What goes wrong is an ImageError.

    Raises:
        ImageError: see `read_image`.
    """
    _check_length(source)
    try:
        file = source if isinstance(source, bytes) else source.read_bytes()
        with Image.open(io.BytesIO(file), formats=FORMATS) as image:
            if image.width * image.height > MAX_IMAGE_PIXELS:
                raise ImageError(
                    f"This image has {image.width} x {image.height} pixels, "
                    f"more than the {MAX_IMAGE_PIXELS:,} that are read; make it smaller first."
                )
            yield image, file
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
            "This file is not a PNG, JPEG, WebP, AVIF or TIFF image, or its beginning is damaged."
        ) from error
    except Exception as error:  # decoders answer hostile files with errors of a dozen kinds
        raise ImageError(
            "This image is damaged and cannot be read; try another copy of it.", repr(error)
        ) from error


def _rgb(image: Image.Image) -> Pixels:
    if image.mode.startswith("I;16"):
        grey = (np.asarray(image).astype(np.uint16) >> 8).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    return np.array(image.convert("RGB"))


def _may_have_exif(image: Image.Image) -> bool:
    """Whether to ask for EXIF: Pillow decodes a whole PNG file to look for some behind its pixels.

    Where there is some, `_has_late_texts` found it and the file is decoded already.
    """
    return image.format != "PNG" or not _EXIF_KEYS.isdisjoint(image.info)


def _has_late_texts(png: bytes) -> bool:
    """Whether texts stand behind the pixels, where some programs put them."""
    place, behind = len(_PNG_START), False
    while place + 8 <= len(png):
        kind = png[place + 4 : place + 8]
        if kind == b"IDAT":
            behind = True
        elif behind and kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            return True
        place += 12 + int.from_bytes(png[place : place + 4], "big")
    return False


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


class _Texts:
    """Takes the texts of one file apart; what cannot be read becomes a problem."""

    def __init__(self, image: Image.Image) -> None:
        self.info = {key: value for key, value in image.info.items() if isinstance(key, str)}
        self.problems: list[str] = []

    def record(self, label: XmpLabel | None) -> EmbeddedRecord | None:
        text = self.info.get(RECORD_KEY) or (label.record if label else "")
        if not isinstance(text, str) or not (text or RECORD_KEY in self.info):
            return None
        try:
            return _read_record(text)
        except ImageError as error:
            self.problems.append(error.message)
            return None

    def label(self) -> XmpLabel | None:
        packet = self.info.get("xmp") or self.info.get(XMP_KEY)
        if not isinstance(packet, str | bytes) or not packet:
            return None
        try:
            return read_xmp(packet.encode() if isinstance(packet, str) else packet)
        except ImageError as error:
            self.problems.append(error.message)
            return None

    def parameters(self, comment: str) -> str:
        text = self.info.get(PARAMETERS_KEY) or comment
        if not isinstance(text, str):
            return ""
        if len(text) > MAX_TEXT:
            self.problems.append("The recipe text of this file is too long and was not read.")
            return ""
        return text

    def comment(self, image: Image.Image) -> str:
        if not _may_have_exif(image):
            return ""
        try:
            return read_user_comment(image)
        except Exception:  # EXIF is a format of its own, and its reader as many-voiced as decoders
            self.problems.append("The EXIF of this file is damaged and was not read.")
            return ""

    def aigc(self, texts: list[str]) -> Iterator[AigcLabel]:
        for text in texts[:_MAX_LABELS]:
            try:
                yield read_aigc(text)
            except ImageError as error:
                self.problems.append(error.message)

    def others(self, image: Image.Image) -> dict[str, str]:
        ours = {RECORD_KEY, PARAMETERS_KEY, XMP_KEY, _AIGC_KEY}
        graphs = graph_texts(image) if _may_have_exif(image) else {}
        return {
            key: str(value)
            for key, value in (graphs | self.info).items()
            if key not in ours and isinstance(value, str) and len(value) <= MAX_TEXT
        }


def _texts_of(image: Image.Image, file: bytes) -> Metadata:
    texts = _Texts(image)
    label = texts.label()
    record = texts.record(label)
    comment = texts.comment(image)
    labels = list(label.aigc) if label else []
    packets = file.count(TC260.encode())  # a reader sees one packet of those that there may be
    hidden = max(0, packets - 1) if labels else packets
    if isinstance(chunk := texts.info.get(_AIGC_KEY), str):
        labels.append(chunk)
    if comment.lstrip().startswith("{") and f'"{_AIGC_KEY}"' in comment:
        labels.append(comment)
        comment = ""
    aigc = tuple(texts.aigc(labels))
    copies = len(labels) + hidden
    if copies > 1:
        texts.problems.append(
            f"This file has {copies} AIGC labels, of which GB 45438-2025 allows one."
        )
    return Metadata(
        format=image.format or "",
        width=image.width,
        height=image.height,
        frames=getattr(image, "n_frames", 1),
        record=record,
        parameters=texts.parameters(comment),
        xmp=label,
        aigc=aigc,
        aigc_copies=copies,
        texts=texts.others(image),
        problems=tuple(texts.problems),
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
    return msgspec.structs.replace(record, recipe=without_path(record.recipe))
