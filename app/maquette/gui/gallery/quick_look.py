"""Quick look: one picture large over the page, for as long as one wants."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture
from maquette.gui.canvas import Canvas
from maquette.gui.elided import ElidedLabel
from maquette.gui.gallery.words import picture_title
from maquette.gui.levels import LevelReader
from maquette.gui.live import Live
from maquette.gui.parts import name
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks

CLOSING = (Qt.Key.Key_Space, Qt.Key.Key_Escape)


class QuickLook(Live, QFrame):
    """Covers its parent. Space and Escape close it; other keys go to `below`, as arrow keys do.

    Signals:
        closed(): it is gone.
    """

    closed = Signal()

    def __init__(self, tasks: Tasks, below: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self._tasks = tasks
        self._below = below
        self._reader = LevelReader()
        self._picture: GalleryPicture | None = None
        self.canvas = Canvas()
        self.canvas.installEventFilter(self)
        self.words = ElidedLabel("muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.words)
        parent.installEventFilter(self)
        self.hide()
        self.retranslate()

    def look_at(self, picture: GalleryPicture) -> None:
        """Show `picture`, and come up if need be."""
        if not self.isVisible():
            self.setGeometry(self._parent.rect())
            self.show()
            self.raise_()
            self.canvas.setFocus()
        if picture == self._picture:
            return
        is_other = self._picture is None or picture.id != self._picture.id
        self._picture = picture
        self.words.set_text(picture_title(picture))
        self.canvas.setAccessibleName(picture_title(picture))
        if is_other:
            self._tasks.start(self._show(picture))

    def put_away(self) -> None:
        """Go away."""
        if self.isVisible():
            self._picture = None
            self.hide()
            self.canvas.clear()
            self.closed.emit()

    async def _show(self, picture: GalleryPicture) -> None:
        try:
            levels = await self._reader.read(str(picture.path), lambda: picture == self._picture)
        except ImageError as error:
            self.canvas.clear()
            self.words.set_text(translate_sentence(error.message))
            return
        if levels is not None:
            self.canvas.show_levels(levels, QSize(levels[0].size()), str(picture.path))
            self.canvas.fit()

    @property
    def _parent(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None
        return parent

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                if event.key() in CLOSING:
                    self.put_away()
                else:
                    QApplication.sendEvent(self._below, event)
                return True
        elif watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._parent.rect())
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        name(self, self.tr("Quick look"))
        self.setToolTip("")
