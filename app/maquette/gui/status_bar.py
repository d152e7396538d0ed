"""The status bar: the engine, the model, the device, speed, memory, and what is going on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from maquette.core.job import JobState
from maquette.engine.status import EnginePhase, EngineStatus
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.theme import current_tokens
from maquette.gui.trainings.words import done_share, progress_words, state_words
from maquette.state.engine_status import EngineStatusStore
from maquette.state.jobs import Activity, Jobs
from maquette.state.messages import translate_sentence
from maquette.state.trainings import Trainings

GIB = 1 << 30
NAME = 24  # characters of a training's name
DEVICES = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}


class StatusBar(Live, QFrame):
    """One quiet line. Left: what there is. Right: what is happening."""

    def __init__(
        self,
        engine: EngineStatusStore,
        jobs: Jobs,
        trainings: Trainings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self._engine = engine
        self._jobs = jobs
        self._trainings = trainings
        self._dot = label()
        self._dot.setFixedSize(8, 8)
        self.phase = label()
        self.model = label("muted")
        self.speed = label("muted")
        self.memory = label("muted")
        self.training = button("status")
        self.training.hide()
        self.training.clicked.connect(self._show_training)
        self.doing = ElidedLabel("muted")
        self.doing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line = QProgressBar()
        self.line.setTextVisible(False)
        self.line.setRange(0, 1000)
        self.line.setFixedWidth(176)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self.phase)
        for part in (self.model, self.speed, self.memory):
            part.setContentsMargins(8, 0, 0, 0)
            row.addWidget(part)
        row.addWidget(self.training)
        row.addWidget(self.doing, 1)
        row.addSpacing(8)
        row.addWidget(self.line)
        engine.changed.connect(self._render)
        jobs.activity.changed.connect(self._render)
        trainings.changed.connect(self._render_training)
        self.retranslate()

    def _render(self) -> None:
        status, activity = self._engine.value, self._jobs.activity.value
        self._render_phase(status, activity)
        self.model.setText(self._model_text(status))
        self.model.setToolTip(status.device.reason if status.device else "")
        per_image = activity.seconds_per_image
        self.speed.setText(
            self.tr("{seconds} s / image").format(seconds=f"{per_image:.1f}") if per_image else ""
        )
        self.memory.setText(self._memory_text(status))
        for part in (self.model, self.speed, self.memory):
            part.setVisible(bool(part.text()))
        self._render_doing(status, activity)

    def _render_phase(self, status: EngineStatus, activity: Activity) -> None:
        tokens = current_tokens()
        words = {
            EnginePhase.STARTING: (self.tr("Starting"), tokens.accent),
            EnginePhase.IMPORTING: (self.tr("Warming up"), tokens.accent),
            EnginePhase.LOADING: (self.tr("Loading model"), tokens.accent),
            EnginePhase.READY: (self.tr("Ready"), tokens.success),
            EnginePhase.BUSY: (self.tr("Working"), tokens.accent),
            EnginePhase.RESTARTING: (self.tr("Restarting"), tokens.danger),
            EnginePhase.RESTING: (self.tr("Training"), tokens.accent),
            EnginePhase.FAILED: (self.tr("Stopped"), tokens.danger),
            EnginePhase.CLOSED: (self.tr("Closed"), tokens.disabled),
        }
        text, colour = words[status.phase]
        if activity.cancelling:
            text = self.tr("Cancelling…")
        self.phase.setText(text)
        self._dot.setStyleSheet(f"background: {colour}; border-radius: 4px;")

    def _model_text(self, status: EngineStatus) -> str:
        parts = []
        if status.model is not None:
            parts.append(status.model.name)
        if status.device is not None:
            kind = DEVICES.get(status.device.kind, status.device.kind.upper())
            parts.append(f"{kind} {status.device.precision}")
        return " · ".join(parts)

    def _memory_text(self, status: EngineStatus) -> str:
        used = status.device_used or status.resident
        if not used:
            return ""
        total = status.device.memory_total if status.device else 0
        if not total:
            return self.tr("{used} GB").format(used=f"{used / GIB:.1f}")
        return self.tr("{used} of {total} GB").format(
            used=f"{used / GIB:.1f}", total=f"{total / GIB:.0f}"
        )

    def _render_doing(self, status: EngineStatus, activity: Activity) -> None:
        if activity.job:
            self.doing.set_text(" · ".join(self._progress_words(activity)))
            self.line.setVisible(True)
            saving = activity.state is JobState.SAVING
            done = 1.0 if saving else activity.step / activity.total if activity.total else 0.0
            self.line.setValue(round(1000 * done))
            return
        self.doing.set_text(translate_sentence(status.message))
        loading = status.fraction is not None and status.phase in (
            EnginePhase.LOADING,
            EnginePhase.IMPORTING,
            EnginePhase.STARTING,
        )
        self.line.setVisible(loading)
        if status.fraction is not None:
            self.line.setValue(round(1000 * status.fraction))

    def _render_training(self, *_: object) -> None:
        """A button that tells how far the training is that runs, and leads to it."""
        one = self._trainings.running
        self.training.setVisible(one is not None)
        if one is None:
            return
        words = self.tr("Training “{name}” · {percent} %").format(
            name=_short(one.plan.name), percent=round(100 * done_share(one))
        )
        if words != self.training.text():
            self.training.setText(words)
            name(self.training, words, tip=f"{state_words(one)} · {progress_words(one)}")

    def _show_training(self) -> None:
        one = self._trainings.running
        self._trainings.show(one.id if one else "")

    def _progress_words(self, activity: Activity) -> list[str]:
        words = [
            self.tr("Rendering {place} of {of}").format(place=activity.place, of=activity.of)
            if activity.of > 1
            else self.tr("Rendering")
        ]
        if activity.state is JobState.SAVING:
            words.append(self.tr("saving"))
        elif activity.total:
            words.append(
                self.tr("step {step} of {total}").format(step=activity.step, total=activity.total)
            )
        if activity.seconds_left is not None:
            words.append(self._left(activity.seconds_left))
        return words

    def _left(self, seconds: float) -> str:
        if seconds >= 90:
            return self.tr("{n} min left").format(n=round(seconds / 60))
        return self.tr("{n} s left").format(n=max(1, round(seconds)))

    def retranslate(self) -> None:
        name(self, self.tr("Status"))
        self.setToolTip("")
        name(self.line, self.tr("Progress"))
        self.line.setToolTip("")
        self._render()
        self._render_training()

    def restyle(self) -> None:
        self._render()


def _short(text: str) -> str:
    return text if len(text) <= NAME else f"{text[: NAME - 1]}…"
