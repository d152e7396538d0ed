"""The checks behind `maquette doctor`: what is installed, writable and readable."""

import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

import maquette
from maquette.cli.holdings import Holdings, holdings
from maquette.core import paths
from maquette.core.errors import LibraryError
from maquette.core.model_info import ModelInfo
from maquette.core.settings import Settings
from maquette.library.gallery import Gallery
from maquette.library.ledger import Ledger
from maquette.library.ledger_audit import Audit
from maquette.library.pictures.backups import backups
from maquette.library.pictures.connections import Connections
from maquette.library.reconcile import Reconciled, Reconciler, not_there
from maquette.library.store import Library
from maquette.protocol.messages import Device

LEAST_FREE = 1 << 30  # bytes below which a disk counts as nearly full
_PACKAGES = ("torch", "diffusers", "transformers", "PySide6-Essentials", "pillow", "numpy")


class Folder(msgspec.Struct, frozen=True):
    """One of the program's folders; `free` is in bytes on its disk."""

    purpose: str
    path: str
    writable: bool
    free: int


class Checkup(msgspec.Struct, kw_only=True):
    """Everything the doctor found. `problems` are sentences that say what to do.

    `backup` is the newest daily copy of the library's index, "" for none.
    """

    versions: dict[str, str]
    folders: list[Folder]
    pictures: int | None = None
    files: Reconciled | None = None
    holdings: Holdings | None = None
    backup: str = ""
    ledger: Audit | None = None
    device: Device | None = None
    model: ModelInfo | None = None
    problems: list[str]


def check_installation(settings: Settings) -> Checkup:
    """The checks that need no engine."""
    folders = list(_folders(settings))
    checkup = Checkup(versions=_versions(), folders=folders, problems=[])
    for folder in folders:
        if not folder.writable:
            checkup.problems.append(
                f"The folder for {folder.purpose}, {folder.path}, cannot be written to; "
                "change its permissions or choose another one."
            )
        elif folder.free < LEAST_FREE:
            checkup.problems.append(
                f"Only {folder.free >> 20} MiB are free for {folder.purpose} in {folder.path}; "
                "please free some space."
            )
    try:
        with Library.open(paths.library_file()) as library:
            checkup.pictures = library.count()
    except LibraryError as error:
        checkup.problems.append(error.message)
    try:
        with Ledger.open_read_only(paths.ledger_file()) as ledger:
            checkup.ledger = ledger.verify()
            checkup.problems += checkup.ledger.problems
            if checkup.pictures is not None:
                checkup.files = _look_after_files(settings, ledger)
                checkup.problems += map(not_there, checkup.files.unreachable)
    except LibraryError as error:
        checkup.problems.append(error.message)
    if checkup.pictures is not None:
        _look_after_library(settings, checkup)
    return checkup


def _look_after_library(settings: Settings, checkup: Checkup) -> None:
    """Do what the window does when it starts: trash that is due, the daily backup; then count."""
    index = paths.library_file()
    try:
        with Gallery.open(index) as gallery:
            checkup.problems += gallery.look_after(settings.trash_days)
        checkup.backup = next(map(str, backups(index)), "")
        checkup.holdings = holdings()
    except LibraryError as error:
        checkup.problems.append(error.message)


def _look_after_files(settings: Settings, ledger: Ledger) -> Reconciled:
    """Bring the index up to what became of the files. Raises LibraryError."""
    home = paths.pictures_folder(settings.pictures_folder)
    with closing(Connections.open(paths.library_file())) as connections:
        return Reconciler().run(connections, ledger, home)


def _versions() -> dict[str, str]:
    versions = {
        "Maquette": maquette.__version__,
        "Python": platform.python_version(),
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for package in _PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = "not installed"
    versions["Interpreter"] = sys.executable
    return versions


def _folders(settings: Settings) -> Iterator[Folder]:
    pictures = settings.pictures_folder
    yield _folder("pictures", Path(pictures) if pictures else paths.pictures_dir())
    yield _folder("the library", paths.data_dir())
    yield _folder("settings", paths.config_dir())
    yield _folder("the cache", paths.cache_dir())
    yield _folder("logs", paths.log_dir())


def _folder(purpose: str, path: Path) -> Folder:
    """Try the folder, or the nearest one above it that exists, with a file that vanishes."""
    try:
        place = next(above for above in (path, *path.parents) if above.exists())
        with tempfile.TemporaryFile(dir=place):
            pass
        return Folder(purpose, str(path), True, shutil.disk_usage(place).free)
    except (OSError, StopIteration):
        return Folder(purpose, str(path), False, 0)
