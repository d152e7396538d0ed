"""Events on their way out: conclusions always, progress when there is time for it."""

import io
import os
import threading
import time

import pytest

from maquette.protocol.framing import Decoder
from maquette.protocol.messages import (
    Cancelled,
    Event,
    Heartbeat,
    Progress,
    Started,
)
from maquette.worker.channel import PROGRESS_INTERVAL, Channel


def events(data: bytes) -> list[Event]:
    decoder: Decoder[Event] = Decoder(Event)
    return [message for message, _blobs in decoder.feed(data)]


class Sink(io.BytesIO):
    """Keeps what was written after it is closed."""

    def close(self) -> None:
        pass


def progress(step: int, job: str = "a") -> Progress:
    return Progress(job=job, step=step, total=1000)


def test_progress_is_thinned_out_and_the_latest_wins() -> None:
    sink = Sink()
    channel = Channel(sink)
    began = time.monotonic()
    for step in range(1, 101):
        channel.send(progress(step))
        time.sleep(0.002)
    channel.close(5)
    steps = [event.step for event in events(sink.getvalue()) if isinstance(event, Progress)]
    assert steps == sorted(set(steps))
    assert len(steps) <= (time.monotonic() - began) / PROGRESS_INTERVAL + 2
    assert len(steps) >= 2


def test_the_last_progress_arrives_without_a_next_one() -> None:
    sink = Sink()
    channel = Channel(sink)
    channel.send(progress(1))
    channel.send(progress(2))
    deadline = time.monotonic() + 5
    while progress(2) not in events(sink.getvalue()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    channel.close(5)


def test_no_progress_after_a_conclusion_and_no_conclusion_lost() -> None:
    sink = Sink()
    channel = Channel(sink)
    for i in range(50):
        job = str(i)
        channel.send(Started(job=job))
        for step in range(3):
            channel.send(progress(step, job))
        channel.send(Cancelled(job=job))
    channel.close(5)
    seen = events(sink.getvalue())
    concluded: set[str] = set()
    for event in seen:
        if isinstance(event, Cancelled):
            concluded.add(event.job)
        elif isinstance(event, Progress):
            assert event.job not in concluded
    assert [e.job for e in seen if isinstance(e, Cancelled)] == [str(i) for i in range(50)]


def test_nobody_waits_for_a_reader_that_does_not_read() -> None:
    reader, writer = os.pipe()
    channel = Channel(os.fdopen(writer, "wb"))
    big = bytes(4 << 20)  # more than any pipe holds

    def send() -> None:
        channel.send(Started(job="a"), (big,))
        for step in range(50):
            channel.send(progress(step))
        channel.send(Cancelled(job="a"))

    sending = threading.Thread(target=send, daemon=True)
    sending.start()
    sending.join(20)
    assert not sending.is_alive()
    received = bytearray()
    with open(reader, "rb", buffering=0) as stream:
        closing = threading.Thread(target=channel.close, args=(5,))
        closing.start()
        decoder: Decoder[Event] = Decoder(Event)
        seen: list[Event] = []
        while not any(isinstance(event, Cancelled) for event in seen):
            received = stream.read(1 << 20)
            seen += [message for message, _blobs in decoder.feed(received)]
        closing.join()
    assert [type(event) for event in seen] == [Started, Cancelled]


def test_a_reader_that_is_gone_harms_nobody() -> None:
    reader, writer = os.pipe()
    channel = Channel(os.fdopen(writer, "wb"))
    os.close(reader)
    for _ in range(10):
        channel.send(Heartbeat(resident=1))
    channel.close(5)


@pytest.mark.parametrize("count", [8])
def test_frames_from_many_threads_do_not_mix(count: int) -> None:
    sink = Sink()
    channel = Channel(sink)
    threads = [
        threading.Thread(
            target=lambda name=str(i): [channel.send(Started(job=name)) for _ in range(100)]
        )
        for i in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    channel.close(5)
    assert len(events(sink.getvalue())) == 100 * count
