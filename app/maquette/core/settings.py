"""Settings: a frozen value, kept as JSON; what cannot be read falls back with a notice."""

from pathlib import Path
from typing import Literal

import msgspec

from maquette.core.files import write_atomically

FILE_NAME_TEMPLATE = "{date}/{prompt}-{id}"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user chose. Unknown fields of a newer version are ignored on reading."""

    language: Literal["system", "en", "zh_CN"] = "system"
    theme: Literal["dark", "light", "system"] = "dark"
    pictures_folder: str = ""  # "" = Pictures/Maquette
    file_name_template: str = FILE_NAME_TEMPLATE
    write_recipe: bool = True  # the recipe text in the file; the AI marks are always written
    device: str = "auto"  # auto | cpu | cuda | mps
    precision: Literal["auto", "fp32", "bf16", "fp16"] = "auto"
    live_preview: bool = True
    model: str = "maquette-mini"
    model_paths: tuple[str, ...] = ()


def load_settings(path: Path) -> tuple[Settings, str]:
    """Read settings from `path`: (settings, notice).

    The notice is "" or one sentence; an unreadable file is kept beside as `.bad`, never deleted.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings), ""
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, msgspec.DecodeError) as error:
        kept = path.with_suffix(".bad")
        try:
            path.replace(kept)
        except OSError:
            kept = path
        return Settings(), (
            f"The settings could not be read and were set to their defaults; "
            f"the old file is kept as {kept.name} ({error})."
        )


def save_settings(path: Path, settings: Settings) -> None:
    """Write `settings` to `path` atomically. Raises OSError."""
    write_atomically(path, msgspec.json.format(msgspec.json.encode(settings), indent=2))
