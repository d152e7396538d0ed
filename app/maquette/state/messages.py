"""Sentences that come from below in English, said in the language of the window.

The layers below know no Qt; what they say is listed in `sentences`. What matches none of those is
shown as it came.
"""

import re
from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QCoreApplication

from maquette.state.sentences import SENTENCES

CONTEXT = "messages"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def translate_sentence(sentence: str) -> str:
    """`sentence` in the language of the window, if it is one of SENTENCES.

    Several sentences, one a line, become one text.
    """
    return translate_sentences(sentence.split("\n"))


def translate_sentences(sentences: Iterable[str]) -> str:
    """Sentences as one text; powers of ten are set as such."""
    text = " ".join(_translated(sentence) for sentence in sentences)
    text = text.replace("\u3002 ", "\u3002")  # a Chinese full stop brings its own space
    return re.sub(r"(?<=\b10)\^(\d+)", lambda power: power[1].translate(_RAISED), text)


def _translated(sentence: str) -> str:
    for template in SENTENCES:
        if any(part not in sentence for part in _literals(template)):
            continue  # most of them; making all the patterns takes a tenth of a second
        match = _pattern(template).fullmatch(sentence)
        if match is None:
            continue
        said = QCoreApplication.translate(CONTEXT, template)
        return re.sub(r"%(\d)", lambda number, found=match: found[f"v{number[1]}"], said)
    return sentence


@cache
def _literals(template: str) -> tuple[str, ...]:
    """What every sentence of `template` has in it, whatever stands for its numbers."""
    return tuple(re.split(r"%\d", template))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"%(\d)", template)
    source = "".join(
        f"(?P<v{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return re.compile(source, re.DOTALL)
