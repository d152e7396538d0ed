"""What the keys and buttons of the Library place do."""

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox

from maquette.core.gallery import GalleryPicture, Presence
from maquette.gui.actions import Actions
from maquette.gui.files import ask_for_folder, ask_for_imports, ask_for_missing
from maquette.gui.gallery.dragging import drag_out, mime_of
from maquette.gui.gallery.gallery_actions import NEEDS_ONE, NEEDS_SOME, RATINGS
from maquette.gui.gallery.viewer import Viewer
from maquette.state.gallery_view import Shelf
from maquette.state.studio import Studio

if TYPE_CHECKING:
    from maquette.gui.gallery.page import LibraryPage

MOST_COMPARED = 4
LIBRARY_MENU = (
    "library_open", "library_look", "library_compare", "", "library_reuse", "library_like",
    "library_show", "library_check", "library_copy", "", "library_tag", "library_off_board", "",
    "library_export", "library_restore", "library_trash",
)  # fmt: skip


class PageActions(QObject):
    """Binds the actions to the page; `enable` says which can be used now."""

    def __init__(self, page: "LibraryPage", studio: Studio, actions: Actions) -> None:
        super().__init__(page)
        self._page = page
        self._studio = studio
        self._actions = actions
        self._picking = page.picking
        commands = studio.library.commands
        self._commands = commands
        for name, act in (
            ("library_search", page.search.take_focus),
            ("library_open", self._open),
            ("library_look", self._look),
            ("library_compare", self._compare),
            ("library_export", self._export),
            ("library_tag", self._tag),
            ("library_copy", lambda: self._picking.fetch(_copy)),
            ("library_reuse", lambda: self._with_current(page.commands.use_again)),
            ("library_like", lambda: self._with_current(page.commands.use_as_like)),
            ("library_show", self._show_in_folder),
            ("library_check", self._check),
            ("library_off_board", self._take_off),
            ("library_trash", self._trash),
            ("library_restore", lambda: self._do(commands.restore(self._picking.ids))),
            ("library_empty_trash", self._empty_trash),
            ("library_undo", lambda: self._do(commands.undo())),
            ("library_import", self._import),
            ("library_new_board", page.sidebar.name_board),
        ):
            actions.bind(name, act)
        for stars, name in enumerate(RATINGS):
            actions.bind(name, lambda stars=stars: self._rate(stars))
        grid = page.grid
        grid.doubleClicked.connect(lambda _index: self._open())
        grid.drag_asked.connect(lambda: self._picking.fetch(self._drag))
        grid.customContextMenuRequested.connect(self._menu)
        page.tags.tagged.connect(
            lambda add, remove: self._do(commands.tag(self._picking.ids, add, remove))
        )
        self._picking.changed.connect(self._picked)
        page.quick_look.closed.connect(grid.setFocus)
        page.inspector.enlarged.connect(lambda _picture: self._open())
        page.inspector.compared.connect(self._compare)
        page.inspector.exported.connect(self._export)
        commands.changes.changed.connect(lambda _value, _fields: self.enable())

    def enable(self) -> None:
        """Say which actions can be used, and how many pictures they are about."""
        view, count = self._studio.library.browser.view.value, self._picking.count
        shelf = view.question.scope.shelf
        in_trash = shelf is Shelf.TRASH
        for name in NEEDS_ONE:
            self._actions[name].setEnabled(self._picking.current is not None)
        for name in NEEDS_SOME:
            self._actions[name].setEnabled(count > 0)
        for name, enabled in (
            ("library_compare", 2 <= count <= MOST_COMPARED),
            ("library_export", count > 0 and not in_trash),
            ("library_trash", count > 0 and not in_trash),
            ("library_restore", count > 0 and in_trash),
            ("library_off_board", count > 0 and shelf is Shelf.BOARD),
            ("library_empty_trash", view.trashed > 0),
            ("library_undo", bool(self._commands.changes.value.done)),
        ):
            self._actions[name].setEnabled(enabled)
        self._page.show_count(count)

    def _picked(self) -> None:
        self.enable()
        look, current = self._page.quick_look, self._picking.current
        if look.isVisible() and current is not None:
            look.look_at(current)

    def _do(self, work: Coroutine[Any, Any, Any]) -> None:
        self._studio.tasks.start(work)

    def _with_current(self, act: Callable[[GalleryPicture], None]) -> None:
        picture = self._picking.current
        if picture is not None:
            act(picture)

    def _rate(self, stars: int) -> None:
        self._do(self._commands.rate(self._picking.ids, stars))

    def _show_in_folder(self) -> None:
        self._with_current(lambda picture: self._page.commands.show_in_folder(picture.path))

    def _check(self) -> None:
        self._with_current(lambda picture: self._page.commands.check(picture.path))

    # --- looking --------------------------------------------------------------------------------

    def _open(self) -> None:
        ids = self._studio.library.browser.view.value.answer.ids
        current = self._page.grid.current_id()
        if not current:
            return
        viewer = Viewer(
            ids,
            current,
            facts=self._studio.library,
            commands=self._page.commands,
            tasks=self._studio.tasks,
            parent=self._page,
        )
        viewer.closed.connect(self._page.grid.go_to)
        # Another program may have rated it, or moved its file.
        self._studio.library.browser.view.changed.connect(viewer.library_answered)
        viewer.open_full()

    def _look(self) -> None:
        self._with_current(self._page.quick_look.look_at)

    def _compare(self) -> None:
        if 2 <= self._picking.count <= MOST_COMPARED:
            self._picking.fetch(self._page.compare)

    # --- changing -------------------------------------------------------------------------------

    def _tag(self) -> None:
        view = self._studio.library.browser.view.value
        known = [facet.value for facet in view.facets if facet.field == "tag"]
        if self._picking.count:
            self._page.tags.open_for(self._picking.count, known)

    def _trash(self) -> None:
        if self._actions["library_trash"].isEnabled():
            self._do(self._commands.trash(self._picking.ids))

    def _take_off(self) -> None:
        board = self._studio.library.browser.view.value.question.scope.board
        self._do(self._commands.take_off_board(self._picking.ids, board))

    def _empty_trash(self) -> None:
        """Ask first: this is the one thing that cannot be taken back."""
        count = self._studio.library.browser.view.value.trashed
        box = QMessageBox(self._page)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Empty trash"))
        box.setText(self.tr("Delete the files of {n} pictures for good?").format(n=count))
        box.setInformativeText(self.tr("This cannot be undone."))
        delete = box.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(lambda: self._do(self._commands.empty_trash()))
        box.finished.connect(box.deleteLater)
        box.open()

    # --- ways out -------------------------------------------------------------------------------

    def _export(self) -> None:
        self._picking.fetch(self._page.export)

    def _drag(self, pictures: list[GalleryPicture]) -> None:
        """Drag them out, if the button is still down now that they are read."""
        there = [each for each in pictures if each.presence is not Presence.MISSING]
        if there and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            look = self._page.thumbnails.get(there[0], self._page.grid.size_of_cells)
            # Not from within a task: dragging runs an event loop of its own.
            QTimer.singleShot(0, self, lambda: drag_out(self._page.grid, there, look))

    def _import(self) -> None:
        """Ask for files or for a folder: no system's dialog takes both."""
        menu = QMenu(self._page)
        menu.addAction(self.tr("Pictures…"), lambda: self._import_all(ask_for_imports(self._page)))
        menu.addAction(self.tr("A folder…"), lambda: self._import_all([ask_for_folder(self._page)]))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def find_file(self, picture: GalleryPicture) -> None:
        """Let the user say where the file of `picture` is now; its bytes tell that it is that."""
        path = ask_for_missing(self._page, picture.path)
        self._import_all([path])

    def _import_all(self, paths: Sequence[str]) -> None:
        chosen = [path for path in paths if path]
        if chosen:
            self._studio.library.imports.start(chosen)

    def _menu(self, point: Any) -> None:
        grid = self._page.grid
        if not grid.indexAt(point).isValid():
            return
        menu = QMenu(grid)
        for name in LIBRARY_MENU:
            if not name:
                menu.addSeparator()
            elif self._actions[name].isEnabled():
                menu.addAction(self._actions[name])
        boards = menu.addMenu(self.tr("Put on board"))
        for board in self._studio.library.boards:
            boards.addAction(
                board.name.replace("&", "&&"),
                lambda board=board: self._do(
                    self._commands.put_on_board(self._picking.ids, board.id)
                ),
            )
        boards.setEnabled(bool(self._studio.library.boards))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(grid.viewport().mapToGlobal(point))


def _copy(pictures: list[GalleryPicture]) -> None:
    """Put the files on the clipboard."""
    QGuiApplication.clipboard().setMimeData(mime_of(pictures))
