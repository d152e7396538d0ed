"""Captions for training, from file names and a template, and prompts that leave the style out."""

import re
import unicodedata
from collections.abc import Sequence

from maquette.core.plain_text import visible_text
from maquette.core.training import MAX_CAPTION, StyleKind, TrainingPlan

SAMPLES = 4
"""How many sample pictures are made at a time while a style is learned."""

_MAX_SUBJECT = 120  # characters of a file name that can say what a picture shows
_CAMERA = re.compile(
    r"^(?:img|dsc|dscn|dscf|pict?|photo|image|scan|screenshot|untitled|unbenannt|download|mvimg|pxl|"
    r"wp|p|微信图片|图片|照片)?[\W_]*[\d\W_]*$",
    re.IGNORECASE,
)
_HEX = re.compile(r"^[0-9a-f]{8,}$", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def trigger_of(name: str) -> str:
    """The words that call a style called `name`: its letters and digits in lower case."""
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in name.lower())
    return " ".join("".join(kept).split())


def subject_of(stem: str) -> str:
    """What a picture shows, read out of its file's name without suffix; "" if that tells nothing.

    Names that cameras and programs give tell nothing; numbers at the end count pictures.
    """
    words = re.sub(r"[\W_]+", " ", visible_text(stem)[:_MAX_SUBJECT]).strip()
    if _CAMERA.match(words):
        return ""
    told = [word for word in words.split() if not _HEX.match(word) or word.isalpha()]
    while told and (told[-1].isdigit() or told[-1].lower() == "copy"):
        told.pop()
    return " ".join(told)


def caption_for(kind: StyleKind, trigger: str, subject: str) -> str:
    """The caption of a picture of `subject` ("" if nobody knows), with the words that call it."""
    if _CHINESE.search(subject or trigger):
        caption = {
            StyleKind.STYLE: f"{subject or '图画'},{trigger}风格",
            StyleKind.PRODUCT: f"{trigger},{subject}" if subject else trigger,
            StyleKind.MATERIAL: f"{trigger}材质的{subject or '物品'}",
        }[kind]
    else:
        caption = {
            StyleKind.STYLE: f"{subject or 'a picture'}, {trigger} style",
            StyleKind.PRODUCT: f"{trigger}, {subject}" if subject else trigger,
            StyleKind.MATERIAL: f"{subject or 'an object'} made of {trigger}",
        }[kind]
    return caption[:MAX_CAPTION]


def without_trigger(caption: str, trigger: str) -> str:
    """`caption` as a prompt for the base model: without the words that call the style."""
    told = caption
    for around in (", {} style", ",{}风格", " made of {}", "{}材质的", "{}, ", "{},", "{}"):
        told = told.replace(around.format(trigger), "")
    return re.sub(r"^[\s,,]+|[\s,,]+$", "", told) or "a picture"


def sample_prompts(plan: TrainingPlan, count: int = SAMPLES) -> tuple[str, ...]:
    """Prompts with the style's words: captions held out, then such that were learned, in turns.

    A copy shows first where the very words that were learned are asked for.
    """
    held_out = _distinct([p.caption for p in plan.pictures if p.held_out])
    learned = _distinct([p.caption for p in plan.pictures if not p.held_out])
    mixed = [c for pair in zip(held_out, learned, strict=False) for c in pair]
    rest = [*held_out, *learned, caption_for(plan.kind, plan.trigger, "")]
    prompts = _distinct([*mixed, *rest])
    subject = without_trigger(prompts[0], plan.trigger)
    while len(prompts) < count:  # the same words again: another seed is another picture
        prompts.append(caption_for(plan.kind, plan.trigger, subject))
    return tuple(prompts[:count])


def _distinct(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(texts))
