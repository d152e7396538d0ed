"""Pictures of the library on their way: to other programs as files, to boards by their ids."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.theme import current_tokens

IDS = "application/x-maquette-pictures"
SIDE = 96  # pixels of what hangs at the pointer


def mime_of(pictures: Sequence[GalleryPicture]) -> QMimeData:
    """The files of `pictures` for other programs, their ids for ourselves."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture.path)) for picture in pictures])
    mime.setData(IDS, array("q", [picture.id for picture in pictures]).tobytes())
    return mime


def dragged_ids(mime: QMimeData) -> list[int]:
    """The ids of the library's pictures in `mime`, empty if it is something else."""
    data = bytes(mime.data(IDS).data())
    return array("q", data[: len(data) // 8 * 8]).tolist()


def drag_out(widget: QWidget, pictures: Sequence[GalleryPicture], look: QPixmap | None) -> None:
    """Drag `pictures` from `widget` until they are dropped; returns then."""
    drag = QDrag(widget)
    drag.setMimeData(mime_of(pictures))
    drag.setPixmap(_bundle(look, len(pictures)))
    drag.setHotSpot(QPoint(SIDE // 2, SIDE // 2))
    drag.exec(Qt.DropAction.CopyAction)


def _bundle(look: QPixmap | None, count: int) -> QPixmap:
    """One picture with how many there are."""
    tokens = current_tokens()
    made = QPixmap(SIDE, SIDE)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if look is not None and not look.isNull():
        size = look.size().scaled(made.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawPixmap(
            (SIDE - size.width()) // 2,
            (SIDE - size.height()) // 2,
            size.width(),
            size.height(),
            look,
        )
    else:
        painter.fillRect(made.rect(), QColor(tokens.control))
    if count > 1:
        text = str(count)
        width = painter.fontMetrics().horizontalAdvance(text) + 14
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(SIDE - width - 2, 2, width, 22, 11, 11)
        painter.setPen(QColor(tokens.on_accent))
        painter.drawText(SIDE - width - 2, 2, width, 22, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.end()
    return made
