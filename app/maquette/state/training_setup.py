"""Making a training ready: its draft, which outlives the program, what is known of it, undo."""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from maquette.core.errors import InputError, MaquetteError
from maquette.core.model_files import find_model, weights_digest
from maquette.core.model_info import ModelInfo
from maquette.core.paths import cache_dir
from maquette.core.training import (
    CropBox,
    FoundPicture,
    StyleKind,
    TrainingPlan,
    TrainingSettings,
    TrainingSource,
    check_count,
)
from maquette.core.training_draft import (
    MAX_LOOKED_AT,
    DraftPicture,
    JudgedPicture,
    PictureState,
    TrainingDraft,
    draft_settings,
    judged,
    plan_of,
    sources_of,
)
from maquette.core.training_preflight import Machine, Preflight, preflight
from maquette.library.trainings.pace import machine_for
from maquette.protocol.messages import Device
from maquette.state.draft_steps import DraftSteps
from maquette.state.engine_status import EngineStatusStore
from maquette.state.models import Models
from maquette.state.store import Store
from maquette.state.tasks import Tasks
from maquette.state.training_draft_file import TrainingDraftFile

AUTOSAVE = 500  # milliseconds after the last change
GATHER = 60  # milliseconds in which pictures that were looked at come together
_USUAL_SIDE = 512  # pixels, where no model tells
_NO_MODEL = "There is no model to make pictures with; add one first."


class PictureLooker(Protocol):
    """What looks at pictures: `engine.trainer.TrainerClient`."""

    async def look_at(
        self,
        paths: Sequence[Path],
        side: int,
        kind: StyleKind,
        trigger: str,
        on_found: Callable[[FoundPicture], None],
    ) -> tuple[FoundPicture, ...]: ...


class Beginner(Protocol):
    """What runs trainings: `state.trainings.Trainings`."""

    def begin(
        self, plan: TrainingPlan, sources: Sequence[TrainingSource]
    ) -> asyncio.Task[None]: ...


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """The draft, and what is known around it.

    `gone` are keys of pictures whose files are not there at present. `looking` is how many are on
    their way and were seen so far, None while nobody looks. `problem` is a sentence on what could
    not be done, "" for none. `machine` is what there is room for, None until it was asked.
    """

    draft: TrainingDraft = TrainingDraft()
    gone: frozenset[str] = frozenset()
    looking: int | None = None
    problem: str = ""
    machine: Machine | None = None
    loaded: bool = False
    is_beginning: bool = False
    can_undo: bool = False
    can_redo: bool = False


class TrainingSetup(Store[Setup]):
    """Every command returns at once. All but what arrives by itself can be undone.

    Signals:
        begun(str): the draft became the training of this id, and a new one is begun.
    """

    begun = Signal(str)

    def __init__(
        self,
        *,
        file: Path,
        trainings_folder: Path,
        looker: PictureLooker,
        trainings: Beginner,
        models: Models,
        engine: EngineStatusStore,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """`file` keeps the draft; it is read at first need."""
        super().__init__(Setup(draft=_fresh()), parent)
        self._file = TrainingDraftFile(file)
        self._folder = trainings_folder
        self._looker = looker
        self._trainings = trainings
        self._models = models
        self._engine = engine
        self._tasks = tasks
        self._was_needed = False
        self._steps: DraftSteps[TrainingDraft] = DraftSteps()
        self._untouched = self.value.draft  # need not be kept
        self._writing = asyncio.Lock()
        self._turn = asyncio.Lock()
        self._looking: set[asyncio.Task[None]] = set()
        self._era = 0  # counts when looking was stopped, since what was seen may still come
        self._device: Device | None = None  # as last known: a resting worker tells none
        self._arrived: list[FoundPicture] = []
        self._judged: tuple[TrainingDraft, frozenset[str], tuple[JudgedPicture, ...]] | None = None
        self._autosave = _timer(AUTOSAVE, lambda: self._tasks.start(self._save()), self)
        self._gather = _timer(GATHER, self._take_arrived, self)
        self.changed.connect(self._changed)

    # --- what there is --------------------------------------------------------------------------

    @property
    def pictures(self) -> tuple[JudgedPicture, ...]:
        """All pictures, and what becomes of each."""
        draft, gone = self.value.draft, self.value.gone
        known = self._judged
        if known is None or known[0] is not draft or known[1] != gone:
            known = self._judged = (draft, gone, judged(self._as_it_is))
        return known[2]

    @property
    def used(self) -> int:
        """How many pictures will be learned from, or held back to judge by."""
        return sum(each.state is PictureState.USED for each in self.pictures)

    @property
    def is_looking(self) -> bool:
        """Whether pictures are looked at now, or wait for that."""
        return bool(self._looking)

    @property
    def model(self) -> ModelInfo | None:
        """What is trained: the model that is chosen in the window."""
        return self._models.chosen

    def settings(self, draft: TrainingDraft | None = None) -> TrainingSettings | None:
        """The numbers of the draft, or of another one on the same pictures; None without model."""
        machine = self.value.machine
        if self.model is None or machine is None:
            return None
        return draft_settings(draft or self.value.draft, self.used, self.model, machine.memory)

    def preflight(self, draft: TrainingDraft | None = None) -> Preflight | None:
        """What the draft, or another one, takes; None while that is not known."""
        settings, model, machine = self.settings(draft), self.model, self.value.machine
        if settings is None or model is None or machine is None:
            return None
        return preflight(settings, self.used, model.family, machine)

    @property
    def obstacle(self) -> str:
        """Why the draft cannot be trained as it is, one sentence; "" if it can."""
        machine = self.value.machine
        if self.model is None:
            return _NO_MODEL
        try:
            check_count(self.used)
            plan_of(self._as_it_is, self.model, machine.memory if machine else 0)
        except InputError as error:
            return error.message
        found = self.preflight()
        return (found.memory_problem or found.disk_problem) if found else ""

    # --- the draft ------------------------------------------------------------------------------

    def need(self) -> None:
        """Somebody looks at the draft: read it, and see whether the files are still there."""
        if not self._was_needed:
            self._was_needed = True
            self._tasks.start(self._load())
        else:
            self._tasks.start(self._look_around())

    def change(self, step: str = "", **fields: Any) -> None:
        """Other values of the draft's fields. Changes of one `step` in a row are undone as one."""
        self._steps.keep(self.value.draft, step)
        self._set_draft(msgspec.structs.replace(self.value.draft, **fields))

    def change_pictures(self, keys: Iterable[str], step: str = "", **fields: Any) -> None:
        """Other values of some pictures' fields: `caption`, `crop`, `is_out`, `is_apart`..."""
        wanted = set(keys)
        self.change(
            step,
            pictures=tuple(
                msgspec.structs.replace(each, **fields) if each.key in wanted else each
                for each in self.value.draft.pictures
            ),
        )

    def set_crop(self, key: str, crop: CropBox | None) -> None:
        """Learn from another part of a picture; None for what is proposed."""
        self.change_pictures((key,), f"crop {key}", crop=crop)

    def set_captions(self, captions: dict[str, str | None]) -> None:
        """Other captions, by key; None for what is proposed. One step."""
        self.change(
            pictures=tuple(
                msgspec.structs.replace(each, caption=captions[each.key])
                if each.key in captions
                else each
                for each in self.value.draft.pictures
            )
        )

    def start_again(self) -> None:
        """Begin with nothing; what there was comes back by undo."""
        self._stop_looking()
        self.change(**{name: getattr(_fresh(), name) for name in TrainingDraft.__struct_fields__})
        self.update(problem="", gone=frozenset())

    def undo(self) -> None:
        """Take the last step back."""
        self._step(self._steps.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step(self._steps.redo)

    # --- pictures -------------------------------------------------------------------------------

    def add(self, paths: Iterable[str]) -> None:
        """Look at picture files, and at those in folders, and add them as they are seen."""
        wanted = [Path(path) for path in paths]
        if wanted:
            task = self._tasks.start(self._add(wanted))
            self._looking.add(task)
            task.add_done_callback(self._looking.discard)

    def look_again(self) -> None:
        """Look again at what could not be used: it may be there, or mended, by now."""
        self.add(
            each.picture.found.path
            for each in self.pictures
            if each.state is PictureState.PROBLEM and each.picture.found.path
        )

    async def _add(self, paths: list[Path]) -> None:
        async with self._turn:
            era = self._era
            self._steps.keep(self.value.draft)
            self.update(looking=0, problem="")
            draft, model = self.value.draft, self.model
            side = max(model.default_size) if model else _USUAL_SIDE
            try:
                await self._looker.look_at(
                    paths, side, draft.kind, draft.words, lambda found: self._arrive(found, era)
                )
            except MaquetteError as error:
                self.update(problem=error.message)
            finally:
                self._take_arrived()
                self.update(looking=None)

    def _arrive(self, found: FoundPicture, era: int) -> None:
        if era != self._era:
            return
        self._arrived.append(found)
        if not self._gather.isActive():
            self._gather.start()

    def _take_arrived(self) -> None:
        """What was looked at goes to the end, or to the place of what it was before."""
        arrived, self._arrived = self._arrived, []
        if not arrived:
            return
        pictures = {each.key: each for each in self.value.draft.pictures}
        for found in arrived:
            fresh = DraftPicture(found=found)
            known = pictures.get(fresh.key)
            if known is not None:
                fresh = msgspec.structs.replace(known, found=found, is_out=False)
            pictures[fresh.key] = fresh
        looking = self.value.looking
        kept = tuple(pictures.values())
        if len(kept) > MAX_LOOKED_AT:
            self._stop_looking()
            try:
                check_count(len(kept))
            except InputError as error:
                self.update(problem=error.message)
            kept = kept[:MAX_LOOKED_AT]
        here = frozenset(each.path for each in arrived)
        self.replace(
            msgspec.structs.replace(
                self.value,
                draft=msgspec.structs.replace(self.value.draft, pictures=kept),
                gone=self.value.gone - here,
                looking=None if looking is None else looking + len(arrived),
            )
        )

    def _stop_looking(self) -> None:
        self._era += 1
        for task in tuple(self._looking):
            task.cancel()
        self._arrived.clear()

    # --- on to the training ---------------------------------------------------------------------

    def begin(self) -> None:
        """Hand the draft over to be trained, if it can be; else `problem` says why not."""
        if not self.value.is_beginning:
            self._tasks.start(self._begin())

    async def _begin(self) -> None:
        self.update(is_beginning=True, problem="")
        try:
            await self._look_around()
            model, machine = self.model, self.value.machine
            obstacle = self.obstacle
            if obstacle or model is None or machine is None:
                self.update(problem=obstacle)
                return
            draft = self._as_it_is
            path, found = await asyncio.to_thread(find_model, model.id)
            digest = await asyncio.to_thread(weights_digest, path, cache_dir() / "digests.json")
            plan = plan_of(draft, msgspec.structs.replace(found, digest=digest), machine.memory)
            await self._trainings.begin(plan, sources_of(draft))
            self.change(
                **{name: getattr(_fresh(), name) for name in TrainingDraft.__struct_fields__}
            )
            self.begun.emit(plan.id)
        except MaquetteError as error:
            self.update(problem=error.message)
        finally:
            self.update(is_beginning=False)

    # --- keeping --------------------------------------------------------------------------------

    def put_away(self) -> None:
        """Write the draft now, if it changed. Raises TrainingError."""
        self._autosave.stop()
        self._write(self.value.draft)

    async def _save(self) -> None:
        async with self._writing:
            await asyncio.to_thread(self._write, self.value.draft)

    def _write(self, draft: TrainingDraft) -> None:
        if draft is not self._untouched:
            self._file.write(draft)

    async def _load(self) -> None:
        draft = await asyncio.to_thread(self._file.read)
        if draft is not None and self.value.draft is self._untouched:
            self.update(draft=draft)
        self.update(loaded=True)
        await self._look_around()

    # --- inside ---------------------------------------------------------------------------------

    @property
    def _as_it_is(self) -> TrainingDraft:
        """The draft with what is gone at present marked so."""
        draft, gone = self.value.draft, self.value.gone
        if not gone:
            return draft
        pictures = tuple(
            msgspec.structs.replace(each, found=_missed(each.found)) if each.key in gone else each
            for each in draft.pictures
        )
        return msgspec.structs.replace(draft, pictures=pictures)

    async def _look_around(self) -> None:
        """See which files are there, and what room there is."""
        pictures, model = self.value.draft.pictures, self.model
        gone = await asyncio.to_thread(_gone, pictures)
        self.update(gone=gone)
        if model is None:
            return
        status = self._engine.value
        device = self._device = status.device or self._device
        machine = await asyncio.to_thread(
            machine_for,
            self._folder,
            model.family,
            max(model.default_size),
            device=device.kind if device else "cpu",
            memory=device.memory_total if device else 0,
            resident=status.resident,
        )
        self.update(machine=machine)

    def _step(self, turn: Callable[[TrainingDraft], TrainingDraft]) -> None:
        self._take_arrived()
        self._stop_looking()
        self._set_draft(turn(self.value.draft))

    def _set_draft(self, draft: TrainingDraft) -> None:
        steps = self._steps
        self.update(draft=draft, can_undo=steps.can_undo, can_redo=steps.can_redo)

    def _changed(self, _value: Setup, fields: frozenset[str]) -> None:
        if "draft" in fields:
            self._autosave.start()


def _fresh() -> TrainingDraft:
    return TrainingDraft(seed=secrets.randbelow(2**31))


def _missed(found: FoundPicture) -> FoundPicture:
    sentence = f"{found.name} is no longer there; please choose another picture."
    return msgspec.structs.replace(found, problem=sentence)


def _gone(pictures: Sequence[DraftPicture]) -> frozenset[str]:
    """Keys of pictures whose files are not there. Blocks."""
    return frozenset(
        each.key for each in pictures if each.found.path and not Path(each.found.path).is_file()
    )


def _timer(milliseconds: int, act: Callable[[], object], parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
