"""The window: where everything is, what its actions do, what is dropped on it."""

import base64

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

import maquette_resources
from maquette.gui.actions import Actions
from maquette.gui.banner import Banner
from maquette.gui.files import ask_for_picture, ask_where_to_save, copy_picture, show_in_folder
from maquette.gui.keyboard_dialog import KeyboardDialog
from maquette.gui.live import Live
from maquette.gui.prompt_panel import PromptPanel
from maquette.gui.queue_panel import QueuePanel
from maquette.gui.rail import Rail
from maquette.gui.recent_panel import RecentPanel
from maquette.gui.settings_dialog import SettingsDialog
from maquette.gui.stage import Stage
from maquette.gui.status_bar import StatusBar
from maquette.gui.thumbnails import Thumbnails
from maquette.state.studio import Studio

COLUMNS = (320, 832, 240)
RIGHT = (232, 560)


class MainWindow(Live, QMainWindow):
    """Composes the Create room around the studio's state.

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
        self._settings_dialog: SettingsDialog | None = None
        self._keyboard_dialog: KeyboardDialog | None = None
        self._closed = False
        self.actions_by_name = Actions(self)
        thumbnails = Thumbnails(studio.tasks, self)
        self.rail = Rail(self.actions_by_name)
        self.banner = Banner(studio.notices, studio.commands)
        self.panel = PromptPanel(
            commands=studio.commands,
            session=studio.session,
            settings=studio.settings,
            models=studio.models,
            starts=studio.starts,
        )
        self.stage = Stage(
            results=studio.results,
            jobs=studio.jobs,
            layout=studio.layout,
            actions=self.actions_by_name,
            tasks=studio.tasks,
        )
        self.queue = QueuePanel(
            jobs=studio.jobs,
            results=studio.results,
            commands=studio.commands,
            actions=self.actions_by_name,
            thumbnails=thumbnails,
        )
        self.recent = RecentPanel(
            results=studio.results, actions=self.actions_by_name, thumbnails=thumbnails
        )
        self.status = StatusBar(studio.engine, studio.jobs)
        self._lay_out()
        self._bind()
        self._restore()
        self.retranslate()
        self.panel.prompt.setFocus()

    # --- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self.stage, 1)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(self.queue)
        self._right.addWidget(self.recent)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for place, part in enumerate((self.panel, middle, self._right)):
            self._columns.addWidget(part)
            self._columns.setStretchFactor(place, 1 if place == 1 else 0)
        for splitter in (self._right, self._columns):
            splitter.setHandleWidth(8)
            splitter.setChildrenCollapsible(False)
        self.panel.setMinimumWidth(288)
        middle.setMinimumWidth(360)
        self._right.setMinimumWidth(208)
        self.queue.setMinimumHeight(120)
        self.recent.setMinimumHeight(140)
        surface = QWidget()
        surface.setObjectName("surface")
        room = QHBoxLayout()
        room.setContentsMargins(0, 8, 8, 0)
        room.setSpacing(0)
        room.addWidget(self.rail)
        room.addWidget(self._columns, 1)
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
        self._columns.setSizes(list(layout.columns) or list(COLUMNS))
        self._right.setSizes(list(layout.right) or list(RIGHT))

    def _remember(self) -> None:
        geometry = self.saveGeometry().toBase64().data()
        self._studio.layout.update(
            geometry=bytes(geometry).decode("ascii"),
            columns=tuple(self._columns.sizes()),
            right=tuple(self._right.sizes()),
        )

    # --- actions --------------------------------------------------------------------------------

    def _bind(self) -> None:
        commands, actions = self._studio.commands, self.actions_by_name
        actions.bind("generate", self._generate)
        actions.bind("cancel", commands.cancel_running)
        actions.bind("cancel_all", commands.cancel_all)
        actions.bind("retry_failed", commands.retry_failed)
        actions.bind("clear_finished", commands.clear_finished)
        actions.bind("vary", commands.vary)
        actions.bind("reuse", commands.reuse)
        actions.bind("use_start", commands.use_as_start)
        actions.bind("new_seed", commands.new_seed)
        actions.bind("lock_seed", self._turn_lock)
        actions.bind("save_as", self._save_as)
        actions.bind("copy", self._copy)
        actions.bind("show_folder", self._show_folder)
        actions.bind("open_start", self._open_start)
        actions.bind("newer", lambda: self._studio.results.step(-1))
        actions.bind("older", lambda: self._studio.results.step(1))
        actions.bind("focus_prompt", self.panel.prompt.setFocus)
        actions.bind("settings", self.open_settings)
        actions.bind("keyboard", self.open_keyboard)
        actions.bind("quit", self.close)

    def _generate(self) -> None:
        # What is being typed into a number counts, although its field has not been left yet.
        field = QApplication.focusWidget()
        if isinstance(field, QAbstractSpinBox):
            field.interpretText()
        self._studio.commands.generate()

    def _turn_lock(self) -> None:
        session = self._studio.session
        session.update(seed_locked=not session.value.seed_locked)

    def _save_as(self) -> None:
        picture = self._studio.results.shown
        if picture is not None and (target := ask_where_to_save(self, picture)):
            self._studio.commands.save_copy(picture, target)

    def _copy(self) -> None:
        picture = self._studio.results.shown
        if picture is not None:
            self._studio.tasks.start(copy_picture(picture))

    def _show_folder(self) -> None:
        picture = self._studio.results.shown
        if picture is not None:
            show_in_folder(picture.path)

    def _open_start(self) -> None:
        path = ask_for_picture(self)
        if path:
            self._studio.commands.start_from(path)

    def open_settings(self) -> None:
        if self._settings_dialog is None:
            self._settings_dialog = SettingsDialog(
                settings=self._studio.settings,
                models=self._studio.models,
                session=self._studio.session,
                commands=self._studio.commands,
                parent=self,
            )
        self._settings_dialog.show()
        self._settings_dialog.raise_()
        self._settings_dialog.activateWindow()

    def open_keyboard(self) -> None:
        if self._keyboard_dialog is None:
            self._keyboard_dialog = KeyboardDialog(self)
        self._keyboard_dialog.show()
        self._keyboard_dialog.raise_()

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
            self._remember()
            QTimer.singleShot(0, self.closing.emit)
        event.accept()

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle("Maquette")
        self.actions_by_name.retranslate()

    def restyle(self) -> None:
        self.actions_by_name.restyle()
