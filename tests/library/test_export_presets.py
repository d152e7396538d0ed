"""Preset files: shareable, editable, and told apart from nonsense in one sentence."""

import json
from pathlib import Path

import msgspec
import pytest

from maquette.core.errors import InputError
from maquette.core.export_preset import ColourSpace, ExportPreset, ExportSize, Fit
from maquette.core.marking import FileFormat
from maquette.library.exports.presets import (
    built_in_presets,
    check_preset,
    find_preset,
    load_presets,
    read_preset_file,
    remove_preset,
    save_preset,
)

OWN = ExportPreset(
    name="Für 客户",
    format=FileFormat.AVIF,
    colour=ColourSpace.DISPLAY_P3,
    sizes=(ExportSize(name="square", width=800, height=800, fit=Fit.PAD),),
    target_kib=300,
    template="{board}/{name}{size}",
)


def test_what_ships_is_valid_and_covers_what_people_need() -> None:
    presets = built_in_presets()
    assert [preset.name for preset in presets] == [
        "Web",
        "Print 300 DPI",
        "Social sizes",
        "Client delivery",
    ]
    assert len(presets[2].sizes) >= 3
    assert presets[1].dpi == 300


def test_a_saved_preset_comes_back_and_can_be_sent_to_somebody(tmp_path: Path) -> None:
    path = save_preset(tmp_path, OWN)
    assert read_preset_file(path) == OWN
    assert path.read_text(encoding="utf-8").startswith("{\n")  # to be edited by people
    changed = msgspec.structs.replace(OWN, target_kib=100)
    assert save_preset(tmp_path, changed) == path
    presets, problems = load_presets(tmp_path)
    assert (presets[-1], problems) == (changed, [])
    assert find_preset("für 客户", tmp_path) == changed
    assert find_preset(str(path), tmp_path / "elsewhere") == changed


def test_one_of_the_users_stands_in_the_place_of_one_that_ships(tmp_path: Path) -> None:
    own = msgspec.structs.replace(built_in_presets()[0], quality=50)
    save_preset(tmp_path, own)
    presets, _ = load_presets(tmp_path)
    assert presets[0] == own
    assert len(presets) == 4
    assert remove_preset(tmp_path, "Web") == own
    assert load_presets(tmp_path)[0] == built_in_presets()
    assert remove_preset(tmp_path, "Web") is None


def test_names_that_make_the_same_file_name_do_not_replace_each_other(tmp_path: Path) -> None:
    for name in ("a b", "a/b", "../a b"):
        save_preset(tmp_path / "presets", msgspec.structs.replace(OWN, name=name))
    assert {preset.name for preset in load_presets(tmp_path / "presets")[0][4:]} == {
        "a b",
        "a/b",
        "../a b",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["presets"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"name": "a", "qualty": 90}', '"qualty" is not known'),
        (b'{"name": "a", "sizes": [{"widht": 9}]}', '"widht" in "sizes.*" is not known'),
        (b'{"format": "png"}', '"name" is missing'),
        (b'{"name": "a", "format": "gif"}', '"format" is wrong'),
        (b'{"name": "a", "quality": 101}', '"quality" is wrong'),
        (b'{"name": "a", "quality": "high"}', '"quality" is wrong'),
        (b'{"name": "a", "sizes": []}', '"sizes" is wrong'),
        (b'{"name": "a", "sizes": [{"width": 99999}]}', '"sizes.*width" is wrong'),
        (b'{"name": "a", "sizes": [{"fit": "fill", "width": 9}]}', "needs both width and height"),
        (b'{"name": "a", "lists": ["csv", "csv", "csv"]}', '"lists" is wrong'),
        (b'{"name": "a", "sheet": {"kinds": ["pdf", "pdf", "pdf"]}}', '"sheet.kinds" is wrong'),
        (b'{"name": "a", "template": "{user}"}', '"template" is wrong'),
        (b'{"name": "a", "template": "a/"}', '"template" is wrong'),
        (b'{"name": "a", "proof_profile": "//server/x.icc"}', "another computer"),
        (b'{"name": "a", "proof_profile": "\\\\\\\\server\\\\x.icc"}', "another computer"),
        (b'{"name": " "}', '"name" must be'),
        (b'{"name": "\\u202egpj"}', '"name" must be'),
        (b"[]", "cannot be used"),
        (b"{", "no valid JSON"),
        (b"\xff\xfe{}", "no valid JSON"),
        (b"[" * 50_000, "cannot be used"),
        (b" " * 100_000, "too long"),
        (b"", "no valid JSON"),
    ],
)
def test_nonsense_is_one_sentence_that_names_file_and_key_and_the_file_stays(
    content: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "strange.json"
    path.write_bytes(content)
    presets, problems = load_presets(tmp_path)
    assert presets == built_in_presets()
    (problem,) = problems
    assert "strange.json" in problem
    assert problem.endswith(".")
    assert "\n" not in problem
    with pytest.raises(InputError, match=words):
        read_preset_file(path)
    assert path.read_bytes() == content


def test_a_preset_that_cannot_be_done_is_not_saved(tmp_path: Path) -> None:
    wrong = msgspec.structs.replace(OWN, template="{user}")
    with pytest.raises(InputError, match="template"):
        check_preset(wrong)
    with pytest.raises(InputError, match="template"):
        save_preset(tmp_path, wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_byte_order_mark_does_no_harm_and_an_unknown_name_tells_the_known_ones(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"name": "x"}).encode())
    assert read_preset_file(path) == ExportPreset(name="x")
    for name in ("nothing", "n" * 5_000, "a\0b", "~nobody-knows/x"):
        with pytest.raises(InputError, match="Web, Print 300 DPI") as refused:
            find_preset(name, tmp_path)
        assert len(refused.value.message) < 500


def test_a_file_that_went_away_since_the_folder_was_read_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "Gone.json").symlink_to(tmp_path / "taken away")
    assert load_presets(tmp_path) == (list(built_in_presets()), [])
