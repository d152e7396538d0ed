"""SVG of strangers: told from other files, bounded, and rid of all that is not drawing."""

import re
import zlib
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from maquette.core.errors import ImageError

MAX_SVG = 16 << 20  # bytes, unpacked
MAX_ELEMENTS = 100_000
MAX_DEPTH = 200
_GZIP = b"\x1f\x8b"
_HEAD = 4096  # bytes in which the first element begins
_SEPARATOR = "|"  # between namespace and name, as expat is told to give them
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"

# Programs, other documents, and what moves: nothing of it is part of a drawing at rest.
_LEFT_OUT = frozenset(
    {"script", "foreignobject", "iframe", "audio", "video", "animate", "animatecolor",
     "animatemotion", "animatetransform", "set", "feimage", "handler", "metadata", "font-face-uri"}
)  # fmt: skip
_EMBEDDED = re.compile(r"data:image/(png|jpeg);base64,", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\s*+\(\s*+['\"]?+\s*+(?!#)|@import|expression\s*\(|\\", re.IGNORECASE)


def is_svg(data: bytes) -> bool:
    """Whether a file that begins with `data` is meant to be SVG, compressed or not."""
    if data.startswith(_GZIP):
        try:
            data = zlib.decompressobj(31).decompress(data[:_HEAD], _HEAD)
        except zlib.error:
            return False
    head = data[:_HEAD]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and re.search(rb"<([\w.-]+:)?svg[\s>]", head) is not None


def plain_svg(data: bytes) -> bytes:
    """`data` as an SVG document, UTF-8, that refers to nothing outside and runs nothing.

    Scripts, event handlers, animations, links, other documents and files, and style sheets that
    name any are left out; pictures stay only if they are embedded.

    Raises:
        ImageError: too large, too deep, not well-formed, or with entities of its own, which are
            refused before any is replaced.
    """
    if data.startswith(_GZIP):
        data = _unpacked(data)
    if len(data) > MAX_SVG:
        raise ImageError(_too_large())
    writer = _Writer()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ImageError(
            "This SVG file is damaged and cannot be read; export it again.", str(error)
        ) from error
    if not writer.parts:
        raise ImageError("This file holds no SVG drawing; export it again.")
    return "".join(writer.parts).encode()


def _unpacked(data: bytes) -> bytes:
    try:
        unpacked = zlib.decompressobj(31).decompress(data, MAX_SVG + 1)
    except zlib.error as error:
        raise ImageError(
            "This SVG file is damaged and cannot be read; export it again.", str(error)
        ) from error
    if len(unpacked) > MAX_SVG:
        raise ImageError(_too_large())
    return unpacked


def _too_large() -> str:
    return f"This SVG file is larger than {MAX_SVG >> 20} MiB and was not read."


def _refuse_entity(*_declared: Any) -> None:
    raise ImageError(
        "This SVG file defines entities, which are not read; export it again as plain SVG."
    )


class _Writer:
    """Writes down what may stay of the elements that expat tells of."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._open: list[str] = []  # names of the elements that are written
        self._skipped = 0  # depth inside one that is left out
        self._count = 0
        self._style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) + self._skipped >= MAX_DEPTH:
            raise ImageError(
                "This SVG file is too complex to be read; export it as PNG and import that."
            )
        space, _, local = name.rpartition(_SEPARATOR)
        if self._skipped or local.lower() in _LEFT_OUT or space not in ("", _SVG):
            self._skipped += 1
            return
        if not self._open:
            if local != "svg":
                raise ImageError("This file holds no SVG drawing; export it again.")
            self.parts.append(f'<svg xmlns="{_SVG}" xmlns:xlink="{_XLINK}"')
        else:
            self.parts.append(f"<{local}")
        for key, value in attributes.items():
            self._attribute(local, key, value)
        self.parts.append(">")
        self._open.append(local)
        if local == "style":
            self._style = []

    def _attribute(self, element: str, key: str, value: str) -> None:
        space, _, local = key.rpartition(_SEPARATOR)
        if space not in ("", _SVG, _XLINK) or local.lower().startswith("on"):
            return
        if local == "href":
            inside = value.strip().startswith("#")
            if inside or (element == "image" and _EMBEDDED.match(value.strip())):
                self.parts.append(f" xlink:href={quoteattr(value.strip())}")
        elif not space and local != "base" and not _OUTSIDE.search(value):
            self.parts.append(f" {local}={quoteattr(value)}")

    def end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        if self._style is not None:
            sheet = "".join(self._style)
            if not _OUTSIDE.search(sheet):
                self.parts.append(escape(sheet))
            self._style = None
        self.parts.append(f"</{self._open.pop()}>")

    def text(self, data: str) -> None:
        if self._skipped or not self._open:
            return
        if self._style is not None:
            self._style.append(data)
        else:
            self.parts.append(escape(data))
