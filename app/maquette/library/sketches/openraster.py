"""OpenRaster files (.ora), which Krita, GIMP and MyPaint read and write.

By the specification 0.0.5 (https://www.openraster.org): a zip file of `mimetype`, `stack.xml`,
`data/*.png`, `mergedimage.png` and `Thumbnails/thumbnail.png`. What a layer is for is an attribute
of ours, which other programs pass over. Everything here blocks and belongs in a thread.
"""

import secrets
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from maquette.core.drawing import MAX_LAYERS, Drawing, Layer, LayerRole
from maquette.core.drawing_edits import check_size
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.errors import DrawingError
from maquette.core.open_drawing import Content
from maquette.core.tiles import Fetch
from maquette.library.sketches.found import (
    Found,
    missing_notice,
    short,
    sound,
    unreadable,
    with_layers,
)
from maquette.library.sketches.layer_images import layer_png, png
from maquette.library.sketches.strange_zip import SketchZip
from maquette.library.sketches.written import flattened, put, sheet_of, writing_zip

MIMETYPE = "image/openraster"
THUMBNAIL = 256  # longer side, pixels, as the specification says
MAX_XML = 1 << 20  # bytes
MAX_DEPTH = 16  # of groups in groups
MAX_SHIFT = 1 << 16  # pixels

_ROLE = "maquette-role"
_PLAIN = "svg:src-over"


class _Sheet(NamedTuple):
    layer: Layer
    source: str
    at: tuple[int, int]


def write_openraster(path: Path, content: Content, fetch: Fetch) -> None:
    """Write the drawing as an OpenRaster file, atomically. Raises DrawingError."""
    drawing = content.drawing
    with writing_zip(path) as file:
        put(file, "mimetype", MIMETYPE.encode())
        put(file, "stack.xml", _stack_xml(drawing), zipfile.ZIP_DEFLATED)
        for number, layer in enumerate(drawing.layers):
            put(file, _source(number), layer_png(sheet_of(content, layer.id, fetch)))
        merged = flattened(content, fetch, max(drawing.width, drawing.height))
        put(file, "mergedimage.png", png(merged))
        put(file, "Thumbnails/thumbnail.png", png(flattened(content, fetch, THUMBNAIL)))


def _source(number: int) -> str:
    return f"data/layer{number:03}.png"


def _stack_xml(drawing: Drawing) -> bytes:
    size = {"w": str(drawing.width), "h": str(drawing.height)}
    image = ElementTree.Element("image", {"version": "0.0.5", **size, "xres": "72", "yres": "72"})
    stack = ElementTree.SubElement(image, "stack", {"name": short(drawing.name)})
    for number, layer in reversed(tuple(enumerate(drawing.layers))):  # the uppermost comes first
        # What is locked for the model would hide the picture in other programs.
        is_shown = layer.visible and layer.role is not LayerRole.LOCK
        attributes = {
            "name": short(layer.name) or layer.role.value.capitalize(),
            "src": _source(number),
            "x": "0",
            "y": "0",
            "opacity": f"{layer.opacity:.4f}",
            "visibility": "visible" if is_shown else "hidden",
            "composite-op": _PLAIN,
            "edit-locked": "true" if layer.locked else "false",
            _ROLE: layer.role.value,
        }
        ElementTree.SubElement(stack, "layer", attributes)
    ElementTree.indent(image, " ")
    return ElementTree.tostring(image, "UTF-8")


def read_openraster(path: Path) -> Found:
    """What is in an OpenRaster file, which may be a stranger's. Raises DrawingError."""
    with SketchZip(path) as file:
        if "stack.xml" not in file:
            raise unreadable(file.name)
        reader = _StackReader()
        try:
            reader.read(file.read("stack.xml", MAX_XML))
        except (expat.ExpatError, ValueError) as error:
            raise unreadable(file.name, error) from error
        width, height = reader.size
        check_size(width, height, max(1, len(reader.found)))
        there = [one for one in reversed(reader.found) if one.source in file]
        sheets = {
            one.layer.id: LayerPixels.of(file.sheet(one.source, width, height, one.at))
            for one in there
        }
        drawing = Drawing(
            id=secrets.token_hex(8),
            name=short(path.stem),
            width=width,
            height=height,
            layers=(),
            active="",
        )
        notices = missing_notice(file.name, len(reader.found) - len(there))
        if reader.blends:
            notices = (
                *notices,
                f"Layers of {file.name} that blend in other ways are shown plainly here.",
            )
        layers = tuple(one.layer for one in there)
        return Found(with_layers(drawing, layers), sheets, notices=notices)


class _Group(NamedTuple):
    visible: bool
    opacity: float


class _StackReader:
    """Reads stack.xml with expat; groups become layers that stand for themselves.

    Declarations of a document type, and with them entities of any kind, are refused. Expat follows
    no reference to anything outside.
    """

    def __init__(self) -> None:
        self.size = (0, 0)
        self.found: list[_Sheet] = []  # from the uppermost on
        self.blends = False  # whether a layer is put on the others in a way that we do not know
        self._groups: list[_Group] = [_Group(True, 1.0)]

    def read(self, text: bytes) -> None:
        """Raises ValueError or ExpatError."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.Parse(text, True)

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "image":
            self.size = int(attributes.get("w", "0")), int(attributes.get("h", "0"))
        elif name == "stack":
            if len(self._groups) > MAX_DEPTH:
                raise ValueError("groups in groups in groups")
            self._groups.append(self._looks(attributes))
        elif name == "layer":
            if len(self.found) >= MAX_LAYERS:
                raise DrawingError(
                    f"A sketch has at most {MAX_LAYERS} layers; merge or remove some of them first."
                )
            looks = self._looks(attributes)
            role = attributes.get(_ROLE, "")
            layer = Layer(
                id=secrets.token_hex(4),
                name=short(attributes.get("name", "")),
                role=LayerRole(role) if role in list(LayerRole) else LayerRole.LINES,
                visible=looks.visible or role == LayerRole.LOCK,
                locked=attributes.get("edit-locked") == "true",
                opacity=looks.opacity,
            )
            at = int(attributes.get("x", "0")), int(attributes.get("y", "0"))
            if max(map(abs, at)) > MAX_SHIFT:
                raise ValueError("a layer far outside")
            self.found.append(_Sheet(layer, attributes.get("src", ""), at))

    def _ended(self, name: str) -> None:
        if name == "stack":
            self._groups.pop()

    def _looks(self, attributes: dict[str, str]) -> _Group:
        if attributes.get("composite-op", _PLAIN) != _PLAIN:
            self.blends = True
        group = self._groups[-1]
        is_shown = attributes.get("visibility", "visible") != "hidden"
        return _Group(
            group.visible and is_shown,
            group.opacity * sound(float(attributes.get("opacity", "1"))),
        )


def _refuse(*_: object) -> None:
    raise ValueError("a document type is declared")
