"""Where a prompt says what: the stretches of its text that the word lists know."""

import unicodedata

import msgspec

from maquette.library.surroundings import SETTING, Attribute, places
from maquette.library.vocabulary import Vocabulary, vocabulary

FORM = "form"


class Mention(msgspec.Struct, frozen=True):
    """`text[start:end]` says `attributes`; `is_place` if it tells of the surroundings.

    A place goes from its preposition, if it has one, to its noun.
    """

    start: int
    end: int
    attributes: frozenset[Attribute]
    is_place: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """What it tells of."""
        return frozenset(field for field, _ in self.attributes)


def find_mentions(text: str, words: Vocabulary | None = None) -> tuple[Mention, ...]:
    """Everything that `text` says, in order. A place without a setting of the lists is one too."""
    known = words or vocabulary()
    spans = known.token_spans(_normal(text))
    tokens = tuple(token for token, _, _ in spans)
    phrases = known.phrases(tokens)
    starts: list[int] = []
    place = 0
    for phrase in phrases:
        starts.append(place)
        place += len(phrase.tokens)
    around = {each: stretch for stretch in places(phrases) for each in stretch}
    found: list[Mention] = []
    for index, phrase in enumerate(phrases):
        stretch = around.get(index)
        first, last = starts[index], starts[index] + len(phrase.tokens) - 1
        if stretch is not None:
            if index != stretch[-1]:
                continue
            first = starts[stretch[0]]
            said = known.attributes(text[spans[first][1] : spans[last][2]])
            meant = frozenset(each for each in said if each[0] == SETTING)
            found.append(Mention(spans[first][1], spans[last][2], meant, is_place=True))
        elif phrase.attributes:
            looks = frozenset(each for each in phrase.attributes if each[0] != SETTING)
            is_place = not looks
            meant = phrase.attributes if is_place else looks
            found.append(Mention(spans[first][1], spans[last][2], meant, is_place))
    return tuple(found)


def _normal(text: str) -> str:
    """`text` in small letters without accents, character by character, so that places agree."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).casefold()
    return plain[0] if plain else " "
