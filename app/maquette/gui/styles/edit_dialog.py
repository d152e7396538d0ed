"""The dialog in which a style is written or changed. It refuses what no style can say."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from maquette.core.errors import StyleError
from maquette.core.prompt import clean_prompt, language_of
from maquette.core.style import MAX_NAME, PLACE, Style, StyleGroup, Words, check_style
from maquette.gui.advanced_fold import SAMPLER_NAMES
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.parts import button, label, lay_out_dialog, name
from maquette.gui.sketch_panel.word_menu import shown_language
from maquette.gui.styles.words import group_word, style_name
from maquette.state.messages import translate_sentence
from maquette.state.session import Session

HEIGHT = 64  # pixels of fields for words


class StyleDialog(Live, QDialog):
    """Edits `style` in the language of the window; what it says in the other one stays.

    Signals:
        kept(Style, str): save this style; with the path of its new sample picture, "" for the old.
    """

    kept = Signal(object, str)

    def __init__(
        self, style: Style, session: Session, picture: str, parent: QWidget | None = None
    ) -> None:
        """`session` has the settings that can be taken over, `picture` is the one on the stage."""
        super().__init__(parent)
        self.setMinimumWidth(520)
        self._style = style
        self._session = session
        self._picture = picture
        self._language = shown_language()
        self.named = QLineEdit(style_name(style))
        self.named.setMaxLength(MAX_NAME)
        self.group = QComboBox()
        self.prompt = _words(style.prompt.of(self._language))
        self.negative = _words(style.negative.of(self._language))
        self.description = QLineEdit(style.description.of(self._language))
        self.settings = QCheckBox()
        self._brings = any(
            each is not None for each in (style.steps, style.guidance_scale, style.sampler)
        )
        self.settings.setChecked(self._brings)
        self.sample = QCheckBox()
        self.sample.setEnabled(bool(picture))
        self.problem = label("error", wrap=True)
        self.cancel = button()
        self.save = button("primary")
        self._labels = [label() for _ in range(5)]
        form = QFormLayout()
        fields = (self.named, self.group, self.prompt, self.negative, self.description)
        for caption, field in zip(self._labels, fields, strict=True):
            caption.setBuddy(field)
            form.addRow(caption, field)
        form.addRow(self.settings)
        form.addRow(self.sample)
        lay_out_dialog(self, form, self.problem, self.cancel, self.save)
        self.retranslate()
        self.named.textChanged.connect(self._check)
        self.prompt.textChanged.connect(self._check)
        self.negative.textChanged.connect(self._check)
        self.description.textChanged.connect(self._check)
        self.settings.toggled.connect(self._check)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self._check()

    @property
    def written(self) -> Style:
        """The style as it is written now."""
        style, session = self._style, self._session
        changes: dict[str, object] = {"steps": None, "guidance_scale": None, "sampler": None}
        if self.settings.isChecked() and self._brings:
            changes = {}
        elif self.settings.isChecked():
            changes = {
                "steps": session.steps,
                "guidance_scale": session.guidance_scale,
                "sampler": session.sampler,
            }
        return msgspec.structs.replace(
            style,
            name=self._in(style.name, self.named.text().strip()),
            group=chosen_in(self.group, StyleGroup),
            prompt=self._in(style.prompt, clean_prompt(self.prompt.toPlainText())),
            negative=self._in(style.negative, clean_prompt(self.negative.toPlainText())),
            description=self._in(style.description, self.description.text().strip()),
            **changes,
        )

    def _in(self, words: Words, text: str) -> Words:
        """`words` with `text` where the language of the window shows it."""
        if text == words.of(self._language):
            return words
        if not words.en and not words.zh:
            return Words(zh=text) if language_of(text, self._language) == "zh" else Words(en=text)
        shows_zh = bool(words.zh) if self._language == "zh" else not words.en
        return Words(words.en, text) if shows_zh else Words(text, words.zh)

    def _check(self) -> None:
        try:
            check_style(self.written)
            message = ""
        except StyleError as error:
            message = translate_sentence(error.message)
        self.problem.setText(message)
        self.problem.setVisible(bool(message))
        self.save.setEnabled(not message)

    def _save(self) -> None:
        self.kept.emit(self.written, self._picture if self.sample.isChecked() else "")
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Style"))
        captions = (
            self.tr("Name"),
            self.tr("Group"),
            self.tr("Words"),
            self.tr("Not"),
            self.tr("Description"),
        )
        for caption, text in zip(self._labels, captions, strict=True):
            caption.setText(text)
        fill_combo(
            self.group,
            [(group, group_word(group)) for group in StyleGroup],
            self.group.currentData() or self._style.group,
        )
        self.prompt.setPlaceholderText(
            self.tr("What is put around the prompt, such as: an ink drawing of {place}").format(
                place=PLACE
            )
        )
        name(
            self.prompt,
            self.tr("Words"),
            tip=self.tr("{place} stands for the prompt; without it the words follow it").format(
                place=PLACE
            ),
        )
        self.negative.setPlaceholderText(self.tr("What pictures in this style should not show"))
        name(self.negative, self.tr("Negative words"))
        self.settings.setText(self._settings_words())
        self.sample.setText(self.tr("Take the picture on the stage as its sample picture"))
        self.cancel.setText(self.tr("Cancel"))
        self.save.setText(self.tr("Save"))

    def _settings_words(self) -> str:
        style, session = self._style, self._session
        text = self.tr("Brings steps {steps}, guidance {guidance} and {sampler} along")
        guidance = session.guidance_scale if style.guidance_scale is None else style.guidance_scale
        return text.format(
            steps=style.steps or session.steps,
            guidance=f"{guidance:g}",
            sampler=SAMPLER_NAMES[style.sampler or session.sampler],
        )


def _words(text: str) -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(HEIGHT)
    return made
