"""The field that prompts are written in."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from maquette.state.session import KEPT_PROMPT, storable_text


class PromptEdit(QPlainTextEdit):
    """Plain text of several lines. Tab leaves the field; files dropped on it go to the window.

    Text beyond KEPT_PROMPT characters is cut when it is pasted, since it can never be a valid
    prompt and only slows the editor.
    """

    edited = Signal(str)

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._quiet = False
        height = round(self.fontMetrics().lineSpacing() * lines + 24)
        self.setFixedHeight(height)
        self.textChanged.connect(self._emit)

    def set_text(self, text: str) -> None:
        """Show `text` without telling anyone, as a step that can be undone; the cursor stays when
        nothing differs.
        """
        if text == self.toPlainText():
            return
        self._quiet = True
        if self.document().isEmpty() and not self.document().isUndoAvailable():
            self.setPlainText(text)  # the first text is nothing that was changed
        else:
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._quiet = False

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        room = max(0, KEPT_PROMPT - len(self.toPlainText()))
        self.insertPlainText(storable_text(source.text()[:room]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Ctrl+Enter belongs to Generate, wherever the cursor is.
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _emit(self) -> None:
        if not self._quiet:
            self.edited.emit(storable_text(self.toPlainText()))
