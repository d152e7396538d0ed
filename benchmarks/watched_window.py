"""Runs the real window with an onlooker: when it is first painted, or how late its events are.

Usage: python -m benchmarks.watched_window painted | busy PICTURES. Prints one JSON line.
"""

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from maquette import app
from maquette.core.job import Job, JobState
from maquette.gui.main_window import MainWindow
from maquette.state.studio import Studio

BEAT = 5.0  # milliseconds between the timer events whose lateness is measured
SETTLING = 2.0  # seconds after the warm-up picture


class FirstPaint(QObject):
    """Tells once, after the first paint of any of the widgets it watches was flushed."""

    def __init__(self, window: MainWindow, told: Callable[[], None]) -> None:
        super().__init__(window)
        self._told = told
        self._seen = False
        for widget in (window.stage, window.rail, window.status, window.panel):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the end of the paint that begins here."""
        if not self._seen and event.type() == QEvent.Type.Paint:
            self._seen = True
            QTimer.singleShot(0, self._told)
        return False


class Lateness(QObject):
    """Notes how much later than its interval each event of a timer comes, in milliseconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(int(BEAT))
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """Begin to measure."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """End it."""
        self._timer.stop()

    def _note(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, (now - self._last) * 1000 - BEAT))
        self._last = now


class PaintedWindow(MainWindow):
    """Says when it was painted, and closes."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        FirstPaint(self, self._painted)

    def _painted(self) -> None:
        heavy = sorted({"torch", "diffusers", "transformers", "cv2"} & set(sys.modules))
        print(json.dumps({"painted": time.monotonic(), "heavy": heavy}), flush=True)
        self.close()


class BusyWindow(MainWindow):
    """Makes a picture to warm up, then many without pause while its event loop is measured."""

    pictures = 20

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._desk = studio
        self._lateness = Lateness(self)
        self._left = 0
        self._warm = False
        self._failed = ""
        studio.jobs.ended.connect(self._ended)
        studio.models.changed.connect(self._begin)
        QTimer.singleShot(0, self._begin)

    def _begin(self, *_: object) -> None:
        if self._left or self._warm or self._desk.models.chosen is None:
            return
        self._make(1)

    def _make(self, count: int) -> None:
        self._left = count
        self._desk.session.update(count=count, seed=1, seed_locked=True)
        self._desk.commands.generate()

    def _ended(self, jobs: tuple[Job, ...]) -> None:
        self._failed = "".join(job.message for job in jobs if job.state is not JobState.FINISHED)
        self._left -= len(jobs)
        if self._left and not self._failed:
            return
        if not self._warm and not self._failed:
            self._warm = True
            QTimer.singleShot(int(SETTLING * 1000), self._measure)
            return
        self._lateness.stop()
        print(json.dumps({"late": self._lateness.late, "failed": self._failed}), flush=True)
        self.close()

    def _measure(self) -> None:
        self._lateness.start()
        self._make(self.pictures)


def main() -> int:
    """Open the window in the way that was asked for."""
    if sys.argv[1] == "painted":
        window: type[MainWindow] = PaintedWindow
    else:
        window = BusyWindow
        BusyWindow.pictures = int(sys.argv[2])
    app.MainWindow = window  # pyright: ignore[reportPrivateImportUsage]
    return app.main([])


if __name__ == "__main__":
    sys.exit(main())
