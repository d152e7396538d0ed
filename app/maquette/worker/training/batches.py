"""Which pictures, noise and timesteps a step learns from.

All of it follows from the seed and the number of the step alone, so that a training which was
killed goes on exactly as it would have gone on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from maquette.worker.training.latents import Batch, Example, Texts, seed_of

_NO_CAPTION = 0.1  # share of rows without a caption, which guidance needs


@dataclass(frozen=True)
class Drawn:
    """A batch with its noise, of the latents' shape, and its timesteps, (rows,)."""

    batch: Batch
    noise: torch.Tensor
    timesteps: torch.Tensor


class Batches:
    """Draws batches of one size each, from the pictures and the base model's own."""

    def __init__(
        self,
        pictures: Sequence[Example],
        prior: Sequence[Example],
        texts: Texts,
        rows: int,
        prior_share: float,
        timesteps: int,
    ) -> None:
        """`rows` in each batch, `timesteps` of the noise process."""
        self._texts = texts
        self._rows = rows
        self._prior_rows = round(rows * prior_share)
        self._timesteps = timesteps
        self._own = _by_size(pictures)
        self._prior = _by_size(prior)

    def draw(self, seed: int, step: int, process: int, device: torch.device) -> Drawn:
        """The batch of `step` for one of several processes that train together."""
        generator = torch.Generator("cpu").manual_seed(seed_of(seed, step, process))
        sizes = list(self._own)
        shares = torch.tensor([float(len(self._own[size])) for size in sizes])
        size = sizes[int(torch.multinomial(shares, 1, generator=generator))]
        prior = self._prior.get(size, [])
        kept = min(self._prior_rows, self._rows - 1) if prior else 0
        chosen = _some(self._own[size], self._rows - kept, generator)
        chosen += _some(prior, kept, generator)
        latents, captions = [], []
        for example in chosen:
            side = int(torch.randint(len(example.latents), (), generator=generator))
            latents.append(example.latents[side])
            is_bare = float(torch.rand((), generator=generator)) < _NO_CAPTION
            captions.append("" if is_bare else example.caption)
        batch = self._texts.batch(latents, captions, size)
        noise = torch.randn(batch.latents.shape, generator=generator)
        timesteps = torch.randint(self._timesteps, (len(chosen),), generator=generator)
        return Drawn(batch, noise.to(device), timesteps.to(device))


def _by_size(examples: Sequence[Example]) -> dict[tuple[int, int], list[Example]]:
    found: dict[tuple[int, int], list[Example]] = {}
    for example in examples:
        found.setdefault(example.size, []).append(example)
    return found


def _some(examples: list[Example], count: int, generator: torch.Generator) -> list[Example]:
    """`count` of `examples`, none twice before each was there once."""
    chosen: list[Example] = []
    while len(chosen) < count:
        order = torch.randperm(len(examples), generator=generator).tolist()
        chosen += [examples[index] for index in order[: count - len(chosen)]]
    return chosen
