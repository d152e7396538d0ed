"""What a record says of each mark of its file, row by row."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.gallery import GalleryPicture, Presence
from maquette.core.ledger_entry import MarkResult
from maquette.core.record import Mark, MarkKind, Record, spoken_id
from maquette.core.report import Outcome
from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.parts import label, plain_tip, set_property
from maquette.gui.theme import current_tokens
from maquette.gui.tones import tone_colour
from maquette.state.messages import translate_sentence
from maquette.state.verdicts import OUTCOMES, said

ALWAYS = (MarkKind.WATERMARK, MarkKind.MANIFEST, MarkKind.XMP, MarkKind.RECIPE_TEXT)
"""Kinds that are told of even where a picture has none of them."""


class MarkRows(Live, QWidget):
    """A sign and words for each mark; a screen reader hears the sign as a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: GalleryPicture | None = None
        self._result: MarkResult | None = None
        self.remark = label("muted", wrap=True)
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.remark)

    def show_marks(self, picture: GalleryPicture, result: MarkResult | None) -> None:
        """Show the marks of `picture`; `result` is what the ledger has of its watermark."""
        self._picture, self._result = picture, result
        self.retranslate()

    def retranslate(self) -> None:
        picture = self._picture
        if picture is None:
            return
        remark, shown = "", []
        if picture.record is None:
            remark = self.tr("Not made here. Check tells which marks its file carries.")
        else:
            shown = self._told(picture.record)
            if picture.presence is Presence.EDITED:
                remark = self.tr("As they were before the file was changed:")
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        while len(self.rows) < len(shown):
            row = _Row()
            self._column.addWidget(row)
            self.rows.append(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_mark(*shown[place])

    def restyle(self) -> None:
        self.retranslate()

    def _told(self, record: Record) -> list[tuple[Outcome, str, str]]:
        """(how it is, words, what is said in the tooltip) of each mark."""
        known = {mark.kind: mark for mark in record.marks}
        told: list[tuple[Outcome, str, str]] = []
        for kind in MarkKind:
            mark = known.get(kind)
            if mark is None:
                if kind in ALWAYS:
                    told.append((Outcome.ABSENT, self._absent(kind), ""))
                continue
            outcome = Outcome.GOOD if mark.verified else Outcome.BAD
            note = translate_sentence(mark.note) if mark.note else ""
            told.append((outcome, self._words(mark, record), note))
        return sorted(told, key=lambda row: row[0] is Outcome.ABSENT)

    def _words(self, mark: Mark, record: Record) -> str:
        words = {
            MarkKind.WATERMARK: self.tr("watermark {id}").format(id=spoken_id(record.id)),
            MarkKind.RECIPE_TEXT: self.tr("recipe as text"),
            MarkKind.XMP: self.tr("AI label (IPTC)"),
            MarkKind.AIGC: self.tr("AI label (TC260)"),
            MarkKind.VISIBLE_LABEL: self.tr("visible label"),
            MarkKind.EXTRA: self.tr("extra mark"),
            MarkKind.MANIFEST: self.tr("signed by this studio"),
        }[mark.kind]
        result = self._result
        if mark.kind is MarkKind.WATERMARK and result is not None and result.psnr > 0:
            words = self.tr("{mark}, {psnr} dB").format(mark=words, psnr=f"{result.psnr:.1f}")
        return words if mark.verified else self.tr("{mark}: not readable").format(mark=words)

    def _absent(self, kind: MarkKind) -> str:
        return {
            MarkKind.WATERMARK: self.tr("no watermark"),
            MarkKind.RECIPE_TEXT: self.tr("no recipe in the file"),
            MarkKind.XMP: self.tr("no AI label"),
            MarkKind.MANIFEST: self.tr("not signed"),
        }[kind]


class _Row(QWidget):
    """One mark."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self.sign = label()
        self.words = label(wrap=True)
        self.words.setMinimumWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def show_mark(self, outcome: Outcome, words: str, tip: str) -> None:
        if self._shown == (outcome, words, tip, current_tokens()):
            return
        self._shown = (outcome, words, tip, current_tokens())
        look = OUTCOMES[outcome]
        self.sign.setPixmap(icons.icon(look.icon, tone_colour(look.tone)).pixmap(QSize(16, 16)))
        self.words.setText(words)
        self.words.setAccessibleName(f"{said(look.word)}: {words}")
        self.words.setToolTip(plain_tip(tip))
        set_property(self.words, "role", "muted" if outcome is Outcome.ABSENT else "")
