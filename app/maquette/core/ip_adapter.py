"""IPAdapterUse: by which IP-Adapter a style image is taken over, as part of a recipe."""

import msgspec


class IPAdapterUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An IP-Adapter (arXiv:2308.06721) with the image encoder that it was made for.

    `name` is what people call it. `digest` and `encoder` are the sha256 of both weight files in
    hex.
    """

    name: str
    digest: str
    encoder: str
