"""Starting token embeddings from the lexicon: words of one meaning start at one place.

Every attribute value gets a random direction; a token starts at the sum of the directions of all
values whose words it occurs in. Synonyms and translations then share what the UNet learns from
each of them, and no training is spent on finding out that "红色" is "red".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import torch
from transformers import CLIPTextModel, CLIPTokenizer

from maquette_recipe import lexicon as lx

WORD_END: Final = "</w>"
"""The end of tokens that end a run of letters."""
SCALE: Final = 0.25
"""Root mean square of a meaningful token's embedding; other tokens start far smaller."""

_TABLES: Final = (
    ("form", (lx.FORM_EN, lx.FORM_ZH)),
    ("colour", (lx.COLOUR_EN, lx.COLOUR_ZH)),
    ("material", (lx.MATERIAL_EN, lx.SUBSTANCE_EN, lx.MATERIAL_ZH)),
    ("setting", (lx.SETTING_EN, lx.SETTING_TAG_EN, lx.SETTING_ZH, lx.FLOOR_EN, lx.FLOOR_TAG_EN,
                 lx.FLOOR_ZH)),
    ("view", (lx.VIEW_EN, lx.VIEW_ZH)),
    ("turn", (lx.TURN_EN, lx.TURN_ZH)),
    ("light", (lx.LIGHT_EN, lx.LIGHT_ZH)),
    ("mood", (lx.MOOD_EN, lx.MOOD_ZH)),
    ("style", (lx.STYLE_WORK_EN, lx.STYLE_MANNER_EN, lx.STYLE_ZH)),
)  # fmt: skip
_EMPTY: Final = frozenset({
    "a", "on", "in", "at", "the", "to", "of", "from", "and", "style", "picture", "上", "的", ",",
    "-",
})  # fmt: skip


def meanings() -> Iterator[tuple[tuple[str, str], str]]:
    """((attribute, value), word) for every word of the lexicon."""
    for attribute, tables in _TABLES:
        for table in tables:
            for value, words in table.items():
                for word in words:
                    yield (attribute, value), word
    for materials in (lx.METAL_EN, lx.METAL_ZH):
        for material, colours in materials.items():
            for colour, words in colours.items():
                for word in words:
                    yield ("colour", colour), word
                    yield ("material", material), word


def token_meanings(tokenizer: CLIPTokenizer) -> dict[int, set[tuple[str, str]]]:
    """The attribute values that every token takes part in naming.

    A token that is a word by itself keeps to that word's meaning: "bottle" does not stand for
    perfume although "perfume bottle" does, and "red" not for what "embroidered" does. Accents and
    companions have no words of their own: a colour word means its colour, wherever it stands.
    """
    empty = {i for word in _EMPTY for i in tokenizer(word).input_ids[1:-1]}
    spelled = [(meaning, _tokens(tokenizer, word)) for meaning, word in meanings()]
    words = {token for _, spellings in spelled for s in spellings for token, whole in s if whole}
    alone: dict[tuple[int, str], set[str]] = {}
    for (attribute, value), spellings in spelled:
        for spelling in spellings:
            if len(spelling) == 1:
                alone.setdefault((spelling[0][0], attribute), set()).add(value)
    result: dict[int, set[tuple[str, str]]] = {}
    for (attribute, value), spellings in spelled:
        taking_part = {t for s in spellings for t, whole in s if whole or t not in words}
        for token in taking_part - empty:
            if value in alone.get((token, attribute), {value}):
                result.setdefault(token, set()).add((attribute, value))
    return result


def _tokens(tokenizer: CLIPTokenizer, word: str) -> list[list[tuple[int, bool]]]:
    """The word's tokens at the end of a run of letters and, for Chinese, inside one.

    The flag says whether a token is a word between spaces; Chinese tokens all count as such.
    """
    spellings = [tokenizer(word).input_ids[1:-1]]
    if not word.isascii():
        spellings.append(tokenizer(word + "的").input_ids[1:-2])
        return [[(token, True) for token in spelling] for spelling in spellings]
    (spelling,) = spellings
    ends = [str(t).endswith(WORD_END) for t in tokenizer.convert_ids_to_tokens(spelling)]
    starts = [True, *ends[:-1]]
    return [[(t, s and e) for t, s, e in zip(spelling, starts, ends, strict=True)]]


@torch.no_grad()
def place_tokens(encoder: CLIPTextModel, tokenizer: CLIPTokenizer, seed: int) -> None:
    """Overwrite the embeddings of all tokens that carry a meaning, in place."""
    table = encoder.get_input_embeddings().weight
    assert isinstance(table, torch.Tensor)
    random = torch.Generator().manual_seed(seed)
    directions: dict[tuple[str, str], torch.Tensor] = {}
    for token, named in sorted(token_meanings(tokenizer).items()):
        total = torch.zeros(table.shape[1])
        for meaning in sorted(named):
            if meaning not in directions:
                directions[meaning] = torch.randn(table.shape[1], generator=random)
            total += directions[meaning]
        own = 0.15 * torch.randn(table.shape[1], generator=random)
        table[token] = SCALE * (total / total.square().mean().sqrt() + own)
