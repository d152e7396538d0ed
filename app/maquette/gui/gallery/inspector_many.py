"""The inspector of several pictures: what they share, and what can be done to all of them."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.gallery.picture_facts import Fact, common_facts, fact_name, short
from maquette.gui.gallery.rating_stars import RatingStars
from maquette.gui.gallery.tagging import Boards, Tags
from maquette.gui.live import Live
from maquette.gui.parts import WrapLayout, button, label, name
from maquette.state.check_reports import file_size
from maquette.state.inspecting import GalleryFacts, InspectorCommands
from maquette.state.tasks import Tasks

MOST_COMPARED = 4
MOST_TOLD = 500  # selected pictures; of more, what they share is not looked up
SHARED = tuple(fact for fact in Fact if fact not in (Fact.ID, Fact.FILE, Fact.START))


class InspectorOfMany(Live, QWidget):
    """How many, what is common to them, and rating, tags and boards of all at once.

    Signals:
        compared(): the user wants to compare them; two to four.
        exported(): the user wants to export them.
    """

    compared = Signal()
    exported = Signal()

    def __init__(
        self,
        *,
        facts: GalleryFacts,
        commands: InspectorCommands,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._facts = facts
        self._commands = commands
        self._tasks = tasks
        self._ids: Sequence[int] = ()
        self._pictures: tuple[GalleryPicture, ...] = ()
        self.count = label("heading")
        self.sizes = label("muted", wrap=True)
        self.compare_button = button()
        self.export_button = button()
        self.stars = RatingStars()
        self.mixed = label("muted")
        self.tags = Tags()
        self.boards = Boards()
        self.common_title = label("title")
        self._form = QFormLayout()
        self._lay_out()
        self._bind()
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QWidget()
        wrapped = WrapLayout()
        buttons.setLayout(wrapped)
        wrapped.addWidget(self.compare_button)
        wrapped.addWidget(self.export_button)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        for part in (self.count, self.sizes, buttons):
            column.addWidget(part)
        rating = QHBoxLayout()
        rating.addWidget(self.stars)
        rating.addWidget(self.mixed)
        rating.addStretch(1)
        column.addLayout(rating)
        for part in (self.tags, self.boards):
            column.addSpacing(8)
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.common_title)
        column.addLayout(self._form)
        column.addStretch(1)

    def _bind(self) -> None:
        commands = self._commands
        self.compare_button.clicked.connect(self.compared)
        self.export_button.clicked.connect(self.exported)
        self.stars.rated.connect(lambda rating: self._change(commands.rate, rating))
        self.tags.added.connect(lambda tags: self._change(commands.tag, tags))
        self.tags.removed.connect(lambda tag: self._change(commands.tag, (), [tag]))
        self.boards.added.connect(lambda board: self._change(commands.put_on_board, board))
        self.boards.removed.connect(lambda board: self._change(commands.take_off_board, board))

    def _change(self, ask: Callable[..., Coroutine[Any, Any, None]], *values: object) -> None:
        self._tasks.start(ask(self._ids, *values))

    def show_pictures(
        self, pictures: Sequence[GalleryPicture], ids: Sequence[int] | None = None
    ) -> None:
        """Show two `pictures` or more; of more than MOST_TOLD, the `ids` alone are of use."""
        self._ids = [picture.id for picture in pictures] if ids is None else ids
        self._pictures = tuple(pictures) if len(self._ids) <= MOST_TOLD else ()
        ratings = {picture.rating for picture in self._pictures}
        self.mixed.setVisible(len(ratings) > 1)
        self.stars.set_rating(ratings.pop() if len(ratings) == 1 else None)
        self.tags.show_tags(self._pictures)
        self.boards.show_boards(self._pictures, self._facts.boards)
        self._render()

    def _render(self) -> None:
        pictures, count = self._pictures, QLocale().toString(len(self._ids))
        self.count.setText(self.tr("{n} pictures").format(n=count))
        self.export_button.setText(self.tr("Export {n}…").format(n=count))
        total = sum(picture.file_bytes for picture in pictures)
        self.sizes.setText(self.tr("{size} in all").format(size=file_size(total)))
        self.sizes.setVisible(bool(pictures))
        self.compare_button.setVisible(len(self._ids) <= MOST_COMPARED)
        while self._form.rowCount():
            self._form.removeRow(0)
        common = common_facts(pictures) if pictures else {}
        shared = [fact for fact in SHARED if fact in common]
        self.common_title.setVisible(bool(shared))
        for fact in shared:
            title, value = label("small"), label("small", wrap=True)
            value.setMinimumWidth(1)
            title.setText(fact_name(fact))
            value.setText(short(common[fact]))
            self._form.addRow(title, value)

    def retranslate(self) -> None:
        self.compare_button.setText(self.tr("Compare"))
        name(self.compare_button, self.tr("Compare"), tip=self.tr("Look at them side by side"))
        name(self.export_button, self.tr("Export…"), tip=self.tr("Copies for others, with marks"))
        self.mixed.setText(self.tr("rated differently"))
        self.common_title.setText(self.tr("What they share"))
        self._render()
