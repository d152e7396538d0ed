"""What a table of words is, and the draw of one word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

Words = Mapping[str, tuple[str, ...]]
"""The words for every value of an attribute, the plainest first."""


def pick(rng: np.random.Generator, words: Sequence[str]) -> str:
    """One of `words`; the plain first one more often than the others."""
    return words[0] if rng.random() < 0.35 else words[int(rng.integers(len(words)))]
