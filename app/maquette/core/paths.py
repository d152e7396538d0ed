"""Where the studio keeps things. Functions only: nothing is created by asking."""

import os
from pathlib import Path

import platformdirs

APP_NAME = "Maquette"


def _home() -> Path | None:
    """`MAQUETTE_HOME` puts every folder under one place (portable installs, tests)."""
    value = os.environ.get("MAQUETTE_HOME")
    return Path(os.path.expanduser(value)) if value else None


def is_portable() -> bool:
    """Whether the studio carries everything along in one folder, its signing key included."""
    return _home() is not None


def data_dir() -> Path:
    """The library's index, autosaves, the window's state."""
    home = _home()
    return home / "data" if home else Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def config_dir() -> Path:
    """Settings."""
    home = _home()
    if home:
        return home / "config"
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def cache_dir() -> Path:
    """What can be made again: thumbnails, model digests, probes."""
    home = _home()
    return home / "cache" if home else Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))


def log_dir() -> Path:
    """Log files."""
    home = _home()
    return home / "log" if home else Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def pictures_dir() -> Path:
    """Where pictures go unless the settings say otherwise: Pictures/Maquette."""
    home = _home()
    return (home / "Pictures" if home else Path(platformdirs.user_pictures_dir())) / APP_NAME


def pictures_folder(chosen: str) -> Path:
    """Where pictures go by the settings, whose folder is `chosen` or ""."""
    return Path(chosen) if chosen else pictures_dir()


def absolute_path(path: str | Path) -> Path:
    """`path` as a person typed it, from the root on; a ~ before a name that nobody has stays."""
    return Path(os.path.abspath(os.path.expanduser(path)))


def library_file() -> Path:
    """The library's SQLite index."""
    return data_dir() / "library.sqlite3"


def queue_file() -> Path:
    """The queue of jobs, SQLite; apart from the index, which can be made again from the files."""
    return data_dir() / "queue.sqlite3"


def ledger_file() -> Path:
    """The ledger of all saved and exported files, SQLite."""
    return data_dir() / "ledger.sqlite3"


def exports_file() -> Path:
    """The list of batch exports, SQLite."""
    return data_dir() / "exports.sqlite3"


def trainings_dir() -> Path:
    """The user's trainings of styles, a folder each."""
    return data_dir() / "trainings"


def styles_dir() -> Path:
    """The user's own styles, a .maquette-style file each."""
    return data_dir() / "styles"


def loras_dir() -> Path:
    """LoRAs that the studio made, or took out of files of styles."""
    return data_dir() / "loras"


def export_presets_dir() -> Path:
    """The user's own export presets, JSON."""
    return config_dir() / "export-presets"


def settings_file() -> Path:
    """The settings, JSON."""
    return config_dir() / "settings.json"
