"""What a LoRA file is, told from its header alone: tensors' names and shapes, and metadata.

Three formats are known: kohya's sd-scripts' (`lora_unet_...lora_down.weight`), diffusers'
(`unet....lora_A.weight` and its older kin), and PEFT's (`base_model.model....lora_A.weight`).
Metadata keys are those of sd-scripts (`ss_...`) and of the Model Metadata Standard
(https://github.com/Stability-AI/ModelSpec, `modelspec....`).
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from maquette.core.errors import ModelError
from maquette.core.model_info import ModelFamily
from maquette.core.plain_text import visible_text
from maquette.core.safetensors_header import Header

KOHYA_KEY = re.compile(r"lora_(unet|te|te1|te2)_(.+?)\.(.+)")
"""Network, module with underscores for dots, and what of it, of a key of kohya's."""
PEFT_PREFIX = "base_model.model."
MAX_METADATA = 4 << 20  # characters; tag counts of large training sets take some 100,000

_MOST_TRIGGERS, _MOST_WORDS = 12, 100  # and characters of each
_MOST_TEXT = 200  # characters of a note
_MOST_RANK = 4096

_DOWN = re.compile(r"(lora_down|lora_A|[._]lora\.down|lora_linear_layer\.down)\b.*weight$")
_CROSS = re.compile(r"attn2[._](processor[._])?to_[kv]([._]|$)")
_QUERY = re.compile(r"self[._]attn[._](q[._]proj|to[._]q)")
_DEEP = re.compile(r"transformer_blocks[._]([2-9]|1\d)[._]")
_UNET_PLACES = re.compile(
    r"(down_blocks|mid_block|up_blocks|conv_in|conv_out|time_embedding|add_embedding)\b"
)
_TEXT_PLACES = re.compile(r"(text_model\.|encoder\.layers\.|text_projection\b)")

CONTEXTS = {
    256: ModelFamily.MINI,
    768: ModelFamily.SD1,
    1024: ModelFamily.SD2,
    2048: ModelFamily.SDXL,
}
"""Width of the text states that the cross attention reads, by family."""

_SAID = (
    (re.compile(r"maquette-?mini", re.I), ModelFamily.MINI),
    (re.compile(r"stable-diffusion-v1|sd_?v?1", re.I), ModelFamily.SD1),
    (re.compile(r"stable-diffusion-v2|sd_?v?2", re.I), ModelFamily.SD2),
    (re.compile(r"stable-diffusion-xl|sdxl", re.I), ModelFamily.SDXL),
)

_REFUSED = (
    (re.compile(r"^lora_controlnet$"),
     "is a control-LoRA, which steers by a picture and adds no style"),
    (re.compile(r"\.(hada_w|lokr_w|oft_|boft_|a1\.weight$|b1\.weight$|on_input$)"),
     "is a LyCORIS network of another kind (LoHa, LoKr, OFT, GLoRA or IA3), which cannot be used "
     "here; please get a LoRA"),
    (re.compile(r"^(lora_unet_|lora_transformer_|transformer\.|diffusion_model\.|base_model\.model\.)"
                r".*(double_blocks|single_blocks|joint_blocks|single_transformer_blocks|"
                r"transformer_blocks_\d+_attn_|context_block|adaLN_modulation|img_mlp)"),
     "is made for a model of another kind; LoRAs for Stable Diffusion 1.x, 2.x, SDXL and the "
     "built-in model can be used"),
    (re.compile(r"^(transformer|prior|lora_prior|lora_te3)[._]"),
     "is made for a model of another kind; LoRAs for Stable Diffusion 1.x, 2.x, SDXL and the "
     "built-in model can be used"),
    (re.compile(r"^(emb_params|clip_[gl]|string_to_param.*)$"),
     "is an embedding of words (textual inversion) and no LoRA"),
    (re.compile(r"^(control_model\.|controlnet_|input_hint_block)"),
     "is a control model; please add it in the settings under control models"),
    (re.compile(r"^(model\.diffusion_model|first_stage_model|conditioner|cond_stage_model)\."),
     "is a whole model; please add it among the models"),
    (re.compile(r"^(ip_adapter|image_proj)\."),
     "is an IP-Adapter for style images; please add it in the settings under IP-Adapters"),
    (re.compile(r"motion_modules"),
     "is made for moving pictures, which cannot be made here"),
)  # fmt: skip

_NOTES = {
    "title": ("modelspec.title", "ss_output_name"),
    "author": ("modelspec.author",),
    "licence": ("modelspec.license",),
    "description": ("modelspec.description",),
    "date": ("modelspec.date",),
    "base": ("modelspec.architecture", "ss_base_model_version", "ss_sd_model_name"),
    "usage": ("modelspec.usage_hint",),
}


class LoraFormat(StrEnum):
    """Whose names the tensors have."""

    KOHYA = "kohya"
    DIFFUSERS = "diffusers"
    PEFT = "peft"


class LoraHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What a LoRA's header says.

    `family` is None where nothing tells the base model. `rank` is the largest of any module.
    `networks` are those that it changes, of "unet", "text_encoder" and "text_encoder_2".
    `triggers` are words that call its style, `notes` are short texts by what they are ("title",
    "author", "licence", "description", "date", "base", "usage"): a stranger's, plain, on one line.
    `too_wordy` is whether its metadata was too long to be read.
    """

    format: LoraFormat
    family: ModelFamily | None
    rank: int
    networks: tuple[str, ...]
    triggers: tuple[str, ...] = ()
    notes: Mapping[str, str] = {}
    too_wordy: bool = False


def lora_header(name: str, header: Header) -> LoraHeader:
    """What the LoRA with this header is; `name` is for the sentences.

    Raises:
        ModelError: it is none that can be used.
    """
    shapes = {key: entry.shape for key, entry in header.tensors.items()}
    for pattern, reason in _REFUSED:
        if any(pattern.search(key) for key in shapes):
            raise ModelError(f"{name} {reason}.")
    places = {key: place for key in shapes if (place := place_of(key)) is not None}
    downs = [key for key in places if _DOWN.search(key) and len(shapes[key]) >= 2]
    if not downs:
        raise ModelError(
            f"{name} is no LoRA that can be used; those in the formats of kohya, diffusers and "
            "PEFT can."
        )
    ranks = [shapes[key][0] for key in downs]
    if not 1 <= max(ranks) <= _MOST_RANK:
        raise ModelError(f"{name} is not a complete LoRA; please fetch it again.")
    too_wordy = sum(map(len, header.metadata.values())) > MAX_METADATA
    metadata = {} if too_wordy else header.metadata
    networks = dict.fromkeys(network for network, _format in places.values())
    return LoraHeader(
        format=places[downs[0]][1],
        family=_family({key: shapes[key] for key in downs}, places, metadata),
        rank=max(ranks),
        networks=tuple(n for n in ("unet", "text_encoder", "text_encoder_2") if n in networks),
        triggers=_triggers(metadata),
        notes=_notes(metadata),
        too_wordy=too_wordy,
    )


def place_of(key: str) -> tuple[str, LoraFormat] | None:
    """The network that a tensor of this name is for, and whose name it is; None if no LoRA's."""
    if match := KOHYA_KEY.match(key):
        names = {"unet": "unet", "te2": "text_encoder_2"}
        return names.get(match[1], "text_encoder"), LoraFormat.KOHYA
    if "lora" not in key:
        return None
    if key.startswith(PEFT_PREFIX):
        inner = key.removeprefix(PEFT_PREFIX)
        network = _bare_network(inner)
        return (network, LoraFormat.PEFT) if network else None
    for network in ("unet", "text_encoder", "text_encoder_2"):
        if key.startswith(f"{network}."):
            return network, LoraFormat.DIFFUSERS
    network = _bare_network(key)  # as diffusers saved a UNet's attention at first
    return (network, LoraFormat.DIFFUSERS) if network else None


def _bare_network(key: str) -> str:
    if _UNET_PLACES.match(key):
        return "unet"
    return "text_encoder" if _TEXT_PLACES.match(key) else ""


def _family(
    downs: Mapping[str, tuple[int, ...]],
    places: Mapping[str, tuple[str, LoraFormat]],
    metadata: Mapping[str, str],
) -> ModelFamily | None:
    """The base model's family, by the strongest of what tells it."""
    in_unet = [key for key in downs if places[key][0] == "unet"]
    for key in in_unet:
        if _CROSS.search(key):
            return CONTEXTS.get(downs[key][1])
    if any(network == "text_encoder_2" for network, _format in places.values()):
        return ModelFamily.SDXL
    if any(key.startswith("lora_te1_") or _DEEP.search(key) for key in places):
        return ModelFamily.SDXL
    for key in downs:
        if places[key][0] == "text_encoder" and _QUERY.search(key):
            return CONTEXTS.get(downs[key][1])
    said = (metadata.get(key, "") for key in _NOTES["base"])
    for text in said:
        for pattern, family in _SAID:
            if pattern.search(text[:_MOST_TEXT]):
                return family
    return None


def _triggers(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The words that its maker names; else the tags that most of its pictures had."""
    named = metadata.get("modelspec.trigger_phrase", "")
    return _short(named.split(",")) or _short(_frequent(metadata.get("ss_tag_frequency", "")))


def _frequent(text: str) -> list[str]:
    """Tags of `ss_tag_frequency`, {folder: {tag: count}} in JSON, the most frequent first."""
    try:
        folders = msgspec.convert(json.loads(text), dict[str, dict[str, int]])
    except (ValueError, RecursionError, msgspec.ValidationError):
        return []
    counts: Counter[str] = Counter()
    for tags in folders.values():
        counts.update(tags)
    return [tag for tag, _count in counts.most_common(_MOST_TRIGGERS)]


def _short(texts: Iterable[str]) -> tuple[str, ...]:
    cleaned = (visible_text(text[:_MOST_WORDS]) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if text))[:_MOST_TRIGGERS]


def _notes(metadata: Mapping[str, str]) -> dict[str, str]:
    notes = {}
    for what, keys in _NOTES.items():
        text = next((metadata[key] for key in keys if metadata.get(key)), "")
        if shown := visible_text(text[:_MOST_TEXT]):
            notes[what] = shown
    return notes
