"""Pixels and pictures to Qt's images."""

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from maquette.core.pixels import Pixels

BAND = 1 << 19  # bytes copied at a time while Python's lock is held; a tenth of a millisecond


def to_image(pixels: Pixels) -> QImage:
    """A QImage with its own copy of `pixels` (RGB or RGBA). For small pictures: see below."""
    height, width, channels = pixels.shape
    rows = np.ascontiguousarray(pixels)
    form = QImage.Format.Format_RGBA8888 if channels == 4 else QImage.Format.Format_RGB888
    return QImage(rows.data, width, height, width * channels, form).copy()


def picture_image(picture: Image.Image) -> QImage:
    """`picture` (mode RGB) in the format that draws fastest, for use in threads.

    It goes over in bands, between which the window's thread gets Python's lock.
    """
    width, height = picture.size
    image = QImage(width, height, QImage.Format.Format_RGB32)
    view, stride = memoryview(image.bits()), image.bytesPerLine()
    rows = max(1, BAND // stride)
    for top in range(0, height, rows):
        band = picture.crop((0, top, width, min(top + rows, height)))
        data = band.convert("RGBA").tobytes("raw", "BGRA")
        view[top * stride : top * stride + len(data)] = data
    return image


def pixels_image(pixels: Pixels) -> QImage:
    """`pixels` (RGB) in the format that draws fastest, for use in threads.

    Numpy lets go of Python's lock while it copies.
    """
    height, width, _channels = pixels.shape
    image = QImage(width, height, QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.bits(), dtype=np.uint8).reshape(height, image.bytesPerLine())
    placed = rows[:, : 4 * width].reshape(height, width, 4)
    placed[:, :, 2::-1] = pixels[:, :, :3]
    placed[:, :, 3] = 255
    return image


def image_pixels(image: QImage) -> Pixels:
    """A copy of `image` as RGBA pixels."""
    whole = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(whole.constBits(), dtype=np.uint8)
    rows = rows.reshape(whole.height(), whole.bytesPerLine())
    return rows[:, : 4 * whole.width()].reshape(whole.height(), whole.width(), 4).copy()
