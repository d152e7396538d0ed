"""`maquette batch`: all pictures that a file asks for, as one group of the queue."""

import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.cli.loras import AskedLoras, read_loras
from maquette.cli.making import Bench, MakingOptions, make_pictures, set_up
from maquette.cli.terminal import ExitCode, complain, printable, say
from maquette.core.batch.plan import plan_batch
from maquette.core.batch.row import BatchRow, Cell, row_of
from maquette.core.errors import InputError
from maquette.core.job import ENDED, Job, JobState
from maquette.core.model_files import find_model
from maquette.core.paths import styles_dir
from maquette.core.recipe import Recipe, check_recipe
from maquette.engine.queue import JobQueue
from maquette.library.styles.opening import style_finder
from maquette.state.batch_starts import BatchOrder, complete_order

STOPPED = "The batch was stopped before this picture was made; make it again, or skip it."

_TO_RETRY = frozenset({JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED})


class Planned(msgspec.Struct, frozen=True):
    """A picture that a batch asks for, as `--dry-run --json` tells it."""

    line: int
    recipe: Recipe


def run_batch(
    file: Path,
    defaults: BatchRow,
    options: MakingOptions,
    *,
    loras: Sequence[str] = (),
    dry_run: bool,
    again: bool,
) -> int:
    """Make everything that `file` asks for and was not made yet, and print the paths.

    Args:
        defaults: what the lines of the file leave open.
        loras: what is added to the model for every picture, as typed.
        dry_run: only check the file, and print what would be made.
        again: make everything anew, also what an earlier run has made.

    Raises:
        InputError: the file cannot be read, or an option cannot be used.
        MaquetteError: the library or the engine could not be opened.
    """
    bench = set_up(options)
    plan = plan_batch(
        file,
        defaults=defaults,
        model=bench.settings.model,
        find_style=style_finder(styles_dir()),
    )
    order = _with_loras(complete_order(plan), loras)
    for remark in order.remarks:
        say(remark)
    if order.problems:
        for problem in order.problems:
            where = f"line {problem.line}: " if problem.line else ""
            complain(f"{where}{problem.message}")
        return ExitCode.USAGE
    if dry_run:
        _show(order, as_json=options.as_json)
        return ExitCode.DONE
    batch = _Batch(order, bench, again=again)
    return make_pictures(bench, batch.pick, batch.stop)


def _with_loras(order: BatchOrder, typed: Sequence[str]) -> BatchOrder:
    """`order` with LoRAs in every recipe. Raises InputError: one does not fit a model of it."""
    if not typed:
        return order
    asked: dict[str, AskedLoras] = {}
    recipes = []
    for recipe in order.recipes:
        model = recipe.model.id
        if model not in asked:
            _path, info = find_model(model)
            asked[model] = read_loras(typed, info)
        typed_ones = {lora.digest for lora in asked[model].loras}
        styles = tuple(lora for lora in recipe.loras if lora.digest not in typed_ones)
        changed = msgspec.structs.replace(recipe, loras=(*styles, *asked[model].loras))
        check_recipe(changed, latent_factor=1)  # the rest of it was checked by the plan
        recipes.append(changed)
    remarks = tuple(dict.fromkeys(remark for each in asked.values() for remark in each.remarks))
    uses = [each.loras for each in asked.values()]
    known = order.digest.encode() + msgspec.json.encode(uses)
    return msgspec.structs.replace(
        order,
        recipes=tuple(recipes),
        digest=hashlib.sha256(known).hexdigest(),
        remarks=order.remarks + remarks,
    )


class _Batch:
    """A batch as a group of the queue, which is known again by how its id begins."""

    def __init__(self, order: BatchOrder, bench: Bench, *, again: bool) -> None:
        self._order = order
        self._bench = bench
        self._again = again
        known = order.digest.encode() + msgspec.json.encode(bench.order)
        self._beginning = f"{hashlib.sha256(known).hexdigest()[:16]}-"
        self._ids: tuple[str, ...] = ()

    async def pick(self, queue: JobQueue) -> Sequence[Job]:
        """What an earlier run left to do, or else the whole batch."""
        found = () if self._again else await queue.of_group(self._beginning)
        jobs = await self._taken_up(queue, found) if found else await self._submitted(queue)
        self._ids = tuple(job.id for job in jobs)
        return jobs

    async def stop(self, queue: JobQueue) -> None:
        """Leave what is not made to a later run; no window takes it unasked."""
        waiting = (queue.find(job_id) for job_id in self._ids)
        left = [job.id for job in waiting if job is not None and job.state not in ENDED]
        if left:
            await queue.set_back(left, STOPPED)
            say("Run the same command again to make the pictures that are missing.")

    async def _submitted(self, queue: JobQueue) -> Sequence[Job]:
        return await queue.submit(
            self._order.recipes,
            start=self._order.starts,
            order=self._bench.order,
            group_name=self._order.name,
            group=f"{self._beginning}{secrets.token_hex(4)}",
        )

    async def _taken_up(self, queue: JobQueue, found: Sequence[Job]) -> Sequence[Job]:
        made = sum(job.state is JobState.FINISHED for job in found)
        if made == len(found):
            say(f"All {made:,} pictures of this batch are made; --again makes them anew.")
            return found
        say(f"{made:,} of {len(found):,} pictures are made already; going on with the others.")
        await queue.retry(job.id for job in found if job.state in _TO_RETRY)
        await queue.adopt(job.id for job in found if job.state is JobState.QUEUED)
        return [queue.find(job.id) or job for job in found]


def defaults_of(cells: dict[str, Cell]) -> BatchRow:
    """A row of what was typed, by column, for the lines of the file that leave it open.

    Raises:
        InputError: a value cannot be used.
    """
    row, mistakes = row_of(0, cells)
    if mistakes:
        raise InputError(mistakes[0])
    return row


def _show(order: BatchOrder, *, as_json: bool) -> None:
    """Print what would be made."""
    if as_json:
        planned = [Planned(*pair) for pair in zip(order.lines, order.recipes, strict=True)]
        print(msgspec.json.encode({"pictures": planned}).decode())
        return
    for line, recipe in zip(order.lines, order.recipes, strict=True):
        facts = f"{recipe.width}x{recipe.height}, seed {recipe.seed}"
        print(f"line {line}: {printable(recipe.prompt)} ({facts})")
    say(f"{len(order.recipes):,} pictures would be made.")
