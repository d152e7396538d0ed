"""Name, words and kind of the style that is to be trained, and the model that it is for."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from maquette.core.training import MAX_NAME, StyleKind
from maquette.gui.elided import ElidedLabel
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.live import Live
from maquette.gui.parts import label, name
from maquette.gui.training.choice_card import ChoiceCard
from maquette.gui.training.wizard_words import kind_words
from maquette.state.training_setup import Setup, TrainingSetup

_GLYPHS = {
    StyleKind.STYLE: "paint-brush-broad",
    StyleKind.PRODUCT: "package",
    StyleKind.MATERIAL: "cube",
}


class TrainingInputs(Live, CalmScroll):
    """What is typed is the draft's at once."""

    def __init__(self, setup: TrainingSetup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        self.named, self.words = QLineEdit(), QLineEdit()
        self.named.setMaxLength(MAX_NAME)
        self.words.setMaxLength(MAX_NAME)
        self.kinds = {kind: ChoiceCard(_GLYPHS[kind]) for kind in StyleKind}
        self.model = ElidedLabel()
        self._note, self._model_note = label("small", wrap=True), label("small", wrap=True)
        self._titles = [label("title") for _ in range(4)]
        self._group = QButtonGroup(self)
        self._lay_out()
        self.named.textEdited.connect(lambda text: setup.change("name", name=text))
        self.words.textEdited.connect(lambda text: setup.change("trigger", trigger=text))
        for kind, card in self.kinds.items():
            card.clicked.connect(lambda _on=False, kind=kind: setup.change(kind=kind))
        setup.changed.connect(self._changed)
        self.retranslate()

    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        named, words, kind, model = self._titles
        named.setBuddy(self.named)
        words.setBuddy(self.words)
        column.addWidget(named)
        column.addWidget(self.named)
        column.addSpacing(4)
        column.addWidget(words)
        column.addWidget(self.words)
        column.addWidget(self._note)
        column.addSpacing(4)
        column.addWidget(kind)
        for card in self.kinds.values():
            self._group.addButton(card)
            column.addWidget(card)
        column.addSpacing(4)
        column.addWidget(model)
        column.addWidget(self.model)
        column.addWidget(self._model_note)
        column.addStretch(1)
        self.setWidget(sheet)

    def _changed(self, _value: Setup, fields: frozenset[str]) -> None:
        if {"draft", "machine"} & fields:
            self.render_setup()

    def render_setup(self) -> None:
        """Show the draft as it is now."""
        draft, model = self._setup.value.draft, self._setup.model
        for field, text in ((self.named, draft.name), (self.words, draft.trigger)):
            if field.text() != text:
                with QSignalBlocker(field):
                    field.setText(text)
        proposed = draft.words if not draft.trigger else ""
        self.words.setPlaceholderText(proposed or self.tr("made of the name"))
        for kind, card in self.kinds.items():
            card.setChecked(kind is draft.kind)
        self.model.set_text(model.name if model else self.tr("No model"))

    def retranslate(self) -> None:
        texts = (
            self.tr("Name"),
            self.tr("Words that call it"),
            self.tr("What it is"),
            self.tr("For the model"),
        )
        for title, text in zip(self._titles, texts, strict=True):
            title.setText(text)
        self.named.setPlaceholderText(self.tr("such as Blue waves"))
        name(self.named, self.tr("Name of the style"))
        name(
            self.words,
            self.tr("Words that call it"),
            tip=self.tr("They stand in every caption; in a prompt they bring the style"),
        )
        self._note.setText(self.tr("They stand in every caption, and call the style in prompts."))
        for kind, card in self.kinds.items():
            card.set_words(*kind_words(kind))
        self._model_note.setText(
            self.tr("The one that is chosen in the window; the style works with its kind only.")
        )
        self.render_setup()
