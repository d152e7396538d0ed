"""ControlNetwork: a network that steers structure, resident beside the model that it steers."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from diffusers import ControlNetModel, T2IAdapter
from torch import nn

from maquette.core.control import ControlKind
from maquette.core.model_ref import ModelRef
from maquette.core.pixels import Pixels

Shown = Callable[[Pixels, ControlKind], npt.NDArray[np.float32]]
"""From a control image of ours, RGB, to what the network was trained on: (H, W, channels), 0..1."""


def shown_as_it_is(pixels: Pixels, _kind: ControlKind) -> npt.NDArray[np.float32]:
    """RGB in 0..1: what the built-in model's control network learned from."""
    return pixels[:, :, :3].astype(np.float32) / np.float32(255)


@dataclass(frozen=True, eq=False)
class ControlNetwork:
    """`network` (in main memory, or on the pipeline's device once it was used) and how images are
    shown to it. `ref` names it, with the digest of its weights; `ref.id` is "" for the one in the
    model's own folder.
    """

    network: ControlNetModel | T2IAdapter
    ref: ModelRef
    shown: Shown = field(default=shown_as_it_is)

    @property
    def is_adapter(self) -> bool:
        """Whether it speaks once for all steps (T2I-Adapter, arXiv:2302.08453)."""
        return isinstance(self.network, T2IAdapter)


class RememberedEmbedding(nn.Module):
    """The embedding of a control image, made once for all steps and for pictures of the same image.

    diffusers' ControlNetModel embeds the image anew in every step. What is the same tensor as the
    last time gives the same answer here.
    """

    def __init__(self, embedding: nn.Module) -> None:
        super().__init__()
        self.embedding = embedding
        self._last: tuple[object, object] | None = None

    def forward(self, image: object) -> object:
        """As the wrapped module."""
        if self._last is None or self._last[0] is not image:
            self._last = image, self.embedding(image)
        return self._last[1]

    def forget(self) -> None:
        """Give back the memory of the last image."""
        self._last = None
