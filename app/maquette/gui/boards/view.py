"""The board view: the pictures of a board in rows and columns, with labels, as they come."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from maquette.core.paths import pictures_dir
from maquette.core.variants_board import Board
from maquette.gui.combo import fill_combo
from maquette.gui.files import show_in_folder
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name, plain_tip
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnails import Thumbnails
from maquette.state.studio import Studio

SIDE = 132  # pixels of a thumbnail
SIZE = QSize(760, 640)


class BoardView(Live, QDialog):
    """A click on a picture shows it on the stage."""

    def __init__(self, studio: Studio, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.resize(SIZE)
        self._studio = studio
        self._thumbnails = thumbnails
        self._board: Board | None = None
        self.cells: list[QToolButton] = []
        self._paths: tuple[str, ...] = ()
        self.boards = QComboBox()
        self.progress = label("muted")
        self.empty = label("muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.files = button("tall")
        self.sheet = button("tall")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.boards)
        head.addWidget(self.progress, 1)
        head.addWidget(self.files)
        head.addWidget(self.sheet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addWidget(self.empty, 1)
        outer.addWidget(self._scroll, 1)
        self.boards.activated.connect(self._chosen)
        self.files.clicked.connect(self._ask_for_folder)
        self.sheet.clicked.connect(self._ask_for_sheet)
        thumbnails.ready.connect(self._thumbnail_came)
        studio.results.recent.changed.connect(self._fill)
        studio.boards.list.changed.connect(self._list_boards)
        studio.boards.found.connect(self._fill)
        self.retranslate()

    def show_board(self, board: Board) -> None:
        """Lay out `board`."""
        self._board = board
        self._list_boards()
        self._build(board)

    # --- the grid -------------------------------------------------------------------------------

    def _build(self, board: Board) -> None:
        content = QWidget()
        content.setObjectName("scrolled")
        grid = QGridLayout(content)
        grid.setSpacing(8)
        width = board.across or len(board.columns) * board.seeds
        for place, words in enumerate(() if board.across else board.columns):
            grid.addWidget(_heading(words), 0, 1 + place * board.seeds, 1, board.seeds)
        for place, words in enumerate(board.rows):
            if board.across:  # below its picture
                row, column = 2 * (place // width) + 2, 1 + place % width
                grid.addWidget(_heading(words), row, column, Qt.AlignmentFlag.AlignHCenter)
            else:
                grid.addWidget(_heading(words), 1 + place, 0)
        self.cells = []
        self._paths = ("",) * len(board.records)
        for place in range(len(board.records)):
            cell = QToolButton()
            cell.setProperty("kind", "quiet")
            cell.setIcon(QIcon(_blank()))
            cell.setFixedSize(SIDE + 16, SIDE + 16)
            cell.setIconSize(QSize(SIDE, SIDE))
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            words = board.words(place)
            cell.setAccessibleName(words)
            cell.setToolTip(plain_tip(words))
            cell.clicked.connect(lambda _=False, place=place: self._open(place))
            row = 2 * (place // width) if board.across else place // width
            grid.addWidget(cell, 1 + row, 1 + place % width)
            self.cells.append(cell)
        grid.setRowStretch(2 * len(board.rows) + 1, 1)
        grid.setColumnStretch(width + 1, 1)
        self._scroll.setWidget(content)
        self._fill()
        self._studio.tasks.start(self._studio.boards.look_up(board))

    def _fill(self, *_: object) -> None:
        board = self._board
        self.empty.setVisible(board is None)
        for part in (self.boards, self.progress, self.files, self.sheet):
            part.setVisible(board is not None)
        self._scroll.setVisible(board is not None)
        if board is None:
            return
        self._paths = self._studio.boards.paths(board)
        for cell, path in zip(self.cells, self._paths, strict=True):
            cell.setEnabled(bool(path))
            if path:
                self._picture(cell, path)
        done = sum(bool(path) for path in self._paths)
        self.progress.setText(self.tr("{n} of {total}").format(n=done, total=len(board.records)))
        self.files.setEnabled(done > 0)
        self.sheet.setEnabled(done > 0)

    def _picture(self, cell: QToolButton, path: str) -> None:
        found = self._studio.results.find(path)
        pixmap = self._thumbnails.get((found.thumbnail if found else "") or path)
        if pixmap is not None and not pixmap.isNull():
            cell.setIcon(QIcon(pixmap))

    def _thumbnail_came(self, _path: str) -> None:
        if self.isVisible():
            self._fill()

    def _open(self, place: int) -> None:
        if self._board is not None:
            self._studio.boards.show(self._board, place)

    # --- which board ----------------------------------------------------------------------------

    def _list_boards(self, *_: object) -> None:
        boards = self._studio.boards.list.value.boards
        if self._board is None and boards:
            self._board = boards[0]
            self._build(boards[0])
        current = self._board.id if self._board else ""
        fill_combo(self.boards, [(board.id, board.name) for board in boards], current)

    def _chosen(self, index: int) -> None:
        wanted = self.boards.itemData(index)
        for board in self._studio.boards.list.value.boards:
            if board.id == wanted:
                self.show_board(board)

    # --- out ------------------------------------------------------------------------------------

    def _ask_for_sheet(self) -> None:
        if self._board is None:
            return
        offered = pictures_dir() / f"{self._board.name.replace(' ', '')}.png"
        target, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export the board as one sheet"), str(offered), self.tr("Sheet (*.png)")
        )
        if target:
            self._studio.tasks.start(self.export_sheet(Path(target)))

    def _ask_for_folder(self) -> None:
        title = self.tr("Export the board's pictures into a folder")
        folder = QFileDialog.getExistingDirectory(self, title, str(pictures_dir()))
        if folder:
            self._studio.tasks.start(self.export_pictures(Path(folder)))

    async def export_pictures(self, folder: Path) -> None:
        """Copy the board's pictures into `folder` and show where they are. Raises SaveError."""
        if self._board is not None:
            paths = await self._studio.boards.export_pictures(self._board, folder)
            show_in_folder(str(paths[0]))

    async def export_sheet(self, target: Path) -> None:
        """Write the board's sheet and show where it is. Raises MaquetteError."""
        if self._board is not None:
            path = await self._studio.boards.export_sheet(self._board, target)
            show_in_folder(str(path))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Boards"))
        name(self.boards, self.tr("Which board"))
        self.files.setText(self.tr("Export pictures…"))
        name(self.files, self.tr("Export the pictures one by one, named by row and column"))
        self.sheet.setText(self.tr("Export sheet…"))
        name(self.sheet, self.tr("Export the board as one labelled sheet"))
        self.empty.setText(
            self.tr(
                "There is no board yet. Press Board in the Sketch panel to see one drawing in "
                "many materials and colours, or in the Style panel to see one prompt in many "
                "styles."
            )
        )
        self._list_boards()
        self._fill()


def _blank() -> QPixmap:
    """What stands in the place of a picture that is not there yet."""
    blank = QPixmap(SIDE, SIDE)
    blank.fill(QColor(current_tokens().control))
    return blank


def _heading(text: str) -> QWidget:
    made = label("small", wrap=True)
    made.setText(text)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedWidth(SIDE)
    return made
