"""Requests waiting in the worker."""

import threading

from maquette.core.recipe import ModelRef, Recipe
from maquette.protocol.messages import (
    Cancel,
    Cancelled,
    Event,
    Generate,
    Live,
    LiveSkipped,
    Load,
    Shutdown,
    StopLive,
)
from maquette.worker.inbox import Inbox


def job(name: str) -> Generate:
    recipe = Recipe(
        prompt="",
        seed=1,
        width=256,
        height=256,
        steps=1,
        guidance_scale=1,
        model=ModelRef("maquette-mini"),
    )
    return Generate(job=name, record_id="", recipe=recipe)


def test_requests_come_out_in_order() -> None:
    inbox = Inbox(lambda _event: None)
    inbox.put(Load(model="m"), [])
    inbox.put(job("a"), [bytearray(b"blob")])
    first, second = inbox.get(), inbox.get()
    assert first
    assert second
    assert isinstance(first[0], Load)
    assert second[:2] == (job("a"), [bytearray(b"blob")])


def test_a_waiting_job_is_answered_at_once() -> None:
    sent: list[Event] = []
    inbox = Inbox(sent.append)
    inbox.put(job("a"), [])
    inbox.put(job("b"), [])
    inbox.put(Cancel(job="a"), [])
    assert sent == [Cancelled(job="a")]
    item = inbox.get()
    assert item
    assert item[0] == job("b")
    assert not item[2].cancelled


def test_a_running_jobs_token_is_set() -> None:
    sent: list[Event] = []
    inbox = Inbox(sent.append)
    inbox.put(job("a"), [])
    item = inbox.get()
    assert item
    inbox.put(Cancel(job="a"), [])
    assert item[2].cancelled
    assert sent == []


def test_a_cancel_that_comes_too_late_or_for_nobody_is_ignored() -> None:
    sent: list[Event] = []
    inbox = Inbox(sent.append)
    inbox.put(job("a"), [])
    item = inbox.get()
    assert item
    inbox.concluded("a")
    inbox.put(Cancel(job="a"), [])
    inbox.put(Cancel(job="nobody"), [])
    assert not item[2].cancelled
    assert sent == []


def test_the_end_stops_what_runs_and_wakes_who_waits() -> None:
    inbox = Inbox(lambda _event: None)
    inbox.put(Load(model="m"), [])
    item = inbox.get()
    assert item
    inbox.put(job("a"), [])
    inbox.put(Shutdown(), [])
    assert item[2].cancelled
    assert inbox.get() is None
    other = Inbox(lambda _event: None)
    got: list[object] = []
    waiter = threading.Thread(target=lambda: got.append(other.get()))
    waiter.start()
    other.end()
    waiter.join(5)
    assert got == [None]


def live(sequence: int) -> Live:
    return Live(sequence=sequence, recipe=job("").recipe)


def test_a_live_picture_goes_before_waiting_jobs_but_not_before_a_load() -> None:
    inbox = Inbox(lambda _event: None)
    inbox.put(Load(model="m"), [])
    inbox.put(job("a"), [])
    inbox.put(live(1), [])
    taken = [inbox.get() for _ in range(3)]
    assert [item[0] for item in taken if item] == [Load(model="m"), live(1), job("a")]


def test_of_live_pictures_only_the_newest_waits() -> None:
    sent: list[Event] = []
    inbox = Inbox(sent.append)
    for sequence in (1, 2, 3):
        inbox.put(live(sequence), [])
    assert sent == [LiveSkipped(sequence=1), LiveSkipped(sequence=2)]
    item = inbox.get()
    assert item
    assert item[0] == live(3)


def test_a_newer_live_picture_stops_the_one_that_is_made() -> None:
    sent: list[Event] = []
    inbox = Inbox(sent.append)
    inbox.put(live(1), [])
    first = inbox.get()
    assert first
    inbox.put(live(2), [])
    assert first[2].cancelled
    assert sent == []  # whoever makes it says so
    second = inbox.get()
    assert second
    assert not second[2].cancelled
    inbox.put(StopLive(), [])
    assert second[2].cancelled
    inbox.put(live(3), [])
    inbox.put(StopLive(), [])
    assert sent == [LiveSkipped(sequence=3)]


def test_a_live_picture_does_not_stop_a_job() -> None:
    inbox = Inbox(lambda _event: None)
    inbox.put(job("a"), [])
    item = inbox.get()
    assert item
    inbox.put(live(1), [])
    inbox.put(StopLive(), [])
    assert not item[2].cancelled


def test_a_flood_of_live_pictures_lets_jobs_through() -> None:
    now = 0.0
    inbox = Inbox(lambda _event: None, lambda: now)
    inbox.put(job("a"), [])
    inbox.put(job("b"), [])
    taken: list[object] = []
    for sequence in range(30):
        inbox.put(live(sequence), [])
        item = inbox.get()
        assert item
        taken.append(item[0])
        now += 0.5
    jobs = [place for place, request in enumerate(taken) if isinstance(request, Generate)]
    assert len(jobs) == 2
    assert all(isinstance(request, Live) for request in taken[:10])
    assert jobs[1] - jobs[0] > 5  # and live pictures come between two jobs


def test_the_end_stops_a_live_picture() -> None:
    inbox = Inbox(lambda _event: None)
    inbox.put(live(1), [])
    item = inbox.get()
    assert item
    inbox.put(live(2), [])
    inbox.put(Shutdown(), [])
    assert item[2].cancelled
    assert inbox.get() is None
