"""The highest quality at which a file is not larger than it may be."""

from collections.abc import Callable


def highest_quality(size: Callable[[int], int], limit: int, highest: int) -> int | None:
    """The highest quality from 1 to `highest` whose `size` in bytes is at most `limit`.

    A binary search: sizes are taken to grow with quality, and where they do not quite, the result
    may be a little below the best. None if even the lowest is too large.
    """
    low, high = 1, highest
    best = None
    while low <= high:
        middle = (low + high) // 2
        if size(middle) <= limit:
            best, low = middle, middle + 1
        else:
            high = middle - 1
    return best
