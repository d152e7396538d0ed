"""The inspector of one picture."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from maquette.core.gallery import GalleryPicture, Presence, Relative
from maquette.gui.elided import ElidedLabel
from maquette.gui.gallery.file_facts import FileFacts
from maquette.gui.gallery.lineage import Lineage
from maquette.gui.gallery.mark_rows import MarkRows
from maquette.gui.gallery.note_edit import NoteEdit
from maquette.gui.gallery.picture_facts import (
    Fact,
    facts_of,
    picture_name,
    short,
    technical_line,
)
from maquette.gui.gallery.presence_note import PresenceNote
from maquette.gui.gallery.preview import Preview
from maquette.gui.gallery.rating_stars import RatingStars
from maquette.gui.gallery.tagging import Boards, Tags
from maquette.gui.in_parts import InParts
from maquette.gui.live import Live
from maquette.gui.parts import WrapLayout, button, label, name, selectable
from maquette.state.check_reports import visible_text
from maquette.state.inspecting import GalleryFacts, InspectorCommands
from maquette.state.tasks import Tasks


class InspectorOfOne(Live, InParts, QWidget):
    """Everything about one picture. What is slow to know comes a moment later.

    Signals:
        enlarged(object): the user wants to see the GalleryPicture full-screen.
        exported(): the user wants to export it.
    """

    enlarged = Signal(object)
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
        self._picture: GalleryPicture | None = None
        self._is_built = False
        self._parts = self._build()

    def _build(self) -> Iterator[bool]:
        facts, tasks = self._facts, self._tasks
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        self.preview = Preview(facts=facts, tasks=tasks)
        self.presence = PresenceNote()
        self.title = ElidedLabel("title", Qt.TextElideMode.ElideMiddle)
        self.stars = RatingStars()
        for part in (self.preview, self.presence, self.title, self.stars):
            column.addWidget(part)
        yield True
        self.says = selectable("small")
        self.prompt = selectable()
        self.negative = selectable("muted")
        self.technical = selectable("muted")
        for part in (self.says, self.prompt, self.negative, self.technical):
            column.addWidget(part)
        yield True
        self._build_buttons(column)
        yield True
        self.tags = Tags()
        self.boards = Boards()
        for part in (self.tags, self.boards):
            column.addSpacing(8)
            column.addWidget(part)
        yield True
        self.note_title = label("title")
        self.note = NoteEdit()
        self.marks_title = label("title")
        self.marks = MarkRows()
        for title, part in ((self.note_title, self.note), (self.marks_title, self.marks)):
            column.addSpacing(8)
            column.addWidget(title)
            column.addWidget(part)
        yield True
        self.lineage_title = label("title")
        self.lineage = Lineage(facts=facts, tasks=tasks)
        self.file = FileFacts()
        column.addSpacing(8)
        column.addWidget(self.lineage_title)
        column.addWidget(self.lineage)
        column.addSpacing(8)
        column.addWidget(self.file)
        column.addStretch(1)
        yield True
        self._bind()
        self._is_built = True
        self.retranslate()

    def _build_buttons(self, column: QVBoxLayout) -> None:
        place = QWidget()
        column.addWidget(place)
        self.again_button = button()
        self.check_button = button()
        self.export_button = button()
        self.folder_button = button()
        wrapped = WrapLayout()
        place.setLayout(wrapped)
        for made in (self.again_button, self.check_button, self.export_button, self.folder_button):
            wrapped.addWidget(made)

    def _bind(self) -> None:
        commands = self._commands
        self.preview.enlarged.connect(lambda: self._with(self.enlarged.emit))
        self.again_button.clicked.connect(lambda: self._with(commands.use_again))
        self.check_button.clicked.connect(lambda: self._with(lambda it: commands.check(it.path)))
        self.export_button.clicked.connect(self.exported)
        self.folder_button.clicked.connect(
            lambda: self._with(lambda it: commands.show_in_folder(it.path))
        )
        self.presence.button.clicked.connect(lambda: self._with(self._mend))
        self.stars.rated.connect(lambda rating: self._change(commands.rate, rating))
        self.tags.added.connect(lambda tags: self._change(commands.tag, tags))
        self.tags.removed.connect(lambda tag: self._change(commands.tag, (), [tag]))
        self.boards.added.connect(lambda board: self._change(commands.put_on_board, board))
        self.boards.removed.connect(lambda board: self._change(commands.take_off_board, board))
        self.note.edited.connect(
            lambda picture_id, note: self._tasks.start(commands.annotate(picture_id, note))
        )
        self.lineage.chosen.connect(commands.go_to)
        self.lineage.file_chosen.connect(commands.show_in_folder)

    def _with(self, use: Callable[[GalleryPicture], object]) -> None:
        if self._picture is not None:
            use(self._picture)

    def _change(self, ask: Callable[..., Coroutine[Any, Any, None]], *values: object) -> None:
        if self._picture is not None:
            self._tasks.start(ask([self._picture.id], *values))

    def _mend(self, picture: GalleryPicture) -> None:
        if picture.trashed:
            self._tasks.start(self._commands.restore([picture.id]))
        elif picture.presence is Presence.MISSING:
            self._commands.find_file(picture)
        else:
            self._commands.check(picture.path)

    # --- showing --------------------------------------------------------------------------------

    def show_picture(self, picture: GalleryPicture) -> None:
        """Show `picture`, or the same one again after something changed."""
        is_other = self._picture is None or self._picture.id != picture.id
        if picture == self._picture:
            self.boards.show_boards([picture], self._facts.boards)
            return
        self._picture = picture
        self.note.show_note(picture.id, picture.note)
        if is_other:
            self.marks.show_marks(picture, None)
        self._render()
        self._tasks.start(self._look_up(picture))

    def put_away(self) -> None:
        """Save the note now, and forget the picture."""
        self.note.tell()
        self._picture = None

    async def _look_up(self, picture: GalleryPicture) -> None:
        relatives: tuple[Relative, ...] = ()
        try:
            relatives = await self._facts.relatives(picture.id)
        finally:
            if self._picture is picture:
                self.lineage.show_relatives(relatives)
        mark = await self._facts.mark(picture)
        if self._picture is picture:
            self.marks.show_marks(picture, mark)

    def _render(self) -> None:
        picture = self._picture
        if picture is None:
            return
        known = facts_of(picture)
        self.preview.show_picture(picture)
        name(self.preview, self.tr("Show full-screen"))
        self.preview.setAccessibleDescription(short(picture.prompt))
        self.title.set_text(picture_name(picture), visible_text(str(picture.path)))
        self.presence.show_of(picture)
        self.stars.set_rating(picture.rating)
        foreign = picture.foreign if picture.record is None else None
        self.says.setVisible(foreign is not None)
        if foreign is not None:
            self.says.setText(self.tr("{tool} says:").format(tool=short(foreign.tool)))
        nothing = "" if picture.record is None and foreign is None else self.tr("No prompt")
        self.prompt.setText(known.get(Fact.PROMPT) or nothing or self.tr("No recipe is known."))
        negative = known.get(Fact.NEGATIVE_PROMPT, "")
        self.negative.setText(self.tr("without: {words}").format(words=negative))
        self.negative.setVisible(bool(negative))
        technical = technical_line(picture)
        self.technical.setText(technical)
        self.technical.setVisible(bool(technical))
        has_recipe = picture.record is not None or foreign is not None
        is_there = picture.presence is not Presence.MISSING
        self.again_button.setEnabled(has_recipe)
        for made in (self.check_button, self.export_button, self.folder_button):
            made.setEnabled(is_there)
        self.tags.show_tags([picture])
        self.boards.show_boards([picture], self._facts.boards)
        self.file.show_of(picture, known)

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        if not self._is_built:
            return
        self.again_button.setText(self.tr("Use again"))
        name(self.again_button, self.tr("Use again"), tip=self.tr("Lay this recipe out in Create"))
        self.check_button.setText(self.tr("Check"))
        name(
            self.check_button,
            self.tr("Check this picture"),
            tip=self.tr("See what its file carries now"),
        )
        self.export_button.setText(self.tr("Export…"))
        name(self.export_button, self.tr("Export…"), tip=self.tr("Copies for others, with marks"))
        self.folder_button.setText(self.tr("Show in folder"))
        name(self.folder_button, self.tr("Show in folder"))
        self.note_title.setText(self.tr("Note"))
        self.marks_title.setText(self.tr("Marks"))
        self.lineage_title.setText(self.tr("Lineage"))
        self._render()
