"""Opening the import dialog over a window, and what becomes of the sketch."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from maquette.core.drawing import LayerRole
from maquette.core.pixels import Pixels
from maquette.engine.marker import MarkerClient
from maquette.gui.sketch_import.dialog import ImportSketchDialog
from maquette.gui.sketch_import.sources import image_source
from maquette.state.sketch_commands import paper_size
from maquette.state.sketch_import import SketchCleaner, SketchImport, Source
from maquette.state.sketching import NO_LINES, is_blank
from maquette.state.studio import Studio


def import_sketch(
    studio: Studio,
    parent: QWidget,
    source: Source | QMimeData | None = None,
    *,
    called: str = "",
    as_layer: bool = False,
    cleaner: SketchCleaner | None = None,
) -> ImportSketchDialog | None:
    """Open the dialog, with `source` if there is one; None if a QMimeData holds no image.

    Args:
        called: what the image is called; a file's own name if empty.
        as_layer: whether a layer of the open drawing is offered first, not a new drawing.
        cleaner: replaces the marker's client (tests). A client of its own, since the one that
            checks pictures may have many of them to check.
    """
    if isinstance(source, QMimeData):
        found = image_source(source)
        if found is None:
            return None
        source, called = found
    if isinstance(source, Path) and not called:
        called = source.name
    dialog = _opened(studio, parent, cleaner, as_layer=as_layer)
    dialog.open(source, called)
    return dialog


async def clean_up_drawing(
    studio: Studio, parent: QWidget, *, cleaner: SketchCleaner | None = None
) -> ImportSketchDialog | None:
    """Open the dialog with the lines of the open drawing; None, and a notice, if there are none.

    What comes of them takes their place: layers of lines are hidden, not removed.
    """
    drawing = studio.drawings.drawing
    drawn = await studio.drawings.sketch_images(drawing.width, drawing.height)
    if drawn is None or is_blank(drawn):
        studio.notices.fail(NO_LINES)
        return None
    dialog = _opened(studio, parent, cleaner, as_layer=True, instead=True)
    dialog.keep_framing()
    dialog.open(drawn.sketch, drawing.name)
    return dialog


def _opened(
    studio: Studio,
    parent: QWidget,
    cleaner: SketchCleaner | None,
    *,
    as_layer: bool,
    instead: bool = False,
) -> ImportSketchDialog:
    session, drawing = studio.session.value, studio.drawings.drawing
    importing = SketchImport(cleaner or MarkerClient(), studio.tasks)
    dialog = ImportSketchDialog(
        importing,
        studio.tasks,
        new_size=paper_size(session.width, session.height),
        layer_size=(drawing.width, drawing.height),
        as_layer=as_layer,
        parent=parent,
    )
    importing.setParent(dialog)
    dialog.chosen.connect(
        lambda pixels, layer, title: _place(studio, pixels, layer, title, instead=instead)
    )
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _place(studio: Studio, pixels: Pixels, as_layer: bool, title: str, *, instead: bool) -> None:
    """Put the sketch into the drawing, which the picture follows from now on."""
    drawings, name = studio.drawings, Path(title).stem
    if not as_layer:
        drawings.new(pixels.shape[1], pixels.shape[0], name)
    elif instead:
        for layer in drawings.drawing.layers:
            if layer.role is LayerRole.LINES and layer.visible:
                drawings.set_layer(layer.id, visible=False)
    drawings.place_image(pixels, LayerRole.LINES, name, instead=True)
    choice = studio.session.value.sketch
    studio.session.update(sketch=msgspec.structs.replace(choice, used=True))
