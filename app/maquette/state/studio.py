"""The studio's state in one place, as `app` composes it and widgets take from it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer

from maquette.core.errors import TrainingError
from maquette.core.model_info import ModelInfo
from maquette.core.paths import pictures_folder
from maquette.core.settings import Settings
from maquette.engine.client import EngineClient
from maquette.engine.queue import JobQueue
from maquette.library.ingredients import Ingredients
from maquette.state.adapter_shelf import AdapterShelf
from maquette.state.batch_exports import BatchExports, ExportParts
from maquette.state.batches import Batches
from maquette.state.board_endings import BoardEndings
from maquette.state.boards import Boards
from maquette.state.checks import Checker, Checks
from maquette.state.commands import Commands
from maquette.state.control_shelf import ControlShelf
from maquette.state.device_loan import DeviceLoan, LoanNotices
from maquette.state.drafting import Drafting
from maquette.state.drawings import Drawings
from maquette.state.engine_status import EngineStatusStore
from maquette.state.export_presets import ExportPresets
from maquette.state.exports import Exporter, Exports, Keep
from maquette.state.fidelity_lines import FidelityLines, SketchComparer
from maquette.state.identity import Identity, IdentityKeeper
from maquette.state.jobs import Jobs
from maquette.state.library import LibraryFiles, LibraryState
from maquette.state.likes import Likes
from maquette.state.live import Live
from maquette.state.lora_shelf import LoraShelf
from maquette.state.models import Models, fresh_session
from maquette.state.notices import Notices
from maquette.state.paper_shape import PaperShape
from maquette.state.projects import Projects
from maquette.state.results import Picture, Results
from maquette.state.session import Desk, Layout, Session, load_desk, save_desk
from maquette.state.settings import SettingsStore
from maquette.state.sketch_commands import SketchCommands
from maquette.state.sketch_shelf import SketchShelf
from maquette.state.start import StartPictures
from maquette.state.store import Store
from maquette.state.style_blending import StyleBlending
from maquette.state.style_previews import StylePreviews
from maquette.state.styles import Styles
from maquette.state.tasks import Tasks
from maquette.state.tools import Tools
from maquette.state.trained_styles import TrainedStyles
from maquette.state.training_setup import PictureLooker, TrainingSetup
from maquette.state.trainings import Trainer, Trainings

AUTOSAVE = 1000  # milliseconds after the last change


class Marker(Checker, Exporter, IdentityKeeper, SketchComparer, Protocol):
    """What the studio asks of the process that checks and exports files."""


class TrainerProcesses(Trainer, PictureLooker, Protocol):
    """What the studio asks of the processes that look at pictures and train styles."""


class Studio(QObject):
    """Stores, commands, and the autosave of the desk."""

    def __init__(
        self,
        *,
        client: EngineClient,
        queue: JobQueue,
        marker: Marker,
        trainer: TrainerProcesses,
        keep: Keep,
        results: Results,
        library: LibraryFiles,
        exporting: ExportParts,
        settings: Settings,
        settings_file: Path,
        session_file: Path,
        built_in: ModelInfo | None,
        example_prompt: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session_file = session_file
        desk = load_desk(session_file)
        self.notices = Notices(self)
        self.settings = SettingsStore(settings, settings_file, self.notices.fail, self)
        self.models = Models(built_in, self.settings, self.notices, self)
        session = desk.session if desk else fresh_session(built_in, example_prompt)
        self.session: Store[Session] = Store(session, self)
        self.layout: Store[Layout] = Store(desk.layout if desk else Layout(), self)
        self.results = results
        self.starts = StartPictures(self)
        self.jobs = Jobs(queue, parent=self)
        self.engine = EngineStatusStore(client, self)
        self.tasks = Tasks(self._report)
        self.drawings = Drawings(session_file.with_name("sketches"), self.tasks, self)
        self.drawings.failed.connect(self._report)
        self.projects = Projects(self.drawings, self.session, self.notices, self.tasks)
        self.tools = Tools(session_file.with_name("tools.json"), self)
        self.control_models = ControlShelf(self.settings, self)
        self.loras = LoraShelf(
            session=self.session,
            settings=self.settings,
            models=self.models,
            notices=self.notices,
            tasks=self.tasks,
            parent=self,
        )
        self.paper_shape = PaperShape(self.session, self.drawings, self.models, self)
        ingredients = Ingredients.beside(library.index)
        self.adapters = AdapterShelf(self.settings, self.models, self.notices, self.tasks, self)
        self.likes = Likes(self.session, self.adapters, ingredients, self.notices, self.tasks, self)
        self.drafting = Drafting(
            self.drawings, self.starts, self.control_models, ingredients, self.likes
        )
        self.library = LibraryState(
            library,
            lambda: pictures_folder(self.settings.value.pictures_folder),
            lambda: self.settings.value.trash_days,
            self.tasks,
            self.notices,
            self,
        )
        self.checks = Checks(marker, self.tasks, self)
        self.identity = Identity(marker, self.tasks, self)
        self.exports = Exports(
            exporter=marker,
            keep=keep,
            settings=self.settings,
            notices=self.notices,
            tasks=self.tasks,
        )
        self.marker = marker
        self.export_presets = ExportPresets(
            exporting.presets_folder, self.notices, self.tasks, self
        )
        self.batch_exports = BatchExports(
            parts=exporting,
            open_log=self.library.browser.gallery,
            settings=self.settings,
            notices=self.notices,
            tasks=self.tasks,
            parent=self,
        )
        self.styles = Styles(
            session_file.with_name("styles"),
            self.session,
            self.notices,
            self.tasks,
            self.loras,
            self,
        )
        self.blending = StyleBlending(self.session, self.styles, results, self.notices, self)
        self.trainer = trainer
        self.trainings = Trainings(
            folder=session_file.with_name("trainings"),
            trainer=trainer,
            lender=DeviceLoan(client),
            settings=self.settings,
            notices=self.notices,
            tasks=self.tasks,
            parent=self,
        )
        self.training_setup = TrainingSetup(
            file=session_file.with_name("training-draft.json"),
            trainings_folder=session_file.with_name("trainings"),
            looker=trainer,
            trainings=self.trainings,
            models=self.models,
            engine=self.engine,
            tasks=self.tasks,
            parent=self,
        )
        self.commands = Commands(
            session=self.session,
            styles=self.styles,
            settings=self.settings,
            models=self.models,
            loras=self.loras,
            results=self.results,
            starts=self.starts,
            likes=self.likes,
            drafting=self.drafting,
            notices=self.notices,
            jobs=self.jobs,
            queue=queue,
            client=client,
            tasks=self.tasks,
        )
        self.style_previews = StylePreviews(
            session=self.session,
            settings=self.settings,
            models=self.models,
            styles=self.styles,
            jobs=self.jobs,
            engine=self.engine,
            client=client,
            tasks=self.tasks,
            parent=self,
        )
        self.live = Live(
            session=self.session,
            models=self.models,
            drafting=self.drafting,
            drawings=self.drawings,
            client=client,
            engine=self.engine,
            notices=self.notices,
            tasks=self.tasks,
            submit=self.commands.queue_up,
            parent=self,
        )
        self.loan_notices = LoanNotices(self.jobs, self.engine, self.trainings, self.notices, self)
        self.trained_styles = TrainedStyles(
            loras_folder=session_file.with_name("loras"),
            trainings=self.trainings,
            styles=self.styles,
            loras=self.loras,
            models=self.models,
            settings=self.settings,
            client=client,
            keep=keep,
            notices=self.notices,
            tasks=self.tasks,
            parent=self,
        )
        self.fidelity_lines = FidelityLines(marker, self.drafting)
        self.sketches = SketchCommands(
            drawings=self.drawings,
            projects=self.projects,
            session=self.session,
            layout=self.layout,
            tools=self.tools,
            tasks=self.tasks,
            use_as_start=self.commands.use_as_start,
        )
        self.sketch_shelf = SketchShelf(self.drawings, self.notices, self.tasks, self)
        self.boards = Boards(
            folder=session_file.parent / "boards",
            drafting=self.drafting,
            jobs=self.jobs,
            results=results,
            settings=self.settings,
            notices=self.notices,
            maker=exporting.exporter,
            submit=self.commands.submit,
            look_up=self.library.browser.of_records,
            parent=self,
        )
        self._board_endings = BoardEndings(
            boards=self.boards,
            jobs=self.jobs,
            library=self.library.commands,
            look_up=self.library.browser.of_records,
            pictures_folder=lambda: pictures_folder(self.settings.value.pictures_folder),
            notices=self.notices,
            tasks=self.tasks,
            parent=self,
        )
        self.batches = Batches(
            jobs=self.jobs,
            queue=queue,
            settings=self.settings,
            styles=session_file.with_name("styles"),
        )
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE)
        self._autosave.timeout.connect(lambda: self.tasks.start(self._save_later()))
        for store in (self.session, self.layout, self.tools, results.stage):
            store.changed.connect(lambda _value, _fields: self._autosave.start())

    async def restore(self, pictures: Sequence[Picture]) -> None:
        """Lay out what needs files to be read: recent pictures, added models, the start picture."""
        self.drawings.restore()
        self.results.restore(pictures, self.layout.value.shown)
        await self.models.restore()
        await self.control_models.restore()
        await self.loras.restore()
        await self.adapters.restore()
        await self.boards.restore()
        self.commands.models.load_chosen()
        await self.commands.restore_start()
        await self.likes.restore()
        self.batch_exports.load()
        await self.trainings.load()
        self.trained_styles.make_missing()

    def put_away(self) -> None:
        """Save the desk now. Fails quietly into the notices, since closing must not be held up."""
        self._autosave.stop()
        try:
            save_desk(self._session_file, self._desk())
            self.tools.keep()
            self.training_setup.put_away()
        except TrainingError as error:
            self.notices.report(error)
        except OSError as error:
            self.notices.fail(_cannot_save(self._session_file, error))

    async def close(self) -> None:
        """Stop following the engine and end what runs in the background."""
        self._autosave.stop()
        await self.live.close()
        await self.trainings.close()
        self.jobs.close()
        self.engine.close()
        await self.batch_exports.close()
        await self.drawings.close()
        await self.tasks.stop()
        await self.library.close()

    def _desk(self) -> Desk:
        shown, layout = self.results.shown, self.layout.value
        if shown is not None:
            layout = msgspec.structs.replace(layout, shown=shown.path)
        return Desk(session=self.session.value, layout=layout)

    async def _save_later(self) -> None:
        desk = self._desk()
        try:
            await asyncio.to_thread(save_desk, self._session_file, desk)
            await asyncio.to_thread(self.tools.keep)
        except OSError as error:
            self.notices.fail(_cannot_save(self._session_file, error))

    def _report(self, error: BaseException) -> None:
        self.commands.report(error)


def _cannot_save(path: Path, error: OSError) -> str:
    return (
        f"The panel's content could not be saved to {path} ({error.strerror}); "
        "check that the folder can be written."
    )
