"""The query language: what a person types into the search box, as a frozen value.

Words find prompts, tags, notes and file names; `field:value` narrows down; all of it must hold.
`"two words"` is a phrase, `-` before a term negates it, `style:ink,oil` is either of both, and
numbers may be compared (`rating:>=4`, `size:512..1024`, `seed:7`). What is not understood is left
out and told: reading a query never fails.
"""

import msgspec

from maquette.library.query_terms import FIELD_WORDS, Field, Place, Term, understood

MAX_QUERY = 2_000  # characters
MAX_TERMS = 64


class Problem(msgspec.Struct, frozen=True):
    """What was not understood: one sentence, and where it stands in the query's text."""

    sentence: str
    start: int
    end: int


class Query(msgspec.Struct, frozen=True):
    """What is searched for. The empty query finds everything but the trash."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def in_trash(self) -> bool:
        """Whether the trash is searched instead of the library."""
        return any(
            term.field is Field.IN and not term.negated and Place.TRASH in term.values
            for term in self.terms
        )


_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "＂": "＂"}
_COLONS = ":："
_COMMAS = ",，"


def parse_query(text: str) -> Query:
    """Read `text`. Never raises; what is not understood is in `problems` and finds nothing less."""
    return _Reader(text).query()


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._terms: list[Term] = []
        self._problems: list[Problem] = []

    def query(self) -> Query:
        text = self._text
        if len(text) > MAX_QUERY:
            self._problem(
                f"Only the first {MAX_QUERY:,} characters are searched for.", MAX_QUERY, len(text)
            )
            self._text = text[:MAX_QUERY]
        while self._skip_space():
            start = self._place
            if len(self._terms) == MAX_TERMS:
                self._problem(
                    f"Only the first {MAX_TERMS} terms are searched for.", start, len(self._text)
                )
                break
            negated = self._negation()
            field = self._field()
            values = self._values(several=field is not None)
            self._add(field, values, negated, start)
        if self._terms and all(_is_signs(term) for term in self._terms):
            sign = self._terms[0]
            self._problem(
                f"{sign.values[0]} has no letter and no number: write a word to look for.",
                sign.start,
                sign.end,
            )
        return Query(text, tuple(self._terms), tuple(self._problems))

    def _add(
        self, named: str | None, values: list[tuple[str, bool]], negated: bool, start: int
    ) -> None:
        end = self._place
        field = Field.WORDS if named is None else FIELD_WORDS.get(named.casefold())
        if field is None:
            self._problem(
                f"There is no field {named}; fields are "
                f"{', '.join(each.value for each in Field if each is not Field.WORDS)}.",
                start,
                end,
            )
            return
        values = [(value.strip(), quoted) for value, quoted in values if value.strip()]
        if not values:
            if field is not Field.WORDS:
                self._problem(f"Write after {field.value}: what to look for.", start, end)
            return
        texts = tuple(value for value, _ in values)
        term = Term(
            field=field,
            values=texts,
            exact=all(quoted for _, quoted in values),
            negated=negated,
            start=start,
            end=end,
        )
        read = understood(term)
        if isinstance(read, str):
            self._problem(read, start, end)
        else:
            self._terms.append(read)

    def _skip_space(self) -> bool:
        """Go to the next term; False at the end."""
        while self._place < len(self._text) and self._text[self._place].isspace():
            self._place += 1
        return self._place < len(self._text)

    def _negation(self) -> bool:
        rest = self._text[self._place : self._place + 2]
        if len(rest) == 2 and rest[0] in "-－" and not rest[1].isspace():
            self._place += 1
            return True
        return False

    def _field(self) -> str | None:
        """What stands before a colon, if it can be a field's name: letters only ("16:9" is not)."""
        for place in range(self._place, len(self._text)):
            character = self._text[place]
            if character in _COLONS and place > self._place:
                name = self._text[self._place : place]
                self._place = place + 1
                return name
            if not character.isalpha():
                break
        return None

    def _values(self, *, several: bool) -> list[tuple[str, bool]]:
        """The values up to the next space, each with whether it was quoted."""
        values = [self._value(several)]
        while several and self._place < len(self._text) and self._text[self._place] in _COMMAS:
            self._place += 1
            values.append(self._value(several))
        return values

    def _value(self, several: bool) -> tuple[str, bool]:
        start = self._place
        if start < len(self._text) and self._text[start] in _QUOTES:
            closing = _QUOTES[self._text[start]]
            end = self._text.find(closing, start + 1)
            if end < 0:  # still being typed
                self._place = len(self._text)
                return self._text[start + 1 :], False
            self._place = end + 1
            return self._text[start + 1 : end], True
        while self._place < len(self._text):
            character = self._text[self._place]
            if character.isspace() or (several and character in _COMMAS):
                break
            self._place += 1
        return self._text[start : self._place], False

    def _problem(self, sentence: str, start: int, end: int) -> None:
        self._problems.append(Problem(sentence, start, end))


def _is_signs(term: Term) -> bool:
    """Whether `term` looks for signs or emoji only, which no text is indexed by.

    Beside other terms they are passed over; alone they would find everything.
    """
    return (
        term.field in (Field.WORDS, Field.PROMPT, Field.NOTE, Field.NAME)
        and not term.negated
        and not any(character.isalnum() for value in term.values for character in value)
    )
