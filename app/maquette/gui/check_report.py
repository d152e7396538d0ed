"""The right column of the Check place: the verdict, why, and what can be done about it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from maquette.core.plain_text import visible_text
from maquette.core.record import spoken_id
from maquette.core.report import Evidence, Report
from maquette.gui import icons
from maquette.gui.actions import Actions
from maquette.gui.elided import ElidedLabel
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.live import Live
from maquette.gui.parts import Fold, Panel, WrapLayout, label, selectable, set_property
from maquette.gui.recipe_words import recipe_facts
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.tones import tone_colour
from maquette.state.check_reports import facts
from maquette.state.checks import Check, CheckList, Checks, CheckState
from maquette.state.messages import translate_sentence, translate_sentences
from maquette.state.verdicts import OUTCOMES, VERDICTS, Tone, said, verdict_words

PICTURE = 72  # side of the original's thumbnail
MOST_TEXT = 600  # characters of a prompt that are shown here
ACTIONS = ("check_reuse", "check_restore", "check_show", "check_copy")


class CheckReport(Live, Panel):
    """Shows the picture that is looked at. Every text is plain and can be selected."""

    def __init__(
        self,
        *,
        checks: Checks,
        actions: Actions,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._checks = checks
        self._thumbnails = thumbnails
        self._shown: Check | None = None
        self.file = ElidedLabel("muted", Qt.TextElideMode.ElideMiddle)
        self.facts = label("muted")
        self.verdict = selectable("heading")
        self.sentence = selectable()
        self.evidence_title = label("title")
        self._evidence = QVBoxLayout()
        self._evidence.setSpacing(8)
        self.rows: list[EvidenceRow] = []
        self.history_title = label("title")
        self.history = selectable("muted")
        self.original_title = label("title")
        self._original_picture = label()
        self._original_picture.setFixedWidth(PICTURE)
        self._original_name = ElidedLabel("muted", Qt.TextElideMode.ElideMiddle)
        self.compare_button = QToolButton()
        self.recipe_title = label("title")
        self.prompt = selectable()
        self.recipe = selectable("muted")
        self.detail_fold = Fold()
        self.detail = selectable("small")
        self.buttons: list[QToolButton] = []
        self._lay_out(actions)
        checks.list.changed.connect(self._changed)
        thumbnails.ready.connect(self._thumbnail_came)
        self.retranslate()

    def _lay_out(self, actions: Actions) -> None:
        self.title.hide()
        self.remark.hide()
        # The facts follow the name; a long name gives way to them.
        self.file.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.file)
        head.addWidget(self.facts)
        head.addStretch(1)
        self._original = QWidget()
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addStretch(1)
        beside.addWidget(self._original_name)
        self.compare_button.setDefaultAction(actions["check_compare"])
        self.compare_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.compare_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        beside.addWidget(self.compare_button, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        original = QHBoxLayout(self._original)
        original.setContentsMargins(0, 0, 0, 0)
        original.setSpacing(12)
        original.addWidget(self._original_picture)
        original.addLayout(beside, 1)
        self._actions_row = QWidget()
        wrapped = WrapLayout()
        self._actions_row.setLayout(wrapped)
        for action in ACTIONS:
            made = QToolButton()
            made.setDefaultAction(actions[action])
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            wrapped.addWidget(made)
            self.buttons.append(made)
            actions[action].enabledChanged.connect(made.setVisible)
            made.setVisible(actions[action].isEnabled())
        self.detail_fold.body.addWidget(self.detail)
        content = QWidget()
        content.setObjectName("scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.verdict)
        column.addWidget(self.sentence)
        for title, *parts in (
            (self.evidence_title, self._evidence),
            (self.history_title, self.history),
            (self.original_title, self._original),
            (self.recipe_title, self.prompt, self.recipe),
        ):
            column.addSpacing(8)
            column.addWidget(title)
            for part in parts:
                if isinstance(part, QVBoxLayout):
                    column.addLayout(part)
                else:
                    column.addWidget(part)
        column.addWidget(self.detail_fold)
        column.addStretch(1)
        scroll = CalmScroll()
        scroll.setWidget(content)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._actions_row)  # always in sight, however much is to be read

    # --- showing --------------------------------------------------------------------------------

    def _changed(self, value: CheckList, _fields: object = None) -> None:
        check = value.shown
        if check != self._shown:
            is_same = check is not None and self._shown is not None and check.id == self._shown.id
            self._shown = check
            if not is_same:
                self.detail_fold.set_open(False)
            self._render()

    def _render(self) -> None:
        check = self._shown
        report = check.report if check is not None and check.state is CheckState.DONE else None
        if check is None:
            return
        if report is None:
            self._render_without(check)
        else:
            self._render_report(report)
        self._render_original(report)

    def _render_without(self, check: Check) -> None:
        heading, sentence, tone = {
            CheckState.FAILED: (
                self.tr("Cannot be read"),
                translate_sentence(check.message),
                Tone.BAD,
            ),
            CheckState.STOPPED: (self.tr("Not checked"), self.tr("Press F5 to check it."), None),
            CheckState.WAITING: (self.tr("Waiting"), "", None),
        }.get(check.state, (self.tr("Checking…"), "", None))
        self.file.set_text(visible_text(check.name))
        self.facts.setText("")
        self._head(heading, sentence, tone or Tone.QUIET)
        self._fill_evidence(())
        for part in (
            self.evidence_title,
            self.history_title,
            self.history,
            self.recipe_title,
            self.prompt,
            self.recipe,
            self.detail_fold,
            self._actions_row,
        ):
            part.setVisible(False)

    def _render_report(self, report: Report) -> None:
        file, *rest = facts(report)
        self.file.set_text(file)
        self.facts.setText("· " + " · ".join(rest))
        look = VERDICTS[report.verdict]
        self._head(verdict_words(report.verdict), translate_sentence(report.sentence), look.tone)
        self._actions_row.setVisible(True)
        self.evidence_title.setVisible(True)
        self._fill_evidence(report.evidence)
        history = translate_sentences(report.history)
        self.history.setText(history)
        for part in (self.history_title, self.history):
            part.setVisible(bool(history))
        recipe = report.recipe
        for part in (self.recipe_title, self.prompt, self.recipe):
            part.setVisible(recipe is not None)
        if recipe is not None:
            prompt = recipe.prompt
            cut = prompt[:MOST_TEXT] + ("…" if len(prompt) > MOST_TEXT else "")
            self.prompt.setText(cut or self.tr("No prompt"))
            model = visible_text((recipe.model.name or recipe.model.id)[:80])
            self.recipe.setText(f"{recipe_facts(recipe)} · {model}")
        detail = "\n".join(
            [spoken_id(report.record_id)] * bool(report.record_id)
            + [f"{e.source.value}: {e.detail}" for e in report.evidence if e.detail]
        )
        self.detail.setText(detail)
        self.detail_fold.setVisible(bool(detail))

    def _head(self, heading: str, sentence: str, tone: Tone) -> None:
        self.verdict.setText(heading)
        self.verdict.setStyleSheet(f"color: {tone_colour(tone)};")
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{self.file.whole}: {heading}")

    def _fill_evidence(self, evidence: tuple[Evidence, ...]) -> None:
        while len(self.rows) < len(evidence):
            row = EvidenceRow()
            self._evidence.addWidget(row)
            self.rows.append(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(evidence))
            if place < len(evidence):
                row.show_evidence(evidence[place])

    def _render_original(self, report: Report | None) -> None:
        path = report.known_path if report is not None else ""
        for part in (self.original_title, self._original):
            part.setVisible(bool(path))
        if not path:
            return
        self._original_name.set_text(visible_text(Path(path).name), visible_text(path))
        pixmap = self._thumbnails.get(path)
        self._original_picture.setVisible(pixmap is not None and not pixmap.isNull())
        if pixmap is not None and not pixmap.isNull():
            ratio = self.devicePixelRatioF()
            scaled = pixmap.scaled(
                QSize(PICTURE, PICTURE) * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            self._original_picture.setPixmap(scaled)

    def _thumbnail_came(self, path: str) -> None:
        report = self._shown.report if self._shown else None
        if report is not None and path == report.known_path:
            self._render_original(report)

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.evidence_title.setText(self.tr("Evidence"))
        self.history_title.setText(self.tr("What happened to it"))
        self.original_title.setText(self.tr("The original in your library"))
        self.recipe_title.setText(self.tr("Recipe"))
        self.detail_fold.head.setText(self.tr("Technical details"))
        self._render()

    def restyle(self) -> None:
        self.detail_fold.restyle()
        self._render()


class EvidenceRow(QWidget):
    """A sign and a sentence; a screen reader hears the sign as a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = label()
        self.sign.setContentsMargins(0, 2, 0, 0)
        self.words = selectable()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def show_evidence(self, evidence: Evidence) -> None:
        look = OUTCOMES[evidence.outcome]
        sentence = translate_sentence(evidence.sentence)
        self.sign.setPixmap(icons.icon(look.icon, tone_colour(look.tone)).pixmap(QSize(16, 16)))
        self.sign.setToolTip(said(look.word))
        self.words.setText(sentence)
        self.words.setAccessibleName(f"{said(look.word)}: {sentence}")
        set_property(self.words, "role", "muted" if look.tone is Tone.QUIET else "")
