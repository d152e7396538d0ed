"""The Library place: boards and facets, search and grid, inspector."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from maquette.core.gallery import GalleryPicture
from maquette.gui.actions import Actions
from maquette.gui.banner import Banner
from maquette.gui.canvas import Canvas
from maquette.gui.export.opening import open_batch_export
from maquette.gui.export.runs_panel import RunsPanel
from maquette.gui.gallery.compare import CompareView
from maquette.gui.gallery.grid_panel import GridPanel
from maquette.gui.gallery.import_strip import ImportStrip
from maquette.gui.gallery.inspector import Inspector
from maquette.gui.gallery.page_actions import PageActions
from maquette.gui.gallery.page_commands import PageCommands, Ways
from maquette.gui.gallery.picking import Picking
from maquette.gui.gallery.quick_look import QuickLook
from maquette.gui.gallery.search_box import SearchBox
from maquette.gui.gallery.sidebar import Sidebar
from maquette.gui.gallery.tag_bar import TagBar
from maquette.gui.in_parts import InParts
from maquette.gui.live import Live
from maquette.gui.parts import button
from maquette.gui.picture_thumbnails import PictureThumbnails
from maquette.library.query import Field
from maquette.state.gallery_terms import turn_term
from maquette.state.gallery_view import GalleryView, Scope, Shelf
from maquette.state.studio import Studio

COLUMNS = (196, 960, 268)


class LibraryPage(Live, InParts, QWidget):
    """Pictures of other programs may be dropped anywhere on it, to be imported.

    Signals:
        zoom_turned(Canvas or None): what can be zoomed now.
    """

    zoom_turned = Signal(object)

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        go_to_create: Callable[[], None],
        check_file: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._studio = studio
        self._library = studio.library
        self._browser = studio.library.browser
        self._actions = actions
        self._is_built = False
        self._was_seen = False
        ways = Ways(go_to_create, check_file, self._go_to_picture, self._find_file)
        self.commands = PageCommands(studio.library.commands, studio.commands, ways)
        self._parts = self._build()

    def _build(self) -> Iterator[bool]:
        studio, library, actions = self._studio, self._library, self._actions
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setHandleWidth(8)
        self._columns.setChildrenCollapsible(False)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._columns)
        self.sidebar = Sidebar()
        self.sidebar.setMinimumWidth(160)
        self._columns.addWidget(self.sidebar)
        yield True
        self.thumbnails = PictureThumbnails(studio.tasks, library.thumbnails, self)
        self.middle = GridPanel(
            rows=self._browser.rows, thumbnails=self.thumbnails, actions=actions, parent=self
        )
        self.grid = self.middle.grid
        yield True
        yield from self._build_middle()
        yield True
        self.inspector = Inspector(
            facts=library, commands=self.commands, tasks=studio.tasks, parent=self
        )
        self.inspector.setMinimumWidth(232)
        # In its place from the start: what is put elsewhere later is styled once more.
        self._columns.addWidget(self.inspector)
        while self.inspector.build_part():
            yield True
        for place in range(self._columns.count()):
            self._columns.setStretchFactor(place, 1 if place == 1 else 0)
        self._columns.setSizes(list(studio.layout.value.library_columns) or list(COLUMNS))
        self.quick_look = QuickLook(studio.tasks, self.grid, self._middle)
        self.picking = Picking(library, studio.tasks, self.grid, self.inspector, self)
        self._keys = PageActions(self, studio, actions)
        yield True
        self._bind()
        self._is_built = True
        self.retranslate()
        self._browser.view.changed.connect(self._render)
        self._render(self._browser.view.value)
        if self.isVisible():
            self._browser.watch(True)

    def _build_middle(self) -> Iterator[bool]:
        self._middle = QWidget()
        self._middle.setMinimumWidth(320)
        self._columns.addWidget(self._middle)
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.search = SearchBox()
        self.search.restore(self._studio.layout.value.library_searches)
        self.compare_button: QPushButton = button("tall")
        self.export_button: QPushButton = button("primary")
        self.restore_button: QPushButton = button("tall")
        self.empty_button: QPushButton = button("tall")
        self._buttons = (
            (self.restore_button, "library_restore"),
            (self.empty_button, "library_empty_trash"),
            (self.compare_button, "library_compare"),
            (self.export_button, "library_export"),
        )
        for made, action in self._buttons:
            made.clicked.connect(self._actions[action].trigger)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        for made, _action in self._buttons:
            top.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(top)
        yield True
        self.banner = Banner(self._studio)
        self._column.addWidget(self.banner)
        yield True
        desk = QWidget()
        self._desk = QStackedLayout(desk)
        self._desk.addWidget(self.middle)
        self._column.addWidget(desk, 1)
        yield True
        self._comparison = CompareView(
            commands=self.commands, tasks=self._studio.tasks, parent=desk
        )
        self._comparison.closed.connect(self._back_to_grid)
        self._comparison.canvas_changed.connect(self.zoom_turned)
        self._desk.addWidget(self._comparison)
        yield True
        self.tags = TagBar()
        self._column.addWidget(self.tags)
        self._column.addWidget(ImportStrip(self._library.imports))
        self.runs = RunsPanel(self._studio.batch_exports)
        self._column.addWidget(self.runs)

    def _bind(self) -> None:
        browser, commands, tasks = self._browser, self._library.commands, self._studio.tasks
        layout = self._studio.layout
        self.search.searched.connect(browser.search)
        self.search.left.connect(self.take_focus)
        self.search.remembered.connect(lambda history: layout.update(library_searches=history))
        self.middle.empty.clear_button.clicked.connect(self._show_all)
        self.middle.order_chosen.connect(browser.sort)
        self.middle.set_size(layout.value.library_size)
        self.grid.sized.connect(lambda side: layout.update(library_size=side))
        self.tags.closed.connect(self.grid.setFocus)
        sidebar = self.sidebar
        sidebar.looked.connect(browser.look_at)
        sidebar.facet_turned.connect(self._turn_facet)
        sidebar.board_named.connect(lambda text: tasks.start(commands.add_board(text)))
        sidebar.board_renamed.connect(
            lambda board, text: tasks.start(commands.rename_board(board, text))
        )
        sidebar.board_removed.connect(lambda board: tasks.start(commands.remove_board(board)))
        sidebar.dropped.connect(self._dropped_on)
        sidebar.emptied.connect(self._actions["library_empty_trash"].trigger)

    # --- the window around it -------------------------------------------------------------------

    def take_focus(self) -> None:
        """Put the keyboard into the grid, or into the search box where there is nothing."""
        if len(self._browser.view.value.answer.ids) or not self._browser.view.value.is_open:
            self.grid.setFocus()
        else:
            self.search.take_focus()

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths of the columns in pixels, as they were left where nobody has seen them."""
        if not (self._is_built and self._was_seen):
            return self._studio.layout.value.library_columns
        return tuple(self._columns.sizes())

    def put_away(self) -> None:
        """Save what is still being typed."""
        if self._is_built:
            self.inspector.put_away()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._was_seen = True
        if self._is_built:
            self._browser.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._is_built:
            self._browser.watch(False)
            self.put_away()

    # --- what is shown --------------------------------------------------------------------------

    def _render(self, view: GalleryView, fields: frozenset[str] = frozenset()) -> None:
        if "question" in fields and self._is_comparing:
            self._end_comparison()  # else the answer would come unseen
        self.search.show_view(view)
        self.sidebar.show_view(view)
        self.middle.show_view(view)
        in_trash = view.question.scope.shelf is Shelf.TRASH
        for made in (self.restore_button, self.empty_button):
            made.setVisible(in_trash)
        for made in (self.compare_button, self.export_button):
            made.setVisible(not in_trash)
        self._keys.enable()

    def show_count(self, selected: int) -> None:
        """Say how many pictures are selected, also on the button that exports them."""
        self.middle.show_count(selected)
        if selected:
            self.export_button.setText(self.tr("Export {n}…").format(n=selected))
        else:
            self.export_button.setText(self.tr("Export…"))
        for made, name in self._buttons:
            action = self._actions[name]
            made.setEnabled(action.isEnabled())
            made.setToolTip(action.toolTip())
            made.setAccessibleName(made.text() or action.text())

    def compare(self, pictures: Sequence[GalleryPicture]) -> None:
        """Compare two to four pictures in the grid's place."""
        self._comparison.show_pictures(pictures)
        self._desk.setCurrentWidget(self._comparison)
        self._comparison.take_focus()
        self.zoom_turned.emit(self._comparison.canvas)

    def export(self, pictures: Sequence[GalleryPicture]) -> None:
        """Ask as what these pictures go out."""
        open_batch_export(self._studio, pictures, self)

    def _back_to_grid(self) -> None:
        self._end_comparison()
        self.grid.setFocus()

    def _end_comparison(self) -> None:
        """Show the grid again; the keyboard stays where it is."""
        self._comparison.put_away()
        self._desk.setCurrentWidget(self.middle)
        self.zoom_turned.emit(None)

    @property
    def _is_comparing(self) -> bool:
        return self._is_built and self._desk.currentWidget() is self._comparison

    @property
    def canvas(self) -> Canvas | None:
        """The canvas that can be zoomed now, None while the grid is shown."""
        return self._comparison.canvas if self._is_comparing else None

    def _turn_facet(self, field: Field, value: str) -> None:
        text = turn_term(self._browser.view.value.question.text, field, value)
        self._browser.search(text)
        self.search.remember()

    def _show_all(self) -> None:
        self._browser.clear_search()
        self.grid.setFocus()

    def _go_to_picture(self, picture: GalleryPicture) -> None:
        """Select `picture`; where the search hides it, that is cleared first."""
        if not self.grid.go_to(picture.id):
            self.picking.go_to_when_found(picture.id)
            self._browser.show_everything(Scope(Shelf.TRASH) if picture.trashed else Scope())

    def _find_file(self, picture: GalleryPicture) -> None:
        self._keys.find_file(picture)

    # --- drops ----------------------------------------------------------------------------------

    def _dropped_on(self, ids: list[int], scope: Scope) -> None:
        commands, tasks = self._library.commands, self._studio.tasks
        if scope.shelf is Shelf.TRASH:
            tasks.start(commands.trash(ids))
        else:
            tasks.start(commands.put_on_board(ids, scope.board))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if event.source() is None and paths:
            event.acceptProposedAction()
            self._library.imports.start(paths)

    # --- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        if self._is_built:
            self.compare_button.setText(self.tr("Compare"))
            self.restore_button.setText(self.tr("Put back"))
            self.empty_button.setText(self.tr("Empty trash…"))
            self._keys.enable()
