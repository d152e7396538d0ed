"""The settings: every change holds at once and is saved at once."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from maquette.core.model_info import BUILT_IN
from maquette.core.settings import Settings
from maquette.gui.combo import fill_combo
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.live import Live
from maquette.gui.model_row import ask_for_model
from maquette.gui.parts import button, label, name
from maquette.gui.settings_adapters import IPAdaptersCard
from maquette.gui.settings_card import SettingsCard
from maquette.gui.settings_controls import ControlModelsCard
from maquette.gui.settings_encoding import EncodingCard
from maquette.gui.settings_files import FilesCard
from maquette.gui.settings_marks import MarksCard
from maquette.state.adapter_shelf import AdapterShelf
from maquette.state.commands import Commands
from maquette.state.control_shelf import ControlShelf
from maquette.state.identity import Identity
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks


class SettingsDialog(Live, QDialog):
    """Eight cards: look, files, pictures, marks, engine, models, control models, IP-Adapters."""

    def __init__(
        self,
        *,
        settings: SettingsStore,
        models: Models,
        session: Store[Session],
        commands: Commands,
        identity: Identity,
        control_models: ControlShelf,
        adapters: AdapterShelf,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.resize(656, min(856, self.screen().availableGeometry().height() - 64))
        self._settings = settings
        self._models = models
        self._commands = commands
        self._identity = identity
        self._look = SettingsCard()
        self.files = FilesCard(settings, models, session)
        self.encoding = EncodingCard(settings)
        self.marks = MarksCard(settings, identity)
        self._engine = SettingsCard()
        self._shelf = SettingsCard()
        self.controls = ControlModelsCard(control_models, tasks)
        self.adapters = IPAdaptersCard(adapters)
        self.language = QComboBox()
        self.theme = QComboBox()
        self.device = QComboBox()
        self.precision = QComboBox()
        self.engine_note = label("small", wrap=True)
        self.live_preview = QCheckBox()
        self.style_previews = QComboBox()
        for box in (
            self.language, self.theme, self.device, self.precision, self.style_previews,
        ):  # fmt: skip
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model_list = QListWidget()
        self.model_list.setFixedHeight(112)
        self.add_folder = button()
        self.add_file = button()
        self.remove = button()
        self.done_button = button("primary")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._render(settings.value)
        self._render_models()

    # --- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._captions = {
            "language": self._look.add_row(self.language),
            "theme": self._look.add_row(self.theme),
            "device": self._engine.add_row(self.device),
            "precision": self._engine.add_row(self.precision),
        }
        self._engine.add_note(self.engine_note)
        self._engine.add_note(self.live_preview)
        self._captions["style_previews"] = self._engine.add_row(self.style_previews)
        self._shelf.form.addRow(self.model_list)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add_folder)
        buttons.addWidget(self.add_file)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        self._shelf.form.addRow(buttons)

        content = QWidget()
        content.setObjectName("scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        made = (self._look, self.files, self.encoding, self.marks)
        for card in (*made, self._engine, self._shelf, self.controls, self.adapters):
            column.addWidget(card)
        column.addStretch(1)
        scroll = CalmScroll()
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 8, 16)
        outer.setSpacing(12)
        outer.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 8, 0)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        outer.addLayout(foot)

    def _connect(self) -> None:
        update = self._settings.update
        self.language.activated.connect(lambda: update(language=self.language.currentData()))
        self.theme.activated.connect(lambda: update(theme=self.theme.currentData()))
        self.device.activated.connect(lambda: update(device=self.device.currentData()))
        self.precision.activated.connect(lambda: update(precision=self.precision.currentData()))
        self.style_previews.activated.connect(
            lambda: update(style_previews=self.style_previews.currentData())
        )
        self.live_preview.toggled.connect(lambda on: update(live_preview=on))
        self.add_folder.clicked.connect(lambda: self._add_model(folder=True))
        self.add_file.clicked.connect(lambda: self._add_model(folder=False))
        self.remove.clicked.connect(self._remove_model)
        self.model_list.itemSelectionChanged.connect(self._selection_changed)
        self.done_button.clicked.connect(self.accept)
        self._settings.changed.connect(self._render)
        self._models.changed.connect(self._render_models)

    # --- showing and changing -------------------------------------------------------------------

    def _render(self, settings: Settings, _fields: object = None) -> None:
        for box, value in (
            (self.language, settings.language),
            (self.theme, settings.theme),
            (self.device, settings.device),
            (self.precision, settings.precision),
            (self.style_previews, settings.style_previews),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        with QSignalBlocker(self.live_preview):
            self.live_preview.setChecked(settings.live_preview)

    def _render_models(self) -> None:
        shelf = self._models.value
        self.model_list.clear()
        for info in shelf.known:
            note = self.tr("built in") if info.id == BUILT_IN else info.family.value.upper()
            item = QListWidgetItem(f"{info.name}  ·  {note}")
            item.setData(Qt.ItemDataRole.UserRole, info.id)
            item.setToolTip("" if info.id == BUILT_IN else info.id)
            self.model_list.addItem(item)
        for path in shelf.missing:
            item = QListWidgetItem(self.tr("{path}  ·  not found").format(path=path))
            item.setData(Qt.ItemDataRole.UserRole, path)
            self.model_list.addItem(item)
        self._selection_changed()

    def _selection_changed(self) -> None:
        chosen = self.model_list.selectedItems()
        removable = bool(chosen) and chosen[0].data(Qt.ItemDataRole.UserRole) != BUILT_IN
        self.remove.setEnabled(removable)

    def _add_model(self, *, folder: bool) -> None:
        path = ask_for_model(self, folder=folder)
        if path:
            self._commands.models.add(path)

    def _remove_model(self) -> None:
        for item in self.model_list.selectedItems():
            self._commands.models.remove(item.data(Qt.ItemDataRole.UserRole))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._identity.look()

    # --- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self._look.title.setText(self.tr("Look"))
        self._engine.title.setText(self.tr("Engine"))
        self._shelf.title.setText(self.tr("Models"))
        words = {
            "language": (self.tr("Language"), self.language),
            "theme": (self.tr("Theme"), self.theme),
            "device": (self.tr("Device"), self.device),
            "precision": (self.tr("Precision"), self.precision),
            "style_previews": (self.tr("Previews on style cards"), self.style_previews),
        }
        for key, (text, widget) in words.items():
            self._captions[key].setText(text)
            widget.setAccessibleName(text)
        settings = self._settings.value
        fill_combo(
            self.language,
            (("system", self.tr("System")), ("en", "English"), ("zh_CN", "简体中文")),
            settings.language,
        )
        fill_combo(
            self.theme,
            (
                ("dark", self.tr("Dark")),
                ("light", self.tr("Light")),
                ("system", self.tr("Like the system")),
            ),
            settings.theme,
        )
        fill_combo(
            self.device,
            (
                ("auto", self.tr("Automatic")),
                ("cpu", self.tr("Processor (CPU)")),
                ("cuda", self.tr("Graphics card (CUDA, ROCm)")),
                ("mps", self.tr("Apple graphics (Metal)")),
            ),
            settings.device,
        )
        fill_combo(
            self.precision,
            (
                ("auto", self.tr("Automatic")),
                ("fp32", "fp32"),
                ("bf16", "bf16"),
                ("fp16", "fp16"),
            ),
            settings.precision,
        )
        fill_combo(
            self.style_previews,
            (
                ("quick", self.tr("Where they are quick")),
                ("always", self.tr("Always")),
                ("never", self.tr("Never")),
            ),
            settings.style_previews,
        )
        self.engine_note.setText(
            self.tr("A change here starts the engine again, as soon as no picture is being made.")
        )
        self.live_preview.setText(self.tr("Show the picture while it forms"))
        self.add_folder.setText(self.tr("Add folder…"))
        name(self.add_folder, self.tr("Add a model folder"))
        self.add_file.setText(self.tr("Add file…"))
        name(self.add_file, self.tr("Add a .safetensors file"))
        self.remove.setText(self.tr("Remove"))
        name(
            self.remove,
            self.tr("Remove the model from the list"),
            tip=self.tr("Takes the model off the list; its files stay where they are."),
        )
        name(self.model_list, self.tr("Models"))
        self.model_list.setToolTip("")
        self.done_button.setText(self.tr("Done"))
        self._render(settings)
        self._render_models()
