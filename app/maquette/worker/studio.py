"""The maker of images: one resident model on one device, and what it does when memory is short."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

import msgspec
import torch

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.model_info import ModelInfo
from maquette.core.paths import cache_dir, loras_dir, settings_file
from maquette.core.pixels import Pixels
from maquette.core.recipe import ModelRef, Recipe, check_recipe
from maquette.core.settings import load_settings
from maquette.protocol.messages import Device
from maquette.worker.cancel import CancelToken
from maquette.worker.controls import with_digests
from maquette.worker.device import DTYPES, memory_free, torch_device
from maquette.worker.ip_adapter import forget_ip_adapter, have_ip_adapter
from maquette.worker.loras import forget_all, have_loras
from maquette.worker.made import Made
from maquette.worker.memory import (
    NOTICES,
    MemoryPlan,
    apply_plan,
    is_device_lost,
    is_out_of_memory,
    next_plan,
    plan_for,
    release,
)
from maquette.worker.models import Report, load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.resident_controls import have_controls
from maquette.worker.text_to_image import Run, make_image
from maquette.worker.warm_up import warm_up

OnStep = Callable[[int, int, Callable[[], Pixels | None]], None]
"""Called after each step with its number, the number of steps, and a maker of the preview."""

_log = logging.getLogger(__name__)


class Studio:
    """Makes images. Not thread-safe: one thread uses it."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self._pipeline: Pipeline | None = None
        self._plan = MemoryPlan.FULL  # in use
        self._learned_plan = MemoryPlan.FULL  # the least frugal one that is known to be enough

    def load(self, model: str, token: CancelToken, report: Report) -> ModelInfo:
        """Make `model` resident and warm; the one before is evicted first.

        Raises:
            ModelError: it cannot be used; no model is resident then.
            JobFailed: memory ran out, or the device is lost.
            JobCancelled: `token` was set.
        """
        if self._pipeline and self._pipeline.info.id == model:
            return self._pipeline.info
        self._pipeline, self._plan, self._learned_plan = None, MemoryPlan.FULL, MemoryPlan.FULL
        release()

        def checked_report(stage: str, fraction: float) -> None:
            token.check()
            report(stage, fraction)

        try:
            pipeline = load_model(
                model,
                torch_device(self.device),
                DTYPES[self.device.precision],
                cache_dir() / "digests.json",
                checked_report,
            )
            checked_report("Warming up", 0.9)
            warm_up(pipeline, token)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                _raise_lost(error)
                raise
            detail = str(error)
        else:
            self._pipeline = pipeline
            return pipeline.info
        release()
        raise JobFailed(
            "There is not enough memory to load this model; please close other programs or choose "
            "a smaller model.",
            FailureCode.OUT_OF_MEMORY,
            detail,
        )

    def make(
        self,
        recipe: Recipe,
        start: Pixels | None,
        token: CancelToken,
        on_step: OnStep,
        images: Mapping[str, Pixels] = MappingProxyType({}),
    ) -> Made:
        """Make the image of `recipe` with the resident model.

        `start` and `images`, by digest, are what the recipe names: RGB pixels of its size.

        When memory runs out, the job is tried once more by a plan that needs less.

        Raises:
            RecipeError: a value is out of range, or the size cannot fit into memory.
            JobFailed: no model is resident, memory ran out twice, or the device is lost.
            JobCancelled: `token` was set.
        """
        pipeline = self._pipeline
        if pipeline is None:
            raise JobFailed("No model is loaded; please choose one.", FailureCode.MODEL)
        check_recipe(recipe, pipeline.info.latent_factor)
        started = time.perf_counter()
        self._have_controls(pipeline, recipe)
        lora_notices = self._have_loras(pipeline, recipe)
        self._have_ip_adapter(pipeline, recipe, images)
        free = memory_free(self.device)
        # A large picture's plan is not kept for the next one: tiles change pixels a little, and
        # the same recipe should give the same picture whatever was made before.
        self._use_plan(plan_for(pipeline, recipe, self._learned_plan, free))
        pixels, run = self._make_frugally(pipeline, recipe, start, token, on_step, images)
        notices = run.notices + lora_notices
        if recipe.model.digest not in ("", pipeline.info.digest):
            notices += (
                "The model has changed since this recipe was made; the picture may differ.",
            )
        if self._plan > MemoryPlan.FULL:
            notices += (NOTICES[self._plan],)
        ref = ModelRef(recipe.model.id, pipeline.info.digest, pipeline.info.name)
        return Made(
            pixels,
            with_digests(pipeline, msgspec.structs.replace(recipe, model=ref)),
            notices,
            run.seconds | {"total": time.perf_counter() - started},
        )

    def _have_controls(self, pipeline: Pipeline, recipe: Recipe) -> None:
        """Have the control networks of `recipe` beside the model."""
        try:
            have_controls(pipeline, recipe, cache_dir() / "digests.json")
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            detail = str(error)
        else:
            return
        release()
        raise JobFailed(
            "There is not enough memory to load the control model too; please use fewer of them "
            "or close other programs.",
            FailureCode.OUT_OF_MEMORY,
            detail,
        )

    def _have_loras(self, pipeline: Pipeline, recipe: Recipe) -> tuple[str, ...]:
        """Have the LoRAs of `recipe`, and no others, act in the model; sentences about them."""
        try:
            return have_loras(pipeline, recipe, _places("loras"), cache_dir() / "digests.json")
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            detail = str(error)
        forget_all(pipeline)
        raise JobFailed(
            "There is not enough memory to add these LoRAs to the model; please use fewer of them "
            "or close other programs.",
            FailureCode.OUT_OF_MEMORY,
            detail,
        )

    def _have_ip_adapter(
        self, pipeline: Pipeline, recipe: Recipe, images: Mapping[str, Pixels]
    ) -> None:
        """Have the IP-Adapter of `recipe`, with its style image embedded."""
        digests = cache_dir() / "digests.json"
        try:
            return have_ip_adapter(pipeline, recipe, images, _places("ip_adapters"), digests)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            detail = str(error)
        forget_ip_adapter(pipeline)
        raise JobFailed(
            "There is not enough memory for the IP-Adapter of the style image; please close other "
            "programs or choose another way for the style image.",
            FailureCode.OUT_OF_MEMORY,
            detail,
        )

    def _make_frugally(
        self,
        pipeline: Pipeline,
        recipe: Recipe,
        start: Pixels | None,
        token: CancelToken,
        on_step: OnStep,
        images: Mapping[str, Pixels],
    ) -> tuple[Pixels, Run]:
        """Make the image; once, step down to a plan that needs less memory."""

        def on_latents(step: int, total: int, original: torch.Tensor) -> None:
            projection = pipeline.projection
            on_step(step, total, lambda: projection(original) if projection else None)

        for is_last in (False, True):
            run = Run(token)
            try:
                return make_image(pipeline, recipe, start, on_latents, run, images), run
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    _raise_lost(error)
                    raise
                detail = str(error)
            # Outside of `except`, whose traceback holds the tensors that must go.
            release()
            frugal = next_plan(self._plan, run.decoding, self.device.kind != "cpu")
            _log.warning("out of memory by plan %s: %s", self._plan.name, detail)
            if is_last or frugal is None:
                break
            self._use_plan(frugal)
            self._learned_plan = frugal
        raise JobFailed(
            "Memory ran out while the picture was made; please choose a smaller size or close "
            "other programs.",
            FailureCode.OUT_OF_MEMORY,
            detail,
        )

    def _use_plan(self, plan: MemoryPlan) -> None:
        if self._pipeline and plan != self._plan:
            apply_plan(self._pipeline, plan)
            self._plan = plan


def _places(kind: Literal["loras", "ip_adapters"]) -> Iterator[str]:
    """Files and folders, by the settings, which are read when the first is asked for; and where the
    studio keeps the LoRAs that it trained."""
    settings, _notice = load_settings(settings_file())
    if kind == "loras":
        yield str(loras_dir())
    yield from settings.loras if kind == "loras" else settings.ip_adapters


def _raise_lost(error: BaseException) -> None:
    """Raise JobFailed if `error` tells that the device is lost."""
    if is_device_lost(error):
        raise JobFailed(
            "The GPU or its driver failed, so the worker is started again; please try again.",
            FailureCode.DEVICE,
            str(error),
        ) from error
