"""Controls at work: what their networks add to the UNet, step by step.

The arithmetic of ControlNets (arXiv:2302.05543) and T2I-Adapters (arXiv:2302.08453) follows
diffusers' pipelines operation for operation, so that equal settings give equal pixels. Weight maps
and guidance are ours, and cost nothing where they are not used.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch.nn.functional import adaptive_avg_pool2d

from maquette.core.control import Control
from maquette.worker.control_network import ControlNetwork
from maquette.worker.pipeline import Pipeline
from maquette.worker.text_encoding import Conditioning

Tensors = list[torch.Tensor]


@dataclass(eq=False)
class Part:
    """One control of a picture, ready to run.

    `image` (rows, channels, height, width) is what the network is shown, for each row of the batch
    (once for an adapter); `weights` (1, 1, height, width) in 0..1 is what its answer is multiplied
    by.
    """

    control: Control
    network: ControlNetwork
    image: torch.Tensor
    weights: torch.Tensor | None = None
    pooled: dict[torch.Size, torch.Tensor] = field(default_factory=dict)  # `weights` by size

    def acts_at(self, step: int, total: int) -> bool:
        """Whether `step`, counted from 0, is between begin and end, as diffusers rounds them."""
        return step / total >= self.control.begin and (step + 1) / total <= self.control.end

    def weighted(self, tensors: Tensors) -> Tensors:
        """`tensors` times the map, which is scaled down to the size of each by area."""
        if self.weights is None:
            return tensors
        for tensor in tensors:
            size = tensor.shape[-2:]
            if size not in self.pooled:
                self.pooled[size] = adaptive_avg_pool2d(self.weights, (size[0], size[1]))
        return [tensor * self.pooled[tensor.shape[-2:]] for tensor in tensors]


@dataclass(eq=False)
class Added:
    """What is added inside the UNet in one step; empty lists for nothing.

    `outer` are a ControlNet's tensors after the encoder's blocks, the middle block's last; `inner`
    are an adapter's within them. Their rows are those of the batch, then one without each control
    that has guidance: how far that one leads is in `guides`.
    """

    outer: Tensors = field(default_factory=list)
    inner: Tensors = field(default_factory=list)
    guides: list[float] = field(default_factory=list)

    def arguments(self) -> dict[str, object]:
        """As the UNet takes them."""
        named: dict[str, object] = {}
        if self.outer:
            named["down_block_additional_residuals"] = tuple(self.outer[:-1])
            named["mid_block_additional_residual"] = self.outer[-1]
        if self.inner:
            named["down_intrablock_additional_residuals"] = list(self.inner)  # it takes them out
        return named


class Steering:
    """All controls of one picture."""

    def __init__(
        self, pipeline: Pipeline, parts: Sequence[Part], conditioning: Conditioning
    ) -> None:
        """Adapters, which speak once for all steps, are asked now."""
        self._parts = parts
        self._conditioning = conditioning
        self._features: dict[int, Tensors] = {}
        for part in parts:
            if part.network.is_adapter:
                pipeline.use(part.network.network)
                self._features[id(part)] = _ask_adapter(part)

    @property
    def networks(self) -> list[torch.nn.Module]:
        """The networks that run beside the UNet in every step."""
        return [part.network.network for part in self._parts if not part.network.is_adapter]

    def at(self, step: int, total: int, batch: torch.Tensor, t: torch.Tensor) -> Added:
        """What is added in `step` of `total`, counted from 0.

        Args:
            batch: the latents, once for each row of the conditioning.
            t: the timestep, shape ().
        """
        rows = len(batch)
        answers: list[tuple[Part, Tensors]] = []
        added = Added()
        for part in self._parts:
            if not part.acts_at(step, total):
                continue
            if part.network.is_adapter:
                own = [feature.expand(rows, -1, -1, -1) for feature in self._features[id(part)]]
                added.inner = _sum(added.inner, own)
            else:
                own = self._ask(part, batch, t)
                added.outer = _sum(added.outer, own)
            answers.append((part, own))
        whole_outer, whole_inner = added.outer, added.inner
        for part, own in answers:
            if part.control.guidance == 1:
                continue
            without = [-tensor[:1] for tensor in own]
            is_inner = part.network.is_adapter
            added.outer = _with_row(added.outer, whole_outer, [] if is_inner else without)
            added.inner = _with_row(added.inner, whole_inner, without if is_inner else [])
            added.guides.append(part.control.guidance)
        return added

    def _ask(self, part: Part, batch: torch.Tensor, t: torch.Tensor) -> Tensors:
        """A ControlNet's answer for every row of `batch`."""
        down, middle = part.network.network(
            batch,
            t,
            encoder_hidden_states=self._conditioning.tokens,
            controlnet_cond=part.image,
            conditioning_scale=part.control.scale,
            added_cond_kwargs=self._conditioning.added,
            return_dict=False,
        )
        return part.weighted([*down, middle])


def _ask_adapter(part: Part) -> Tensors:
    features = part.network.network(part.image)
    return part.weighted([feature * part.control.scale for feature in features])


def _sum(sums: Tensors, own: Tensors) -> Tensors:
    return [a + b for a, b in zip(sums, own, strict=True)] if sums else own


def _with_row(tensors: Tensors, whole: Tensors, less: Tensors) -> Tensors:
    """`tensors` with one more row: the first of `whole`, plus `less` where there is any."""
    rows = [tensor[:1] for tensor in whole]
    if less:
        rows = _sum(rows, less)
    return [torch.cat([tensor, row]) for tensor, row in zip(tensors, rows, strict=True)]
