"""Files that only the user may read, written whole or not at all."""

import os
import tempfile
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Make `folder` with permissions 0700, or set them. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, with permissions 0600, and fsync it. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of `path` with permissions 0600. Raises OSError."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")  # mkstemp makes 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
