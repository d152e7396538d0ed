"""The IP-Adapters on offer for style images: looked at in threads, named in the settings."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from maquette.core.errors import ModelError
from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.ip_adapters import (
    IPAdapterInfo,
    check_ip_adapter_fits,
    find_ip_adapter,
    find_ip_adapters,
    fits,
)
from maquette.core.model_info import ModelInfo
from maquette.core.paths import absolute_path, cache_dir
from maquette.core.recipe import Recipe
from maquette.core.style_image import active_style_image
from maquette.state.models import Models
from maquette.state.notices import Notices
from maquette.state.session import LikeChoice
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks


class KnownAdapters(msgspec.Struct, frozen=True):
    """Those that can be used, and the paths of those that cannot be now.

    `model` is the id of the chosen model, which they fit or not.
    """

    known: tuple[IPAdapterInfo, ...] = ()
    missing: tuple[str, ...] = ()
    model: str = ""


class AdapterShelf(Store[KnownAdapters]):
    """IP-Adapters by path; adding and removing changes the settings, never a file."""

    def __init__(
        self,
        settings: SettingsStore,
        models: Models,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(KnownAdapters(), parent)
        self._settings = settings
        self._models = models
        self._notices = notices
        self._tasks = tasks
        models.changed.connect(self._model_changed)
        settings.changed.connect(self._model_changed)
        self._model_changed()

    async def restore(self) -> None:
        """Look at those that the settings name."""
        places = self._settings.value.ip_adapters
        known, _problems = await asyncio.to_thread(find_ip_adapters, places, _digests())
        paths = {info.path for info in known}
        self.update(known=known, missing=tuple(each for each in places if each not in paths))

    def add(self, paths: Sequence[str]) -> None:
        """Put files, and those within folders, on offer."""
        self._tasks.start(self._add(tuple(str(absolute_path(path)) for path in paths)))

    def remove(self, path: str) -> None:
        """Take one off; its file stays where it is."""
        places = tuple(each for each in self._settings.value.ip_adapters if each != path)
        self._settings.update(ip_adapters=places)
        self.update(
            known=tuple(info for info in self.value.known if info.path != path),
            missing=tuple(each for each in self.value.missing if each != path),
        )

    @property
    def chosen_model(self) -> ModelInfo | None:
        """The model that pictures are made with now."""
        return self._models.chosen

    def fitting(self, model: ModelInfo | None) -> tuple[IPAdapterInfo, ...]:
        """Those that are made for `model`, by name."""
        return tuple(info for info in self.value.known if model is not None and fits(info, model))

    def way_of(self, choice: LikeChoice, model: ModelInfo | None) -> IPAdapterUse | None:
        """By which IP-Adapter the style image `choice` is taken over; None for without one.

        Where nothing was chosen it is the first that is made for `model`.
        """
        if not choice.automatic:
            return choice.adapter
        fitting = self.fitting(model)
        return fitting[0].use if fitting else None

    async def check(self, recipes: Sequence[Recipe]) -> None:
        """Raise ModelError if the IP-Adapter of one of `recipes` is missing or does not fit."""
        asked: dict[IPAdapterUse, Recipe] = {}
        for recipe in recipes:
            like = active_style_image(recipe.like)
            if like is not None and like.adapter is not None:
                asked[like.adapter] = recipe
        for use, recipe in asked.items():
            places = self._settings.value.ip_adapters
            info = await asyncio.to_thread(find_ip_adapter, use, places, _digests())
            model = self._models.find(recipe.model.id)
            if model is not None:
                check_ip_adapter_fits(info, model)

    def _model_changed(self) -> None:
        chosen = self._models.chosen
        self.update(model=chosen.id if chosen else "")

    async def _add(self, paths: tuple[str, ...]) -> None:
        found, problems = await asyncio.to_thread(find_ip_adapters, paths, _digests())
        if not found:
            raise (
                problems[0]
                if problems
                else ModelError(
                    "There is no IP-Adapter in this folder; they are .safetensors files."
                )
            )
        places = self._settings.value.ip_adapters
        fresh = tuple(info.path for info in found if info.path not in places)
        self._settings.update(ip_adapters=(*places, *fresh))
        await self.restore()
        names = ", ".join(info.name for info in found[:3])
        if problems:
            self._notices.fail(problems[0].message)
        else:
            self._notices.inform(f"Style images can be taken over with {names} now.")


def _digests() -> Path:
    return cache_dir() / "digests.json"
