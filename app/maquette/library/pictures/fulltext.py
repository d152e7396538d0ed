"""Full text in any script: how texts are laid out for SQLite's index, and how words are sought.

The index's tokenizer (unicode61) splits at spaces and punctuation and folds case and accents.
Chinese, Japanese and Korean are written without spaces, so every character of theirs is made a
token of its own, and a word of any length is found as a phrase of characters.
"""

import re
import unicodedata
from collections.abc import Sequence

_ALONE = re.compile(
    "[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
MAX_INDEXED = 20_000
"""Characters of one text that can be found; what follows is a stranger's flood."""


def searchable(text: str) -> str:
    """`text` for the index: compatible forms made one, each CJK character standing alone."""
    normal = unicodedata.normalize("NFKC", text[:MAX_INDEXED]).replace("\0", " ")
    return _ALONE.sub(r" \g<0> ", normal)


def match_expression(words: Sequence[str], *, whole: bool = False, column: str = "") -> str:
    """The FTS5 expression that finds texts with all of `words`; "" if there is nothing to find.

    A word with spaces is a phrase. Its last token is found as the beginning of a longer word,
    unless it is a CJK character or `whole`. `column` narrows the search to one column.
    """
    parts = [part for word in words if (part := _phrase(word, whole))]
    expression = " AND ".join(parts)
    return f"{{{column}}} : ({expression})" if expression and column else expression


def has_tokens(text: str) -> bool:
    """Whether the index could find anything of `text`: a letter, a digit."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _phrase(word: str, whole: bool) -> str:
    laid_out = searchable(word).strip()
    if not has_tokens(laid_out):
        return ""
    quoted = '"' + laid_out.replace('"', '""') + '"'
    ends_in_word = has_tokens(laid_out[-1]) and not _ALONE.fullmatch(laid_out[-1])
    return f"{quoted} *" if ends_in_word and not whole else quoted
