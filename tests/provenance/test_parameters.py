"""The `parameters` text is what other tools write, and reads back as the recipe."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.prompt import clean_prompt
from maquette.core.recipe import ModelRef, Recipe, Sampler, StartImage
from maquette.core.record import Record
from maquette.provenance.parameters import read_parameters, recipe_of, write_parameters

TOOL = "Maquette 0.1.0"
prompts = st.text(max_size=200).map(clean_prompt)
names = st.text(max_size=30).map(clean_prompt)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Any recipe a person could ask for."""
    strength = draw(st.none() | st.floats(0.01, 1))
    return Recipe(
        prompt=draw(prompts.filter(lambda text: not text.startswith("Negative prompt:"))),
        negative_prompt=draw(prompts),
        seed=draw(st.integers(0, 2**32 - 1)),
        width=draw(st.integers(256, 4096)),
        height=draw(st.integers(256, 4096)),
        steps=draw(st.integers(1, 150)),
        guidance_scale=draw(st.floats(0, 30)),
        sampler=draw(st.sampled_from(Sampler)),
        model=ModelRef(id="", name=draw(names)),
        start=None if strength is None else StartImage(digest="", strength=strength),
    )


@given(recipes())
def test_every_recipe_reads_back_as_it_was(recipe: Recipe) -> None:
    assert recipe_of(read_parameters(write_parameters(recipe, TOOL))) == recipe


def test_the_text_has_the_form_and_names_that_other_tools_use(record: Record) -> None:
    assert write_parameters(record.recipe, record.tool) == (
        'a red 陶瓷 mug, "glossy" 😀\n'
        "Negative prompt: cracks\n"
        "Steps: 20, Sampler: UniPC, CFG scale: 5.5, Seed: 7, Size: 256x256, "
        'Model hash: ababababab, Model: "fancy, v1", Denoising strength: 0.35, '
        "Version: Maquette 0.1.0"
    )


def test_the_other_sampler_has_its_usual_name(record: Record) -> None:
    recipe = msgspec.structs.replace(record.recipe, sampler=Sampler.DPMPP_2M)
    assert "Sampler: DPM++ 2M," in write_parameters(recipe, TOOL)


@pytest.mark.parametrize(
    "prompt",
    [
        "Steps: 3, Sampler: Euler a, Seed: 1",
        "Steps: 3",
        "a sign that says Negative prompt: none",
        "مرسم هادئ",
        "👩‍🎨 paints",
        "",
    ],
)
def test_prompts_that_look_like_settings_stay_prompts(record: Record, prompt: str) -> None:
    recipe = msgspec.structs.replace(record.recipe, prompt=prompt)
    assert read_parameters(write_parameters(recipe, TOOL)).prompt == prompt


def test_the_text_of_another_tool_is_understood() -> None:
    text = (
        "a castle,\nby the sea\nNegative prompt: fog,\nrain\n"
        "Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 12, "
        "Size: 512x768, Model hash: 6ce0161689, Model: dream, "
        'Lora hashes: "a: 12, b: 34", Version: v1.9.4'
    )
    parameters = read_parameters(text)
    assert parameters.prompt == "a castle,\nby the sea"
    assert parameters.negative_prompt == "fog,\nrain"
    assert parameters.settings["Lora hashes"] == "a: 12, b: 34"
    recipe = recipe_of(parameters)
    assert recipe is not None
    assert (recipe.width, recipe.height, recipe.steps) == (512, 768, 28)
    assert recipe.sampler is Sampler.DPMPP_2M


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "x\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512",
        "x\nSteps: many, Sampler: UniPC, CFG scale: 7, Seed: 1, Size: 512x512",
        "x\nSteps: 20, Sampler: UniPC, CFG scale: nan, Seed: 1, Size: 512x512",
        "x\nSteps: 20, Sampler: UniPC, CFG scale: 7, Seed: -1, Size: 512x512",
        "x\nSteps: 20, Sampler: UniPC, CFG scale: 7, Seed: 1, Size: 99999x99999",
        'x\nSteps: 20, Sampler: UniPC, Seed: 1, Size: "512',
    ],
)
def test_a_text_that_is_no_recipe_of_ours_gives_none(text: str) -> None:
    assert recipe_of(read_parameters(text)) is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    recipe_of(read_parameters(text))


def test_a_long_hostile_text_is_read_in_reasonable_time() -> None:
    read_parameters("a" * 300_000 + ' "' * 100_000)
    read_parameters("Steps: " * 100_000)
