"""Error correction: a tail-biting convolutional code of rate 1/4, decoded from soft bits.

Generators (463, 535, 733, 745) in octal, constraint length 9, free distance 24 (Larsen, "Short
convolutional codes with maximal free distance", IEEE Trans. Inf. Theory 19, 1973). Tail-biting
(Ma and Wolf, IEEE Trans. Commun. 34, 1986) spends no bits on the end. Decoding is the Viterbi
algorithm run around the circle, of which the settled turn is kept. It is our own because the
libraries decode hard bits, or are GPL: soft bits are worth more than twice the noise.
"""

import numpy as np
import numpy.typing as npt

RATE = 4
_GENERATORS = (0o463, 0o535, 0o733, 0o745)
_MEMORY = 8
_STATES = 1 << _MEMORY
_SETTLING = 32  # steps after which survivors have merged: four times the memory


def encode(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """The code word of `bits` (n zeros and ones), as n * RATE values of -1 (0) and 1 (1)."""
    register = int("".join(map(str, bits[-_MEMORY:])), 2)
    words = np.empty(len(bits), np.int64)
    for place, bit in enumerate(bits):
        words[place] = register << 1 | int(bit)
        register = int(words[place]) & (_STATES - 1)
    return _outputs()[words].reshape(-1)


def decode(soft: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    """The most likely bits for `soft` (n * RATE values, positive for 1; the scale is free)."""
    gains = soft.reshape(-1, RATE).astype(np.float32) @ _outputs().T
    count = len(gains)
    steps = count + 2 * _SETTLING
    states = np.arange(_STATES)
    before, other = states >> 1, (states | _STATES) >> 1
    metric = np.zeros(_STATES, np.float32)
    took_other = np.empty((steps, _STATES), bool)
    for step in range(steps):
        gain = gains[(step - _SETTLING) % count]
        stay, change = metric[before] + gain[:_STATES], metric[other] + gain[_STATES:]
        np.greater(change, stay, out=took_other[step])
        metric = np.maximum(stay, change)
    state = int(metric.argmax())
    bits = np.empty(steps, np.uint8)
    for step in range(steps - 1, -1, -1):
        bits[step] = state & 1
        state = (state | _STATES if took_other[step, state] else state) >> 1
    return bits[_SETTLING : _SETTLING + count]


def _outputs() -> npt.NDArray[np.float32]:
    """What each content of the register (memory and newest bit) sends: shape (512, RATE)."""
    registers = np.arange(2 * _STATES)[:, None] & np.array(_GENERATORS)
    return np.where(np.bitwise_count(registers) & 1, np.float32(1), np.float32(-1))
