"""The parent of a picture: the file that it was made from, with that file's own manifest.

It comes either as the file itself, or, when a picture of ours is exported, as what the manifest of
the original has kept of it.
"""

import io

import msgspec
from c2pa import C2paError, Reader

from maquette.core.marking import FileFormat
from maquette.provenance.manifest.claim import KeptParent, Parent
from maquette.provenance.manifest.contents import entries, table, text
from maquette.provenance.manifest.context import make_context

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", FileFormat.PNG),
    (b"\xff\xd8\xff", FileFormat.JPEG),
    (b"II*\0", FileFormat.TIFF),
    (b"MM\0*", FileFormat.TIFF),
)
_KEPT_FIELDS = (
    "title",
    "format",
    "instance_id",
    "relationship",
    "description",
    "active_manifest",
    "validation_results",
)


def parent_in(file: bytes) -> Parent:
    """The picture `file` as a parent; its media type is told by its first bytes."""
    return Parent(file, _media_type(file))


def kept_parent(file: bytes, manifest: bytes) -> KeptParent | None:
    """The parent with a manifest of its own that `manifest` keeps; None without one.

    Args:
        file: any picture; c2pa reads no manifest without one.
        manifest: one that we signed, as the ledger has it: what it says is signed again.
    """
    try:
        with (
            make_context() as context,
            Reader(_media_type(file), io.BytesIO(file), manifest, context) as reader,
        ):
            described = table(msgspec.json.decode(reader.json()))
            signed = table(
                table(described.get("manifests")).get(text(described.get("active_manifest")))
            )
            for ingredient in map(table, entries(signed.get("ingredients"))):
                place = text(table(ingredient.get("manifest_data")).get("identifier"))
                if ingredient.get("relationship") == "parentOf" and place:
                    store = io.BytesIO()
                    reader.resource_to_stream(place, store)
                    kept = {name: ingredient[name] for name in _KEPT_FIELDS if name in ingredient}
                    return KeptParent(kept, store.getvalue())
    except (C2paError, msgspec.DecodeError):
        return None
    return None


def _media_type(file: bytes) -> str:
    """By the first bytes; what is unknown is called a PNG, which it then fails to be."""
    if file[:4] == b"RIFF" and file[8:12] == b"WEBP":
        return FileFormat.WEBP.media_type
    if file[4:12] in (b"ftypavif", b"ftypavis"):
        return FileFormat.AVIF.media_type
    known = (form for beginning, form in _BEGINNINGS if file.startswith(beginning))
    return next(known, FileFormat.PNG).media_type
