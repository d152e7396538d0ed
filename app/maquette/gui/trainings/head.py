"""The head of a training: its name, what it does, how far it is, and what can be done with it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from maquette.core.training import TrainingStage
from maquette.gui.actions import Actions, said, shown_keys
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name
from maquette.gui.training_actions import TRAINING_SPECS
from maquette.gui.trainings.words import (
    done_share,
    outcome_lines,
    progress_words,
    state_words,
    warning_lines,
)
from maquette.state.messages import translate_sentence
from maquette.state.training_view import ShownTraining


class TrainingHead(Live, Panel):
    """Which buttons there are follows from what the training does."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownTraining | None = None
        self._has_card = False
        self._actions = actions
        self.title.hide()
        self.remark.hide()
        self.name = ElidedLabel("heading")
        self.state = label("muted")
        self.turn, self.stop, self.use = button("tall"), button("tall"), button("primary")
        self.delete = button("tall")
        self._buttons: Mapping[str, QPushButton] = {
            "training_turn": self.turn,
            "training_stop": self.stop,
            "training_use": self.use,
            "training_delete": self.delete,
        }
        for action, made in self._buttons.items():
            made.clicked.connect(actions[action].trigger)
        self.line = QProgressBar()
        self.line.setTextVisible(False)
        self.line.setRange(0, 1000)
        self.facts = label("muted")
        self.message = label("error", wrap=True)
        self.outcome = label(wrap=True)
        self.warnings = label("hint", wrap=True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.state)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        for made in (self.delete, self.stop, self.turn, self.use):
            row.addWidget(made)
        self.body.addLayout(row)
        for part in (self.line, self.facts, self.message, self.outcome, self.warnings):
            self.body.addWidget(part)

    def show_training(self, one: ShownTraining, *, has_card: bool) -> None:
        """Show `one`; `has_card` is whether its style can be put on."""
        self._shown, self._has_card = one, has_card
        self._render()

    def _render(self) -> None:
        one = self._shown
        if one is None:
            return
        is_done = one.stage is TrainingStage.DONE
        self.name.set_text(one.plan.name)
        self.state.setText(state_words(one))
        self.line.setValue(round(1000 * done_share(one)))
        self.line.setVisible(not is_done)
        self.facts.setText(progress_words(one))
        self.facts.setVisible(not is_done)
        self.message.setText(translate_sentence(one.message))
        self.message.setVisible(bool(one.message) and one.stage is TrainingStage.FAILED)
        self.outcome.setText("\n".join(outcome_lines(one)))
        self.outcome.setVisible(is_done)
        self.warnings.setText("\n".join(warning_lines(one)))
        self.warnings.setVisible(is_done and bool(self.warnings.text()))
        can_end = one.is_here and one.ending is None
        self.turn.setVisible(one.can_resume or one.is_here)
        self.turn.setText(self.tr("Pause") if one.is_here else self.tr("Resume"))
        self.stop.setVisible(one.can_keep or (one.is_here and one.is_running))
        self.use.setVisible(is_done)
        enabled = {
            "training_turn": one.can_resume or can_end,
            "training_stop": one.can_keep,
            "training_use": is_done and self._has_card,
            "training_delete": not one.is_running,
        }
        for action, made in self._buttons.items():
            made.setEnabled(enabled[action])
            self._actions[action].setEnabled(enabled[action])

    def retranslate(self) -> None:
        self.stop.setText(said(TRAINING_SPECS["training_stop"].text))
        self.use.setText(said(TRAINING_SPECS["training_use"].text))
        self.delete.setText(self.tr("Delete"))
        for action, made in self._buttons.items():
            spec = TRAINING_SPECS[action]
            name(made, said(spec.text), shown_keys(spec), tip=said(spec.tip))
        name(self.line, self.tr("Progress"))
        self.line.setToolTip("")
        self._render()
