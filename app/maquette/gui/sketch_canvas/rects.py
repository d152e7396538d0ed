"""Qt's rectangles as ours."""

from PySide6.QtCore import QRect

from maquette.core.rect import Rect


def as_rect(rect: QRect) -> Rect:
    """The same rectangle without Qt."""
    return Rect(rect.x(), rect.y(), rect.width(), rect.height())
