"""The full-screen view: one picture of a list after the other, with nothing around it."""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from maquette.core.errors import MaquetteError
from maquette.core.gallery import MAX_RATING, GalleryPicture
from maquette.gui.canvas import Canvas
from maquette.gui.gallery.reading_ahead import ReadingAhead
from maquette.gui.gallery.viewer_bar import ViewerBar, ViewerFacts, ViewerMessage
from maquette.gui.images import picture_image
from maquette.gui.live import Live
from maquette.gui.parts import name
from maquette.library.thumbnails import ThumbnailSize
from maquette.state.inspecting import GalleryFacts, InspectorCommands
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks

AROUND = 3  # pictures at each side that are fetched along
MOST_KNOWN = 200
REST = 2500  # milliseconds without the mouse, after which bar and pointer hide
STEP = 120  # logical pixels that Shift and an arrow move the picture
FACTS_WIDTH = 320


class Viewer(Live, QWidget):
    """Walks through the pictures with `ids`; they are fetched and decoded as they are needed.

    Signals:
        closed(int): it was left at the picture with this id.
    """

    closed = Signal(int)

    def __init__(
        self,
        ids: Sequence[int] | np.ndarray,
        start: int,
        *,
        facts: GalleryFacts,
        commands: InspectorCommands,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        """`start` is the id to begin with."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ids = np.array(ids, dtype=np.int64)
        self._row = self._row_of(start)
        self._facts = facts
        self._commands = commands
        self._tasks = tasks
        self._known: dict[int, GalleryPicture] = {}
        self._stale: set[int] = set()  # ids of what is to be fetched again
        self._removed: list[tuple[int, int]] = []  # (row, id) of what went to the trash
        self._leaving: set[int] = set()
        self._changes = 0  # of ours that undo may take back
        self._is_back = False  # whether one walks towards the beginning
        self._is_keeping_up = False
        self._is_over_bar = False  # the mouse is
        self._is_closed = False  # Qt's part is gone then; what comes late is dropped
        self._reader = ReadingAhead(tasks, self)
        self._reader.came.connect(self._came)
        self.canvas = Canvas()
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # there is nothing else to tell apart
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.bar = ViewerBar(self)
        self.panel = ViewerFacts(self)
        self.panel.hide()
        self.message = ViewerMessage(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._hide_bar)
        self._bind()
        self.retranslate()
        self._turn()

    def _bind(self) -> None:
        bar = self.bar
        self.canvas.zoomed.connect(lambda percent: bar.zoom.setText(f"{percent} %"))
        self.canvas.setMouseTracking(True)
        self.canvas.installEventFilter(self)
        bar.installEventFilter(self)
        self.message.undo_button.clicked.connect(self.undo)
        keys: list[tuple[tuple[str, ...], Callable[[], object]]] = [
            (("Left", "PgUp", "Shift+Space", "Backspace"), lambda: self.step(-1)),
            (("Right", "PgDown", "Space"), lambda: self.step(1)),
            (("Home",), lambda: self.go_to_row(0)),
            (("End",), lambda: self.go_to_row(len(self._ids) - 1)),
            (("Ctrl+0",), self.canvas.fit),
            (("Ctrl+1", "Ctrl+Shift+1"), self.canvas.actual_size),
            (("Z",), self.canvas.toggle_zoom),
            (("+", "=", "Ctrl++", "Ctrl+="), lambda: self.canvas.zoom_by(1.25)),
            (("-", "Ctrl+-"), lambda: self.canvas.zoom_by(0.8)),
            (("Shift+Left",), lambda: self.canvas.pan(-STEP, 0)),
            (("Shift+Right",), lambda: self.canvas.pan(STEP, 0)),
            (("Shift+Up", "Up"), lambda: self.canvas.pan(0, -STEP)),
            (("Shift+Down", "Down"), lambda: self.canvas.pan(0, STEP)),
            (("I",), bar.facts_button.toggle),
            (("Del",), self.trash),
            (("Ctrl+Z",), self.undo),
            (("Esc", "F11"), self.close),
        ]
        for rating in range(MAX_RATING + 1):
            keys.append(((str(rating),), lambda stars=rating: self.rate(stars)))
        for sequences, handler in keys:
            for sequence in sequences:
                QShortcut(QKeySequence(sequence), self, handler)
        bar.previous_button.clicked.connect(lambda: self.step(-1))
        bar.next_button.clicked.connect(lambda: self.step(1))
        bar.fit_button.clicked.connect(self.canvas.fit)
        bar.actual_button.clicked.connect(self.canvas.actual_size)
        bar.facts_button.toggled.connect(self._show_facts)
        bar.trash_button.clicked.connect(self.trash)
        bar.close_button.clicked.connect(self.close)
        bar.stars.rated.connect(self.rate)

    # --- where one is ---------------------------------------------------------------------------

    def open_full(self) -> None:
        """Show it on the whole screen that the window behind it is on."""
        behind = self.parentWidget()
        if behind is not None:
            screen = behind.window().screen()
            self.setScreen(screen)
            self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.setFocus()
        self._rest.start()

    @property
    def current(self) -> int:
        """The id of the picture that is looked at."""
        return int(self._ids[self._row])

    @property
    def picture(self) -> GalleryPicture | None:
        """The picture that is looked at; None until it is fetched."""
        return self._known.get(self.current)

    def step(self, by: int) -> None:
        """Go to the next picture, or back; the list has two ends."""
        self.go_to_row(self._row + by)

    def go_to_row(self, row: int) -> None:
        """Go to the picture in this row of the list, or to the nearest there is."""
        row = max(0, min(len(self._ids) - 1, row))
        if row != self._row:
            self._is_back = row < self._row
            self._row = row
            self.message.hide()
            self._turn()

    def refresh(self) -> None:
        """Fetch again what is known, since the library changed; it is shown until then."""
        self._stale = set(self._known)
        self._turn()

    def library_answered(self, _view: object, fields: frozenset[str]) -> None:
        """Follow the library: the same question has a new answer."""
        if "answer" in fields and not self._is_closed:
            self.refresh()

    def _turn(self) -> None:
        if not self._is_keeping_up:
            self._is_keeping_up = True
            self._tasks.start(self._keep_up())
        self._render()

    async def _keep_up(self) -> None:
        """Fetch what is around until it is where one has come to meanwhile."""
        try:
            while missing := self._missing():
                self._stale.difference_update(missing)
                found = await self._facts.pictures(missing)
                if self._is_closed:
                    return
                if len(self._known) > MOST_KNOWN:
                    self._known.clear()
                self._known |= {picture.id: picture for picture in found}
                gone = set(missing).difference(picture.id for picture in found)
                if gone:
                    self._drop(gone)
                if not len(self._ids):
                    self.close()
                    return
                self._render()
        finally:
            self._is_keeping_up = False

    def _missing(self) -> list[int]:
        """The ids around that are not known, or no longer as they are."""
        first = max(0, self._row - AROUND)
        around = self._ids[first : self._row + AROUND + 1].tolist()
        return [each for each in around if each not in self._known or each in self._stale]

    def _row_of(self, picture_id: int) -> int:
        """Where a picture is in the list; 0 for one that is not in it."""
        found = np.flatnonzero(self._ids == picture_id)
        return int(found[0]) if len(found) else 0

    def _drop(self, gone: set[int]) -> None:
        """Take what the library does not have any more off the list."""
        stays = ~np.isin(self._ids, list(gone))
        self._row = int(stays[: self._row].sum())
        self._ids = self._ids[stays]
        self._row = max(0, min(len(self._ids) - 1, self._row))

    # --- showing --------------------------------------------------------------------------------

    def _render(self) -> None:
        picture = self.picture
        places = QLocale()
        row, count = places.toString(self._row + 1), places.toString(len(self._ids))
        self.bar.show_picture(picture, f"{row} / {count}")
        self.bar.previous_button.setEnabled(self._row > 0)
        self.bar.next_button.setEnabled(self._row < len(self._ids) - 1)
        self.panel.show_picture(picture)
        self._arrange()
        if picture is None:
            return
        self.canvas.setAccessibleDescription(picture.prompt[:300])
        ahead, behind = self._row + 1, self._row - 1
        rows = (behind, ahead) if self._is_back else (ahead, behind)
        ids = [int(self._ids[row]) for row in rows if 0 <= row < len(self._ids)]
        near = [self._known[each] for each in ids if each in self._known]
        self._reader.want([picture, *near])
        if not self._show_levels(picture):
            self._tasks.start(self._show_thumbnail(picture))

    def _show_levels(self, picture: GalleryPicture) -> bool:
        """Show `picture` if it is decoded, or say why it cannot be."""
        problem = self._reader.problem(picture)
        levels = self._reader.levels(picture)
        if problem:
            self._tell(translate_sentence(problem))
        elif levels is not None:
            self.canvas.show_levels(levels, levels[0].size(), str(picture.path))
        return levels is not None

    async def _show_thumbnail(self, picture: GalleryPicture) -> None:
        small = await self._facts.thumbnail(picture, ThumbnailSize.LARGE)
        if (
            self._is_closed
            or picture.id != self.current
            or self._reader.levels(picture) is not None
        ):
            return
        if small is None:
            self.canvas.clear()
        else:
            size = QSize(max(1, picture.width), max(1, picture.height))
            self.canvas.show_levels((picture_image(small),), size, str(picture.path))

    def _came(self, picture_id: int) -> None:
        picture = self.picture
        if picture is not None and picture_id == picture.id:
            self._show_levels(picture)

    def _show_facts(self, shown: bool) -> None:
        self.panel.setVisible(shown)
        self._arrange()

    def _tell(self, words: str, undo: str = "") -> None:
        self.message.tell(words, undo)
        self._arrange()

    # --- changing -------------------------------------------------------------------------------

    def rate(self, rating: int) -> None:
        """Give the picture 0 to 5 stars."""
        picture = self.picture
        if picture is None or picture.rating == rating:
            return
        self._show_bar()
        # What was chosen is seen at once; the library follows.
        self._known[picture.id] = msgspec.structs.replace(picture, rating=rating)
        self.bar.stars.set_rating(rating)
        self._tasks.start(self._rate(picture, rating))

    async def _rate(self, picture: GalleryPicture, rating: int) -> None:
        try:
            await self._commands.rate([picture.id], rating)
        except MaquetteError as error:
            if self._is_closed:
                raise  # the window behind tells it
            self._known[picture.id] = picture
            self._render()
            self._tell(translate_sentence(error.message))
        else:
            self._changes += 1

    def trash(self) -> None:
        """Move the picture to the trash, and go on with the next."""
        if self.current not in self._leaving:
            self._leaving.add(self.current)
            self._tasks.start(self._trash(self.current))

    async def _trash(self, picture_id: int) -> None:
        try:
            await self._commands.trash([picture_id])
        except MaquetteError as error:
            if self._is_closed:
                raise
            self._tell(translate_sentence(error.message))
            return
        finally:
            self._leaving.discard(picture_id)
        if self._is_closed:
            return
        self._changes += 1
        self._removed.append((self._row_of(picture_id), picture_id))
        self._drop({picture_id})
        self._known.pop(picture_id, None)
        if not len(self._ids):
            self.close()
            return
        self._turn()
        self._tell(self.tr("Moved to the trash."), self.tr("Undo (Ctrl+Z)"))

    def undo(self) -> None:
        """Take the latest change that was made here back."""
        if self._changes:
            self._changes -= 1
            self._tasks.start(self._undo())

    async def _undo(self) -> None:
        try:
            await self._commands.undo()
        except MaquetteError as error:
            if self._is_closed:
                raise
            self._tell(translate_sentence(error.message))
            return
        if self._removed:
            row, picture_id = self._removed[-1]
            found = await self._facts.pictures([picture_id])
            if self._is_closed:
                return
            if found and not found[0].trashed:
                self._removed.pop()
                self._ids = np.insert(self._ids, row, picture_id)
                self._row = row
        if not self._is_closed:
            self.message.hide()
            self.refresh()

    # --- bar and pointer ------------------------------------------------------------------------

    def _show_bar(self) -> None:
        self.bar.show()
        self.canvas.unsetCursor()
        self._rest.start()

    def _hide_bar(self) -> None:
        focused = QApplication.focusWidget()
        if self._is_over_bar or (focused is not None and self.bar.isAncestorOf(focused)):
            self._rest.start()
            return
        self.bar.hide()
        self.canvas.setCursor(Qt.CursorShape.BlankCursor)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if watched is self.bar and event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._is_over_bar = event.type() == QEvent.Type.Enter
        elif watched is self.canvas and event.type() == QEvent.Type.MouseMove:
            self._show_bar()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        self._show_bar()  # what is hidden cannot be tabbed to
        return super().focusNextPrevChild(next_one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        bar = self.bar.sizeHint().height()
        self.bar.setGeometry(QRect(8, 8, width - 16, bar))
        inner = min(FACTS_WIDTH, width - 16)
        tall = min(self.panel.heightForWidth(inner), height - bar - 32)
        self.panel.setGeometry(QRect(width - inner - 8, bar + 16, inner, tall))
        self.message.adjustSize()
        corner = QPoint((width - self.message.width()) // 2, height - self.message.height() - 24)
        self.message.move(corner)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._rest.stop()
        self._is_closed = True
        self._reader.want(())
        self.closed.emit(self.current if len(self._ids) else 0)
        super().closeEvent(event)

    # --- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Full-screen view"))
        name(self.canvas, self.tr("Picture"))
        self.canvas.setToolTip("")
