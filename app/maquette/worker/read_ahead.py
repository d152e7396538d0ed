"""Asking the system to read weights from disk before they are needed."""

import contextlib
import os

from maquette.core.errors import ModelError
from maquette.core.model_files import find_model, weight_files


def read_ahead(model: str) -> None:
    """Start reading the weight files of `model` into the page cache; returns at once.

    Errors are left to the loader, which says them in words. Without posix_fadvise (Windows,
    macOS) nothing happens.
    """
    if not hasattr(os, "posix_fadvise"):
        return
    with contextlib.suppress(ModelError, OSError, ValueError):
        for file in weight_files(find_model(model)[0]):
            descriptor = os.open(file, os.O_RDONLY)
            try:
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)
            finally:
                os.close(descriptor)
