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
MAX_BLOBS = 16  # a start image with its file, control images and their maps
MAX_BLOB = 1 << 29

_PREFIX = struct.Struct("<4sII")
_LENGTH = struct.Struct("<Q")
_ENCODER = msgspec.msgpack.Encoder()

Bytes = bytes | bytearray | memoryview
M = TypeVar("M", bound=Message)


def encode(message: Message, blobs: Sequence[Bytes] = ()) -> list[Bytes]:
    """Return the frame of `message` as buffers to write in order; blobs are not copied.

    Raises:
        ProtocolError: the message is too large, or holds text that cannot be sent (a lone
            surrogate) or a number beyond 64 bits.
    """
    try:
        header = _ENCODER.encode(message)
    except (UnicodeEncodeError, OverflowError) as error:
        raise ProtocolError("A message holds a value that cannot be sent.", str(error)) from error
    views = [memoryview(blob).cast("B") for blob in blobs]
    if (
        len(header) > MAX_HEADER
        or len(views) > MAX_BLOBS
        or any(view.nbytes > MAX_BLOB for view in views)
    ):
        raise ProtocolError("A message is too large to be sent.")
    prefix = _PREFIX.pack(MAGIC, len(header), len(views))
    lengths = b"".join(_LENGTH.pack(view.nbytes) for view in views)
    return [prefix + lengths + header, *views]


class Decoder(Generic[M]):
    """Turns bytes, in any slicing, into (message, blobs).

    Two ways in. `feed` takes bytes that are already in hand. `space` and `filled` let a reader
    put them where they belong: `space` is the memory that the stream needs next (a blob is
    allocated once, at its full length, and read into directly), and `filled` says how much of it
    was written. After a ProtocolError the stream is lost: the decoder must be thrown away.
    """

    def __init__(self, messages: object) -> None:
        """`messages` is the union that may arrive: `Request` or `Event`."""
        self._header: msgspec.msgpack.Decoder[M] = msgspec.msgpack.Decoder(messages)  # pyright: ignore[reportArgumentType, reportCallIssue]
        self._begin_frame()

    def _begin_frame(self) -> None:
        self._header_length = 0
        self._blob_count: int | None = None  # known once the prefix is read
        self._lengths: list[int] | None = None  # of the blobs, once they are read
        self._parts: list[bytearray] = []  # of this frame, complete: header, then blobs
        self._expect(_PREFIX.size)

    def _expect(self, size: int) -> None:
        self._part = bytearray(size)
        self._free = memoryview(self._part)

    def space(self) -> memoryview:
        """Where the next bytes of the stream must be written; never empty."""
        return self._free

    def filled(self, count: int) -> tuple[M, list[bytearray]] | None:
        """Note that `count` bytes were written into `space`; return a message if complete.

        Raises:
            ProtocolError: wrong magic, a length beyond its bound, or a header that is no message.
        """
        self._free = self._free[count:]
        while not self._free:
            frame = self._finish_part()
            if frame is not None:
                return frame
        return None

    def feed(self, data: Bytes) -> Iterator[tuple[M, list[bytearray]]]:
        """Add bytes and yield every message that is complete.

        Raises:
            ProtocolError: as `filled`.
        """
        view = memoryview(data)
        while view:
            count = min(len(view), len(self._free))
            self._free[:count] = view[:count]
            view = view[count:]
            frame = self.filled(count)
            if frame is not None:
                yield frame

    def _finish_part(self) -> tuple[M, list[bytearray]] | None:
        """Take the part that is now full and expect the next; a whole frame is returned."""
        if self._blob_count is None:
            self._read_prefix()
            return None
        if self._lengths is None:
            self._read_lengths()
            return None
        self._parts.append(self._part)
        if len(self._parts) <= self._blob_count:
            self._expect(self._lengths[len(self._parts) - 1])
            return None
        header, *blobs = self._parts
        self._begin_frame()
        try:
            return self._header.decode(header), blobs
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ProtocolError("A message on the wire could not be read.", str(error)) from error

    def _read_prefix(self) -> None:
        magic, self._header_length, blob_count = _PREFIX.unpack(self._part)
        if magic != MAGIC:
            raise ProtocolError("The other side does not speak Maquette's protocol.", repr(magic))
        if self._header_length > MAX_HEADER or blob_count > MAX_BLOBS:
            raise ProtocolError("A message on the wire is too large.")
        self._blob_count = blob_count
        self._expect(blob_count * _LENGTH.size)

    def _read_lengths(self) -> None:
        lengths = [length for (length,) in _LENGTH.iter_unpack(self._part)]
        if any(length > MAX_BLOB for length in lengths):
            raise ProtocolError("A message on the wire is too large.")
        self._lengths = lengths
        self._expect(self._header_length)
