"""Prompts become embeddings, as diffusers' pipelines make them, with a memory of recent ones."""

from dataclasses import dataclass

import torch

from maquette.core.recipe import Recipe
from maquette.worker.pipeline import Pipeline, TextPart

_REMEMBERED = 32  # prompts; an SDXL embedding takes 0.6 MB in fp32


@dataclass(frozen=True)
class Embedding:
    """One encoded text.

    `tokens` has shape (1, length, width); `pooled` (1, width) is there for SDXL only. `kept` is
    the text that the encoder saw, "" when it saw everything.
    """

    tokens: torch.Tensor
    pooled: torch.Tensor | None
    kept: str = ""


@dataclass(frozen=True)
class Conditioning:
    """What the UNet is told, in rows: the negative one first when guided, then the positive one.

    With a `share` above 0 a second positive row follows, and what is predicted for it makes up so
    much of the prediction.
    """

    tokens: torch.Tensor
    added: dict[str, torch.Tensor] | None
    notices: tuple[str, ...]
    share: float = 0.0

    @property
    def rows(self) -> int:
        """How many rows there are: 1 to 3."""
        return len(self.tokens)

    def with_rows(self, count: int) -> "Conditioning":
        """With the first row again, `count` times, at the end."""
        if count == 0:
            return self
        added = self.added and {name: _repeated(v, count) for name, v in self.added.items()}
        return Conditioning(_repeated(self.tokens, count), added, self.notices, self.share)


def _repeated(rows: torch.Tensor, count: int) -> torch.Tensor:
    return torch.cat([rows] + [rows[:1]] * count)


def encode_recipe(pipeline: Pipeline, recipe: Recipe, guided: bool) -> Conditioning:
    """Encode the prompts of `recipe`, the negative ones only if `guided`.

    Of two negative prompts of a blend one row is made, by their embeddings: they are alike mostly.
    """
    size = recipe.width, recipe.height
    first = encode_prompts(pipeline, recipe.prompt, recipe.negative_prompt, guided, size)
    blend = recipe.blend
    if blend is None:
        return first
    second = encode_prompts(pipeline, blend.prompt, blend.negative_prompt, guided, size)

    def joined(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        negative = [torch.lerp(a[:1], b[:1], blend.share)] if guided else []
        return torch.cat([*negative, a[-1:], b[-1:]])

    added = first.added and {
        name: joined(each, (second.added or first.added)[name])
        for name, each in first.added.items()
    }
    notices = tuple(dict.fromkeys(first.notices + second.notices))
    return Conditioning(joined(first.tokens, second.tokens), added, notices, blend.share)


def encode_prompts(
    pipeline: Pipeline, prompt: str, negative: str, guided: bool, size: tuple[int, int]
) -> Conditioning:
    """Encode the prompt and, if `guided`, the negative prompt. `size` is (width, height)."""
    positive = _remembered(pipeline, prompt)
    notices = list(_notices(pipeline, "prompt", prompt, positive))
    halves = [positive]
    if guided:
        if not negative and pipeline.zeros_for_empty_negative:
            tokens, pooled = positive.tokens, positive.pooled
            unconditional = Embedding(
                torch.zeros_like(tokens), None if pooled is None else torch.zeros_like(pooled)
            )
        else:
            unconditional = _remembered(pipeline, negative)
            notices += _notices(pipeline, "negative prompt", negative, unconditional)
        halves.insert(0, unconditional)
    tokens = torch.cat([half.tokens for half in halves])
    added = None
    if pipeline.is_sdxl:
        width, height = size
        # Original size, crop corner, target size; arXiv:2307.01952, section 2.2.
        ids = torch.tensor([[height, width, 0, 0, height, width]], dtype=tokens.dtype)
        added = {
            "text_embeds": torch.cat([half.pooled for half in halves if half.pooled is not None]),
            "time_ids": ids.to(pipeline.device).repeat(len(halves), 1),
        }
    return Conditioning(tokens, added, tuple(notices))


def _notices(pipeline: Pipeline, what: str, text: str, embedding: Embedding) -> list[str]:
    if what == "prompt" and not text:
        return ["The prompt is empty, so the model chose freely."]
    if not embedding.kept:
        return []
    limit = pipeline.text[0].tokenizer.model_max_length - 2
    end = embedding.kept[-40:].strip()
    return [f"The {what} is longer than this model reads ({limit} tokens); it ends after “{end}”."]


def _remembered(pipeline: Pipeline, text: str) -> Embedding:
    known = pipeline.embeddings
    if text in known:
        known.move_to_end(text)
    else:
        known[text] = _encode(pipeline, text)
        if len(known) > _REMEMBERED:
            known.popitem(last=False)
    return known[text]


def _encode(pipeline: Pipeline, text: str) -> Embedding:
    tokens: list[torch.Tensor] = []
    pooled, kept = None, ""
    for part in pipeline.text:
        pipeline.use(part.encoder)
        ids, kept = _token_ids(part, text)
        ids = ids.to(pipeline.device)
        if pipeline.is_sdxl:
            output = part.encoder(ids, output_hidden_states=True)
            # Only the second encoder projects; its first output is the pooled text.
            pooled = output[0] if output[0].ndim == 2 else pooled
            tokens.append(output.hidden_states[-2])
        else:
            tokens.append(part.encoder(ids)[0])
    joined = torch.cat(tokens, dim=-1) if len(tokens) > 1 else tokens[0]
    return Embedding(joined.to(pipeline.text[-1].encoder.dtype), pooled, kept)


def _token_ids(part: TextPart, text: str) -> tuple[torch.Tensor, str]:
    """Token ids of shape (1, limit), and the text they cover if it was cut, else ""."""
    tokenizer = part.tokenizer
    limit = tokenizer.model_max_length
    encoded = tokenizer(
        text,
        padding="max_length",
        max_length=limit,
        truncation=True,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    ends = encoded["offset_mapping"][0, :, 1].tolist()
    covered = max(ends)
    cut = covered < len(text.rstrip()) and ends[limit - 2] > 0
    return encoded["input_ids"], text[:covered] if cut else ""
