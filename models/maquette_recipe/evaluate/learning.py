"""Training the judge on renders and styled renders, and its own accuracy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.evaluate.classifier import (
    IGNORED,
    LABELS,
    WEIGHTS,
    Judge,
    label_indices,
    predict,
    save_judge,
    scene_accuracy,
)
from maquette_recipe.evaluate.examples import Examples, draw_examples, open_examples
from maquette_recipe.train.budget import RunLog, learning_rate_factor
from maquette_recipe.train.muon import MuonWithAdamW

EXAMPLES: Final = 40_000
KEPT_ASIDE: Final = 2_000
EPOCHS: Final = 4
BATCH: Final = 64
LOG: Final = "judge.jsonl"
_RATE: Final = 5e-3
_DECAY: Final = 0.01
_WARMUP_STEPS: Final = 50
_TRAINING, _VALIDATION = "judge-examples", "judge-examples-validation"


def example_folder(work: Path, *, validation: bool) -> Path:
    """Where the judge's examples lie."""
    return work / (_VALIDATION if validation else _TRAINING)


def augment(batch: Tensor) -> Tensor:
    """Mirror, soften, shift, lighten or darken and add noise, all at random.

    So that neither sharpness nor noise, in which generated pictures differ from renders, decides.
    Pictures (N, 3, H, W) in 0..1.
    """
    device, count = batch.device, len(batch)
    if torch.rand(()) < 0.5:
        batch = batch.flip(-1)
    if torch.rand(()) < 0.6:
        soft = F.avg_pool2d(batch, 3, 1, 1, count_include_pad=False)
        if torch.rand(()) < 0.4:
            soft = F.avg_pool2d(soft, 3, 1, 1, count_include_pad=False)
        batch = torch.lerp(batch, soft, torch.rand(count, 1, 1, 1, device=device))
    dx, dy = (int(v) for v in torch.randint(-4, 5, (2,)))
    padded = F.pad(batch, (4, 4, 4, 4), mode="replicate")
    height, width = batch.shape[-2:]
    batch = padded[..., 4 + dy : 4 + dy + height, 4 + dx : 4 + dx + width]
    gain = 1 + 0.1 * (torch.rand(count, 1, 1, 1, device=device) - 0.5)
    noise = 0.04 * torch.rand(count, 1, 1, 1, device=device)
    # One grain for the whole batch, which is a good part of a step cheaper than one for each.
    grain = torch.randn(1, *batch.shape[1:], device=device)
    return (batch * gain + noise * grain).clamp(0, 1)


def labelled_loss(logits: dict[str, Tensor], labels: dict[str, Tensor]) -> Tensor:
    """Sum over attributes of the mean cross entropy of the pictures that tell the attribute."""
    losses = [
        F.cross_entropy(logits[name], labels[name], ignore_index=IGNORED, reduction="sum")
        / (labels[name] != IGNORED).sum().clamp_min(1)
        for name in LABELS
    ]
    return torch.stack(losses).sum()


def prepare_examples(
    work: Path, seed: int, *, count: int = EXAMPLES, workers: int = 2, device: str = "cpu"
) -> Iterator[tuple[int, int]]:
    """Draw the judge's examples from `work / "pictures"`; yields (files done, files in all)."""
    for validation, number in ((True, min(KEPT_ASIDE, count)), (False, count)):
        yield from draw_examples(
            work / "pictures", example_folder(work, validation=validation), number, seed,
            validation=validation, workers=workers, device=device,
        )  # fmt: skip


def train_judge(
    work: Path, seed: int, *, device: str = "cpu", epochs: int = EPOCHS, batch: int = BATCH
) -> Iterator[dict[str, Any]]:
    """Train the judge on the drawn examples unless it is there; yields a report per epoch.

    Raises FileNotFoundError when no examples have been drawn.
    """
    if (work / WEIGHTS).exists():
        return
    data = open_examples(example_folder(work, validation=False))
    kept = open_examples(example_folder(work, validation=True))
    labels = {name: value.to(device) for name, value in label_indices(data.scenes).items()}
    torch.manual_seed(seed)
    judge = Judge().to(device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    optimizer = MuonWithAdamW(judge, lr=_RATE, weight_decay=_DECAY)
    per_epoch = max(len(data) // batch, 1)
    step, log = 0, RunLog(work / LOG)
    for epoch in range(epochs):
        judge.train()
        total = torch.zeros((), device=device)
        for rows in torch.randperm(len(data)).split(batch)[:per_epoch]:
            factor = learning_rate_factor(step, step / (epochs * per_epoch), _WARMUP_STEPS)
            logits = judge(augment(data.batch(rows).to(device)))
            loss = labelled_loss(logits, {n: labels[n][rows.to(device)] for n in LABELS})
            loss.backward()
            optimizer.step(_RATE * factor)
            total += loss.detach()
            step += 1
        report = {"step": step, "samples": step * batch, "loss": float(total) / per_epoch}
        accuracy = judge_accuracy(judge.eval(), kept)
        log.write(**report, **{f"accuracy/{name}": value for name, value in accuracy.items()})
        yield {"epoch": epoch + 1, **report, **accuracy}
    save_judge(judge, work / WEIGHTS)


def judge_accuracy(judge: Judge, examples: Examples) -> dict[str, float]:
    """Share of pictures that are named right, by attribute, where the picture tells it."""
    parts = [predict(judge, examples.batch(rows)) for rows in torch.arange(len(examples)).split(64)]
    found = {name: torch.cat([part[name] for part in parts]) for name in LABELS}
    return scene_accuracy(found, examples.scenes)
