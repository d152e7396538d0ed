"""The texts that go into a file beside its pixels: XMP with the AI labels, recipe, our record.

The AI labels are always written. Prompt and settings only go with the recipe, and nothing names a
user, a host or a path.
"""

import msgspec

from maquette.core.fidelity import Fidelity
from maquette.core.marking import FileFormat, Marking
from maquette.core.model_info import BUILT_IN
from maquette.core.model_ref import ModelRef
from maquette.core.recipe import Recipe
from maquette.core.record import Record, SourceType
from maquette.provenance.aigc import own_label, write_aigc
from maquette.provenance.parameters import write_parameters
from maquette.provenance.profiles import names_system, writes_aigc
from maquette.provenance.xmp import write_xmp

RECORD_KEY = "maquette"
PARAMETERS_KEY = "parameters"
XMP_KEY = "XML:com.adobe.xmp"
"""Names of a PNG file's texts."""

MAX_JPEG_TEXT = 65_000
"""Bytes of one text in a JPEG file, whose segments end at 64 KiB."""


class EmbeddedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Our record as it stands in a file: without marks, and without recipe if that is private.

    How well its sketch was followed goes with the recipe.
    """

    id: str
    created: str
    tool: str
    source_type: SourceType
    width: int
    height: int
    recipe: Recipe | None = None
    fidelity: Fidelity | None = None
    format: int = 1


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """What is written: the XMP packet, the `parameters` text, and our record as JSON.

    `parameters` is "" without recipe; `record` is "" where the packet holds it.
    """

    xmp: str
    parameters: str = ""
    record: str = ""


def embedded(record: Record, *, write_recipe: bool) -> EmbeddedRecord:
    """The part of `record` that goes into its file."""
    return EmbeddedRecord(
        id=record.id,
        created=record.created,
        tool=record.tool,
        source_type=record.source_type,
        width=record.width,
        height=record.height,
        recipe=without_path(record.recipe) if write_recipe else None,
        fidelity=record.fidelity if write_recipe else None,
    )


def without_path(recipe: Recipe) -> Recipe:
    """`recipe` with a user's model, and control models, told by name and digest only."""
    controls = tuple(
        msgspec.structs.replace(control, model=control.model and _without_id(control.model))
        for control in recipe.controls
    )
    model = recipe.model if recipe.model.id == BUILT_IN else _without_id(recipe.model)
    return msgspec.structs.replace(recipe, model=model, controls=controls)


def _without_id(model: ModelRef) -> ModelRef:
    return msgspec.structs.replace(model, id="")


def texts_of(record: Record, marking: Marking, file_format: FileFormat, digest: str = "") -> Texts:
    """The texts of `record` for a file of this format.

    A recipe that is longer than JPEG can hold is left out of a JPEG file.

    Args:
        digest: the sha256 of the pixels, hex, where the format keeps them exactly.
    """
    texts = _texts(record, marking, file_format, digest, write_recipe=marking.write_recipe)
    if file_format is not FileFormat.JPEG or _fits_jpeg(texts):
        return texts
    return _texts(record, marking, file_format, digest, write_recipe=False)


def _texts(
    record: Record, marking: Marking, file_format: FileFormat, digest: str, *, write_recipe: bool
) -> Texts:
    content = msgspec.json.encode(embedded(record, write_recipe=write_recipe)).decode()
    has_chunks = file_format is FileFormat.PNG
    says_more = names_system(marking.profile)
    xmp = write_xmp(
        record,
        file_format,
        prompt=record.recipe.prompt if write_recipe and says_more else "",
        aigc=write_aigc(own_label(record.id, digest)) if writes_aigc(marking.profile) else "",
        content="" if has_chunks else content,
        names_system=says_more,
    )
    return Texts(
        xmp=xmp,
        parameters=write_parameters(record.recipe, record.tool) if write_recipe else "",
        record=content if has_chunks else "",
    )


def _fits_jpeg(texts: Texts) -> bool:
    lengths = len(texts.xmp.encode()), len(texts.parameters.encode("utf-16-be"))
    return max(lengths) <= MAX_JPEG_TEXT
