"""`maquette styles board`: one prompt in several styles, and a labelled sheet of the pictures."""

import asyncio
import datetime
from collections.abc import Sequence
from pathlib import Path

import msgspec

import maquette
from maquette.cli.making import MakingOptions, make_pictures, set_up
from maquette.cli.styles import known_styles
from maquette.cli.terminal import say
from maquette.cli.wishes import Wishes, draw_up
from maquette.core.contact_sheet import SheetPicture
from maquette.core.errors import InputError
from maquette.core.export_preset import ContactSheet, SheetKind
from maquette.core.job import Job, JobState
from maquette.core.marking import Marking
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import draw_seed
from maquette.core.variants_board import MAX_CELLS, SHEETS_FOLDER, columns_for
from maquette.engine.marker_pool import MarkerPool
from maquette.engine.queue import JobQueue
from maquette.library.exports.sheets import write_sheets
from maquette.library.naming import slug
from maquette.library.styles.finding import find_style

TITLE = 60  # characters of the prompt in the sheet's title


def run_board(wishes: Wishes, names: Sequence[str], options: MakingOptions) -> int:
    """Make what `wishes` say in each of the styles called `names`, and a sheet; print the paths.

    All are made with the same seed. What failed leaves its place on the sheet empty.

    Raises:
        InputError: a value cannot be used, or there is no such style; nothing was started.
        MaquetteError: the library or the engine could not be opened, or the sheet not be written.
    """
    if not 2 <= len(names) <= MAX_CELLS:
        raise InputError(f"A board needs 2 to {MAX_CELLS} styles; name them with --style.")
    known = known_styles()
    styles = [find_style(known, name) for name in names]
    bench = set_up(options)
    seed = draw_seed() if wishes.seed is None else wishes.seed
    drawn_up = [
        draw_up(
            msgspec.structs.replace(wishes, style=style.id, seed=seed, count=1),
            bench.settings.model,
        )
        for style in styles
    ]
    for remark in dict.fromkeys(remark for each in drawn_up for remark in each.remarks):
        say(remark)
    said = clean_prompt(wishes.prompt)[:TITLE]
    title = f"{len(styles)} styles · {said}" if said else f"{len(styles)} styles"
    submitted: list[Job] = []

    async def pick(queue: JobQueue) -> tuple[Job, ...]:
        recipes = tuple(each.recipes[0] for each in drawn_up)
        jobs = await queue.submit(recipes, order=bench.order, group_name=title)
        submitted.extend(jobs)
        return jobs

    def finish(jobs: Sequence[Job]) -> None:
        ends = {job.id: job for job in jobs}
        labels = [style.name.of("en") for style in styles]
        pictures = [
            _placed(ends.get(job.id), label) for job, label in zip(submitted, labels, strict=True)
        ]
        if any(picture.path for picture in pictures):
            folder = options.out or Path(bench.order.destination.folder) / SHEETS_FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            name = f"{slug(title)}-{submitted[0].group[:6]}"
            sheet = asyncio.run(_write(folder, name, title, pictures, bench.settings.marking))
            say(f"The sheet was saved as {sheet}.")

    return make_pictures(bench, pick, JobQueue.cancel_all, finish)


def _placed(job: Job | None, label: str) -> SheetPicture:
    if job is None or job.state is not JobState.FINISHED:
        return SheetPicture(path=b"", name=label)
    path = job.path.encode("utf-8", "surrogateescape")
    return SheetPicture(path=path, name=label, record_id=job.record_id)


async def _write(
    folder: Path, name: str, title: str, pictures: Sequence[SheetPicture], marking: Marking
) -> Path:
    pool = MarkerPool(cores=1)
    try:
        (path,) = await write_sheets(
            folder,
            ContactSheet(kinds=(SheetKind.PNG,), columns=columns_for(len(pictures)), title=title),
            pictures,
            pool,
            marking,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            tool=f"Maquette {maquette.__version__}",
            name=name,
        )
    finally:
        await pool.close()
    return path
