"""Teaching the text encoder the caption grammar.

Linear heads on the padding positions, whose causal view covers the whole caption, must name every
attribute that the caption states, in either language: for some steps before the text encoder meets
any picture, and as a small extra loss while the UNet trains. The UNet then finds colour and form
ready to use instead of having to teach them through its own noisy loss.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import CLIPTextModel, CLIPTokenizer

from maquette_recipe.captions import Caption, caption
from maquette_recipe.config import TextConfig
from maquette_recipe.nets.architecture import build_text_encoder
from maquette_recipe.nets.base import tokenize
from maquette_recipe.nets.vocabulary import place_tokens
from maquette_recipe.train.budget import learning_rate_factor
from maquette_recipe.train.checkpoint import save_checkpoint
from maquette_recipe.world import (
    COLOURS,
    FORMS,
    LIGHTS,
    MATERIALS,
    SETTINGS,
    TURNS,
    VIEWS,
    Attributes,
    sample_attributes,
)

CHECKPOINT: Final = "text.pt"
NAMED: Final = {
    "form": FORMS, "colour": COLOURS, "material": MATERIALS, "setting": SETTINGS, "view": VIEWS,
    "turn": TURNS, "light": LIGHTS,
}  # fmt: skip
_UNSAID: Final = -100
_WARMUP: Final = 30


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


def caption_labels(scenes: list[Attributes], said: list[Caption | None]) -> dict[str, Tensor]:
    """Class indices (N,) by attribute; -100 where the caption does not state it."""
    return {
        name: torch.tensor([
            classes.index(getattr(s, name)) if c is not None and name in c.named else _UNSAID
            for s, c in zip(scenes, said, strict=True)
        ])
        for name, classes in NAMED.items()
    }  # fmt: skip


def naming_loss(logits: dict[str, Tensor], labels: dict[str, Tensor]) -> Tensor:
    """Cross entropy of the stated attributes, summed per caption, averaged over captions."""
    losses = [
        F.cross_entropy(logits[n].float(), labels[n], ignore_index=_UNSAID, reduction="sum")
        for n in NAMED
    ]
    return torch.stack(losses).sum() / len(labels["form"])


def named_right(logits: dict[str, Tensor], labels: dict[str, Tensor]) -> float:
    """Share of the stated attributes that the heads name right."""
    right = sum(int((logits[n].argmax(-1) == labels[n]).sum()) for n in NAMED)
    return right / max(1, sum(int((labels[n] != _UNSAID).sum()) for n in NAMED))


def end_token(tokenizer: CLIPTokenizer) -> int:
    """The id of the end and padding token."""
    return tokenizer.get_vocab()[str(tokenizer.eos_token)]


def pretrain_text(
    encoder: CLIPTextModel, heads: AttributeHeads, tokenizer: CLIPTokenizer, config: TextConfig,
    seed: int,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Train `encoder` and `heads` in place on captions alone; yields reports."""
    torch.manual_seed(seed)
    parameters = [*encoder.parameters(), *heads.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=config.learning_rate, weight_decay=0.01)
    encoder.train()
    for step in range(config.steps):
        rng = np.random.default_rng([seed, 5, step])
        scenes = [sample_attributes(rng) for _ in range(config.batch)]
        said = [caption(scene, rng) for scene in scenes]
        tokens, labels = (
            tokenize(tokenizer, [c.text for c in said]),
            caption_labels(scenes, [*said]),
        )
        with torch.autocast("cpu", torch.bfloat16):
            logits = heads(encoder(tokens).last_hidden_state, tokens)
        loss = naming_loss(logits, labels)
        factor = learning_rate_factor(step, step / config.steps, _WARMUP)
        for group in optimizer.param_groups:
            group["lr"] = config.learning_rate * factor
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        if (step + 1) % 20 == 0 or step + 1 == config.steps:
            yield {"step": step + 1, "loss": float(loss.detach()),
                   "right": named_right(logits, labels)}  # fmt: skip


def train_text(
    work: Path, tokenizer: CLIPTokenizer, config: TextConfig, seed: int
) -> Iterator[dict[str, Any]]:
    """Teach a fresh text encoder and save it with its heads, unless that is done."""
    if (work / CHECKPOINT).exists():
        return
    torch.manual_seed(seed)
    encoder = build_text_encoder(config, tokenizer)
    place_tokens(encoder, tokenizer, seed)
    heads = AttributeHeads(config.width, end_token(tokenizer))
    yield from pretrain_text(encoder, heads, tokenizer, config, seed)
    save_checkpoint(work / CHECKPOINT, {"model": encoder.state_dict(), "heads": heads.state_dict()})
