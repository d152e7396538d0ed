"""The tokenizer takes any text apart and puts it together again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from transformers import CLIPTokenizer

from maquette_recipe.captions import Language, caption, sample_described
from maquette_recipe.config import load_config
from maquette_recipe.lexicon import chinese_words
from maquette_recipe.nets.architecture import build_text_encoder
from maquette_recipe.nets.tokenizer import build_tokenizer, work_tokenizer
from maquette_recipe.nets.vocabulary import token_meanings


@pytest.fixture(scope="module")
def tokenizer() -> CLIPTokenizer:
    import msgspec

    text = msgspec.structs.replace(load_config().text, captions=6000)
    return build_tokenizer(text, seed=0)


@pytest.mark.parametrize(
    "text",
    [
        "a red ceramic mug",
        "木桌上的蓝色玻璃花瓶",
        "😀 héllo",
        "مرحبا بالعالم",
        "\x00\x07\u200b",
        "𓀀",
    ],
)
def test_any_text_survives(tokenizer: CLIPTokenizer, text: str) -> None:
    ids = tokenizer(text).input_ids
    back = str(tokenizer.decode(ids, skip_special_tokens=True))
    assert back.replace(" ", "") == text.replace(" ", "")
    inner = ids[1:-1]
    assert tokenizer.eos_token_id not in inner


def test_grammar_words_are_short(tokenizer: CLIPTokenizer) -> None:
    assert len(tokenizer("a red ceramic mug on a wooden table").input_ids) <= 12
    assert len(tokenizer("一个红色陶瓷马克杯放在木桌上").input_ids) <= 14


def test_capitals_and_spaces_do_not_matter(tokenizer: CLIPTokenizer) -> None:
    plain = tokenizer("an oil painting of a red mug").input_ids
    assert tokenizer("  An Oil  Painting of a RED mug ").input_ids == plain


def test_chinese_words_are_one_token(tokenizer: CLIPTokenizer) -> None:
    for word in chinese_words():
        if word.isalpha() and not any(letter.isascii() for letter in word):
            assert len(tokenizer(word).input_ids) == 3, word


@pytest.mark.parametrize("language", ["en", "zh"])
def test_captions_fit(tokenizer: CLIPTokenizer, language: Language) -> None:
    rng = np.random.default_rng(4)
    texts = [caption(sample_described(rng), rng, language=language).text for _ in range(800)]
    lengths = np.array([len(ids) for ids in tokenizer(texts).input_ids])
    assert np.mean(lengths <= tokenizer.model_max_length) >= 0.99


def test_vocabulary_is_small_enough(tokenizer: CLIPTokenizer) -> None:
    config = load_config().text
    encoder = build_text_encoder(config, tokenizer)
    assert sum(weight.numel() for weight in encoder.parameters()) <= 3.2e6


def test_long_prompts_are_cut(tokenizer: CLIPTokenizer) -> None:
    ids = tokenizer("mug " * 5000, truncation=True, max_length=tokenizer.model_max_length)
    assert len(ids.input_ids) == tokenizer.model_max_length


def test_saving_and_loading_changes_nothing(tokenizer: CLIPTokenizer, tmp_path: Path) -> None:
    tokenizer.save_pretrained(tmp_path)
    again = CLIPTokenizer.from_pretrained(tmp_path)
    text = "a teal vase, 俯视 😀"
    assert again(text).input_ids == tokenizer(text).input_ids


def test_synonyms_and_translations_start_at_one_place(tokenizer: CLIPTokenizer) -> None:
    named = token_meanings(tokenizer)

    def meaning(word: str) -> set[tuple[str, str]]:
        return named.get(tokenizer(word).input_ids[1], set())

    assert meaning("red") == meaning("红色") == {("colour", "red")}
    assert meaning("mug") == meaning("马克杯") == {("form", "mug")}
    assert meaning("bottle") == {("form", "bottle")}
    assert meaning("white") == {("colour", "white"), ("setting", "white")}
    assert meaning("of") == set()
    assert meaning("水彩画") == meaning("水彩") == {("style", "watercolour")}
    assert meaning("毛毡") == {("style", "felt")}
    assert meaning("陶瓷") == {("material", "ceramic")}
    assert meaning("暖光") == {("mood", "warm")}


def test_work_folder_keeps_its_tokenizer(tokenizer: CLIPTokenizer, tmp_path: Path) -> None:
    tokenizer.save_pretrained(tmp_path / "tokenizer")
    config = load_config().text
    first = work_tokenizer(tmp_path, config, 0)
    again = work_tokenizer(tmp_path, config, 1)
    assert first.get_vocab() == again.get_vocab() == tokenizer.get_vocab()
