"""What the watermark says: 64 bits, of which 24 tell our marks from chance.

From the first bit on: 4 bits of version, 4 of flags, 32 of record id, 24 of a tag over the 40
before. The tag is keyed so that other programs do not make it by accident; the key is in the
source, so it proves no authorship: that is what the signed manifest and the ledger are for.
"""

import hashlib

import msgspec
import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint8]
"""uint8 zeros and ones, shape (BITS,)."""

BITS = 64
TAG_BITS = 24
VERSION = 1
EDITED, LABELLED = 1, 2
"""Flags: made from another picture; drawn on with a visible label."""
_KEY = b"maquette watermark"
_ID_DIGITS = 8


class Payload(msgspec.Struct, frozen=True):
    """A record id (8 upper-case hex digits) and four flags (0 to 15)."""

    record_id: str
    flags: int = 0


def pack(payload: Payload) -> Bits:
    """The bits of `payload`.

    Raises:
        ValueError: the id is not 8 hex digits, or the flags are not 0 to 15.
    """
    if len(payload.record_id) != _ID_DIGITS or not 0 <= payload.flags <= 15:
        raise ValueError(f"not a payload: {payload}")
    head = bytes([VERSION << 4 | payload.flags]) + bytes.fromhex(payload.record_id)
    return np.unpackbits(np.frombuffer(head + _tag(head), np.uint8))


def unpack(bits: Bits) -> Payload | None:
    """The payload in `bits`, or None if the tag or the version is another."""
    content = np.packbits(bits).tobytes()
    head, tag = content[: -TAG_BITS // 8], content[-TAG_BITS // 8 :]
    if tag != _tag(head) or head[0] >> 4 != VERSION:
        return None
    return Payload(head[1:].hex().upper(), head[0] & 15)


def _tag(head: bytes) -> bytes:
    return hashlib.blake2s(head, digest_size=TAG_BITS // 8, key=_KEY).digest()
