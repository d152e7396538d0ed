"""A window with a fake engine behind the real queue, on qasync's event loop."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from maquette.core.control import ControlKind
from maquette.core.errors import JobCancelled, MaquetteError, ModelError, SigningError
from maquette.core.export_preset import Rendition
from maquette.core.fidelity import Fidelity
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import (
    DEFAULT_ENCODING,
    DEFAULT_MARKING,
    FileEncoding,
    Marking,
)
from maquette.core.model_info import BUILT_IN, ModelFamily, ModelInfo
from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Mark, MarkKind, Record, SourceType, record_id_for
from maquette.core.report import Evidence, Outcome, Report, Source, Verdict
from maquette.core.settings import Settings
from maquette.core.signer_info import SignerInfo
from maquette.core.start import Start
from maquette.core.training import FoundPicture, StyleKind, TrainingReport
from maquette.engine.client import EngineClient, MadeImage
from maquette.engine.live_calls import LiveMade
from maquette.engine.marker import ComparedSketch, ExportedFile
from maquette.engine.marker_pool import MarkerPool
from maquette.engine.queue import JobQueue
from maquette.engine.status import EnginePhase, EngineStatus
from maquette.engine.trainer import OnNews
from maquette.gui.language import Language
from maquette.gui.main_window import MainWindow
from maquette.gui.theme import apply_theme, prepare
from maquette.library.queue.store import QueueStore
from maquette.protocol.messages import Device
from maquette.protocol.trainer_messages import TrainerNews
from maquette.provenance.encoding import encode
from maquette.provenance.texts import texts_of
from maquette.state.batch_exports import ExportParts
from maquette.state.library import LibraryFiles
from maquette.state.pictures import fit_pixels, read_pixels
from maquette.state.results import Results
from maquette.state.saving import Saver
from maquette.state.studio import Studio

T = TypeVar("T")

MODEL = ModelInfo(
    id=BUILT_IN,
    name="Maquette Mini",
    family=ModelFamily.MINI,
    latent_factor=16,
    sizes=((256, 256), (256, 320), (320, 256)),
    default_size=(256, 256),
    default_steps=4,
    default_guidance=4.0,
    languages=("en", "zh"),
    controls=(ControlKind.SKETCH,),
)

DEVICE = Device("cpu", "test", "fp32", 8 << 30, "a test")


@pytest.fixture(autouse=True, scope="session")
def emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """What was copied goes while Python lives: Qt would destroy its wrapper after, and crash."""
    yield
    qapp.clipboard().clear()


class Driver:
    """Runs the event loop from synchronous tests.

    The loop counts as running between calls too: Qt's events, which pytest-qt lets happen there,
    step asyncio's tasks, and those look for their loop.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        asyncio._set_running_loop(loop)

    def run(self, work: Coroutine[Any, Any, T], timeout: float = 20.0) -> T:
        task = self.loop.create_task(asyncio.wait_for(work, timeout))
        task.add_done_callback(lambda _task: self.loop.stop())
        asyncio._set_running_loop(None)
        self.loop.run_forever()
        asyncio._set_running_loop(self.loop)
        return task.result()

    def until(self, reached: Callable[[], object], timeout: float = 20.0) -> None:
        """Let events happen until `reached()` is true."""

        async def wait() -> None:
            while not reached():
                await asyncio.sleep(0.005)

        try:
            self.run(wait(), timeout)
        except TimeoutError:
            pytest.fail(f"not reached within {timeout} s")

    def settle(self, seconds: float = 0.05) -> None:
        self.run(asyncio.sleep(seconds))


class FakeClient:
    """An engine without a process: pictures are flat colours drawn from the seed.

    While `hold` is set, a job waits before each step until `let_go`. An error in `failures` is
    raised by the next job.
    """

    def __init__(self) -> None:
        self.status = EngineStatus(EnginePhase.READY, device=DEVICE, model=MODEL, resident=1 << 30)
        self.failures: list[MaquetteError] = []
        self.loaded: list[str] = []
        self.restarts: list[tuple[str, str]] = []
        self.asked: list[Recipe] = []
        self.starts: list[Start | None] = []
        self.images: list[dict[str, Pixels]] = []
        self.markings: list[Marking] = []
        self.live_asked: list[tuple[Recipe, bool]] = []
        self.live_failures: list[MaquetteError] = []
        self.live_seconds = 0.0
        self._live_newest = 0
        self.hold_at: int | None = None
        self._cancelled: set[str] = set()
        self._listeners: list[Callable[[EngineStatus], None]] = []

    def subscribe(self, listener: Callable[[EngineStatus], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def show(self, **changes: Any) -> None:
        self.status = msgspec.structs.replace(self.status, **changes)
        for listener in tuple(self._listeners):
            listener(self.status)

    async def load(self, model: str) -> ModelInfo:
        self.loaded.append(model)
        if model != BUILT_IN:
            raise ModelError("The fake engine has one model only; choose that one.")
        return MODEL

    async def restart(self, *, device: str, precision: str) -> None:
        self.restarts.append((device, precision))

    async def rest(self, message: str) -> None:
        self.show(phase=EnginePhase.RESTING, message=message, device=None)

    async def wake(self) -> None:
        if self.status.phase is EnginePhase.RESTING:
            self.show(phase=EnginePhase.READY, message="", device=DEVICE)

    async def generate(
        self,
        job: str,
        record_id: str,
        recipe: Recipe,
        *,
        start: Start | None = None,
        images: Mapping[str, Pixels] | None = None,
        marking: Marking = DEFAULT_MARKING,
        encoding: FileEncoding = DEFAULT_ENCODING,
        preview: bool = True,
        on_started: Callable[[], None] | None = None,
        on_progress: Callable[[int, int, Pixels | None], None] | None = None,
    ) -> MadeImage:
        self.asked.append(recipe)
        self.starts.append(start)
        self.images.append(dict(images or {}))
        self.markings.append(marking)
        await asyncio.sleep(0)
        if on_started:
            on_started()
        for step in range(1, recipe.steps + 1):
            while self.hold_at is not None and step > self.hold_at:
                self._check(job)
                await asyncio.sleep(0.002)
            await asyncio.sleep(0)
            self._check(job)
            if self.failures:
                raise self.failures.pop(0)
            small = flat(recipe, 16, 16, 255 * step // recipe.steps)
            if on_progress:
                on_progress(step, recipe.steps, small if preview else None)
        record = record_of(recipe, record_id)
        pixels = flat(recipe, recipe.height, recipe.width)
        return MadeImage(record, file_of(pixels, record, marking, encoding), MARK)

    def cancel(self, job: str) -> None:
        self._cancelled.add(job)

    async def live(
        self,
        recipe: Recipe,
        *,
        start: Start | None = None,
        images: Mapping[str, Pixels] | None = None,
        refine: bool = False,
    ) -> LiveMade | None:
        """A flat picture after `live_seconds`, unless a newer one is asked for meanwhile."""
        self.live_asked.append((recipe, refine))
        self._live_newest += 1
        mine, ends = self._live_newest, time.monotonic() + self.live_seconds
        while time.monotonic() < ends and mine == self._live_newest:
            await asyncio.sleep(0.002)
        if mine != self._live_newest:
            return None
        if self.live_failures:
            raise self.live_failures.pop(0)
        fidelity = Fidelity(0.9, 0.9, 0.9) if refine else None
        return LiveMade(recipe, flat(recipe, recipe.height, recipe.width), fidelity)

    def stop_live(self) -> None:
        self._live_newest += 1

    def _check(self, job: str) -> None:
        if job in self._cancelled:
            self._cancelled.discard(job)
            raise JobCancelled("The job was cancelled.")


MARK = MarkResult(preset="standard", verified=True, robust=True, psnr=46.0, strength=1.0)


class FakeTrainer:
    """Trains without a process: `say` sends news, `end` is what `train` returns or raises.

    Files are pictures of 320 x 256 that differ, but for what `found` says of a file's name. While
    `hold` is set, no more of them are seen.
    """

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self.refusal: MaquetteError | None = None
        self.hold = False
        self.folder: Path | None = None  # of the training that runs
        self.asked: list[tuple[str, Path]] = []
        self.device = ("", "")
        self._hear: OnNews | None = None
        self._ending: asyncio.Future[TrainingReport | None] | None = None

    async def train(
        self, folder: Path, on_news: OnNews, *, keep: bool = False
    ) -> TrainingReport | None:
        self.asked.append(("keep" if keep else "train", folder))
        self.folder, self._hear = folder, on_news
        self._ending = asyncio.get_running_loop().create_future()
        try:
            return await self._ending
        finally:
            self.folder = None

    def say(self, news: TrainerNews) -> None:
        assert self._hear is not None
        self._hear(news, [])

    def end(self, outcome: TrainingReport | MaquetteError | None) -> None:
        assert self._ending is not None
        if isinstance(outcome, MaquetteError):
            self._ending.set_exception(outcome)
        else:
            self._ending.set_result(outcome)

    async def look_at(
        self,
        paths: Sequence[Path],
        side: int,
        kind: StyleKind,
        trigger: str,
        on_found: Callable[[FoundPicture], None] = lambda _found: None,
    ) -> tuple[FoundPicture, ...]:
        inside = [sorted(path.iterdir()) if path.is_dir() else [path] for path in paths]
        seen = []
        for path in (file for files in inside for file in files):
            await asyncio.sleep(0)
            while self.hold:
                await asyncio.sleep(0.002)
            digest = hashlib.sha256(str(path).encode()).hexdigest()
            values: dict[str, Any] = {
                "path": str(path),
                "name": path.name,
                "digest": digest,
                "likeness": digest[:16],
                "width": 320,
                "height": 256,
            }
            seen.append(FoundPicture(**(values | self.found.get(path.name, {}))))
            on_found(seen[-1])
        if self.refusal is not None:
            raise self.refusal
        return tuple(seen)

    def pause(self, folder: Path) -> None:
        self.asked.append(("pause", folder))

    def stop_and_keep(self, folder: Path) -> None:
        self.asked.append(("stop", folder))

    def use(self, device: str, precision: str) -> None:
        self.device = (device, precision)

    async def close(self) -> None:
        if self._ending is not None and not self._ending.done():
            self.end(JobCancelled("The training was paused."))


class FakeMarker:
    """Checks without a process: what `answers` has for a file's name, else that nothing is found.

    While `hold` is set, a check does not come to its end.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Report | MaquetteError] = {}
        self.exports: list[dict[str, Any]] = []
        self.signs: SignerInfo | MaquetteError = SIGNER
        self.asked: list[tuple[Path | bytes, str]] = []
        self.compared: list[Path | Pixels] = []
        self.hold = False

    def answer(self, name: str, verdict: Verdict, **more: Any) -> None:
        """What the file called `name` is found to be; `more` are fields of the report."""
        self.answers[name] = report_of(name, verdict, **more)

    async def check(self, source: Path | bytes, name: str = "") -> Report:
        self.asked.append((source, name))
        await asyncio.sleep(0)
        while self.hold:
            await asyncio.sleep(0.002)
        answer = self.answers.get(name) or report_of(name)
        if isinstance(answer, MaquetteError):
            raise answer
        return answer

    async def export(
        self, source: Path | bytes, record: Record, rendition: Rendition, marking: Marking
    ) -> ExportedFile:
        """The texts are real, the pixels are read and encoded; no watermark, no signature."""
        quality, longest_side = rendition.quality, rendition.size.width
        self.exports.append(
            {"source": source, "marking": marking, "quality": quality, "side": longest_side}
        )
        await asyncio.sleep(0)
        pixels = read_pixels(source)
        if longest_side:
            factor = longest_side / max(record.width, record.height)
            width, height = round(record.width * factor), round(record.height * factor)
            pixels = fit_pixels(pixels, width, height)
            record = msgspec.structs.replace(record, width=width, height=height)
        texts = texts_of(record, marking, rendition.format)
        file = encode(pixels, texts, rendition.format, quality)
        return ExportedFile(file=file, record=record, mark=MARK)

    async def compare_sketch(
        self, picture: Path | Pixels, sketch: Pixels, weights: Pixels | None = None
    ) -> ComparedSketch | None:
        """The lines of the left half were followed, those of the right one missed."""
        self.compared.append(picture)
        await asyncio.sleep(0)
        dark = sketch[..., 0] < 128
        overlay = np.where(dark, np.uint8(1), np.uint8(0))
        right = overlay[:, overlay.shape[1] // 2 :]
        right[right == 1] = 2
        return ComparedSketch(fidelity=Fidelity(0.5, 0.5, 0.5, missed=1), overlay=overlay)

    async def signer(self) -> SignerInfo:
        await asyncio.sleep(0)
        if isinstance(self.signs, MaquetteError):
            raise self.signs
        return self.signs

    async def use_certificate(self, chain: Path, key: Path, password: str) -> SignerInfo:
        if password != "right":
            raise SigningError("The password does not open the key; please type it again.")
        self.signs = msgspec.structs.replace(SIGNER, common_name=chain.stem, own=True)
        return await self.signer()

    async def forget_certificate(self) -> SignerInfo:
        self.signs = SIGNER
        return await self.signer()


SIGNER = SignerInfo(
    common_name="Maquette installation 4F21", organisation="Maquette", valid_until="2036-11-22"
)


def report_of(name: str, verdict: Verdict = Verdict.NOTHING_FOUND, **more: Any) -> Report:
    """A report with one line of evidence."""
    evidence = (Evidence(Source.WATERMARK, Outcome.ABSENT, "No mark of Maquette was found."),)
    values: dict[str, Any] = {
        "name": name,
        "format": "PNG",
        "width": 320,
        "height": 256,
        "file_bytes": 81_234,
        "verdict": verdict,
        "sentence": "Nothing was found.",
        "evidence": evidence,
    }
    return Report(**(values | more))


def png_of(pixels: Pixels, record: Record, marking: Marking) -> bytes:
    """A file with its texts, without watermark and signature."""
    return file_of(pixels, record, marking, DEFAULT_ENCODING)


def file_of(pixels: Pixels, record: Record, marking: Marking, encoding: FileEncoding) -> bytes:
    """The same in any format."""
    texts = texts_of(record, marking, encoding.format)
    return encode(pixels, texts, encoding.format, encoding.quality)


def flat(recipe: Recipe, height: int, width: int, level: int = 255) -> Pixels:
    """One colour that follows from the seed."""
    colour = np.array([recipe.seed % 256, recipe.seed // 256 % 256, level], dtype=np.uint8)
    return np.broadcast_to(colour, (height, width, 3)).copy()


def record_of(recipe: Recipe, record_id: str = "") -> Record:
    return Record(
        id=record_id or record_id_for(recipe),
        recipe=recipe,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        tool="Maquette test",
        source_type=SourceType.GENERATED,
        width=recipe.width,
        height=recipe.height,
        fidelity=Fidelity(0.91, 0.93, 0.89, missed=2) if recipe.controls else None,
        marks=(
            Mark(MarkKind.WATERMARK, verified=True),
            Mark(MarkKind.RECIPE_TEXT, verified=True),
        ),
    )


class Desk:
    """An open window and everything behind it."""

    def __init__(self, home: Path, driver: Driver, app: QApplication, settings: Settings) -> None:
        self.home = home
        self.closed = False
        self.driver = driver
        self.client = FakeClient()
        self.marker = FakeMarker()
        self.trainer = FakeTrainer()
        self.language = Language(app)
        apply_theme(app, settings.theme)
        self.language.apply(settings.language)
        self.results = Results()
        data = home / "data"
        self.saver = Saver(data / "library.sqlite3", data / "ledger.sqlite3", self.results)
        client: EngineClient = self.client  # type: ignore[assignment]
        store = QueueStore(data / "queue.sqlite3")
        self.queue = JobQueue(client, self.saver.save, store, self.saver.name_record)
        self.pool = MarkerPool(cores=1)
        self.studio = Studio(
            client=client,
            queue=self.queue,
            marker=self.marker,
            trainer=self.trainer,
            keep=self.saver.export,
            results=self.results,
            library=LibraryFiles(
                index=data / "library.sqlite3",
                ledger=data / "ledger.sqlite3",
                thumbnails=home / "cache" / "thumbnails",
            ),
            exporting=ExportParts(
                runs_file=data / "exports.sqlite3",
                presets_folder=home / "config" / "export-presets",
                exporter=self.pool,
                open_archive=self.saver.open,
            ),
            settings=settings,
            settings_file=home / "config" / "settings.json",
            session_file=home / "data" / "session.json",
            built_in=MODEL,
            example_prompt="a red mug",
        )
        self.saver.use_settings(self.studio.settings)
        self.studio.settings.changed.connect(
            lambda value, _fields: (
                apply_theme(app, value.theme),
                self.language.apply(value.language),
            )
        )
        self.window = MainWindow(self.studio)
        self.window.show()
        self._runner = driver.loop.create_task(self.queue.run())
        driver.run(self._open())

    async def _open(self) -> None:
        await self.studio.restore(await self.saver.recent(200))

    @property
    def jobs(self) -> tuple[Any, ...]:
        return self.queue.jobs

    @property
    def notice(self) -> str:
        """The sentence on the banner."""
        banner = self.window.banner
        return banner.text.text() if banner.isVisible() else ""

    def press(self, action: str) -> None:
        """Trigger an action as its shortcut or button does."""
        self.window.actions_by_name[action].trigger()

    def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        self.window.close()
        self.studio.put_away()
        self.driver.run(self._close())
        self.window.deleteLater()
        # At once: a dialog that is left open would hear what later tests do to the language.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.language.apply("en")

    async def _close(self) -> None:
        self._runner.cancel()
        await asyncio.gather(self._runner, return_exceptions=True)
        await self.studio.close()
        await self.pool.close()
        await self.queue.close()
        await self.saver.close()


@pytest.fixture
def driver(qapp: QApplication) -> Iterator[Driver]:
    """qasync's loop, as the window runs on it."""
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    with loop:
        yield Driver(loop)
        asyncio._set_running_loop(None)
    asyncio.set_event_loop(None)
    # Timers of what was cancelled run on; Qt crashes if Python collects them in another thread.
    for timer in tuple(loop._timer._SimpleTimer__callbacks):
        loop._timer.killTimer(timer)


@pytest.fixture
def open_desk(
    maquette_home: Path, driver: Driver, qapp: QApplication
) -> Iterator[Callable[..., Desk]]:
    """Opens windows over the same home folder; closes what is still open."""
    prepare(qapp)
    open_desks: list[Desk] = []

    def open_one(**settings: Any) -> Desk:
        desk = Desk(maquette_home, driver, qapp, Settings(**({"language": "en"} | settings)))
        open_desks.append(desk)
        return desk

    yield open_one
    for desk in open_desks:
        desk.close()
    apply_theme(qapp, "dark")


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def sample_recipe() -> Recipe:
    return Recipe(
        prompt="a green bowl",
        negative_prompt="text",
        seed=77,
        width=320,
        height=256,
        steps=3,
        guidance_scale=2.5,
        model=ModelRef(BUILT_IN, name="Maquette Mini"),
    )


@pytest.fixture
def picture_file(tmp_path: Path, sample_recipe: Recipe) -> Path:
    """A PNG with its recipe in it, as the window saves them."""
    record = record_of(sample_recipe)
    path = tmp_path / "made here.png"
    path.write_bytes(png_of(flat(sample_recipe, 256, 320), record, DEFAULT_MARKING))
    return path
