"""Intents about the models, and about the device that they run on."""

import contextlib

from maquette.core.errors import JobCancelled
from maquette.core.job import ACTIVE, JobState
from maquette.core.model_info import BUILT_IN
from maquette.engine.client import EngineClient
from maquette.state.jobs import Jobs
from maquette.state.models import Models, suited_session
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks


class ModelCommands:
    """Each returns at once; what takes time runs as a task.

    Another device in the settings starts the engine again once nothing is being made.
    """

    def __init__(
        self,
        *,
        session: Store[Session],
        settings: SettingsStore,
        models: Models,
        jobs: Jobs,
        client: EngineClient,
        tasks: Tasks,
    ) -> None:
        self._session = session
        self._settings = settings
        self._models = models
        self._jobs = jobs
        self._client = client
        self._tasks = tasks
        self._device_changed = False
        settings.changed.connect(self._settings_changed)
        jobs.ended.connect(lambda _jobs: self._restart_if_idle())

    def choose(self, model: str) -> None:
        """Make `model` the one pictures are made with, at the size and steps it is best at."""
        info = self._models.find(model)
        if info is not None and model != self._settings.value.model:
            self._settings.update(model=model)
            self._session.replace(suited_session(self._session.value, info))
            self._load(model)

    def use(self, model: str) -> None:
        """Make `model`, which is known, the one pictures are made with, at the panel's numbers."""
        if model != self._settings.value.model:
            self._settings.update(model=model)
            self._load(model)

    def add(self, path: str) -> None:
        """Check the model at `path`, put it on the shelf and choose it."""
        self._tasks.start(self._add(path))

    async def _add(self, path: str) -> None:
        info = await self._models.add(path)
        self.choose(info.id)

    def remove(self, model: str) -> None:
        """Take `model` off the shelf; the built-in one is used then if this one was."""
        chosen = self._settings.value.model == model
        self._models.remove(model)
        if chosen and self._models.find(BUILT_IN) is not None:
            self._load(BUILT_IN)

    def load_chosen(self) -> None:
        """Warm up the model that the settings name."""
        info = self._models.chosen
        if info is not None:
            self._load(info.id)

    def _load(self, model: str) -> None:
        self._tasks.start(self._load_now(model))

    async def _load_now(self, model: str) -> None:
        # When the engine is closed or restarted on purpose, nobody waits for the model any more.
        with contextlib.suppress(JobCancelled):
            await self._client.load(model)

    def _settings_changed(self, _settings: object, fields: frozenset[str]) -> None:
        if fields & {"device", "precision"}:
            self._device_changed = True
            self._restart_if_idle()

    def _restart_if_idle(self) -> None:
        if not self._device_changed:
            return
        queue = self._jobs.list.value
        busy = any(
            job.state in ACTIVE or (job.state is JobState.QUEUED and not queue.paused)
            for job in queue.jobs
            if job.owner in (queue.owner, "")
        )
        if not busy:
            self._device_changed = False
            self._tasks.start(self._restart())

    async def _restart(self) -> None:
        settings = self._settings.value
        await self._client.restart(device=settings.device, precision=settings.precision)
        self.load_chosen()
