"""`maquette doctor`: device, versions, model, folders and problems."""

import asyncio
from collections.abc import Iterator

import msgspec

from maquette.cli.checkup import Checkup, check_installation
from maquette.cli.holdings import Holdings
from maquette.cli.progress import ProgressView
from maquette.cli.terminal import ExitCode, printable
from maquette.core.errors import MaquetteError
from maquette.core.paths import settings_file
from maquette.core.settings import Settings, load_settings
from maquette.engine.client import EngineClient

_PATIENCE = 300.0  # seconds for the engine to start and load; large models on slow disks
_COLUMN = 20


def run_doctor(*, as_json: bool) -> int:
    """Check everything and print it; the exit code is 0 if nothing is wrong."""
    settings, notice = load_settings(settings_file())
    checkup = check_installation(settings)
    if notice:
        checkup.problems.append(notice)
    asyncio.run(_check_engine(settings, checkup))
    if as_json:
        print(msgspec.json.encode(checkup).decode())
    else:
        for name, value in _lines(checkup):
            print(f"{name:<{_COLUMN}}{printable(value)}")
        for problem in checkup.problems:
            print(printable(f"Problem: {problem}"))
        if not checkup.problems:
            print("No problems were found.")
    return ExitCode.FAILED if checkup.problems else ExitCode.DONE


async def _check_engine(settings: Settings, checkup: Checkup) -> None:
    """Start the engine and load the model, as a first picture would."""
    client = EngineClient(device=settings.device, precision=settings.precision)
    with ProgressView() as view:
        client.subscribe(view.engine_changed)
        try:
            await client.start()
            checkup.model = await asyncio.wait_for(client.load(settings.model), _PATIENCE)
        except MaquetteError as error:
            checkup.problems.append(error.message)
        except TimeoutError:
            checkup.problems.append(
                f"The engine did not load the model within {_PATIENCE:g} seconds; "
                "close other programs and try again."
            )
        finally:
            checkup.device = client.status.device
            await client.close()


def _lines(checkup: Checkup) -> Iterator[tuple[str, str]]:
    yield from checkup.versions.items()
    device = checkup.device
    if device is not None:
        yield "Device", f"{device.name} ({device.kind}), {device.memory_total / 2**30:.1f} GiB"
        yield "Precision", f"{device.precision}: {device.reason}".removesuffix(": ")
    model = checkup.model
    if model is not None:
        width, height = model.default_size
        yield "Model", f"{model.name} {model.version} {model.digest[:10]}".replace("  ", " ")
        yield "Model size", f"{width} x {height}, {model.default_steps} steps"
    for folder in checkup.folders:
        state = "writable" if folder.writable else "not writable"
        yield (
            f"Folder: {folder.purpose}",
            f"{folder.path} ({state}, {folder.free / 2**30:.1f} GiB free)",
        )
    if checkup.pictures is not None:
        yield "Pictures", str(checkup.pictures)
    files = checkup.files
    if files is not None and files.changes:
        said = {
            "moved": files.moved,
            "edited": files.edited,
            "missing": files.missing,
            "back again": files.returned,
            "new": files.filed,
        }
        yield "Files", ", ".join(f"{count} {what}" for what, count in said.items() if count)
    if checkup.holdings is not None:
        yield from _held(checkup.holdings)
        yield "Backup", checkup.backup or "none yet"
    ledger = checkup.ledger
    if ledger is not None:
        yield "Ledger", f"{ledger.rows} rows, {len(ledger.problems)} problems"
        yield "Ledger's head", ledger.head or "none"


def _held(there: Holdings) -> Iterator[tuple[str, str]]:
    yield "Library", f"{there.kept}; its index {there.index / 2**20:,.1f} MiB"
    yield "Trash", str(there.trash)
    yield "Thumbnails", str(there.thumbnails)
    queue = there.queue
    said = {
        "waiting": queue.waiting,
        "being made": queue.running,
        "interrupted": queue.interrupted,
        "quarantined": queue.quarantined,
        "failed": queue.failed,
    }
    jobs = ", ".join(f"{count:,} {what}" for what, count in said.items() if count)
    yield "Queue", (jobs or "nothing to do") + (" (paused)" if queue.paused else "")
    exports = f"{there.unfinished_exports:,} unfinished, {there.unfinished_files:,} files to make"
    yield "Exports", exports if there.unfinished_exports else "none unfinished"
