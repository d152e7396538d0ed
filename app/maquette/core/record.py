"""Record: what we assert about one saved image. A plain value, since it crosses the wire."""

import hashlib
import re
from enum import StrEnum

import msgspec

from maquette.core.fidelity import Fidelity
from maquette.core.lora import LoraUse, active_loras
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.style_image import active_style_image

URI_SCHEME = "maquette:"
"""What the identifier of a picture begins with in XMP and manifests; its id follows."""

_LATER = frozenset({"controls", "kept", "style", "loras", "like", "blend"})
_RECORD_ID = re.compile("[0-9A-F]{8}")


class SourceType(StrEnum):
    """IPTC DigitalSourceType, the last part of http://cv.iptc.org/newscodes/digitalsourcetype/."""

    GENERATED = "trainedAlgorithmicMedia"
    COMPOSITE = "compositeWithTrainedAlgorithmicMedia"

    @property
    def url(self) -> str:
        """The whole term."""
        return f"http://cv.iptc.org/newscodes/digitalsourcetype/{self.value}"


class MarkKind(StrEnum):
    """One way a file carries its provenance."""

    WATERMARK = "watermark"
    RECIPE_TEXT = "recipe-text"
    XMP = "xmp"
    AIGC = "aigc"  # the implicit label of GB 45438-2025
    VISIBLE_LABEL = "visible-label"
    EXTRA = "extra"  # a second invisible mark, by invisible-watermark
    MANIFEST = "manifest"


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mark of a saved image: whether it was read back after encoding, and a note in words."""

    kind: MarkKind
    verified: bool
    note: str = ""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What we assert about one saved image.

    `id` is 32 bits as 8 upper-case hex digits (see `record_id_for`), known before the job starts
    and carried by the watermark. `created` is ISO 8601 in UTC with seconds.
    """

    id: str
    recipe: Recipe
    created: str
    tool: str
    source_type: SourceType
    width: int
    height: int
    marks: tuple[Mark, ...] = ()
    fidelity: Fidelity | None = None  # where there was a sketch to follow


def record_id_for(recipe: Recipe, attempt: int = 0) -> str:
    """The id that the picture of `recipe` carries: 32 bits as 8 upper-case hex digits.

    It is a digest of the recipe, so that the same recipe gives the same pixels, mark included.
    Raise `attempt` when another recipe already has the id (one chance in 4 billion per pair).
    """
    named = msgspec.structs.replace(as_asked(recipe), guidance_scale=float(recipe.guidance_scale))
    fields = msgspec.structs.asdict(named)
    # Recipes without these, and without an IP-Adapter, have the id that they had before there
    # were any.
    fields = {name: value for name, value in fields.items() if value or name not in _LATER}
    if named.like is not None and named.like.adapter is None:
        fields["like"] = {
            "digest": named.like.digest,
            "strength": named.like.strength,
            "record": "",
        }
    content = msgspec.msgpack.encode((fields, attempt))
    return hashlib.sha256(content).hexdigest()[:8].upper()


def as_asked(recipe: Recipe) -> Recipe:
    """`recipe` without what may be known only when its picture is made, and changes no pixel.

    That is the models' names and digests, the records of the start image and of control images,
    where the slider stood, what styles the words are from, and LoRAs and a style image of which
    nothing is added.
    """
    start = recipe.start and msgspec.structs.replace(recipe.start, record="")
    controls = tuple(
        msgspec.structs.replace(
            control,
            scale=float(control.scale),  # 1 and 1.0 mean the same, and are other bytes
            begin=float(control.begin),
            end=float(control.end),
            guidance=float(control.guidance),
            outline=float(control.outline),
            model=control.model and ModelRef(control.model.id),
            record="",
            follow=-1,
        )
        for control in recipe.controls
    )
    loras = tuple(
        LoraUse("", lora.digest, float(lora.weight)) for lora in active_loras(recipe.loras)
    )
    like = active_style_image(recipe.like)
    like = like and msgspec.structs.replace(
        like,
        strength=float(like.strength),
        record="",
        adapter=like.adapter and msgspec.structs.replace(like.adapter, name=""),
    )
    blend = recipe.blend and msgspec.structs.replace(
        recipe.blend, share=float(recipe.blend.share), style=None
    )
    return msgspec.structs.replace(
        recipe,
        model=ModelRef(recipe.model.id),
        start=start,
        controls=controls,
        style=None,
        loras=loras,
        like=like,
        blend=blend,
    )


def is_record_id(text: str) -> bool:
    """Whether `text` is a record's id: 8 upper-case hex digits."""
    return _RECORD_ID.fullmatch(text) is not None


def tool_and_version(tool: str) -> tuple[str, str]:
    """A record's `tool` in its two parts; the version is "" where `tool` names none."""
    name, _, version = tool.rpartition(" ")
    return (name, version) if name else (tool, "")


def spoken_id(record_id: str) -> str:
    """The id as people read it: "7F3A91C2" becomes "7F3A-91C2"."""
    return f"{record_id[:4]}-{record_id[4:]}"
