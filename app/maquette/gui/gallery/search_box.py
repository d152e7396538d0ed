"""The search box: finds as one types, completes fields and values, remembers, tells problems."""

from PySide6.QtCore import QModelIndex, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.completions import completions_of
from maquette.gui.elided import ElidedLabel
from maquette.gui.gallery.facet_words import value_word
from maquette.gui.gallery.words import grouped
from maquette.gui.live import Live
from maquette.gui.parts import label, name, tool_button
from maquette.gui.theme import current_tokens
from maquette.library.query import MAX_QUERY, Field
from maquette.state.gallery_terms import completion_at, term_text
from maquette.state.gallery_view import GalleryView
from maquette.state.messages import translate_sentence

HISTORY = 20  # searches that are remembered
OFFERED = 12  # completions at a time
HEIGHT = 38  # pixels; the buttons beside it are as high
LETTERS = 2  # of a word, before fields are offered


class SearchBox(Live, QWidget):
    """One line; the count and the time stand in it at the right, problems softly below.

    Signals:
        searched(str): the text was changed.
        left(): Enter or the down key: the user wants to go on among what was found.
        remembered(tuple of str): the history, newest first, has changed.
    """

    searched = Signal(str)
    left = Signal()
    remembered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = GalleryView()
        self._history: tuple[str, ...] = ()
        self._insertions: list[tuple[int, int, str]] = []
        self.edit = _SearchEdit(self)
        self.edit.setMaxLength(MAX_QUERY)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self._entered)
        self.edit.emptied.connect(self.clear)
        self.edit.history_asked.connect(self.offer_history)
        self.edit.setTextMargins(26, 0, 0, 0)
        self._glass = label()
        self.clear_button = tool_button(size=14)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.hide()
        self.count = label("muted")
        self.problem = ElidedLabel("small")
        self.problem.hide()
        self._words = QStringListModel(self)
        self.completer = QCompleter(self._words, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(OFFERED)
        self.completer.setWidget(self.edit)
        self._popup = completions_of(self.completer)
        chosen = self.completer.activated[QModelIndex]  # type: ignore[index]  # one of two signals
        chosen.connect(self._complete)
        row = QHBoxLayout(self.edit)
        row.setContentsMargins(10, 0, 8, 0)
        row.addWidget(self._glass)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.clear_button)
        for words in (self._glass, self.count):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self.problem)
        self.retranslate()
        self.restyle()

    def restore(self, history: tuple[str, ...]) -> None:
        """Remember earlier searches, newest first."""
        self._history = history

    def show_view(self, view: GalleryView) -> None:
        """Show the question's text, how much was found, and what was not understood."""
        self._view = view
        if self.edit.text() != view.question.text:
            self.edit.setText(view.question.text)
        self.clear_button.setVisible(bool(self.edit.text()))
        answer = view.answer
        if view.is_open:
            count, time = len(answer.ids), max(1, round(answer.seconds * 1000))
            text = (
                self.tr("1 picture")
                if count == 1
                else self.tr("{n} pictures").format(n=grouped(count))
            )
            self.count.setText(self.tr("{count}, {time} ms").format(count=text, time=time))
        self._make_room()
        problems = " ".join(translate_sentence(each.sentence) for each in view.problems)
        self.problem.set_text(problems)
        self.problem.setVisible(bool(problems))

    def take_focus(self) -> None:
        """Put the cursor here, with all of the text selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def clear(self) -> None:
        """Search for nothing in particular."""
        self.edit.clear()
        self._edited("")
        self.edit.setFocus()

    def remember(self) -> None:
        """Keep what is searched for now in the history."""
        text = " ".join(self.edit.text().split())
        if text and text != (self._history[0] if self._history else ""):
            others = [each for each in self._history if each != text]
            self._history = (text, *others)[:HISTORY]
            self.remembered.emit(self._history)

    def offer_history(self) -> None:
        """Show earlier searches to choose from."""
        whole = len(self.edit.text())
        self._offer([(0, whole, text, text) for text in self._history])

    # --- typing ---------------------------------------------------------------------------------

    def _edited(self, text: str) -> None:
        self.searched.emit(text)
        if text:
            self._offer(self._completions())
        else:
            self._popup.hide()

    def _entered(self) -> None:
        self._popup.hide()
        self.remember()
        self.left.emit()

    def _completions(self) -> list[tuple[int, int, str, str]]:
        """(start, end, what is put there, what is shown) for what is being typed."""
        found = completion_at(self.edit.text(), self.edit.cursorPosition())
        typed = found.typed.casefold()
        if found.field is None:
            if len(typed) < LETTERS:
                return []
            names = [each.value for each in Field if each is not Field.WORDS]
            return [
                (found.start, found.end, f"{each}:", f"{each}:")
                for each in names
                if each.startswith(typed)
            ]
        offered = []
        for facet in self._view.facets:
            if facet.field != found.field:
                continue
            words = value_word(found.field, facet.value)
            if typed not in words.casefold() and typed not in facet.value.casefold():
                continue
            text = term_text(found.field, facet.value)
            shown = text if words == facet.value else f"{text}  {words}"
            if facet.value.casefold() != typed:
                offered.append((found.start, found.end, f"{text} ", f"{shown}  ({facet.pictures})"))
        return offered[:OFFERED]

    def _offer(self, offered: list[tuple[int, int, str, str]]) -> None:
        popup = self._popup
        if not offered or not self.edit.hasFocus():
            popup.hide()
            return
        self._insertions = [(start, end, text) for start, end, text, _shown in offered]
        self._words.setStringList([shown for *_rest, shown in offered])
        popup.setCurrentIndex(QModelIndex())
        self.completer.complete()

    def _complete(self, index: QModelIndex) -> None:
        start, end, text = self._insertions[index.row()]
        whole = self.edit.text()
        self.edit.setText(whole[:start] + text + whole[end:].lstrip())
        self.edit.setCursorPosition(start + len(text))
        self.searched.emit(self.edit.text())
        if text.endswith(":"):
            self._offer(self._completions())

    # --- look -----------------------------------------------------------------------------------

    def _make_room(self) -> None:
        """Keep the text from running under the count; where it is long, the count goes."""
        width = self.count.sizeHint().width() + 16
        text = self.edit.fontMetrics().horizontalAdvance(self.edit.text())
        fits = text + width + 96 < self.edit.width()
        self.count.setVisible(fits)

    def retranslate(self) -> None:
        name(self.edit, self.tr("Search the library"), "Ctrl+F", tip=self.tr(
            "Words, or fields as in: mug style:ink rating:>=4 after:2026-01-01. "
            "The down key shows earlier searches."
        ))  # fmt: skip
        self.edit.setPlaceholderText(self.tr("Search: mug material:copper rating:>=4"))
        name(self.clear_button, self.tr("Clear the search"), "Esc")
        self.show_view(self._view)

    def restyle(self) -> None:
        tokens = current_tokens()
        self._glass.setPixmap(icons.icon("magnifying-glass", tokens.muted).pixmap(16, 16))
        self.clear_button.setIcon(icons.icon("x", tokens.muted))


class _SearchEdit(QLineEdit):
    """Signals: emptied() for Escape, history_asked() for the down key."""

    emptied = Signal()
    history_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.emptied.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.history_asked.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(HEIGHT, hint.height()))
