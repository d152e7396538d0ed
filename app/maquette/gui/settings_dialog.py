"""The settings: every change holds at once and is saved at once."""

from datetime import UTC, datetime

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from maquette.core.errors import InputError
from maquette.core.model_info import BUILT_IN
from maquette.core.paths import pictures_dir
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType
from maquette.core.settings import Settings
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.model_row import ask_for_model
from maquette.gui.parts import Panel, button, label, mark_invalid, name
from maquette.library.naming import check_template, file_name
from maquette.state.commands import Commands
from maquette.state.messages import translate_sentence
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.store import Store


class SettingsDialog(Live, QDialog):
    """Four cards: look, files, engine, models."""

    def __init__(
        self,
        *,
        settings: SettingsStore,
        models: Models,
        session: Store[Session],
        commands: Commands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.resize(640, 760)
        self._settings = settings
        self._models = models
        self._session = session
        self._commands = commands
        self._captions: dict[str, QWidget] = {}

        self.language = QComboBox()
        self.theme = QComboBox()
        self.folder = ElidedLabel("muted", Qt.TextElideMode.ElideMiddle)
        self.choose_folder = button()
        self.usual_folder = button("quiet")
        self.template = QLineEdit()
        self.example = label("small", wrap=True)
        self.write_recipe = QCheckBox()
        self.recipe_note = label("small", wrap=True)
        self.device = QComboBox()
        self.precision = QComboBox()
        self.engine_note = label("small", wrap=True)
        self.live_preview = QCheckBox()
        for box in (self.language, self.theme, self.device, self.precision):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model_list = QListWidget()
        self.model_list.setMinimumHeight(104)
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
        self._look, look = self._card()
        self._row(look, "language", self.language)
        self._row(look, "theme", self.theme)

        self._files, files = self._card()
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.usual_folder)
        place.addWidget(self.choose_folder)
        self._row(files, "folder", place)
        self._row(files, "template", self.template)
        files.addRow(label(), self.example)
        files.addRow(label(), self.write_recipe)
        files.addRow(label(), self.recipe_note)

        self._engine, engine = self._card()
        self._row(engine, "device", self.device)
        self._row(engine, "precision", self.precision)
        engine.addRow(label(), self.engine_note)
        engine.addRow(label(), self.live_preview)

        self._shelf, shelf = self._card()
        shelf.addRow(self.model_list)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add_folder)
        buttons.addWidget(self.add_file)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        shelf.addRow(buttons)

        content = QWidget()
        content.setObjectName("scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for card in (self._look, self._files, self._engine, self._shelf):
            column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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

    @staticmethod
    def _card() -> tuple[Panel, QFormLayout]:
        card = Panel()
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(form)
        return card, form

    def _row(self, form: QFormLayout, key: str, content: QWidget | QHBoxLayout) -> None:
        caption = label()
        caption.setMinimumWidth(128)
        self._captions[key] = caption
        if isinstance(content, QWidget):
            caption.setBuddy(content)
            form.addRow(caption, content)
        else:
            form.addRow(caption, content)

    def _connect(self) -> None:
        update = self._settings.update
        self.language.activated.connect(lambda: update(language=self.language.currentData()))
        self.theme.activated.connect(lambda: update(theme=self.theme.currentData()))
        self.device.activated.connect(lambda: update(device=self.device.currentData()))
        self.precision.activated.connect(lambda: update(precision=self.precision.currentData()))
        self.live_preview.toggled.connect(lambda on: update(live_preview=on))
        self.write_recipe.toggled.connect(lambda on: update(write_recipe=on))
        self.template.textEdited.connect(self._template_edited)
        self.choose_folder.clicked.connect(self._ask_folder)
        self.usual_folder.clicked.connect(lambda: update(pictures_folder=""))
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
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        for check, on in (
            (self.live_preview, settings.live_preview),
            (self.write_recipe, settings.write_recipe),
        ):
            with QSignalBlocker(check):
                check.setChecked(on)
        self.folder.set_text(settings.pictures_folder or str(pictures_dir()))
        self.usual_folder.setVisible(bool(settings.pictures_folder))
        if not self.template.hasFocus():
            self.template.setText(settings.file_name_template)
        self._render_example(self.template.text())

    def _render_example(self, template: str) -> bool:
        """Show what `template` gives; False and a sentence when it cannot be used."""
        try:
            check_template(template)
            text = self.tr("Example: {name}").format(
                name=f"{file_name(template, self._sample(), 1)}.png"
            )
            valid = True
        except InputError as error:
            text, valid = translate_sentence(error.message), False
        self.example.setText(text)
        self.example.setProperty("role", "small" if valid else "error")
        self.example.style().unpolish(self.example)
        self.example.style().polish(self.example)
        mark_invalid(self.template, not valid)
        return valid

    def _sample(self) -> Record:
        session, model = self._session.value, self._models.chosen
        recipe = Recipe(
            prompt=session.prompt[:200],
            seed=session.seed,
            width=session.width,
            height=session.height,
            steps=session.steps,
            guidance_scale=session.guidance_scale,
            model=ModelRef(id=model.id if model else BUILT_IN, name=model.name if model else ""),
        )
        return Record(
            id="7F3A91C2",
            recipe=recipe,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            tool="Maquette",
            source_type=SourceType.GENERATED,
            width=session.width,
            height=session.height,
        )

    def _template_edited(self, template: str) -> None:
        if self._render_example(template):
            self._settings.update(file_name_template=template)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the folder for pictures"), self.folder.whole
        )
        if chosen:
            self._settings.update(pictures_folder=chosen)

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
            self._commands.add_model(path)

    def _remove_model(self) -> None:
        for item in self.model_list.selectedItems():
            self._commands.remove_model(item.data(Qt.ItemDataRole.UserRole))

    # --- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self._look.title.setText(self.tr("Look"))
        self._files.title.setText(self.tr("Files"))
        self._engine.title.setText(self.tr("Engine"))
        self._shelf.title.setText(self.tr("Models"))
        words = {
            "language": (self.tr("Language"), self.language),
            "theme": (self.tr("Theme"), self.theme),
            "folder": (self.tr("Pictures folder"), self.folder),
            "template": (self.tr("File names"), self.template),
            "device": (self.tr("Device"), self.device),
            "precision": (self.tr("Precision"), self.precision),
        }
        for key, (text, widget) in words.items():
            caption = self._captions[key]
            caption.setText(text)  # type: ignore[attr-defined]
            widget.setAccessibleName(text)
        settings = self._settings.value
        _fill(
            self.language,
            (("system", self.tr("System")), ("en", "English"), ("zh_CN", "简体中文")),
            settings.language,
        )
        _fill(
            self.theme,
            (
                ("dark", self.tr("Dark")),
                ("light", self.tr("Light")),
                ("system", self.tr("Like the system")),
            ),
            settings.theme,
        )
        _fill(
            self.device,
            (
                ("auto", self.tr("Automatic")),
                ("cpu", self.tr("Processor (CPU)")),
                ("cuda", self.tr("Graphics card (CUDA, ROCm)")),
                ("mps", self.tr("Apple graphics (Metal)")),
            ),
            settings.device,
        )
        _fill(
            self.precision,
            (
                ("auto", self.tr("Automatic")),
                ("fp32", "fp32"),
                ("bf16", "bf16"),
                ("fp16", "fp16"),
            ),
            settings.precision,
        )
        self.engine_note.setText(
            self.tr("A change here starts the engine again, as soon as no picture is being made.")
        )
        self.choose_folder.setText(self.tr("Choose…"))
        name(self.choose_folder, self.tr("Choose the folder for pictures"))
        self.usual_folder.setText(self.tr("Usual one"))
        name(self.usual_folder, self.tr("Go back to the usual folder"))
        self.template.setToolTip(
            self.tr("Fields: {fields}; a slash makes a folder.").format(
                fields="{date} {time} {prompt} {seed} {id} {model} {n}"
            )
        )
        self.write_recipe.setText(self.tr("Write the recipe into the file"))
        self.recipe_note.setText(
            self.tr(
                "Prompt, seed and settings, so that the picture can be made again from its file. "
                "The watermark and the AI label are always written; they name no person."
            )
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


def _fill(box: QComboBox, choices: tuple[tuple[str, str], ...], current: str) -> None:
    with QSignalBlocker(box):
        box.clear()
        for key, text in choices:
            box.addItem(text, key)
        box.setCurrentIndex(max(0, box.findData(current)))
