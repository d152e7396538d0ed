"""What the terminal is told, and what the exit codes mean."""

import sys
import unicodedata
from enum import IntEnum

from rich.console import Console


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    CANCELLED = 130  # 128 + SIGINT, as shells have it


def say(message: str) -> None:
    """A line for the person, on standard error, so that standard output is results only."""
    print(printable(message), file=sys.stderr, flush=True)


def complain(message: str) -> None:
    """A sentence about what went wrong."""
    say(f"maquette: {message}")


def printable(text: str) -> str:
    """`text` without what could steer a terminal: control characters, bidi overrides, surrogates.

    Line breaks stay. Prompts and metadata come from strangers.
    """
    return "".join(
        character if character == "\n" or unicodedata.category(character) not in _STEERING else "�"
        for character in text
        if character not in _BIDI
    )


def progress_console() -> Console | None:
    """Where progress is drawn: standard error if it is a terminal, else None."""
    return Console(stderr=True) if sys.stderr.isatty() else None


_STEERING = ("Cc", "Cs")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
