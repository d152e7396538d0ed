"""What Python's garbage collector finds goes in the window's thread, and in no other."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 250  # milliseconds


class Garbage(QObject):
    """Collects in its own thread what is due, a little at a time.

    Python collects in whatever thread happens to allocate. Where that is one that reads files, and
    a widget is among what it finds, Qt destroys the widget there: the program hangs or crashes.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect_due)
        timer.start(EVERY)


def collect_due() -> None:
    """Collect the oldest generation of which Python's own thresholds say that it is due."""
    due = [
        generation
        for generation, (count, most) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if count > most
    ]
    if due:
        gc.collect(max(due))
