"""A small picture with the visible label that saved pictures will have."""

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from maquette.core.marking import VisibleLabel
from maquette.core.pixels import Pixels
from maquette.gui.images import to_image
from maquette.provenance.visible_label import draw_label

SIDE = (256, 384)  # height and width of the sample, in pixels


class LabelPreview(QLabel):
    """Shows the label on a sample; about half as large as on the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(SIDE[1] // 2, SIDE[0] // 2)

    def show_label(self, chosen: VisibleLabel) -> None:
        """Draw the label as the marks of a saved picture draw it."""
        sample = _sample()
        drawn = draw_label(sample, chosen)
        image = to_image(sample if drawn is None else drawn)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(image.scaled(QSize(SIDE[1], SIDE[0]) * ratio / 2))
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)


def _sample() -> Pixels:
    """Soft light over a table: something that a label can be judged on."""
    height, width = SIDE
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    light = np.exp(-(((x - width * 0.3) / width) ** 2 + ((y - height * 0.35) / height) ** 2) * 3)
    ground = np.where(y > height * 0.66, 0.75, 1.0)
    tones = np.array([150.0, 165.0, 190.0], np.float32)
    return (light[..., None] * ground[..., None] * tones + 30).astype(np.uint8)
