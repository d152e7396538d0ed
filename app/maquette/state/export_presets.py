"""The export presets: those that ship and the user's own, read and written in threads."""

import asyncio
from collections.abc import Collection
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.export_preset import ExportPreset
from maquette.library.exports.presets import (
    MAX_NAME,
    built_in_presets,
    load_presets,
    read_preset_file,
    remove_preset,
    save_preset,
    write_preset_file,
)
from maquette.state.notices import Notices
from maquette.state.store import Store
from maquette.state.tasks import Tasks


class PresetShelf(msgspec.Struct, frozen=True, kw_only=True):
    """All presets, by name.

    `own` are the names of those that are kept in the user's folder, a changed built-in one
    included; `shipped` those that come with the studio. `problems` are sentences about files that
    cannot be used. `loaded` is whether anybody has looked yet.
    """

    presets: tuple[ExportPreset, ...] = ()
    own: frozenset[str] = frozenset()
    shipped: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    loaded: bool = False

    def find(self, name: str) -> ExportPreset | None:
        """The preset called `name`."""
        return next((preset for preset in self.presets if preset.name == name), None)


class ExportPresets(Store[PresetShelf]):
    """Every command returns at once, and its outcome is the next value; failures are notices.

    Signals:
        kept(name): this preset is now as it was asked to be, new ones included.
        removed(preset): it is gone; keeping it again undoes that.
    """

    kept = Signal(str)
    removed = Signal(object)

    def __init__(
        self, folder: Path, notices: Notices, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        """`folder` has the user's own presets; it is made at first need."""
        super().__init__(PresetShelf(), parent)
        self._folder = folder
        self._notices = notices
        self._tasks = tasks
        self._turn = asyncio.Lock()

    def load(self) -> None:
        """Read the folder again."""
        self._tasks.start(self._load())

    def keep(self, preset: ExportPreset, instead_of: str = "") -> None:
        """Save `preset`; with `instead_of`, the user's own preset of that name is renamed so."""
        self._tasks.start(self._keep(preset, instead_of))

    def remove(self, name: str) -> None:
        """Take the user's own preset away; a built-in one that was changed is as it was."""
        self._tasks.start(self._remove(name))

    def take_in(self, path: Path) -> None:
        """Add the preset of a file somebody gave, under a name that is free."""
        self._tasks.start(self._take_in(path))

    def give_away(self, preset: ExportPreset, path: Path) -> None:
        """Write `preset` to a file to be given to others."""
        self._tasks.start(self._give_away(preset, path))

    async def _load(self) -> None:
        async with self._turn:
            presets, problems = await asyncio.to_thread(load_presets, self._folder)
            shipped = await asyncio.to_thread(built_in_presets)
        own = {preset.name for preset in presets if preset not in shipped}
        self.replace(
            PresetShelf(
                presets=tuple(presets),
                own=frozenset(own),
                shipped=frozenset(preset.name for preset in shipped),
                problems=tuple(problems),
                loaded=True,
            )
        )

    async def _keep(self, preset: ExportPreset, instead_of: str) -> None:
        async with self._turn:
            await asyncio.to_thread(save_preset, self._folder, preset)
            if instead_of and instead_of != preset.name:
                await asyncio.to_thread(remove_preset, self._folder, instead_of)
        await self._load()
        self.kept.emit(preset.name)

    async def _remove(self, name: str) -> None:
        async with self._turn:
            preset = await asyncio.to_thread(remove_preset, self._folder, name)
        await self._load()
        if preset is not None:
            self.removed.emit(preset)

    async def _take_in(self, path: Path) -> None:
        preset = await asyncio.to_thread(read_preset_file, path)
        name = free_name(preset.name, {known.name for known in self.value.presets})
        await self._keep(msgspec.structs.replace(preset, name=name), "")

    async def _give_away(self, preset: ExportPreset, path: Path) -> None:
        await asyncio.to_thread(write_preset_file, path, preset)
        self._notices.inform(f"The export preset was saved as {path.name}.")


def free_name(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with a number behind it where that is taken, whatever the case."""
    names = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in names:
        number += 1
        ending = f" {number}"
        name = wanted[: MAX_NAME - len(ending)] + ending
    return name
