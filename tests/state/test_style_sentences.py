"""What is said of styles is known to the translations, and by no sentence of something else."""

from pathlib import Path

import pytest

from maquette.core.errors import StyleError
from maquette.library.styles.reading import read_styles
from maquette.state.messages import _pattern
from maquette.state.sentences import SENTENCES
from maquette.state.style_sentences import STYLE_SENTENCES


def meant(sentence: str) -> str:
    """The template that the window takes `sentence` for."""
    return next(text for text in SENTENCES if _pattern(text).fullmatch(sentence))


@pytest.mark.parametrize("template", STYLE_SENTENCES)
def test_every_sentence_is_taken_for_itself(template: str) -> None:
    said = template.replace("%1", "mine.json").replace("%2", "7").replace("%3", "8")
    assert meant(said) == template


@pytest.mark.parametrize(
    "content", [b"[]", b"{", b'[{"name": "", "prompt": "x"}, {"name": "x", "prompt": "y"}]']
)
def test_what_is_told_of_files_is_known(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(content)
    try:
        told = read_styles(path).notices
    except StyleError as error:
        told = (error.message,)
    assert told
    assert {meant(each) for each in told} <= set(STYLE_SENTENCES)
