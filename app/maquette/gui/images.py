"""Pixels to Qt's images."""

import numpy as np
from PySide6.QtGui import QImage

from maquette.core.pixels import Pixels


def to_image(pixels: Pixels) -> QImage:
    """A QImage with its own copy of `pixels` (RGB or RGBA). Safe to call in any thread."""
    height, width, channels = pixels.shape
    rows = np.ascontiguousarray(pixels)
    form = QImage.Format.Format_RGBA8888 if channels == 4 else QImage.Format.Format_RGB888
    return QImage(rows.data, width, height, width * channels, form).copy()
