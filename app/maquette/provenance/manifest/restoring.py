"""Giving a file its kept manifest back, when it lost the manifest and nothing else."""

import struct
import zlib

PNG, JPEG, RIFF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF"
_MAX_SEGMENT, _SEGMENT_HEAD = 65_535, 10  # bytes
# JPEG Trace of ISO/IEC 19566-5: APP11, length, "JP", box instance, packet number; then the box.
_APP11 = b"\xff\xeb"
_INSTANCE, _PACKET = 0x0211, 1


def reinserted(file: bytes, manifest: bytes, start: int, length: int) -> bytes | None:
    """`file` with `manifest` where its data hash says that it was, None where that cannot be.

    Known for PNG, JPEG (up to 64 KiB) and WebP. The result is to be verified by the caller.

    Args:
        start: first byte of the range that the manifest's data hash leaves out.
        length: length of that range, in bytes.
    """
    if not 0 <= start <= len(file):
        return None
    if file.startswith(PNG):
        content = b"caBX" + manifest
        check = struct.pack(">I", zlib.crc32(content))
        wrapped = struct.pack(">I", len(manifest)) + content + check
    elif file.startswith(JPEG) and len(manifest) + _SEGMENT_HEAD <= _MAX_SEGMENT:
        head = (len(manifest) + _SEGMENT_HEAD, b"JP", _INSTANCE, _PACKET)
        wrapped = _APP11 + struct.pack(">H2sHI", *head) + manifest
    elif file.startswith(RIFF):
        wrapped = b"C2PA" + struct.pack("<I", len(manifest)) + manifest
    else:
        return None
    if len(wrapped) != length:
        return None
    if file.startswith(RIFF):
        padded = wrapped + b"\0" * (len(wrapped) % 2)  # chunks begin at even places
        size = struct.pack("<I", len(file) + len(padded) - 8)
        return file[:4] + size + file[8:start] + padded + file[start:]
    return file[:start] + wrapped + file[start:]
