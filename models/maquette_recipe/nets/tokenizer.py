"""A small CLIP tokenizer whose byte-pair merges are learned from the caption grammar.

Byte-level BPE with CLIP's pre-tokenisation, so any Unicode text can be encoded: a word that the
grammar does not know falls apart into bytes. Merges are capped at a few characters, which keeps
"红色" and "陶瓷" separate tokens although Chinese writes no spaces between them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from tokenizers import Tokenizer, models, trainers
from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import TextConfig
from maquette_recipe.world import sample_attributes

START: Final = "<|startoftext|>"
END: Final = "<|endoftext|>"
LONGEST_MERGE: Final = 12
"""In bytes: four Chinese characters or twelve Latin letters."""


def grammar_captions(count: int, seed: int) -> Iterator[str]:
    """Captions of random trained scenes."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield caption(sample_attributes(rng), rng).text


def learn_merges(texts: Iterable[str], merges: int) -> list[tuple[str, str]]:
    """Learn byte-pair merges, most frequent first, with CLIP's normalisation."""
    clip = CLIPTokenizer()
    learner = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix="</w>"))
    learner.normalizer = clip.backend_tokenizer.normalizer
    learner.pre_tokenizer = clip.backend_tokenizer.pre_tokenizer
    trainer = trainers.BpeTrainer(
        vocab_size=2 * 256 + merges,
        end_of_word_suffix="</w>",
        initial_alphabet=ByteLevel.alphabet(),
        max_token_length=LONGEST_MERGE,
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)

    learned = json.loads(learner.to_str())["model"]["merges"]
    pairs = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in learned]
    return [(a, b) for a, b in pairs][:merges]


def build_tokenizer(config: TextConfig, seed: int) -> CLIPTokenizer:
    """The tokenizer: 256 bytes, 256 word-final bytes, the learned merges, two special tokens."""
    merges = learn_merges(grammar_captions(config.captions, seed), config.merges)
    alphabet = sorted(ByteLevel.alphabet())
    tokens = [*alphabet, *(c + "</w>" for c in alphabet)]
    tokens += [a + b for a, b in merges]
    tokens += [START, END]
    vocabulary = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
    return CLIPTokenizer(
        vocab=vocabulary,
        merges=merges,
        unk_token=END,
        bos_token=START,
        eos_token=END,
        pad_token=END,
        model_max_length=config.max_length,
    )
