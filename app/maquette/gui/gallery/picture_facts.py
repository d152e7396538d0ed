"""What is known of a picture, fact by fact, in the language of the window.

What a file of another program says is a stranger's text: it is shown short and without signs that
are not seen.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from maquette.core.gallery import ForeignRecipe, GalleryPicture, Source
from maquette.core.recipe import Recipe, lines_of
from maquette.core.record import Record, spoken_id
from maquette.core.style_blend import style_label
from maquette.gui.advanced_fold import SAMPLER_NAMES
from maquette.gui.sketch_stage.fidelity_words import detail_words
from maquette.state.check_reports import file_size, visible_text
from maquette.state.noop import QT_TRANSLATE_NOOP

MOST_WORDS = 120  # characters of a stranger's name of something
MOST_PROMPT = 4000  # characters of a prompt that are shown


class Fact(StrEnum):
    """One thing that can be known; the value names it in English, to be said with `fact_name`."""

    PROMPT = QT_TRANSLATE_NOOP("Facts", "Prompt")
    NEGATIVE_PROMPT = QT_TRANSLATE_NOOP("Facts", "Negative prompt")
    STYLE = QT_TRANSLATE_NOOP("Facts", "Style")
    BLEND = QT_TRANSLATE_NOOP("Facts", "Blended with")
    LORAS = QT_TRANSLATE_NOOP("Facts", "LoRAs")
    LIKE = QT_TRANSLATE_NOOP("Facts", "Style image")
    MODEL = QT_TRANSLATE_NOOP("Facts", "Model")
    SEED = QT_TRANSLATE_NOOP("Facts", "Seed")
    STEPS = QT_TRANSLATE_NOOP("Facts", "Steps")
    GUIDANCE = QT_TRANSLATE_NOOP("Facts", "Guidance")
    SAMPLER = QT_TRANSLATE_NOOP("Facts", "Sampler")
    START = QT_TRANSLATE_NOOP("Facts", "Start image")
    STRENGTH = QT_TRANSLATE_NOOP("Facts", "Strength")
    SIZE = QT_TRANSLATE_NOOP("Facts", "Size")
    SOURCE = QT_TRANSLATE_NOOP("Facts", "Made from")
    FIDELITY = QT_TRANSLATE_NOOP("Facts", "Fidelity")
    CREATED = QT_TRANSLATE_NOOP("Facts", "Made")
    PROGRAM = QT_TRANSLATE_NOOP("Facts", "Program")
    FILE = QT_TRANSLATE_NOOP("Facts", "File")
    ID = QT_TRANSLATE_NOOP("Facts", "Mark")


TECHNICAL = (Fact.MODEL, Fact.SEED, Fact.STEPS, Fact.GUIDANCE, Fact.SAMPLER, Fact.STRENGTH)
"""What a recipe says besides its words, in the order in which it is read."""

_SOURCES = {
    Source.PROMPT: QT_TRANSLATE_NOOP("Facts", "a prompt"),
    Source.IMAGE: QT_TRANSLATE_NOOP("Facts", "an image"),
    Source.SKETCH: QT_TRANSLATE_NOOP("Facts", "a sketch"),
    Source.IMPORTED: QT_TRANSLATE_NOOP("Facts", "another program"),
}


def fact_name(fact: Fact) -> str:
    """What `fact` is called in the language of the window."""
    return _said(fact.value)


def facts_of(picture: GalleryPicture) -> dict[Fact, str]:
    """What is known of `picture`, without what is empty, in the order of `Fact`."""
    found = {
        Fact.SIZE: f"{picture.width} × {picture.height}",
        Fact.SOURCE: _said(_SOURCES[picture.source]),
        Fact.CREATED: day_and_time(picture.created),
        Fact.FILE: f"{picture.path.suffix[1:].upper()[:8]}, {file_size(picture.file_bytes)}",
    }
    if picture.record is not None:
        found |= _of_recipe(picture.record.recipe)
        found[Fact.FIDELITY] = _fidelity(picture.record)
        found[Fact.PROGRAM] = short(picture.record.tool)
        found[Fact.ID] = spoken_id(picture.record.id)
    elif picture.foreign is not None:
        found |= _of_foreign(picture.foreign)
    return {fact: found[fact] for fact in Fact if found.get(fact)}


def common_facts(pictures: Sequence[GalleryPicture]) -> dict[Fact, str]:
    """The facts that all of `pictures` share word by word."""
    first, *others = [facts_of(picture) for picture in pictures]
    return {
        fact: words
        for fact, words in first.items()
        if all(other.get(fact) == words for other in others)
    }


def differing(pictures: Sequence[GalleryPicture]) -> dict[Fact, tuple[str, ...]]:
    """Every fact that one of `pictures` has, with the words for each picture ("" for none)."""
    known = [facts_of(picture) for picture in pictures]
    return {
        fact: tuple(each.get(fact, "") for each in known)
        for fact in Fact
        if any(fact in each for each in known)
    }


def technical_line(picture: GalleryPicture) -> str:
    """Seed, steps, guidance and the rest in one line; "" where nothing is known."""
    known = facts_of(picture)
    parts: list[str] = []
    for fact in TECHNICAL:
        if fact in known:
            bare = fact in (Fact.MODEL, Fact.SAMPLER)
            words = f"{fact_name(fact).lower()}\u00a0{known[fact]}"
            parts.append(known[fact] if bare else words)
    return "\u00a0· ".join(parts)  # what belongs together, and the dot, are not torn apart


def picture_name(picture: GalleryPicture) -> str:
    """The file's name without what is after the last dot, as it can be shown."""
    return visible_text(picture.path.stem) or visible_text(picture.path.name)


def day_and_time(created: str) -> str:
    """A time (ISO 8601 in UTC) on the clock of this machine; as it is when it is none.

    Written as days are in the search box, which reads the same in every language.
    """
    try:
        return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return short(created)


def short(text: str) -> str:
    """A stranger's `text` on one line, cut."""
    seen = visible_text(text[: 2 * MOST_WORDS])
    return seen if len(seen) <= MOST_WORDS else f"{seen[:MOST_WORDS]}…"


def long(text: str) -> str:
    """A stranger's `text` of several lines, cut, without signs that are not seen."""
    lines = (visible_text(line) for line in text[:MOST_PROMPT].splitlines())
    return "\n".join(lines) + ("…" if len(text) > MOST_PROMPT else "")


def _of_recipe(recipe: Recipe) -> dict[Fact, str]:
    found = {
        Fact.PROMPT: long(recipe.prompt),
        Fact.NEGATIVE_PROMPT: long(recipe.negative_prompt),
        Fact.MODEL: short(recipe.model.name or recipe.model.id),
        Fact.SEED: str(recipe.seed),
        Fact.STEPS: str(recipe.steps),
        Fact.GUIDANCE: f"{recipe.guidance_scale:g}",
        Fact.SAMPLER: SAMPLER_NAMES[recipe.sampler],
    }
    if recipe.style is not None:
        found[Fact.STYLE] = short(style_label(recipe))
    if recipe.blend is not None:
        blend = recipe.blend
        found[Fact.BLEND] = f"{blend.share:.0%} · {long(blend.prompt)}"
    if recipe.loras:
        uses = (f"{lora.name or lora.digest[:12]} {lora.weight:g}" for lora in recipe.loras)
        found[Fact.LORAS] = short(", ".join(uses))
    if recipe.like is not None:
        like = recipe.like
        origin = spoken_id(like.record) if like.record else like.digest[:12]
        way = f" · {like.adapter.name}" if like.adapter else ""
        found[Fact.LIKE] = f"{like.strength:.0%} · {origin}{way}"
    if recipe.start is not None:
        start = recipe.start
        found[Fact.START] = spoken_id(start.record) if start.record else start.digest[:12]
        found[Fact.STRENGTH] = f"{start.strength:g}"
    return found


def _fidelity(record: Record) -> str:
    """How well a sketch is followed, "" where there is none."""
    if record.fidelity is not None:
        return f"{record.fidelity.score:.2f} · {detail_words(record.fidelity)}"
    return _said(_NOT_MEASURED) if lines_of(record.recipe) else ""


_NOT_MEASURED = QT_TRANSLATE_NOOP("Facts", "not measured")


def _of_foreign(foreign: ForeignRecipe) -> dict[Fact, str]:
    found = {
        Fact.PROMPT: long(foreign.prompt),
        Fact.NEGATIVE_PROMPT: long(foreign.negative_prompt),
        Fact.MODEL: short(foreign.model),
        Fact.SAMPLER: short(foreign.sampler),
        Fact.PROGRAM: short(foreign.tool),
    }
    for fact, value in (
        (Fact.SEED, foreign.seed),
        (Fact.STEPS, foreign.steps),
        (Fact.GUIDANCE, foreign.guidance_scale),
    ):
        if value is not None:
            found[fact] = f"{value:.10g}" if isinstance(value, float) else str(value)
    return found


def _said(text: str) -> str:
    return QCoreApplication.translate("Facts", text)
