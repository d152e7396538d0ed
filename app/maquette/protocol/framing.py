"""Frames: a fixed prefix, a msgpack header, then raw blobs; and the incremental decoder.

Layout, little-endian: magic b"MQ01", uint32 header length, uint32 blob count, then one uint64 per
blob length, the header, the blobs. Lengths are bounded before anything is allocated.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

from maquette.core.errors import ProtocolError
from maquette.protocol.messages import Message

MAGIC = b"MQ01"
MAX_HEADER = 1 << 20
MAX_BLOBS = 8
MAX_BLOB = 1 << 29

_PREFIX = struct.Struct("<4sII")
_LENGTH = struct.Struct("<Q")
_ENCODER = msgspec.msgpack.Encoder()

Bytes = bytes | bytearray | memoryview
M = TypeVar("M", bound=Message)


def encode(message: Message, blobs: Sequence[Bytes] = ()) -> list[Bytes]:
    """Return the frame of `message` as buffers to write in order; blobs are not copied."""
    header = _ENCODER.encode(message)
    if len(header) > MAX_HEADER or len(blobs) > MAX_BLOBS:
        raise ProtocolError("A message is too large to be sent.")
    views = [memoryview(blob).cast("B") for blob in blobs]
    prefix = _PREFIX.pack(MAGIC, len(header), len(views))
    lengths = b"".join(_LENGTH.pack(view.nbytes) for view in views)
    return [prefix + lengths + header, *views]


class Decoder(Generic[M]):
    """Turns bytes, in any slicing, into (message, blobs).

    After a ProtocolError the stream is lost: the decoder must be thrown away with its peer.
    """

    def __init__(self, messages: object) -> None:
        """`messages` is the union that may arrive: `Request` or `Event`."""
        self._header: msgspec.msgpack.Decoder[M] = msgspec.msgpack.Decoder(messages)  # pyright: ignore[reportArgumentType, reportCallIssue]
        self._buffer = bytearray()

    def feed(self, data: Bytes) -> Iterator[tuple[M, list[bytes]]]:
        """Add bytes and yield every message that is complete.

        Raises:
            ProtocolError: wrong magic, a length beyond its bound, or a header that is no message.
        """
        self._buffer += data
        while (frame := self._next_frame()) is not None:
            yield frame

    def _next_frame(self) -> tuple[M, list[bytes]] | None:
        buffer = self._buffer
        if len(buffer) < _PREFIX.size:
            return None
        magic, header_length, blob_count = _PREFIX.unpack_from(buffer)
        if magic != MAGIC:
            raise ProtocolError("The other side does not speak Maquette's protocol.", repr(magic))
        if header_length > MAX_HEADER or blob_count > MAX_BLOBS:
            raise ProtocolError("A message on the wire is too large.")
        start = _PREFIX.size + blob_count * _LENGTH.size
        if len(buffer) < start:
            return None
        lengths = [
            _LENGTH.unpack_from(buffer, _PREFIX.size + i * _LENGTH.size)[0]
            for i in range(blob_count)
        ]
        if any(length > MAX_BLOB for length in lengths):
            raise ProtocolError("A message on the wire is too large.")
        end = start + header_length + sum(lengths)
        if len(buffer) < end:
            return None
        with memoryview(buffer) as view:
            header = bytes(view[start : start + header_length])
            blobs, at = [], start + header_length
            for length in lengths:
                blobs.append(bytes(view[at : at + length]))
                at += length
        del buffer[:end]
        try:
            return self._header.decode(header), blobs
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ProtocolError("A message on the wire could not be read.", str(error)) from error
