"""What the clipboard, or a drop, brings to be made a sketch of."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QMimeData, QMimeDatabase, Qt
from PySide6.QtGui import QImage

from maquette.core.cleanup import READ_SIDE
from maquette.core.pixels import Pixels
from maquette.gui.pasted import RAW
from maquette.state.sketch_import import Source

_SVG = "image/svg+xml"


def holds_image(mime: QMimeData) -> bool:
    """Whether `image_source` may find one; nothing is copied."""
    return (
        any(url.isLocalFile() for url in mime.urls())
        or mime.hasImage()
        or any(mime.hasFormat(form) for form in (_SVG, *RAW))
    )


def image_source(mime: QMimeData | None) -> tuple[Source, str] | None:
    """The image in `mime` and what it is called; None if there is none.

    A file comes before bytes, and bytes before bare pixels, which are reduced to what is read. Of
    several files it is the first that is called as images are.
    """
    if mime is None:
        return None
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    if paths:
        path = Path(next(filter(_is_called_image, paths), paths[0]))
        return path, path.name
    pasted = QCoreApplication.translate("ImportSketch", "Pasted image")
    for form in (_SVG, *RAW):
        data = bytes(mime.data(form).data()) if mime.hasFormat(form) else b""
        if data:
            return data, pasted
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return _pixels(image), pasted
    return None


def _is_called_image(path: str) -> bool:
    by_name = QMimeDatabase.MatchMode.MatchExtension
    return QMimeDatabase().mimeTypeForFile(path, by_name).name().startswith("image/")


def _pixels(image: QImage) -> Pixels:
    """RGB, on white where it is transparent."""
    if max(image.width(), image.height()) > READ_SIDE:
        image = image.scaled(
            READ_SIDE,
            READ_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)
    opacity = pixels[..., 3:].astype(np.uint16)
    flat = (pixels[..., :3] * opacity + 255 * (255 - opacity) + 127) // 255
    return flat.astype(np.uint8)
