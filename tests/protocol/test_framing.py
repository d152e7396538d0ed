"""Frames: every message survives every slicing, and no bytes can make the decoder misbehave."""

import itertools
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.errors import FailureCode, ProtocolError
from maquette.core.recipe import ModelRef, Recipe, Sampler, StartImage
from maquette.protocol.framing import (
    MAGIC,
    MAX_BLOB,
    MAX_BLOBS,
    MAX_HEADER,
    Decoder,
    encode,
)
from maquette.protocol.messages import (
    Blob,
    Cancel,
    Event,
    Failed,
    Generate,
    Heartbeat,
    Load,
    Progress,
    Request,
    Shutdown,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
RECIPES = st.builds(
    Recipe,
    prompt=TEXT,
    seed=st.integers(0, 2**32 - 1),
    width=st.integers(1, 4096),
    height=st.integers(1, 4096),
    steps=st.integers(1, 150),
    guidance_scale=st.floats(allow_nan=False),
    model=st.builds(ModelRef, id=TEXT),
    sampler=st.sampled_from(Sampler),
    start=st.none() | st.builds(StartImage, digest=TEXT, strength=st.floats(0, 1)),
)
REQUESTS = st.one_of(
    st.builds(Load, model=TEXT),
    st.builds(Cancel, job=TEXT),
    st.just(Shutdown()),
    st.builds(Generate, job=TEXT, record_id=TEXT, recipe=RECIPES),
)
EVENTS = st.one_of(
    st.builds(Heartbeat, resident=st.integers(0, 2**60)),
    st.builds(
        Progress,
        job=TEXT,
        step=st.integers(0, 150),
        total=st.integers(0, 150),
        preview=st.none() | st.builds(Blob, index=st.integers(0, 7)),
    ),
    st.builds(Failed, job=TEXT, code=st.sampled_from(FailureCode), message=TEXT, detail=TEXT),
)
BLOBS = st.lists(st.binary(max_size=300), max_size=MAX_BLOBS)
FRAMES = st.lists(st.tuples(REQUESTS, BLOBS), max_size=5)


def stream(frames: list[tuple[Any, list[bytes]]]) -> bytes:
    return b"".join(bytes(part) for message, blobs in frames for part in encode(message, blobs))


def cut(data: bytes, places: list[int]) -> list[bytes]:
    marks = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(marks)]


@given(FRAMES, st.lists(st.integers(0, 10_000), max_size=20))
def test_messages_arrive_in_any_slicing(
    frames: list[tuple[Any, list[bytes]]], places: list[int]
) -> None:
    decoder: Decoder[Request] = Decoder(Request)
    arrived = [frame for part in cut(stream(frames), places) for frame in decoder.feed(part)]
    assert arrived == frames


@given(FRAMES)
def test_a_reader_fills_the_decoders_own_memory(frames: list[tuple[Any, list[bytes]]]) -> None:
    decoder: Decoder[Request] = Decoder(Request)
    data, arrived = memoryview(stream(frames)), []
    while data:
        space = decoder.space()
        assert len(space) > 0
        count = min(len(space), len(data))
        space[:count] = data[:count]
        data = data[count:]
        frame = decoder.filled(count)
        if frame:
            arrived.append(frame)
    assert arrived == frames


@given(EVENTS, BLOBS)
def test_events_arrive(event: Any, blobs: list[bytes]) -> None:
    assert list(Decoder(Event).feed(stream([(event, blobs)]))) == [(event, blobs)]


@given(st.binary(max_size=400))
def test_noise_is_refused_or_waited_for(noise: bytes) -> None:
    decoder: Decoder[Request] = Decoder(Request)
    try:
        arrived = list(decoder.feed(noise))
    except ProtocolError:
        return
    assert arrived == []


@given(FRAMES.filter(bool), st.integers(0), st.integers(0, 255))
def test_a_broken_byte_never_escapes_as_another_error(
    frames: list[tuple[Any, list[bytes]]], place: int, value: int
) -> None:
    data = bytearray(stream(frames))
    data[place % len(data)] = value
    try:
        for message, _blobs in Decoder(Request).feed(data):
            assert isinstance(message, Request)
    except ProtocolError:
        return


@given(EVENTS)
def test_an_event_is_no_request(event: Any) -> None:
    with pytest.raises(ProtocolError):
        list(Decoder(Request).feed(stream([(event, [])])))


@pytest.mark.parametrize(
    "prefix",
    [
        struct.pack("<4sII", b"MQ02", 1, 0),
        struct.pack("<4sII", MAGIC, MAX_HEADER + 1, 0),
        struct.pack("<4sII", MAGIC, 1, MAX_BLOBS + 1),
        struct.pack("<4sIIQ", MAGIC, 1, 1, MAX_BLOB + 1),
    ],
    ids=["magic", "header", "blobs", "blob"],
)
def test_bounds_are_checked_before_anything_is_allocated(prefix: bytes) -> None:
    with pytest.raises(ProtocolError):
        list(Decoder(Request).feed(prefix))


def test_what_cannot_be_sent_is_said_so() -> None:
    too_long = Failed(job="", code=FailureCode.INTERNAL, message="", detail="x" * (MAX_HEADER + 1))
    with pytest.raises(ProtocolError, match="too large"):
        encode(too_long)
    with pytest.raises(ProtocolError, match="too large"):
        encode(Shutdown(), [b""] * (MAX_BLOBS + 1))
    with pytest.raises(ProtocolError, match="cannot be sent"):
        encode(Load(model="\ud800"))


def test_blobs_are_not_copied_on_their_way_out() -> None:
    blob = bytearray(b"pixels")
    view = encode(Shutdown(), [blob])[1]
    blob[0:1] = b"P"
    assert bytes(view) == b"Pixels"
