"""The styles that come with the program."""

import functools

import msgspec

import maquette_resources
from maquette.core.style import Style


@functools.cache
def shipped_styles() -> tuple[Style, ...]:
    """All of them, group by group in the order of StyleGroup."""
    return tuple(
        style
        for path in maquette_resources.style_files()
        for style in msgspec.json.decode(path.read_bytes(), type=tuple[Style, ...])
    )


def shipped_sample(style_id: str) -> bytes:
    """The sample picture of a shipped style, an image file's content; b"" if there is none."""
    path = maquette_resources.style_sample(style_id)
    return path.read_bytes() if path is not None else b""
