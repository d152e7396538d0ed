"""The style card that a training becomes: words around a prompt, and the LoRA that was learned."""

import re

from maquette.core.lora import LoraUse
from maquette.core.style import PLACE, Style, StyleGroup, Words
from maquette.core.training import StyleKind, TrainingPlan
from maquette.core.training_captions import caption_for, without_trigger

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PREFIX = "trained-"
_GROUPS = {
    StyleKind.STYLE: StyleGroup.PAINT,
    StyleKind.PRODUCT: StyleGroup.PRODUCT,
    StyleKind.MATERIAL: StyleGroup.CRAFT,
}


def style_id_of(training_id: str) -> str:
    """The id of the style that this training becomes; the same each time."""
    return f"{_PREFIX}{training_id}"


def training_id_of(style_id: str) -> str:
    """The id of the training that this style came of; "" for one that was not trained."""
    return style_id.removeprefix(_PREFIX) if style_id.startswith(_PREFIX) else ""


def trained_style(plan: TrainingPlan, lora: LoraUse) -> Style:
    """The card of what was trained by `plan`, whose LoRA is `lora`.

    Its words are in the language that was learned; a prompt in another one gets the same words.
    """
    fragment = caption_for(plan.kind, plan.trigger, PLACE)
    count, model = len(plan.pictures), plan.model.name or plan.model.id
    return Style(
        id=style_id_of(plan.id),
        name=_in_its_language(plan.name),
        group=_GROUPS[plan.kind],
        prompt=_in_its_language(fragment),
        description=Words(
            en=f"Trained from {count} pictures on {model}.",
            zh=f"用 {count} 张图片在 {model} 上训练而成。",
        ),
        loras=(lora,),
    )


def sample_subject(plan: TrainingPlan) -> str:
    """What the card's sample picture shows: a picture that was held out, in words."""
    shown = sorted(plan.pictures, key=lambda picture: not picture.held_out)
    return without_trigger(shown[0].caption, plan.trigger)


def _in_its_language(text: str) -> Words:
    return Words(zh=text) if _CHINESE.search(text) else Words(en=text)
