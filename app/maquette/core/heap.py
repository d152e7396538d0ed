"""How the C library's heap gives memory back: large blocks at once."""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # mallopt(3)
_LARGE = 128 << 10  # bytes; glibc's own value at the start
_SPARE = 4 << 20  # bytes at the end of the heap, so that it does not shrink and grow all the time


def give_back_large_blocks() -> None:
    """Have each large block mapped on its own, for as long as the process lives.

    glibc maps large blocks until the first of them is freed, then takes blocks of up to 32 MiB from
    its heaps (mallopt(3), M_MMAP_THRESHOLD). Pictures, and the pixels that a drawing's history
    holds, come and go by the hundred and from several threads, each with a heap of its own: what
    they leave there in an hour of drawing is some tens of megabytes that are in no use.

    Does nothing where there is no glibc.
    """
    if sys.platform != "linux":
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, _LARGE)
        set_option(_TRIM_THRESHOLD, _SPARE)
