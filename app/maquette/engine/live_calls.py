"""Live pictures between request and answer, as the client sees them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import msgspec

from maquette.core.errors import FailureCode, JobFailed, MaquetteError
from maquette.core.fidelity import Fidelity
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.start import Start
from maquette.engine.pending import (
    LOST,
    add_images,
    add_pixels,
    checked,
    pixels_of,
    send_unsent,
)
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Live, LiveFailed, LivePicture, LiveSkipped

Send = Callable[[Live, Sequence[Bytes]], None]


class LiveMade(msgspec.Struct, frozen=True, eq=False):
    """A picture to look at: RGB pixels with the watermark, and the recipe as run.

    `fidelity` is there where it was measured. `notices` are sentences for the user; `seconds` maps
    stage names to durations.
    """

    recipe: Recipe
    pixels: Pixels
    fidelity: Fidelity | None = None
    notices: tuple[str, ...] = ()
    seconds: dict[str, float] = {}


class LiveCall:
    """One picture that was asked for; `made` is its answer to come, None if it was overtaken."""

    def __init__(self, request: Live, blobs: Sequence[Bytes]) -> None:
        self.request = request
        self.blobs = blobs
        self.sent = False
        self.made: asyncio.Future[LiveMade | None] = asyncio.get_running_loop().create_future()


class LiveCalls:
    """All calls that have no answer yet. The newest alone waits for a worker."""

    def __init__(self) -> None:
        self._calls: dict[int, LiveCall] = {}
        self._newest = 0

    @property
    def waiting(self) -> bool:
        """Whether a call has no answer yet."""
        return bool(self._calls)

    def begin(
        self,
        recipe: Recipe,
        start: Start | None,
        images: Mapping[str, Pixels],
        refine: bool,
    ) -> LiveCall:
        """A new call, which overtakes those that were not sent.

        Raises:
            JobFailed: a value of the recipe is out of range, or one of its images is missing.
        """
        recipe = checked(recipe)
        blobs: list[Bytes] = []
        start_place = add_pixels(blobs, start.pixels) if start else None
        places = add_images(blobs, recipe, images)
        self._newest += 1
        request = Live(
            sequence=self._newest,
            recipe=recipe,
            start=start_place,
            images=places,
            refine=refine,
        )
        for older in list(self._calls.values()):
            if not older.sent:
                self._settle(older, None)
        call = self._calls[self._newest] = LiveCall(request, blobs)
        return call

    def send(self, send: Send) -> None:
        """Send the call that waits for a worker, if one does."""
        send_unsent(self._calls.values(), send, self._settle)

    def stop(self) -> None:
        """Answer what was not sent: nobody looks any more."""
        for call in list(self._calls.values()):
            if not call.sent:
                self._settle(call, None)

    def forget(self, call: LiveCall) -> bool:
        """Nobody waits for `call` any more; whether a worker may still be busy with it."""
        waited = self._calls.pop(call.request.sequence, None) is call
        return waited and call.sent and call.request.sequence == self._newest

    def fail(self, error: MaquetteError, *, only_sent: bool = False) -> None:
        """Conclude all calls with `error`, or only those that a worker had."""
        for call in list(self._calls.values()):
            if call.sent or not only_sent:
                self._settle(call, error)

    def hear(self, event: LivePicture | LiveSkipped | LiveFailed, blobs: list[bytearray]) -> None:
        """Conclude the call that `event` answers."""
        call = self._calls.get(event.sequence)
        if call is None:
            return  # whoever waited for it was cancelled
        match event:
            case LivePicture():
                self._settle(call, _made(event, blobs))
            case LiveSkipped():
                self._settle(call, None)
            case LiveFailed():
                self._settle(call, JobFailed(event.message, event.code, event.detail))

    def _settle(self, call: LiveCall, answer: LiveMade | MaquetteError | None) -> None:
        self._calls.pop(call.request.sequence, None)
        if call.made.done():
            return
        if isinstance(answer, MaquetteError):
            call.made.set_exception(answer)
        else:
            call.made.set_result(answer)


def _made(event: LivePicture, blobs: Sequence[bytearray]) -> LiveMade | JobFailed:
    pixels = pixels_of(event.picture, blobs)
    if pixels is None:
        return JobFailed(LOST, FailureCode.INTERNAL, repr(event.picture))
    return LiveMade(event.recipe, pixels, event.fidelity, event.notices, event.seconds)
