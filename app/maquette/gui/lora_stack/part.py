"""The stack of LoRAs as the Style panel holds it: it scrolls where there is no room for all."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from maquette.gui.fitting_scroll import FittingScroll
from maquette.gui.lora_stack.stack import LoraStack
from maquette.state.session import Session
from maquette.state.studio import Studio

LEAST = 64  # pixels in height, where there is little room


class LoraPart(FittingScroll):
    """What is added to the model."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = LoraStack(studio.loras, studio.session, studio.models)
        content = QWidget()
        content.setObjectName("scrolled")
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 4, 0)
        inner.addWidget(self.stack)
        self.setMinimumHeight(LEAST)
        self.setWidget(content)
        studio.session.changed.connect(self._session_changed)

    def _session_changed(self, _session: Session, fields: frozenset[str]) -> None:
        if "loras" in fields:
            self.calm(self.stack)  # rows that came just now
