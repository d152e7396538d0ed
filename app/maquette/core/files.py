"""Writing files so that a reader sees the old content or the new, never half of it."""

import hashlib
import os
import platform
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_O_BINARY = getattr(os, "O_BINARY", 0)  # Windows only


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write `data` to a temporary name beside `path`, fsync, and rename over `path`.

    Args:
        durable: whether to wait for the disk; what can be made again, as caches, need not.

    Raises:
        OSError: nothing is left behind and `path` is as it was.
    """
    with atomic_file(path, durable=durable) as file:
        file.write(data)


@contextmanager
def atomic_file(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """Yield a file to write to, which is fsynced and renamed over `path` when the block ends well.

    Args:
        durable: whether to fsync.

    Raises:
        OSError: nothing is left behind and `path` is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(part_name())
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _O_BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def part_name() -> str:
    """A new hidden name that tells which process of which machine uses it."""
    return f".maquette-{host_tag()}-{os.getpid()}-{secrets.token_hex(4)}.part"


def host_tag() -> str:
    """Tells machines that share a folder apart without naming them."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]
