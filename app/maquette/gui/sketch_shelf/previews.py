"""The small pictures and the dates of sketches, wherever they are chosen."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale
from PySide6.QtGui import QImage

from maquette.core.errors import ImageError
from maquette.gui.images import picture_image
from maquette.library.sketches.shelf import Shelved
from maquette.provenance.pictures import read_picture


def preview(sketch: Shelved, side: int) -> QImage:
    """The picture of a sketch within `side` pixels; empty if there is none. For threads."""
    try:
        picture = read_picture(str(sketch.preview))
    except ImageError:
        return QImage()
    picture.thumbnail((side, side))
    return picture_image(picture)


def title_of(sketch: Shelved) -> str:
    """What a sketch is called in the language of the window."""
    return sketch.name or QCoreApplication.translate("SketchHead", "Untitled sketch")


def when(seconds: float) -> str:
    """A Unix time as the user's country writes it, short."""
    changed = QDateTime.fromSecsSinceEpoch(round(seconds))
    return QLocale().toString(changed, QLocale.FormatType.ShortFormat)
