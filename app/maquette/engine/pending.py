"""Jobs between their request and their conclusion, and what their events hold."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
import numpy as np

from maquette.core.errors import (
    FailureCode,
    JobFailed,
    MaquetteError,
    ModelError,
    ProtocolError,
    RecipeError,
)
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileEncoding, Marking
from maquette.core.pixels import Pixels
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import Recipe, check_recipe, image_word, recipe_images
from maquette.core.record import Record
from maquette.core.start import Start
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Blob, Failed, Finished, Generate, Progress

OnProgress = Callable[[int, int, Pixels | None], None]
"""Called with the step done, the number of steps, and a small preview if there is one."""

LOST = "The worker sent no picture; please try again."


class MadeImage(msgspec.Struct, frozen=True):
    """What a finished job gives: the complete file and the record it carries.

    `mark` tells how the watermark came out; `manifest` is the signed manifest, b"" without one.
    `notices` are sentences for the user; `seconds` maps stage names to durations. `images` are the
    sketches and maps that it was made from, by digest.
    """

    record: Record
    file: bytes
    mark: MarkResult
    manifest: bytes = b""
    notices: tuple[str, ...] = ()
    seconds: dict[str, float] = {}
    images: Mapping[str, Pixels] = {}


class PendingJob:
    """A job that was asked for; `made` is its conclusion to come."""

    def __init__(
        self,
        request: Generate,
        blobs: Sequence[Bytes],
        on_started: Callable[[], None] | None,
        on_progress: OnProgress | None,
    ) -> None:
        self.request = request
        self.blobs = blobs
        self.on_started = on_started
        self.on_progress = on_progress
        self.sent = self.started = self.cancelled = False
        self.made: asyncio.Future[MadeImage] = asyncio.get_running_loop().create_future()


class _Call(Protocol):
    """What was asked for and has no answer yet."""

    request: Any
    blobs: Sequence[Bytes]
    sent: bool


C = TypeVar("C", bound=_Call)


def send_unsent(
    calls: Iterable[C],
    send: Callable[[Any, Sequence[Bytes]], None],
    settle: Callable[[C, MaquetteError], None],
) -> None:
    """Send those of `calls` that wait for a worker; conclude one that fits no frame."""
    for call in list(calls):
        if not call.sent:
            try:
                send(call.request, call.blobs)
                call.sent = True
            except ProtocolError as error:
                settle(call, JobFailed(error.message, FailureCode.BAD_INPUT, error.detail))


def cleaned(recipe: Recipe) -> Recipe:
    """`recipe` with prompts that any file and any wire can hold."""
    blend = recipe.blend and msgspec.structs.replace(
        recipe.blend,
        prompt=clean_prompt(recipe.blend.prompt),
        negative_prompt=clean_prompt(recipe.blend.negative_prompt),
    )
    return msgspec.structs.replace(
        recipe,
        prompt=clean_prompt(recipe.prompt),
        negative_prompt=clean_prompt(recipe.negative_prompt),
        blend=blend,
    )


def request_for(
    job: str,
    record_id: str,
    recipe: Recipe,
    start: Start | None,
    images: Mapping[str, Pixels],
    *,
    marking: Marking,
    encoding: FileEncoding,
    preview: bool,
) -> tuple[Generate, Sequence[Bytes]]:
    """The request for a job, its prompts cleaned, with its blobs.

    Raises:
        JobFailed: a value of the recipe is out of range, or one of its images is missing.
    """
    recipe = checked(recipe)
    blobs: list[Bytes] = []
    start_place = add_pixels(blobs, start.pixels) if start else None
    if start and start.file:
        blobs.append(start.file)
    named = add_images(blobs, recipe, images)
    request = Generate(
        job=job,
        record_id=record_id,
        recipe=recipe,
        start=start_place,
        start_file=Blob(1) if start and start.file else None,
        images=named,
        marking=marking,
        encoding=encoding,
        preview=preview,
    )
    return request, blobs


def checked(recipe: Recipe) -> Recipe:
    """`recipe`, its prompts cleaned. Raises JobFailed if a value is out of range."""
    recipe = cleaned(recipe)
    try:
        check_recipe(recipe, latent_factor=1)  # the worker knows the model's factor
    except RecipeError as error:
        raise JobFailed(error.message, FailureCode.BAD_INPUT, error.detail) from error
    return recipe


def add_images(
    blobs: list[Bytes], recipe: Recipe, images: Mapping[str, Pixels]
) -> tuple[Blob, ...]:
    """Put what `recipe` names beside its start image at the end of `blobs`; return their places.

    Raises JobFailed if one is missing or of another size.
    """
    shape = (recipe.height, recipe.width, 3)
    places = []
    for digest in recipe_images(recipe):
        pixels = images.get(digest)
        if pixels is None or pixels.shape[:2] != shape[:2]:
            raise JobFailed(
                f"A {image_word(recipe, digest)} of this picture is missing or of another size; "
                "please choose it again.",
                FailureCode.BAD_INPUT,
                digest,
            )
        places.append(add_pixels(blobs, pixels))
    return tuple(places)


def add_pixels(blobs: list[Bytes], pixels: Pixels) -> Blob:
    """Put the RGB channels of `pixels` at the end of `blobs`; return their place."""
    blobs.append(np.ascontiguousarray(pixels[:, :, :3]).data)
    return Blob(len(blobs) - 1, (*pixels.shape[:2], 3))


def made_of(event: Finished, blobs: Sequence[bytearray]) -> MadeImage | JobFailed:
    """The image that `event` brought; a failure if one of its files is missing."""
    named = [event.file] + ([event.manifest] if event.manifest else [])
    if not all(0 <= blob.index < len(blobs) for blob in named):
        return JobFailed(LOST, FailureCode.INTERNAL, repr(event))
    manifest = event.manifest
    return MadeImage(
        record=event.record,
        file=bytes(blobs[event.file.index]),
        mark=event.mark,
        manifest=bytes(blobs[manifest.index]) if manifest else b"",
        notices=event.notices,
        seconds=event.seconds,
    )


def error_of(event: Failed) -> MaquetteError:
    """The error that `event` tells."""
    if event.code == FailureCode.MODEL and not event.job:
        return ModelError(event.message, event.detail)
    return JobFailed(event.message, event.code, event.detail)


def preview_of(event: Progress, blobs: Sequence[bytearray]) -> Pixels | None:
    """The preview that `event` brought; None if there is none that has its shape."""
    return pixels_of(event.preview, blobs)


def pixels_of(blob: Blob | None, blobs: Sequence[bytearray]) -> Pixels | None:
    """The pixels that `blob` names; None if there are none that have its shape."""
    if blob is None or not 0 <= blob.index < len(blobs) or len(blob.shape) != 3:
        return None
    pixels = np.frombuffer(blobs[blob.index], dtype=np.uint8)
    return pixels.reshape(blob.shape) if pixels.size == np.prod(blob.shape) else None
