"""How long a training gets, what that takes of this computer, and the numbers behind it."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from maquette.core.training import MAX_BATCH, MAX_RANK, MAX_STEPS, TrainingPreset
from maquette.core.training_preflight import Preflight
from maquette.gui import icons
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.live import Live
from maquette.gui.parts import Fold, button, label, name, set_property
from maquette.gui.queue_words import time_words
from maquette.gui.theme import current_tokens
from maquette.gui.training.choice_card import ChoiceCard
from maquette.gui.training.wizard_words import gigabytes, preset_words
from maquette.state.messages import translate_sentence
from maquette.state.training_setup import Setup, TrainingSetup

_GLYPH = QSize(20, 20)


class PlanTab(Live, CalmScroll):
    """Presets as cards, the numbers folded away, and whether there is room, with what to do."""

    def __init__(self, setup: TrainingSetup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        self._heading, self._room = label("title"), label("title")
        self.presets = {preset: ChoiceCard() for preset in TrainingPreset}
        self._group = QButtonGroup(self)
        self.steps, self.rank, self.batch, self.seed = (_number() for _ in range(4))
        self.rate = QDoubleSpinBox()
        self.rate.setDecimals(6)
        self.rate.setRange(0, 1)
        self.rate.setSingleStep(0.0001)
        self.rate.lineEdit().setTextMargins(4, 0, 4, 0)
        self.rate.setKeyboardTracking(False)
        self.advanced = Fold()
        self._captions = [label() for _ in range(5)]
        self.derive = button("chip")
        self.checks = [_Check() for _ in range(3)]
        self._lay_out()
        for preset, card in self.presets.items():
            card.clicked.connect(lambda _on=False, preset=preset: setup.change(preset=preset))
        for field, what in (
            (self.steps, "steps"), (self.rank, "rank"), (self.batch, "batch"),
            (self.rate, "learning_rate"), (self.seed, "seed"),
        ):  # fmt: skip
            field.valueChanged.connect(
                lambda value, what=what: setup.change(f"number {what}", **{what: value})
            )
        self.derive.clicked.connect(
            lambda: setup.change(steps=0, rank=0, batch=0, learning_rate=0.0)
        )
        setup.changed.connect(self._changed)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in self.presets.values():
            self._group.addButton(card)
            cards.addWidget(card, 1)
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        for column, (caption, field) in enumerate(zip(self._captions, self._fields, strict=True)):
            caption.setBuddy(field)
            field.setMinimumWidth(64)
            form.addWidget(caption, 0, column)
            form.addWidget(field, 1, column)
            form.setColumnStretch(column, 1)
        self.advanced.body.addLayout(form)
        foot = QHBoxLayout()
        foot.addWidget(self.derive)
        foot.addStretch(1)
        self.advanced.body.addLayout(foot)
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(cards)
        column.addWidget(self.advanced)
        column.addSpacing(8)
        column.addWidget(self._room)
        for check in self.checks:
            column.addWidget(check)
        column.addStretch(1)
        self.setWidget(sheet)

    @property
    def _fields(self) -> Sequence[QAbstractSpinBox]:
        return self.steps, self.rank, self.rate, self.batch, self.seed

    # --- showing --------------------------------------------------------------------------------

    def _changed(self, _value: Setup, fields: frozenset[str]) -> None:
        if {"draft", "gone", "machine"} & fields:
            self.render_setup()

    def render_setup(self) -> None:
        """Show the draft as it is now."""
        draft = self._setup.value.draft
        plain = msgspec.structs.replace(draft, steps=0, rank=0, batch=0, learning_rate=0.0)
        for preset, card in self.presets.items():
            # What was set by hand belongs to the preset that is chosen.
            base = draft if preset is draft.preset else plain
            variant = msgspec.structs.replace(base, preset=preset)
            card.setChecked(preset is draft.preset)
            card.set_words(*preset_words(preset), self._figures(self._setup.preflight(variant)))
        derived = self._setup.settings(plain)
        for field, value, auto in (
            (self.steps, draft.steps, derived.steps if derived else 0),
            (self.rank, draft.rank, derived.rank if derived else 0),
            (self.batch, draft.batch, derived.batch if derived else 0),
        ):
            with QSignalBlocker(field):
                field.setSpecialValueText(self.tr("{n} (preset)").format(n=auto))
                field.setValue(value)
        with QSignalBlocker(self.rate):
            rate = f"{derived.learning_rate:g}" if derived else ""
            self.rate.setSpecialValueText(self.tr("{n} (preset)").format(n=rate))
            self.rate.setValue(draft.learning_rate)
        with QSignalBlocker(self.seed):
            self.seed.setValue(draft.seed)
        self.derive.setEnabled(draft != plain)
        self._render_checks(self._setup.preflight())

    def _figures(self, found: Preflight | None) -> str:
        if found is None or not self._setup.used:
            return ""
        steps = self.tr("{n} steps").format(n=found.steps)
        time = self.tr("about {time}").format(time=time_words(found.seconds))
        memory = self.tr("{size} of memory").format(size=gigabytes(found.needs.memory))
        return f"{steps}\n{time}\n{memory}"

    def _render_checks(self, found: Preflight | None) -> None:
        machine = self._setup.value.machine
        is_known = found is not None and machine is not None and self._setup.used > 0
        for check in self.checks:
            check.setVisible(is_known)
        self._room.setVisible(is_known)
        if found is None or machine is None:
            return
        memory, time, disk = self.checks
        of = self.tr("{size} of {total}, {free} free")
        memory.show_words(
            self.tr("Memory"),
            of.format(
                size=gigabytes(found.needs.memory),
                total=gigabytes(machine.memory),
                free=gigabytes(machine.free),
            ),
            problem=translate_sentence(found.memory_problem),
            notice=translate_sentence(found.memory_notice),
        )
        basis = (
            self.tr("as the last training took on this computer")
            if found.is_measured
            else self.tr("an estimate; the first training on this computer will tell better")
        )
        about = self.tr("about {time}, {basis}")
        time.show_words(self.tr("Time"), about.format(time=time_words(found.seconds), basis=basis))
        disk.show_words(
            self.tr("Disk"),
            self.tr("{size}, {free} free").format(
                size=gigabytes(found.needs.disk), free=gigabytes(machine.disk)
            ),
            problem=translate_sentence(found.disk_problem),
        )

    def retranslate(self) -> None:
        self._heading.setText(self.tr("How much time it gets"))
        self._room.setText(self.tr("What it takes of this computer"))
        self.advanced.head.setText(self.tr("Advanced"))
        name(self.advanced.head, self.tr("The numbers of the training"))
        words = (
            (self.tr("Steps"), self.tr("1 to {n}").format(n=MAX_STEPS)),
            (self.tr("Rank"), self.tr("1 to {n}; higher learns more, and copies sooner").format(
                n=MAX_RANK)),
            (self.tr("Learning rate"), self.tr("Up to 0.1; too high destroys, too low idles")),
            (self.tr("Batch"), self.tr("1 to {n} pictures at a time").format(n=MAX_BATCH)),
            (self.tr("Seed"), self.tr("The same seed draws the same lots again")),
        )  # fmt: skip
        for caption, field, (text, tip) in zip(self._captions, self._fields, words, strict=True):
            caption.setText(text)
            name(field, text, tip=tip)
        self.derive.setText(self.tr("As the preset says"))
        name(self.derive, self.tr("Take all numbers from the preset again"))
        self.render_setup()

    def restyle(self) -> None:
        self.advanced.restyle()
        for check in self.checks:
            check.restyle()


class _Check(QWidget):
    """A sign, what is checked, what is needed, and a sentence where it falls short."""

    def __init__(self) -> None:
        super().__init__()
        self._sign, self._title, self._value = QLabel(), label(), label("muted", wrap=True)
        self._said = label("error", wrap=True)
        self._state = "fine"
        self._title.setMinimumWidth(96)
        self._sign.setFixedSize(_GLYPH)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self._title)
        head.addWidget(self._value, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._said)

    @property
    def sentence(self) -> str:
        """What falls short, "" for nothing."""
        return self._said.text()

    def show_words(self, title: str, value: str, *, problem: str = "", notice: str = "") -> None:
        self._title.setText(title)
        self._value.setText(value)
        self._said.setText(problem or notice)
        self._said.setVisible(bool(problem or notice))
        set_property(self._said, "role", "error" if problem else "hint")
        self._state = "problem" if problem else "notice" if notice else "fine"
        self.setAccessibleName(f"{title}: {value} {problem or notice}".strip())
        self.restyle()

    def restyle(self) -> None:
        tokens = current_tokens()
        glyph, colour = {
            "fine": ("check-circle", tokens.success),
            "notice": ("warning", tokens.accent_text),
            "problem": ("warning-circle", tokens.danger),
        }[self._state]
        self._sign.setPixmap(icons.icon(glyph, colour).pixmap(_GLYPH))


def _number() -> QSpinBox:
    # The range is wider than what is allowed, so that a wrong number is said and not bent.
    field = QSpinBox()
    field.setRange(0, 2**31 - 1)
    field.lineEdit().setTextMargins(4, 0, 4, 0)
    field.setKeyboardTracking(False)
    return field
