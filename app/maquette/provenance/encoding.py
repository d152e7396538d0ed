"""Encoding: pixels and texts become a file of one of five formats, with its colour profile.

This is the only place where a picture for the user is encoded; `seal` is its only caller.
"""

import io
from typing import Any

from PIL import Image, PngImagePlugin, TiffImagePlugin

from maquette.core.errors import ImageError
from maquette.core.export_preset import ColourSpace
from maquette.core.marking import FileFormat
from maquette.core.pixels import Pixels
from maquette.provenance.colour_profiles import icc_profile
from maquette.provenance.texts import PARAMETERS_KEY, RECORD_KEY, XMP_KEY, Texts
from maquette.provenance.user_comment import EXIF_IFD, comment_exif

QUALITY = {FileFormat.JPEG: 95, FileFormat.WEBP: 90, FileFormat.AVIF: 85}
"""1 to 100, unless the user asks for another; the other formats know no quality."""

_LONGEST_SIDE = {FileFormat.JPEG: 65_500, FileFormat.WEBP: 16_383, FileFormat.AVIF: 65_536}
_PNG_LEVEL = 3  # measured: as fast as 1, and 0.97 of its size; 6 takes twice as long for 0.94
_AVIF_SPEED = 6
_SRGB_CHUNK = (b"sRGB", b"\0")  # rendering intent: perceptual
_WHOLE_CHROMA = 90  # JPEG quality from which colour keeps the resolution of brightness
_EXACT = 100  # WebP quality that means lossless
_XMP_TAG, _BYTE = 700, 1
_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT, _INCH = 282, 283, 296, 2  # TIFF and EXIF tags


def is_exact(file_format: FileFormat, quality: int | None) -> bool:
    """Whether a file gives back the very pixels that were encoded."""
    if file_format is FileFormat.WEBP:
        return _quality(file_format, quality) == _EXACT
    return file_format in (FileFormat.PNG, FileFormat.TIFF)


def encode(
    pixels: Pixels,
    texts: Texts,
    file_format: FileFormat,
    quality: int | None = None,
    *,
    colour: ColourSpace = ColourSpace.SRGB,
    dpi: int | None = None,
) -> bytes:
    """`pixels` as a file that carries `texts`; the same arguments give the same bytes.

    JPEG knows no transparency: it is laid over white there.

    Args:
        quality: 1 to 100 for JPEG, WebP (100 is lossless) and AVIF; None is the format's own.
        colour: what the pixels' numbers mean; its ICC profile goes into the file (for sRGB, PNG
            has a chunk of its own).
        dpi: pixels per inch at which the picture is meant to be printed, None to say nothing.

    Raises:
        ImageError: the format cannot hold a picture of this size, or the quality is out of range.
    """
    image = Image.fromarray(pixels)
    longest = _LONGEST_SIDE.get(file_format)
    if longest is not None and max(image.size) > longest:
        raise ImageError(
            f"A {file_format.upper()} file can be at most {longest} pixels wide or high; "
            "choose a smaller size or PNG."
        )
    if file_format is FileFormat.JPEG and image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image).convert("RGB")
    buffer = io.BytesIO()
    options = _options(texts, file_format, quality, colour, dpi)
    image.save(buffer, file_format.upper(), **options)
    return buffer.getvalue()


def _options(
    texts: Texts,
    file_format: FileFormat,
    quality: int | None,
    colour: ColourSpace,
    dpi: int | None,
) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if file_format is not FileFormat.PNG or colour is not ColourSpace.SRGB:
        options["icc_profile"] = icc_profile(colour)
    if dpi and file_format in (FileFormat.PNG, FileFormat.JPEG, FileFormat.TIFF):
        options["dpi"] = (dpi, dpi)
    if file_format is FileFormat.PNG:
        return options | {"pnginfo": _png_texts(texts, colour), "compress_level": _PNG_LEVEL}
    if file_format is FileFormat.TIFF:
        return options | {"tiffinfo": _tiff_tags(texts)}
    options["quality"] = chosen = _quality(file_format, quality)
    options["xmp"] = texts.xmp.encode()
    if texts.parameters or dpi:
        options["exif"] = _exif(texts, dpi).tobytes()
    if file_format is FileFormat.JPEG:
        options["subsampling"] = "4:4:4" if chosen >= _WHOLE_CHROMA else "4:2:0"
        options["optimize"] = True
    elif file_format is FileFormat.AVIF:
        options["speed"] = _AVIF_SPEED
        options["subsampling"] = "4:4:4" if chosen >= _WHOLE_CHROMA else "4:2:0"
    elif chosen == _EXACT:
        options["lossless"] = options["exact"] = True
    return options


def _quality(file_format: FileFormat, quality: int | None) -> int:
    chosen = QUALITY[file_format] if quality is None else quality
    if not 1 <= chosen <= 100:
        raise ImageError(f"The quality must be between 1 and 100, not {chosen}.")
    return chosen


def _png_texts(texts: Texts, colour: ColourSpace) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    if colour is ColourSpace.SRGB:
        info.add(*_SRGB_CHUNK)
    info.add_itxt(XMP_KEY, texts.xmp)
    if texts.parameters:
        info.add_text(PARAMETERS_KEY, texts.parameters)
    if texts.record:
        info.add_itxt(RECORD_KEY, texts.record)
    return info


def _tiff_tags(texts: Texts) -> TiffImagePlugin.ImageFileDirectory_v2:
    """Tags of an uncompressed TIFF: with compression, libtiff writes no EXIF directory."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[_XMP_TAG] = texts.xmp.encode()
    tags.tagtype[_XMP_TAG] = _BYTE
    if texts.parameters:
        tags[EXIF_IFD] = dict(comment_exif(texts.parameters).get_ifd(EXIF_IFD))
    return tags


def _exif(texts: Texts, dpi: int | None) -> Image.Exif:
    """The only place for the resolution in WebP and AVIF; in JPEG many believe it first."""
    exif = comment_exif(texts.parameters) if texts.parameters else Image.Exif()
    if dpi:
        exif[_X_RESOLUTION] = exif[_Y_RESOLUTION] = TiffImagePlugin.IFDRational(dpi)
        exif[_RESOLUTION_UNIT] = _INCH
    return exif
