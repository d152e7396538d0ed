"""The switch of live mode, with a dot that pulses by what is being done, and how long it takes."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live as Lively
from maquette.gui.parts import button, name
from maquette.gui.sketch_panel.live_words import live_sentence, live_words
from maquette.gui.theme import current_tokens
from maquette.state.jobs import Activity, Jobs
from maquette.state.live import Live
from maquette.state.live_view import LivePhase, LiveView

_BUSY = (LivePhase.MAKING, LivePhase.REFINING, LivePhase.RESTARTING)


class LiveButton(Lively, QWidget):
    """A chip that is switched, and the read-out before it."""

    def __init__(self, live: Live, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._jobs = jobs
        self.words = ElidedLabel("muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.chip = button("chip")
        self.chip.setCheckable(True)
        self.chip.setIconSize(QSize(10, 10))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.chip)
        self.chip.clicked.connect(lambda is_on: live.start() if is_on else live.stop())
        live.view.changed.connect(self._render)
        jobs.activity.changed.connect(self._activity_changed)
        self.retranslate()

    @property
    def _waits(self) -> bool:
        return bool(self._jobs.activity.value.job)

    def _activity_changed(self, _activity: Activity, fields: frozenset[str]) -> None:
        if "job" in fields and self._live.is_on:
            self._render(self._live.view.value)

    def _render(self, view: LiveView, _fields: object = None) -> None:
        tokens = current_tokens()
        self.chip.setChecked(view.phase is not LivePhase.OFF)
        busy = view.phase in _BUSY
        colour = tokens.accent if busy else tokens.success
        if view.phase in (LivePhase.OFF, LivePhase.EMPTY):
            colour = tokens.muted
        self.chip.setIcon(icons.icon("record" if busy else "circle", colour, colour))
        sentence = live_sentence(view, self._waits)
        self.words.set_text(live_words(view, self._waits), sentence)
        name(self.chip, self.tr("Live mode"), "Ctrl+Shift+V", tip=sentence)

    def retranslate(self) -> None:
        self.chip.setText(self.tr("Live"))
        self._render(self._live.view.value)

    def restyle(self) -> None:
        self._render(self._live.view.value)
