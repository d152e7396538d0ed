"""What a step learns from: noise at a timestep, and the weighted error of the prediction."""

from typing import Any, cast

import torch
from diffusers import DDPMScheduler

from maquette.core.errors import ModelError
from maquette.worker.training.latents import Batch

GAMMA = 5.0  # of Min-SNR


class Objective:
    """The noise process of a model, by its scheduler's configuration."""

    def __init__(self, config: dict[str, Any], device: torch.device, dtype: torch.dtype) -> None:
        """`dtype` is the UNet's.

        Raises:
            ModelError: the model predicts something else than noise or velocity.
        """
        self._dtype = dtype
        self._process = cast("DDPMScheduler", DDPMScheduler.from_config(config))
        kind = self._process.config["prediction_type"]
        if kind not in ("epsilon", "v_prediction"):
            raise ModelError(
                "Styles can be trained for models that predict noise or velocity, and this one "
                f"predicts {kind}; please choose another model."
            )
        self.prediction = str(kind)
        self._predicts_noise = kind == "epsilon"
        self.timesteps = int(self._process.config["num_train_timesteps"])
        kept = self._process.alphas_cumprod.to(device=device, dtype=torch.float32)
        self._weights = self._min_snr(kept)

    def _min_snr(self, kept: torch.Tensor) -> torch.Tensor:
        """Loss weight of each timestep after Min-SNR-gamma (arXiv:2303.09556).

        For velocity the paper's weight is zero at a last timestep without signal, which models
        with zero terminal SNR need most: one is added above the bar, so that weights are 1 up to
        SNR = gamma and fall beyond it, as the built-in model was trained.
        """
        snr = kept / (1 - kept).clamp_min(1e-8)
        if self._predicts_noise:
            return snr.clamp_max(GAMMA) / snr.clamp_min(1e-8)
        return (snr.clamp_max(GAMMA) + 1) / (snr + 1)

    def losses(
        self,
        unet: torch.nn.Module,
        batch: Batch,
        noise: torch.Tensor,
        timesteps: torch.Tensor,
    ) -> torch.Tensor:
        """The weighted squared error of each row, (rows,), fp32.

        Args:
            noise: of the latents' shape.
            timesteps: (rows,), int64.
        """
        steps = cast("torch.IntTensor", timesteps)
        noisy = self._process.add_noise(batch.latents, noise, steps)
        target = noise
        if not self._predicts_noise:
            target = self._process.get_velocity(batch.latents, noise, steps)
        predicted = unet(
            noisy.to(self._dtype),
            timesteps,
            encoder_hidden_states=batch.tokens,
            added_cond_kwargs=batch.added,
            return_dict=False,
        )[0]
        error = (predicted.float() - target.float()).square().mean(dim=(1, 2, 3))
        return error * self._weights[timesteps]
