"""A small line for a tag that all selected pictures get."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QWidget

from maquette.gui.completions import completions_of
from maquette.gui.live import Live
from maquette.gui.parts import label, name

LONGEST = 80  # characters of a tag


class TagBar(Live, QFrame):
    """Opens with T; Enter gives the tag and closes, Escape closes. A minus takes the tag off.

    Signals:
        tagged(add, remove): tuples of tags.
        closed(): it is gone, and the keyboard may go back.
    """

    tagged = Signal(object, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._count = 0
        self._words = label()
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST)
        self.edit.returnPressed.connect(self._entered)
        self.edit.installEventFilter(self)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)
        completions_of(completer)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._words)
        row.addWidget(self.edit, 1)
        self.hide()
        self.retranslate()

    def open_for(self, count: int, known: Sequence[str]) -> None:
        """Ask for a tag for `count` pictures; `known` are completed."""
        self._count = count
        self._known.setStringList(list(known))
        self.edit.clear()
        self.retranslate()
        self.show()
        self.edit.setFocus()

    def _entered(self) -> None:
        texts = [" ".join(part.split()) for part in self.edit.text().replace("，", ",").split(",")]
        add = tuple(text for text in texts if text and not text.startswith("-"))
        remove = tuple(
            text[1:].strip() for text in texts if text.startswith("-") and text[1:].strip()
        )
        self.close_bar()
        if add or remove:
            self.tagged.emit(add, remove)

    def close_bar(self) -> None:
        """Go away; nothing is tagged."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QKeyEvent() if event.key() == Qt.Key.Key_Escape:
                if event.type() == QEvent.Type.KeyPress:
                    self.close_bar()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        if self._count == 1:
            self._words.setText(self.tr("Tag for this picture"))
        else:
            self._words.setText(self.tr("Tag for {n} pictures").format(n=self._count))
        name(self.edit, self._words.text())
        self.edit.setPlaceholderText(
            self.tr("Several with commas between; a minus in front takes a tag off")
        )
