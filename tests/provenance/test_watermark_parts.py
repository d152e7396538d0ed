"""The parts of the watermark: payload, error correction, and the shape of the mark."""

import hashlib

import numpy as np
import pytest

from maquette.provenance.watermark.convolution import RATE, decode, encode
from maquette.provenance.watermark.lattice import CODED_BITS, Lattice, tiles_along
from maquette.provenance.watermark.payload import BITS, Payload, pack, unpack


def test_a_payload_is_64_bits_and_comes_back() -> None:
    payload = Payload("7F3A91C2", 5)
    bits = pack(payload)
    assert bits.shape == (BITS,)
    assert unpack(bits) == payload


def test_any_changed_bit_is_noticed() -> None:
    bits = pack(Payload("00000001"))
    for place in range(BITS):
        changed = bits.copy()
        changed[place] ^= 1
        assert unpack(changed) is None


def test_random_bits_are_no_payload() -> None:
    random = np.random.default_rng(1)
    assert all(unpack(random.integers(0, 2, BITS, dtype=np.uint8)) is None for _ in range(5000))


@pytest.mark.parametrize("wrong", [Payload("7F3A"), Payload("7F3A91C2", 16), Payload("GGGGGGGG")])
def test_what_does_not_fit_is_refused(wrong: Payload) -> None:
    with pytest.raises(ValueError, match=r"payload|hexadecimal"):
        pack(wrong)


def test_the_code_corrects_what_hard_decisions_cannot() -> None:
    random = np.random.default_rng(2)
    right, hard_errors = 0, 0.0
    for _ in range(50):
        bits = random.integers(0, 2, BITS, dtype=np.uint8)
        word = encode(bits)
        soft = word + random.normal(0, 1.1, len(word))
        hard_errors += float(np.mean(np.sign(soft) != word)) / 50
        right += np.array_equal(decode(soft), bits)
    assert hard_errors > 0.17
    assert right >= 45


def test_the_code_has_no_weak_end() -> None:
    bits = np.zeros(BITS, np.uint8)
    for place in range(BITS):
        changed = bits.copy()
        changed[place] = 1
        assert np.sum(encode(changed) != encode(bits)) >= 24


def test_every_coded_bit_has_its_places_in_every_part_of_the_band() -> None:
    lattice = Lattice()
    word = encode(pack(Payload("7F3A91C2")))
    values = lattice.amplitudes(word, 1.0)
    agreement, data = lattice.in_phase(values, 0, 0)
    assert (agreement > 0).all()
    assert (np.sign(lattice.soft_bits(agreement, data)) == word).all()
    assert len(word) == CODED_BITS == BITS * RATE
    fine = lattice.rings[1] >= 3  # what JPEG takes first
    assert (np.sign(lattice.soft_bits(agreement, np.where(fine[:, None], 0, data))) == word).all()


def test_a_shifted_tile_is_brought_back_in_phase() -> None:
    lattice = Lattice()
    word = encode(pack(Payload("7F3A91C2")))
    across, down = 0.37, -0.21
    moved = lattice.amplitudes(word, 1.0) * np.exp(
        -2j * np.pi * (lattice.points @ np.array([across, down]))
    )
    agreement, data = lattice.in_phase(moved.astype(np.complex64), across, down)
    assert (np.sign(lattice.soft_bits(agreement, data)) == word).all()


def test_the_format_has_not_changed() -> None:
    """Every picture marked so far is lost to a lattice that differs in one sign."""
    lattice = Lattice()
    values = lattice.amplitudes(encode(pack(Payload("7F3A91C2", 3))), 1.0)
    shape = np.concatenate([lattice.points.ravel(), np.rint(values.view(np.float32) * 100)])
    digest = hashlib.sha256(shape.astype("<i4").tobytes()).hexdigest()
    assert digest == "2f3788b6634f8a30d81e6a2a1024ddc4ff3375026ce6356b3d2d5768737a13b0"
    assert [round(tiles_along(side), 3) for side in (256, 512, 1024, 4096)] == [2.828, 4, 5.657, 8]
