"""Sentences that come from below in English, said in the language of the window.

The layers below know no Qt; their sentences are listed here as patterns (%1 to %4 stand for values)
so that the translation tools find them. What matches none is shown as it came.
"""

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "messages"

SENTENCES = (
    # core.recipe
    QT_TRANSLATE_NOOP(
        "messages", "The prompt is longer than %1 characters; please shorten it."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The negative prompt is longer than %1 characters; please shorten it."
    ),
    QT_TRANSLATE_NOOP("messages", "The width must be between %1 and %2 pixels, not %3."),
    QT_TRANSLATE_NOOP("messages", "The height must be between %1 and %2 pixels, not %3."),
    QT_TRANSLATE_NOOP(
        "messages", "The width must be a multiple of %1 for this model; %2 is the nearest to %3."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The height must be a multiple of %1 for this model; %2 is the nearest to %3."
    ),
    QT_TRANSLATE_NOOP("messages", "The seed must be between %1 and %2, not %3."),
    QT_TRANSLATE_NOOP("messages", "The number of steps must be between %1 and %2, not %3."),
    QT_TRANSLATE_NOOP(
        "messages", "The guidance scale must be a number between %1 and %2, not %3."
    ),
    QT_TRANSLATE_NOOP("messages", "The strength must be a number above 0 and at most 1, not %1."),
    # core.settings
    QT_TRANSLATE_NOOP(
        "messages",
        "The settings could not be read and were set to their defaults; "
        "the old file is kept as %1 (%2).",
    ),
    # core.model_files and its neighbours
    QT_TRANSLATE_NOOP("messages", "There is no model at %1; please check the path."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not opened: only .safetensors files and diffusers folders are, "
        "because other model files can run programs.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The built-in model is not complete in this installation; please install Maquette again.",
    ),
    # state
    QT_TRANSLATE_NOOP("messages", "The number of images must be between %1 and %2, not %3."),
    QT_TRANSLATE_NOOP(
        "messages", "There is no model to make pictures with; add one first."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model %1 is no longer there, so the built-in model is used; "
        "add it again when it is back.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This recipe was made with the model %1, which is not on this machine; "
        "add it, or choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture that this one started from is not at hand any more; "
        "choose it as the starting point again and press Generate.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture was made from another one; choose that as the starting point "
        "to get the same result.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture carries its recipe; you can lay it out in the panel instead.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 carries no recipe; choose a picture made here."),
    QT_TRANSLATE_NOOP("messages", "Saved as %1, with all its marks."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture could not be saved as %1 (%2); choose another folder or free some space.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The settings could not be saved to %1 (%2); check that the folder can be written.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Something unexpected went wrong; you can go on, and the log has the details.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 has %2 × %3 pixels, more than can be opened; please make it smaller first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "%1 is no longer there; please choose another picture."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not a picture that can be opened; use PNG, JPEG, WebP or TIFF.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "%1 could not be opened; the file seems to be damaged."
    ),
)


def translate_sentence(sentence: str) -> str:
    """`sentence` in the language of the window, if it is one of SENTENCES."""
    for template, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match is None:
            continue
        said = QCoreApplication.translate(CONTEXT, template)
        return re.sub(r"%(\d)", lambda number, found=match: found[f"v{number[1]}"], said)
    return sentence


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, _pattern(template)) for template in SENTENCES)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"%(\d)", template)
    source = "".join(
        f"(?P<v{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return re.compile(source, re.DOTALL)
