"""`<lora:name:weight>` in a prompt, as stable-diffusion-webui writes and reads it.

https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#lora
"""

import re

from maquette.core.lora import MAX_LORA_WEIGHT, MAX_LORAS, LoraUse

_TAG = re.compile(
    r"\s*<lora:([^<>:\n]{1,200})(?::(-?\d{1,3}(?:\.\d{1,10})?))?(?::[^<>\n]{0,200})?>"
)
_UNFIT = re.compile(r"[<>:\n\r]")


def with_tags(prompt: str, loras: tuple[LoraUse, ...]) -> str:
    """`prompt` with a tag for each of `loras` at its end."""
    tags = (f"<lora:{_UNFIT.sub('_', lora.name)}:{lora.weight:.10g}>" for lora in loras)
    return " ".join(part for part in (prompt, *tags) if part)


def without_tags(prompt: str) -> tuple[str, tuple[LoraUse, ...]]:
    """`prompt` without its tags, and what they name, at most MAX_LORAS; no digest is known.

    A weight for the text encoder alone is not told apart; one beyond what can be used is cut.
    """
    found = [
        LoraUse(name.strip(), "", max(-MAX_LORA_WEIGHT, min(float(weight or 1), MAX_LORA_WEIGHT)))
        for name, weight in _TAG.findall(prompt)
    ]
    if not found:
        return prompt, ()
    return _TAG.sub("", prompt).strip(), tuple(found[:MAX_LORAS])
