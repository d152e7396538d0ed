"""What the Library place says where there is no picture to show, and what to do about it."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.actions import Actions
from maquette.gui.live import Live
from maquette.gui.parts import button, label
from maquette.gui.theme import current_tokens
from maquette.state.gallery_view import GalleryView, Shelf
from maquette.state.messages import translate_sentence

WORDS = 528  # pixels of the column of words


class Emptiness(StrEnum):
    """Why there is nothing to show."""

    LIBRARY = "library"
    NOTHING_FOUND = "nothing-found"
    BOARD = "board"
    TRASH = "trash"
    PROBLEM = "problem"  # the library cannot be opened


_GLYPHS = {
    Emptiness.LIBRARY: "squares-four",
    Emptiness.NOTHING_FOUND: "magnifying-glass",
    Emptiness.BOARD: "folder-simple",
    Emptiness.TRASH: "trash",
    Emptiness.PROBLEM: "warning",
}


def emptiness_of(view: GalleryView) -> Emptiness | None:
    """Why `view` has no picture; None if it has, or if that is not known yet."""
    if view.problem:
        return Emptiness.PROBLEM
    if len(view.answer.ids) or not view.is_settled:
        return None
    question = view.answer.question
    if question.text.strip():
        return Emptiness.NOTHING_FOUND
    kinds = {Shelf.TRASH: Emptiness.TRASH, Shelf.BOARD: Emptiness.BOARD}
    return kinds.get(question.scope.shelf, Emptiness.LIBRARY)


class EmptyGallery(Live, QWidget):
    """An icon, a heading, what to know, and a step or two."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = Emptiness.LIBRARY
        self._problem = ""
        self._icon = label()
        self.heading = label("heading")
        self.words = label("muted", wrap=True)
        for part in (self._icon, self.heading, self.words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.create_button = button("primary")
        self.create_button.clicked.connect(actions["go_create"].trigger)
        self.import_button = button("tall")
        self.import_button.clicked.connect(actions["library_import"].trigger)
        self.clear_button = button("primary")
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addStretch(1)
        for step in (self.create_button, self.import_button, self.clear_button):
            steps.addWidget(step)
        steps.addStretch(1)
        inner = QWidget()
        inner.setFixedWidth(WORDS)
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        column.addWidget(self._icon)
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addSpacing(16)
        column.addLayout(steps)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        # In a row of its own, since an alignment would have its height reckoned for a wider one.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inner)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.retranslate()
        self.restyle()

    def show_why(self, kind: Emptiness, problem: str = "") -> None:
        """Say why there is nothing; `problem` is the sentence of PROBLEM."""
        if (kind, problem) != (self._kind, self._problem):
            self._kind, self._problem = kind, problem
            self.retranslate()
            self.restyle()

    def retranslate(self) -> None:
        heading, words = self._texts()
        self.heading.setText(heading)
        self.words.setText(words)
        self.create_button.setText(self.tr("Make a picture"))
        self.import_button.setText(self.tr("Import pictures…"))
        self.clear_button.setText(self.tr("Clear the search"))
        self.create_button.setVisible(self._kind is Emptiness.LIBRARY)
        self.import_button.setVisible(self._kind is Emptiness.LIBRARY)
        self.clear_button.setVisible(self._kind is Emptiness.NOTHING_FOUND)

    def restyle(self) -> None:
        glyph = icons.icon(_GLYPHS[self._kind], current_tokens().disabled)
        self._icon.setPixmap(glyph.pixmap(56, 56))

    def _texts(self) -> tuple[str, str]:
        match self._kind:
            case Emptiness.LIBRARY:
                return self.tr("Your pictures will be here"), self.tr(
                    "Everything that is made in Create is kept here with its recipe, to be "
                    "searched, rated, compared and exported. Pictures of other programs can be "
                    "imported: their files stay where they are."
                )
            case Emptiness.NOTHING_FOUND:
                return self.tr("Nothing found"), self.tr(
                    "No picture matches all of these words. Take one away, or look at all pictures."
                )
            case Emptiness.BOARD:
                return self.tr("This board is empty"), self.tr(
                    "Select pictures under All and drop them on the board's name. "
                    "A picture can be on several boards."
                )
            case Emptiness.TRASH:
                return self.tr("The trash is empty"), self.tr(
                    "Delete moves pictures here. They can be put back until the trash is emptied."
                )
            case Emptiness.PROBLEM:
                return self.tr("The library cannot be opened"), translate_sentence(self._problem)
