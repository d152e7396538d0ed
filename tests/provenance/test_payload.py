"""The code a watermark carries: ids survive damage, and chance is no id."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.provenance.payload import CAPACITY, CODE_BITS, Bits, from_code, to_code

BYTES = CODE_BITS // 8
record_ids = st.integers(0, 2**32 - 1).map(lambda number: f"{number:08X}")


def scores_of(bits: Bits) -> np.ndarray:
    """One reading in which every bit is equally sure."""
    return (bits * 2.0 - 1.0)[None]


@given(record_ids)
def test_an_undamaged_id_is_read_without_effort(record_id: str) -> None:
    reading = from_code(scores_of(to_code(record_id)))
    assert reading is not None
    assert (reading.record_id, reading.effort) == (record_id, 0)


@given(record_ids, st.sets(st.integers(0, BYTES - 1), max_size=CAPACITY // 2), st.data())
def test_any_four_damaged_bytes_are_corrected(
    record_id: str, damaged: set[int], data: st.DataObject
) -> None:
    bits = to_code(record_id).reshape(BYTES, 8)
    for place in damaged:
        flipped = data.draw(st.integers(1, 255))
        bits[place] ^= np.unpackbits(np.array([flipped], np.uint8))
    reading = from_code(scores_of(bits.reshape(-1)))
    assert reading is not None
    assert (reading.record_id, reading.effort) == (record_id, 2 * len(damaged))


def test_six_wrong_bytes_are_corrected_if_they_were_unsure() -> None:
    scores = scores_of(to_code("7F3A91C2")).reshape(BYTES, 8)
    scores[3:9, 5] *= -0.1
    reading = from_code(scores.reshape(1, -1))
    assert reading is not None
    assert reading.record_id == "7F3A91C2"


def test_random_readings_are_no_id() -> None:
    random = np.random.default_rng(1)
    for _ in range(200):
        assert from_code(random.normal(size=(5, CODE_BITS))) is None


@pytest.mark.parametrize("bit", [0, 1])
def test_a_run_of_equal_bits_is_no_id(bit: int) -> None:
    assert from_code(scores_of(np.full(CODE_BITS, bit, np.uint8))) is None


def test_half_of_the_bits_flipped_is_no_id() -> None:
    bits = to_code("7F3A91C2")
    bits[::2] ^= 1
    assert from_code(scores_of(bits)) is None


def test_of_several_readings_the_surest_counts() -> None:
    unsure, sure = scores_of(to_code("0BADF00D")), 3 * scores_of(to_code("7F3A91C2"))
    reading = from_code(np.vstack([unsure, sure]))
    assert reading is not None
    assert reading.record_id == "7F3A91C2"


@pytest.mark.parametrize("wrong", ["", "7F3A", "7F3A91C2FF", "not hex!"])
def test_what_is_no_record_id_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        to_code(wrong)
