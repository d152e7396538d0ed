"""Pictures leaving the studio: every file is made and marked by the marker, or copied whole."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import msgspec

from maquette.core.export_preset import ExportSize, Rendition
from maquette.core.marking import LOSSY, FileFormat, Marking
from maquette.core.record import MarkKind, Record
from maquette.core.report import Report, Verdict
from maquette.engine.marker import ExportedFile
from maquette.state.copying import copy_picture_file
from maquette.state.notices import Notices
from maquette.state.results import Picture
from maquette.state.settings import SettingsStore
from maquette.state.tasks import Tasks

SUFFIXES = {
    FileFormat.PNG: (".png",),
    FileFormat.JPEG: (".jpg", ".jpeg"),
    FileFormat.WEBP: (".webp",),
    FileFormat.AVIF: (".avif",),
    FileFormat.TIFF: (".tif", ".tiff"),
}
"""What files of each format are called; the first is given to new ones."""


class ExportChoice(msgspec.Struct, frozen=True, kw_only=True):
    """How a copy is saved. `quality` 1 to 100 counts for lossy formats only.

    `longest_side` in pixels, 0 keeps the size.
    """

    format: FileFormat = FileFormat.PNG
    quality: int = 90
    longest_side: int = 0
    with_recipe: bool = True


class Exporter(Protocol):
    """Whatever makes marked files: the marker's client."""

    async def export(
        self, source: Path | bytes, record: Record, rendition: Rendition, marking: Marking
    ) -> ExportedFile:
        """Raises MaquetteError."""
        ...


Keep = Callable[[ExportedFile, Path], Awaitable[None]]
"""Writes a file to a path and into the ledger. Raises SaveError."""


class Exports:
    """Saves copies. Each method returns at once; what happens is told by notices."""

    def __init__(
        self,
        *,
        exporter: Exporter,
        keep: Keep,
        settings: SettingsStore,
        notices: Notices,
        tasks: Tasks,
    ) -> None:
        self._exporter = exporter
        self._keep = keep
        self._settings = settings
        self._notices = notices
        self._tasks = tasks

    def save(self, picture: Picture, choice: ExportChoice, target: str) -> None:
        """Save `picture` to `target` as `choice` says."""
        self._tasks.start(self._save(picture, choice, Path(target)))

    async def _save(self, picture: Picture, choice: ExportChoice, target: Path) -> None:
        if _is_whole(picture, choice):
            await asyncio.to_thread(copy_picture_file, Path(picture.path), target)
            self._notices.inform(f"Saved as {target.name}, with all its marks.")
            return
        marking = msgspec.structs.replace(
            self._settings.value.marking, write_recipe=choice.with_recipe
        )
        exported = await self._exporter.export(
            Path(picture.path), picture.record, _rendition(choice), marking
        )
        await self._finish(exported, target)

    def restore(self, report: Report, source: Path | bytes, target: str) -> None:
        """Save the checked picture with the marks that it lost; see `can_restore`."""
        record = record_of(report)
        if record is not None:
            self._tasks.start(self._restore(record, source, Path(target)))

    async def _restore(self, record: Record, source: Path | bytes, target: Path) -> None:
        exported = await self._exporter.export(
            source,
            record,
            Rendition(format=format_of(target.name) or FileFormat.PNG),
            self._settings.value.marking,
        )
        await self._finish(exported, target)

    async def _finish(self, exported: ExportedFile, target: Path) -> None:
        await self._keep(exported, target)
        self._notices.inform(
            "\n".join((f"Saved as {target.name}, with all its marks.", *exported.notices))
        )


def format_of(name: str) -> FileFormat | None:
    """The format that a file called `name` has; None when it is none of ours."""
    suffix = Path(name).suffix.lower()
    return next((form for form, suffixes in SUFFIXES.items() if suffix in suffixes), None)


def named_as(path: str, form: FileFormat) -> str:
    """`path`, with a suffix of `form` at its end."""
    return path if path.lower().endswith(SUFFIXES[form]) else path + SUFFIXES[form][0]


def can_restore(report: Report) -> bool:
    """Whether the picture lost marks that can be given back to it."""
    is_ours = report.verdict is Verdict.RECOVERED_BY_WATERMARK
    return is_ours and record_of(report) is not None


def record_of(report: Report) -> Record | None:
    """The record that a checked picture belongs to, when all of it is known."""
    if report.recipe is None or not report.record_id or report.source_type is None:
        return None
    return Record(
        id=report.record_id,
        recipe=report.recipe,
        created=report.created,
        tool=report.tool,
        source_type=report.source_type,
        width=report.width,
        height=report.height,
    )


def _rendition(choice: ExportChoice) -> Rendition:
    side = choice.longest_side or None
    return Rendition(
        format=choice.format,
        quality=choice.quality if choice.format in LOSSY else None,
        size=ExportSize(width=side, height=side, upscale=True),
    )


def _is_whole(picture: Picture, choice: ExportChoice) -> bool:
    """Whether the saved file itself is what was chosen, so that its bytes can be copied."""
    kinds = {mark.kind for mark in picture.record.marks}
    return (
        choice.format is format_of(picture.path)
        and choice.format not in LOSSY
        and not choice.longest_side
        and choice.with_recipe == (MarkKind.RECIPE_TEXT in kinds)
    )
