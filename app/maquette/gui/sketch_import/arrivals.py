"""Images that are dropped or pasted onto the paper: the import dialog opens with them."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from maquette.gui.sketch_import.opening import import_sketch
from maquette.gui.sketch_import.sources import holds_image, image_source
from maquette.library.sketches.formats import is_sketch_file
from maquette.state.batches import is_batch_file
from maquette.state.studio import Studio


class SketchArrivals(QObject):
    """Watches the widget that shows the paper; what is no image goes on to the window."""

    def __init__(self, studio: Studio, paper: QWidget, window: QWidget) -> None:
        super().__init__(paper)
        self._studio = studio
        self._window = window
        paper.setAcceptDrops(True)
        paper.installEventFilter(self)
        keys = QKeySequence(QKeySequence.StandardKey.Paste)
        self._paste_keys = QShortcut(keys, paper, self.paste)
        self._paste_keys.setContext(Qt.ShortcutContext.WidgetShortcut)

    def paste(self) -> None:
        """Import what is on the clipboard, if that is an image."""
        self._take(QGuiApplication.clipboard().mimeData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            assert isinstance(event, QDropEvent)  # the others are made of it
            # Pictures of the window's own lists are no strangers: the window takes them.
            if event.source() is None and _is_image(event.mimeData()):
                event.acceptProposedAction()
                if kind == QEvent.Type.Drop:
                    self._take(event.mimeData())
            else:
                event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _take(self, mime: QMimeData) -> None:
        found = image_source(mime) if _is_image(mime) else None
        if found is None:
            return
        source, called = found
        import_sketch(self._studio, self._window, source, called=called)
        if sum(url.isLocalFile() for url in mime.urls()) > 1:
            self._studio.notices.inform(
                f"Only {called} was opened: a sketch is made of one image at a time."
            )


def _is_image(mime: QMimeData) -> bool:
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    if paths and (is_sketch_file(paths[0]) or is_batch_file(paths[0])):
        return False
    return holds_image(mime)
