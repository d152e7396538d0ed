"""Settings: a frozen value, kept as JSON; what cannot be read falls back with a notice."""

from pathlib import Path
from typing import Literal

import msgspec

from maquette.core.control import ControlKind
from maquette.core.files import write_atomically
from maquette.core.marking import FileEncoding, Marking

FILE_NAME_TEMPLATE = "{date}/{prompt}-{id}"


class ControlModelChoice(msgspec.Struct, frozen=True):
    """A control model that the user pointed at; `kind` is what they say it steers by, if they do.

    `path` is a diffusers folder or a .safetensors file.
    """

    path: str
    kind: ControlKind | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user chose. Unknown fields of a newer version are ignored on reading."""

    language: Literal["system", "en", "zh_CN"] = "system"
    theme: Literal["dark", "light", "system"] = "dark"
    pictures_folder: str = ""  # "" = Pictures/Maquette
    file_name_template: str = FILE_NAME_TEMPLATE
    marking: Marking = Marking()  # which marks new pictures get
    encoding: FileEncoding = FileEncoding()  # what new pictures are saved as
    device: str = "auto"  # auto | cpu | cuda | mps
    precision: Literal["auto", "fp32", "bf16", "fp16"] = "auto"
    live_preview: bool = True
    style_previews: Literal["quick", "always", "never"] = "quick"  # where the mouse rests
    model: str = "maquette-mini"
    model_paths: tuple[str, ...] = ()
    control_models: tuple[ControlModelChoice, ...] = ()
    loras: tuple[str, ...] = ()  # files, and folders of them
    ip_adapters: tuple[str, ...] = ()  # likewise
    trash_days: int = 30  # how long deleted pictures stay in the trash; 0 = until it is emptied


def load_settings(path: Path) -> tuple[Settings, str]:
    """Read settings from `path`: (settings, notice).

    The notice is "" or one sentence; an unreadable file is kept beside as `.bad`, never deleted.
    """
    try:
        return msgspec.convert(_current(msgspec.json.decode(path.read_bytes())), Settings), ""
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


def _current(content: object) -> object:
    """`content` in today's form: a `write_recipe` of version 0.1 moves into `marking`.

    Marking and FileEncoding refuse unknown fields, as everything on the wire does; those of a newer
    version are dropped here, like unknown settings.
    """
    if not isinstance(content, dict):
        return content
    current = dict(content)
    if "marking" not in content and "write_recipe" in content:
        current["marking"] = {"write_recipe": content["write_recipe"]}
    for name, kind in (("marking", Marking), ("encoding", FileEncoding)):
        value = current.get(name)
        if isinstance(value, dict):
            known = kind.__struct_fields__
            current[name] = {field: value[field] for field in value if field in known}
    return current


def save_settings(path: Path, settings: Settings) -> None:
    """Write `settings` to `path` atomically. Raises OSError."""
    write_atomically(path, msgspec.json.format(msgspec.json.encode(settings), indent=2))
