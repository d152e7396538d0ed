"""The badge on the render, and the lines over it that say what it means."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from maquette.core.fidelity import Fidelity
from maquette.gui.result_canvas import ResultCanvas
from maquette.gui.sketch_stage.fidelity_badge import FidelityBadge
from maquette.gui.sketch_stage.line_marks import Legend, lines_image
from maquette.state.fidelity_lines import Classes
from maquette.state.tasks import Tasks

INSET = 10  # pixels from the picture's corner
HELD = 0.35  # seconds; a key that was down for longer was held for a look

Ask = Callable[[], Awaitable[Classes | None]]
"""Brings the classes of the picture that is shown: 0 nothing, 1 followed, 2 missed, 3 invented."""


class FidelityView(QObject):
    """Shows the badge at the lower left corner of the render, and the lines while they are wanted.

    The lines are asked for when somebody wants to see them, once for each picture.
    """

    def __init__(self, canvas: ResultCanvas, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._tasks = tasks
        self._ask: Ask | None = None
        self._turn = 0
        self._wanted = False
        self._key: Qt.Key | None = None
        self._pressed = 0.0  # time.monotonic() when the key went down
        self.badge = FidelityBadge(canvas)
        self.legend = Legend(canvas)
        self.badge.toggled.connect(self._want)
        canvas.zoomed.connect(self._place)
        canvas.viewed.connect(self._place)
        canvas.filled.connect(self._place)
        canvas.installEventFilter(self)

    def show(self, fidelity: Fidelity | None, ask: Ask | None) -> None:
        """Another picture is shown; None if nothing was measured."""
        self._turn += 1
        self._ask = ask if fidelity is not None else None
        self._canvas.show_lines(None)
        self.badge.show_fidelity(fidelity)
        self._place()
        self._show_lines()

    @property
    def wanted(self) -> bool:
        """Whether the lines are to be seen."""
        return self._wanted

    def turn(self) -> None:
        """Show the lines, or take them off."""
        self.badge.setChecked(not self.badge.isChecked())

    def hold(self, parts: list[QWidget], key: Qt.Key) -> None:
        """Within `parts`, `key` turns the lines; held, it shows them for as long as it is down."""
        self._key = key
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._canvas and kind in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        if isinstance(event, QKeyEvent) and event.key() == self._key:
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                if not event.isAutoRepeat():
                    self._key_turned(kind == QEvent.Type.KeyPress)
                return True
        return super().eventFilter(watched, event)

    def _key_turned(self, down: bool) -> None:
        if down:
            self._pressed = time.monotonic()
            self.turn()
        elif time.monotonic() - self._pressed >= HELD:
            self.turn()

    def _want(self, wanted: bool) -> None:
        self._wanted = wanted
        self._show_lines()

    def _show_lines(self) -> None:
        shown = self._wanted and self._ask is not None
        self.legend.setVisible(shown)
        self._place()
        if not shown:
            self._canvas.show_lines(None)
        elif not self._canvas.shows_lines:
            self._tasks.start(self._load(self._turn))

    async def _load(self, turn: int) -> None:
        if self._ask is None:
            return
        classes = await self._ask()
        if classes is None or turn != self._turn:
            return
        image = await asyncio.to_thread(lines_image, classes)
        if turn == self._turn and self._wanted:
            self._canvas.show_lines(image)

    def _place(self, *_: object) -> None:
        """At the picture's lower left corner, as long as that is in sight."""
        target, room = self._canvas.target().toAlignedRect(), self._canvas.rect()
        seen = target & room
        left = max(seen.left() + INSET, INSET)
        bottom = min(seen.bottom(), room.bottom()) - INSET
        self.badge.adjustSize()
        rightmost = max(0, room.width() - self.badge.width())
        self.badge.move(min(left, rightmost), bottom - self.badge.height())
        self.legend.fit(seen.width() - 2 * INSET)
        self.legend.move(left, max(INSET, seen.top() + INSET))
        self.badge.raise_()
        self.legend.raise_()
