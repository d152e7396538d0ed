"""What is said while a training is made ready is known to the translations, as itself."""

import pytest

from maquette.core.model_info import ModelFamily
from maquette.core.training import StyleKind, TrainingPreset
from maquette.core.training_preflight import Machine, preflight
from maquette.core.training_presets import settings_for
from maquette.state.messages import _pattern
from maquette.state.sentences import SENTENCES
from maquette.state.training_sentences import TRAINING_SENTENCES


def meant(sentence: str) -> str:
    """The template that the window takes `sentence` for."""
    return next(text for text in SENTENCES if _pattern(text).fullmatch(sentence))


@pytest.mark.parametrize("template", TRAINING_SENTENCES)
def test_every_sentence_is_taken_for_itself(template: str) -> None:
    said = template
    for number, value in enumerate(("mug.png", "7", "8", "9"), 1):
        said = said.replace(f"%{number}", value)
    assert meant(said) == template


def test_what_there_is_no_room_for_is_known() -> None:
    family = ModelFamily.MINI
    settings = settings_for(TrainingPreset.QUICK, StyleKind.STYLE, 20, family, 256, 1)
    small = preflight(settings, 20, family, Machine(memory=1, free=1, disk=1))
    short = preflight(settings, 20, family, Machine(memory=1 << 40, free=1, disk=1))
    told = (small.memory_problem, short.memory_notice, small.disk_problem)
    assert {meant(each) for each in told} <= set(TRAINING_SENTENCES)
