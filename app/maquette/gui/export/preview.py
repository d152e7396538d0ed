"""What one of the pictures will look like, in one of the sizes."""

import asyncio

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from maquette.core.errors import ImageError
from maquette.core.export_preset import ExportPreset, ExportSize
from maquette.core.gallery import GalleryPicture
from maquette.gui.combo import fill_combo
from maquette.gui.images import picture_image
from maquette.gui.live import Live
from maquette.gui.parts import Panel, label, name
from maquette.gui.theme import current_tokens
from maquette.state.export_preview import FramedPicture, frame
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks

SIDE = 480  # pixels of the copy that is shown
PAUSE = 120  # milliseconds after a change, in case another one follows at once
HEIGHT = 216


class PreviewView(QFrame):
    """The picture, as large as there is room; a border of its own shows where it ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setFixedHeight(HEIGHT)
        self.image: QImage | None = None

    def show_image(self, image: QImage | None) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.image is None:
            return
        room = self.rect().adjusted(12, 12, -12, -12)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(self.image).scaled(
            room.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(ratio)
        size = pixmap.deviceIndependentSize().toSize()
        left = room.x() + (room.width() - size.width()) // 2
        top = room.y() + (room.height() - size.height()) // 2
        painter = QPainter(self)
        painter.drawPixmap(left, top, pixmap)
        painter.setPen(current_tokens().border)
        painter.drawRect(left - 1, top - 1, size.width() + 1, size.height() + 1)
        painter.end()


class ExportPreview(Live, Panel):
    """One picture, the sizes to choose from, and how large it will be."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._picture: GalleryPicture | None = None
        self._preset = ExportPreset(name="")
        self._framed: FramedPicture | None = None
        self._asked = 0
        self._looking: asyncio.Task[None] | None = None
        self._problem = ""
        self.view = PreviewView()
        self.chooser = QComboBox()
        self.words = label("small", wrap=True)
        self.body.addWidget(self.view)
        self.body.addWidget(self.chooser)
        self.body.addWidget(self.words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)
        self.chooser.currentIndexChanged.connect(self._timer.start)
        self.retranslate()

    def show_picture(self, picture: GalleryPicture | None) -> None:
        """Which picture is shown; None for none."""
        self._picture = picture
        self._timer.start()

    def show_preset(self, preset: ExportPreset) -> None:
        """As what the picture is shown."""
        self._preset = preset
        self._fill()
        self._timer.start()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()
        if self._looking is not None:
            self._looking.cancel()

    def _look(self) -> None:
        if self._picture is None:
            self._framed, self._problem = None, ""
            self._render()
            return
        self._asked += 1
        self._looking = self._tasks.start(self._show(self._asked, self._picture))

    @property
    def _size(self) -> ExportSize:
        sizes = self._preset.sizes
        return sizes[min(max(0, self.chooser.currentIndex()), len(sizes) - 1)]

    def _is_smaller(self, framed: FramedPicture) -> bool:
        """Whether the picture has too few pixels for the frame that it was asked to have."""
        size = self._size
        across = size.width is None or framed.width < size.width
        down = size.height is None or framed.height < size.height
        return across and down and (size.width is not None or size.height is not None)

    async def _show(self, number: int, picture: GalleryPicture) -> None:
        image: QImage | None = None
        try:
            framed = await frame(picture, self._size, self._preset.proof_profile, SIDE)
            image = await asyncio.to_thread(picture_image, framed.image)
        except ImageError as error:
            framed, problem = None, error.message
        else:
            problem = ""
        if number != self._asked:
            return  # something else is wanted by now
        self._framed, self._problem = framed, problem
        self.view.show_image(image)
        self._render()

    def _render(self) -> None:
        if self._picture is None:
            self.view.show_image(None)
        if self._problem:
            self.words.setText(translate_sentence(self._problem))
        elif self._framed is not None:
            shown = self.tr("{width} × {height} pixels")
            if self._is_smaller(self._framed):
                shown = self.tr("{width} × {height} pixels: this picture is not enlarged")
            self.words.setText(shown.format(width=self._framed.width, height=self._framed.height))
        else:
            self.words.setText("")

    def _fill(self) -> None:
        words = [(number, self._called(size)) for number, size in enumerate(self._preset.sizes)]
        place = min(max(0, self.chooser.currentIndex()), len(words) - 1)
        fill_combo(self.chooser, words, place)
        self.chooser.setVisible(len(words) > 1)

    def _called(self, size: ExportSize) -> str:
        if size.width is None and size.height is None:
            frame_words = self.tr("own size")
        else:
            sides = (str(side) if side else "–" for side in (size.width, size.height))
            frame_words = " × ".join(sides)
        return f"{size.name}  ·  {frame_words}" if size.name else frame_words

    def retranslate(self) -> None:
        self.title.setText(self.tr("Preview"))
        name(self.chooser, self.tr("Size that is shown"))
        self.chooser.setToolTip("")
        self.view.setAccessibleName(self.tr("Preview of the exported picture"))
        self._fill()
        self._render()

    def restyle(self) -> None:
        self.view.update()
