"""What the clipboard, or a drop, brings to be checked: files, or a picture without one."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

RAW = ("image/png", "image/jpeg", "image/webp", "image/avif", "image/tiff")


class Pasted(msgspec.Struct, frozen=True):
    """Local files, or else `read`, which gives the bytes of an image file (call it in a thread)."""

    paths: tuple[str, ...] = ()
    read: Callable[[], bytes] | None = None


def pasted(mime: QMimeData | None) -> Pasted | None:
    """What `mime` holds that can be checked; None when there is nothing of the kind.

    A picture's own bytes come before bare pixels, since they may still carry its marks.
    """
    if mime is None:
        return None
    paths = tuple(url.toLocalFile() for url in mime.urls() if url.isLocalFile())
    if paths:
        return Pasted(paths)
    for form in RAW:
        data = bytes(mime.data(form).data()) if mime.hasFormat(form) else b""
        if data:
            return Pasted(read=partial(bytes, data))
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Pasted(read=partial(_png, image))
    return None


def _png(image: QImage) -> bytes:
    """`image` in the form that the checking process reads; it is never kept."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setCompression(10)
    writer.write(image)
    return bytes(buffer.data().data())
