"""A small CLIP tokenizer whose byte-pair merges come from the caption grammar.

Byte-level BPE with CLIP's pre-tokenisation, so any Unicode text can be encoded: a word that the
grammar does not know falls apart into bytes. English merges are learned from captions. Chinese
writes no spaces, and learned merges would run across words ("色陶瓷"), so those merges are built
from the grammar's own words.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from tokenizers import Tokenizer, models, trainers
from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption, sample_described
from maquette_recipe.config import TextConfig
from maquette_recipe.lexicon import chinese_words
from maquette_recipe.nets.vocabulary import WORD_END

START: Final = "<|startoftext|>"
END: Final = "<|endoftext|>"
Merge = tuple[str, str]


def english_captions(count: int, seed: int) -> Iterator[str]:
    """English captions of random trained scenes."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield caption(sample_described(rng), rng, language="en").text


def learn_merges(texts: Iterable[str], merges: int) -> list[Merge]:
    """Learn byte-pair merges, most frequent first, with CLIP's normalisation."""
    clip = CLIPTokenizer()
    learner = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix=WORD_END))
    learner.normalizer = clip.backend_tokenizer.normalizer
    learner.pre_tokenizer = clip.backend_tokenizer.pre_tokenizer
    trainer = trainers.BpeTrainer(
        vocab_size=2 * 256 + merges,
        end_of_word_suffix=WORD_END,
        initial_alphabet=ByteLevel.alphabet(),
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)
    learned = json.loads(learner.to_str())["model"]["merges"]
    return [(first, second) for first, second in learned][:merges]


def _fold(symbols: list[str]) -> list[Merge]:
    """The merges that join symbols one by one from the left."""
    merges, joined = [], symbols[0]
    for symbol in symbols[1:]:
        merges.append((joined, symbol))
        joined += symbol
    return merges


def _joined(symbols: list[str], ranks: dict[Merge, int]) -> list[str]:
    """Byte-pair encoding of `symbols` by merges of known rank."""
    symbols = list(symbols)
    while len(symbols) > 1:
        pairs = [ranks.get(pair, len(ranks)) for pair in itertools.pairwise(symbols)]
        best = min(range(len(pairs)), key=pairs.__getitem__)
        if pairs[best] == len(ranks):
            break
        symbols[best : best + 2] = ["".join(symbols[best : best + 2])]
    return symbols


def word_merges(words: list[str]) -> list[Merge]:
    """Merges that make every word one token, inside a run of letters and at its end.

    First the bytes of every character are joined, then words, shorter ones first: a word is
    joined from what the merges before it have left of it, so that a word which contains another
    ("烧水壶", "水壶") is still one token.
    """
    byte_level = ByteLevel(add_prefix_space=False, use_regex=False)

    def spelled(text: str) -> list[str]:
        return list(byte_level.pre_tokenize_str(text)[0][0])

    ranks: dict[Merge, int] = {}
    for unit in (*dict.fromkeys("".join(words)), *sorted(words, key=len)):
        symbols = spelled(unit)
        for spelling in (symbols, [*symbols[:-1], symbols[-1] + WORD_END]):
            for merge in _fold(_joined(spelling, ranks)):
                ranks.setdefault(merge, len(ranks))
    return list(ranks)


def build_tokenizer(config: TextConfig, seed: int) -> CLIPTokenizer:
    """The tokenizer: 256 bytes, 256 word-final bytes, the merges, two special tokens."""
    merges = [
        *learn_merges(english_captions(config.captions, seed), config.merges),
        *word_merges(chinese_words()),
    ]
    alphabet = sorted(ByteLevel.alphabet())
    tokens = [*alphabet, *(c + WORD_END for c in alphabet)]
    tokens += [a + b for a, b in merges]
    tokens += [START, END]
    vocabulary = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
    return CLIPTokenizer(
        vocab=vocabulary,
        merges=merges,  # pyright: ignore[reportArgumentType]
        unk_token=END,
        bos_token=START,
        eos_token=END,
        pad_token=END,
        model_max_length=config.max_length,
    )


def work_tokenizer(work: Path, config: TextConfig, seed: int) -> CLIPTokenizer:
    """The tokenizer kept in `work`, so that token ids never change under trained weights.

    The first call builds it there.
    """
    kept = work / "tokenizer"
    if not kept.exists():
        build_tokenizer(config, seed).save_pretrained(kept)
    return CLIPTokenizer.from_pretrained(kept, local_files_only=True)
