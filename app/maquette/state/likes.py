"""The style image that the panel has: chosen, weighed, taken away, and back with a recipe."""

import asyncio
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject

from maquette.core.errors import ImageError
from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.model_info import ModelInfo
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import Recipe
from maquette.core.style_image import StyleImage
from maquette.library.ingredients import Ingredients
from maquette.state.adapter_shelf import AdapterShelf
from maquette.state.notices import Notices
from maquette.state.pictures import fit_pixels, read_pixels
from maquette.state.results import Picture
from maquette.state.session import LikeChoice, Session, StartChoice
from maquette.state.start import StartPictures
from maquette.state.store import Store
from maquette.state.tasks import Tasks

LARGEST = 1024  # pixels: the longer side of a pasted picture, of which nothing else is kept
FULL = 100


class Likes(QObject):
    """What a person can do with the style image.

    `pictures` has the one at hand, and its thumbnail. What came without a file is kept where the
    images behind saved pictures are.
    """

    def __init__(
        self,
        session: Store[Session],
        adapters: AdapterShelf,
        ingredients: Ingredients,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.adapters = adapters
        self._ingredients = ingredients
        self._notices = notices
        self._tasks = tasks
        self.pictures = StartPictures(self)

    def use(self, path: str, record: str = "") -> None:
        """Take over the style of the image file `path`."""
        self._tasks.start(self._load(self._another(path, record)))

    def use_picture(self, picture: Picture) -> None:
        """Take over the style of one of our pictures."""
        self.use(picture.path, picture.record.id)

    def paste(self, read: Callable[[], bytes]) -> None:
        """Take over the style of a picture without a file; `read` gives the bytes of one."""
        self._tasks.start(self._paste(read))

    def nothing_to_paste(self) -> None:
        """Say that the clipboard has no picture."""
        self._notices.inform("There is no picture on the clipboard; copy one and paste again.")

    def weigh(self, strength: int) -> None:
        """How much of it is taken over, 0 to FULL."""
        choice = self._session.value.like
        if choice is not None:
            like = msgspec.structs.replace(choice, strength=min(max(strength, 0), FULL))
            self._session.update(like=like)

    def go_by(self, adapter: IPAdapterUse | None) -> None:
        """Take it over with `adapter`, or without any."""
        choice = self._session.value.like
        if choice is not None:
            like = msgspec.structs.replace(choice, adapter=adapter, automatic=False)
            self._session.update(like=like)

    def clear(self) -> LikeChoice | None:
        """Take it away; returns what `put_back` brings back."""
        choice = self._session.value.like
        self.pictures.clear()
        self._session.update(like=None)
        return choice

    def put_back(self, choice: LikeChoice) -> None:
        """Bring a style image back that was taken away."""
        self._tasks.start(self._load(choice))

    def lay_out(self, recipe: Recipe) -> None:
        """Have the style image of `recipe` in the panel, if it has one that is still at hand."""
        like = recipe.like
        if like is None:
            self.pictures.clear()
        else:
            self._tasks.start(self._bring_back(like))

    def is_kept(self, choice: LikeChoice) -> bool:
        """Whether its file is one of ours, named by a digest: it was pasted, or a recipe's."""
        return self._ingredients.owns(choice.path)

    async def restore(self) -> None:
        """Load the picture that the session remembers; forget it when it is gone."""
        choice = self._session.value.like
        if choice is None:
            return
        try:
            await self.pictures.hold(choice.path)
        except ImageError as error:
            if self._session.value.like == choice:
                self._session.update(like=None)
                self._notices.report(error)

    async def fit(
        self, choice: LikeChoice, width: int, height: int, model: ModelInfo | None = None
    ) -> tuple[StyleImage, Pixels]:
        """The style image for a recipe of this size and model, with its pixels.

        Raises:
            ImageError: it cannot be read.
        """
        start = StartChoice(choice.path, choice.strength / FULL, choice.record)
        image, fitted = await self.pictures.fit(start, width, height)
        adapter = self.adapters.way_of(choice, model)
        return StyleImage(
            image.digest, choice.strength / FULL, image.record, adapter
        ), fitted.pixels

    def _another(self, path: str, record: str = "") -> LikeChoice:
        """Another picture, taken over as the one before."""
        before = self._session.value.like or LikeChoice("")
        return msgspec.structs.replace(before, path=path, record=record)

    async def _load(self, choice: LikeChoice) -> None:
        picture = await self.pictures.load(choice.path)
        if picture is not None:  # else another was chosen meanwhile
            self._session.update(like=choice)

    async def _paste(self, read: Callable[[], bytes]) -> None:
        path = await asyncio.to_thread(self._kept, read)
        await self._load(self._another(path))

    def _kept(self, read: Callable[[], bytes]) -> str:
        """The path of a file with the pixels of a pasted picture."""
        pixels = read_pixels(read())
        height, width = pixels.shape[:2]
        factor = min(1.0, LARGEST / max(width, height))
        fitted = fit_pixels(pixels, max(1, round(width * factor)), max(1, round(height * factor)))
        digest = pixel_digest(fitted)
        self._ingredients.keep({digest: fitted})
        return str(self._ingredients.path(digest))

    async def _bring_back(self, like: StyleImage) -> None:
        path = await asyncio.to_thread(self._ingredients.file, like.digest)
        if path is None:
            self._notices.inform(
                "The style image of this picture is not at hand any more; choose it again to get "
                "the same result."
            )
            return
        strength = round(like.strength * FULL)
        choice = LikeChoice(str(path), strength, like.record, like.adapter, automatic=False)
        await self._load(choice)
