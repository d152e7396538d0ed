"""File names are safe on every system, whatever the prompt and the template say."""

import ntpath
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.errors import InputError
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType
from maquette.library.naming import check_template, file_name, has_number, slug


def record_of(prompt: str, model: str = "Maquette Mini") -> Record:
    recipe = Recipe(
        prompt=prompt,
        seed=7,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.0,
        model=ModelRef("maquette-mini", "", model),
    )
    return Record(
        id="7F3A91C2",
        recipe=recipe,
        created="2026-11-22T12:00:00+00:00",
        tool="Maquette 0.1.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
    )


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a red mug, glossy!", "a-red-mug-glossy"),
        ("一个红色的陶瓷杯", "一个红色的陶瓷杯"),
        ("كوب أحمر", "كوب-أحمر"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\system32", "C-Windows-system32"),
        ("😀😀", "picture"),
        ("", "picture"),
        ("...", "picture"),
        ("--force", "force"),
        ("a\x00b\x1b[31mc\nd", "a-b-31mc-d"),
        ("cafe\u0301", "café"),
    ],
)
def test_a_prompt_becomes_a_readable_name(prompt: str, expected: str) -> None:
    assert slug(prompt) == expected


def test_the_template_is_filled_in() -> None:
    name = file_name("{date}/{model}/{prompt}_{seed}_{id}_{n}", record_of("a mug"), 3)
    assert name == PurePosixPath("2026-11-22/Maquette-Mini/a-mug_7_7F3A91C2_0003")


def test_a_long_prompt_is_cut_between_characters() -> None:
    name = file_name("{prompt}-{id}", record_of("杯" * 10_000), 1).name
    assert name.endswith("-7F3A91C2")
    assert len(name.encode()) < 200
    assert set(name.removesuffix("-7F3A91C2")) == {"杯"}


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "LPT9", "aux"])
def test_names_that_windows_reserves_are_changed(name: str) -> None:
    assert file_name("{prompt}", record_of(name), 1).name == f"_{name}"
    assert file_name("{prompt}.x", record_of(name), 1).name == f"_{name}.x"


@pytest.mark.parametrize(
    "template",
    [
        "../{id}",
        "/etc/{id}",
        "{date}/../../{id}",
        "C:\\{id}",
        "\\\\server\\share\\{id}",
        "./.{id}",
        "~/{id}",
        "a\0b{id}",
        "~root/.ssh/{id}",
    ],
)
def test_a_template_cannot_leave_the_folder(template: str, tmp_path: Path) -> None:
    name = file_name(template, record_of("a mug"), 1)
    inside = (tmp_path / name).resolve()
    assert inside.is_relative_to(tmp_path)
    assert not any(part.startswith(".") for part in name.parts)


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_prompt_and_no_model_name_leads_out_of_the_folder(prompt: str, model: str) -> None:
    name = file_name("{date}/{prompt}-{model}", record_of(prompt, model), 1)
    assert len(name.parts) == 2
    assert ".." not in name.parts
    assert not ntpath.isabs(str(name))
    assert PureWindowsPath(str(name)).parts == name.parts
    assert all(0 < len(part.encode()) <= 250 for part in name.parts)


@pytest.mark.parametrize(
    "template", ["{user}", "{prompt!r}", "{seed:>9}", "{}", "{id.x}", "{id[0]}"]
)
def test_an_unknown_field_is_named(template: str) -> None:
    with pytest.raises(InputError, match="unknown field"):
        check_template(template)


@pytest.mark.parametrize("template", ["{prompt", "prompt}"])
def test_an_unpaired_brace_is_told(template: str) -> None:
    with pytest.raises(InputError, match="unpaired brace"):
        check_template(template)


@pytest.mark.parametrize("template", ["", "{date}/", " . "])
def test_a_template_must_name_a_file(template: str) -> None:
    with pytest.raises(InputError, match="add a file name"):
        check_template(template)


def test_counting_is_noticed() -> None:
    assert has_number("{prompt}-{n}")
    assert not has_number("{prompt}-n")


def test_a_model_without_a_name_is_told_by_its_id() -> None:
    record = record_of("a mug")
    model = ModelRef("/models/ünlü model.safetensors")
    record = msgspec.structs.replace(
        record, recipe=msgspec.structs.replace(record.recipe, model=model)
    )
    assert file_name("{model}", record, 1).name == "models-ünlü-model-safetensors"
