"""Telling the family of a single-file checkpoint from its tensors' names and shapes.

Names follow the original latent diffusion code (model.diffusion_model, first_stage_model,
cond_stage_model or conditioner), which all Stable Diffusion 1.x, 2.x and SDXL files keep.
"""

import msgspec

from maquette.core.errors import ModelError
from maquette.core.model_info import ModelFamily
from maquette.core.safetensors_header import Header

_FIRST_CONVOLUTION = "model.diffusion_model.input_blocks.0.0.weight"
_VAE = "first_stage_model.decoder.conv_in.weight"
_CLIP_L = "cond_stage_model.transformer."
_OPEN_CLIP_H = "cond_stage_model.model."
_SDXL_CLIP_L = "conditioner.embedders.0.transformer."
_SDXL_OPEN_CLIP_G = "conditioner.embedders.1.model."
_REFINER = "conditioner.embedders.0.model."
_LATENT_CHANNELS = 4

# Empty tensors by which fine-tuners mark v-prediction and zero terminal SNR.
_V_PREDICTION_MARK = "v_pred"
_ZERO_SNR_MARK = "ztsnr"

_OTHER_KINDS = {
    "lora_unet_": "a LoRA",
    "lora_te": "a LoRA",
    "control_model.": "a ControlNet",
    "model.diffusion_model.joint_blocks.": "Stable Diffusion 3",
    "model.diffusion_model.double_blocks.": "FLUX",
    "double_blocks.": "FLUX",
    "down_blocks.": "a single part of a pipeline",
}


class CheckpointKind(msgspec.Struct, frozen=True):
    """A family, with what its configs do not say.

    `configs` names the folder of component configs; `side` is the trained size in pixels.
    """

    family: ModelFamily
    configs: str
    side: int
    v_prediction: bool = False
    zero_snr: bool = False


def checkpoint_family(name: str, header: Header) -> CheckpointKind:
    """The kind of the checkpoint with this header; `name` is for the sentences.

    Raises:
        ModelError: it is no complete Stable Diffusion 1.x, 2.x or SDXL checkpoint.
    """
    tensors = header.tensors
    if _FIRST_CONVOLUTION not in tensors:
        raise ModelError(f"{name} {_what_it_is(header)}; Stable Diffusion 1.x, 2.x and SDXL can.")
    shape = tensors[_FIRST_CONVOLUTION].shape
    if len(shape) != 4 or shape[1] != _LATENT_CHANNELS:
        raise ModelError(
            f"{name} is made for another task (inpainting or editing), "
            "not for making pictures from a prompt."
        )
    if _VAE not in tensors:
        raise ModelError(
            f"{name} lacks the part that turns latents into pictures (VAE); "
            "please get the full checkpoint."
        )
    v_mark, zero_snr = _V_PREDICTION_MARK in tensors, _ZERO_SNR_MARK in tensors
    prediction = header.metadata.get("modelspec.prediction_type", "")
    if _has(header, _SDXL_OPEN_CLIP_G) and _has(header, _SDXL_CLIP_L):
        return CheckpointKind(ModelFamily.SDXL, "sdxl", 1024, v_mark or prediction == "v", zero_snr)
    if _has(header, _REFINER):
        raise ModelError(
            f"{name} is an SDXL refiner, which only improves pictures of another model; "
            "please choose an SDXL base model."
        )
    if _has(header, _CLIP_L):
        return CheckpointKind(ModelFamily.SD1, "sd1", 512, v_mark or prediction == "v", zero_snr)
    if _has(header, _OPEN_CLIP_H):
        # Nothing in the tensors tells 2.x at 768 (v-prediction) from 2.x base at 512 (epsilon).
        is_base = prediction == "epsilon" or "base" in name.lower() or "512" in name
        if is_base and not v_mark:
            return CheckpointKind(ModelFamily.SD2, "sd2-base", 512)
        return CheckpointKind(ModelFamily.SD2, "sd2", 768, True, zero_snr)
    raise ModelError(f"{name} lacks its text encoder; please get the full checkpoint.")


def _has(header: Header, prefix: str) -> bool:
    return any(key.startswith(prefix) for key in header.tensors)


def _what_it_is(header: Header) -> str:
    for prefix, words in _OTHER_KINDS.items():
        if _has(header, prefix):
            return f"is {words}, which cannot be used as a model here"
    return "is a model of a kind that cannot be used"
