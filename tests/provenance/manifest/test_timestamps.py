"""An authority that fails is left alone for a while, and told of once."""

from maquette.provenance.manifest.timestamps import PAUSE, Timestamps

URL = "http://ts.example"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0  # a computer that was just started

    def __call__(self) -> float:
        return self.now


def test_an_authority_is_asked_until_it_fails_and_again_after_five_minutes() -> None:
    clock = Clock()
    timestamps = Timestamps(clock)
    assert timestamps.may_ask(URL)
    timestamps.failed(URL)
    assert not timestamps.may_ask(URL)
    assert timestamps.may_ask("http://other.example")
    clock.now = PAUSE - 1
    assert not timestamps.may_ask(URL)
    clock.now = PAUSE
    assert timestamps.may_ask(URL)


def test_an_outage_is_told_once_and_the_next_one_again() -> None:
    timestamps = Timestamps(Clock())
    assert timestamps.failed(URL)
    assert not timestamps.failed(URL)
    timestamps.answered(URL)
    assert timestamps.may_ask(URL)
    assert timestamps.failed(URL)
