"""What the watermark says: a record id with check bits and error correction, as 128 bits.

64 data bits (32 of id, 32 of check) are protected by the Reed-Solomon code (16, 8) over bytes,
which corrects e wrong and k erased bytes while 2e + k <= 8. How sure each bit was is used to erase
the least sure bytes (generalized minimum distance decoding, Forney 1966). Random bits pass the
code with probability 0.04 and the check with 2**-32, so what is read from an unmarked picture is
taken for a record id with probability 1e-11.
"""

import hashlib

import msgspec
import numpy as np
import numpy.typing as npt
from reedsolo import ReedSolomonError, RSCodec

Bits = npt.NDArray[np.uint8]
"""uint8 zeros and ones, shape (CODE_BITS,)."""

CODE_BITS = 128
CAPACITY = 8  # parity bytes
_ID_BYTES = 4
_CHECK_BYTES = 4
_ERASED = (0, 2, 4, 6)  # how many bytes are erased, one try after the other


class Reading(msgspec.Struct, frozen=True):
    """An id that was read, and how much of CAPACITY its correction took (2e + k)."""

    record_id: str
    effort: int


def to_code(record_id: str) -> Bits:
    """The codeword of `record_id` (8 hex digits)."""
    identity = bytes.fromhex(record_id)
    if len(identity) != _ID_BYTES:
        raise ValueError(f"a record id has 8 hex digits, not {record_id!r}")
    word = RSCodec(CAPACITY).encode(identity + _check(identity))
    return np.unpackbits(np.frombuffer(word, np.uint8)) ^ _whitening()


def from_code(scores: npt.NDArray[np.float64]) -> Reading | None:
    """The record id in one of several readings, the surest tried first, or None.

    Args:
        scores: shape (count, CODE_BITS), how surely each bit is 1 (above 0) or 0 (below 0).
    """
    codec = RSCodec(CAPACITY)
    for row in np.argsort(-np.abs(scores).mean(axis=1), kind="stable"):
        reading = _decode(codec, scores[row])
        if reading is not None:
            return reading
    return None


def _decode(codec: RSCodec, scores: npt.NDArray[np.float64]) -> Reading | None:
    word = np.packbits((scores > 0).astype(np.uint8) ^ _whitening()).tobytes()
    least_sure_first = np.argsort(np.abs(scores).reshape(-1, 8).min(axis=1), kind="stable")
    for count in _ERASED:
        erased = least_sure_first[:count].tolist()
        try:
            data, _, corrected = codec.decode(word, erase_pos=erased)
        except ReedSolomonError:
            continue
        identity, check = bytes(data[:_ID_BYTES]), bytes(data[_ID_BYTES:])
        if check == _check(identity):
            wrong = len(set(corrected) - set(erased))
            return Reading(identity.hex().upper(), 2 * wrong + count)
    return None


def _check(identity: bytes) -> bytes:
    """Tells our marks from chance; it is no secret and proves no authorship."""
    return hashlib.blake2s(identity, digest_size=_CHECK_BYTES, person=b"maquette").digest()


def _whitening() -> Bits:
    """A fixed sequence that keeps a flat picture, which reads as one long run, off the code."""
    pattern = hashlib.blake2s(b"whitening", digest_size=CODE_BITS // 8, person=b"maquette")
    return np.unpackbits(np.frombuffer(pattern.digest(), np.uint8))
