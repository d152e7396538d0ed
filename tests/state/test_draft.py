"""From the panel's content to recipes, and back."""

import pytest

from maquette.core.errors import RecipeError
from maquette.core.model_info import BUILT_IN, ModelFamily, ModelInfo
from maquette.core.recipe import MAX_SEED, ModelRef, Recipe, Sampler
from maquette.state.draft import draft_recipes, find_problem, session_from
from maquette.state.models import suited_session
from maquette.state.session import Session, StartChoice

MODEL = ModelInfo(id=BUILT_IN, name="Mini", family=ModelFamily.MINI, latent_factor=16, digest="ab")


def test_the_recipe_says_all_that_the_panel_says():
    session = Session(
        prompt=" a\nmug ", negative_prompt="text", width=320, height=256, steps=7,
        guidance_scale=3.5, sampler=Sampler.DPMPP_2M,
    )  # fmt: skip
    [recipe] = draft_recipes(session, MODEL, 99)
    assert recipe == Recipe(
        prompt="a mug", negative_prompt="text", seed=99, width=320, height=256, steps=7,
        guidance_scale=3.5, sampler=Sampler.DPMPP_2M,
        model=ModelRef(id=BUILT_IN, digest="ab", name="Mini"),
    )  # fmt: skip


def test_seeds_of_a_batch_follow_each_other_past_the_largest():
    recipes = draft_recipes(Session(count=3), MODEL, MAX_SEED - 1)
    assert [recipe.seed for recipe in recipes] == [MAX_SEED - 1, MAX_SEED, 0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"width": 300}, "width"),
        ({"height": -16}, "height"),
        ({"steps": 0}, "steps"),
        ({"guidance_scale": float("nan")}, "guidance_scale"),
        ({"guidance_scale": -1.0}, "guidance_scale"),
        ({"seed": -1}, "seed"),
        ({"count": 0}, "count"),
        ({"count": 65}, "count"),
        ({"prompt": "a" * 10_001}, "prompt"),
        ({"negative_prompt": "a" * 1_000_000}, "negative_prompt"),
        ({"start": StartChoice("x.png", float("nan"))}, "strength"),
    ],
)
def test_a_wrong_value_is_named(changes, field):
    problem = find_problem(Session(**changes), MODEL)
    assert problem.field == field
    assert problem.message.endswith(".")


def test_without_a_model_there_is_a_sentence_and_no_recipe():
    assert find_problem(Session(), None).field == "model"


def test_drafting_a_wrong_value_raises():
    with pytest.raises(RecipeError) as caught:
        draft_recipes(Session(steps=151), MODEL, 1)
    assert caught.value.field == "steps"


def test_a_recipe_laid_out_drafts_itself_again():
    [recipe] = draft_recipes(Session(prompt="a", width=512, steps=9, count=1), MODEL, 5)
    session = session_from(recipe, Session(prompt="other", count=4))
    assert draft_recipes(session, MODEL, session.seed) == (recipe,)
    assert session.seed_locked


def test_a_model_brings_its_own_size_and_keeps_the_prompt():
    info = ModelInfo(
        id="x", name="x", family=ModelFamily.SDXL, default_size=(1024, 768), default_steps=30
    )
    session = suited_session(Session(prompt="kept", seed=4), info)
    assert (session.width, session.height, session.steps) == (1024, 768, 30)
    assert (session.prompt, session.seed) == ("kept", 4)
