"""Copying a picture's file as it is, so that its marks stay whole."""

import shutil
from pathlib import Path

from maquette.core.errors import SaveError


def copy_picture_file(source: Path, target: Path) -> None:
    """Copy the bytes of `source` to `target`, replacing what is there only by the whole.

    Raises:
        SaveError: nothing half-written is left.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        if target.exists() and source.samefile(target):
            return
        try:
            shutil.copyfile(source, part)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SaveError(
            f"The picture could not be saved as {target.name} ({error.strerror}); "
            "choose another folder or free some space.",
            str(error),
        ) from error
