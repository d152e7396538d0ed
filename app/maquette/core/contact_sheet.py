"""One page of a contact sheet: what stands on it. A plain value, since it crosses the wire."""

import msgspec

from maquette.core.export_preset import ContactSheet

MAX_ON_PAGE = 400


class SheetPicture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One picture: its file (absolute, as the system's bytes), and what is written below it.

    Without a `path` its place stays an empty frame.
    """

    path: bytes
    name: str
    record_id: str = ""


class SheetPage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Page `number` of `pages`, counted from 1, with at most MAX_ON_PAGE pictures.

    `created` is ISO 8601 in UTC, `tool` the program and its version: both go into the file. `heads`
    are written above the columns and `sides` beside the rows, where there are any.
    """

    sheet: ContactSheet
    pictures: tuple[SheetPicture, ...]
    number: int
    pages: int
    created: str
    tool: str
    heads: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


class MadePage(msgspec.Struct, frozen=True, kw_only=True):
    """A finished page: `file` is PNG, or JPEG for a PDF file; `width` and `height` in pixels.

    `notices` are sentences for the user.
    """

    file: bytes
    width: int
    height: int
    notices: tuple[str, ...] = ()
