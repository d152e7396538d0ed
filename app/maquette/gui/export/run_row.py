"""One batch export: how far it is, what can be done about it, what could not be made."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from maquette.core.export_run import ItemState, RunState
from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.export.words import preset_words
from maquette.gui.live import Live
from maquette.gui.parts import Fold, button, label, name, tool_button
from maquette.state.batch_exports import ShownRun
from maquette.state.messages import translate_sentence

MOST = 1000  # steps of the bar
FAILURES = 50  # sentences that are shown


class RunRow(Live, QWidget):
    """Title, bar and words in one line; failures fold out below.

    Signals:
        asked(command): pause, resume, cancel, retry, forget or dismiss.
    """

    asked = Signal(str)

    def __init__(self, shown: ShownRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.title = label("title")
        self.words = ElidedLabel("muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, MOST)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.pause, self.resume, self.cancel = button("quiet"), button("quiet"), button("quiet")
        self.retry, self.forget, self.open = button("quiet"), button("quiet"), button("quiet")
        self.dismiss = tool_button()
        self.failures = Fold()
        self.reasons = label("small", wrap=True)
        self.failures.body.addWidget(self.reasons)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.title)
        line.addWidget(self.words, 1)
        line.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.pause, self.resume, self.cancel, self.retry, self.open, self.forget):
            line.addWidget(part)
        line.addWidget(self.dismiss)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(line)
        outer.addWidget(self.failures)
        for part, command in (
            (self.pause, "pause"),
            (self.resume, "resume"),
            (self.cancel, "cancel"),
            (self.retry, "retry"),
            (self.forget, "forget"),
            (self.dismiss, "dismiss"),
        ):
            part.clicked.connect(lambda _=False, command=command: self.asked.emit(command))
        self.open.clicked.connect(self._open)
        self.retranslate()
        self.restyle()

    def show_run(self, shown: ShownRun) -> None:
        """Show how far the run is now."""
        if shown != self._shown:
            self._shown = shown
            self._render()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown.run.folder)))

    def _render(self) -> None:
        shown = self._shown
        state = shown.run.state
        running = shown.active and not shown.waiting
        self.title.setText(preset_words(shown.run.preset.name))
        self.words.set_text(self._said(), str(shown.run.folder))
        self.bar.setVisible(state is RunState.OPEN)
        self.bar.setValue(round(MOST * shown.done / max(1, shown.total)))
        self.pause.setVisible(running and not shown.pausing)
        self.resume.setVisible(shown.is_interrupted)
        self.cancel.setVisible(shown.active)
        self.cancel.setEnabled(not shown.pausing)
        failed = shown.counts.get(ItemState.FAILED, 0) + shown.counts.get(ItemState.CANCELLED, 0)
        self.retry.setVisible(state is not RunState.OPEN and failed > 0)
        self.forget.setVisible(shown.is_interrupted)
        self.open.setVisible(shown.counts.get(ItemState.DONE, 0) > 0)
        self.dismiss.setVisible(state is not RunState.OPEN)
        self.failures.setVisible(bool(shown.failures))
        self.failures.head.setText(self.tr("{n} without a file").format(n=len(shown.failures)))
        said = [translate_sentence(item.message) for item in shown.failures[:FAILURES]]
        self.reasons.setText("\n".join(said))

    def _said(self) -> str:
        """One line: how far it is, and what comes next."""
        shown, counts = self._shown, self._shown.counts
        made = counts.get(ItemState.DONE, 0)
        if shown.problem:
            return translate_sentence(shown.problem)
        if shown.run.state is RunState.CANCELLED:
            return self.tr("cancelled, {made} of {total} files are there").format(
                made=made, total=shown.total
            )
        if shown.run.state is RunState.DONE:
            return self._outcome(made)
        far = self.tr("{done} of {total} files").format(done=shown.done, total=shown.total)
        if shown.is_interrupted:
            return self.tr("{far}, then it was interrupted").format(far=far)
        if shown.waiting:
            return self.tr("{far}, waits for the export before it").format(far=far)
        if shown.pausing:
            return self.tr("{far}, stopping…").format(far=far)
        if shown.seconds_left is None or shown.done == shown.total:
            return far
        return f"{far}  ·  {self._left(shown.seconds_left)}"

    def _outcome(self, made: int) -> str:
        counts = self._shown.counts
        parts = [self.tr("{n} files").format(n=made)]
        for state, words in (
            (ItemState.SKIPPED, self.tr("{n} were there already")),
            (ItemState.FAILED, self.tr("{n} could not be made")),
            (ItemState.LEFT_OUT, self.tr("{n} left out")),
        ):
            if counts.get(state):
                parts.append(words.format(n=counts[state]))
        if self._shown.run.papers:
            parts.append(self.tr("with sheets and lists"))
        return "  ·  ".join(parts)

    def _left(self, seconds: float) -> str:
        if seconds >= 90:
            return self.tr("{n} min left").format(n=round(seconds / 60))
        return self.tr("{n} s left").format(n=max(1, round(seconds)))

    def retranslate(self) -> None:
        for part, text in (
            (self.pause, self.tr("Pause")),
            (self.resume, self.tr("Resume")),
            (self.cancel, self.tr("Cancel")),
            (self.retry, self.tr("Try those again")),
            (self.forget, self.tr("Forget")),
            (self.open, self.tr("Open folder")),
        ):
            part.setText(text)
            name(part, text)
        self.forget.setToolTip(self.tr("Takes the export off the list; its files stay"))
        name(self.dismiss, self.tr("Close"))
        name(self.bar, self.tr("Progress of the export"))
        self.bar.setToolTip("")
        self._render()

    def restyle(self) -> None:
        self.dismiss.setIcon(icons.icon("x"))
        self.failures.restyle()
