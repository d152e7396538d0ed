"""Stores, notices, messages, and what the stage follows."""

import re

import pytest
from PySide6.QtCore import QTranslator

import maquette_resources
from maquette.core.errors import RecipeError
from maquette.core.recipe import ModelRef, Recipe, check_recipe
from maquette.core.record import Record, SourceType
from maquette.state.messages import translate_sentence, translate_sentences
from maquette.state.notices import NextStep, Notices
from maquette.state.results import Picture, Results, StageKind
from maquette.state.sentences import SENTENCES
from maquette.state.session import KEPT_PROMPT, Session, storable_text
from maquette.state.store import Store


def test_a_store_tells_what_changed_and_only_that(qapp):
    store = Store(Session(prompt="a"))
    told = []
    store.changed.connect(lambda value, fields: told.append((value.prompt, fields)))
    store.update(prompt="a")
    store.update(prompt="b", steps=store.value.steps)
    store.update(steps=3, width=512)
    assert told == [("b", {"prompt"}), ("b", {"steps", "width"})]


def test_information_does_not_push_an_error_away(qapp):
    notices = Notices()
    notices.fail("It broke.", "why")
    notices.inform("By the way.")
    assert notices.value.notice.text == "It broke."
    notices.inform("A choice.", step=NextStep.USE_RECIPE, subject="x")
    assert notices.value.notice.text == "A choice."
    notices.dismiss()
    assert notices.value.notice is None


def test_text_is_made_storable():
    assert storable_text("a\ud800b😀") == "ab😀"
    assert len(storable_text("x" * (KEPT_PROMPT + 5))) == KEPT_PROMPT


def test_powers_of_ten_are_set_as_such(qapp):
    assert translate_sentence("less than one of 10^12 files") == "less than one of 10¹² files"
    assert translate_sentence("a^2 and 210^3 stay") == "a^2 and 210^3 stay"


@pytest.fixture
def chinese(qapp):
    translator = QTranslator()
    assert translator.load(str(maquette_resources.translation("zh_CN")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def recipe(**changes):
    base = {"prompt": "", "seed": 1, "width": 256, "height": 256, "steps": 5}
    return Recipe(**(base | {"guidance_scale": 4.0, "model": ModelRef("m")} | changes))


def test_chinese_sentences_follow_one_another_without_a_space(chinese):
    told = translate_sentences(["It was mirrored.", "It was turned by 180°."])
    assert told.count("\u3002") == 2
    assert "\u3002 " not in told


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 300},
        {"height": 10},
        {"steps": 999},
        {"seed": -4},
        {"guidance_scale": float("inf")},
        {"prompt": "a" * 10_001},
        {"negative_prompt": "a" * 10_001},
    ],
)
def test_what_core_says_is_said_in_chinese_with_its_numbers(chinese, changes):
    with pytest.raises(RecipeError) as caught:
        check_recipe(recipe(**changes), latent_factor=16)
    english = caught.value.message
    said = translate_sentence(english)
    assert re.search("[\u4e00-\u9fff]", said)
    numbers = re.findall(r"\d[\d,]*\d|\d", english)
    assert numbers
    assert sorted(re.findall(r"\d[\d,]*\d|\d", said)) == sorted(numbers)


def test_every_sentence_is_translated_with_all_its_values(chinese):
    for template in SENTENCES:
        values = sorted(set(re.findall(r"%\d", template)))
        sentence = template
        for value in values:
            sentence = sentence.replace(value, f"VALUE{value[1]}")
        said = translate_sentence(sentence)
        assert re.search("[\u4e00-\u9fff]", said), template
        assert all(f"VALUE{value[1]}" in said for value in values), template


def test_unknown_sentences_and_several_lines(chinese):
    assert translate_sentence("Something nobody listed.") == "Something nobody listed."
    assert translate_sentence("The job was cancelled.\nNot listed.") == "任务已取消。Not listed."


def test_without_a_translation_sentences_stay(qapp):
    assert translate_sentence("The job was cancelled.") == "The job was cancelled."


def picture(name):
    record = Record(
        id="00000001", recipe=recipe(), created="2026-11-22T00:00:00+00:00", tool="t",
        source_type=SourceType.GENERATED, width=1, height=1,
    )  # fmt: skip
    return Picture(name, record)


def test_the_stage_follows_jobs_until_a_picture_is_chosen(qapp):
    results = Results()
    stage = results.stage
    results.job_started("one")
    assert (stage.value.kind, stage.value.subject) == (StageKind.JOB, "one")
    results.add(picture("a"))
    results.job_started("two")  # the first is about to be done
    assert stage.value.subject == "one"
    results.job_ended("one", "a")
    assert results.shown == picture("a")
    results.job_shows("two")
    assert stage.value.subject == "two"
    results.show("a")
    results.job_shows("two")
    results.add(picture("b"))
    results.job_ended("two", "b")
    assert results.shown == picture("a")


def test_a_cancelled_job_gives_the_stage_back(qapp):
    results = Results()
    results.job_started("one")
    results.job_ended("one", "")
    assert results.stage.value.kind is StageKind.EMPTY
    results.add(picture("a"))
    results.job_started("two")
    results.job_ended("two", "")
    assert results.shown == picture("a")


def test_stepping_stops_at_both_ends(qapp):
    results = Results()
    results.step(1)
    assert results.shown is None
    results.restore([picture("new"), picture("old")], "new")
    results.step(-1)
    assert results.shown == picture("new")
    results.step(1)
    results.step(1)
    assert results.shown == picture("old")
