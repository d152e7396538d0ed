"""Why a worker ended, in one sentence; how long until the next one."""

import signal

import pytest

from maquette.engine.backoff import FIRST, LONGEST, Backoff
from maquette.engine.crash import crash_sentence


@pytest.mark.parametrize(
    ("status", "log", "words"),
    [
        (-signal.SIGKILL, "", "killed, most likely because the machine ran out of memory"),
        (-signal.SIGSEGV, "", "crashed (SIGSEGV)"),
        (-signal.SIGABRT, "terminate called: std::bad_alloc", "ran out of memory"),
        (-signal.SIGTERM, "", "asked to stop"),
        (-signal.SIGILL, "", "lacks an instruction"),
        (1, "torch.OutOfMemoryError: CUDA out of memory.", "ran out of memory"),
        (1, "RuntimeError: CUDA error: device-side assert", "GPU or its driver"),
        (1, "ModuleNotFoundError: No module named 'torch'", "installation is missing"),
        (3, "", "exit status 3"),
        (-250, "", "signal 250"),
    ],
)
def test_the_sentence_names_the_likely_cause(status: int, log: str, words: str) -> None:
    sentence = crash_sentence(status, (log,))
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_waits_grow_and_shrink_again() -> None:
    backoff = Backoff()
    waits = [backoff.next_wait(0.1, False) for _ in range(10)]
    assert waits[0] == FIRST
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST
    backoff.succeeded()
    assert backoff.next_wait(1.0, True) == FIRST
    assert backoff.next_wait(3600.0, True) == FIRST
