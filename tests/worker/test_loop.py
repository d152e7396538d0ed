"""Requests become events, with a fake maker: every job ends exactly once, whatever happens."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

import msgspec
import numpy as np
import pytest
from PIL import Image

from maquette.core.control import Control, ControlKind
from maquette.core.errors import (
    FailureCode,
    ImageError,
    JobCancelled,
    JobFailed,
    ModelError,
    RecipeError,
)
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileEncoding, FileFormat, Marking
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.recipe import ModelRef, Recipe, StartImage
from maquette.core.record import Record, record_id_for
from maquette.protocol.messages import (
    Blob,
    Cancelled,
    Event,
    Failed,
    Finished,
    Generate,
    Live,
    LiveFailed,
    LivePicture,
    LiveSkipped,
    Load,
    Loaded,
    Loading,
    Progress,
    Started,
)
from maquette.provenance.manifest.claim import Parent
from maquette.provenance.seal import Sealed
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import embed
from maquette.worker.cancel import CancelToken
from maquette.worker.loop import WorkerLoop
from maquette.worker.made import Made

RECIPE = Recipe(
    prompt="a mug",
    seed=1,
    width=256,
    height=256,
    steps=2,
    guidance_scale=1,
    model=ModelRef("model"),
)
CONCLUSIONS = (Finished, Cancelled, Failed)


class FakeMaker:
    """Loads all but "broken" and "lost"; makes black pictures, or raises what it is told to."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.error: BaseException | None = None
        self.pixels: np.ndarray | None = None
        self.images: dict[str, np.ndarray] = {}

    def load(self, model: str, token: CancelToken, report: Callable[..., None]) -> ModelInfo:
        report("Loading", 0.5)
        token.check()
        if model == "broken":
            raise ModelError("It is broken.")
        if model == "lost":
            raise JobFailed("The GPU failed.", FailureCode.DEVICE)
        self.loaded.append(model)
        return ModelInfo(id=model, name=model, family=ModelFamily.SD1)

    def make(
        self, recipe: Recipe, start: Any, token: CancelToken, on_step: Any, images: Any = ()
    ) -> Made:
        for step in (1, 2):
            token.check()
            on_step(step, 2, lambda: np.zeros((4, 4, 3), np.uint8))
        if self.error:
            raise self.error
        self.images = images
        pixels = self.pixels
        if pixels is None:
            pixels = np.zeros((recipe.height, recipe.width, 3), np.uint8)
        return Made(pixels, recipe, ("Note.",))


class FakeOutlet:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self.blobs: list[Sequence[Any]] = []
        self.due = True

    def send(self, event: Event, blobs: Sequence[Any] = ()) -> None:
        self.events.append(event)
        self.blobs.append(blobs)

    def wants_progress(self) -> bool:
        return self.due


def fake_seal(pixels: np.ndarray, record: Record, marking: Marking, **_options: Any) -> Sealed:
    return Sealed(
        file=b"file" if marking.write_recipe else b"bare",
        record=record,
        mark=MarkResult(preset="standard", verified=True, robust=True, psnr=46.0, strength=1.0),
        manifest=b"manifest" if marking.sign else b"",
        notices=("Sealed.",),
    )


class Bench:
    """A loop with fakes around it."""

    def __init__(self, seal: Callable[..., Sealed] = fake_seal) -> None:
        self.maker, self.outlet = FakeMaker(), FakeOutlet()
        self.concluded: list[str] = []
        self.loop = WorkerLoop(self.maker, self.outlet, seal, self.concluded.append)

    def handle(self, request: Any, blobs: Sequence[Any] = (), cancelled: bool = False) -> Self:
        token = CancelToken()
        if cancelled:
            token.cancel()
        self.loop.handle(request, blobs, token)
        return self

    def events(self) -> list[Event]:
        self.loop.close()
        return self.outlet.events


def generate(job: str = "job", **changes: Any) -> Generate:
    options = {"start": changes.pop("blob", None), "preview": changes.pop("preview", True)}
    recipe = msgspec.structs.replace(RECIPE, **changes)
    return Generate(job=job, record_id="12345678", recipe=recipe, **options)


def conclusions(events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, CONCLUSIONS)]


def test_a_load_is_told_in_stages() -> None:
    events = Bench().handle(Load(model="model")).events()
    assert [type(event) for event in events] == [Loading, Loaded]


def test_a_failed_load_is_told_without_a_job() -> None:
    events = Bench().handle(Load(model="broken")).events()
    assert events[-1] == Failed(job="", code=FailureCode.MODEL, message="It is broken.")


def test_a_job_loads_its_model_once() -> None:
    bench = Bench()
    bench.handle(generate("a")).handle(generate("b"))
    bench.handle(generate("c", model=ModelRef("other")))
    bench.events()
    assert bench.maker.loaded == ["model", "other"]


def test_a_job_goes_from_started_to_finished() -> None:
    bench = Bench().handle(Load(model="model")).handle(generate())
    events = bench.events()[2:]
    assert [type(event) for event in events] == [Started, Progress, Progress, Finished]
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.notices == ("Note.", "Sealed.")
    assert finished.record.id == "12345678"
    assert (finished.record.width, finished.record.height) == (256, 256)
    assert bench.outlet.blobs[-1][finished.file.index] == b"file"
    progress = events[1]
    assert isinstance(progress, Progress)
    assert progress.preview == Blob(0, (4, 4, 3))
    assert bench.concluded == ["", "job"]


def test_a_preview_nobody_waits_for_is_not_made() -> None:
    bench = Bench()
    bench.outlet.due = False
    events = bench.handle(generate()).events()
    bench_off = Bench().handle(generate(preview=False)).events()
    for progress in (e for e in events + bench_off if isinstance(e, Progress)):
        assert progress.preview is None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RecipeError("Bad width.", "width"), FailureCode.BAD_INPUT),
        (ModelError("Bad model."), FailureCode.MODEL),
        (JobFailed("No memory.", FailureCode.OUT_OF_MEMORY), FailureCode.OUT_OF_MEMORY),
        (ZeroDivisionError("division by zero"), FailureCode.INTERNAL),
        (RuntimeError(""), FailureCode.INTERNAL),
    ],
)
def test_errors_become_one_failure_and_the_next_job_succeeds(
    error: Exception, code: FailureCode
) -> None:
    bench = Bench()
    bench.maker.error = error
    bench.handle(generate("bad"))
    bench.maker.error = None
    ends = conclusions(bench.handle(generate("good")).events())
    assert [type(event) for event in ends] == [Failed, Finished]
    failed = ends[0]
    assert isinstance(failed, Failed)
    assert (failed.job, failed.code) == ("bad", code)
    assert failed.message.endswith(".")
    assert "\n" not in failed.message


def test_a_device_that_is_lost_while_a_model_loads_ends_the_process() -> None:
    bench = Bench()
    (event,) = bench.handle(Load("lost")).events()[1:]
    assert event == Failed(job="", code=FailureCode.DEVICE, message="The GPU failed.")
    assert bench.loop.device_lost


def test_a_lost_device_ends_the_process_after_the_job_is_told() -> None:
    bench = Bench()
    bench.maker.error = JobFailed("The GPU failed.", FailureCode.DEVICE)
    bench.handle(generate())
    assert bench.loop.device_lost
    assert [type(event) for event in conclusions(bench.events())] == [Failed]


def test_cancelled_before_during_and_after_making() -> None:
    before = Bench().handle(generate(), cancelled=True).events()
    assert before == [Cancelled(job="job")]
    during = Bench()
    during.maker.error = JobCancelled("")
    assert conclusions(during.handle(generate()).events()) == [Cancelled(job="job")]
    token = CancelToken()

    def cancelling_seal(*arguments: Any, **options: Any) -> Sealed:
        token.cancel()
        return fake_seal(*arguments, **options)

    after = Bench(cancelling_seal)
    after.loop.handle(generate(), (), token)
    assert conclusions(after.events()) == [Cancelled(job="job")]


def test_a_broken_seal_fails_the_job_only() -> None:
    def broken_seal(*_arguments: Any, **_options: Any) -> Sealed:
        raise OSError("no")

    ends = conclusions(Bench(broken_seal).handle(generate("a")).handle(generate("b")).events())
    assert [(type(event), event.code) for event in ends] == [(Failed, FailureCode.MARK)] * 2


def test_the_next_job_runs_while_the_last_is_sealed() -> None:
    go_on = threading.Event()

    def slow_seal(*arguments: Any, **options: Any) -> Sealed:
        assert go_on.wait(10)
        return fake_seal(*arguments, **options)

    bench = Bench(slow_seal)
    bench.handle(generate("a")).handle(generate("b"))
    assert Started(job="b") in bench.outlet.events
    assert conclusions(bench.outlet.events) == []
    go_on.set()
    ends = conclusions(bench.events())
    assert [event.job for event in ends] == ["a", "b"]


PIXELS = bytes(256 * 256 * 3)


@pytest.mark.parametrize(
    ("start", "blob", "blobs"),
    [
        (StartImage("", 0.5), None, ()),
        (None, Blob(0, (256, 256, 3)), (PIXELS,)),
        (StartImage("", 0.5), Blob(1, (256, 256, 3)), (PIXELS,)),
        (StartImage("", 0.5), Blob(-1, (256, 256, 3)), (PIXELS,)),
        (StartImage("", 0.5), Blob(0, (256, 256, 4)), (PIXELS,)),
        (StartImage("", 0.5), Blob(0, (256, 256, 3)), (PIXELS[:-1],)),
    ],
)
def test_a_start_image_that_does_not_fit_is_refused(start: Any, blob: Any, blobs: Any) -> None:
    ends = conclusions(Bench().handle(generate(start=start, blob=blob), blobs).events())
    assert len(ends) == 1
    assert isinstance(ends[0], Failed)
    assert ends[0].code == FailureCode.BAD_INPUT


def test_a_start_image_reaches_the_maker() -> None:
    request = generate(start=StartImage("", 0.5), blob=Blob(0, (256, 256, 3)))
    ends = conclusions(Bench().handle(request, (PIXELS,)).events())
    assert isinstance(ends[0], Finished)
    assert ends[0].record.recipe == request.recipe
    assert time.strptime(ends[0].record.created, "%Y-%m-%dT%H:%M:%S+00:00")


def test_the_file_of_a_start_image_and_the_format_reach_the_seal() -> None:
    given: list[dict[str, Any]] = []

    def noting_seal(*arguments: Any, **options: Any) -> Sealed:
        given.append(options)
        return fake_seal(*arguments, **options)

    request = generate(start=StartImage("", 0.5), blob=Blob(0, (256, 256, 3)))
    with_file = msgspec.structs.replace(
        request, start_file=Blob(1), encoding=FileEncoding(FileFormat.WEBP, 80)
    )
    bench = Bench(noting_seal).handle(request, (PIXELS,))
    bench.handle(with_file, (PIXELS, bytearray(b"\xff\xd8\xff a photo")))
    bench.handle(msgspec.structs.replace(with_file, start_file=Blob(7)), (PIXELS,))
    assert len(conclusions(bench.events())) == 3
    assert [options["parent"] for options in given] == [
        None,
        Parent(b"\xff\xd8\xff a photo", "image/jpeg"),
        None,
    ]
    assert given[0]["file_format"] is FileFormat.PNG
    assert (given[1]["file_format"], given[1]["quality"]) == (FileFormat.WEBP, 80)


def test_a_format_that_cannot_hold_the_picture_is_told() -> None:
    def refuse(*_arguments: Any, **_options: Any) -> Sealed:
        raise ImageError("The quality must be between 1 and 100, not 0.")

    (end,) = conclusions(Bench(refuse).handle(generate()).events())
    assert isinstance(end, Failed)
    assert (end.code, end.message) == (
        FailureCode.BAD_INPUT,
        "The quality must be between 1 and 100, not 0.",
    )


def test_a_start_image_is_recognised_by_its_watermark() -> None:
    random = np.random.default_rng(3)
    coarse = Image.fromarray(random.integers(60, 200, (16, 16, 3), dtype=np.uint8))
    pixels = embed(np.asarray(coarse.resize((256, 256))), "7F3A91C2").pixels
    told = StartImage("ab" * 32, 0.5, record="0BADF00D")  # by a text of its file
    unmarked = StartImage("cd" * 32, 0.5, record="0BADF00D")
    bench = Bench().handle(generate(start=told, blob=Blob(0, pixels.shape)), (pixels.tobytes(),))
    bench.handle(generate(start=unmarked, blob=Blob(0, pixels.shape)), (PIXELS,))
    ends = conclusions(bench.events())
    assert all(isinstance(end, Finished) for end in ends)
    records = [end.record.recipe.start for end in ends if isinstance(end, Finished)]
    assert [start.record for start in records if start] == ["7F3A91C2", "0BADF00D"]


def live(**changes: Any) -> Live:
    options = {"start": changes.pop("blob", None), "images": changes.pop("images", ())}
    return Live(sequence=5, recipe=msgspec.structs.replace(RECIPE, **changes), **options)


SKETCH = np.full((256, 256, 3), 255, np.uint8)
CONTROL = Control(ControlKind.SKETCH, "ab" * 32, weights="cd" * 32)
RGB = Blob(0, (256, 256, 3))


def test_a_live_picture_is_marked_and_leaves_no_record() -> None:
    bench = Bench().handle(live())
    bench.handle(live(model=ModelRef("other")))
    events = bench.events()
    assert [type(event) for event in events] == [
        Loading,
        Loaded,
        LivePicture,
        Loading,
        Loaded,
        LivePicture,
    ]
    made = events[2]
    assert isinstance(made, LivePicture)
    assert (made.sequence, made.picture.shape) == (5, (256, 256, 3))
    assert made.notices == ("Note.",)
    assert {"mark", "total"} <= set(made.seconds)


def test_a_live_pictures_mark_is_found_in_a_screenshot() -> None:
    random = np.random.default_rng(3)
    coarse = Image.fromarray(random.integers(60, 200, (16, 16, 3), dtype=np.uint8))
    pixels = np.asarray(coarse.resize((256, 256)))
    bench = Bench()
    bench.maker.pixels = pixels
    bench.handle(live())
    (blob,) = bench.outlet.blobs[-1]
    shown = np.frombuffer(blob, np.uint8).reshape(256, 256, 3)
    found = detect(shown, thorough=False)
    assert found
    assert found.record_id == record_id_for(RECIPE)
    assert np.abs(shown.astype(int) - pixels).mean() < 3


@pytest.mark.parametrize(
    ("error", "answer"),
    [(JobCancelled(""), LiveSkipped), (RecipeError("Bad.", "width"), LiveFailed)],
)
def test_a_live_picture_that_does_not_come_is_answered_once(
    error: Exception, answer: type[Event]
) -> None:
    bench = Bench()
    bench.maker.error = error
    events = bench.handle(live()).handle(live(), cancelled=True).events()
    told = [event for event in events if not isinstance(event, Loading | Loaded)]
    assert [type(event) for event in told] == [answer, LiveSkipped]
    assert not bench.loop.device_lost


def test_a_model_that_cannot_be_loaded_fails_the_live_picture() -> None:
    (event,) = Bench().handle(live(model=ModelRef("broken"))).events()[1:]
    assert event == LiveFailed(sequence=5, code=FailureCode.MODEL, message="It is broken.")


def test_a_device_that_is_lost_in_live_mode_ends_the_process() -> None:
    bench = Bench()
    bench.maker.error = JobFailed("The GPU failed.", FailureCode.DEVICE)
    assert bench.handle(live()).loop.device_lost


@pytest.mark.parametrize(
    ("images", "blobs"),
    [
        ((), ()),
        ((RGB,), (PIXELS,)),
        ((RGB, Blob(1, (256, 256, 3))), (PIXELS,)),
        ((RGB, Blob(1, (256, 255, 3))), (PIXELS, PIXELS)),
        ((RGB, RGB, RGB), (PIXELS,)),
        ((RGB, Blob(1, (256, 256, 3))), (PIXELS, PIXELS[:-3])),
    ],
)
def test_images_that_do_not_fit_the_recipe_are_refused(images: Any, blobs: Any) -> None:
    request = msgspec.structs.replace(generate(controls=(CONTROL,)), images=images)
    bench = Bench().handle(request, blobs).handle(live(controls=(CONTROL,), images=images), blobs)
    failed = [event for event in bench.events() if isinstance(event, Failed | LiveFailed)]
    assert [event.code for event in failed] == [FailureCode.BAD_INPUT] * 2


def test_images_reach_the_maker_by_digest() -> None:
    images = (RGB, Blob(1, (256, 256, 3)))
    request = msgspec.structs.replace(generate(controls=(CONTROL,)), images=images)
    bench = Bench().handle(request, (SKETCH.data, PIXELS))
    assert len(conclusions(bench.events())) == 1
    assert list(bench.maker.images) == [CONTROL.digest, CONTROL.weights]
    assert np.array_equal(bench.maker.images[CONTROL.digest], SKETCH)
    assert not bench.maker.images[CONTROL.weights].any()
