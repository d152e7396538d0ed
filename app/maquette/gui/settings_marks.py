"""The Marks card of the settings: whose rules, which marks, and what that writes into a file."""

from enum import StrEnum

import msgspec
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from maquette.core.marking import ExtraMark, Marking, Preset, Profile, VisibleLabel
from maquette.core.settings import Settings
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.label_preview import LabelPreview
from maquette.gui.live import Live
from maquette.gui.parts import Fold, label, mark_invalid, name
from maquette.gui.settings_card import SettingsCard
from maquette.gui.settings_identity import IdentityRow
from maquette.provenance.profiles import label_of, requirements
from maquette.state.identity import Identity
from maquette.state.messages import translate_sentence
from maquette.state.settings import SettingsStore


class MarksCard(Live, SettingsCard):
    """Every choice is explained below it. The watermark and the AI label are no choice."""

    def __init__(
        self, settings: SettingsStore, identity: Identity, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._captions: dict[str, QLabel] = {}
        self._notes: dict[str, QLabel] = {}
        self.profile, self.preset = QComboBox(), QComboBox()
        self.visible_label, self.extra_mark = QComboBox(), QComboBox()
        self.table = Fold()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        self.table.body.addLayout(self._grid)
        self.preview = LabelPreview()
        self.write_recipe, self.sign, self.mining = QCheckBox(), QCheckBox(), QCheckBox()
        self.identity_row = IdentityRow(identity)
        self.timestamp = QLineEdit()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        for key, box in (
            ("profile", self.profile),
            ("preset", self.preset),
            ("visible_label", self.visible_label),
        ):
            self._captions[key] = self.add_row(box)
            if key == "profile":
                self.add_note(self.table)
            elif key == "preset":
                self._note(key)
            else:
                self.add_note(self.preview)
        self.add_note(self.write_recipe)
        self._note("write_recipe")
        self.add_note(self.sign)
        self.add_note(self.identity_row.words)
        self.add_note(self.identity_row)
        self.add_note(self.mining)
        self._note("mining")
        self._captions["timestamp"] = self.add_row(self.timestamp)
        self._note("timestamp")
        self._captions["extra_mark"] = self.add_row(self.extra_mark)
        self._note("extra_mark")
        for box in (self.profile, self.preset, self.visible_label, self.extra_mark):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _note(self, key: str) -> None:
        self._notes[key] = label("small", wrap=True)
        self.add_note(self._notes[key])

    def _connect(self) -> None:
        for key, box, kind in (
            ("profile", self.profile, Profile),
            ("preset", self.preset, Preset),
            ("visible_label", self.visible_label, VisibleLabel),
            ("extra_mark", self.extra_mark, ExtraMark),
        ):
            box.activated.connect(
                lambda _=0, key=key, box=box, kind=kind: self._update(**{key: chosen_in(box, kind)})
            )
        self.write_recipe.toggled.connect(lambda on: self._update(write_recipe=on))
        self.sign.toggled.connect(lambda on: self._update(sign=on))
        self.mining.toggled.connect(lambda on: self._update(may_be_mined=on))
        self.timestamp.textEdited.connect(self._timestamp_edited)
        self._settings.changed.connect(self._render)

    def _update(self, **changes: object) -> None:
        marking = msgspec.structs.replace(self._settings.value.marking, **changes)
        self._settings.update(marking=marking)

    def _timestamp_edited(self, text: str) -> None:
        """Take over an address; what is none yet is shown as such and not taken."""
        address = text.strip()
        valid = not address or address.startswith(("http://", "https://"))
        mark_invalid(self.timestamp, not valid)
        if valid:
            self._update(timestamp_url=address)

    # --- showing --------------------------------------------------------------------------------

    def _render(self, settings: Settings, _fields: object = None) -> None:
        marking = settings.marking
        for box, value in self._chosen(marking):
            box.setCurrentIndex(max(0, box.findData(value)))
        for check, on in (
            (self.write_recipe, marking.write_recipe),
            (self.sign, marking.sign),
            (self.mining, marking.may_be_mined),
        ):
            with QSignalBlocker(check):
                check.setChecked(on)
        if not self.timestamp.hasFocus():
            self.timestamp.setText(marking.timestamp_url)
        for part in (self.identity_row, self.mining, self.timestamp):
            part.setEnabled(marking.sign)
        label = label_of(marking)
        self.preview.show_label(label)
        self.form.setRowVisible(self.preview, label is not VisibleLabel.NONE)
        self._render_table(marking.profile)

    def _chosen(self, marking: Marking) -> tuple[tuple[QComboBox, StrEnum], ...]:
        return (
            (self.profile, marking.profile),
            (self.preset, marking.preset),
            (self.visible_label, marking.visible_label),
            (self.extra_mark, marking.extra_mark),
        )

    def _render_table(self, profile: Profile) -> None:
        """One row per requirement: what is asked, and where that is written."""
        rows = requirements(profile)
        while len(self._rows) < len(rows):
            made = (label(wrap=True), label("small", wrap=True))
            place = 2 * len(self._rows)
            for offset, words in enumerate(made):
                self._grid.addWidget(words, place + offset, 0)
            made[1].setContentsMargins(0, 0, 0, 8)
            self._rows.append(made)
        for number, (asked, source) in enumerate(self._rows):
            for words in (asked, source):
                words.setVisible(number < len(rows))
            if number < len(rows):
                asked.setText(translate_sentence(rows[number].requirement))
                source.setText(translate_sentence(rows[number].source))

    # --- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.title.setText(self.tr("Marks"))
        for key, text, widget in (
            ("profile", self.tr("Rules of"), self.profile),
            ("preset", self.tr("Invisible mark"), self.preset),
            ("visible_label", self.tr("Visible label"), self.visible_label),
            ("timestamp", self.tr("Timestamp"), self.timestamp),
            ("extra_mark", self.tr("Second mark"), self.extra_mark),
        ):
            self._captions[key].setText(text)
            name(widget, text)
            widget.setToolTip("")
        self.table.head.setText(self.tr("What these rules ask for"))
        self._fill(self._settings.value.marking)
        self.preview.setAccessibleName(self.tr("Sample of the visible label"))
        self.write_recipe.setText(self.tr("Write the recipe into the file"))
        self.sign.setText(self.tr("Sign the file (C2PA)"))
        self.mining.setText(self.tr("Allow training and data mining"))
        self.timestamp.setPlaceholderText(self.tr("none"))
        for key, text in (
            (
                "preset",
                self.tr(
                    "Strong survives smaller crops and harder compression; on very smooth areas it "
                    "may just be seen. No picture goes without a mark."
                ),
            ),
            (
                "write_recipe",
                self.tr(
                    "Prompt, seed and settings, so that the picture can be made again from its "
                    "file. The watermark and the AI label are always written; they name no person."
                ),
            ),
            (
                "mining",
                self.tr(
                    "A statement in the signed manifest, for whoever gathers pictures to train "
                    "models; it forbids unless this is chosen."
                ),
            ),
            (
                "timestamp",
                self.tr(
                    "The address of an RFC 3161 authority that confirms the time of signing. It is "
                    "asked over the network for every picture and learns a digest, not the picture."
                ),
            ),
            (
                "extra_mark",
                self.tr("Written by invisible-watermark, for programs that read its marks."),
            ),
        ):
            self._notes[key].setText(text)
        self._render(self._settings.value)

    def _fill(self, marking: Marking) -> None:
        choices: dict[QComboBox, tuple[tuple[StrEnum, str], ...]] = {
            self.profile: (
                (Profile.EUROPE, self.tr("European Union (AI Act, Article 50)")),
                (Profile.CHINA, self.tr("China (GB 45438-2025)")),
                (Profile.CALIFORNIA, self.tr("California (SB 942)")),
                (Profile.MINIMAL, self.tr("Minimal")),
            ),
            self.preset: (
                (Preset.STANDARD, self.tr("Standard")),
                (Preset.STRONG, self.tr("Strong")),
            ),
            self.visible_label: (
                (VisibleLabel.PROFILE, self.tr("As the rules ask")),
                (VisibleLabel.NONE, self.tr("None")),
                (VisibleLabel.AI, "AI"),
                (VisibleLabel.ENGLISH, "AI-generated"),
                (VisibleLabel.CHINESE, "AI生成"),
            ),
            self.extra_mark: (
                (ExtraMark.NONE, self.tr("None")),
                (ExtraMark.DWT_DCT_SVD, "dwtDctSvd"),
                (ExtraMark.RIVA_GAN, "rivaGan"),
            ),
        }
        for box, value in self._chosen(marking):
            fill_combo(box, choices[box], value)

    def restyle(self) -> None:
        self.table.restyle()
