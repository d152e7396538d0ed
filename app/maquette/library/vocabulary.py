"""Words for what pictures show, in English and Chinese: found in prompts, named in lists."""

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Self

import maquette_resources
from maquette.library.surroundings import (
    BREAK,
    SETTING,
    Attribute,
    Phrase,
    begins_with_preposition,
    is_counted,
    nouns,
    places,
)

FIELDS = ("style", "form", "material", "colour", "setting")
"""What prompts are looked through for."""

_TOKEN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]|[,.;:!?()\[\]\n\u3001\u3002]+")
_WORD = re.compile(r"[a-z0-9\u3400-\u9fff]")
_MAX_TOKENS = 4_000  # of one prompt; the longest that a recipe may have has fewer words


class Vocabulary:
    """The word lists, laid out for looking prompts through. Use `vocabulary()`."""

    def __init__(self, names: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]) -> None:
        """`names` is field to word to language to names, as maquette_resources has it."""
        self._names = names
        self._phrases: dict[tuple[str, ...], set[Attribute]] = {}
        self._longest: dict[str, int] = {}  # tokens of the longest phrase that begins so
        for field, words in names.items():
            for word, languages in words.items():
                for each in (name for group in languages.values() for name in group):
                    self._learn(_tokens(each), (field, word))

    @classmethod
    def shipped(cls) -> Self:
        """The word lists that come with the program."""
        return cls(maquette_resources.vocabulary())

    def attributes(self, prompt: str) -> set[Attribute]:
        """What `prompt` says it shows. Where phrases overlap, the longest one counts.

        "a red mug on a wooden table" is of the colour red and the form mug, in the setting wood;
        the table of the setting is no form, and its wood no material. Of places that are no
        setting of the lists ("on a white table") nothing counts.
        """
        phrases = self._phrased(_clauses(prompt)[:_MAX_TOKENS])
        around = {place: stretch for stretch in places(phrases) for place in stretch}
        found: set[Attribute] = set()
        for place, phrase in enumerate(phrases):
            if place in around:
                if place == around[place][-1]:
                    found |= self._setting([phrases[each] for each in around[place]])
            elif self._may_be_a_thing(phrases, place, found):
                things = self._phrased(phrase.tokens, settings=False)
                meant = set[Attribute]().union(*(each.attributes for each in things))
                is_thing = any(field == "form" for field, _ in meant)
                found |= meant if is_thing else phrase.attributes
            else:
                found |= phrase.attributes
        return found

    def name(self, field: str, word: str, language: str) -> str:
        """What people call a word of a field: `language` is "en" or "zh"; unknown words as is."""
        names = self._names.get(field, {}).get(word, {}).get(language)
        return names[0] if names else word

    def words(self, field: str, text: str) -> tuple[str, ...]:
        """The words of `field` that a person may mean by `text`, in either language.

        The word itself, else words of that name, else words whose own name begins so, else words
        with a name in which it occurs: "ink" is the style ink_wash.
        """
        known = self._names.get(field, {})
        wanted = _tokens(text)
        if not wanted:
            return ()
        for fits in (_is_word, _is_name, _begins, _occurs):
            found = tuple(word for word, names in known.items() if fits(word, names, wanted))
            if found:
                return found
        return ()

    def table(self, field: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The words of `field`, each with its names by language, the plainest first."""
        return self._names[field]

    def token_spans(self, normal: str) -> tuple[tuple[str, int, int], ...]:
        """Tokens of a text in small letters without accents: (token, start, end), BREAK for marks
        that separate clauses.
        """
        return tuple(
            (token if _WORD.match(token) else BREAK, found.start(), found.end())
            for found in _TOKEN.finditer(normal)
            for token in (found.group(),)
        )[:_MAX_TOKENS]

    def phrases(self, tokens: tuple[str, ...]) -> list[Phrase]:
        """`tokens` in phrases, the longest ones that there are, and single words unknown."""
        return self._phrased(tokens)

    def _learn(self, tokens: tuple[str, ...], attribute: Attribute) -> None:
        self._phrases.setdefault(tokens, set()).add(attribute)
        for first in {tokens[0], f"{tokens[0]}s"}:
            self._longest[first] = max(self._longest.get(first, 0), len(tokens))

    def _phrased(self, tokens: tuple[str, ...], *, settings: bool = True) -> list[Phrase]:
        """`tokens` in phrases, the longest ones that there are, and single words unknown."""
        phrases: list[Phrase] = []
        place = 0
        while place < len(tokens):
            for length in range(self._longest_from(tokens[place]), 0, -1):
                some = tokens[place : place + length]
                meant = self._meaning(some)
                if not settings:
                    meant = {attribute for attribute in meant if attribute[0] != SETTING}
                if meant:
                    break
            else:
                some, meant = tokens[place : place + 1], set()
            phrases.append(Phrase(some, frozenset(meant)))
            place += len(some)
        return phrases

    @staticmethod
    def _may_be_a_thing(phrases: Sequence[Phrase], place: int, found: set[Attribute]) -> bool:
        """Whether a setting is looked at as a thing first: nothing stands in it yet, or it is
        one of several. "a wooden table" is a table.
        """
        phrase = phrases[place]
        if SETTING not in phrase.fields or begins_with_preposition(phrase):
            return False
        nothing_yet = not any(field == "form" for field, _ in found)
        return nothing_yet or is_counted(phrases, place)

    def _setting(self, around: Sequence[Phrase]) -> set[Attribute]:
        """The setting that a place tells of, a look and its noun standing apart, perhaps:
        "on an old wooden kitchen table".
        """
        noun = nouns(around[-1].tokens)
        apart = [self._meaning((*phrase.tokens, *noun)) for phrase in around[:-1]]
        apart += [self._meaning(("on", "a", *phrase.tokens, *noun)) for phrase in around[:-1]]
        for meant in (set().union(*apart), *(phrase.attributes for phrase in reversed(around))):
            settings = {attribute for attribute in meant if attribute[0] == SETTING}
            if settings:
                return settings
        return set()

    def _longest_from(self, token: str) -> int:
        return self._longest.get(token, 0)

    def _meaning(self, tokens: tuple[str, ...]) -> set[Attribute]:
        """What the phrase says, or its singular ("two red mugs")."""
        found = self._phrases.get(tokens)
        if found is None and tokens[-1].endswith("s"):
            found = self._phrases.get((*tokens[:-1], tokens[-1][:-1]))
        return found or set()


@functools.cache
def vocabulary() -> Vocabulary:
    """The word lists that come with the program, read once."""
    return Vocabulary.shipped()


def _tokens(text: str) -> tuple[str, ...]:
    """Words in small letters without accents; each Chinese character is one."""
    normal = unicodedata.normalize("NFKD", text).casefold()
    return tuple(token for token in _TOKEN.findall(normal) if _WORD.match(token))


def _clauses(text: str) -> tuple[str, ...]:
    """As `_tokens`, with BREAK where a mark separates clauses."""
    normal = unicodedata.normalize("NFKD", text).casefold()
    return tuple(token if _WORD.match(token) else BREAK for token in _TOKEN.findall(normal))


def _is_word(word: str, _names: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]) -> bool:
    return _tokens(word) == wanted


def _is_name(_word: str, names: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]) -> bool:
    return any(_tokens(name) == wanted for group in names.values() for name in group)


def _begins(word: str, names: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]) -> bool:
    own = (word, *(group[0] for group in names.values() if group))
    return any(_tokens(name)[: len(wanted)] == wanted for name in own)


def _occurs(_word: str, names: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]) -> bool:
    return any(
        _tokens(name)[place : place + len(wanted)] == wanted
        for group in names.values()
        for name in group
        for place in range(len(_tokens(name)))
    )
