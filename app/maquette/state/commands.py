"""What a person can ask for: every widget ends up in one of these methods."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.core.control import MAX_CONTROLS
from maquette.core.errors import ImageError, MaquetteError, RecipeError
from maquette.core.gallery import ForeignRecipe
from maquette.core.ip_adapters import holds_ip_adapter
from maquette.core.job import Job, JobState, Order, Until
from maquette.core.lora_models import holds_loras
from maquette.core.model_info import ModelInfo
from maquette.core.recipe import MAX_STEPS, Recipe, draw_seed
from maquette.core.start import Start
from maquette.engine.client import EngineClient
from maquette.engine.queue import JobQueue
from maquette.state.draft import (
    Problem,
    find_problem,
    session_from,
    session_from_foreign,
)
from maquette.state.drafting import Draft, Drafting
from maquette.state.embedded import read_recipe
from maquette.state.jobs import Jobs
from maquette.state.likes import Likes
from maquette.state.lora_shelf import LoraShelf
from maquette.state.model_commands import ModelCommands
from maquette.state.models import Models
from maquette.state.notices import NextStep, Notices
from maquette.state.queue_commands import QueueCommands
from maquette.state.results import Picture, Results
from maquette.state.session import Session, StartChoice
from maquette.state.settings import SettingsStore
from maquette.state.sketching import SketchDigests, beside_lines, sketch_of
from maquette.state.start import StartPictures
from maquette.state.store import Store
from maquette.state.styles import Styles
from maquette.state.tasks import Tasks


class Commands:
    """Intents. Each returns at once; what takes time runs as a task and reports to the notices."""

    def __init__(
        self,
        *,
        session: Store[Session],
        styles: Styles,
        settings: SettingsStore,
        models: Models,
        loras: LoraShelf,
        results: Results,
        starts: StartPictures,
        likes: Likes,
        drafting: Drafting,
        notices: Notices,
        jobs: Jobs,
        queue: JobQueue,
        client: EngineClient,
        tasks: Tasks,
    ) -> None:
        self._session = session
        self._styles = styles
        self._settings = settings
        self._models = models
        self._loras = loras
        self._results = results
        self._starts = starts
        self.likes = likes
        self._drafting = drafting
        self._notices = notices
        self._jobs = jobs
        self._queue = queue
        self.queue = QueueCommands(
            jobs=jobs,
            queue=queue,
            results=results,
            notices=notices,
            tasks=tasks,
            lay_out=self.lay_out,
        )
        self.models = ModelCommands(
            session=session, settings=settings, models=models, jobs=jobs, client=client, tasks=tasks
        )
        self._tasks = tasks
        self._laid_out: Recipe | None = None
        self.problem = Store(find_problem(session.value, models.chosen))
        session.changed.connect(self._check)
        settings.changed.connect(self._settings_changed)
        models.changed.connect(self._check)
        jobs.started.connect(lambda job: results.job_started(job.id))
        jobs.preview.connect(lambda job_id, _pixels: results.job_shows(job_id))
        jobs.ended.connect(self._jobs_ended)

    # --- making pictures ------------------------------------------------------------------------

    def generate(self) -> None:
        """Queue what the panel holds. An invalid value marks its field instead."""
        session, model = self._session.value, self._models.chosen
        problem = find_problem(session, model)
        self.problem.replace(problem)
        if problem.message or model is None:
            return
        if not session.seed_locked:
            self._session.update(seed=draw_seed())
            session = self._session.value
        self._results.follow()
        self._tasks.start(self._generate(session, model))

    async def _generate(self, session: Session, model: ModelInfo) -> None:
        self.queue_up(await self._drafting.draft(session, model))

    def vary(self, picture: Picture | None = None) -> None:
        """The recipe of `picture` (or the one on the stage) once more with a new seed."""
        picture = picture or self._results.shown
        if picture is not None:
            self._again(msgspec.structs.replace(picture.record.recipe, seed=draw_seed()))

    def refine(self, picture: Picture | None = None) -> None:
        """The recipe of `picture` (or the one on the stage) once more with twice the steps."""
        picture = picture or self._results.shown
        if picture is not None:
            recipe = picture.record.recipe
            steps = min(MAX_STEPS, 2 * recipe.steps)
            self._again(msgspec.structs.replace(recipe, steps=steps))

    def _again(self, recipe: Recipe) -> None:
        start = self._starts.start_for(recipe)
        if recipe.start is not None and start is None:
            self._notices.fail(
                "The picture that this one started from is not at hand any more; "
                "choose it as the starting point again and press Generate."
            )
            return
        if self._models.find(recipe.model.id) is None:
            self._missing_model(recipe)
            return
        self._results.follow()
        self._tasks.start(self._vary(recipe, start))

    async def _vary(self, recipe: Recipe, start: Start | None) -> None:
        images = await self._drafting.images_of(recipe)
        if images is None:
            rest = msgspec.structs.replace(recipe, like=None)
            is_like = recipe.like and await self._drafting.images_of(rest) is not None
            self._notices.fail(
                "The style image of this picture is not at hand any more; "
                "choose it again and press Generate."
                if is_like
                else "The sketch of this picture is not at hand any more; "
                "draw it again and press Generate."
            )
            return
        self.queue_up(Draft((recipe,), start, images))

    def queue_up(self, draft: Draft, group_name: str = "", group: str = "") -> None:
        """Queue `draft` as one group, marked and saved as the settings say."""
        self._tasks.start(self.submit(draft, group_name, group))

    async def submit(self, draft: Draft, group_name: str = "", group: str = "") -> tuple[Job, ...]:
        """As `queue_up`.

        Raises:
            LoraError: one of its LoRAs is missing, or made for another model.
            ModelError: so is the IP-Adapter of its style image.
            LibraryError: the queue cannot be written. Nothing is queued in either case.
        """
        await self._loras.check(draft.recipes)
        await self.likes.adapters.check(draft.recipes)
        settings, sketch = self._settings.value, self._session.value.sketch
        steered = any(recipe.controls for recipe in draft.recipes)
        order = Order(
            marking=settings.marking,
            encoding=settings.encoding,
            preview=settings.live_preview,
            until=Until(sketch.at_least, sketch.tries) if steered and sketch.at_least else None,
        )
        self._drafting.remember(draft.images)
        return await self._queue.submit(
            draft.recipes,
            start=draft.start,
            images=draft.images,
            order=order,
            group_name=group_name,
            group=group,
        )

    def _jobs_ended(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            if job.id == self._results.stage.value.subject:
                self._results.job_ended(job.id, job.path)
            if job.state is JobState.FAILED:
                self._notices.fail(
                    job.message, job.detail, step=NextStep.RETRY_FAILED, subject=job.id
                )
            elif job.state is JobState.QUARANTINED:
                self._notices.fail(job.message, job.detail)
            elif job.notices:
                self._notices.inform("\n".join(job.notices))

    # --- the panel ------------------------------------------------------------------------------

    def new_seed(self) -> None:
        self._session.update(seed=draw_seed())

    def reuse(self, picture: Picture | None = None) -> None:
        """Lay the recipe of `picture` (or the one on the stage) out in the panel."""
        picture = picture or self._results.shown
        if picture is not None:
            self.lay_out(picture.record.recipe)

    def use_as_start(self, picture: Picture | None = None) -> None:
        """Start from `picture` (or the one on the stage)."""
        picture = picture or self._results.shown
        if picture is not None:
            self.start_from(picture.path, picture.record.id)

    def start_from(self, path: str, record: str = "") -> None:
        """Start from the image file `path`; a file that cannot be read becomes a sentence."""
        self._tasks.start(self._load_start(path, record))

    def use_as_like(self, picture: Picture | None = None) -> None:
        """Take over the style of `picture` (or the one on the stage)."""
        picture = picture or self._results.shown
        if picture is not None:
            self.likes.use_picture(picture)

    def drop_start(self) -> None:
        self._starts.clear()
        self._session.update(start=None)

    def set_strength(self, strength: float) -> None:
        start = self._session.value.start
        if start is not None:
            self._session.update(start=msgspec.structs.replace(start, strength=strength))

    def drop(self, *paths: str) -> None:
        """Something was dropped on the window: weights of some kind, or a picture to start from."""
        path = paths[0]
        if Path(path).is_dir() or path.lower().endswith((".safetensors", ".ckpt", ".pt", ".bin")):
            self._tasks.start(self._take_weights(paths))
        else:
            self._tasks.start(self._take_picture(path))

    async def _take_weights(self, paths: Sequence[str]) -> None:
        loras = [path for path in paths if await asyncio.to_thread(holds_loras, path)]
        adapters = [path for path in paths if await asyncio.to_thread(holds_ip_adapter, path)]
        if loras:
            self._loras.add(loras)
        if adapters:
            self.likes.adapters.add(adapters)
        if not (loras or adapters):
            self.models.add(paths[0])

    async def _take_picture(self, path: str) -> None:
        is_chosen = await self._load_start(path)
        if is_chosen and await asyncio.to_thread(read_recipe, path) is not None:
            self._notices.inform(
                "This picture carries its recipe; you can lay it out in the panel instead.",
                step=NextStep.USE_RECIPE,
                subject=path,
            )

    def use_recipe_of(self, path: str) -> None:
        """Lay out the recipe that the image file `path` carries."""
        self._tasks.start(self._lay_out_recipe_of(path))

    async def _lay_out_recipe_of(self, path: str) -> None:
        recipe = await asyncio.to_thread(read_recipe, path)
        if recipe is None:
            raise ImageError(f"{Path(path).name} carries no recipe; choose a picture made here.")
        self.lay_out(recipe)

    async def _load_start(self, path: str, record: str = "") -> bool:
        """Whether it is the one to start from, and no other choice was made meanwhile."""
        picture = await self._starts.load(path)
        if picture is None:
            return False
        if picture.file.notice:
            self._notices.inform(picture.file.notice)
        old = self._session.value.start
        strength = old.strength if old is not None else StartChoice("").strength
        self._session.update(start=StartChoice(path, strength, record))
        return True

    async def restore_start(self) -> None:
        """Load the start picture that the session remembers; forget it when it is gone."""
        start = self._session.value.start
        if start is None:
            return
        try:
            await self._starts.hold(start.path)
        except ImageError as error:
            if self._session.value.start == start:
                self._session.update(start=None)
                self._notices.report(error)

    def lay_out(self, recipe: Recipe) -> None:
        """Lay `recipe` out in the panel, with the model it names if that is here."""
        self._laid_out = recipe
        self._starts.clear()
        self._session.replace(session_from(recipe, self._session.value, self._styles.find))
        self.likes.lay_out(recipe)
        if self._models.find(recipe.model.id) is None:
            self._missing_model(recipe)
        else:
            self.models.use(recipe.model.id)
        if recipe.start is not None:
            self._notices.inform(
                "This picture was made from another one; choose that as the starting point "
                "to get the same result."
            )

        if sketch_of(recipe).sketch:
            self._offer_sketch(
                recipe,
                "This picture follows a sketch; bring it back as a drawing to make it again, "
                "or follow the drawing of now.",
            )
        if beside_lines(recipe):
            self._tasks.start(self._bring_images_back(recipe))

    async def _bring_images_back(self, recipe: Recipe) -> None:
        """Have the images that steer `recipe` beside its sketch in the panel."""
        found = await self._drafting.images_beside(recipe)
        if self._laid_out is not recipe:  # another recipe was laid out meanwhile
            return
        sketch = self._session.value.sketch
        extras = (*sketch.extras, *found)[: MAX_CONTROLS - 1]
        self._session.update(sketch=msgspec.structs.replace(sketch, extras=extras))
        if len(found) < len(beside_lines(recipe)):
            self._offer_sketch(
                recipe,
                "An image that steers this picture beside its sketch is not at hand any more; "
                "choose it again to get the same result.",
            )

    def _offer_sketch(self, recipe: Recipe, text: str) -> None:
        subject = " ".join(sketch_of(recipe)).rstrip()
        self._notices.inform(text, step=NextStep.USE_SKETCH, subject=subject)

    def bring_sketch_back(self, digests: str) -> None:
        """Lay the sketch of a picture out as a drawing; `digests` are those of SketchDigests."""
        self._tasks.start(self._drafting.bring_back(SketchDigests(*digests.split(" "))))

    def lay_out_foreign(self, recipe: ForeignRecipe) -> None:
        """Lay out what another program's recipe says, as far as it can be meant here."""
        self._laid_out = None
        self._starts.clear()
        self.likes.pictures.clear()
        self._session.replace(session_from_foreign(recipe, self._session.value))
        self._notices.inform(
            f"This picture was made with {recipe.tool}; its prompt and numbers are laid out, "
            "and the result will differ."
        )

    def _missing_model(self, recipe: Recipe) -> None:
        name = recipe.model.name or Path(recipe.model.id).name
        self._notices.fail(
            f"This recipe was made with the model {name}, which is not on this machine; "
            "add it, or choose another one."
        )

    def _settings_changed(self, _settings: object, fields: frozenset[str]) -> None:
        if "model" in fields:
            self._check()

    def _check(self) -> None:
        self.problem.replace(find_problem(self._session.value, self._models.chosen))

    # --- errors ---------------------------------------------------------------------------------

    def report(self, error: BaseException) -> None:
        """Show what a task raised."""
        if isinstance(error, RecipeError):
            self.problem.replace(Problem(error.field, error.message))
        elif isinstance(error, MaquetteError):
            self._notices.report(error)
        else:
            self._notices.fail(
                "Something unexpected went wrong; you can go on, and the log has the details.",
                f"{type(error).__name__}: {error}",
            )
