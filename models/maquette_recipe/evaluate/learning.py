"""Training the judge on renders and styled renders, and its own accuracy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from maquette_recipe.evaluate.classifier import (
    WEIGHTS,
    Judge,
    read_judge,
    save_judge,
    scene_accuracy,
)
from maquette_recipe.evaluate.examples import (
    SURFACES,
    WHOLE,
    Examples,
    Kind,
    draw_examples,
    open_examples,
)
from maquette_recipe.shown import IGNORED, label_indices
from maquette_recipe.train.budget import RunLog, learning_rate_factor
from maquette_recipe.train.muon import MuonWithAdamW

EXAMPLES: Final = {WHOLE: 40_000, SURFACES: 24_000}
KEPT_ASIDE: Final = 2_000
EPOCHS: Final = 4
BATCH: Final = 64
LOG: Final = "judge.jsonl"
SURFACE_LOG: Final = "judge-surface.jsonl"
SURFACE_CROP: Final = 160
"""Side in pixels of the part that materials are learned from: the same texture, in less time."""
SMALL_WEIGHTS: Final = "judge-small.safetensors"
"""The judge when its first network is trained and its second is not."""
Logits = Callable[[Tensor], dict[str, Tensor]]
"""Logits (N, classes) by attribute of pictures (N, 3, H, W) in 0..1."""
_RATE: Final = 5e-3
_DECAY: Final = 0.01
_WARMUP_STEPS: Final = 50


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


def cropped(batch: Tensor, size: int) -> Tensor:
    """A part (N, 3, size, size) of pictures (N, 3, H, W), the same for all of them, drawn at random
    from near the middle, where the object is; whole pictures where they are no larger."""
    top, left = (
        int(max(length - size, 0) * (0.25 + 0.5 * float(torch.rand(()))))
        for length in batch.shape[-2:]
    )
    return batch[..., top : top + size, left : left + size]


def labelled_loss(logits: dict[str, Tensor], labels: dict[str, Tensor]) -> Tensor:
    """Sum over attributes of the mean cross entropy of the pictures that tell the attribute."""
    losses = [
        F.cross_entropy(logits[name], labels[name], ignore_index=IGNORED, reduction="sum")
        / (labels[name] != IGNORED).sum().clamp_min(1)
        for name in logits
    ]
    return torch.stack(losses).sum()


def prepare_examples(
    work: Path, seed: int, *, counts: Mapping[Kind, int] = EXAMPLES, workers: int = 2,
    device: str = "cpu",
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Draw the judge's examples from `work / "pictures"`; yields (files done, files in all)."""
    for kind, count in counts.items():
        for validation, number in ((True, min(KEPT_ASIDE, count)), (False, count)):
            yield from draw_examples(
                kind, work, number, seed, validation=validation, workers=workers, device=device
            )


def train_judge(
    work: Path, seed: int, *, device: str = "cpu", epochs: int = EPOCHS, batch: int = BATCH
) -> Iterator[dict[str, Any]]:
    """Train both networks on the drawn examples unless they are there; yields a report per epoch.

    Raises FileNotFoundError when no examples have been drawn.
    """
    if (work / WEIGHTS).exists():
        return
    torch.manual_seed(seed)
    if (work / SMALL_WEIGHTS).exists():
        judge = read_judge(work / SMALL_WEIGHTS).to(device)
    else:
        judge = Judge().to(device)
        data, kept = _open_both(WHOLE, work)
        log = RunLog(work / LOG)
        for report in _epochs(judge, judge.small, data, epochs, batch, device):
            yield _told(log, report, judge_accuracy(judge.eval(), kept, judge.small))
        save_judge(judge, work / SMALL_WEIGHTS)
    data, kept = _open_both(SURFACES, work)
    log = RunLog(work / SURFACE_LOG)

    def surface(pictures: Tensor) -> dict[str, Tensor]:
        return {"material": judge.surface(pictures)}

    for report in _epochs(judge.surface, surface, data, epochs, batch, device, SURFACE_CROP):
        yield _told(log, report, judge_accuracy(judge.eval(), kept, surface))
    save_judge(judge, work / WEIGHTS)


def _open_both(kind: Kind, work: Path) -> tuple[Examples, Examples]:
    """Examples to learn from and those kept aside."""
    return (
        open_examples(kind.folder(work, validation=False)),
        open_examples(kind.folder(work, validation=True)),
    )


def _told(log: RunLog, report: dict[str, Any], accuracy: dict[str, float]) -> dict[str, Any]:
    log.write(**report, **{f"accuracy/{name}": value for name, value in accuracy.items()})
    return report | accuracy


def _epochs(
    network: nn.Module, logits: Logits, data: Examples, epochs: int, batch: int, device: str,
    crop: int | None = None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Train `network`, which `logits` reads pictures with, on them or on parts of `crop` pixels;
    yields after each epoch."""
    labels = {name: value.to(device) for name, value in label_indices(data.scenes).items()}
    network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    optimizer = MuonWithAdamW(network, lr=_RATE, weight_decay=_DECAY)
    per_epoch = max(len(data) // batch, 1)
    step = 0
    for epoch in range(epochs):
        network.train()
        total = torch.zeros((), device=device)
        for rows in torch.randperm(len(data)).split(batch)[:per_epoch]:
            factor = learning_rate_factor(step, step / (epochs * per_epoch), _WARMUP_STEPS)
            pictures = data.batch(rows)
            if crop is not None:
                pictures = cropped(pictures, crop)
            found = logits(augment(pictures.to(device)))
            loss = labelled_loss(found, {n: labels[n][rows.to(device)] for n in found})
            loss.backward()
            optimizer.step(_RATE * factor)
            total += loss.detach()
            step += 1
        yield {
            "epoch": epoch + 1, "step": step, "samples": step * batch,
            "loss": float(total) / per_epoch,
        }  # fmt: skip


@torch.no_grad()
def judge_accuracy(
    judge: Judge, examples: Examples, logits: Logits | None = None
) -> dict[str, float]:
    """Share of pictures that are named right, by attribute, where the picture tells it.

    `logits` reads pictures (N, 3, H, W) instead of the whole judge.
    """
    device, read = next(judge.parameters()).device, logits or judge
    found: dict[str, list[Tensor]] = defaultdict(list)
    for rows in torch.arange(len(examples)).split(64):
        for name, value in read(examples.batch(rows).to(device)).items():
            found[name].append(value.argmax(-1).cpu())
    return scene_accuracy({n: torch.cat(parts) for n, parts in found.items()}, examples.scenes)
