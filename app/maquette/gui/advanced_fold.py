"""What most people leave alone: steps, guidance, sampler, exact size."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFormLayout, QSpinBox, QWidget

from maquette.core.recipe import MAX_GUIDANCE, MAX_SIDE, MAX_STEPS, MIN_SIDE, Sampler
from maquette.gui.live import Live
from maquette.gui.number_row import NumberRow
from maquette.gui.parts import Fold, label, name
from maquette.state.session import Session
from maquette.state.store import Store

SAMPLER_NAMES = {Sampler.UNIPC: "UniPC", Sampler.DPMPP_2M: "DPM++ 2M"}


class AdvancedFold(Live, Fold):
    """Folded away until asked for. `fields` are its fields by the recipe's names."""

    def __init__(self, session: Store[Session], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = NumberRow(1, MAX_STEPS, 1, slider_high=60)
        self.guidance = NumberRow(0, MAX_GUIDANCE, 0.5, decimals=1, slider_high=15)
        self.sampler = QComboBox()
        for sampler in Sampler:
            self.sampler.addItem(SAMPLER_NAMES[sampler], sampler)
        self.width_field = _side_field()
        self.height_field = _side_field()
        self.fields: dict[str, QWidget] = {
            "width": self.width_field,
            "height": self.height_field,
            "steps": self.steps.field,
            "guidance_scale": self.guidance.field,
        }
        self._lay_out()
        change = session.update
        self.steps.changed.connect(lambda value: change(steps=round(value)))
        self.guidance.changed.connect(lambda value: change(guidance_scale=value))
        self.sampler.activated.connect(lambda index: change(sampler=self.sampler.itemData(index)))
        self.width_field.valueChanged.connect(lambda value: change(width=value))
        self.height_field.valueChanged.connect(lambda value: change(height=value))
        session.changed.connect(self._render)
        self.retranslate()
        self._render(session.value)

    def set_side_step(self, pixels: int) -> None:
        """Let the arrow keys step by what the model's sizes are multiples of."""
        self.width_field.setSingleStep(pixels)
        self.height_field.setSingleStep(pixels)

    def _lay_out(self) -> None:
        self._sampler_label = label()
        self._width_label = label()
        self._height_label = label()
        self._sampler_label.setBuddy(self.sampler)
        self._width_label.setBuddy(self.width_field)
        self._height_label.setBuddy(self.height_field)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.addRow(self._sampler_label, self.sampler)
        form.addRow(self._width_label, self.width_field)
        form.addRow(self._height_label, self.height_field)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.guidance)
        self.body.addLayout(form)

    def _render(self, session: Session, _fields: object = None) -> None:
        self.steps.set_value(session.steps)
        self.guidance.set_value(session.guidance_scale)
        self.sampler.setCurrentIndex(self.sampler.findData(session.sampler))
        for field, value in (
            (self.width_field, session.width),
            (self.height_field, session.height),
        ):
            with QSignalBlocker(field):
                field.setValue(value)

    def retranslate(self) -> None:
        self.head.setText(self.tr("Advanced"))
        name(self.head, self.tr("Advanced settings"))
        self.steps.set_text(
            self.tr("Steps"), self.tr("More steps take longer and settle finer detail.")
        )
        self.guidance.set_text(
            self.tr("Guidance scale"),
            self.tr("How closely the picture follows the prompt; too high looks hard and burnt."),
        )
        self._sampler_label.setText(self.tr("Sampler"))
        name(
            self.sampler,
            self.tr("Sampler"),
            tip=self.tr("The method that takes the noise away, step by step."),
        )
        self._width_label.setText(self.tr("Width"))
        self._height_label.setText(self.tr("Height"))
        limits = self.tr("{low} to {high} pixels").format(low=MIN_SIDE, high=MAX_SIDE)
        name(self.width_field, self.tr("Width"), tip=limits)
        name(self.height_field, self.tr("Height"), tip=limits)
        for field in (self.width_field, self.height_field):
            field.setSuffix(self.tr(" px"))


def _side_field() -> QSpinBox:
    # The range is wider than what is allowed, so that a wrong value is said and not silently bent.
    field = QSpinBox()
    field.setRange(0, 99_999)
    field.lineEdit().setTextMargins(4, 0, 4, 0)
    field.setKeyboardTracking(False)
    return field
