"""`maquette generate`: pictures from a prompt, saved as the window saves them."""

from maquette.cli.making import MakingOptions, make_pictures, set_up
from maquette.cli.terminal import say
from maquette.cli.wishes import Wishes, draw_up
from maquette.core.job import Job
from maquette.engine.queue import JobQueue


def run_generate(wishes: Wishes, options: MakingOptions) -> int:
    """Make what `wishes` ask for and print the paths.

    Raises:
        InputError: a value cannot be used; nothing was started.
        MaquetteError: the library or the engine could not be opened.
    """
    bench = set_up(options)
    drawn_up = draw_up(wishes, bench.settings.model, bench.settings.ip_adapters)
    for remark in drawn_up.remarks:
        say(remark)

    async def pick(queue: JobQueue) -> tuple[Job, ...]:
        return await queue.submit(
            drawn_up.recipes, start=drawn_up.start, images=drawn_up.images, order=bench.order
        )

    return make_pictures(bench, pick, JobQueue.cancel_all)
