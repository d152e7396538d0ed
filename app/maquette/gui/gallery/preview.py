"""The picture at the head of the inspector: its thumbnail at once, sharper a moment later."""

import asyncio

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture
from maquette.gui import icons
from maquette.gui.images import picture_image
from maquette.gui.theme import current_tokens
from maquette.library.thumbnails import ThumbnailSize
from maquette.state.inspecting import GalleryFacts
from maquette.state.pictures import read_picture
from maquette.state.tasks import Tasks

MOST_HEIGHT = 300
RADIUS = 4
SHARP = 640  # pixels of the longer side, where a thumbnail has too few


class Preview(QWidget):
    """Fits a picture into the width there is. A click, Space or Enter asks to see it large.

    Signals:
        enlarged(): the user wants to see it full-screen.
    """

    enlarged = Signal()

    def __init__(self, *, facts: GalleryFacts, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._tasks = tasks
        self._picture: GalleryPicture | None = None
        self._image: QImage | None = None
        self._painted: tuple[tuple[object, ...], QPixmap] | None = None
        self._turn = asyncio.Semaphore(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def image(self) -> QImage | None:
        """What is painted; None while nothing is decoded yet, or where the file is unreadable."""
        return self._image

    def show_picture(self, picture: GalleryPicture) -> None:
        """Show `picture`; what is shown stays until it is decoded, if it is the same file."""
        old, self._picture = self._picture, picture
        if old is not None and (old.file_sha256, old.path) == (picture.file_sha256, picture.path):
            return
        self._image = None
        self.updateGeometry()
        self.update()
        self._tasks.start(self._load(picture))

    async def _load(self, picture: GalleryPicture) -> None:
        async with self._turn:
            if not self._is_shown(picture):
                return
            small = await self._facts.thumbnail(picture, ThumbnailSize.LARGE)
            if not self._is_shown(picture):
                return
            if small is not None:
                self._image = picture_image(small)
                self.update()
            needed = max(self.width(), MOST_HEIGHT) * self.devicePixelRatioF()
            if small is None or needed <= max(small.size):
                return
            try:
                image = await asyncio.to_thread(_sharp, picture)
            except ImageError:
                return  # the thumbnail is all there is; the inspector says what is the matter
            if self._is_shown(picture):
                self._image = image
                self.update()

    def _is_shown(self, picture: GalleryPicture) -> bool:
        now = self._picture
        return now is not None and (now.path, now.file_sha256) == (
            picture.path,
            picture.file_sha256,
        )

    # --- events ---------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(256, self.heightForWidth(256))

    def heightForWidth(self, width: int) -> int:
        picture = self._picture
        if picture is None or not picture.width or not picture.height:
            return min(MOST_HEIGHT, width)
        return max(48, min(MOST_HEIGHT, round(width * picture.height / picture.width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self._place()
        path = QPainterPath()
        path.addRoundedRect(place, RADIUS, RADIUS)
        painter.setClipPath(path)
        if self._image is None:
            painter.fillRect(place, QColor(tokens.control))
            square = place.toRect()
            square.setSize(QSize(32, 32))
            square.moveCenter(place.center().toPoint())
            icons.paint_glyph(painter, square, "image", tokens.muted)
        else:
            painter.drawPixmap(place.topLeft(), self._fitted(self._image, place))
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QColor(tokens.accent))
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _fitted(self, image: QImage, place: QRectF) -> QPixmap:
        """`image` as large as it is painted; scaling it again for every paint would take ms."""
        ratio = self.devicePixelRatioF()
        key = (image.cacheKey(), place.size().toSize(), ratio)
        if self._painted is None or self._painted[0] != key:
            size = (place.size() * ratio).toSize()
            whole, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode
            scaled = image.scaled(size, whole, smooth.SmoothTransformation)
            pixmap = QPixmap.fromImage(scaled)
            pixmap.setDevicePixelRatio(ratio)
            self._painted = (key, pixmap)
        return self._painted[1]

    def _place(self) -> QRectF:
        whole = QRectF(self.rect())
        picture = self._picture
        if picture is None or not picture.width or not picture.height:
            return whole
        size = QSize(picture.width, picture.height).scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(whole.center())
        return place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self.enlarged.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarged.emit()
        else:
            super().keyPressEvent(event)


def _sharp(picture: GalleryPicture) -> QImage:
    return picture_image(read_picture(picture.path, SHARP))
