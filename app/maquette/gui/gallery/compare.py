"""Two to four pictures of the library compared: side by side, wiped, or by their difference."""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from maquette.core.gallery import GalleryPicture
from maquette.gui.canvas import Canvas, View
from maquette.gui.gallery.compare_bar import MODES, CompareBar, Mode
from maquette.gui.gallery.compare_difference import CompareDifference
from maquette.gui.gallery.compare_pixels import ComparedPixels
from maquette.gui.gallery.compare_table import LETTERS, CompareTable
from maquette.gui.gallery.compare_tile import CompareTile
from maquette.gui.gallery.picture_facts import picture_name
from maquette.gui.live import Live
from maquette.gui.own_keys import DIGITS, PRESSING, REMOVING, OwnKeys
from maquette.gui.parts import name
from maquette.gui.wipe_canvas import WipeCanvas
from maquette.state.differences import fitted_part
from maquette.state.inspecting import InspectorCommands
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks

LEAST, MOST = 2, len(LETTERS)
TABLE = 236  # pixels that the table of recipes is high at first


KEYS = frozenset(key for _icon, key in MODES.values()) | {
    Qt.Key.Key_X,
    Qt.Key.Key_Z,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Equal,
    Qt.Key.Key_Minus,
    Qt.Key.Key_Escape,
}


class CompareView(OwnKeys, Live, QFrame):
    """Zoom and pan of one picture are those of all. Pictures are decoded in threads.

    Keys: S, W and D choose how, X swaps the first two, Z goes to 100 % and back, + and - zoom,
    Esc leaves.

    Signals:
        closed(): the user wants to go back to the grid.
        canvas_changed(Canvas): actions that zoom now act on this canvas, and so on all.
    """

    closed = Signal()
    canvas_changed = Signal(object)
    own_keys = PRESSING | REMOVING | DIGITS | KEYS

    def __init__(
        self, *, commands: InspectorCommands, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self._commands = commands
        self._tasks = tasks
        self._pictures: tuple[GalleryPicture, ...] = ()
        self._pair = (0, 1)  # the places of the two that are wiped or subtracted
        self._view: View | None = None
        self._pixels = ComparedPixels(tasks, self)
        self.bar = CompareBar()
        self.tiles: list[CompareTile] = []
        self.wipe = WipeCanvas()
        self.difference = CompareDifference(tasks)
        self.table = CompareTable()
        self._lay_out()
        for _ in range(LEAST):
            self._add_tile()
        self._bind()
        self.retranslate()

    def _lay_out(self) -> None:
        beside = QWidget()
        self._row = QHBoxLayout(beside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._stack = QStackedWidget()
        self._pages = {
            Mode.BESIDE: beside,
            Mode.WIPE: self.wipe,
            Mode.DIFFERENCE: self.difference,
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        lower = QFrame()
        lower.setObjectName("stageBar")
        lower.setProperty("edge", "bottom")
        inner = QVBoxLayout(lower)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.table)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._stack)
        split.addWidget(lower)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([2 * TABLE, TABLE])
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(split, 1)

    def _bind(self) -> None:
        for canvas in (self.wipe, self.difference.canvas):
            self._follow(canvas)
        self._pixels.came.connect(self._render_pixels)
        self._pixels.failed.connect(self._tell_problem)
        self.difference.canvas.filled.connect(lambda _filled: self._pass_view_on(None))
        bar = self.bar
        bar.chosen.connect(self._mode_chosen)
        bar.first.activated.connect(lambda place: self._choose_pair(place, self._pair[1]))
        bar.second.activated.connect(lambda place: self._choose_pair(self._pair[0], place))
        bar.swap_button.clicked.connect(self.swap)
        bar.fit_button.clicked.connect(lambda: self.canvas.fit())
        bar.actual_button.clicked.connect(lambda: self.canvas.actual_size())
        bar.close_button.clicked.connect(self.closed)

    def _follow(self, canvas: Canvas) -> None:
        canvas.viewed.connect(partial(self._viewed, canvas))
        canvas.zoomed.connect(partial(self._zoomed, canvas))

    # --- what is compared -----------------------------------------------------------------------

    @property
    def pictures(self) -> tuple[GalleryPicture, ...]:
        """What is compared, from left to right."""
        return self._pictures

    @property
    def mode(self) -> Mode:
        """How they are compared now."""
        return self.bar.mode

    @property
    def canvas(self) -> Canvas:
        """The canvas whose view all others follow."""
        if self.mode is Mode.WIPE:
            return self.wipe
        if self.mode is Mode.DIFFERENCE:
            return self.difference.canvas
        return self.tiles[0].canvas if self.tiles else self.wipe

    def show_pictures(self, pictures: Sequence[GalleryPicture]) -> None:
        """Compare `pictures`, two to four, or show the same ones after something changed."""
        before = [picture.id for picture in self._pictures]
        self._pictures = tuple(pictures[:MOST])
        ids = [picture.id for picture in self._pictures]
        if set(ids) != set(before):
            self._pair = (0, 1)
            self._view = None
        self._pixels.want(self._pictures)
        self._render()

    def put_away(self) -> None:
        """Let go of everything that is decoded."""
        self._pictures, self._view = (), None
        self._pixels.want(())
        self.difference.put_away()
        self.wipe.clear()
        for tile in self.tiles:
            tile.canvas.clear()

    def swap(self) -> None:
        """Change the places of the two that are wiped or subtracted."""
        one, other = self._pair
        moved = list(self._pictures)
        moved[one], moved[other] = moved[other], moved[one]
        self._pictures = tuple(moved)
        self._render()

    def set_mode(self, mode: Mode) -> None:
        """Compare side by side, by wiping, or by the difference."""
        self.bar.modes[mode].setChecked(True)

    def _mode_chosen(self, mode: Mode) -> None:
        self._stack.setCurrentWidget(self._pages[mode])
        self._render()
        self._pixels.look_closer(self._is_close)
        self.canvas_changed.emit(self.canvas)

    def _choose_pair(self, first: int, second: int) -> None:
        if first == second:
            # Whoever chooses the other side's picture wants the two the other way round.
            first, second = (
                (first, self._pair[0])
                if first != self._pair[0]
                else (
                    self._pair[1],
                    second,
                )
            )
        self._pair = (first, second)
        self._render()

    def _drop(self, tile: CompareTile) -> None:
        if tile.picture is not None and len(self._pictures) > 2:
            gone = tile.picture.id
            self.show_pictures([each for each in self._pictures if each.id != gone])

    def _rate(self, tile: CompareTile, rating: int) -> None:
        picture = tile.picture
        if picture is not None:
            self._pictures = tuple(
                msgspec.structs.replace(each, rating=rating) if each.id == picture.id else each
                for each in self._pictures
            )
            self._tasks.start(self._commands.rate([picture.id], rating))

    def _use(self, tile: CompareTile) -> None:
        if tile.picture is not None:
            self._commands.use_again(tile.picture)

    def _tell_problem(self, picture_id: int, problem: str) -> None:
        for tile in self.tiles:
            if tile.picture is not None and tile.picture.id == picture_id:
                tile.tell_problem(translate_sentence(problem))

    # --- showing --------------------------------------------------------------------------------

    def _render(self) -> None:
        while len(self.tiles) < len(self._pictures):
            self._add_tile()
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(self._pictures))
            if place < len(self._pictures):
                can_drop = len(self._pictures) > 2
                tile.show_picture(LETTERS[place], self._pictures[place], can_drop=can_drop)
        names = [
            f"{LETTERS[place]} · {picture_name(picture)}"
            for place, picture in enumerate(self._pictures)
        ]
        self.bar.show_pair(names, self._pair)
        self.table.show_pictures(self._pictures)
        self._render_fitting()
        self._render_pixels()

    def _add_tile(self) -> None:
        tile = CompareTile()
        tile.dropped.connect(partial(self._drop, tile))
        tile.rated.connect(partial(self._rate, tile))
        tile.used.connect(partial(self._use, tile))
        self._follow(tile.canvas)
        self._row.addWidget(tile, 1)
        self.tiles.append(tile)

    @property
    def _chosen(self) -> tuple[GalleryPicture, GalleryPicture] | None:
        """The two that are wiped or subtracted."""
        first, second = self._pair
        if max(first, second) >= len(self._pictures):
            return None
        return self._pictures[first], self._pictures[second]

    def _render_fitting(self) -> None:
        """Say so where the first is scaled, or cropped too, to lie on the second."""
        chosen = self._chosen
        words = ""
        if chosen is not None and self.mode is not Mode.BESIDE:
            sizes = [(picture.width, picture.height) for picture in chosen]
            if sizes[0] != sizes[1] and all(min(size) > 0 for size in sizes):
                is_whole = fitted_part(*sizes) == (0, 0, 1, 1)
                template = (
                    self.tr("{letter} is scaled to {width} × {height}")
                    if is_whole
                    else self.tr("{letter} is scaled and cropped to {width} × {height}")
                )
                letter = LETTERS[self._pair[0]]
                words = template.format(letter=letter, width=sizes[1][0], height=sizes[1][1])
        self.bar.tell_fitting(words)

    def _render_pixels(self) -> None:
        chosen = self._chosen
        if self.mode is Mode.DIFFERENCE and chosen is not None:
            self.difference.show_pair(*chosen)
        elif self.mode is Mode.WIPE and chosen is not None:
            self._render_wipe(*chosen)
        else:
            for tile in self.tiles:
                picture = tile.picture
                read = self._pixels.of(picture) if picture is not None else None
                if picture is not None and read is not None:
                    tile.canvas.show_levels(read.levels, read.size, str(picture.path))
        self._pass_view_on(None)

    def _render_wipe(self, first: GalleryPicture, second: GalleryPicture) -> None:
        over, under = self._pixels.of(first), self._pixels.of(second)
        if over is None or under is None:
            self.wipe.take_off()
            self.wipe.clear()
            return
        self.wipe.show_levels(under.levels, under.size, str(second.path))
        sizes = [it.size.toTuple() for it in (over, under)]
        line = self.wipe.line
        self.wipe.lay_over(over.levels, fitted_part(sizes[0], sizes[1]))
        if line >= 0:
            self.wipe.move_line(line)
        letters = [f"{LETTERS[place]}" for place in self._pair]
        self.wipe.set_words(letters[0], letters[1])

    # --- views in step --------------------------------------------------------------------------

    def _viewed(self, canvas: Canvas, view: View) -> None:
        self._view = view
        self._pass_view_on(canvas)

    def _pass_view_on(self, source: Canvas | None) -> None:
        if self._view is None:
            return
        canvases = [tile.canvas for tile in self.tiles]
        for canvas in (*canvases, self.wipe, self.difference.canvas):
            if canvas is not source:
                canvas.show_view(self._view)

    @property
    def _is_close(self) -> bool:
        """Whether more of a picture is seen than of pictures as a whole."""
        if self.mode is Mode.DIFFERENCE:
            return False  # its pixels are its own
        if self.mode is Mode.WIPE:
            width = self.wipe.shown_width
            return any(self._pixels.is_close(each, width) for each in self._chosen or ())
        return any(
            self._pixels.is_close(tile.picture, tile.canvas.shown_width)
            for tile in self.tiles
            if tile.picture is not None
        )

    def _zoomed(self, canvas: Canvas, percent: int) -> None:
        if canvas is self.canvas:
            self.bar.zoom.setText(f"{percent} %")
        self._pixels.look_closer(self._is_close)

    # --- keys, language and theme ---------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        modes = {of_mode: mode for mode, (_icon, of_mode) in MODES.items()}
        if key in modes:
            self.set_mode(modes[key])
        elif key == Qt.Key.Key_X:
            self.swap()
        elif key == Qt.Key.Key_Z:
            self.canvas.toggle_zoom()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.canvas.zoom_by(1.25)
        elif key == Qt.Key.Key_Minus:
            self.canvas.zoom_by(0.8)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Give the keys to the picture."""
        self.canvas.setFocus()

    def retranslate(self) -> None:
        name(self.wipe, self.tr("Two pictures with a line between them"))
        self.wipe.setToolTip("")
        self.wipe.setAccessibleDescription(self.tr("Arrow keys move the line."))
        self._render_fitting()
