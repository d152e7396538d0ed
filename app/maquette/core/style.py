"""Style: a named look, and how a prompt takes it on and gives it back."""

import math
import re
from enum import StrEnum

import msgspec

from maquette.core.errors import StyleError
from maquette.core.lora import MAX_LORA_WEIGHT, MAX_LORAS, LoraUse
from maquette.core.prompt import language_of
from maquette.core.prompt_blend import PromptBlend
from maquette.core.recipe import MAX_GUIDANCE, MAX_STEPS, Sampler
from maquette.core.style_ref import StyleRef

PLACE = "{prompt}"
"""Stands in a fragment where the prompt goes; a fragment without it goes behind the prompt."""

MAX_NAME = 80  # characters
MAX_DESCRIPTION = 400
MAX_FRAGMENT = 2_000
MAX_PLACES = 8  # in one fragment; other programs put the prompt in each of them

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_ENDS = " ,.;，。；、"
_LEFT_OVER = re.compile(r"\s+(?:of|with|in|as|by)$", re.IGNORECASE)


class StyleGroup(StrEnum):
    """What kind of look a style is."""

    PAINT = "paint"
    INK = "ink"
    PRINT = "print"
    CRAFT = "craft"
    PRODUCT = "product"
    LIGHT = "light"
    FILM = "film"


class SourceFormat(StrEnum):
    """Where a style came from."""

    MAQUETTE = "maquette"
    FOOOCUS = "fooocus"
    A1111 = "a1111"


class Words(msgspec.Struct, frozen=True):
    """The same words in each language; "" where nobody wrote them in one."""

    en: str = ""
    zh: str = ""

    def of(self, language: str) -> str:
        """The words in `language` ("en" or "zh"), or in the other one where it has none."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


class SecondWords(msgspec.Struct, frozen=True, kw_only=True):
    """The fragments that those of a blended style are blended with.

    `share` of them, above 0 and below 1, and the rest of the style's own. `id` and `name` are
    those of the style that they are from; "" where the blend is a style of its own.
    """

    prompt: Words = Words()
    negative: Words = Words()
    share: float
    id: str = ""
    name: Words = Words()


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """A named look. What is None is left as the panel has it.

    `prompt` and `negative` are fragments, with PLACE where the person's own words go. `second` is
    there where it is blended of two.
    """

    id: str
    name: Words
    group: StyleGroup
    prompt: Words = Words()
    negative: Words = Words()
    description: Words = Words()
    loras: tuple[LoraUse, ...] = ()
    sampler: Sampler | None = None
    steps: int | None = None
    guidance_scale: float | None = None
    author: str = ""
    licence: str = ""
    source: SourceFormat = SourceFormat.MAQUETTE
    second: SecondWords | None = None


class Phrasing(msgspec.Struct, frozen=True):
    """Prompt and negative prompt as they are run, or as a person wrote them.

    `blend` is what they are blended with when they are run, if anything.
    """

    prompt: str
    negative: str = ""
    blend: PromptBlend | None = None


def ref_of(style: Style) -> StyleRef:
    """The label that a recipe carries."""
    return StyleRef(style.id, style.name.of("en"))


def put_on(style: Style, phrasing: Phrasing, otherwise: str = "en") -> Phrasing:
    """`phrasing` in this style, in the language that the prompt is written in.

    Args:
        otherwise: the language ("en" or "zh") where the prompt is empty.
    """
    language = language_of(phrasing.prompt, otherwise)
    first = _worn(style.prompt, style.negative, phrasing, language)
    second = style.second
    if second is None:
        return first
    other = _worn(second.prompt, second.negative, phrasing, language)
    if other == first:
        return first
    ref = StyleRef(second.id, second.name.of("en")) if second.id else None
    blend = PromptBlend(other.prompt, second.share, other.negative, ref)
    return Phrasing(first.prompt, first.negative, blend)


def take_off(style: Style, phrasing: Phrasing) -> Phrasing | None:
    """What a person wrote, if `phrasing` is that in this style; else None.

    Commas and full stops at the end of a prompt are gone, since no fragment goes on behind them.
    """
    for language in ("en", "zh"):
        prompt = _emptied(style.prompt.of(language), phrasing.prompt)
        negative = _emptied(style.negative.of(language), phrasing.negative)
        if prompt is None or negative is None:
            continue
        bare = Phrasing(prompt, negative)
        if put_on(style, bare, language) == phrasing:
            return bare
    return None


def check_style(style: Style) -> None:
    """Raise StyleError, with one sentence, if `style` says what no style can."""
    problem = _problem_of(style)
    if problem:
        raise StyleError(problem)


def is_style_id(text: str) -> bool:
    """Whether `text` can be a style's id: up to 64 small letters, digits, "-" and "_"."""
    return _ID.fullmatch(text) is not None


def _worn(prompt: Words, negative: Words, phrasing: Phrasing, language: str) -> Phrasing:
    """`phrasing` in these fragments."""
    return Phrasing(
        _filled(prompt.of(language), phrasing.prompt),
        _filled(negative.of(language), phrasing.negative),
    )


def _filled(fragment: str, words: str) -> str:
    """`words` in the places of `fragment`."""
    fragment = fragment.strip()
    if not fragment:
        return words
    if not words.strip():
        left = re.sub(r"\s{2,}", " ", fragment.replace(PLACE, ""))
        return _LEFT_OVER.sub("", left.strip(_ENDS)).removeprefix("的").strip(_ENDS)
    before, *after = _parts(fragment)
    if any(part.strip() for part in after):
        words = words.strip().rstrip(_ENDS)
    return words.join((before, *after))


def _emptied(fragment: str, text: str) -> str | None:
    """The words that fill `fragment` to `text`; None if none do."""
    fragment = fragment.strip()
    if not fragment:
        return text
    if _filled(fragment, "") == text:
        return ""
    parts = _parts(fragment)
    length, rest = divmod(len(text) - sum(map(len, parts)), len(parts) - 1)
    if rest or length <= 0 or not text.startswith(parts[0]):
        return None
    words = text[len(parts[0]) : len(parts[0]) + length]
    return words if words.join(parts) == text else None


def _parts(fragment: str) -> list[str]:
    """What stands around the places of `fragment`, two parts or more."""
    if PLACE in fragment:
        return fragment.split(PLACE)
    comma = "，" if language_of(fragment, "en") == "zh" else ", "
    return ["", comma + fragment.lstrip(_ENDS)]


def _problem_of(style: Style) -> str:
    """What is wrong with `style`, in one sentence, "" for nothing."""
    name, prompt, negative = style.name, style.prompt, style.negative
    second = style.second or SecondWords(share=0.5)
    texts = (name.en, name.zh, second.name.en, second.name.zh, style.author, style.licence)
    said = (prompt, negative, second.prompt, second.negative)
    fragments = [text for words in said for text in (words.en, words.zh)]
    if not (is_style_id(style.id) and is_style_id(second.id or style.id)):
        return "A style needs an id of small letters and digits; please give it another one."
    if not name.of("en").strip():
        return "A style needs a name; please give it one."
    if not all(len(text) <= MAX_NAME and text.isprintable() for text in texts):
        return (
            f"The names of a style are plain text of at most {MAX_NAME} characters; shorten them."
        )
    if max(len(style.description.en), len(style.description.zh)) > MAX_DESCRIPTION:
        return (
            f"The description of a style has at most {MAX_DESCRIPTION} characters; "
            "please shorten it."
        )
    if not all(len(text) <= MAX_FRAGMENT and text.isprintable() for text in fragments):
        return (
            f"The words of a style are plain text of at most {MAX_FRAGMENT:,} characters; "
            "please shorten them."
        )
    if any(text.count(PLACE) > MAX_PLACES for text in fragments):
        return f"The words of a style have at most {MAX_PLACES} places for the prompt; remove some."
    says = any(text.replace(PLACE, "").strip() for text in fragments)
    if not (says or style.loras or style.sampler or style.steps or style.guidance_scale):
        return "A style needs words, a LoRA or settings of its own; please write some words."
    if not 0 < second.share < 1:
        return f"The share of a blend must be a number between 0 and 1, not {second.share}."
    if len(style.loras) > MAX_LORAS or not all(map(_is_sound, style.loras)):
        return (
            f"A style has at most {MAX_LORAS} LoRAs, with weights from -{MAX_LORA_WEIGHT:g} to "
            f"{MAX_LORA_WEIGHT:g}; change them."
        )
    if style.steps is not None and not 1 <= style.steps <= MAX_STEPS:
        return f"The number of steps must be between 1 and {MAX_STEPS}, not {style.steps}."
    guidance = style.guidance_scale
    if guidance is not None and not (math.isfinite(guidance) and 0 <= guidance <= MAX_GUIDANCE):
        return (
            f"The guidance scale must be a number between 0 and {MAX_GUIDANCE:g}, not {guidance}."
        )
    return ""


def _is_sound(lora: LoraUse) -> bool:
    has_weight = math.isfinite(lora.weight) and abs(lora.weight) <= MAX_LORA_WEIGHT
    has_name = 0 < len(lora.name) <= MAX_NAME and lora.name.isprintable()
    return has_weight and has_name and re.fullmatch("[0-9a-f]{64}", lora.digest) is not None
