"""What the watermark says: a record id with check bits and error correction, as 127 bits.

64 data bits (32 of id, 32 of check) are protected by the binary BCH(127, 64) code, which corrects
any 10 flipped bits. A random 127-bit word is decoded to some data with probability 2.5e-5 and
passes the check with probability 2**-32, so a word read from an unmarked picture is taken for a
record id with probability 5.8e-15.
"""

import hashlib

import bchlib
import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint8]
"""uint8 zeros and ones, shape (CODE_BITS,)."""

CODE_BITS = 127
CORRECTABLE = 10
_FIELD_ORDER = 7  # 2**7 - 1 = 127
_ID_BYTES = 4
_CHECK_BYTES = 4
_DATA_BYTES = _ID_BYTES + _CHECK_BYTES


def to_code(record_id: str) -> Bits:
    """The codeword of `record_id` (8 hex digits)."""
    identity = bytes.fromhex(record_id)
    if len(identity) != _ID_BYTES:
        raise ValueError(f"a record id has 8 hex digits, not {record_id!r}")
    data = identity + _check(identity)
    parity = _codec().encode(data)
    bits = np.unpackbits(np.frombuffer(data + bytes(parity), np.uint8))[:CODE_BITS]
    return bits ^ _whitening()


def from_code(words: npt.NDArray[np.uint8]) -> tuple[str, int] | None:
    """The record id in `words`, shape (count, CODE_BITS), and how many of its bits were flipped.

    The word with the fewest flipped bits counts; None if no word is a code.
    """
    codec = _codec()
    received = np.zeros((len(words), 8 * (_DATA_BYTES + codec.ecc_bytes)), np.uint8)
    received[:, :CODE_BITS] = words ^ _whitening()
    readings = [_decode(codec, row.tobytes()) for row in np.packbits(received, axis=1)]
    found = [reading for reading in readings if reading is not None]
    return min(found, key=lambda reading: reading[1], default=None)


def _decode(codec: bchlib.BCH, packed: bytes) -> tuple[str, int] | None:
    data, parity = bytearray(packed[:_DATA_BYTES]), bytearray(packed[_DATA_BYTES:])
    flipped = codec.decode(bytes(data), bytes(parity))
    if not 0 <= flipped <= CORRECTABLE:
        return None
    codec.correct(data, parity)
    identity, check = bytes(data[:_ID_BYTES]), bytes(data[_ID_BYTES:])
    return (identity.hex().upper(), flipped) if check == _check(identity) else None


def _codec() -> bchlib.BCH:
    return bchlib.BCH(CORRECTABLE, m=_FIELD_ORDER)


def _check(identity: bytes) -> bytes:
    """Tells our marks from chance; it is no secret and proves no authorship."""
    return hashlib.blake2s(identity, digest_size=_CHECK_BYTES, person=b"maquette").digest()


def _whitening() -> Bits:
    """A fixed sequence that keeps a flat picture, which reads as one long run, off the code."""
    pattern = hashlib.blake2s(b"whitening", person=b"maquette").digest()
    return np.unpackbits(np.frombuffer(pattern, np.uint8))[:CODE_BITS]
