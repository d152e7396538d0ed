"""ModelRef: which model, by id and by the digest of its weights."""

import msgspec


class ModelRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Which model makes the picture.

    `id` is "maquette-mini" for the built-in model, else the path the user pointed at. `digest` is
    the sha256 over the model's weights ("" = whatever is there now; the worker fills it in).
    """

    id: str
    digest: str = ""
    name: str = ""
