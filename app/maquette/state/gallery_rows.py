"""The pictures around what is looked at: fetched in threads, the latest wanted first, bounded."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject, Signal

from maquette.core.gallery import GalleryPicture
from maquette.state.tasks import Tasks

KEPT = 4000  # pictures; some kilobytes each
AT_ONCE = 250  # pictures of one question to the library

Fetch = Callable[[Sequence[int]], Awaitable[list[GalleryPicture]]]


class GalleryRows(QObject):
    """Ask with `get`, say with `want` what is in sight; `came` tells that more is known.

    After `forget` everything is asked for again, while what was known is still shown: nothing
    flickers when the library changes.

    Signals:
        came(): some of what was wanted is here, or has changed.
    """

    came = Signal()

    def __init__(self, fetch: Fetch, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._tasks = tasks
        self._kept: OrderedDict[int, tuple[int, GalleryPicture | None]] = OrderedDict()
        self._edition = 0
        self._wanted: list[int] = []
        self._fetching: asyncio.Task[None] | None = None

    def get(self, picture_id: int) -> GalleryPicture | None:
        """The picture, maybe as it was a moment ago; None when it is not known or is gone."""
        found = self._kept.get(picture_id)
        return found[1] if found is not None else None

    def want(self, ids: Sequence[int]) -> None:
        """Fetch these pictures, and no more those that were wanted before."""
        self._wanted = [each for each in ids if not self._is_fresh(each)]
        if self._wanted and self._fetching is None:
            self._fetching = self._tasks.start(self._fetch_wanted())

    def forget(self) -> None:
        """The library has changed: what is known may be out of date."""
        self._edition += 1

    def _is_fresh(self, picture_id: int) -> bool:
        found = self._kept.get(picture_id)
        return found is not None and found[0] == self._edition

    async def _fetch_wanted(self) -> None:
        try:
            while self._wanted:
                asked, self._wanted = self._wanted[:AT_ONCE], self._wanted[AT_ONCE:]
                edition = self._edition
                pictures = {picture.id: picture for picture in await self._fetch(asked)}
                for each in asked:
                    self._kept[each] = (edition, pictures.get(each))
                    self._kept.move_to_end(each)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
                self.came.emit()
        finally:
            self._fetching = None
