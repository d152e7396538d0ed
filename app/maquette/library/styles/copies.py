"""Styles that are made of others."""

import secrets
from collections.abc import Iterable

import msgspec

from maquette.core.style import MAX_NAME, Style, Words


def fresh_id() -> str:
    """An id for a style that has just been made."""
    return secrets.token_hex(8)


def copy_of(style: Style, known: Iterable[Style]) -> Style:
    """`style` once more, with an id and a name of its own."""
    taken = {name for each in known for name in (each.name.en, each.name.zh)}
    number = 2
    while f"{style.name.of('en')} {number}" in taken or f"{style.name.of('zh')} {number}" in taken:
        number += 1
    ending = f" {number}"
    en, zh = (
        f"{name[: MAX_NAME - len(ending)]}{ending}" if name else ""
        for name in (style.name.en, style.name.zh)
    )
    return msgspec.structs.replace(style, id=fresh_id(), name=Words(en, zh))
