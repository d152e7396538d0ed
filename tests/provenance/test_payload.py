"""The code a watermark carries: ids survive flipped bits, and chance is no id."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.provenance.payload import CODE_BITS, CORRECTABLE, from_code, to_code

record_ids = st.integers(0, 2**32 - 1).map(lambda number: f"{number:08X}")


@given(record_ids, st.lists(st.integers(0, CODE_BITS - 1), max_size=CORRECTABLE, unique=True))
def test_an_id_is_read_back_through_ten_flipped_bits(record_id: str, flipped: list[int]) -> None:
    bits = to_code(record_id)
    bits[flipped] ^= 1
    assert from_code(bits[None]) == (record_id, len(flipped))


def test_random_bits_are_no_id() -> None:
    words = np.random.default_rng(1).integers(0, 2, (20_000, CODE_BITS), dtype=np.uint8)
    assert [from_code(part) for part in np.array_split(words, 100)] == [None] * 100


@pytest.mark.parametrize("bit", [0, 1])
def test_a_run_of_equal_bits_is_no_id(bit: int) -> None:
    assert from_code(np.full((1, CODE_BITS), bit, np.uint8)) is None


def test_half_of_the_bits_flipped_is_no_id() -> None:
    bits = to_code("7F3A91C2")
    bits[::2] ^= 1
    assert from_code(bits[None]) is None


@pytest.mark.parametrize("wrong", ["", "7F3A", "7F3A91C2FF", "not hex!"])
def test_what_is_no_record_id_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        to_code(wrong)


def test_of_several_words_the_cleanest_counts() -> None:
    worse, better = to_code("0BADF00D"), to_code("7F3A91C2")
    worse[:3] ^= 1
    better[:2] ^= 1
    assert from_code(np.stack([worse, better])) == ("7F3A91C2", 2)
