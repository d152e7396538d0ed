"""The real window over a large library: how soon it shows, scrolls and finds.

Usage: python -m benchmarks.watched_library, with MAQUETTE_HOME set. Prints one JSON line.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Generator

import psutil
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from benchmarks.watched_window import Lateness
from maquette import app
from maquette.gui.gallery.grid_model import GridModel
from maquette.gui.gallery.page import LibraryPage
from maquette.gui.main_window import MainWindow
from maquette.state.studio import Studio

FRAME = 16  # milliseconds
FRAMES = 900
NOTCHES = 4  # of the wheel in every frame: 250 a second
SETTLING = 1500  # milliseconds after the model is loaded
TYPED = (
    "copper mug",
    "rating:>=4 vase",
    "style:ink -red",
    "蓝色的陶瓷花瓶",
    "tag:client lamp",
    "zebra",
)


class LibraryWindow(MainWindow):
    """Opens the library once all is quiet, scrolls it, types into its search box, and closes."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._desk = studio
        self._told: dict[str, object] = {}
        self._frames: list[float] = []
        self._late = Lateness(self)
        self._keys: list[float] = []
        self._finds: list[float] = []
        self._typing: Generator[None, None, None] | None = None
        self._begun = 0.0
        self._waits = False
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._scroll)
        studio.models.changed.connect(lambda *_: QTimer.singleShot(SETTLING, self._open))
        QTimer.singleShot(10_000, self._open)

    # --- opening --------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._begun:
            return
        self._begun = time.perf_counter()
        self.actions_by_name["go_library"].trigger()
        _Painted(self.library, self._opened)

    def _opened(self) -> None:
        self._told["open"] = time.perf_counter() - self._begun
        self._told["pictures"] = self.library.grid.model().rowCount()
        QTimer.singleShot(SETTLING, self._start_scrolling)

    # --- scrolling ------------------------------------------------------------------------------

    def _start_scrolling(self) -> None:
        self._late.start()
        self._timer.start()

    def _scroll(self) -> None:
        grid = self.library.grid
        place = QPointF(grid.viewport().rect().center())
        began = time.perf_counter()
        QApplication.sendEvent(
            grid.viewport(),
            QWheelEvent(
                place,
                QPointF(grid.viewport().mapToGlobal(place.toPoint())),
                QPoint(),
                QPoint(0, -120 * NOTCHES),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
        grid.viewport().repaint()
        self._frames.append(time.perf_counter() - began)
        if len(self._frames) == FRAMES:
            self._timer.stop()
            self._late.stop()
            self._told["scrolled"] = grid.verticalScrollBar().value()
            QTimer.singleShot(SETTLING, self._start_typing)

    # --- searching ------------------------------------------------------------------------------

    def _start_typing(self) -> None:
        self._desk.library.browser.view.changed.connect(self._answered)
        self._typing = self._type()
        self._next()

    def _type(self) -> Generator[None, None, None]:
        edit = self.library.search.edit
        for text in TYPED:
            edit.setFocus()
            self.library.search.clear()
            yield
            for letter in text:
                key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
                self._begun = time.perf_counter()
                QApplication.sendEvent(edit, key)
                yield

    def _next(self) -> None:
        assert self._typing is not None
        self._waits = True
        if next(self._typing, self) is self:
            self._finish()
        elif self._desk.library.browser.view.value.is_settled:
            QTimer.singleShot(0, self._answered)  # the text asks for what is shown

    def _answered(self, *_: object) -> None:
        view = self._desk.library.browser.view.value
        if not self._waits or not view.is_settled:
            return
        self._waits = False
        if self.library.search.edit.text():
            self._finds.append(view.answer.seconds)
            self.library.grid.viewport().repaint()
            self._keys.append(time.perf_counter() - self._begun)
        QTimer.singleShot(120, self._next)

    def _finish(self) -> None:
        self._typing = None
        self._told |= {
            "frames": self._frames,
            "late": self._late.late,
            "keys": self._keys,
            "finds": self._finds,
            "resident": psutil.Process().memory_info().rss,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
        print(json.dumps(self._told), flush=True)
        self.close()


class _Painted(QObject):
    """Waits until every cell in sight was painted with its row."""

    def __init__(self, page: LibraryPage, told: Callable[[], None]) -> None:
        super().__init__(page)
        self._page = page
        self._told = told
        page.grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See whether the paint that begins here shows everything."""
        if event.type() == QEvent.Type.Paint and self._is_filled():
            self._page.grid.viewport().removeEventFilter(self)
            QTimer.singleShot(0, self._told)
        return False

    def _is_filled(self) -> bool:
        grid = self._page.grid
        rect = grid.viewport().rect()
        ends = (grid.indexAt(QPoint(24, 24)), grid.indexAt(QPoint(24, rect.bottom() - 24)))
        model = grid.model()
        assert isinstance(model, GridModel)
        return all(end.isValid() and model.picture(end.row()) is not None for end in ends)


def main() -> int:
    """Open the window."""
    app.MainWindow = LibraryWindow  # pyright: ignore[reportPrivateImportUsage]
    return app.main([])


if __name__ == "__main__":
    sys.exit(main())
