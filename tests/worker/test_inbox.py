"""Requests waiting in the worker."""

import threading

from maquette.core.recipe import ModelRef, Recipe
from maquette.protocol.messages import Cancel, Cancelled, Event, Generate, Load, Shutdown
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
