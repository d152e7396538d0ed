"""What the card under the mouse shows: the present subject in its style, made while one waits."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from maquette.gui.images import pixels_image
from maquette.gui.styles.subjects import Subjects
from maquette.gui.thumbnails import Thumbnails
from maquette.state.style_previews import StylePreviews

REST = 500  # milliseconds that the mouse rests on a card before a preview is made


class Hover(QObject):
    """A picture that was made of the subject goes before a preview of it.

    Signals:
        changed(): cards may show something else.
    """

    changed = Signal()

    def __init__(
        self,
        previews: StylePreviews,
        subjects: Subjects,
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._previews = previews
        self._subjects = subjects
        self._thumbnails = thumbnails
        self._style = ""
        self._pixmap: tuple[object, QPixmap] | None = None  # of the preview that was shown last
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST)
        self._resting.timeout.connect(self._rested)
        previews.made.connect(lambda _id: self.changed.emit())
        subjects.changed.connect(self.changed)
        thumbnails.ready.connect(lambda _path: self.changed.emit())

    def enter(self, style_id: str) -> None:
        """The mouse is on the card of this style, "" for none."""
        if style_id != self._style:
            self._style = style_id
            self._previews.leave()
            self._resting.stop()
            if style_id:
                self._resting.start()

    def pixmap(self, style_id: str) -> QPixmap | None:
        """What the card of this style shows under the mouse; None for its sample."""
        path = self._subjects.path(style_id)
        shown = self._thumbnails.get(path) if path else None
        if shown is not None and not shown.isNull():
            return shown
        pixels = self._previews.picture(style_id)
        if pixels is None:
            return None
        if self._pixmap is None or self._pixmap[0] is not pixels:
            self._pixmap = pixels, QPixmap.fromImage(pixels_image(pixels))
        return self._pixmap[1]

    def _rested(self) -> None:
        if not self._subjects.path(self._style):
            self._previews.want(self._style)
