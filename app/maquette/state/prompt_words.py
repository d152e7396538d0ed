"""Words that chips put into a prompt, take out of it, and find in it. The prompt stays the truth.

A word replaces the earlier one of its kind where that stands; a new one goes where people write it:
colour and material before the thing, place and light behind it.
"""

import functools
import re
from enum import StrEnum

import msgspec

import maquette_resources
from maquette.core.prompt import language_of
from maquette.library.mentions import FORM, Mention, find_mentions
from maquette.library.surroundings import SETTING
from maquette.library.vocabulary import vocabulary

LONGEST = 600  # characters of a prompt that chips look at; models read fewer
COLOUR, MATERIAL = "colour", "material"
_VOWELS = tuple("aeiouAEIOU")


class ChipKind(StrEnum):
    """What a chip is about."""

    LOOK = "look"  # colour and material in one
    MATERIAL = "material"
    COLOUR = "colour"
    BACKGROUND = "background"
    LIGHT = "light"
    DIRECTION = "direction"


_FIELDS = {
    ChipKind.LOOK: frozenset({COLOUR, MATERIAL}),
    ChipKind.MATERIAL: frozenset({MATERIAL}),
    ChipKind.COLOUR: frozenset({COLOUR}),
    ChipKind.BACKGROUND: frozenset({SETTING}),
}


class Chip(msgspec.Struct, frozen=True):
    """A word on offer: its names in both languages, the plainest first, and its colour or "".

    `word` is that of the vocabulary, or the text itself where a person typed it.
    """

    kind: ChipKind
    word: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    swatch: str = ""

    def name(self, language: str) -> str:
        """What it is called in "en" or "zh"."""
        return (self.zh if language == "zh" else self.en)[0]


@functools.cache
def chips(kind: ChipKind) -> tuple[Chip, ...]:
    """What the program itself has on offer."""
    words = maquette_resources.chip_words()
    if kind is ChipKind.LOOK:
        return tuple(
            Chip(kind, each.id, (each.en,), (each.zh,), each.swatch) for each in words.looks
        )
    if kind in (ChipKind.LIGHT, ChipKind.DIRECTION):
        table = words.light if kind is ChipKind.LIGHT else words.direction
        return tuple(Chip(kind, word, names["en"], names["zh"]) for word, names in table.items())
    field = {ChipKind.BACKGROUND: SETTING}.get(kind, kind.value)
    swatches = {ChipKind.BACKGROUND: words.backgrounds, ChipKind.COLOUR: words.colours}.get(
        kind, {}
    )
    return tuple(
        Chip(kind, word, names["en"], names["zh"], swatches.get(word, ""))
        for word, names in vocabulary().table(field).items()
    )


def own_look(text: str) -> Chip:
    """A finish that a person wrote."""
    return Chip(ChipKind.LOOK, text, (text,), (text,), swatch_of(text))


def swatch_of(text: str) -> str:
    """The colour that `text` names, #rrggbb, or ""."""
    colours = maquette_resources.chip_words().colours
    said = [word for field, word in vocabulary().attributes(text) if field == COLOUR]
    return next((colours[word] for word in said if word in colours), "")


def says(prompt: str, chip: Chip) -> bool:
    """Whether `prompt` says what `chip` does."""
    if chip.kind in (ChipKind.MATERIAL, ChipKind.COLOUR, ChipKind.BACKGROUND):
        field = next(iter(_FIELDS[chip.kind]))
        wanted = (field, chip.word)
        is_place = chip.kind is ChipKind.BACKGROUND
        return any(
            wanted in each.attributes for each in _mentions(prompt) if each.is_place is is_place
        )
    return _find_words(prompt, chip) is not None


def put(prompt: str, chip: Chip, otherwise: str = "en") -> str:
    """`prompt` saying `chip`, in its own language, in the place of what it said of that before."""
    language = language_of(prompt, otherwise)
    text = chip.name(language)
    if not prompt.strip():
        return text
    if chip.kind in (ChipKind.LIGHT, ChipKind.DIRECTION):
        earlier = _light_spans(prompt, chip.kind)
    elif chip.kind is ChipKind.BACKGROUND:
        earlier = _place_spans(prompt)
        if earlier:
            text = _place_phrase(chip, prompt[earlier[0][0] : earlier[0][1]], language)
    else:
        earlier = _look_spans(prompt, chip)
        if earlier and chip.kind is ChipKind.COLOUR:
            text += _material_left(prompt, earlier[0], language)
    if earlier:
        return _tidy(_replaced(prompt, earlier, text), language)
    return _tidy(_inserted(prompt, text, chip.kind, language), language)


def take(prompt: str, chip: Chip) -> str:
    """`prompt` without what `chip` says."""
    language = language_of(prompt, "en")
    if chip.kind is ChipKind.BACKGROUND:
        spans = [span for span in _place_spans(prompt) if says(prompt[span[0] : span[1]], chip)]
    elif chip.kind in (ChipKind.MATERIAL, ChipKind.COLOUR):
        wanted = (chip.kind.value, chip.word)
        spans = [
            (m.start, m.end) for m in _mentions(prompt) if wanted in m.attributes and not m.is_place
        ]
    else:
        span = _find_words(prompt, chip)
        spans = [span] if span else []
    spans = [_widened(prompt, span) for span in spans]
    return _tidy(_replaced(prompt, spans, ""), language) if spans else prompt


@functools.lru_cache(maxsize=4)
def _mentions(prompt: str) -> tuple[Mention, ...]:
    """What the prompt says; several chips ask for the same one."""
    return find_mentions(prompt[:LONGEST])


# --- where things stand -------------------------------------------------------------------------

Span = tuple[int, int]


def _look_spans(prompt: str, chip: Chip) -> list[Span]:
    """What the prompt says of colour or material of its first thing, as far as `chip` says it."""
    about = _FIELDS[chip.kind]
    mentions = [each for each in _mentions(prompt) if not each.is_place]
    things = [each for each in mentions if FORM in each.fields]
    if len(things) > 1:
        mentions = [each for each in mentions if each.start <= things[0].start]
    found = [each for each in mentions if each.fields & about and FORM not in each.fields]
    spans: list[Span] = []
    for each in found:
        joins = spans and re.fullmatch(r"\s*的?\s*", prompt[spans[-1][1] : each.start])
        if joins:
            spans[-1] = (spans[-1][0], each.end)
        else:
            spans.append((each.start, each.end))
    return spans


def _material_left(prompt: str, span: Span, language: str) -> str:
    """The material that goes with the colour at `span` ("polished copper"), as words behind it."""
    meant = vocabulary().attributes(prompt[span[0] : span[1]])
    colours = vocabulary().table(COLOUR)  # copper is a colour of metal, and metal the material
    materials = sorted(w for field, w in meant if field == MATERIAL and w not in colours)
    names = [vocabulary().name(MATERIAL, word, language) for word in materials]
    if not names:
        return ""
    return names[0] if language == "zh" else f" {names[0]}"


def _light_spans(prompt: str, kind: ChipKind) -> list[Span]:
    found = (_find_words(prompt, chip) for chip in chips(kind))
    return sorted(span for span in found if span is not None)


_OF_LIGHT = re.compile(r"(light|lights|lighting|shadow|shadows|光线|灯光|阴影|光)$", re.IGNORECASE)


def _place_spans(prompt: str) -> list[Span]:
    """Where the prompt tells of the background; in Chinese with the word for its side behind."""
    spans = [(each.start, each.end) for each in _mentions(prompt) if each.is_place]
    spans = [span for span in spans if not _OF_LIGHT.search(prompt[span[0] : span[1]])]
    return [
        (start, end + 1 if prompt[end : end + 1] in tuple("上里前下中") else end)
        for start, end in spans
    ]


def _find_words(prompt: str, chip: Chip) -> Span | None:
    """Where one of the chip's names stands, the longest one that there is."""
    small = prompt[:LONGEST].casefold()
    # Most names are nowhere, and looking for an expression takes many times as long.
    there = (name for name in (*chip.en, *chip.zh) if name.casefold() in small)
    for name in sorted(there, key=len, reverse=True):
        pattern = re.escape(name)
        if name[0].isascii():
            pattern = rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"
        found = re.compile(pattern, re.IGNORECASE).search(prompt, 0, LONGEST)
        if found:
            return found.span()
    return None


_PREPOSITION = re.compile(r"(on|in|at|against|before)\b", re.IGNORECASE)


def _place_phrase(chip: Chip, earlier: str, language: str) -> str:
    """The chip's place in the words that fit where `earlier` stood."""
    if language == "zh":
        name = chip.zh[0]
        if earlier[0] not in "在于":
            return name
        return f"{earlier[0]}{name}{_side_zh(name)}"
    if not _PREPOSITION.match(earlier):
        return chip.en[0]
    return next((name for name in chip.en if _PREPOSITION.match(name)), chip.en[0])


def _side_zh(name: str) -> str:
    if name.endswith(("桌", "桌面", "台面", "地面", "地板")):
        return "上"
    return "里" if name.endswith("影棚") else "前"


_LEADING = re.compile(
    r"\b(?:(?:made )?(?:out )?of|in|with)\s+$|(?:摆?放|放?置)?在?$", re.IGNORECASE
)


def _widened(prompt: str, span: Span) -> Span:
    """`span` with the small words around it that mean nothing without it."""
    start, end = span
    if prompt[end : end + 1] == "的":
        end += 1
    found = _LEADING.search(prompt[:start])
    return (found.start() if found else start), end


# --- changing the text --------------------------------------------------------------------------


def _replaced(prompt: str, spans: list[Span], text: str) -> str:
    """`text` in the place of the first span; the others are taken out."""
    for number, (start, end) in reversed(list(enumerate(spans))):
        prompt = prompt[:start] + (text if number == 0 else "") + prompt[end:]
    return prompt


def _inserted(prompt: str, text: str, kind: ChipKind, language: str) -> str:
    behind = kind in (ChipKind.BACKGROUND, ChipKind.LIGHT, ChipKind.DIRECTION)
    place = None if behind else _before_thing(prompt, kind)
    if place is not None:
        space = "" if language == "zh" else " "
        return prompt[:place] + text + space + prompt[place:]
    comma = "，" if language == "zh" else ", "
    return prompt.rstrip().rstrip(",，.。") + comma + text


def _before_thing(prompt: str, kind: ChipKind) -> int | None:
    """Where a look of the first thing goes: a colour before its material; None without a thing."""
    mentions = [each for each in _mentions(prompt) if not each.is_place]
    thing = next((each for each in mentions if FORM in each.fields), None)
    if thing is None:
        return None
    if kind is ChipKind.COLOUR:
        before = [each for each in mentions if each.end <= thing.start and MATERIAL in each.fields]
        if before:
            return before[-1].start
    return thing.start


def _tidy(text: str, language: str) -> str:
    """Without the double spaces and commas that words leave behind; "a" and "an" put right."""
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"\s+([,，.。])", r"\1", text)
    text = re.sub(r"([,，])(\s*[,，])+", r"\1", text)
    text = re.sub(r"^[\s,，]+|[\s,，]+$", "", text)
    if language == "zh":
        return re.sub(r"的(?=的)", "", text)
    return re.sub(r"\b([Aa])(n?) (?=([A-Za-z]))", _article, text)


def _article(found: re.Match[str]) -> str:
    vowel = found.group(3) in _VOWELS
    return f"{found.group(1)}{'n' if vowel else ''} "
