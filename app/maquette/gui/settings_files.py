"""The Files card of the settings: where pictures go, their names, how long the trash is kept."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from maquette.core.errors import InputError
from maquette.core.model_info import BUILT_IN
from maquette.core.paths import pictures_dir
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType
from maquette.core.settings import Settings
from maquette.gui.combo import fill_combo
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import button, label, mark_invalid, name, set_property
from maquette.gui.settings_card import SettingsCard
from maquette.library.naming import check_template, file_name
from maquette.state.messages import translate_sentence
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.store import Store

TRASH_DAYS = (7, 30, 90, 365)
"""How long deleted pictures can be kept, besides until the trash is emptied."""


class FilesCard(Live, SettingsCard):
    """A template that cannot be used is shown with its reason and not taken over."""

    def __init__(
        self,
        settings: SettingsStore,
        models: Models,
        session: Store[Session],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._models = models
        self._session = session
        self.folder = ElidedLabel("muted", Qt.TextElideMode.ElideMiddle)
        self.choose_folder = button()
        self.usual_folder = button("quiet")
        self.template = QLineEdit()
        self.example = label("small", wrap=True)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.usual_folder)
        place.addWidget(self.choose_folder)
        self._folder_label = self.add_row(place, self.choose_folder)
        self._template_label = self.add_row(self.template)
        self.add_note(self.example)
        self.trash = QComboBox()
        self.trash.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._trash_label = self.add_row(self.trash)
        self.trash.activated.connect(lambda: settings.update(trash_days=self.trash.currentData()))
        self.template.textEdited.connect(self._template_edited)
        self.choose_folder.clicked.connect(self._ask_folder)
        self.usual_folder.clicked.connect(lambda: settings.update(pictures_folder=""))
        settings.changed.connect(self._render)
        self.retranslate()

    def _render(self, settings: Settings, _fields: object = None) -> None:
        self.folder.set_text(settings.pictures_folder or str(pictures_dir()))
        self.usual_folder.setVisible(bool(settings.pictures_folder))
        if not self.template.hasFocus():
            self.template.setText(settings.file_name_template)
        self._render_example(self.template.text())
        self._render_trash(settings.trash_days)

    def _render_trash(self, days: int) -> None:
        choices = {each: self.tr("{n} days").format(n=each) for each in (*TRASH_DAYS, days) if each}
        choices[0] = self.tr("Until it is emptied")
        fill_combo(self.trash, list(choices.items()), days)

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
        set_property(self.example, "role", "small" if valid else "error")
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

    def retranslate(self) -> None:
        self.title.setText(self.tr("Files"))
        self._folder_label.setText(self.tr("Pictures folder"))
        self.folder.setAccessibleName(self.tr("Pictures folder"))
        self._template_label.setText(self.tr("File names"))
        self.template.setAccessibleName(self.tr("File names"))
        self._trash_label.setText(self.tr("Keep the trash"))
        self.trash.setAccessibleName(self.tr("Keep the trash"))
        self.trash.setToolTip(
            self.tr("Pictures that have been in the trash for longer are deleted for good.")
        )
        self.choose_folder.setText(self.tr("Choose…"))
        name(self.choose_folder, self.tr("Choose the folder for pictures"))
        self.usual_folder.setText(self.tr("Use default"))
        name(self.usual_folder, self.tr("Go back to the usual folder"))
        self.template.setToolTip(
            self.tr("Fields: {fields}; a slash makes a folder.").format(
                fields="{date} {time} {prompt} {seed} {id} {model} {n}"
            )
        )
        self._render(self._settings.value)
