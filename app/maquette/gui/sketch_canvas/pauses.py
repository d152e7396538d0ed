"""Pauses: tells, while a stroke is drawn, when it is worth looking at what there is so far."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

REST = 0.15  # seconds without a movement are a rest
APART = 0.25  # seconds; in a long stroke, one look at most in that time


class Pauses(QObject):
    """Driven by the events of the pen alone; one timer, which each movement winds up again.

    Signals:
        paused(): the pen rests, or a long stroke goes on.
    """

    paused = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(REST * 1000))
        self._timer.timeout.connect(self._tell)
        self._told = 0.0
        self._is_on = False

    def begin(self) -> None:
        self._is_on = True
        self._told = time.monotonic()

    def moved(self) -> None:
        """Something was drawn."""
        if not self._is_on:
            return
        self._timer.start()
        if time.monotonic() - self._told >= APART:
            self._tell()

    def end(self) -> None:
        self._is_on = False
        self._timer.stop()

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told < APART:
            self._timer.start()
            return
        self._timer.stop()
        self._told = now
        self.paused.emit()
