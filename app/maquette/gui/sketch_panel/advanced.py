"""What is behind the slider, for those who want to set it: parts, models, more images, tries."""

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QMenu,
    QSpinBox,
    QWidget,
)

from maquette.core.control import (
    MAX_CONTROL_GUIDANCE,
    MAX_CONTROL_SCALE,
    MAX_OUTLINE,
    ControlKind,
)
from maquette.core.control_models import fitting, needs_none
from maquette.core.follow import FollowParts
from maquette.core.job import MAX_TRIES
from maquette.core.model_info import ModelInfo
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.number_row import NumberRow
from maquette.gui.parts import Fold, button, label, name
from maquette.state.control_shelf import ControlShelf
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.sketch_choice import SketchChoice
from maquette.state.sketching import parts_of
from maquette.state.store import Store


class SketchAdvanced(Live, Fold):
    """Folded away until asked for.

    Signals:
        control_wanted(bool): the user wants to point at a control model: a folder, or a file.
    """

    control_wanted = Signal(bool)

    def __init__(
        self,
        session: Store[Session],
        models: Models,
        control_models: ControlShelf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._models = models
        self._control_models = control_models
        self.scale = NumberRow(0, MAX_CONTROL_SCALE, 0.05, decimals=2)
        self.begin = NumberRow(0, 1, 0.05, decimals=2)
        self.end = NumberRow(0, 1, 0.05, decimals=2)
        self.guidance = NumberRow(0, MAX_CONTROL_GUIDANCE, 0.1, decimals=1)
        self.outline = NumberRow(0, MAX_OUTLINE, 0.05, decimals=2)
        self.by_slider = button()
        self.kind = QComboBox()
        self.model = QComboBox()
        self.add_model = button()
        self._kinds_of_models = QMenu(self)
        self.add_model.setMenu(self._kinds_of_models)
        self.keep_region = QCheckBox()
        self.at_least = NumberRow(0, 1, 0.05, decimals=2)
        self.tries = QSpinBox()
        self.tries.setRange(1, MAX_TRIES)
        self.tries.setKeyboardTracking(False)
        self._labels = {key: label() for key in ("kind", "model", "tries")}
        self._lay_out()
        self._connect()
        self.retranslate()
        self._render(session.value)

    def _lay_out(self) -> None:
        for row in (self.scale, self.begin, self.end, self.guidance, self.outline):
            self.body.addWidget(row)
        self.body.addWidget(self.by_slider)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        for key, field in (("kind", self.kind), ("model", self.model)):
            self._labels[key].setBuddy(field)
            form.addRow(self._labels[key], field)
        self.body.addLayout(form)
        self.body.addWidget(self.add_model)
        self.body.addWidget(self.keep_region)
        self.body.addWidget(self.at_least)
        tries = QHBoxLayout()
        tries.addWidget(self._labels["tries"], 1)
        tries.addWidget(self.tries)
        self._labels["tries"].setBuddy(self.tries)
        self.body.addLayout(tries)

    def _connect(self) -> None:
        for part in ("scale", "begin", "end", "guidance", "outline"):
            row: NumberRow = getattr(self, part)
            row.changed.connect(lambda value, part=part: self._set_part(part, value))
        self.by_slider.clicked.connect(lambda: self._set(parts=None))
        self.kind.activated.connect(lambda: self._set(kind=chosen_in(self.kind, ControlKind)))
        self.model.activated.connect(lambda: self._set(model=self.model.currentData() or ""))
        self.keep_region.toggled.connect(lambda is_on: self._set(keep_region=is_on))
        self.at_least.changed.connect(lambda value: self._set(at_least=round(value, 2)))
        self.tries.valueChanged.connect(lambda value: self._set(tries=value))
        self.head.toggled.connect(lambda is_open: self._set(advanced_open=is_open))
        self._session.changed.connect(self._session_changed)
        self._models.changed.connect(lambda *_: self._render(self._session.value))
        self._control_models.changed.connect(lambda *_: self._render(self._session.value))

    def _parts(self, sketch: SketchChoice) -> FollowParts:
        return parts_of(sketch, self._models.chosen, self._control_models.value.known)

    def _set(self, **changes: object) -> None:
        sketch = self._session.value.sketch
        self._session.update(sketch=msgspec.structs.replace(sketch, **changes))

    def _set_part(self, part: str, value: float) -> None:
        parts = self._parts(self._session.value.sketch)
        changed = {part: round(value, 3)}
        if part == "begin":
            changed["end"] = max(parts.end, value)
        elif part == "end":
            changed["begin"] = min(parts.begin, value)
        self._set(parts=msgspec.structs.replace(parts, **changed))

    # --- showing --------------------------------------------------------------------------------

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if fields & {"sketch", "start"}:
            self._render(session)

    def _render(self, session: Session) -> None:
        sketch = session.sketch
        self.set_open(sketch.advanced_open)
        self._render_parts(self._parts(sketch), by_hand=sketch.parts is not None)
        self._render_models(sketch, self._models.chosen)
        with QSignalBlocker(self.keep_region):
            self.keep_region.setChecked(sketch.keep_region)
        self.keep_region.setVisible(session.start is not None)
        self.at_least.set_value(sketch.at_least)
        with QSignalBlocker(self.tries):
            self.tries.setValue(sketch.tries)
        self.tries.setEnabled(sketch.at_least > 0)

    def _render_parts(self, parts: FollowParts, *, by_hand: bool) -> None:
        self.scale.set_value(parts.scale)
        self.begin.set_value(parts.begin)
        self.end.set_value(parts.end)
        self.guidance.set_value(parts.guidance)
        self.outline.set_value(parts.outline)
        self.by_slider.setEnabled(by_hand)
        self.by_slider.setText(
            self.tr("Set by the slider again") if by_hand else self.tr("Set by the slider")
        )

    def _render_models(self, sketch: SketchChoice, model: ModelInfo | None) -> None:
        kinds = (
            (ControlKind.SKETCH, self.tr("Lines of a sketch")),
            (ControlKind.EDGES, self.tr("Every visible edge")),
        )
        fill_combo(self.kind, kinds, sketch.kind)
        known = self._control_models.value.known
        fits = fitting(known, model, sketch.kind) if model else ()
        own = model is not None and needs_none(model, sketch.kind)
        choices = [("", self.tr("The model's own") if own else self.tr("The first that fits"))]
        fill_combo(self.model, (*choices, *((each.id, each.name) for each in fits)), sketch.model)
        self.model.setEnabled(bool(fits))

    def retranslate(self) -> None:
        self.head.setText(self.tr("Advanced"))
        name(self.head, self.tr("Advanced settings of the sketch"))
        texts = (
            (self.scale, self.tr("Scale"), self.tr("How much of the sketch's say is added.")),
            (self.begin, self.tr("Begin"), self.tr("The share of the steps before it has a say.")),
            (
                self.end,
                self.tr("End"),
                self.tr("The share of the steps after which it has none; details are free then."),
            ),
            (
                self.guidance,
                self.tr("Guidance by the sketch"),
                self.tr("Above 1 leads away from the picture without the sketch; it takes longer."),
            ),
            (
                self.outline,
                self.tr("Guidance by outlines"),
                self.tr("Draws edges onto the lines themselves; for models with a small decoder."),
            ),
            (
                self.at_least,
                self.tr("Try again until the fidelity is at least"),
                self.tr("0 asks for nothing; below it another seed is tried."),
            ),
        )
        for row, text, tip in texts:
            row.set_text(text, tip)
        self._labels["kind"].setText(self.tr("Shown as"))
        name(self.kind, self.tr("Shown as"), tip=self.tr("What the lines are to the model"))
        self._labels["model"].setText(self.tr("Control"))
        name(self.model, self.tr("Control model"), tip=self.tr("The network that reads the sketch"))
        self.add_model.setText(self.tr("Add a control model…"))
        name(self.add_model, self.tr("Choose a ControlNet or T2I-Adapter on this machine"))
        self._kinds_of_models.clear()
        self._kinds_of_models.addAction(self.tr("Folder…"), lambda: self.control_wanted.emit(True))
        self._kinds_of_models.addAction(
            self.tr("File (.safetensors)…"), lambda: self.control_wanted.emit(False)
        )
        self.keep_region.setText(self.tr("Keep what the lock layer covers"))
        self._labels["tries"].setText(self.tr("Tries at most"))
        name(self.tries, self.tr("Tries at most"))
        self._render(self._session.value)

    def restyle(self) -> None:
        Fold.restyle(self)
