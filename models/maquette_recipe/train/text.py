"""Teaching the text encoder the caption grammar.

Linear heads on the padding positions, whose causal view covers the whole caption, must name every
attribute that the caption states, in either language: for some steps before the text encoder meets
any picture, and as a small extra loss while the UNet trains. The UNet then finds colour and form
ready to use instead of having to teach them through its own noisy loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import CLIPTextModel, CLIPTokenizer

from maquette_recipe.captions import Caption, Language, caption, sample_described
from maquette_recipe.config import TextConfig
from maquette_recipe.nets.architecture import build_text_encoder
from maquette_recipe.nets.base import tokenize
from maquette_recipe.nets.carry_over import carry_over_text
from maquette_recipe.nets.vocabulary import place_tokens
from maquette_recipe.train.budget import learning_rate_factor
from maquette_recipe.train.checkpoint import save_checkpoint
from maquette_recipe.train.muon import MuonWithAdamW
from maquette_recipe.world import (
    COLOURS,
    FORMS,
    LIGHTS,
    MATERIALS,
    MOODS,
    PAINT_COLOURS,
    SETTINGS,
    STYLES,
    TURNS,
    VIEWS,
    Attributes,
)

CHECKPOINT: Final = "text.pt"
NOTHING: Final = ""
"""The class of an accent or a companion that a scene does not have."""
NAMED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "form": FORMS, "colour": COLOURS, "material": MATERIALS, "setting": SETTINGS, "view": VIEWS,
    "turn": TURNS, "light": LIGHTS, "mood": MOODS, "style": STYLES,
    "accent": (NOTHING, *PAINT_COLOURS),
    "second_form": (NOTHING, *FORMS), "second_colour": COLOURS, "second_material": MATERIALS,
    "third_form": (NOTHING, *FORMS), "third_colour": COLOURS, "third_material": MATERIALS,
})  # fmt: skip
"""What the heads must name: the attributes of the scene and those of its companions."""
_COMPANIONS: Final = ("second", "third")
_UNSAID: Final = -100
_WARMUP: Final = 30
_POOL: Final = 8
"""Batches whose captions are drawn together and sorted by length."""
_FULL_LENGTH_SHARE: Final = 0.15
"""Last part of the steps, on tokens padded to the full length."""


class AttributeHeads(nn.Module):
    """One linear head per attribute on the mean of the end and padding states."""

    def __init__(self, width: int, end_token: int) -> None:
        super().__init__()
        self._end = end_token
        self.heads = nn.ModuleDict({n: nn.Linear(width, len(c)) for n, c in NAMED.items()})

    def forward(self, states: Tensor, tokens: Tensor) -> dict[str, Tensor]:
        """Logits by attribute from states (N, L, D) of tokens (N, L)."""
        after = (tokens == self._end).float()[..., None]
        pooled = (states.float() * after).sum(1) / after.sum(1)
        return {name: head(pooled) for name, head in self.heads.items()}


def _stated(scene: Attributes, said: Caption) -> dict[str, str]:
    """The value of everything in :data:`NAMED` that the caption settles.

    A caption that names the colour and no second one says that there is none, and a caption that
    names all companions of a scene says how many there are.
    """
    stated = {n: getattr(scene, n) for n in said.named if n in NAMED and n != "accent"}
    if "accent" in said.named or ("colour" in said.named and not scene.accent):
        stated["accent"] = scene.accent
    if scene.others and "others" not in said.named:
        return stated
    for i, place in enumerate(_COMPANIONS):
        if i >= len(scene.others):
            stated[f"{place}_form"] = NOTHING
            continue
        for part in ("form", "colour", "material"):
            if part in said.named:
                stated[f"{place}_{part}"] = getattr(scene.others[i], part)
    return stated


def caption_labels(scenes: list[Attributes], said: list[Caption | None]) -> dict[str, Tensor]:
    """Class indices (N,) by name in :data:`NAMED`; -100 where the caption does not state it."""
    stated = [{} if c is None else _stated(scene, c) for scene, c in zip(scenes, said, strict=True)]
    return {
        name: torch.tensor([classes.index(s[name]) if name in s else _UNSAID for s in stated])
        for name, classes in NAMED.items()
    }


def naming_loss(logits: dict[str, Tensor], labels: dict[str, Tensor]) -> Tensor:
    """Cross entropy of the stated attributes, summed per caption, averaged over captions."""
    losses = [
        F.cross_entropy(logits[n].float(), labels[n], ignore_index=_UNSAID, reduction="sum")
        for n in NAMED
    ]
    return torch.stack(losses).sum() / len(labels["form"])


def named_right(logits: dict[str, Tensor], labels: dict[str, Tensor]) -> dict[str, float]:
    """By name, the share 0..1 of what captions state that the heads name right.

    Names that no caption states are left out, and what is not there (no accent, no companion) is
    not counted.
    """
    shares = {}
    for name, classes in NAMED.items():
        counted = labels[name] != _UNSAID
        if classes[0] == NOTHING:
            counted &= labels[name] != 0
        if bool(counted.any()):
            right = logits[name].argmax(-1) == labels[name]
            shares[name] = float(right[counted].float().mean())
    return shares


def end_token(tokenizer: CLIPTokenizer) -> int:
    """The id of the end and padding token."""
    return tokenizer.get_vocab()[str(tokenizer.eos_token)]


def _described(
    rng: np.random.Generator, tokenizer: CLIPTokenizer, count: int, language: Language | None = None
) -> tuple[Tensor, dict[str, Tensor]]:
    """Tokens (N, L) and labels of fresh captions."""
    scenes = [sample_described(rng) for _ in range(count)]
    said = [caption(scene, rng, language=language) for scene in scenes]
    return tokenize(tokenizer, [c.text for c in said]), caption_labels(scenes, [*said])


@torch.no_grad()
def naming_accuracy(
    encoder: CLIPTextModel, heads: AttributeHeads, tokenizer: CLIPTokenizer, seed: int, *,
    language: Language, count: int = 1000,
) -> dict[str, float]:  # fmt: skip
    """:func:`named_right` on `count` captions of one language that no training has drawn."""
    rng = np.random.default_rng([seed, 6])
    encoder.eval()
    tokens, labels = _described(rng, tokenizer, count, language)
    tokens = tokens.to(encoder.device)
    parts = [heads(encoder(t).last_hidden_state, t) for t in tokens.split(100)]
    logits = {name: torch.cat([part[name].cpu() for part in parts]) for name in NAMED}
    return named_right(logits, labels)


def _batches(
    tokenizer: CLIPTokenizer, config: TextConfig, seed: int
) -> Iterator[tuple[Tensor, dict[str, Tensor]]]:
    """Fresh captions for every step, tokens (N, L) and labels.

    Captions of like length come together, cut behind the longest one, which saves more than half
    of the arithmetic; the last steps have the full length that the pipeline uses.
    """
    for start in range(0, config.steps, _POOL):
        rng = np.random.default_rng([seed, 5, start])
        pool, labels = _described(rng, tokenizer, _POOL * config.batch)
        lengths = (pool != end_token(tokenizer)).sum(1) + 1
        groups = lengths.argsort().view(_POOL, config.batch)[rng.permutation(_POOL)]
        for step, chosen in enumerate(groups[: config.steps - start], start):
            length = config.max_length
            if step < (1 - _FULL_LENGTH_SHARE) * config.steps:
                length = min(length, int(lengths[chosen].max()) + 2)
            yield pool[chosen, :length], {name: value[chosen] for name, value in labels.items()}


def pretrain_text(
    encoder: CLIPTextModel, heads: AttributeHeads, tokenizer: CLIPTokenizer, config: TextConfig,
    seed: int,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Train `encoder` and `heads` in place on captions alone; yields reports.

    A report has the means since the last one; its "right" is the mean over the names of
    :func:`named_right`. On the CPU the arithmetic is float32: at these sizes bfloat16 takes longer
    there.
    """
    torch.manual_seed(seed)
    device = encoder.device
    taught = nn.ModuleDict({"encoder": encoder, "heads": heads})
    optimizer = MuonWithAdamW(taught, lr=config.learning_rate, weight_decay=0.01)
    encoder.train()
    recent: list[tuple[float, float]] = []
    for step, (tokens, labels) in enumerate(_batches(tokenizer, config, seed)):
        tokens = tokens.to(device)
        labels = {name: value.to(device) for name, value in labels.items()}
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type != "cpu"):
            logits = heads(encoder(tokens).last_hidden_state, tokens)
        loss = naming_loss(logits, labels)
        loss.backward()
        nn.utils.clip_grad_norm_(taught.parameters(), 1.0)
        factor = learning_rate_factor(step, step / config.steps, _WARMUP)
        optimizer.step(config.learning_rate * factor)
        right = list(named_right(logits, labels).values())
        recent.append((float(loss.detach()), float(np.mean(right))))
        if (step + 1) % 20 == 0 or step + 1 == config.steps:
            mean_loss, mean_right = np.mean(recent, axis=0)
            yield {"step": step + 1, "loss": float(mean_loss), "right": float(mean_right)}
            recent = []


def train_text(
    work: Path, tokenizer: CLIPTokenizer, config: TextConfig, seed: int,
    warm_start: Path | None = None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Teach a text encoder and save it with its heads, unless that is done.

    It starts afresh, or from what the exported pipeline folder `warm_start` knows, so that its
    UNet goes on understanding.
    """
    if (work / CHECKPOINT).exists():
        return
    torch.manual_seed(seed)
    encoder = build_text_encoder(config, tokenizer)
    place_tokens(encoder, tokenizer, seed)
    if warm_start:
        carry_over_text(encoder, tokenizer, warm_start)
    heads = AttributeHeads(config.width, end_token(tokenizer))
    yield from pretrain_text(encoder, heads, tokenizer, config, seed)
    save_checkpoint(work / CHECKPOINT, {"model": encoder.state_dict(), "heads": heads.state_dict()})
