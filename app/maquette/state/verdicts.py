"""The words for verdicts and outcomes, and how serious each is, for window and copied reports."""

from enum import StrEnum

import msgspec
from PySide6.QtCore import QCoreApplication

from maquette.core.report import Outcome, Verdict
from maquette.state.noop import QT_TRANSLATE_NOOP

CONTEXT = "Verdicts"


class Tone(StrEnum):
    """How something is coloured; the words beside it say the same."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    NEUTRAL = "neutral"
    QUIET = "quiet"


class VerdictLook(msgspec.Struct, frozen=True):
    """`heading` is English, to be said with `said`; `icon` is a name of the icon font."""

    heading: str
    tone: Tone
    icon: str


VERDICTS = {
    Verdict.SIGNED_INTACT: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Signed and intact"), Tone.GOOD, "shield-check"
    ),
    Verdict.SIGNED_UNKNOWN_SIGNER: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Signed, signer unknown"), Tone.WARNING, "shield"
    ),
    Verdict.TAMPERED: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Tampered"), Tone.BAD, "shield-warning"
    ),
    Verdict.RECOVERED_BY_WATERMARK: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Recovered by watermark"), Tone.WARNING, "fingerprint"
    ),
    Verdict.MARK_UNKNOWN_ID: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Mark of an unknown library"), Tone.WARNING, "question"
    ),
    Verdict.METADATA_ONLY: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Metadata only"), Tone.NEUTRAL, "tag"
    ),
    Verdict.SIMILAR: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Similar to one of yours"), Tone.NEUTRAL, "copy"
    ),
    Verdict.NOTHING_FOUND: VerdictLook(
        QT_TRANSLATE_NOOP("Verdicts", "Nothing found"), Tone.QUIET, "circle-dashed"
    ),
}

# What has to be looked at comes first when pictures are sorted by verdict.
BY_URGENCY = (
    Verdict.TAMPERED,
    Verdict.MARK_UNKNOWN_ID,
    Verdict.SIGNED_UNKNOWN_SIGNER,
    Verdict.RECOVERED_BY_WATERMARK,
    Verdict.SIMILAR,
    Verdict.METADATA_ONLY,
    Verdict.NOTHING_FOUND,
    Verdict.SIGNED_INTACT,
)


class OutcomeLook(msgspec.Struct, frozen=True):
    """`word` is what a screen reader says before the sentence; `sign` stands for it in text."""

    word: str
    tone: Tone
    icon: str
    sign: str


OUTCOMES = {
    Outcome.GOOD: OutcomeLook(QT_TRANSLATE_NOOP("Verdicts", "agrees"), Tone.GOOD, "check", "✓"),
    Outcome.BAD: OutcomeLook(
        QT_TRANSLATE_NOOP("Verdicts", "missing or broken"), Tone.BAD, "x", "✕"
    ),
    Outcome.WARNING: OutcomeLook(
        QT_TRANSLATE_NOOP("Verdicts", "not reliable"), Tone.WARNING, "warning", "!"
    ),
    Outcome.ABSENT: OutcomeLook(
        QT_TRANSLATE_NOOP("Verdicts", "not there"), Tone.QUIET, "circle", "○"
    ),
}


def said(text: str) -> str:
    """One of the words of this module in the language of the window."""
    return QCoreApplication.translate(CONTEXT, text)


def verdict_words(verdict: Verdict) -> str:
    """The heading of `verdict` in the language of the window."""
    return said(VERDICTS[verdict].heading)
