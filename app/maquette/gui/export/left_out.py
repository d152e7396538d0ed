"""The pictures that an export leaves out, each with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.live import Live
from maquette.gui.parts import Panel, label
from maquette.state.export_preview import LeftOut
from maquette.state.messages import translate_sentence

TOLD = 50  # pictures whose reason is told


class LeftOutPanel(Live, Panel):
    """It is there while there are any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_out: tuple[LeftOut, ...] = ()
        self.reasons = label("small", wrap=True)
        self.reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = CalmScroll()
        content = QWidget()
        content.setObjectName("scrolled")
        QVBoxLayout(content).addWidget(self.reasons)
        scroll.setWidget(content)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # long lists are read with the keys
        self.body.addWidget(scroll)
        self.retranslate()

    def show_left_out(self, left_out: Sequence[LeftOut]) -> None:
        """Tell of these pictures."""
        self._left_out = tuple(left_out)
        self.retranslate()

    def retranslate(self) -> None:
        self.setVisible(bool(self._left_out))
        self.title.setText(self.tr("Left out: {n}").format(n=len(self._left_out)))
        told = [translate_sentence(one.reason) for one in self._left_out[:TOLD]]
        more = len(self._left_out) - len(told)
        if more > 0:
            told.append(self.tr("And {n} more.").format(n=more))
        self.reasons.setText("\n\n".join(told))
        self.reasons.setAccessibleName(self.tr("Pictures that are left out"))
