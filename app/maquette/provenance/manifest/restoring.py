"""Giving a file its kept manifest back, when it lost the manifest and nothing else."""

import struct
import zlib

PNG, JPEG, RIFF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF"
_MAX_SEGMENT = 65_535
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
        wrapped = (
            struct.pack(">I", len(manifest)) + content + struct.pack(">I", zlib.crc32(content))
        )
    elif file.startswith(JPEG):
        size = len(manifest) + 10
        if size > _MAX_SEGMENT:
            return None
        wrapped = _APP11 + struct.pack(">H2sHI", size, b"JP", _INSTANCE, _PACKET) + manifest
    elif file.startswith(RIFF):
        padding = b"\0" * (len(manifest) % 2)
        wrapped = b"C2PA" + struct.pack("<I", len(manifest)) + manifest + padding
    else:
        return None
    if len(wrapped) != length:
        return None
    whole = file[:start] + wrapped + file[start:]
    if file.startswith(RIFF):
        whole = whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]
    return whole
