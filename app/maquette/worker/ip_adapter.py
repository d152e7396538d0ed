"""An IP-Adapter at work: a style image that the model is told of (arXiv:2308.06721).

The image, embedded by a CLIP image encoder, becomes a few tokens beside those of the prompt; every
cross attention has keys and values of its own for them, whose answer is added by the strength. All
this is attached to the UNet while that runs and taken off afterwards, so that pictures without it
are as they were.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from diffusers.models.attention_processor import Attention, IPAdapterAttnProcessor2_0
from diffusers.models.embeddings import ImageProjection
from PIL import Image
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import CLIPVisionModelWithProjection

from maquette.core.control_kinds import FAMILY_WORDS
from maquette.core.errors import ModelError
from maquette.core.ip_adapters import (
    TOKENS,
    IPAdapterInfo,
    check_ip_adapter_fits,
    find_ip_adapter,
)
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.style_image import StyleImage, active_style_image
from maquette.worker.memory import is_out_of_memory, release
from maquette.worker.pipeline import Pipeline
from maquette.worker.resident_ip_adapter import ResidentIPAdapter

KEPT_UNUSED: Final = 512 * 2**20  # bytes: a larger one does not stay for the next style image
_REMEMBERED: Final = 16  # embedded images
_MEAN: Final = (0.48145466, 0.4578275, 0.40821073)  # of the images that CLIP learned from
_DEVIATION: Final = (0.26862954, 0.26130258, 0.27577711)

_log = logging.getLogger(__name__)


def have_ip_adapter(
    pipeline: Pipeline,
    recipe: Recipe,
    images: Mapping[str, Pixels],
    places: Iterable[str],
    digests: Path,
) -> None:
    """Have the IP-Adapter of `recipe`, if it has one, and its style image embedded.

    Args:
        images: what the recipe names, by digest.
        places: files and folders where IP-Adapters are kept.
        digests: the JSON file that keeps digests of weight files.

    Raises:
        ModelError: with a sentence, if it is not at hand or cannot be used.
        MemoryError, RuntimeError: memory ran out.
    """
    like = active_style_image(recipe.like)
    resident = pipeline.ip_adapter
    if like is None or like.adapter is None:
        if resident is not None and resident.size > KEPT_UNUSED:
            forget_ip_adapter(pipeline)
        return
    if resident is None or resident.use != like.adapter:
        forget_ip_adapter(pipeline)
        info = find_ip_adapter(like.adapter, places, digests)
        check_ip_adapter_fits(info, pipeline.info)
        resident = pipeline.ip_adapter = _loaded(pipeline, info)
    if like.digest not in resident.embedded:
        resident.embedded[like.digest] = _embedded(pipeline, resident, images[like.digest])
        release()  # the image encoder
        if len(resident.embedded) > _REMEMBERED:
            resident.embedded.popitem(last=False)
    resident.embedded.move_to_end(like.digest)


def forget_ip_adapter(pipeline: Pipeline) -> None:
    """Give the memory of the IP-Adapter back."""
    if pipeline.ip_adapter is not None:
        pipeline.ip_adapter = None
        release()


class ImagePrompt:
    """A style image for one picture, as tokens beside those of the prompts."""

    def __init__(self, pipeline: Pipeline, image: StyleImage, rows: int, guided: bool) -> None:
        """`rows` are those of the conditioning, of which the first is the negative one if
        `guided`. The image is embedded already (`have_ip_adapter`)."""
        resident = pipeline.ip_adapter
        if resident is None:
            raise RuntimeError("have_ip_adapter comes before ImagePrompt")
        self._pipeline = pipeline
        self._resident = resident
        self._strength = image.strength
        # Of no image there are the tokens of zeros, as in diffusers' pipelines.
        embedded = resident.embedded[image.digest]
        without = [torch.zeros_like(embedded)] if guided else []
        resident.projection.to(pipeline.device)
        tokens = resident.projection(torch.cat([*without, embedded]))
        first = [tokens[:1]] if guided else []
        self._tokens = torch.cat([*first, *[tokens[-1:]] * (rows - len(first))])

    @contextmanager
    def attached(self) -> Iterator[None]:
        """The UNet reads the image's tokens meanwhile, and is as it was afterwards."""
        unet, processors = self._pipeline.unet, self._resident.processors
        processors.to(self._pipeline.device)
        before = dict(unet.attn_processors)
        own: dict[str, Any] = {_dotted(name): each for name, each in processors.items()}
        for processor in own.values():
            processor.scale = [self._strength]
        try:
            unet.set_attn_processor(before | own)
            yield
        finally:
            unet.set_attn_processor(before)
            if self._pipeline.offload:
                for network in self._resident.networks:
                    network.to("cpu")

    def beside(self, tokens: Tensor) -> tuple[Tensor, list[Tensor]]:
        """What the UNet is told: text `tokens` (rows, length, width), and the image's.

        Rows beyond those of the conditioning are the first one again.
        """
        more = len(tokens) - len(self._tokens)
        own = torch.cat([self._tokens, *[self._tokens[:1]] * more])
        return tokens, [own[:, None]]  # one image


def _loaded(pipeline: Pipeline, info: IPAdapterInfo) -> ResidentIPAdapter:
    """The IP-Adapter `info` with its weights, in the model's precision, on its device."""
    try:
        state = load_file(info.path)
        _require_fit(pipeline, info, state)
        resident = _built(pipeline, info, state)
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
        if is_out_of_memory(error):
            raise
        _log.exception("loading %s failed", info.path)
        raise ModelError(
            f"The IP-Adapter {info.name} cannot be loaded, because its file is damaged; please "
            "fetch it again.",
            str(error),
        ) from error
    weights = (weight for network in resident.networks for weight in network.parameters())
    if not all(bool(torch.isfinite(weight).all()) for weight in weights):
        raise ModelError(
            f"The IP-Adapter {info.name} has weights that are no numbers (NaN), so its training or "
            "its download went wrong; please get another copy."
        )
    return resident


def _require_fit(pipeline: Pipeline, info: IPAdapterInfo, state: Mapping[str, Tensor]) -> None:
    """Raise ModelError if `state` has not just what each cross attention of the UNet takes."""
    wanted = {}
    for number, attention in _cross_attentions(pipeline).values():
        shape = (attention.inner_dim, attention.cross_attention_dim)
        for letter in "kv":
            wanted[f"ip_adapter.{number}.to_{letter}_ip.weight"] = shape
    has = {key: tuple(value.shape) for key, value in state.items() if key.startswith("ip_adapter.")}
    if has != wanted:
        words = FAMILY_WORDS[pipeline.info.family]
        raise ModelError(
            f"The IP-Adapter {info.name} is made for another {words} model than "
            f"{pipeline.info.name}; choose another way for the style image."
        )


def _built(
    pipeline: Pipeline, info: IPAdapterInfo, state: Mapping[str, Tensor]
) -> ResidentIPAdapter:
    """diffusers' layers with the weights of `state`.

    They are copied: what was read is the file itself, mapped into memory, which may go away.
    """
    width = state["image_proj.proj.weight"].shape[1]
    with torch.device("meta"):
        projection = ImageProjection(width, info.context, TOKENS)
        processors = {
            name: IPAdapterAttnProcessor2_0(
                attention.inner_dim, attention.cross_attention_dim, num_tokens=[TOKENS]
            )
            for name, (_number, attention) in _cross_attentions(pipeline).items()
        }
    own = {
        f"{layer}.{end}": state[f"image_proj.{published}.{end}"]
        for layer, published in (("image_embeds", "proj"), ("norm", "norm"))
        for end in ("weight", "bias")
    }
    _fill(projection, own, pipeline)
    for name, (number, _attention) in _cross_attentions(pipeline).items():
        layers = {
            f"to_{letter}_ip.0.weight": state[f"ip_adapter.{number}.to_{letter}_ip.weight"]
            for letter in "kv"
        }
        _fill(processors[name], layers, pipeline)
    named: dict[str, nn.Module] = {_dotless(name): each for name, each in processors.items()}
    return ResidentIPAdapter(info.use, info.encoder, projection, nn.ModuleDict(named))


def _fill(network: nn.Module, state: Mapping[str, Tensor], pipeline: Pipeline) -> None:
    place = "cpu" if pipeline.offload else pipeline.device
    copied = {
        name: tensor.to(place, pipeline.dtype, copy=True).contiguous()
        for name, tensor in state.items()
    }
    network.load_state_dict(copied, strict=True, assign=True)
    network.eval().requires_grad_(False)


def _cross_attentions(pipeline: Pipeline) -> dict[str, tuple[int, Attention]]:
    """The published number of each cross attention of the UNet and itself, by processor's name.

    Self and cross attentions are counted together, in the order of the UNet's own list.
    """
    names = [name for name in pipeline.unet.attn_processors if not name.endswith("attn1.processor")]
    found = {}
    for number, name in enumerate(names):
        attention: Any = pipeline.unet.get_submodule(name.removesuffix(".processor"))
        found[name] = (2 * number + 1, attention)
    return found


@torch.inference_mode()
def _embedded(pipeline: Pipeline, resident: ResidentIPAdapter, pixels: Pixels) -> Tensor:
    """RGB `pixels` as the image encoder embeds them, (1, width), in the model's precision."""
    folder = Path(resident.encoder_file).parent
    kind: Any = CLIPVisionModelWithProjection
    try:
        encoder, report = kind.from_pretrained(
            folder,
            dtype=pipeline.dtype,
            use_safetensors=True,
            local_files_only=True,
            output_loading_info=True,
        )
        if report["missing_keys"]:
            raise ValueError(f"missing: {sorted(report['missing_keys'])[:4]}")
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
        if is_out_of_memory(error):
            raise
        _log.exception("loading %s failed", folder)
        raise ModelError(
            f"The image encoder of {resident.use.name} cannot be loaded, because its files do not "
            "fit together; please fetch its folder again.",
            str(error),
        ) from error
    device: Any = pipeline.device
    encoder.eval().requires_grad_(False).to(device)
    shown = _shown(pixels, encoder.config.image_size).to(device, pipeline.dtype)
    embedded = encoder(shown).image_embeds
    if not bool(torch.isfinite(embedded).all()):
        raise ModelError(
            f"The image encoder of {resident.use.name} has weights that are no numbers (NaN); "
            "please fetch its folder again."
        )
    return embedded


def _shown(pixels: Pixels, side: int) -> Tensor:
    """RGB `pixels` as CLIP learned to see: (1, 3, side, side), the middle, normalised."""
    height, width = pixels.shape[:2]
    factor = side / min(width, height)
    size = max(side, int(width * factor)), max(side, int(height * factor))
    scaled = Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC)
    left, top = (size[0] - side) // 2, (size[1] - side) // 2
    cropped = np.asarray(scaled.crop((left, top, left + side, top + side)), np.float32) / 255
    normal = (cropped - np.array(_MEAN, np.float32)) / np.array(_DEVIATION, np.float32)
    return torch.from_numpy(normal).permute(2, 0, 1)[None]


def _dotless(name: str) -> str:
    """A name of a module as torch lets a part be called."""
    return name.replace(".", "/")


def _dotted(name: str) -> str:
    return name.replace("/", ".")
