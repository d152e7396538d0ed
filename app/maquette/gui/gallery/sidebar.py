"""The library's left column: boards and trash above, what narrows the search below."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QWidget

from maquette.core.gallery import Board, Facet
from maquette.gui import icons
from maquette.gui.gallery.counted_list import ROW, CountedList, CountedRow
from maquette.gui.gallery.facet_words import field_word, value_word
from maquette.gui.live import Live
from maquette.gui.parts import Panel, label, name, tool_button
from maquette.library.query import Field
from maquette.state.gallery_terms import has_term
from maquette.state.gallery_view import GalleryView, Scope, Shelf

LONGEST_NAME = 80  # characters of a board's name
OF_A_FIELD = 6  # facets that are listed of one field
MOST_BOARDS_SEEN = 9
ORDER = (
    Field.RATING, Field.SOURCE, Field.DATE, Field.FORM, Field.MATERIAL, Field.COLOUR, Field.STYLE,
    Field.PRESET, Field.SETTING, Field.TAG, Field.MODEL, Field.SIZE, Field.SAMPLER, Field.IN,
)  # fmt: skip


class Sidebar(Live, Panel):
    """Boards take pictures that are dropped on them.

    Signals:
        looked(Scope): the user wants to look there.
        facet_turned(Field, str): the user wants this value, or no longer.
        board_named(str): a board of this name is to be made.
        board_renamed(int, str): a board is to be called so.
        board_removed(Board): a board is to go.
        dropped(list of ids, Scope): pictures were dropped on a board or the trash.
        emptied(): the trash is to be emptied.
    """

    looked = Signal(object)
    facet_turned = Signal(object, str)
    board_named = Signal(str)
    board_renamed = Signal(int, str)
    board_removed = Signal(object)
    dropped = Signal(object, object)
    emptied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = GalleryView()
        self._renamed: Board | None = None
        self.add_button = tool_button()
        self.add_button.clicked.connect(self.name_board)
        self.header.addWidget(self.add_button)
        self.name_edit = QLineEdit()
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_edit.hide()
        self.name_edit.returnPressed.connect(self._named)
        self.name_edit.editingFinished.connect(self._stop_naming)
        self.shelves = CountedList()
        self.shelves.setAcceptDrops(True)
        self.shelves.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.shelves.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.shelves.customContextMenuRequested.connect(self._menu)
        self.shelves.chosen.connect(lambda key: self.looked.emit(_scope(key)))
        self.shelves.dropped.connect(lambda key, ids: self.dropped.emit(ids, _scope(key)))
        self.narrow = label("title")
        self.narrow.setMinimumHeight(30)
        self.facets = CountedList()
        self.facets.chosen.connect(self._facet_chosen)
        for key, widget, act in (
            (Qt.Key.Key_F2, self.shelves, self._rename_current),
            (Qt.Key.Key_Delete, self.shelves, self._remove_current),
            (Qt.Key.Key_Escape, self.name_edit, self._stop_naming),
        ):
            shortcut = QShortcut(QKeySequence(key), widget, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.body.setSpacing(4)
        for part in (self.name_edit, self.shelves, self.narrow):
            self.body.addWidget(part)
        self.body.addWidget(self.facets, 1)
        self.retranslate()
        self.restyle()

    def show_view(self, view: GalleryView) -> None:
        """Show boards and facets of `view`."""
        self._view = view
        scope = view.question.scope
        rows = [
            CountedRow("all", self.tr("All"), view.total, "squares-four", scope.shelf is Shelf.ALL),
            *(
                CountedRow(f"board {board.id}", board.name, board.pictures, "folder-simple",
                           scope == Scope(Shelf.BOARD, board.id), takes=True)
                for board in view.boards
            ),
            CountedRow("trash", self.tr("Trash"), view.trashed, "trash",
                       scope.shelf is Shelf.TRASH, takes=True),
        ]  # fmt: skip
        self.shelves.show_rows(tuple(rows))
        self.shelves.setFixedHeight(min(len(rows), MOST_BOARDS_SEEN) * ROW + 4)
        self.facets.show_rows(tuple(self._facet_rows(view)))
        self.narrow.setVisible(bool(self.facets.counted.rows))

    @staticmethod
    def _facet_rows(view: GalleryView) -> list[CountedRow]:
        groups: dict[Field, list[Facet]] = {}
        for facet in view.facets:
            groups.setdefault(Field(facet.field), []).append(facet)
        groups[Field.RATING] = _at_least(groups.get(Field.RATING, []))
        rows: list[CountedRow] = []
        text, found = view.question.text, len(view.answer.ids)
        for field in ORDER:
            made = []
            for facet in groups.get(field, []):
                words = value_word(field, facet.value)
                on = has_term(text, field, facet.value)
                if on or 0 < facet.pictures < found:  # else it would narrow nothing down
                    key = f"{field}\n{facet.value}"
                    made.append(CountedRow(key, words, facet.pictures, on=on))
            if made:
                rows.append(CountedRow(f"{field}", field_word(field), heading=True))
                rows += made[:OF_A_FIELD]
        return rows

    def _facet_chosen(self, key: str) -> None:
        field, _, value = key.partition("\n")
        self.facet_turned.emit(Field(field), value)

    # --- boards ---------------------------------------------------------------------------------

    def name_board(self) -> None:
        """Let the user type the name of a new board."""
        self._renamed = None
        self._start_naming("")

    def _rename_current(self) -> None:
        self._rename(self._board(_scope(self.shelves.current_key or "all")))

    def _remove_current(self) -> None:
        board = self._board(_scope(self.shelves.current_key or "all"))
        if board is not None:
            self.board_removed.emit(board)

    def _rename(self, board: Board | None) -> None:
        if board is not None:
            self._renamed = board
            self._start_naming(board.name)

    def _start_naming(self, text: str) -> None:
        self.name_edit.setText(text)
        self.name_edit.selectAll()
        self.name_edit.show()
        self.name_edit.setFocus()

    def _named(self) -> None:
        text = " ".join(self.name_edit.text().split())
        board, self._renamed = self._renamed, None
        self._stop_naming()
        if board is not None and text and text != board.name:
            self.board_renamed.emit(board.id, text)
        elif board is None and text:
            self.board_named.emit(text)

    def _stop_naming(self) -> None:
        if self.name_edit.isVisible():
            had_focus = self.name_edit.hasFocus()
            self.name_edit.hide()
            if had_focus:
                self.shelves.setFocus()

    def _board(self, scope: Scope) -> Board | None:
        return next((board for board in self._view.boards if board.id == scope.board), None)

    def _menu(self, point: QPoint) -> None:
        index = self.shelves.indexAt(point)
        if not index.isValid():
            return
        scope = _scope(self.shelves.counted.rows[index.row()].key)
        board = self._board(scope)
        menu = QMenu(self)
        if board is not None:
            menu.addAction(self.tr("Rename…"), lambda: self._rename(board))
            menu.addAction(self.tr("Remove board"), lambda: self.board_removed.emit(board))
        elif scope.shelf is Shelf.TRASH:
            emptying = menu.addAction(self.tr("Empty trash…"), self.emptied.emit)
            emptying.setEnabled(self._view.trashed > 0)
        else:
            menu.addAction(self.tr("New board…"), self.name_board)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.shelves.viewport().mapToGlobal(point))

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.title.setText(self.tr("Boards"))
        self.narrow.setText(self.tr("Narrow down"))
        name(self.add_button, self.tr("New board"), "Ctrl+Shift+N")
        name(self.name_edit, self.tr("Name of the board"))
        self.name_edit.setPlaceholderText(self.tr("Name of the board"))
        name(self.shelves, self.tr("Boards"))
        name(self.facets, self.tr("Narrow down"))
        self.shelves.setToolTip("")
        self.facets.setToolTip("")
        self.show_view(self._view)

    def restyle(self) -> None:
        self.add_button.setIcon(icons.icon("plus"))


def _scope(key: str) -> Scope:
    """The scope that a row's key stands for."""
    kind, _, number = key.partition(" ")
    return Scope(Shelf(kind), int(number or 0))


def _at_least(ratings: list[Facet]) -> list[Facet]:
    """How many pictures have so many stars or more, the most first: that is what one looks for."""
    found: list[Facet] = []
    count = 0
    for facet in sorted(ratings, key=lambda each: each.value, reverse=True):
        count += facet.pictures
        found.append(Facet(facet.field, f">={facet.value}", count))
    return found
