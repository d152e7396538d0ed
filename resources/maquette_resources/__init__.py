"""Icons, themes, translations and a font that ship with the studio, by typed accessors."""

from importlib.resources import files
from pathlib import Path

import msgspec


class Tokens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The colours of one theme, as #rrggbb. Names say the role, not the hue."""

    name: str
    window: str  # behind everything, rail, status bar
    panel: str
    stage: str
    control: str
    control_hover: str
    control_pressed: str
    field: str  # text fields
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str  # background of what is chosen
    accent_text: str  # accent used as text on panel or accent_soft
    success: str
    danger: str
    danger_soft: str
    checker_a: str
    checker_b: str


def _path(*parts: str) -> Path:
    return Path(str(files(__name__).joinpath(*parts)))


def icons_dir() -> Path:
    """Folder of the small SVG images that style sheets name."""
    return _path("icons")


def app_icon() -> Path:
    """The program's icon, SVG."""
    return _path("icons", "maquette.svg")


def tokens(theme: str) -> Tokens:
    """The colours of `theme` ("dark" or "light")."""
    return msgspec.json.decode(_path("themes", f"{theme}.json").read_bytes(), type=Tokens)


def style_template() -> str:
    """The Qt style sheet with `@token` in the place of colours."""
    return _path("themes", "style.qss").read_text(encoding="utf-8")


def vocabulary() -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    """Words for what pictures show: field to word to language ("en", "zh") to its names.

    Fields are form, material, colour, style, setting; the plainest name stands first.
    """
    content = _path("vocabulary.json").read_bytes()
    return msgspec.json.decode(content, type=dict[str, dict[str, dict[str, tuple[str, ...]]]])


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finish in words of both languages, and its colour as #rrggbb."""

    id: str
    en: str
    zh: str
    swatch: str


class ChipWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the chips of the Sketch panel offer beside the vocabulary.

    `colours` and `backgrounds` give words of the vocabulary their colour, #rrggbb; `light` and
    `direction` are word to language to names, as the vocabulary has them.
    """

    looks: tuple[Look, ...]
    colours: dict[str, str]
    backgrounds: dict[str, str]
    light: dict[str, dict[str, tuple[str, ...]]]
    direction: dict[str, dict[str, tuple[str, ...]]]


def chip_words() -> ChipWords:
    """The chips that ship with the studio."""
    return msgspec.json.decode(_path("chips.json").read_bytes(), type=ChipWords)


def label_font() -> Path:
    """The font of visible labels: the few glyphs that they need, OpenType."""
    return _path("fonts", "label.otf")


def translation(language: str) -> Path | None:
    """The compiled Qt translation for `language` ("zh_CN"); None when there is none (English)."""
    path = _path("translations", f"maquette_{language}.qm")
    return path if path.is_file() else None


def export_presets() -> list[Path]:
    """The JSON files of the export presets that ship with the studio, in the order to show."""
    names = ("web", "print", "social", "client")
    return [_path("export_presets", f"{name}.json") for name in names]


def example_sketches() -> list[Path]:
    """SVG files of line drawings to begin with (lines without paper), in the order to show."""
    names = ("mug", "teapot", "chair", "lamp", "vase", "car")
    return [_path("sketches", f"{name}.svg") for name in names]


def style_files() -> list[Path]:
    """The JSON files of the styles that ship with the studio, group by group."""
    groups = ("paint", "ink", "print", "craft", "product", "light", "film")
    return [_path("styles", f"{group}.json") for group in groups]


def style_sample(style_id: str) -> Path | None:
    """The sample picture of a shipped style, JPEG; None where it has not been made."""
    path = _path("styles", "samples", f"{style_id}.jpg")
    return path if path.is_file() else None
