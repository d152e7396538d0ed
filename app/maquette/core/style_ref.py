"""StyleRef: which style a recipe's prompt was put in, as a label. The prompt itself says it all."""

import msgspec


class StyleRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A style by its id, and by the name that people know it by: "Oil painting"."""

    id: str
    name: str = ""
