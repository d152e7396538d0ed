"""What a finished training becomes: a LoRA on the shelf, a style card, and its sample picture."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject

from maquette.core.errors import JobCancelled, MaquetteError
from maquette.core.marking import FileEncoding, FileFormat
from maquette.core.model_files import weights_digest
from maquette.core.model_info import ModelInfo
from maquette.core.model_ref import ModelRef
from maquette.core.paths import cache_dir
from maquette.core.recipe import Recipe
from maquette.core.record import record_id_for
from maquette.core.style import Phrasing, Style, put_on, ref_of
from maquette.core.trained_style import sample_subject, trained_style, training_id_of
from maquette.core.training import TrainingPlan, TrainingStage
from maquette.core.training_files import TrainingFolder
from maquette.engine.client import EngineClient
from maquette.engine.marker import ExportedFile
from maquette.library.trainings.result import keep_lora
from maquette.state.exports import Keep
from maquette.state.lora_shelf import LoraShelf
from maquette.state.models import Models
from maquette.state.notices import NextStep, Notices
from maquette.state.settings import SettingsStore
from maquette.state.styles import Styles
from maquette.state.tasks import Tasks
from maquette.state.trainings import Trainings

_SAMPLE = FileEncoding(FileFormat.JPEG, 90)


class TrainedStyles(QObject):
    """Makes the card of every training that has come to its end, once.

    One that ended while no window was open, as in a terminal, gets its card at the next start.
    """

    def __init__(
        self,
        *,
        loras_folder: Path,
        trainings: Trainings,
        styles: Styles,
        loras: LoraShelf,
        models: Models,
        settings: SettingsStore,
        client: EngineClient,
        keep: Keep,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """`loras_folder` has the LoRAs that the studio made; it is made at first need."""
        super().__init__(parent)
        self._folder = loras_folder
        self._trainings = trainings
        self._styles = styles
        self._loras = loras
        self._models = models
        self._settings = settings
        self._client = client
        self._keep = keep
        self._notices = notices
        self._tasks = tasks
        trainings.finished.connect(lambda training_id: tasks.start(self._make(training_id)))

    def make_missing(self) -> None:
        """Make the cards of trainings that ended while nobody was there to make them."""
        for one in self._trainings.value.trainings:
            if one.stage is TrainingStage.DONE and not one.has_card:
                self._tasks.start(self._make(one.id))

    def is_here(self, style: Style) -> bool:
        """Whether the training that `style` came of is here."""
        return self._trainings.value.find(training_id_of(style.id)) is not None

    async def _make(self, training_id: str) -> None:
        one = self._trainings.value.find(training_id)
        if one is None:
            return
        folder, plan = TrainingFolder(one.folder), one.plan
        lora, path = await asyncio.to_thread(keep_lora, folder, plan, self._folder)
        # By its digest the worker finds the file, whatever becomes of the settings.
        await asyncio.to_thread(weights_digest, path, cache_dir() / "digests.json")
        await self._loras.offer(str(self._folder))
        style = trained_style(plan, lora)
        self._styles.need()
        await self._styles.put(style)
        self._notices.inform(
            f"The style “{plan.name}” is ready.",
            step=NextStep.USE_TRAINED,
            subject=training_id,
            other=NextStep.SHOW_TRAINING,
        )
        if await self._add_sample(style, plan, folder.path / "sample.jpg"):
            await self._trainings.note_card(training_id)

    async def _add_sample(self, style: Style, plan: TrainingPlan, path: Path) -> bool:
        """Make the sample picture, which goes the way of all pictures, and put it on the card.

        False if the window closed meanwhile, so that the next one is to try again.
        """
        model = self._models.find(plan.model.id)
        if model is None:
            return True
        recipe = sample_recipe(style, plan, model)
        record_id = record_id_for(recipe)
        try:
            made = await self._client.generate(
                f"sample-{style.id}",
                record_id,
                recipe,
                marking=self._settings.value.marking,
                encoding=_SAMPLE,
                preview=False,
            )
            exported = ExportedFile(
                file=made.file, record=made.record, mark=made.mark, manifest=made.manifest
            )
            await self._keep(exported, path)
            current = self._styles.find(style.id)
            if current is not None:  # not deleted meanwhile, though perhaps changed
                await self._styles.put(current, path)
        except JobCancelled:
            return False
        except MaquetteError as error:
            self._notices.inform(
                f"The sample picture of “{plan.name}” could not be made; the style can be used "
                "all the same."
            )
            await asyncio.to_thread(TrainingFolder(path.parent).log, error.message)
        return True


def sample_recipe(style: Style, plan: TrainingPlan, model: ModelInfo) -> Recipe:
    """The picture on the card: a subject that was held out, in the style."""
    phrasing = put_on(style, Phrasing(sample_subject(plan)))
    width, height = model.default_size
    return Recipe(
        prompt=phrasing.prompt,
        negative_prompt=phrasing.negative,
        seed=plan.settings.seed,
        width=width,
        height=height,
        steps=model.default_steps,
        guidance_scale=model.default_guidance,
        model=ModelRef(model.id, name=model.name),
        style=ref_of(style),
        loras=style.loras,
    )
