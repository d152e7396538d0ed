"""Terms of a query as buttons put them into a text and take them out again."""

import msgspec

from maquette.library.query import FIELD_WORDS, Field, Term, parse_query

_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"))
_NEEDS_QUOTES = frozenset(' \t,，:："“”「」＂')


class Completion(msgspec.Struct, frozen=True):
    """What is being typed at a place: replace `start` to `end` of the text.

    `field` is None while a field's name may still be typed.
    """

    start: int
    end: int
    field: Field | None
    typed: str


def quoted(value: str) -> str:
    """`value` in quotes that it does not hold itself: the very word of a field."""
    for opening, closing in _QUOTES:
        if opening not in value and closing not in value:
            return f"{opening}{value}{closing}"
    return f'"{value.replace(chr(34), "")}"'


def term_text(field: Field, value: str) -> str:
    """`field:value`, the value in quotes where it needs them."""
    needs = not value or value[0] == "-" or _NEEDS_QUOTES.intersection(value)
    return f"{field.value}:{quoted(value) if needs else value}"


def has_term(text: str, field: Field, value: str) -> bool:
    """Whether `text` asks for just this value of `field`."""
    return any(_is(term, field, value) for term in parse_query(text).terms)


def turn_term(text: str, field: Field, value: str) -> str:
    """`text` with `field:value`, or without it if it has it."""
    found = [term for term in parse_query(text).terms if _is(term, field, value)]
    if not found:
        return f"{text.rstrip()} {term_text(field, value)}".lstrip()
    for term in reversed(found):
        text = f"{text[: term.start].rstrip()} {text[term.end :].lstrip()}"
    return text.strip()


def completion_at(text: str, place: int) -> Completion:
    """What is being typed at `place` of `text`."""
    start = place
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    word = text[start:place]
    if word[:1] in ("-", "－"):
        start, word = start + 1, word[1:]
    name, colon, typed = word.replace("：", ":").partition(":")
    field = FIELD_WORDS.get(name.casefold()) if colon else None
    if field is None:
        return Completion(start, place, None, word)
    return Completion(start, place, field, typed.lstrip('"“「'))


def _is(term: Term, field: Field, value: str) -> bool:
    asked = parse_query(term_text(field, value)).terms
    return (
        len(asked) == 1
        and not term.negated
        and (term.field, term.ranges) == (field, asked[0].ranges)
        and _folded(term.values) == _folded(asked[0].values)
    )


def _folded(values: tuple[str, ...]) -> list[str]:
    return [value.casefold() for value in values]
