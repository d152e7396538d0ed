"""Prompts with variants: `{a|b}` draws one, `{{a|b}}` makes all, `__name__` is a line of a file.

`{a|b|c}` is one of its options, drawn for each picture from that picture's seed, so that the same
seed says the same words. `{{a|b|c}}` is all of them, a picture for each; several in one prompt are
combined. `__name__` stands for the lines of `name.txt` beside the batch file, one of them drawn,
and `{{__name__}}` for all of them. Options and lines may hold variants in turn. A backslash before
`{`, `}`, `|`, `_` or `\\` takes the meaning away from it.
"""

import itertools
import math
import random
import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from maquette.core.errors import InputError
from maquette.core.recipe import MAX_PROMPT

MAX_DEPTH = 8
"""How deep options and files may hold one another."""

MAX_SIZE = 2 * MAX_PROMPT
"""How long a prompt can be that comes out of variants, each draw counted as a character."""

Parts = tuple["str | Choice", ...]
LoadLines = Callable[[str], Sequence[str]]
"""From a wildcard's name to its lines. Raises InputError."""

_WILDCARD = re.compile(r"__(?=[^\W_])([\w-]{1,64}?)__")
_ESCAPED = frozenset("{}|_\\")


class Choice(msgspec.Struct, frozen=True):
    """A place in a prompt where one option is drawn, or, with `every`, each makes a picture.

    `combinations` is how many prompts it stands for, `size` the most characters and draws that
    can come out of it, `height` how deep choices hold one another. Lines of files are shared by
    all choices that name them, so these are added up once, here.
    """

    options: tuple[Parts, ...]
    every: bool
    combinations: int
    size: int
    height: int


class Template:
    """A prompt with its variants."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.combinations = _combinations(parts)
        """How many prompts it stands for; what is drawn does not count."""

    def prompts(self) -> Iterator[Callable[[int], str]]:
        """For each combination, what gives the prompt for a seed."""
        for parts in _combined(self._parts):
            # Of Random, random() is what is promised to stay the same in later versions of Python.
            yield lambda seed, parts=parts: _drawn(parts, random.Random(seed).random)


class TemplateParser:
    """Takes prompts apart; what they name is read once."""

    def __init__(self, load: LoadLines) -> None:
        """`load` gives the lines of a wildcard."""
        self._load = load
        self._known: dict[str, tuple[Parts, ...]] = {}
        self._reading: list[str] = []

    def parse(self, text: str) -> Template:
        """Raises InputError: a brace has no partner, a wildcard cannot be read, it is too much."""
        return Template(self._parts(text, 0))

    def _parts(self, text: str, depth: int) -> Parts:
        if depth > MAX_DEPTH:
            raise _too_deep()
        parts: list[str | Choice] = []
        plain: list[str] = []
        place = 0
        while place < len(text):
            mark = text[place]
            wildcard = _WILDCARD.match(text, place) if mark == "_" else None
            choice = None
            if mark == "\\" and place + 1 < len(text) and text[place + 1] in _ESCAPED:
                plain.append(text[place + 1])
                place += 2
            elif mark == "{":
                choice, place = self._choice(text, place, depth)
            elif mark == "}":
                raise InputError("There is a “}” without its “{”; write \\} for a brace.")
            elif wildcard is not None:
                choice, place = _choice_of(self._lines(wildcard[1])), wildcard.end()
            else:
                plain.append(mark)
                place += 1
            if choice is not None:
                parts += ["".join(plain), choice]
                plain = []
        parts.append("".join(plain))
        found = tuple(part for part in parts if part != "")
        if _size(found) > MAX_SIZE:
            raise InputError(
                f"With its variants the prompt may get longer than {MAX_PROMPT:,} characters; "
                "please shorten it."
            )
        return found

    def _choice(self, text: str, place: int, depth: int) -> tuple[Choice, int]:
        """The choice that begins at `place`, and where the text goes on."""
        end = _partner(text, place)
        inside = text[place + 1 : end]
        every = inside.startswith("{") and _partner(text, place + 1) == end - 1
        options: list[Parts] = []
        for option in _split(inside[1:-1] if every else inside):
            wildcard = _WILDCARD.fullmatch(option.strip())
            if every and wildcard is not None:
                options += self._lines(wildcard[1])
            else:
                options.append(self._parts(option, depth + 1))
        return _choice_of(tuple(options), every=every), end + 1

    def _lines(self, name: str) -> tuple[Parts, ...]:
        if name in self._reading:
            raise InputError(
                f"The wildcard “__{name}__” leads back to itself; take it out of {name}.txt."
            )
        if len(self._reading) >= MAX_DEPTH:
            raise _too_deep()
        if name not in self._known:
            self._reading.append(name)
            try:
                self._known[name] = tuple(self._parts(line, 0) for line in self._load(name))
            finally:
                self._reading.pop()
        return self._known[name]


def _choice_of(options: tuple[Parts, ...], *, every: bool = False) -> Choice:
    counts = [_combinations(option) for option in options]
    heights = [part.height for option in options for part in option if isinstance(part, Choice)]
    height = 1 + max(heights, default=0)
    if height > MAX_DEPTH:
        raise _too_deep()
    return Choice(
        options=options,
        every=every,
        combinations=sum(counts) if every else math.prod(counts),
        size=1 + max(_size(option) for option in options),
        height=height,
    )


def _combinations(parts: Parts) -> int:
    return math.prod(part.combinations for part in parts if isinstance(part, Choice))


def _size(parts: Parts) -> int:
    return sum(len(part) if isinstance(part, str) else part.size for part in parts)


def _too_deep() -> InputError:
    return InputError(
        f"The variants are more than {MAX_DEPTH} deep in one another; please make them simpler."
    )


def _partner(text: str, place: int) -> int:
    """Where the brace that opens at `place` closes. Raises InputError."""
    depth = 0
    for at, mark in _unescaped(text, place):
        depth += (mark == "{") - (mark == "}")
        if depth == 0:
            return at
    raise InputError("There is a “{” without its “}”; write \\{ for a brace.")


def _unescaped(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    place = start
    while place < len(text):
        if text[place] == "\\" and text[place + 1 : place + 2] in _ESCAPED:
            place += 2
            continue
        yield place, text[place]
        place += 1


def _split(text: str) -> list[str]:
    """`text` at the bars that stand in no inner braces."""
    depth, begin, options = 0, 0, []
    for place, mark in _unescaped(text):
        depth += (mark == "{") - (mark == "}")
        if mark == "|" and depth == 0:
            options.append(text[begin:place])
            begin = place + 1
    return [*options, text[begin:]]


def _combined(parts: Parts) -> Iterator[Parts]:
    """`parts` with every option of the choices that make all, those that draw as they are."""
    ways = [list(_ways(part)) if isinstance(part, Choice) else [(part,)] for part in parts]
    for way in itertools.product(*ways):
        yield tuple(itertools.chain.from_iterable(way))


def _ways(choice: Choice) -> Iterator[Parts]:
    if choice.every:
        for option in choice.options:
            yield from _combined(option)
    elif choice.combinations == 1:
        yield (choice,)
    else:  # it draws among options that stand for several prompts: one of each is drawn from
        for options in itertools.product(*(_combined(option) for option in choice.options)):
            yield (_choice_of(options),)


def _drawn(parts: Parts, draw: Callable[[], float]) -> str:
    """The prompt that `parts` say, `draw` giving numbers from 0 to below 1."""
    said = []
    for part in parts:
        if isinstance(part, str):
            said.append(part)
        else:
            said.append(_drawn(part.options[int(draw() * len(part.options))], draw))
    return "".join(said)
