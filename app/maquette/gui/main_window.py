"""The window: where everything is, what its actions do, what is dropped on it."""

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
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

import maquette_resources
from maquette.gui.actions import Actions
from maquette.gui.dialogs import Dialogs
from maquette.gui.files import ask_for_picture, copy_picture, show_in_folder
from maquette.gui.live import Live
from maquette.gui.places import Places
from maquette.gui.rail import Rail
from maquette.gui.status_bar import StatusBar
from maquette.gui.thumbnails import Thumbnails
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


class MainWindow(Live, QMainWindow):
    """Composes the places around the studio's state.

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
        self._closed = False
        self.actions_by_name = Actions(self)
        thumbnails = Thumbnails(studio.tasks, self)
        self.rail = Rail(self.actions_by_name)
        self.dialogs = Dialogs(studio, self.actions_by_name, thumbnails, self)
        self.places = Places(studio, self.actions_by_name, thumbnails, self.dialogs, self)
        self.places.turned.connect(self.rail.show_place)
        self._create = self.places.create_page
        self.sketch_gate = self.places.sketch_gate
        self.banner = self._create.banner
        self.panel = self._create.panel
        self.stage = self._create.stage
        self.queue = self._create.queue
        self.recent = self._create.recent
        self.status = StatusBar(studio.engine, studio.jobs, studio.trainings)
        self._lay_out()
        self._bind()
        self._restore()
        self.retranslate()
        self.panel.prompt.setFocus()
        gui = QGuiApplication.instance()
        assert isinstance(gui, QGuiApplication)
        gui.applicationStateChanged.connect(self._application_state_changed)

    # --- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        surface = QWidget()
        surface.setObjectName("surface")
        room = QHBoxLayout()
        room.setContentsMargins(0, 8, 8, 0)
        room.setSpacing(0)
        room.addWidget(self.rail)
        room.addWidget(self.places, 1)
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
        library = self.places.built_library
        if library is not None:
            library.put_away()
            self._studio.layout.update(library_columns=library.sizes)
        self._studio.layout.update(
            geometry=bytes(geometry).decode("ascii"), columns=columns, right=right
        )

    # --- places ---------------------------------------------------------------------------------

    @property
    def sketch(self) -> "SketchPanel":
        """The Sketch panel; it is built if it is not there yet."""
        return self.places.sketch

    @property
    def style_panel(self) -> "StylePanel":
        """The Style panel; it is built if it is not there yet."""
        return self.places.style_panel

    @property
    def library(self) -> "LibraryPage":
        """The Library place; what it still lacks is built."""
        return self.places.library

    @property
    def styles(self) -> "StylesPage":
        """The Styles place; what it still lacks is built."""
        return self.places.styles

    @property
    def check(self) -> "CheckPage":
        """The Check place; what it still lacks is built."""
        return self.places.check

    def _application_state_changed(self, state: Qt.ApplicationState) -> None:
        """Back from other programs, which may have moved pictures."""
        if state is Qt.ApplicationState.ApplicationActive:
            self._studio.library.upkeep.look_soon()

    # --- actions --------------------------------------------------------------------------------

    def _bind(self) -> None:
        commands, actions, places = self._studio.commands, self.actions_by_name, self.places
        actions.bind("go_create", places.show_create)
        actions.bind("go_library", places.show_library)
        actions.bind("go_styles", places.show_styles)
        actions.bind("go_check", places.show_check)
        actions.bind("go_trainings", places.show_training)
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
        actions.bind("use_like", commands.use_as_like)
        actions.bind("new_seed", commands.new_seed)
        actions.bind("lock_seed", self._turn_lock)
        actions.bind("copy", self._copy)
        actions.bind("show_folder", self._show_folder)
        actions.bind("check_picture", self._check_picture)
        actions.bind("open_start", self._open_start)
        actions.bind("newer", lambda: self._studio.results.step(-1))
        actions.bind("older", lambda: self._studio.results.step(1))
        actions.bind("focus_prompt", places.show_create)
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
            self.places.check_file(Path(picture.path))

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
            self.places.show_create(to_write=False)
            self._studio.sketches.open(paths[0])
            return
        if is_style_file(paths[0]):
            self.places.show_styles()
            self._studio.styles.take_in(paths)
            return
        if is_batch_file(paths[0]):
            self.dialogs.open_batch(paths[0])
            return
        ours = self._studio.results.find(paths[0]) if event.source() is not None else None
        if ours is not None:
            self._studio.commands.use_as_start(ours)
        else:
            self._studio.commands.drop(*paths)

    # --- closing --------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Put the desk away and let the program end; nothing is asked."""
        if not self._closed:
            self._closed = True
            self.places.end()
            self._remember()
            QTimer.singleShot(0, self.closing.emit)
        event.accept()

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle("Maquette")
        self.actions_by_name.retranslate()

    def restyle(self) -> None:
        self.actions_by_name.restyle()
