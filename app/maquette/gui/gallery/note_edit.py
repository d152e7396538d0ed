"""The note of a picture, saved by itself a moment after the last key."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from maquette.gui.live import Live
from maquette.gui.parts import name
from maquette.state.session import storable_text

PAUSE = 800  # milliseconds after the last key


class NoteEdit(Live, QPlainTextEdit):
    """Plain text of one picture. What was typed is told before another picture's note is shown.

    Signals:
        edited(int, str): the picture's id and its new note.
    """

    edited = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = 0
        self._known = ""  # what the library has
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.tell)
        self.setTabChangesFocus(True)
        self.setFixedHeight(72)
        self.textChanged.connect(self._timer.start)
        self.retranslate()

    def show_note(self, picture_id: int, note: str) -> None:
        """Show the note of a picture. While the same one is being typed in, that is kept."""
        if picture_id == self._picture:
            if note == self._known:
                return
            is_typed = self.toPlainText() != self._known
            self._known = note
            if is_typed:
                return  # the user's own words win; they are told in a moment
        else:
            self.tell()
            self._picture, self._known = picture_id, note
        if self.toPlainText() != note:
            self.setPlainText(note)
        self._timer.stop()

    def tell(self) -> None:
        """Tell now what has not been told yet."""
        self._timer.stop()
        text = storable_text(self.toPlainText())
        if text != self._known:
            self._known = text
            self.edited.emit(self._picture, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.tell()
        super().focusOutEvent(event)

    def retranslate(self) -> None:
        name(self, self.tr("Note"))
        self.setToolTip("")
        self.setPlaceholderText(self.tr("Write something to find it by. It is saved as you type."))
