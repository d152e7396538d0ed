"""Quick previews of the prompt in a style, made while nothing else is, and never saved."""

import asyncio
import time
from collections import OrderedDict

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.errors import MaquetteError, RecipeError
from maquette.core.live_plan import quick_recipe
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.engine.client import EngineClient
from maquette.engine.status import EnginePhase
from maquette.state.draft import draft_recipes
from maquette.state.engine_status import EngineStatusStore
from maquette.state.jobs import Activity, Jobs
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.sketch_choice import SketchChoice
from maquette.state.store import Store
from maquette.state.styles import Styles
from maquette.state.tasks import Tasks
from maquette.state.wearing import take_style_off, wear

SLOW = 3.0  # seconds of a preview, from which none is made unasked
KEPT = 48  # previews that are remembered, 200 KB each for the built-in model


class StylePreviews(QObject):
    """Makes one at a time, in live mode's way; it is dropped when a picture is wanted instead.

    Signals:
        made(style_id): there is a preview now.
    """

    made = Signal(str)

    def __init__(
        self,
        *,
        session: Store[Session],
        settings: SettingsStore,
        models: Models,
        styles: Styles,
        jobs: Jobs,
        engine: EngineStatusStore,
        client: EngineClient,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._models = models
        self._styles = styles
        self._jobs = jobs
        self._engine = engine
        self._client = client
        self._tasks = tasks
        self._known: OrderedDict[Recipe, Pixels] = OrderedDict()
        self._making: asyncio.Task[None] | None = None
        self._seconds: float | None = None  # that the last one took
        jobs.activity.changed.connect(self._activity_changed)

    def picture(self, style_id: str) -> Pixels | None:
        """What there is of the present prompt in this style, RGB."""
        recipe = self._recipe(style_id)
        return self._known.get(recipe) if recipe else None

    def want(self, style_id: str) -> None:
        """Somebody looks at this style: make a preview, unless there is one or others work."""
        self.leave()
        recipe = self._recipe(style_id)
        if recipe is None or recipe in self._known or not self._may(recipe):
            return
        self._making = self._tasks.start(self._make(style_id, recipe))

    def leave(self) -> None:
        """Nobody looks any more."""
        if self._making is not None and not self._making.done():
            self._making.cancel()
        self._making = None

    def _may(self, recipe: Recipe) -> bool:
        wish = self._settings.value.style_previews
        is_free = (
            self._engine.value.phase is EnginePhase.READY
            and not self._session.value.sketch.live
            and _is_idle(self._jobs.activity.value)
        )
        return is_free and (wish == "always" or (wish == "quick" and self._is_quick(recipe)))

    def _is_quick(self, recipe: Recipe) -> bool:
        """By the last preview, or else by the pace of whole pictures."""
        seconds = self._seconds
        if seconds is None:
            whole = self._jobs.activity.value.seconds_per_image
            share = recipe.steps / max(1, self._session.value.steps)
            seconds = whole * min(1.0, share) if whole is not None else 0.0
        return seconds <= SLOW

    def _recipe(self, style_id: str) -> Recipe | None:
        """None where there is no such style or no model, or the panel makes no recipe."""
        style, model = self._styles.find(style_id), self._models.chosen
        if style is None or model is None:
            return None
        bare = take_style_off(self._session.value)
        if not bare.prompt.strip():
            return None
        width, height = model.default_size
        plain = msgspec.structs.replace(
            bare, count=1, start=None, like=None, sketch=SketchChoice(), width=width, height=height
        )
        try:
            (recipe,) = draft_recipes(wear(plain, style), model, plain.seed)
        except RecipeError:
            return None
        return quick_recipe(recipe, model.family)

    async def _make(self, style_id: str, recipe: Recipe) -> None:
        began = time.monotonic()
        try:
            made = await self._client.live(recipe)
        except MaquetteError:
            return  # nobody asked for it; a picture that is asked for will say what is wrong
        if made is None:
            return
        self._seconds = time.monotonic() - began
        self._known[recipe] = made.pixels
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.made.emit(style_id)

    def _activity_changed(self, activity: Activity, _fields: object = None) -> None:
        if not _is_idle(activity):
            self.leave()


def _is_idle(activity: Activity) -> bool:
    return not activity.job and not activity.of
