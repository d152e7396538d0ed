"""The control models on offer: looked at in threads, named in the settings."""

import asyncio

import msgspec
from PySide6.QtCore import QObject

from maquette.core.control import ControlKind
from maquette.core.control_models import (
    ControlModelInfo,
    find_control_models,
    inspect_control_model,
)
from maquette.core.settings import ControlModelChoice
from maquette.state.settings import SettingsStore
from maquette.state.store import Store


class KnownControls(msgspec.Struct, frozen=True):
    """Those that can be used, and the paths of those that cannot be now."""

    known: tuple[ControlModelInfo, ...] = ()
    missing: tuple[str, ...] = ()


class ControlShelf(Store[KnownControls]):
    """Control models by path; adding and removing changes the settings, never a file."""

    def __init__(self, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(KnownControls(), parent)
        self._settings = settings

    async def restore(self) -> None:
        """Look at those that the settings name."""
        known, missing = await asyncio.to_thread(find_control_models, self._settings.value)
        self.replace(KnownControls(known, missing))

    async def add(self, path: str, kind: ControlKind | None = None) -> ControlModelInfo:
        """Put the control model at `path` on offer. Raises ModelError with the reason."""
        info = await asyncio.to_thread(inspect_control_model, path, kind)
        choices = self._settings.value.control_models
        others = tuple(each for each in choices if each.path != path)
        self._settings.update(control_models=(*others, ControlModelChoice(path, kind)))
        known = tuple(each for each in self.value.known if each.id != info.id)
        self.update(known=(*known, info))
        return info

    def set_kind(self, path: str, kind: ControlKind) -> None:
        """What the control model at `path` steers by, in the user's word."""
        choices = self._settings.value.control_models
        self._settings.update(
            control_models=tuple(
                ControlModelChoice(path, kind) if each.path == path else each for each in choices
            )
        )
        self.update(
            known=tuple(
                msgspec.structs.replace(each, kind=kind) if each.id == path else each
                for each in self.value.known
            )
        )

    def remove(self, path: str) -> None:
        """Take one off; its files stay where they are."""
        choices = self._settings.value.control_models
        self._settings.update(control_models=tuple(c for c in choices if c.path != path))
        self.replace(
            KnownControls(
                tuple(each for each in self.value.known if each.id != path),
                tuple(each for each in self.value.missing if each != path),
            )
        )
