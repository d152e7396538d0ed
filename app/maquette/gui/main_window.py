"""The window: where everything is, what its actions do, what is dropped on it."""

import asyncio
import base64
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

import maquette_resources
from maquette.gui import later
from maquette.gui.action_spec import Place
from maquette.gui.actions import Actions
from maquette.gui.create_page import CreatePage
from maquette.gui.dialogs import Dialogs
from maquette.gui.files import ask_for_picture, copy_picture, show_in_folder
from maquette.gui.live import Live
from maquette.gui.rail import Rail
from maquette.gui.sketch_gate import SketchGate
from maquette.gui.status_bar import StatusBar
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.view_actions import ViewActions
from maquette.library.sketches.formats import is_sketch_file
from maquette.state.batches import is_batch_file
from maquette.state.studio import Studio
from maquette.state.styles import is_style_file

if TYPE_CHECKING:
    from maquette.gui.check_page import CheckPage
    from maquette.gui.gallery.page import LibraryPage
    from maquette.gui.sketch_panel.panel import SketchPanel
    from maquette.gui.style_panel import StylePanel
    from maquette.gui.styles.page import StylesPage

PREPARE_AFTER = 1500  # milliseconds after the start, when the first paint is long over
PREPARE_EVERY = 40  # milliseconds between two parts, for whatever else there is to do


class MainWindow(Live, QMainWindow):
    """Composes the places around the studio's state.

    The Sketch and Style panels are built right after the first paint; Library, Styles and Check
    part by part while nothing happens after the start. Each is built at once when it is wanted
    before that.

    Signals:
        closing(): the user wants to close; whoever listens ends the work and then the program.
    """

    closing = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(maquette_resources.app_icon())))
        self.setMinimumSize(960, 600)
        self._studio = studio
        self._check: CheckPage | None = None
        self._library: LibraryPage | None = None
        self._sketch: SketchPanel | None = None
        self._style: StylePanel | None = None
        self._styles: StylesPage | None = None
        self._was_painted = False
        self._closed = False
        self._loading: asyncio.Task[None] | None = None
        self.actions_by_name = Actions(self)
        self._thumbnails = Thumbnails(studio.tasks, self)
        self.rail = Rail(self.actions_by_name)
        self.dialogs = Dialogs(studio, self.actions_by_name, self._thumbnails, self)
        self._create = CreatePage(studio, self.actions_by_name, self._thumbnails)
        self.banner = self._create.banner
        self.panel = self._create.panel
        self.stage = self._create.stage
        self.queue = self._create.queue
        self.recent = self._create.recent
        self.status = StatusBar(studio.engine, studio.jobs)
        self._view = ViewActions(self.actions_by_name, self.stage.canvas, self)
        self.sketch_gate = SketchGate(studio, self.actions_by_name, self.stage, self)
        self.sketch_gate.turned.connect(self._turn_view)
        self._lay_out()
        self._bind()
        self._restore()
        self.retranslate()
        self.panel.prompt.setFocus()
        self._preparing = QTimer(self)
        self._preparing.timeout.connect(self._prepare)
        self._preparing.start(PREPARE_AFTER)
        gui = QGuiApplication.instance()
        assert isinstance(gui, QGuiApplication)
        gui.applicationStateChanged.connect(self._application_state_changed)

    # --- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._places = QStackedWidget()
        self._places.addWidget(self._create)
        surface = QWidget()
        surface.setObjectName("surface")
        room = QHBoxLayout()
        room.setContentsMargins(0, 8, 8, 0)
        room.setSpacing(0)
        room.addWidget(self.rail)
        room.addWidget(self._places, 1)
        outer = QVBoxLayout(surface)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(room, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(surface)

    def _restore(self) -> None:
        layout = self._studio.layout.value
        self.resize(1440, 900)
        if layout.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(layout.geometry, validate=False)))
        self._create.restore(layout)

    def _remember(self) -> None:
        self.sketch_gate.put_away()
        geometry = self.saveGeometry().toBase64().data()
        columns, right = self._create.sizes
        if self._library is not None:
            self._library.put_away()
            self._studio.layout.update(library_columns=self._library.sizes)
        self._studio.layout.update(
            geometry=bytes(geometry).decode("ascii"), columns=columns, right=right
        )

    # --- places ---------------------------------------------------------------------------------

    @property
    def sketch(self) -> "SketchPanel":
        """The Sketch panel; it is built if it is not there yet."""
        return self._need_sketch()

    def _need_sketch(self) -> "SketchPanel":
        if self._sketch is None:
            self._sketch = later.sketch_panel()(self._studio)
            self._sketch.board_wanted.connect(self.dialogs.open_board)
            self._sketch.import_wanted.connect(self.dialogs.import_sketch)
            self._sketch.clean_up_wanted.connect(self.dialogs.clean_up_sketch)
            self._create.add_panel(self._sketch)
        return self._sketch

    @property
    def style_panel(self) -> "StylePanel":
        """The Style panel; it is built, as the Sketch panel above it, if it is not there yet."""
        return self._need_style()

    def _need_style(self) -> "StylePanel":
        if self._style is None:
            self._need_sketch()
            self._style = later.style_panel()(self._studio)
            self._style.choose_wanted.connect(self._go_to_styles)
            self._create.add_panel(self._style)
        return self._style

    async def _build_panels(self) -> None:
        await asyncio.to_thread(later.sketch_panel)
        self._need_sketch()
        await asyncio.to_thread(later.style_panel)
        self._need_style()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, lambda: self._studio.tasks.start(self._build_panels()))

    @property
    def library(self) -> "LibraryPage":
        """The Library place; what it still lacks is built."""
        while self._build_library():
            pass
        assert self._library is not None  # built just now
        return self._library

    @property
    def styles(self) -> "StylesPage":
        """The Styles place; what it still lacks is built."""
        while self._build_styles():
            pass
        assert self._styles is not None  # built just now
        return self._styles

    @property
    def check(self) -> "CheckPage":
        """The Check place; what it still lacks is built."""
        while self._build_check():
            pass
        assert self._check is not None  # built just now
        return self._check

    def _application_state_changed(self, state: Qt.ApplicationState) -> None:
        """Back from other programs, which may have moved pictures."""
        if state is Qt.ApplicationState.ApplicationActive:
            self._studio.library.upkeep.look_soon()

    def _prepare(self) -> None:
        """Build some of what is not seen yet, and come back for the rest after a pause."""
        if self._loading is None:
            self._loading = self._studio.tasks.start(asyncio.to_thread(later.load))
        if (
            not self._loading.done()
            or self.sketch_gate.build()
            or self._build_library()
            or self._build_styles()
            or self._build_check()
        ):
            self._preparing.start(PREPARE_EVERY)
        else:
            self._preparing.stop()

    def _build_library(self) -> bool:
        """Build a part of the Library place; False when it is complete."""
        if self._library is None:
            self._library = later.library_page()(
                self._studio, self.actions_by_name, self._go_to_create, self._check_file
            )
            self._library.zoom_turned.connect(self._view.turn_to)
            self._places.addWidget(self._library)
        return self._library.build_part()

    def _build_styles(self) -> bool:
        """Build a part of the Styles place; False when it is complete."""
        if self._styles is None:
            self._styles = later.styles_page()(
                self._studio, self.actions_by_name, self._thumbnails, self._go_to_create
            )
            self._places.addWidget(self._styles)
        return self._styles.build_part()

    def _build_check(self) -> bool:
        """Build a part of the Check place; False when it is complete."""
        if self._check is None:
            self._check = later.check_page()(
                self._studio, self.actions_by_name, self._thumbnails, self._go_to_create
            )
            self._places.addWidget(self._check)
        return self._check.build_part()

    def _go_to_create(self) -> None:
        self._go_to(Place.CREATE)
        self.panel.prompt.setFocus()

    def _go_to_library(self) -> None:
        self._go_to(Place.LIBRARY)
        self.library.take_focus()

    def _go_to_styles(self) -> None:
        self._go_to(Place.STYLES)
        self.styles.take_focus()

    def _go_to_check(self) -> None:
        self._go_to(Place.CHECK)
        self.check.take_focus()

    def _go_to(self, place: Place) -> None:
        if place is Place.LIBRARY:
            self._places.setCurrentWidget(self.library)
            self._view.turn_to(self.library.canvas)
        elif place is Place.STYLES:
            self._places.setCurrentWidget(self.styles)
        elif place is Place.CHECK:
            self._places.setCurrentWidget(self.check)
            self._view.turn_to(self.check.stage.canvas)
        else:
            self._places.setCurrentWidget(self._create)
            self._turn_view()
        self.actions_by_name.go_to(place)
        self.rail.show_place(place)

    def _turn_view(self) -> None:
        if self._places.currentWidget() is self._create:
            self._view.turn_to(self.sketch_gate.canvas)

    # --- actions --------------------------------------------------------------------------------

    def _bind(self) -> None:
        commands, actions = self._studio.commands, self.actions_by_name
        actions.bind("go_create", self._go_to_create)
        actions.bind("go_library", self._go_to_library)
        actions.bind("go_styles", self._go_to_styles)
        actions.bind("go_check", self._go_to_check)
        actions.bind("generate", self._generate)
        actions.bind("cancel", self._cancel)
        actions.bind("live", self._turn_live)
        actions.bind("keep_live", self._studio.live.keep)
        actions.bind("cancel_all", commands.queue.cancel_all)
        actions.bind("retry_failed", commands.queue.retry_failed)
        actions.bind("clear_finished", commands.queue.clear_finished)
        actions.bind("vary", commands.vary)
        actions.bind("reuse", commands.reuse)
        actions.bind("use_start", commands.use_as_start)
        actions.bind("new_seed", commands.new_seed)
        actions.bind("lock_seed", self._turn_lock)
        actions.bind("copy", self._copy)
        actions.bind("show_folder", self._show_folder)
        actions.bind("check_picture", self._check_picture)
        actions.bind("open_start", self._open_start)
        actions.bind("newer", lambda: self._studio.results.step(-1))
        actions.bind("older", lambda: self._studio.results.step(1))
        actions.bind("focus_prompt", self._go_to_create)
        actions.bind("quit", self.close)

    def _generate(self) -> None:
        # What is being typed into a number counts, although its field has not been left yet.
        field = QApplication.focusWidget()
        if isinstance(field, QAbstractSpinBox):
            field.interpretText()
        self._studio.commands.generate()

    def _cancel(self) -> None:
        """What moves stops: live mode first, which is in the way of nothing but itself."""
        if self._studio.live.is_on:
            self._studio.live.stop()
        else:
            self._studio.commands.queue.cancel_running()

    def _turn_live(self) -> None:
        live = self._studio.live
        if live.is_on:
            live.stop()
        else:
            live.start()

    def _turn_lock(self) -> None:
        session = self._studio.session
        session.update(seed_locked=not session.value.seed_locked)

    def _copy(self) -> None:
        picture = self._studio.results.shown
        if picture is not None:
            self._studio.tasks.start(copy_picture(picture))

    def _show_folder(self) -> None:
        picture = self._studio.results.shown
        if picture is not None:
            show_in_folder(picture.path)

    def _check_picture(self) -> None:
        picture = self._studio.results.shown
        if picture is not None:
            self._check_file(Path(picture.path))

    def _check_file(self, path: Path) -> None:
        self._go_to_check()
        self._studio.checks.add_files([str(path)])

    def _open_start(self) -> None:
        path = ask_for_picture(self)
        if path:
            self._studio.commands.start_from(path)

    # --- drops ----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.source() in (None, self.recent.list):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        place = self.childAt(event.position().toPoint())
        is_dropped_back = place is not None and self.recent.isAncestorOf(place)
        if not paths or (event.source() is not None and is_dropped_back):
            return
        event.acceptProposedAction()
        if is_sketch_file(paths[0]):
            self._go_to(Place.CREATE)
            self._studio.sketches.open(paths[0])
            return
        if is_style_file(paths[0]):
            self._go_to_styles()
            self._studio.styles.take_in(paths)
            return
        if is_batch_file(paths[0]):
            self.dialogs.open_batch(paths[0])
            return
        ours = self._studio.results.find(paths[0]) if event.source() is not None else None
        if ours is not None:
            self._studio.commands.use_as_start(ours)
        else:
            self._studio.commands.drop(paths[0])

    # --- closing --------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Put the desk away and let the program end; nothing is asked."""
        if not self._closed:
            self._closed = True
            self._preparing.stop()
            self._remember()
            QTimer.singleShot(0, self.closing.emit)
        event.accept()

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle("Maquette")
        self.actions_by_name.retranslate()

    def restyle(self) -> None:
        self.actions_by_name.restyle()
