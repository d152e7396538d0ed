"""Which words of a prompt tell of the place around a thing, and not of the thing itself.

"a vase on a white table" shows a vase: its table is where it stands, and white the table's colour.
"a white table" shows a table. What decides is a preposition before the noun of a place, in Chinese
a word after it; and that a wall or a background is a place wherever it stands.
"""

from collections.abc import Sequence

import msgspec

Attribute = tuple[str, str]
"""A field and its word, for example ("colour", "red")."""

SETTING = "setting"
_FORM = "form"
_LOOKS = frozenset({"colour", "material"})

BREAK = ","
"""The token of whatever mark separates clauses."""

_SURFACES = frozenset({
    "table", "tables", "tabletop", "desk", "desks", "counter", "counters", "countertop",
    "countertops", "floor", "floors", "ground", "surface", "room", "wall", "walls",
    "background", "backdrop", "backgrounds", "studio", "tablecloth", "windowsill", "sky",
    "hour", "light", "lights", "lighting", "shadow", "shadows",
})  # fmt: skip
_SURROUNDING = frozenset({
    "wall", "walls", "background", "backdrop", "backgrounds", "studio", "windowsill", "sky",
    "hour", "light", "lights", "lighting", "shadow", "shadows",
})  # fmt: skip
"""These are never the thing that is shown, whatever stands before them."""
_BEFORE = frozenset({
    "on", "onto", "upon", "atop", "in", "at", "against", "before", "behind", "under", "over",
    "across",
})  # fmt: skip
_OF_BEFORE = frozenset({"front", "top"})  # "in front of", "on top of"
_APART = frozenset({
    "of", "to", "next", "beside", "near", "by", "and", "or", "with", "without", "from", "is",
    "are",
})  # fmt: skip
_ARTICLES = frozenset({"a", "an", "the", "some", "its", "his", "her", "their", "this", "that"})

_SURFACES_ZH = (
    "桌子", "桌面", "书桌", "茶几", "木桌", "台面", "桌布", "窗台", "地板", "地面", "墙面", "墙壁",
    "房间", "背景", "影棚", "天空", "光线", "灯光", "阴影", "桌", "墙",
)  # fmt: skip
_SURROUNDING_ZH = (
    "背景", "影棚", "墙面", "墙壁", "窗台", "台面", "桌面", "地面", "天空", "光线", "灯光", "阴影",
)  # fmt: skip
_AFTER_ZH = frozenset("上里前下中")
_BEFORE_ZH = frozenset("在于")
_JOINT_ZH = frozenset("的")
_MEASURES_ZH = frozenset("张个只把")
_APART_ZH = frozenset("和与、")

_FURTHEST = 8  # phrases and words between a preposition and its noun
_STRANGE, _STRANGE_ZH = 1, 3  # words that no list knows, or characters with those of the noun
# but the last, between the looks of a background and its end


class Phrase(msgspec.Struct, frozen=True):
    """Tokens that mean something, or one that does not (`attributes` is empty)."""

    tokens: tuple[str, ...]
    attributes: frozenset[Attribute]

    @property
    def fields(self) -> frozenset[str]:
        """What it tells of."""
        return frozenset(field for field, _ in self.attributes)


def places(phrases: Sequence[Phrase]) -> list[range]:
    """Stretches of `phrases` that tell of the surroundings, each with its noun as the last one."""
    found: list[range] = []
    for place, phrase in enumerate(phrases):
        start = None
        if _is_chinese(phrase.tokens[-1]):
            if _ends_with(phrases, place, _SURFACES_ZH):
                start = _start_zh(phrases, place)
        elif phrase.tokens[-1] in _SURFACES:
            start = _start_en(phrases, place)
        if start is not None:
            found.append(range(start, place + 1))
    return found


def is_counted(phrases: Sequence[Phrase], place: int) -> bool:
    """Whether the phrase at `place` names a thing among others: "and a brown wooden table"."""
    before = place - 1
    while before >= 0 and phrases[before].fields & _LOOKS:
        before -= 1
    return before >= 0 and phrases[before].tokens[-1] in _ARTICLES | _MEASURES_ZH


def begins_with_preposition(phrase: Phrase) -> bool:
    """Whether it says itself that it is a place: "on a wood table top"."""
    return phrase.tokens[0] in _BEFORE


def nouns(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The noun of a place whose last phrase has `tokens`: a word, or two Chinese characters."""
    return tokens[-2:] if _is_chinese(tokens[-1]) else tokens[-1:]


def _start_en(phrases: Sequence[Phrase], noun: int) -> int | None:
    """Where the place whose noun is at `noun` begins; None if the noun is a thing."""
    if phrases[noun].tokens[0] in _BEFORE:
        return noun
    for place in range(noun - 1, max(-1, noun - 1 - _FURTHEST), -1):
        phrase = phrases[place]
        word = phrase.tokens[-1]
        if word == "of" and place and phrases[place - 1].tokens[-1] in _OF_BEFORE:
            return place
        if phrase.tokens[0] in _BEFORE and not phrase.attributes:
            return place
        joins = word == "and" and place and phrases[place - 1].fields & _LOOKS
        if word == BREAK or _FORM in phrase.fields or (word in _APART and not joins):
            break
    if phrases[noun].attributes or phrases[noun].tokens[-1] not in _SURROUNDING:
        return None
    return _looks_before(phrases, noun, _ARTICLES, _STRANGE)


def _start_zh(phrases: Sequence[Phrase], noun: int) -> int | None:
    """As `_start_en`."""
    after = phrases[noun + 1].tokens[0] if noun + 1 < len(phrases) else ""
    surrounding = _ends_with(phrases, noun, _SURROUNDING_ZH)
    if after not in _AFTER_ZH and not surrounding:
        return None
    for place in range(noun - 1, max(-1, noun - 1 - 2 * _FURTHEST), -1):
        word = phrases[place].tokens[-1]
        if word in _BEFORE_ZH:
            return place
        if word == BREAK or word in _APART_ZH or _FORM in phrases[place].fields:
            break
    if SETTING in phrases[noun].fields:
        return noun
    return _looks_before(phrases, noun, _JOINT_ZH, _STRANGE_ZH)


def _looks_before(
    phrases: Sequence[Phrase], noun: int, small: frozenset[str], most_strange: int
) -> int:
    """Where the colours and materials begin that stand right before the noun."""
    start, strange = noun, 0
    for place in range(noun - 1, -1, -1):
        phrase = phrases[place]
        if phrase.fields & _LOOKS:
            start = place
        elif phrase.attributes or phrase.tokens[-1] == BREAK:
            break
        elif phrase.tokens[-1] not in small:
            strange += 1
            if strange > most_strange:
                break
        elif small is _ARTICLES:
            break
    return start


def _ends_with(phrases: Sequence[Phrase], place: int, words: Sequence[str]) -> bool:
    """Whether the text up to and with the phrase at `place` ends in one of `words`."""
    last = phrases[max(0, place - 1) : place + 1]
    text = "".join(token for phrase in last for token in phrase.tokens)
    return text.endswith(tuple(words))


def _is_chinese(token: str) -> bool:
    return token >= "\u3400"
