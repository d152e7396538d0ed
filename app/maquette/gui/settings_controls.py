"""The card of the settings that lists control models: what steers which family, and by what."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QSizePolicy

from maquette.core.control import ControlKind
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.parts import name
from maquette.gui.settings_shelf import SHORT_NAMES, Line, ShelfCard, ShelfWords
from maquette.state.control_shelf import ControlShelf
from maquette.state.tasks import Tasks

LIST_HEIGHT = 92


class ControlModelsCard(ShelfCard):
    """ControlNets and T2I-Adapters on this machine."""

    def __init__(self, shelf: ControlShelf, tasks: Tasks) -> None:
        super().__init__(LIST_HEIGHT)
        self._control_models = shelf
        self._tasks = tasks
        self.kind = QComboBox()
        self.kind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._kind_caption = self.add_row(self.kind)
        self.add_buttons()
        self.kind.activated.connect(self._set_kind)
        shelf.changed.connect(self.render_list)
        self.retranslate()

    def words(self) -> ShelfWords:
        return ShelfWords(
            title=self.tr("Control models"),
            empty=self.tr(
                "The built-in model follows sketches by itself. For your own models, add a "
                "ControlNet or a T2I-Adapter that is made for the same family."
            ),
            add_folder=self.tr("Add the folder of a control model"),
            add_file=self.tr("Add the .safetensors file of a control model"),
            remove=self.tr("Remove the control model from the list"),
        )

    def known(self) -> Iterable[Line]:
        for info in self._control_models.value.known:
            what = self.tr("T2I-Adapter") if info.adapter else self.tr("ControlNet")
            family, kind = SHORT_NAMES[info.family], self._kinds()[info.kind]
            yield Line((info.name, what, family, kind), info.id)

    def missing(self) -> Iterable[str]:
        return self._control_models.value.missing

    def put_on(self, path: str) -> None:
        self._tasks.start(self._control_models.add(path))

    def take_off(self, path: str) -> None:
        self._control_models.remove(path)

    def _set_kind(self) -> None:
        self._control_models.set_kind(self.chosen, chosen_in(self.kind, ControlKind))

    # --- showing --------------------------------------------------------------------------------

    def render_choice(self) -> None:
        super().render_choice()
        chosen = self.chosen
        info = next((each for each in self._control_models.value.known if each.id == chosen), None)
        self.form.setRowVisible(self.kind, info is not None)
        if info is not None:
            self.kind.setCurrentIndex(self.kind.findData(info.kind))

    def _kinds(self) -> dict[ControlKind, str]:
        return {
            ControlKind.SKETCH: self.tr("sketches"),
            ControlKind.EDGES: self.tr("edges"),
            ControlKind.DEPTH: self.tr("depth"),
            ControlKind.NORMAL: self.tr("normals"),
            ControlKind.COLOUR: self.tr("colours"),
        }

    def retranslate(self) -> None:
        self._kind_caption.setText(self.tr("Steers by"))
        tip = self.tr("Guessed from its name; choose another one if that is wrong.")
        name(self.kind, self.tr("What the control model steers by"), tip=tip)
        fill_combo(self.kind, tuple(self._kinds().items()), None)
        super().retranslate()
