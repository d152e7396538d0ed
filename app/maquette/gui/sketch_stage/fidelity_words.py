"""Fidelity in words, signs and colours, so that none of them has to be told from the colour."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from maquette.core.fidelity import Fidelity
from maquette.gui.theme import current_tokens
from maquette.state.noop import QT_TRANSLATE_NOOP

GOOD, FAIR = 0.8, 0.6  # least scores


class Grade(StrEnum):
    """How well a render follows its sketch."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


ICONS = {
    Grade.GOOD: "check-circle",
    Grade.FAIR: "warning-circle",
    Grade.POOR: "x-circle",
}
_WORDS = {
    Grade.GOOD: QT_TRANSLATE_NOOP("Fidelity", "follows the sketch"),
    Grade.FAIR: QT_TRANSLATE_NOOP("Fidelity", "follows it in part"),
    Grade.POOR: QT_TRANSLATE_NOOP("Fidelity", "strays from it"),
}


def _said(text: str) -> str:
    return QCoreApplication.translate("Fidelity", text)


def grade(fidelity: Fidelity) -> Grade:
    """The grade of a score."""
    if fidelity.score >= GOOD:
        return Grade.GOOD
    return Grade.FAIR if fidelity.score >= FAIR else Grade.POOR


def grade_colour(of: Grade) -> str:
    """The colour of a grade in the theme of now, #rrggbb."""
    tokens = current_tokens()
    return {
        Grade.GOOD: tokens.success,
        Grade.FAIR: tokens.accent_text,
        Grade.POOR: tokens.danger,
    }[of]


def missed_words(fidelity: Fidelity) -> str:
    """How many lines are missed; without one, how well the sketch is followed."""
    if fidelity.missed == 1:
        return _said(_ONE_MISSED)
    if fidelity.missed:
        return _said(_MISSED).format(count=fidelity.missed)
    return _said(_WORDS[grade(fidelity)])


def fidelity_words(fidelity: Fidelity) -> str:
    """All of it in one line, for those who hear it, and for the tooltip."""
    return f"{score_words(fidelity)} · {detail_words(fidelity)}"


def score_words(fidelity: Fidelity) -> str:
    """The number and what it is."""
    return _said(_SCORE).format(score=f"{fidelity.score:.2f}")


def detail_words(fidelity: Fidelity) -> str:
    """What there is to say beside the score, in one line."""
    facts = [
        _said(_WORDS[grade(fidelity)]),
        _said(_RECALL).format(share=f"{fidelity.recall:.0%}"),
        _said(_PRECISION).format(share=f"{fidelity.precision:.0%}"),
    ]
    if fidelity.locked_recall is not None:
        facts.append(_said(_LOCKED).format(share=f"{fidelity.locked_recall:.0%}"))
    if fidelity.missed:
        facts.append(missed_words(fidelity))
    return " · ".join(facts)


_SCORE = QT_TRANSLATE_NOOP("Fidelity", "Fidelity {score}")
_MISSED = QT_TRANSLATE_NOOP("Fidelity", "{count} lines missed")
_ONE_MISSED = QT_TRANSLATE_NOOP("Fidelity", "1 line missed")
_RECALL = QT_TRANSLATE_NOOP("Fidelity", "{share} of the lines followed")
_PRECISION = QT_TRANSLATE_NOOP("Fidelity", "{share} of the edges are lines of the sketch")
_LOCKED = QT_TRANSLATE_NOOP("Fidelity", "{share} of the lines that must be kept")
