"""Settings survive, and a broken file costs nothing."""

from pathlib import Path

import pytest

from maquette.core.marking import FileEncoding, FileFormat, Marking, Preset
from maquette.core.settings import Settings, load_settings, save_settings


def test_settings_come_back_as_saved(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "设置 folder" / "settings.json"
    settings = Settings(language="zh_CN", device="cpu", model_paths=("/模型/a.safetensors",))
    save_settings(path, settings)
    assert load_settings(path) == (settings, "")
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == (Settings(), "")


def test_a_broken_file_is_kept_and_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "neon"}')
    settings, notice = load_settings(path)
    assert settings == Settings()
    assert "settings.bad" in notice
    assert (tmp_path / "settings.bad").read_text() == '{"theme": "neon"}'
    assert not path.exists()


def test_the_recipe_switch_of_the_first_version_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"write_recipe": false, "theme": "light"}')
    assert load_settings(path) == (
        Settings(theme="light", marking=Marking(write_recipe=False)),
        "",
    )


def test_marks_of_a_newer_version_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"marking": {"preset": "strong", "smell": "lavender"}}')
    assert load_settings(path) == (Settings(marking=Marking(preset=Preset.STRONG)), "")


@pytest.mark.parametrize(
    "encoding", ['{"format": "webp", "quality": 80}', '{"format": "webp", "quality": 80, "hdr": 1}']
)
def test_the_format_of_saved_pictures_is_kept(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"encoding": {encoding}}}')
    expected = Settings(encoding=FileEncoding(FileFormat.WEBP, 80))
    assert load_settings(path) == (expected, "")


def test_a_quality_that_there_is_not_is_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"encoding": {"format": "jpeg", "quality": 0}}')
    settings, notice = load_settings(path)
    assert settings == Settings()
    assert "quality" in notice


def test_fields_of_a_newer_version_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "light", "hologram": true}')
    assert load_settings(path) == (Settings(theme="light"), "")
