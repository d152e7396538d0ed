"""Training a style from its plan to its LoRA, in numbered steps; a kill at any loses little."""

import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec
import torch
from accelerate import Accelerator
from diffusers.models.attention_processor import AttnProcessor

from maquette.core.errors import FailureCode, JobFailed, ModelError
from maquette.core.paths import cache_dir
from maquette.core.pixels import Pixels
from maquette.core.training import (
    LikenessReport,
    TrainingPlan,
    TrainingReport,
    TrainingState,
    check_plan,
)
from maquette.core.training_files import TrainingFolder
from maquette.protocol.messages import Device
from maquette.protocol.trainer_messages import EndingWish
from maquette.worker.device import DTYPES
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.training.adapter import attach, use_weights, weights_of
from maquette.worker.training.batches import Batches
from maquette.worker.training.checkpoint import load_checkpoint, save_checkpoint
from maquette.worker.training.course import (
    best_loss,
    is_going_nowhere,
    is_validation_due,
    with_loss,
    with_validation,
)
from maquette.worker.training.latents import Example, Texts, encoded_pictures
from maquette.worker.training.learning import Learner
from maquette.worker.training.likeness import likeness_report
from maquette.worker.training.objective import Objective
from maquette.worker.training.pictures import read_tensors, take_pictures, write_tensors
from maquette.worker.training.prior import prior_pictures
from maquette.worker.training.result import write_result
from maquette.worker.training.samples import Sample, can_sample, make_samples, pictures_to_judge
from maquette.worker.training.validation import validation_loss

SAVE_EVERY = 15.0  # seconds; a kill loses no more, and what one step, or one validation, takes
_ROOMY = 16 << 30  # bytes of GPU memory from which on all networks stay there
_MIXED = {"fp32": "no", "bf16": "bf16", "fp16": "fp16"}


class Listener(Protocol):
    """Who is told how a training goes; see `protocol.trainer_messages`."""

    def preparing(self, stage: str, fraction: float) -> None: ...

    def progress(self, step: int, total: int, loss: float, seconds_left: float) -> None: ...

    def curves(self, state: TrainingState) -> None: ...

    def checkpointed(self, step: int) -> None: ...

    def sampled(self, step: int, samples: Sequence[Sample]) -> None: ...


class TrainingPaused(Exception):
    """The training was asked to pause; all that it has learned is in its folder."""

    def __init__(self, step: int) -> None:
        super().__init__(f"paused at step {step}")
        self.step = step


@dataclasses.dataclass
class _Parts:
    """What is there once everything is prepared."""

    pipeline: Pipeline
    crops: Mapping[str, Pixels]
    base: Sequence[Pixels]  # pictures by the model before any learning
    held_out: Sequence[Example]
    texts: Texts
    objective: Objective
    learner: Learner
    learned: Mapping[str, torch.nn.Parameter]


class StyleTrainer:
    """One training, or what is left of it."""

    def __init__(
        self,
        folder: TrainingFolder,
        device: Device,
        listener: Listener,
        wish: Callable[[], EndingWish | None],
    ) -> None:
        """`wish` tells at any time whether somebody asked for an end."""
        self._folder = folder
        self._device = device
        self._listener = listener
        self._wish = wish
        self._saved = time.monotonic()
        self._began = time.monotonic()
        self._notices: list[str] = []

    def run(self) -> TrainingReport:
        """Train, or go on training, and write the result.

        Raises:
            TrainingPaused: that was wished for.
            InputError: plan, pictures or model cannot be used.
            TrainingError: the folder cannot be read or written.
            JobFailed: memory ran out, or nothing was learned.
        """
        # 1. What is asked for, and where it runs.
        plan = self._folder.plan()
        check_plan(plan)
        accelerator = Accelerator(
            cpu=self._device.kind == "cpu", mixed_precision=_MIXED[self._device.precision]
        )
        self._is_main = accelerator.is_main_process
        # 2. Everything that is computed once.
        with accelerator.main_process_first():
            parts = self._prepared(plan, accelerator)
        # 3. Where it was left.
        state = load_checkpoint(self._folder, parts.learned, parts.learner.optimiser)
        self._began = time.monotonic() - state.seconds
        self._listener.curves(state)
        # 4. Learning.
        state = self._learn(plan, parts, state)
        # 5. The best weights become a file, and are judged.
        return self._finished(plan, parts, state)

    # --- before ---------------------------------------------------------------------------------

    def _prepared(self, plan: TrainingPlan, accelerator: Accelerator) -> _Parts:
        settings, device = plan.settings, accelerator.device
        pipeline = load_model(
            plan.model.id,
            device,
            DTYPES[self._device.precision],
            cache_dir() / "digests.json",
            lambda stage, fraction: self._report(stage, fraction),
        )
        if plan.model.digest not in ("", pipeline.info.digest):
            raise ModelError(
                f"{pipeline.info.name} has changed since this training was planned; "
                "please plan it anew."
            )
        pipeline.offload = device.type == "cuda" and self._device.memory_total < _ROOMY
        crops = take_pictures(
            self._folder, plan, pipeline.info, self._stage("Reading the pictures")
        )
        examples = encoded_pictures(
            self._folder, plan, crops, pipeline, self._stage("Preparing the pictures")
        )
        prior, base = prior_pictures(
            self._folder, plan, examples, pipeline, self._stage("Making pictures to compare with")
        )
        texts = Texts(pipeline)
        for example in (*examples.values(), *prior):
            texts.of(example.caption, example.size)
            texts.of("", example.size)
        if device.type == "cpu":
            # The way back through torch's fused attention is several times slower there.
            pipeline.unet.set_attn_processor(AttnProcessor())
        learned = attach(pipeline.unet, settings)
        objective = Objective(pipeline.scheduler_config, device, pipeline.dtype)
        held_out = {picture.digest for picture in plan.pictures if picture.held_out}
        batches = Batches(
            [example for digest, example in examples.items() if digest not in held_out],
            prior,
            texts,
            settings.batch,
            settings.prior_share,
            objective.timesteps,
        )
        return _Parts(
            pipeline=pipeline,
            crops=crops,
            base=base,
            held_out=[examples[digest] for digest in sorted(held_out)],
            texts=texts,
            objective=objective,
            learner=Learner(accelerator, pipeline, settings, batches, objective, learned),
            learned=learned,
        )

    def _stage(self, words: str) -> Callable[[float], None]:
        return lambda fraction: self._report(words, fraction)

    def _report(self, stage: str, fraction: float) -> None:
        """Tell how far the preparation is; nothing that is being prepared is lost by a pause."""
        wish = self._wish()
        if wish == "pause":
            raise TrainingPaused(0)
        if wish == "stop" and not self._folder.checkpoint.exists():
            raise _nothing_learned()
        self._listener.preparing(stage, fraction)

    # --- learning -------------------------------------------------------------------------------

    def _learn(self, plan: TrainingPlan, parts: _Parts, state: TrainingState) -> TrainingState:
        settings, first, began = plan.settings, state.step, time.monotonic()
        while True:
            if is_validation_due(state, settings):
                state = self._validated(plan, parts, state)
            if state.step >= settings.steps or is_going_nowhere(state, settings):
                return state
            wish = self._wish()
            if wish == "pause":
                self._save(parts, state)
                raise TrainingPaused(state.step)
            if wish == "stop":
                if state.step == 0:
                    raise _nothing_learned()
                if state.validation[-1].step < state.step:
                    state = self._validated(plan, parts, state)
                return state
            loss = parts.learner.step(state.step)
            state = with_loss(state, loss, settings)
            each = (time.monotonic() - began) / (state.step - first)
            left = each * (settings.steps - state.step)
            self._listener.progress(state.step, settings.steps, loss, left)
            if time.monotonic() - self._saved > SAVE_EVERY:
                self._save(parts, state)

    def _validated(self, plan: TrainingPlan, parts: _Parts, state: TrainingState) -> TrainingState:
        pipeline = parts.pipeline
        pipeline.use(pipeline.unet)
        loss = validation_loss(
            pipeline.unet, parts.held_out, parts.texts, parts.objective, pipeline.device
        )
        state = with_validation(state, loss)
        if state.best_step == state.step and self._is_main:
            # Before the checkpoint that tells of it: after a kill between them it is made again.
            write_tensors(self._folder, self._folder.best, weights_of(pipeline.unet))
        self._save(parts, state)
        self._listener.curves(state)
        is_due = state.step % plan.settings.sample_every == 0 and self._is_main
        if is_due and can_sample(pipeline) and not self._folder.samples(state.step).exists():
            samples = make_samples(self._folder, plan, pipeline, state.step)
            self._listener.sampled(state.step, samples)
        return state

    def _save(self, parts: _Parts, state: TrainingState) -> None:
        if self._is_main:
            told = msgspec.structs.replace(state, seconds=time.monotonic() - self._began)
            save_checkpoint(self._folder, told, parts.learned, parts.learner.optimiser)
            self._listener.checkpointed(state.step)
        self._saved = time.monotonic()

    # --- after ----------------------------------------------------------------------------------

    def _finished(self, plan: TrainingPlan, parts: _Parts, state: TrainingState) -> TrainingReport:
        unet = parts.pipeline.unet
        best = read_tensors(self._folder.best) if state.best_step else {}
        if best:
            use_weights(unet, best)
        else:
            self._notices.append(
                "The held-out pictures were never predicted better than by the base model, so the "
                "newest weights were kept; more pictures that are alike may help."
            )
        if parts.learner.is_frugal:
            self._notices.append("Memory was short, so the style was learned in smaller parts.")
        digest = write_result(
            self._folder,
            plan,
            parts.pipeline.info,
            state,
            weights_of(unet),
            parts.objective.prediction,
        )
        likeness = self._judged(plan, parts)
        learned = sum(parameter.numel() for parameter in parts.learned.values())
        report = TrainingReport(
            digest=digest,
            steps=state.step,
            best_step=state.best_step,
            stopped_early=state.step < plan.settings.steps,
            first_validation=state.validation[0].loss,
            best_validation=best_loss(state),
            parameters=learned,
            base_parameters=sum(each.numel() for each in unet.parameters()) - learned,
            seconds=round(time.monotonic() - self._began, 1),
            likeness=likeness,
            notices=tuple(self._notices),
        )
        if self._is_main:
            self._folder.write_report(report)
        return report

    def _judged(self, plan: TrainingPlan, parts: _Parts) -> LikenessReport | None:
        if not (parts.base and can_sample(parts.pipeline)):
            self._notices.append(
                "Likeness to the pictures was not measured, because making pictures takes long "
                "on this device."
            )
            return None
        made = pictures_to_judge(
            plan,
            parts.pipeline,
            lambda fraction: self._listener.preparing("Judging the style", fraction),
        )
        own = {p.digest: parts.crops[p.digest] for p in plan.pictures if not p.held_out}
        found = likeness_report(own, parts.base, made)
        if found.copied:
            self._notices.append(
                f"{found.copied} of {found.made} pictures made in this style are copies of ones "
                "it was trained on; please train it with more pictures or fewer steps."
            )
        return found


def _nothing_learned() -> JobFailed:
    return JobFailed(
        "Nothing is learned yet that could be kept; please resume the training or delete it.",
        FailureCode.BAD_INPUT,
    )
