"""Training in this process, with real files and a tiny model."""

import errno
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from maquette.core.errors import ImageError, JobFailed, ModelError, TrainingError
from maquette.core.lora import LoraUse
from maquette.core.lora_headers import LoraFormat
from maquette.core.lora_models import inspect_lora
from maquette.core.model_info import ModelFamily
from maquette.core.model_ref import ModelRef
from maquette.core.training import TrainingPlan, TrainingReport, TrainingState
from maquette.core.training_captions import sample_prompts
from maquette.core.training_files import TrainingFolder
from maquette.protocol.messages import Device
from maquette.provenance.watermark.detection import detect
from maquette.worker.loras import forget_all, have_loras
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.training import learning, samples, trainer
from maquette.worker.training import pictures as crops
from maquette.worker.training.adapter import attach, use_weights
from maquette.worker.training.prior import picture_of, sample_recipe
from maquette.worker.training.samples import Sample
from maquette.worker.training.trainer import StyleTrainer, TrainingPaused


class Ear:
    """Hears what a training tells; wishes for an end after so many steps."""

    def __init__(self, wish: str | None = None, after: int = 0) -> None:
        self.states: list[TrainingState] = []
        self.steps: list[int] = []
        self.samples: list[Sample] = []
        self._wish = wish
        self._after = after

    def wish(self) -> Any:
        return self._wish if self._wish and len(self.steps) >= self._after else None

    def preparing(self, stage: str, fraction: float) -> None: ...

    def progress(self, step: int, total: int, loss: float, seconds_left: float) -> None:
        self.steps.append(step)

    def curves(self, state: TrainingState) -> None:
        self.states.append(state)

    def checkpointed(self, step: int) -> None: ...

    def sampled(self, step: int, samples: Sequence[Sample]) -> None:
        self.samples += samples


Train = Callable[..., TrainingReport]


def first_prompts(plan: TrainingPlan, count: int = 1) -> tuple[str, ...]:
    """Those of a sample grid, of which there is one picture here."""
    return sample_prompts(plan, count)


@pytest.fixture
def train(cpu: Device, monkeypatch: pytest.MonkeyPatch, renewed: Callable[[], None]) -> Train:
    """Trains in a folder; pictures are judged by two only."""
    monkeypatch.setattr(samples, "MADE", 2)
    monkeypatch.setattr(samples, "sample_prompts", first_prompts)

    def run(folder: TrainingFolder, ear: Ear | None = None) -> TrainingReport:
        renewed()
        ear = ear or Ear()
        return StyleTrainer(folder, cpu, ear, ear.wish).run()

    return run


def digest_of(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def test_a_style_is_trained_into_a_file_that_tells_what_it_is_and_no_path(
    planned: Callable[..., TrainingFolder], train: Train, small_model: Path, pictures: Path
) -> None:
    before = digest_of(small_model)
    folder = planned()
    ear = Ear()
    report = train(folder, ear)
    assert digest_of(small_model) == before
    plan = folder.plan()
    path = folder.result("Blue waves")
    assert path.name == "blue-waves-style.safetensors"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == report.digest
    found = inspect_lora(path)
    assert found.format == LoraFormat.DIFFUSERS
    assert found.family == ModelFamily.MINI
    assert found.rank == 4
    assert found.triggers == ("blue waves",)
    with safe_open(path, framework="pt") as file:
        told = file.metadata()
        text = json.dumps(told)
    assert json.loads(told["maquette.pictures"]) == [each.digest for each in plan.pictures]
    assert len(told["maquette.base_digest"]) == 64
    for private in (str(pictures), pictures.name, str(folder.path), str(small_model)):
        assert private not in json.loads(json.dumps(text))
    assert any(tensor.abs().max() > 0 for name, tensor in load_file(path).items() if "_B" in name)
    assert report.steps == 4
    assert [point.step for point in ear.states[-1].validation] == [0, 2, 4]
    assert 0 < report.parameters < report.base_parameters
    assert report == folder.report()
    assert report.likeness is not None
    assert report.likeness.made == 2


def test_a_paused_training_ends_with_the_very_weights_of_one_that_ran_through(
    planned: Callable[..., TrainingFolder], train: Train
) -> None:
    whole = planned()
    paused = TrainingFolder(Path(shutil.copytree(whole.path, whole.path.with_name("f" * 16))))
    train(whole)
    with pytest.raises(TrainingPaused) as stopped:
        train(paused, Ear("pause", after=3))
    assert stopped.value.step == 3
    ear = Ear()
    train(paused, ear)
    assert ear.steps == [4]
    one, other = (load_file(folder.checkpoint) for folder in (whole, paused))
    assert one.keys() == other.keys()
    assert all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)


def test_weights_are_those_that_the_held_out_pictures_liked_best(
    planned: Callable[..., TrainingFolder], train: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses = iter([1.0, 0.5, 0.7])
    monkeypatch.setattr(trainer, "validation_loss", lambda *_: next(losses))
    folder = planned()
    report = train(folder)
    assert (report.best_step, report.best_validation, report.first_validation) == (2, 0.5, 1.0)
    best, result = load_file(folder.best), load_file(folder.result("Blue waves"))
    assert all(torch.equal(best[name], result[name]) for name in result)


def test_memory_that_runs_out_is_met_with_smaller_parts_and_then_with_a_sentence(
    planned: Callable[..., TrainingFolder], train: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = learning.Objective.losses
    allowed = 1

    def losses(self: Any, unet: Any, batch: Any, noise: Any, timesteps: Any) -> torch.Tensor:
        if torch.is_grad_enabled() and len(timesteps) > allowed:
            raise MemoryError("can't allocate memory")
        return real(self, unet, batch, noise, timesteps)

    monkeypatch.setattr(learning.Objective, "losses", losses)
    report = train(planned())
    assert "Memory was short, so the style was learned in smaller parts." in report.notices
    allowed = 0
    with pytest.raises(JobFailed, match=r"Memory ran out .* resume the training"):
        train(planned())


def test_a_full_disk_at_a_checkpoint_is_told_and_the_one_before_stays(
    planned: Callable[..., TrainingFolder], train: Train, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = planned()
    with pytest.raises(TrainingPaused):
        train(folder, Ear("pause", after=1))
    before = folder.checkpoint.read_bytes()
    real = crops.write_atomically

    def full(path: Path, data: bytes) -> None:
        if path == folder.checkpoint:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data)

    monkeypatch.setattr(crops, "write_atomically", full)
    with pytest.raises(TrainingError, match=r"The disk is full: .* resume the training"):
        train(folder)
    assert folder.checkpoint.read_bytes() == before
    monkeypatch.setattr(crops, "write_atomically", real)
    assert train(folder).steps == 4


def test_pictures_that_go_away_are_told_before_and_not_missed_after_they_were_taken(
    planned: Callable[..., TrainingFolder], train: Train, pictures: Path
) -> None:
    taken, late = planned(), planned()
    with pytest.raises(TrainingPaused):
        train(taken, Ear("pause", after=1))
    shutil.rmtree(pictures)
    assert not (taken.path / "sources.json").exists()
    assert train(taken).steps == 4
    with pytest.raises(ImageError, match="is no longer there"):
        train(late)


def test_a_training_that_is_stopped_is_kept_and_one_that_learned_nothing_is_not(
    planned: Callable[..., TrainingFolder], train: Train
) -> None:
    report = train(planned(), Ear("stop", after=3))
    assert (report.steps, report.stopped_early) == (3, True)
    with pytest.raises(JobFailed, match="Nothing is learned yet"):
        train(planned(), Ear("stop"))


def test_a_paused_training_is_kept_without_learning_on(
    planned: Callable[..., TrainingFolder], train: Train
) -> None:
    folder = planned()
    with pytest.raises(TrainingPaused):
        train(folder, Ear("pause", after=3))
    ear = Ear("stop")
    report = train(folder, ear)
    assert (report.steps, report.stopped_early, ear.steps) == (3, True, [])


def test_samples_are_marked_and_the_model_that_was_planned_for_is_asked_for(
    planned: Callable[..., TrainingFolder], train: Train
) -> None:
    folder, ear = planned(sample_every=2), Ear()
    train(folder, ear)
    assert [sample.prompt for sample in ear.samples] == [ear.samples[0].prompt] * 3
    assert all("blue waves style" in sample.prompt for sample in ear.samples)
    plan = folder.plan()
    shown = load_file(folder.samples(4))["pictures"].numpy()[0]
    assert detect(shown, thorough=False) is not None
    other = msgspec.structs.replace(plan, model=ModelRef(plan.model.id, "0" * 64))
    folder.write_plan(other, ())
    with pytest.raises(ModelError, match="has changed since this training was planned"):
        train(folder)


def test_what_was_trained_is_what_pictures_are_made_with_whatever_its_file_is_called(
    planned: Callable[..., TrainingFolder], train: Train, tmp_path: Path
) -> None:
    folder = planned(learning_rate=0.02)
    report = train(folder)
    plan, digests, cpu = folder.plan(), tmp_path / "digests.json", torch.device("cpu")

    def fresh() -> Pipeline:
        return load_model(plan.model.id, cpu, torch.float32, digests, lambda *_: None)

    def shown(pipeline: Pipeline) -> np.ndarray:
        return picture_of(pipeline, "a vase, blue waves style", 5, (256, 256)).astype(int)

    pipeline = fresh()
    plain = shown(pipeline)
    made = []
    for name in ("one", "other"):
        path = tmp_path / f"{name}.safetensors"
        path.write_bytes(folder.result("Blue waves").read_bytes())
        recipe = sample_recipe(pipeline, "a vase, blue waves style", 5, (256, 256))
        recipe = msgspec.structs.replace(recipe, loras=(LoraUse(name, report.digest),))
        assert have_loras(pipeline, recipe, [str(path)], digests) == ()
        made.append(shown(pipeline))
        forget_all(pipeline)
    assert np.array_equal(*made)
    assert np.abs(made[0] - plain).max() > 3
    assert np.array_equal(shown(pipeline), plain)
    trained = fresh()
    attach(trained.unet, plan.settings)
    use_weights(trained.unet, load_file(folder.result("Blue waves")))
    assert np.abs(shown(trained) - made[0]).max() <= 1
