"""One line per step, with its time: "[2/5] Installing torch … 41 s"."""

import sys
import time
from typing import TextIO


class Progress:
    """Prints the steps' lines; on a terminal the seconds of the running step count up."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._total = total
        self._number = 0
        self._line = ""
        self._begun = 0.0

    def begin(self, title: str) -> None:
        """Start the next step's line."""
        self._number += 1
        self._line = f"[{self._number}/{self._total}] {title} … "
        self._begun = time.monotonic()
        self._stream.write(self._line)
        self._stream.flush()

    def tick(self) -> None:
        """Show the seconds so far, where the line can be written over."""
        if self._stream.isatty():
            self._stream.write(f"\r{self._line}{self._seconds()}")
            self._stream.flush()

    def end(self, word: str = "") -> None:
        """Finish the line with the time taken, or with `word`."""
        again = f"\r{self._line}" if self._stream.isatty() else ""
        self._stream.write(f"{again}{word or self._seconds()}\n")
        self._stream.flush()

    def remark(self, sentence: str) -> None:
        """Print a sentence below the step it belongs to."""
        self._stream.write(f"      {sentence}\n")
        self._stream.flush()

    def _seconds(self) -> str:
        return f"{time.monotonic() - self._begun:.0f} s"
