"""The trainer process: its streams, its one request, and how it ends.

`maquette trainer` speaks frames with the studio. `maquette trainer --folder DIR` trains what is
planned there and writes to its log alone, so that `accelerate launch -m maquette trainer --folder
DIR` runs it on several devices.
"""

import argparse
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

import maquette
from maquette.core.errors import JobFailed, ProtocolError
from maquette.core.paths import cache_dir
from maquette.core.training_files import TrainingFolder
from maquette.protocol.child import step_back, take_output
from maquette.protocol.framing import Bytes, Decoder
from maquette.protocol.messages import (
    DeviceChosen,
    Failed,
    Heartbeat,
    Message,
    Ready,
    Shutdown,
)
from maquette.protocol.trainer_messages import (
    TRAINER_PROTOCOL,
    EndingWish,
    LookAtPictures,
    Pause,
    PictureSeen,
    PicturesSeen,
    Preparing,
    StopAndKeep,
    Train,
    Trained,
    TrainerRequest,
    TrainingProgress,
)
from maquette.worker.channel import Channel
from maquette.worker.environment import set_environment

_HEARTBEAT = 1.0  # seconds
_LAST_WORDS = 5.0  # seconds to save a checkpoint, or to send what waits, before the process ends

_log = logging.getLogger(__name__)


class _Wishes:
    """What the studio wishes for, set by the reading thread."""

    def __init__(self) -> None:
        self.ending: EndingWish | None = None
        self.work: queue.SimpleQueue[LookAtPictures | Train | None] = queue.SimpleQueue()

    def __call__(self) -> EndingWish | None:
        return self.ending


def main(argv: Sequence[str] | None = None) -> int:
    """Do the one thing that is asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="maquette trainer", description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda", "mps"])
    parser.add_argument("--precision", default="auto", choices=["auto", "fp32", "bf16", "fp16"])
    options = parser.parse_args(argv)
    set_environment()
    if options.folder is not None:
        return _train_alone(options.folder, options.device, options.precision)
    return _serve()


def _serve() -> int:
    output = take_output()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    step_back()
    channel = Channel(output)
    channel.send(Ready(protocol=TRAINER_PROTOCOL, build=maquette.__version__, pid=os.getpid()))
    wishes = _Wishes()
    threading.Thread(target=_read, args=(wishes,), name="reader", daemon=True).start()
    threading.Thread(target=_beat, args=(channel,), name="heartbeat", daemon=True).start()
    request = wishes.work.get()
    if isinstance(request, LookAtPictures):
        channel.send(_look(request, channel.send))
    elif isinstance(request, Train):
        folder = TrainingFolder(Path(os.fsdecode(request.folder)))
        send = channel.send
        channel.send(_train(request.job, folder, request.device, request.precision, send, wishes))
    channel.close(_LAST_WORDS)
    # Without the teardown of torch and its threads, which has nothing to save and can crash.
    sys.stderr.flush()
    os._exit(0)


def _look(request: LookAtPictures, send: Callable[..., None]) -> Message:
    # Here and not at the top, as torch below: Ready must be out before.
    from maquette.worker.training.inspection import look_at

    paths = [Path(os.fsdecode(path)) for path in request.paths]
    count = 0
    try:
        for found in look_at(paths, request.side, request.kind, request.trigger):
            send(PictureSeen(job=request.job, picture=found))
            count += 1
    except Exception as error:  # what no part foresaw must have its sentence, too
        return _failure(request.job, error)
    return PicturesSeen(job=request.job, count=count)


def _failure(job: str, error: Exception) -> Failed:
    from maquette.worker.loop import failure

    return failure(job, error)


def _train(
    job: str,
    folder: TrainingFolder,
    device: str,
    precision: str,
    send: Callable[..., None],
    wish: Callable[[], EndingWish | None],
) -> Message:
    import torch

    from maquette.worker.device import choose_device, use_physical_cores
    from maquette.worker.spinning import keep_watching
    from maquette.worker.training.desk import for_training, train

    threads = use_physical_cores()
    torch.manual_seed(0)
    try:
        chosen = choose_device(device, precision, cache_dir() / "precision.json")
    except JobFailed as error:
        return _failure(job, error)
    if precision == "auto":
        chosen = for_training(chosen)
    send(DeviceChosen(device=chosen))
    if chosen.kind == "cpu":
        keep_watching(threads)
    return train(job, folder, chosen, send, wish)


def _train_alone(folder: Path, device: str, precision: str) -> int:
    """Train without a studio: what is told goes to the log, Ctrl+C is as a kill."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")

    def tell(message: Message, blobs: Sequence[Bytes] = ()) -> None:
        del blobs
        if isinstance(message, Preparing):
            _log.info("%s %.0f %%", message.stage, 100 * message.fraction)
        elif isinstance(message, TrainingProgress):
            _log.info("step %d of %d, loss %.4f", message.step, message.total, message.loss)

    told = _train("", TrainingFolder(folder), device, precision, tell, lambda: None)
    if isinstance(told, Failed):
        print(f"maquette: {told.message}", file=sys.stderr)
    return 0 if isinstance(told, Trained) else 1


def _beat(channel: Channel) -> None:
    process = psutil.Process()
    pause = threading.Event()
    while not pause.wait(_HEARTBEAT):
        channel.send(Heartbeat(resident=process.memory_info().rss))


def _read(wishes: _Wishes) -> None:
    """Read requests until the studio is gone; then the training pauses and the process ends."""
    decoder: Decoder[TrainerRequest] = Decoder(TrainerRequest)
    with open(0, "rb", buffering=0, closefd=False) as stream:
        try:
            while count := stream.readinto(decoder.space()):
                frame = decoder.filled(count)
                if frame is None:
                    continue
                match frame[0]:
                    case Pause():
                        wishes.ending = "pause"
                    case StopAndKeep():
                        wishes.ending = "stop"
                    case Shutdown():
                        break
                    case LookAtPictures() | Train() as request:
                        wishes.work.put(request)
        except (OSError, ProtocolError):
            _log.exception("the studio's requests cannot be read")
    wishes.ending = "pause"
    wishes.work.put(None)
    # The main thread may be deep in an import or a long step: what is lost is in no checkpoint.
    threading.Event().wait(_LAST_WORDS)
    os._exit(0)
