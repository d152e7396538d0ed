"""What keys mean while the canvas has the focus."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from maquette.gui.sketch_canvas.canvas import SketchCanvas

PAN_STEP = 48.0
"""Logical pixels that an arrow key moves the view by."""
TURN_STEP = 15.0  # degrees

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALLOWED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
"""On a Mac the arrows come as keys of the keypad."""
_WHILE_BUSY = (*_ENDS, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_KEYS = (
    Qt.Key.Key_Space,
    Qt.Key.Key_BracketLeft,
    Qt.Key.Key_BracketRight,
    Qt.Key.Key_M,
    Qt.Key.Key_Home,
)
_ARROWS = {
    Qt.Key.Key_Left: (-PAN_STEP, 0.0),
    Qt.Key.Key_Right: (PAN_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -PAN_STEP),
    Qt.Key.Key_Down: (0.0, PAN_STEP),
}
"""To the right and down, in which the view looks on."""


class CanvasKeys:
    """[ and ] change the width, M mirrors the view, Shift+Left and Shift+Right turn it.

    Home puts it upright, the arrows move it, space held makes a hand of any tool (with Shift the
    hand turns), Esc gives up and Enter ends what is begun.
    """

    def __init__(self, canvas: "SketchCanvas") -> None:
        self._canvas = canvas

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key means something here, before any shortcut."""
        key = event.key()
        if self._canvas.is_busy and key in _WHILE_BUSY:
            return True
        is_plain = not event.modifiers() & ~_ALLOWED
        return is_plain and (key in _KEYS or key in _ARROWS)

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means; False if that is nothing."""
        key, canvas = event.key(), self._canvas
        turns = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Space:
            canvas.hold_hand(True)
        elif not self.wants(event):
            return False
        elif key == Qt.Key.Key_Escape:
            canvas.give_up()
        elif key in _ENDS:
            canvas.finish()
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            canvas.change_width(wider=key == Qt.Key.Key_BracketRight)
        elif key == Qt.Key.Key_M:
            canvas.flip_view()
        elif key == Qt.Key.Key_Home:
            canvas.reset_view()
        elif turns and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            canvas.rotate_view(TURN_STEP if key == Qt.Key.Key_Right else -TURN_STEP)
        elif key in _ARROWS:
            canvas.pan(*_ARROWS[Qt.Key(key)])
        else:
            canvas.tell_tool(key)
        return True
