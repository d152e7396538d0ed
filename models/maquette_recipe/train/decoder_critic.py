"""A critic of decoded pictures, which learns beside the decoder."""

from __future__ import annotations

from typing import Any, Final

import torch
from accelerate import Accelerator
from torch import Tensor

from maquette_recipe.config import DecoderConfig
from maquette_recipe.nets.picture_critic import PICTURE_CRITIC_NAMES, PictureCritic
from maquette_recipe.shown import label_indices
from maquette_recipe.train.naming import Labels, likeness_error, naming_error
from maquette_recipe.train.taught import Pace, Taught
from maquette_recipe.world import Attributes

_ALONE: Final = 150
"""Steps that it learns before the decoder hears of it."""
_RISE: Final = 300
"""Steps after them until it is heard in full."""
_NOISE: Final = 0.02
_STEADINESS: Final = 100.0


class DecoderCritic:
    """A network that names renders and tells them from what the decoder makes of them."""

    def __init__(self, accelerator: Accelerator, plan: DecoderConfig) -> None:
        network = PictureCritic().to(memory_format=torch.channels_last)  # pyright: ignore
        self._accelerator, self._plan = accelerator, plan
        self._network = accelerator.prepare(network)
        pace = Pace(plan.warmup_steps, weight_decay=0.01, ema_decay=0.0)
        self._taught = Taught(network, plan.critic_learning_rate, pace, momentum=0.5, fades=False)
        self._step = 0

    @property
    def shares(self) -> dict[str, float]:
        """Of its errors in the decoder's gradient, where reconstruction has 1."""
        heard = min(1.0, max(0.0, (self._step - _ALONE) / _RISE))
        plan = self._plan
        return {"naming": heard * plan.naming_weight, "likeness": heard * plan.likeness_weight}

    def errors(self, decoded: Tensor, rendered: Tensor, labels: Labels) -> dict[str, Tensor]:
        """What it makes of decoded pictures (N, 3, H, W): errors of naming and of likeness."""
        self._network.requires_grad_(False)
        with self._accelerator.autocast():
            named, made = self._network(decoded)
            with torch.no_grad():
                _, real = self._network(rendered)
        self._network.requires_grad_(True)
        return {"naming": naming_error(named, labels), "likeness": likeness_error(made, real)}

    def learn(self, decoded: Tensor, rendered: Tensor, labels: Labels) -> dict[str, Tensor]:
        """One step: it names renders and tells decoded pictures from them.

        What it says must hardly change with noise that nobody sees, which stands for a penalty of
        its gradient (arXiv:2501.08316, section 3.4).
        """
        count = len(rendered)
        unseen = rendered + _NOISE * torch.randn_like(rendered)
        shown = torch.cat([rendered, decoded, unseen])
        with self._accelerator.autocast():
            named, real = self._network(shown.contiguous(memory_format=torch.channels_last))
        naming = naming_error({name: logits[:count] for name, logits in named.items()}, labels)
        true, false, shaken = zip(*(level.split(count) for level in real), strict=True)
        likeness = likeness_error(list(true), list(false))
        moved = [(a - b).square().mean() for a, b in zip(true, shaken, strict=True)]
        steadiness = torch.stack(moved).mean()
        self._accelerator.backward(naming + likeness + _STEADINESS * steadiness)
        self._accelerator.clip_grad_norm_(self._network.parameters(), 1.0)
        self._taught.learn(self._step, 0.0)
        self._step += 1
        return {"critic_naming": naming, "critic_likeness": likeness,
                "critic_steadiness": steadiness}  # fmt: skip

    def state_dict(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {"step": self._step, **self._taught.state_dict("critic")}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        self._step = state["step"]
        self._taught.load_state_dict("critic", state)


def crop_labels(scenes: list[Attributes], crops: int, device: torch.device) -> Labels:
    """What it names, of pictures of which each stands `crops` times in a row."""
    labels = label_indices(scenes)
    return {name: labels[name].repeat_interleave(crops).to(device) for name in PICTURE_CRITIC_NAMES}
