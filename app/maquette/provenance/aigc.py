"""The implicit AI label of GB 45438-2025: seven strings as JSON, once per file."""

from typing import Literal

import msgspec

from maquette.core.errors import ImageError

MAX_LABEL = 1 << 16  # bytes
PRODUCER = "Maquette"
GENERATED: Literal["1"] = "1"
"""Label "1": the content is generated or synthesised; "2" may be, "3" is suspected to be."""


class AigcLabel(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={
        "label": "Label",
        "content_producer": "ContentProducer",
        "produce_id": "ProduceID",
        "reserved_code_1": "ReservedCode1",
        "content_propagator": "ContentPropagator",
        "propagate_id": "PropagateID",
        "reserved_code_2": "ReservedCode2",
    },
):
    """The label, named as in GB 45438-2025, annex E.

    `reserved_code_1` is the producer's to use for its own protection: we put the sha256 of the
    pixels there where the format keeps them exactly, else nothing. Propagators fill in the rest.
    """

    label: str
    content_producer: str
    produce_id: str
    reserved_code_1: str
    content_propagator: str
    propagate_id: str
    reserved_code_2: str


class _Wrapped(msgspec.Struct, frozen=True):
    """As some tools write it outside XMP."""

    label: AigcLabel = msgspec.field(name="AIGC")


def own_label(record_id: str, digest: str) -> AigcLabel:
    """The label of a picture of ours; `digest` is its pixels' sha256 in hex, or ""."""
    return AigcLabel(
        label=GENERATED,
        content_producer=PRODUCER,
        produce_id=record_id,
        reserved_code_1=digest,
        content_propagator="",
        propagate_id="",
        reserved_code_2="",
    )


def write_aigc(label: AigcLabel) -> str:
    """`label` as JSON."""
    return msgspec.json.encode(label).decode()


def read_aigc(text: str) -> AigcLabel:
    """Read a label from a stranger's file, bare or as {"AIGC": {...}}.

    Raises:
        ImageError: too long, not JSON, or without the seven strings.
    """
    data = text.encode(errors="replace")
    if len(data) > MAX_LABEL:
        raise ImageError("The AIGC label of this file is too long and was not read.")
    try:
        try:
            return msgspec.json.decode(data, type=AigcLabel)
        except msgspec.ValidationError:
            return msgspec.json.decode(data, type=_Wrapped).label
    except (msgspec.DecodeError, RecursionError) as error:
        raise ImageError(
            "The AIGC label of this file is not as GB 45438-2025 asks and was not read.", str(error)
        ) from error
