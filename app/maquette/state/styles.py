"""The styles: those that ship and the user's own, favourites, and the one that is on."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.errors import StyleError
from maquette.core.files import write_atomically
from maquette.core.paths import cache_dir
from maquette.core.style import Style
from maquette.library.styles.copies import copy_of, fresh_id
from maquette.library.styles.opening import (
    ENDINGS,
    lora_places,
    open_shelf,
    read_sample,
    read_styles,
    shipped_styles,
    take_loras,
)
from maquette.state.notices import NextStep, Notices
from maquette.state.session import Session
from maquette.state.store import Store
from maquette.state.tasks import Tasks
from maquette.state.wearing import take_style_off, wear

if TYPE_CHECKING:
    from maquette.library.styles.carried_loras import LoraPlaces

TRASH_DAYS = 30
_FAVOURITES = "favourites.json"
_MAX_FAVOURITES = 1 << 20  # bytes


def is_style_file(path: str) -> bool:
    """Whether `path` is named like a file of our own with styles."""
    return path.lower().endswith(ENDINGS[0])


class OffersLoras(Protocol):
    """The LoRAs that can be put into the stack."""

    @property
    def places(self) -> tuple[str, ...]:
        """Files and folders that are on offer."""
        ...

    async def offer(self, place: str) -> None:
        """Have a file or folder on offer from now on."""
        ...


class StyleList(msgspec.Struct, frozen=True, kw_only=True):
    """All styles, the shipped ones first, then the user's own by name.

    `own` and `favourites` are ids. `loaded` is whether anybody has looked yet.
    """

    styles: tuple[Style, ...] = ()
    own: frozenset[str] = frozenset()
    favourites: frozenset[str] = frozenset()
    loaded: bool = False

    def find(self, style_id: str) -> Style | None:
        """The style of this id."""
        return next((style for style in self.styles if style.id == style_id), None)


class Styles(Store[StyleList]):
    """Every command returns at once, and its outcome is the next value; failures are notices.

    Signals:
        sampled(str): the style of this id may have another sample picture now.
        arrived(str): a style came to the user's own; its id.
    """

    sampled = Signal(str)
    arrived = Signal(str)

    def __init__(
        self,
        folder: Path,
        session: Store[Session],
        notices: Notices,
        tasks: Tasks,
        loras: OffersLoras,
        parent: QObject | None = None,
    ) -> None:
        """`folder` has the user's own styles, and `loras` beside it the LoRAs that came with them;
        both are made at first need."""
        super().__init__(StyleList(), parent)
        self._folder = folder
        self._session = session
        self._notices = notices
        self._tasks = tasks
        self._loras = loras
        self._was_needed = False
        self._turn = asyncio.Lock()  # one thing is done after the other

    # --- the one that is on ---------------------------------------------------------------------

    @property
    def chosen(self) -> Style | None:
        """The style that the panel has on."""
        choice = self._session.value.style
        return choice.style if choice else None

    def find(self, style_id: str) -> Style | None:
        """The style of this id, if it is known."""
        return self.value.find(style_id)

    def choose(self, style_id: str) -> None:
        """Put the style of this id on."""
        style = self.value.find(style_id)
        if style is not None:
            self._session.replace(wear(self._session.value, style))

    def clear(self) -> None:
        """Take the style off."""
        self._session.replace(take_style_off(self._session.value))

    # --- the shelf ------------------------------------------------------------------------------

    def need(self) -> None:
        """Somebody shows styles: read them, unless that was asked for already."""
        if not self._was_needed:
            self.load()

    def load(self) -> None:
        """Read the folder again."""
        self._was_needed = True
        self._tasks.start(self._load())

    def set_favourite(self, style_id: str, *, is_favourite: bool) -> None:
        """Put a style among the favourites, or take it out."""
        before = self.value.favourites
        favourites = before | {style_id} if is_favourite else before - {style_id}
        self.update(favourites=favourites)
        self._tasks.start(self._keep_favourites(favourites))

    def keep(self, style: Style, sample: Path | bytes | None = None) -> None:
        """Save one of the user's own; with the id of a shipped one, as a new style.

        Args:
            sample: the image file of its sample picture, or b"" for none; None leaves it as it is.
        """
        self._tasks.start(self.put(style, sample))

    def duplicate(self, style_id: str) -> None:
        """Make a copy of any style, which can be changed."""
        self._tasks.start(self._duplicate(style_id))

    def delete(self, style_id: str) -> None:
        """Put one of the user's own into the trash, with a notice that takes it back."""
        self._tasks.start(self._delete(style_id))

    def restore(self, style_id: str) -> None:
        """Take a style out of the trash."""
        self._tasks.start(self._restore(style_id))

    def take_in(self, paths: Sequence[str]) -> None:
        """Add the styles of files, ours or other programs'."""
        self._tasks.start(self._take_in([Path(path) for path in paths]))

    def give_away(self, ids: Sequence[str], path: str) -> None:
        """Write styles to one file, with their sample pictures."""
        self._tasks.start(self._give_away(tuple(ids), Path(path)))

    def sample(self, style_id: str) -> bytes:
        """The sample picture, an image file's content; b"" for none. Belongs in a thread.

        Raises:
            StyleError: it cannot be read.
        """
        return open_shelf(self._folder).sample(style_id)

    # --- inside ---------------------------------------------------------------------------------

    async def _load(self) -> None:
        async with self._turn:
            shipped = await asyncio.to_thread(shipped_styles)
            shelf = await asyncio.to_thread(open_shelf, self._folder)
            own, problems = await asyncio.to_thread(shelf.styles)
            favourites = self.value.favourites
            if not self.value.loaded:
                favourites = await asyncio.to_thread(self._read_favourites)
                await asyncio.to_thread(shelf.purge, TRASH_DAYS)
        if problems:
            self._notices.fail("\n".join(problems[:3]))
        ids = {style.id for style in shipped}
        own = [style for style in own if style.id not in ids]
        self.replace(
            StyleList(
                styles=(*shipped, *own),
                own=frozenset(style.id for style in own),
                favourites=favourites,
                loaded=True,
            )
        )

    async def put(self, style: Style, sample: Path | bytes | None = None) -> None:
        """Do what `keep` does; it is done when this returns. Raises StyleError."""
        if style.id not in self.value.own and self.value.find(style.id):
            style = msgspec.structs.replace(style, id=fresh_id())
        async with self._turn:
            if isinstance(sample, Path):
                sample = await asyncio.to_thread(read_sample, sample)
            await asyncio.to_thread(open_shelf(self._folder).keep, style, sample)
        await self._load()
        self.sampled.emit(style.id)
        self.arrived.emit(style.id)
        choice = self._session.value.style
        if choice is not None and choice.of is None and choice.style.id == style.id:
            self.choose(style.id)

    async def _duplicate(self, style_id: str) -> None:
        style = self.value.find(style_id)
        if style is None:
            return
        copy = copy_of(style, self.value.styles)
        async with self._turn:
            sample = await asyncio.to_thread(self.sample, style_id)
            await asyncio.to_thread(open_shelf(self._folder).keep, copy, sample)
        await self._load()
        self.arrived.emit(copy.id)

    async def _delete(self, style_id: str) -> None:
        style = self.value.find(style_id)
        if style is None or style_id not in self.value.own:
            return
        async with self._turn:
            await asyncio.to_thread(open_shelf(self._folder).trash, style_id)
        await self._load()
        self._notices.inform(
            f"The style “{style.name.of('en')}” was deleted.",
            step=NextStep.UNDO_STYLE,
            subject=style_id,
        )

    async def _restore(self, style_id: str) -> None:
        async with self._turn:
            await asyncio.to_thread(open_shelf(self._folder).restore, style_id)
        await self._load()
        self.arrived.emit(style_id)

    async def _take_in(self, paths: Sequence[Path]) -> None:
        kept: list[Style] = []
        told: list[str] = []
        problems: list[str] = []
        async with self._turn:
            for path in paths:
                try:
                    found = await asyncio.to_thread(read_styles, path)
                    take_in = open_shelf(self._folder).take_in
                    fresh, already = await asyncio.to_thread(take_in, found.styles)
                except StyleError as error:
                    problems.append(error.message)
                    continue
                kept += fresh
                told += found.notices
                if already and not fresh:
                    told.append(f"All styles of {path.name} are here already.")
                told += await self._take_loras(path, [each.style for each in found.styles])
        await self._load()
        if len(kept) == 1:
            told.insert(0, f"The style “{kept[0].name.of('en')}” was added.")
        elif kept:
            told.insert(0, f"{len(kept)} styles were added.")
        if problems:
            self._notices.fail("\n".join((*told, *problems)))
        elif told:
            self._notices.inform("\n".join(told))
        if kept:
            self.arrived.emit(kept[0].id)

    async def _take_loras(self, path: Path, styles: Sequence[Style]) -> tuple[str, ...]:
        """Have the LoRAs of `styles` on offer that the file carries; what is to be told of them.

        Raises:
            StyleError: the disk did not take one.
        """
        taken = await asyncio.to_thread(take_loras, path, styles, self._lora_places())
        if taken.paths:
            await self._loras.offer(str(self._lora_folder))
        return taken.notices

    def _lora_places(self) -> "LoraPlaces":
        return lora_places(self._loras.places, self._lora_folder, cache_dir() / "digests.json")

    @property
    def _lora_folder(self) -> Path:
        return self._folder.with_name("loras")

    async def _give_away(self, ids: tuple[str, ...], path: Path) -> None:
        styles = [style for style in self.value.styles if style.id in ids]
        give = open_shelf(self._folder).give_away
        async with self._turn:
            notices = await asyncio.to_thread(give, styles, path, self._lora_places())
        if len(styles) == 1:
            told = f"The style was saved as {path.name}."
        else:
            told = f"{len(styles)} styles were saved as {path.name}."
        self._notices.inform("\n".join((told, *notices)))

    async def _keep_favourites(self, favourites: frozenset[str]) -> None:
        content = msgspec.json.encode(sorted(favourites))
        async with self._turn:
            try:
                await asyncio.to_thread(write_atomically, self._folder / _FAVOURITES, content)
            except OSError as error:
                raise StyleError(
                    f"The favourites could not be saved ({error.strerror}); check that the "
                    "folder of styles can be written to.",
                    str(error),
                ) from error

    def _read_favourites(self) -> frozenset[str]:
        try:
            with (self._folder / _FAVOURITES).open("rb") as file:
                return msgspec.json.decode(file.read(_MAX_FAVOURITES), type=frozenset[str])
        except (OSError, msgspec.DecodeError):
            return frozenset()
