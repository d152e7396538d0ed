"""`maquette train style`: pictures become a style, as the window trains one."""

import asyncio
import secrets
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.progress import TextColumn, TimeRemainingColumn

from maquette.cli.bar import TerminalBar
from maquette.cli.terminal import ExitCode, printable, say
from maquette.core.errors import InputError, SaveError, TrainingError
from maquette.core.files import write_atomically
from maquette.core.model_files import find_model, weights_digest
from maquette.core.paths import absolute_path, cache_dir, settings_file, trainings_dir
from maquette.core.settings import Settings, load_settings
from maquette.core.training import (
    MAX_STEPS,
    FoundPicture,
    StyleKind,
    TrainingPlan,
    TrainingPreset,
    TrainingReport,
    TrainingStage,
    checked_name,
)
from maquette.core.training_captions import trigger_of
from maquette.core.training_draft import (
    DraftPicture,
    PictureState,
    TrainingDraft,
    judged,
    plan_of,
    sources_of,
)
from maquette.core.training_files import TrainingFolder
from maquette.core.training_preflight import Machine, preflight
from maquette.engine.trainer import TrainerClient
from maquette.library.trainings.pace import machine_for
from maquette.library.trainings.shelf import ShelvedTraining, TrainingShelf
from maquette.protocol.messages import DeviceChosen
from maquette.protocol.trainer_messages import (
    Curves,
    Preparing,
    TrainerNews,
    TrainingProgress,
)

_GB = 1e9


class TrainWishes(msgspec.Struct, frozen=True, kw_only=True):
    """The options as typed; "" and 0 where nothing was."""

    paths: tuple[Path, ...]
    name: str
    kind: StyleKind
    preset: TrainingPreset
    steps: int
    trigger: str
    model: str
    out: Path | None
    resume: bool
    plan_only: bool
    device: str
    precision: str
    as_json: bool


class TrainOutcome(msgspec.Struct, frozen=True):
    """What came of a training, as `--json` tells it."""

    name: str
    trigger: str
    path: str
    folder: str
    report: TrainingReport


def run_train_style(wishes: TrainWishes) -> int:
    """Train, or go on training, and print where the style's file is.

    Raises:
        InputError: an option or the pictures cannot be used.
        MaquetteError: the training failed; it can be resumed.
    """
    settings, notice = load_settings(settings_file())
    if notice:
        say(notice)
    shelf = TrainingShelf(trainings_dir())
    try:
        chosen = _resumed(shelf, wishes) if wishes.resume else _planned(shelf, wishes, settings)
        if wishes.plan_only:
            print(chosen.folder)
            return ExitCode.DONE
        report = asyncio.run(_train(chosen, wishes, settings))
    except KeyboardInterrupt:
        say(f"Paused; go on with: maquette train style --resume --name {wishes.name!r}")
        return ExitCode.CANCELLED
    if report is None:
        return ExitCode.CANCELLED
    _tell(chosen, report, wishes)
    return ExitCode.DONE


def _resumed(shelf: TrainingShelf, wishes: TrainWishes) -> ShelvedTraining:
    if wishes.paths:
        raise InputError("A training goes on with the pictures that it has; leave FOLDER out.")
    try:
        return shelf.find(wishes.name) if wishes.name else _newest(shelf)
    except TrainingError as error:
        raise InputError(error.message, error.detail) from error


def _newest(shelf: TrainingShelf) -> ShelvedTraining:
    for one in shelf.list():
        if one.status.stage != TrainingStage.DONE:
            return one
    raise InputError("There is no training that could go on.")


def _planned(shelf: TrainingShelf, wishes: TrainWishes, settings: Settings) -> ShelvedTraining:
    if not wishes.paths:
        raise InputError("Name a folder of pictures to learn from.")
    if not 0 <= wishes.steps <= MAX_STEPS:
        raise InputError(f"A training takes 1 to {MAX_STEPS:,} steps, not {wishes.steps}.")
    name = checked_name(wishes.name)
    path, model = find_model(wishes.model or settings.model)
    digest = weights_digest(path, cache_dir() / "digests.json")
    model = msgspec.structs.replace(model, digest=digest)
    trigger = trigger_of(wishes.trigger or name)
    side = max(model.default_size)
    paths = [absolute_path(each) for each in wishes.paths]
    found = asyncio.run(_look(paths, side, wishes.kind, trigger))
    draft = TrainingDraft(
        name=name,
        trigger=wishes.trigger,
        kind=wishes.kind,
        preset=wishes.preset,
        pictures=tuple(DraftPicture(found=each) for each in found),
        steps=wishes.steps,
        seed=secrets.randbelow(2**31),
    )
    _tell_pictures(draft)
    machine = machine_for(trainings_dir(), model.family, side)
    plan = plan_of(draft, model, machine.memory)
    _check_room(plan, machine)
    folder = shelf.add(plan, sources_of(draft))
    return ShelvedTraining(plan, TrainingFolder(folder).status(), folder)


def _tell_pictures(draft: TrainingDraft) -> None:
    """Say what is left out, and what to know about the others."""
    for each in judged(draft):
        found = each.picture.found
        if each.state is PictureState.PROBLEM:
            say(found.problem)
        elif each.state is PictureState.SAME:
            say(f"{found.name} looks the same as {each.twin} and is left out.")
        else:
            for notice in found.notices:
                say(notice)


def _check_room(plan: TrainingPlan, machine: Machine) -> None:
    """Tell what `plan` takes. Raises InputError if the disk has no room for it."""
    chosen = plan.settings
    found = preflight(chosen, len(plan.pictures), plan.family, machine)
    if found.disk_problem:
        raise InputError(found.disk_problem)
    say(
        f"{len(plan.pictures)} pictures, {chosen.steps} steps of {chosen.batch}, about "
        f"{found.needs.memory / _GB:.1f} GB of memory and {found.needs.disk / _GB:.2f} GB on the "
        "disk."
    )
    for sentence in (found.memory_problem, found.memory_notice):
        if sentence:
            say(sentence)


async def _look(
    paths: Sequence[Path], side: int, kind: StyleKind, trigger: str
) -> tuple[FoundPicture, ...]:
    client = TrainerClient()
    with TerminalBar("Looking at the pictures") as bar:
        count = 0

        def on_found(_found: FoundPicture) -> None:
            nonlocal count
            count += 1
            bar.show(None, count, f"Looking at the pictures: {count}")

        try:
            return await client.look_at(paths, side, kind, trigger, on_found)
        finally:
            await client.close()


async def _train(
    chosen: ShelvedTraining, wishes: TrainWishes, settings: Settings
) -> TrainingReport | None:
    client = TrainerClient(
        device=wishes.device or settings.device,
        precision=wishes.precision or settings.precision,
    )
    with _View() as view:
        try:
            return await client.train(chosen.folder, lambda news, _blobs: view.hear(news))
        finally:
            await client.close()


class _View:
    """Shows how a training goes: a bar on a terminal, some lines elsewhere."""

    def __init__(self) -> None:
        told = TextColumn("{task.fields[told]}", markup=False)
        self._bar = TerminalBar("Starting", told, TimeRemainingColumn(), told="")
        self._said = ""
        self._validation = ""

    def __enter__(self) -> "_View":
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.__exit__()

    def hear(self, news: TrainerNews) -> None:
        """Show what is new."""
        match news:
            case DeviceChosen():
                self._say(f"Training on {news.device.name}. {news.device.reason}".rstrip())
            case Preparing():
                self._bar.show(1.0, news.fraction, news.stage, told="")
                self._say(news.stage)
            case TrainingProgress():
                told = f"{news.step} of {news.total}, loss {news.loss:.4f}{self._validation}"
                self._bar.show(news.total, news.step, "Learning", told=told)
            case Curves() if news.validation:
                last = news.validation[-1]
                self._validation = f", validation {last.loss:.4f}"
                self._say(f"Step {last.step}{self._validation}, best at step {news.best_step}")
            case _:
                pass

    def _say(self, line: str) -> None:
        if line != self._said and not self._bar.is_drawn:
            say(line)
        self._said = line


def _tell(chosen: ShelvedTraining, report: TrainingReport, wishes: TrainWishes) -> None:
    path = TrainingFolder(chosen.folder).result(chosen.plan.name)
    if wishes.out is not None:
        path = _copied(path, absolute_path(wishes.out))
    say(
        f"Learned in {report.steps} steps; validation {report.first_validation:.4f} to "
        f"{report.best_validation:.4f}, best at step {report.best_step}."
    )
    found = report.likeness
    if found is not None:
        say(
            f"Likeness to the pictures {found.likeness:.2f} (0: as the model before, 1: as they "
            f"are to each other); nearest to one of them {found.closeness:.2f}."
        )
    for notice in report.notices:
        say(notice)
    if wishes.as_json:
        plan = chosen.plan
        outcome = TrainOutcome(plan.name, plan.trigger, str(path), str(chosen.folder), report)
        print(msgspec.json.encode(outcome).decode())
    else:
        say(f"Its words are: {printable(chosen.plan.trigger)}")
        print(path)


def _copied(path: Path, out: Path) -> Path:
    try:
        write_atomically(out, path.read_bytes())
    except OSError as error:
        raise SaveError(
            f"The style could not be written to {out}; it is kept as {path}.", str(error)
        ) from error
    return out
