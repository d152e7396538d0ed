"""Which models can be chosen, and adding one that the user points at."""

import asyncio
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from maquette.core.errors import ModelError
from maquette.core.model_files import inspect_model
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.recipe import Sampler, draw_seed
from maquette.state.notices import Notices
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.store import Store


class ModelShelf(msgspec.Struct, frozen=True):
    """The models on offer, the built-in one first. `missing` are paths that cannot be used now."""

    known: tuple[ModelInfo, ...] = ()
    missing: tuple[str, ...] = ()


class Models(Store[ModelShelf]):
    """The shelf of models; the choice itself is a setting."""

    def __init__(
        self,
        built_in: ModelInfo | None,
        settings: SettingsStore,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(ModelShelf((built_in,) if built_in else ()), parent)
        self._settings = settings
        self._notices = notices

    def find(self, model: str) -> ModelInfo | None:
        return next((info for info in self.value.known if info.id == model), None)

    @property
    def chosen(self) -> ModelInfo | None:
        """The model that the settings name, else the first there is."""
        known = self.value.known
        return self.find(self._settings.value.model) or (known[0] if known else None)

    async def restore(self) -> None:
        """Look at the models that were added before. Those that are gone are left out."""
        known, missing = list(self.value.known), []
        for path in self._settings.value.model_paths:
            try:
                known.append(await asyncio.to_thread(inspect_model, path))
            except ModelError:
                missing.append(path)
        self.replace(ModelShelf(tuple(known), tuple(missing)))
        if self._settings.value.model in missing:
            gone = Path(self._settings.value.model).name
            self._settings.update(model=BUILT_IN)
            self._notices.fail(
                f"The model {gone} is no longer there, so the built-in model is used; "
                "add it again when it is back."
            )

    async def add(self, path: str) -> ModelInfo:
        """Check the model at `path` (a pipeline folder or a .safetensors file) and put it on offer.

        Raises:
            ModelError: it is missing, broken, or of a kind that cannot be used.
        """
        info = await asyncio.to_thread(inspect_model, path)
        others = tuple(known for known in self.value.known if known.id != info.id)
        self.replace(ModelShelf((*others, info), self.value.missing))
        paths = tuple(p for p in self._settings.value.model_paths if p != info.id)
        self._settings.update(model_paths=(*paths, info.id))
        return info

    def remove(self, model: str) -> None:
        """Take a model off the shelf; its files stay where they are."""
        if model == BUILT_IN:
            return
        shelf = self.value
        self._settings.update(
            model_paths=tuple(p for p in self._settings.value.model_paths if p != model),
            model=BUILT_IN if self._settings.value.model == model else self._settings.value.model,
        )
        self.replace(
            ModelShelf(
                tuple(info for info in shelf.known if info.id != model),
                tuple(path for path in shelf.missing if path != model),
            )
        )


def fresh_session(info: ModelInfo | None, prompt: str) -> Session:
    """The panel as a first run shows it."""
    session = Session(prompt=prompt, seed=draw_seed())
    return suited_session(session, info) if info else session


def suited_session(session: Session, info: ModelInfo) -> Session:
    """`session` with the size, steps and guidance that `info` is best at."""
    width, height = info.default_size
    return msgspec.structs.replace(
        session,
        width=width,
        height=height,
        steps=info.default_steps,
        guidance_scale=info.default_guidance,
        sampler=Sampler.UNIPC,
    )
