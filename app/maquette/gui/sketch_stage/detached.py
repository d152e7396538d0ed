"""A part of the stage in a window of its own, on a second screen or a pen display."""

import base64

from PySide6.QtCore import QByteArray, QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from maquette.gui.actions import SPECS, Actions
from maquette.gui.live import Live
from maquette.state.noop import QT_TRANSLATE_NOOP
from maquette.state.sketch_layout import Part

FIRST_SIZE = QSize(800, 800)
_TITLES = {
    Part.DRAWING: QT_TRANSLATE_NOOP("DetachedWindow", "Sketch – Maquette"),
    Part.RENDER: QT_TRANSLATE_NOOP("DetachedWindow", "Render – Maquette"),
}


class DetachedWindow(Live, QWidget):
    """Holds one part; all keys of the studio work in it.

    Signals:
        closed(): the user closed it; the part is still in it.
    """

    closed = Signal()

    def __init__(
        self, part: Part, held: QWidget, actions: Actions, geometry: str, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.part = part
        for action in SPECS:
            self.addAction(actions[action])
        frame = QFrame()
        frame.setObjectName("stage")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(held)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.resize(FIRST_SIZE)
        if geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(geometry, validate=False)))
        self.retranslate()

    @property
    def kept_geometry(self) -> str:
        """Where it is, as Qt saves it, base64."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    def retranslate(self) -> None:
        self.setWindowTitle(QCoreApplication.translate("DetachedWindow", _TITLES[self.part]))
