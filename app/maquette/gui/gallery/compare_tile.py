"""One of the compared pictures: its letter and name, the picture, its rating and its recipe."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui import icons
from maquette.gui.canvas import Canvas
from maquette.gui.elided import ElidedLabel
from maquette.gui.gallery.picture_facts import picture_name
from maquette.gui.gallery.rating_stars import DIGITS, RatingStars
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name, tool_button


class CompareTile(Live, QFrame):
    """Digits rate the picture while anything in the tile has the focus.

    Signals:
        rated(int): the user chose 0 to 5 stars.
        dropped(): the user does not want to compare this one any more.
        used(): the user wants to use this recipe.
    """

    rated = Signal(int)
    dropped = Signal()
    used = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        self._picture: GalleryPicture | None = None
        self.letter = label("key")
        self.title = ElidedLabel("title", Qt.TextElideMode.ElideMiddle)
        self.drop_button = tool_button(size=16)
        self.drop_button.clicked.connect(self.dropped)
        self.canvas = Canvas()
        self.stars = RatingStars()
        self.stars.rated.connect(self.rated)
        self.problem = label("error", wrap=True)
        self.problem.hide()
        self.use_button = button()
        self.use_button.clicked.connect(self.used)
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 4, 0)
        head.setSpacing(8)
        head.addWidget(self.letter)
        head.addWidget(self.title, 1)
        head.addWidget(self.drop_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 8, 8)
        foot.addWidget(self.stars)
        foot.addStretch(1)
        foot.addWidget(self.use_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        self.retranslate()
        self.restyle()

    @property
    def picture(self) -> GalleryPicture | None:
        """What is shown here."""
        return self._picture

    def show_picture(self, letter: str, picture: GalleryPicture, *, can_drop: bool) -> None:
        """Show what `picture` is; its pixels come later, onto `canvas`."""
        if self._picture is None or self._picture.id != picture.id:
            self.canvas.clear()
            self.problem.hide()
        self._letter, self._picture = letter, picture
        self.letter.setText(letter)
        self.title.set_text(picture_name(picture))
        self.stars.set_rating(picture.rating)
        self.drop_button.setVisible(can_drop)
        self.use_button.setEnabled(picture.record is not None or picture.foreign is not None)
        self.retranslate()

    def tell_problem(self, words: str) -> None:
        """Say why the picture cannot be shown."""
        self.problem.setText(words)
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in DIGITS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            rating = event.key() - Qt.Key.Key_0
            self.stars.set_rating(rating)
            self.rated.emit(rating)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        if self._picture is not None:
            shown = f"{self._letter}: {picture_name(self._picture)}"
            name(self.canvas, shown)
            self.canvas.setToolTip("")
        name(self.drop_button, self.tr("Do not compare {letter}").format(letter=self._letter))
        self.use_button.setText(self.tr("Use this recipe"))
        name(self.use_button, self.tr("Use recipe {letter}").format(letter=self._letter))

    def restyle(self) -> None:
        self.drop_button.setIcon(icons.icon("x"))
