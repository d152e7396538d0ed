"""Tags and boards of the selected pictures: chips, and ways to add another."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from maquette.core.gallery import Board, GalleryPicture
from maquette.gui import icons
from maquette.gui.gallery.chips import Chip, ChipRow
from maquette.gui.gallery.picture_facts import short
from maquette.gui.live import Live
from maquette.gui.parts import label, name, tool_button
from maquette.state.session import storable_text

MOST_TAG = 60  # characters


class Tags(Live, QWidget):
    """The tags of one picture or several, and a field to type another in.

    Signals:
        added(list): tags, as they were typed.
        removed(str): a tag.
    """

    added = Signal(list)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("title")
        self.row = ChipRow()
        self.row.removed.connect(self.removed)
        self.field = QLineEdit()
        self.field.setMaxLength(4 * MOST_TAG)
        self.field.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.row)
        column.addWidget(self.field)
        self.retranslate()

    def show_tags(self, pictures: Sequence[GalleryPicture]) -> None:
        """Show the tags of `pictures`, those that all have first."""
        counts = Counter(tag for picture in pictures for tag in picture.tags)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
        chips = [Chip(tag, short(tag), count) for tag, count in ranked]
        self.row.show_chips(chips, len(pictures))
        self.row.setVisible(bool(chips))

    def _add(self) -> None:
        typed = storable_text(self.field.text()).replace("，", ",").split(",")
        tags = [tag for part in typed if (tag := " ".join(part.split())[:MOST_TAG])]
        self.field.clear()
        if tags:
            self.added.emit(tags)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Tags"))
        self.field.setPlaceholderText(self.tr("Add a tag"))
        name(self.field, self.tr("Add a tag"), tip=self.tr("Enter adds it; commas part several."))


class Boards(Live, QWidget):
    """The boards that one picture or several are on, and a menu of the others.

    Signals:
        added(int): a board's id.
        removed(int): a board's id.
    """

    added = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boards: tuple[Board, ...] = ()
        self._counts: Counter[int] = Counter()
        self._of = 0
        self.title = label("title")
        self.add_button = tool_button(size=16)
        self.add_button.clicked.connect(self._choose)
        self.row = ChipRow()
        self.row.removed.connect(lambda key: self.removed.emit(int(key)))
        self.none = label("muted", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.row)
        column.addWidget(self.none)
        self.retranslate()
        self.restyle()

    def show_boards(self, pictures: Sequence[GalleryPicture], boards: Sequence[Board]) -> None:
        """Show which of `boards` the `pictures` are on."""
        self._boards, self._of = tuple(boards), len(pictures)
        self._counts = Counter(board for picture in pictures for board in picture.boards)
        chips = [
            Chip(str(board.id), short(board.name), self._counts[board.id])
            for board in boards
            if self._counts[board.id]
        ]
        self.row.show_chips(chips, self._of)
        self.row.setVisible(bool(chips))
        self.none.setVisible(not chips)
        self.add_button.setVisible(bool(self._boards))
        self.add_button.setEnabled(bool(self._addable))
        self._tell_none()

    @property
    def _addable(self) -> list[Board]:
        return [board for board in self._boards if self._counts[board.id] < max(1, self._of)]

    def _choose(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self.add_button.accessibleName())
        for board in self._addable:
            action = menu.addAction(short(board.name).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, chosen=board.id: self.added.emit(chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _tell_none(self) -> None:
        """Say how to put it on a board, or that there is none."""
        self.none.setText(
            self.tr("On no board. Drag it to one at the left, or press the plus.")
            if self._boards
            else self.tr("There is no board yet. The plus at the left makes one.")
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("Boards"))
        self._tell_none()
        name(self.add_button, self.tr("Put on a board"))

    def restyle(self) -> None:
        self.add_button.setIcon(icons.icon("plus"))
