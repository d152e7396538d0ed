"""How a style was trained: its pictures by digest, its settings and figures, for the record."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from maquette.core.training import StyleKind, TrainingPreset
from maquette.gui.live import Live
from maquette.gui.parts import Fold, button, name
from maquette.gui.trainings.words import long_words
from maquette.state.training_view import ShownTraining


class TrainingRecord(Live, Fold):
    """Plain text that can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownTraining | None = None
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(240)
        self.copy = button("tall")
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.text.toPlainText())
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copy)
        self.body.addWidget(self.text)
        self.body.addLayout(foot)
        self.head.toggled.connect(lambda _open: self._render())
        self.retranslate()
        self.restyle()

    def show_training(self, one: ShownTraining) -> None:
        """Tell of `one`."""
        before, self._shown = self._shown, one
        if before is None or (before.plan, before.report) != (one.plan, one.report):
            self._render()

    def _render(self) -> None:
        if self._shown is not None and self.head.isChecked():
            self.text.setPlainText("\n".join(self._lines(self._shown)))

    def _lines(self, one: ShownTraining) -> list[str]:
        plan, chosen, report = one.plan, one.plan.settings, one.report
        kinds = {
            StyleKind.STYLE: self.tr("a style"),
            StyleKind.PRODUCT: self.tr("a family of products"),
            StyleKind.MATERIAL: self.tr("a material"),
        }
        presets = {
            TrainingPreset.QUICK: self.tr("quick"),
            TrainingPreset.GOOD: self.tr("good"),
            TrainingPreset.THOROUGH: self.tr("thorough"),
        }
        facts = [
            (self.tr("Name"), plan.name),
            (self.tr("What it is"), kinds[plan.kind]),
            (self.tr("Words that call it"), plan.trigger),
            (self.tr("Planned"), plan.created),
            (self.tr("Model"), f"{plan.model.name or plan.model.id} {plan.model.digest}".strip()),
            (self.tr("Preset"), presets[plan.preset]),
            (self.tr("Rank"), str(chosen.rank)),
            (self.tr("Steps"), f"{chosen.steps} × {chosen.batch}"),
            (self.tr("Learning rate"), f"{chosen.learning_rate:g}"),
            (self.tr("Size"), f"{chosen.side}"),
            (self.tr("Share of the model's own pictures"), f"{chosen.prior_share:g}"),
            (self.tr("Seed"), str(chosen.seed)),
        ]
        if report is not None:
            facts += [
                (self.tr("Steps done"), str(report.steps)),
                (self.tr("Step that is kept"), str(report.best_step)),
                (self.tr("Time"), long_words(report.seconds)),
                (
                    self.tr("Held-out loss"),
                    f"{report.first_validation:.4f} → {report.best_validation:.4f}",
                ),
                (self.tr("Parameters"), f"{report.parameters:,} / {report.base_parameters:,}"),
                (self.tr("File"), report.digest),
            ]
            if report.likeness is not None:
                found = report.likeness
                facts += [
                    (self.tr("Likeness to the set"), f"{found.likeness:.2f}"),
                    (
                        self.tr("Closeness to the nearest picture"),
                        f"{found.closeness:.2f} ({found.usual:.2f})",
                    ),
                    (self.tr("Copies among the test pictures"), f"{found.copied} / {found.made}"),
                ]
        lines = [f"{title}: {value}" for title, value in facts]
        lines += ["", self.tr("Pictures, by the digest of their pixels:")]
        for picture in plan.pictures:
            held = f" [{self.tr('held out')}]" if picture.held_out else ""
            lines.append(f"{picture.digest}{held} {picture.caption}")
        return lines

    def restyle(self) -> None:
        Fold.restyle(self)

    def retranslate(self) -> None:
        self.head.setText(self.tr("How it was trained"))
        name(self.head, self.tr("How it was trained"))
        name(self.text, self.tr("How it was trained"))
        self.text.setToolTip("")
        self.copy.setText(self.tr("Copy"))
        name(self.copy, self.tr("Copy the record"))
        self._render()
