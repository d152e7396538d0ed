"""CLIP's tokenizer, built from the byte-pair vocabulary that ships with the app."""

import gzip
from importlib.resources.abc import Traversable

from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPTokenizer

START, END = "<|startoftext|>", "<|endoftext|>"

_MERGES = 49_152 - 256 - 2  # CLIP uses this many of the file's merges
_WORD_END = "</w>"


def build_clip_tokenizer(vocabulary: Traversable, pad: str, limit: int) -> CLIPTokenizer:
    """The tokenizer of OpenAI's CLIP and of OpenCLIP; they differ in their padding only.

    Args:
        vocabulary: bpe_simple_vocab_16e6.txt.gz: a header line, then one merge per line.
        pad: the padding token, END or "!".
        limit: tokens of a text, start and end included.

    Raises:
        OSError, ValueError: the vocabulary cannot be read.
    """
    lines = gzip.decompress(vocabulary.read_bytes()).decode("utf-8").split("\n")
    merges = [_pair(line) for line in lines[1 : _MERGES + 1]]
    # Ids: bytes in CLIP's order, bytes at a word's end, merges, start, end.
    alphabet = _bytes_in_clip_order()
    tokens = alphabet + [character + _WORD_END for character in alphabet]
    tokens += ["".join(pair) for pair in merges]
    tokens += [START, END]
    return CLIPTokenizer(
        vocab={token: i for i, token in enumerate(tokens)},
        merges=merges,  # pyright: ignore[reportArgumentType] as pairs, which it takes too
        pad_token=pad,
        model_max_length=limit,
    )


def _pair(line: str) -> tuple[str, str]:
    first, second = line.split()
    return first, second


def _bytes_in_clip_order() -> list[str]:
    """The 256 characters that stand for bytes: printable ones first, as themselves."""
    alphabet = set(ByteLevel.alphabet())
    printable = sorted(character for character in alphabet if ord(character) < 256)
    return printable + sorted(alphabet.difference(printable))
