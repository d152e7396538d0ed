"""The LoRAs on offer and the stack of those in use; files are looked at in threads."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.errors import LoraError, ModelError
from maquette.core.lora import MAX_LORA_WEIGHT, MAX_LORAS, LoraUse, active_loras
from maquette.core.lora_models import (
    LoraInfo,
    Refused,
    check_lora_fits,
    find_lora,
    find_loras,
    inspect_lora,
)
from maquette.core.model_files import weights_digest
from maquette.core.paths import absolute_path, cache_dir
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import Recipe
from maquette.core.settings import Settings
from maquette.state.lora_choice import LoraChoice
from maquette.state.models import Models
from maquette.state.notices import Notices
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks


class Looked(msgspec.Struct, frozen=True):
    """What became of looking for a LoRA of the stack: what it is, or why it is not at hand."""

    info: LoraInfo | None = None
    message: str = ""


class KnownLoras(msgspec.Struct, frozen=True):
    """LoRAs that can be used, files that cannot, and what those of the stack are, by digest.

    `model` is the id of the chosen model, which they fit or not.
    """

    known: tuple[LoraInfo, ...] = ()
    refused: tuple[Refused, ...] = ()
    stacked: dict[str, Looked] = {}
    model: str = ""


class LoraShelf(Store[KnownLoras]):
    """Adding and removing changes the settings and the session, never a file.

    Signals:
        file_wanted(digest): somebody wants to say where the file of this LoRA is.
    """

    file_wanted = Signal(str)

    def __init__(
        self,
        *,
        session: Store[Session],
        settings: SettingsStore,
        models: Models,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(KnownLoras(), parent)
        self._session = session
        self._settings = settings
        self._models = models
        self._notices = notices
        self._tasks = tasks
        session.changed.connect(self._session_changed)
        settings.changed.connect(self._settings_changed)

    async def restore(self) -> None:
        """Look at the files and folders that the settings name, and for those of the stack."""
        places = self._settings.value.loras
        known, refused = await asyncio.to_thread(find_loras, places)
        self.update(known=known, refused=refused)
        await self._look(self._session.value.loras)

    # --- the stack ------------------------------------------------------------------------------

    @property
    def places(self) -> tuple[str, ...]:
        """Files and folders that are on offer."""
        return self._settings.value.loras

    @property
    def stack(self) -> tuple[LoraChoice, ...]:
        """The rows, the first one first."""
        return self._session.value.loras

    def add(self, paths: Sequence[str]) -> None:
        """Put files into the stack, and files and folders on offer."""
        self._tasks.start(self._add(tuple(str(absolute_path(path)) for path in paths)))

    async def offer(self, place: str) -> None:
        """Have a file or folder on offer from now on, and look at what it has now."""
        if place not in self._settings.value.loras:
            self._settings.update(loras=(*self._settings.value.loras, place))
        await self.restore()

    def put(self, info: LoraInfo) -> None:
        """Put a LoRA that is on offer into the stack."""
        self._tasks.start(self._put(info))

    def weigh(self, place: int, weight: float) -> None:
        """How much of the row at `place` is added, cut to what can be."""
        cut = max(-MAX_LORA_WEIGHT, min(round(weight, 2), MAX_LORA_WEIGHT))
        self._change(place, weight=cut)

    def switch(self, place: int, *, used: bool) -> None:
        """Switch the row at `place` on or off."""
        self._change(place, used=used)

    def move(self, place: int, to: int) -> None:
        """Have the row at `place` stand at `to`."""
        rows = list(self.stack)
        if 0 <= place < len(rows) and 0 <= to < len(rows):
            rows.insert(to, rows.pop(place))
            self._session.update(loras=tuple(rows))

    def remove(self, place: int) -> None:
        """Take the row at `place` out of the stack; `insert` brings it back."""
        rows = self.stack
        self._session.update(loras=rows[:place] + rows[place + 1 :])

    def insert(self, place: int, row: LoraChoice) -> None:
        """Put `row` into the stack at `place`, unless it is there or the stack is full."""
        rows = self.stack
        if len(rows) >= MAX_LORAS:
            self._notices.fail(
                f"At most {MAX_LORAS} LoRAs can be used for one picture; please take some away."
            )
        elif not any(each.digest == row.digest for each in rows):
            self._session.update(loras=(*rows[:place], row, *rows[place:]))

    def write(self, words: str) -> None:
        """Put trigger words at the end of the prompt, unless they stand in it."""
        prompt = self._session.value.prompt
        if words.lower() not in prompt.lower():
            before = prompt.rstrip(" ,")
            self._session.update(prompt=clean_prompt(f"{before}, {words}" if before else words))

    def forget(self, path: str) -> None:
        """Take a file or folder off the list of what is on offer; it stays where it is."""
        places = tuple(each for each in self._settings.value.loras if each != path)
        self._settings.update(loras=places)
        self._tasks.start(self.restore())

    def drop(self, digest: str) -> None:
        """Take the LoRA of this digest out of the stack."""
        self._session.update(loras=tuple(row for row in self.stack if row.digest != digest))

    def find(self, digest: str, path: str) -> None:
        """Have the file at `path` on offer, if it is the LoRA of this digest."""
        self._tasks.start(self._find(digest, path))

    async def check(self, recipes: Sequence[Recipe]) -> None:
        """Raise LoraError if a LoRA of `recipes` is not at hand or does not fit their model."""
        places = self._settings.value.loras
        uses = {lora.digest: (lora, each) for each in recipes for lora in active_loras(each.loras)}
        for lora, recipe in uses.values():
            looked = await asyncio.to_thread(_look_for, lora, places)
            model = self._models.find(recipe.model.id)
            if looked.info is None:
                raise LoraError(looked.message, lora.digest)
            try:
                if model is not None:
                    check_lora_fits(looked.info, model)
            except ModelError as error:
                raise LoraError(error.message, lora.digest, error.detail) from error

    # --- what is known of it --------------------------------------------------------------------

    def info_of(self, row: LoraChoice) -> LoraInfo | None:
        """What `row` is, as far as its file was looked at."""
        return self.value.stacked.get(row.digest, Looked()).info

    def problem_of(self, row: LoraChoice) -> str:
        """Why `row` cannot be used with the chosen model, in one sentence; "" if it can."""
        looked = self.value.stacked.get(row.digest, Looked())
        if looked.info is None or self._models.chosen is None:
            return looked.message
        try:
            check_lora_fits(looked.info, self._models.chosen)
        except ModelError as error:
            return error.message
        return ""

    # --- inside ---------------------------------------------------------------------------------

    async def _find(self, digest: str, path: str) -> None:
        name = next((row.name for row in self.stack if row.digest == digest), "")
        if await asyncio.to_thread(weights_digest, path, _digests()) != digest:
            raise LoraError(
                f"{Path(path).name} is another file than the LoRA {name} of the stack; choose its "
                "own file, or take it out and add this one.",
                digest,
            )
        info = await asyncio.to_thread(inspect_lora, path)
        if path not in self._settings.value.loras:
            self._settings.update(loras=(*self._settings.value.loras, path))
        self._know(digest, Looked(info))

    def _change(self, place: int, **changes: object) -> None:
        rows = list(self.stack)
        if 0 <= place < len(rows):
            rows[place] = msgspec.structs.replace(rows[place], **changes)
            self._session.update(loras=tuple(rows))

    async def _add(self, paths: tuple[str, ...]) -> None:
        found, refused = await asyncio.to_thread(find_loras, paths)
        if refused:
            self._notices.fail(refused[0].message)
        wrong = {each.path for each in refused}
        fresh = tuple(p for p in paths if p not in wrong and p not in self._settings.value.loras)
        if not found:
            if not refused:
                self._notices.fail("There is no LoRA in this folder; LoRAs are .safetensors files.")
            return
        self._settings.update(loras=(*self._settings.value.loras, *fresh))
        known = {info.path: info for info in (*self.value.known, *found)}
        ordered = sorted(known.values(), key=lambda info: (info.name.lower(), info.path))
        self.update(known=tuple(ordered))
        single = [info for info in found if info.path in paths]
        for info in single:
            await self._put(info)
        if not single:
            self._notices.inform(f"{len(found)} LoRAs are on offer now.")

    async def _put(self, info: LoraInfo) -> None:
        if self._models.chosen is not None:
            check_lora_fits(info, self._models.chosen)
        digest = await asyncio.to_thread(weights_digest, info.path, _digests())
        self._know(digest, Looked(info))
        self.insert(len(self.stack), LoraChoice(name=info.name, digest=digest))

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if "loras" in fields:
            known = self.value.stacked
            unknown = [row for row in session.loras if not row.digest or row.digest not in known]
            if unknown:
                self._tasks.start(self._look(unknown))

    def _settings_changed(self, settings: Settings, fields: frozenset[str]) -> None:
        if "model" in fields:
            self.update(model=settings.model)

    async def _look(self, rows: Sequence[LoraChoice]) -> None:
        """Find the files of `rows`; where only a name is known, a file of that name is taken."""
        places = self._settings.value.loras
        for row in rows:
            named = next((i for i in self.value.known if i.name == row.name), None)
            if not row.digest and named is not None:
                digest = await asyncio.to_thread(weights_digest, named.path, _digests())
                self._know(digest, Looked(named))
                self._session.update(
                    loras=tuple(
                        msgspec.structs.replace(each, digest=digest) if each == row else each
                        for each in self.stack
                    )
                )
            else:
                self._know(row.digest, await asyncio.to_thread(_look_for, row, places))

    def _know(self, digest: str, looked: Looked) -> None:
        self.update(stacked={**self.value.stacked, digest: looked})


def _look_for(row: LoraChoice | LoraUse, places: tuple[str, ...]) -> Looked:
    try:
        path = find_lora(LoraUse(row.name, row.digest), places, _digests())
        return Looked(inspect_lora(path))
    except ModelError as error:
        return Looked(message=error.message)


def _digests() -> Path:
    return cache_dir() / "digests.json"
