"""The worker process: streams, threads and the order in which things start."""

import argparse
import functools
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

import maquette
from maquette.core.errors import JobFailed, ProtocolError
from maquette.core.paths import cache_dir
from maquette.protocol.child import step_back, take_output
from maquette.protocol.framing import Decoder
from maquette.protocol.messages import (
    PROTOCOL_VERSION,
    DeviceChosen,
    Failed,
    Generate,
    Heartbeat,
    Live,
    Load,
    Ready,
    Request,
    Shutdown,
)
from maquette.worker.channel import Channel
from maquette.worker.environment import set_environment
from maquette.worker.inbox import Inbox
from maquette.worker.read_ahead import read_ahead

HEARTBEAT = 1.0  # seconds
_LAST_WORDS = 1.0  # seconds to send what is waiting before the process ends

_DEVICE_LOST = 71  # exit statuses, as sysexits.h has them: system error, configuration error
_NO_DEVICE = 78

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the worker until it is told to stop or its parent is gone; return the exit status."""
    output = take_output()
    options = _parse(argv)
    set_environment()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    channel = Channel(output)
    channel.send(Ready(protocol=PROTOCOL_VERSION, build=maquette.__version__, pid=os.getpid()))
    inbox = Inbox(channel.send)
    used = _DeviceMemory()
    _start_thread("heartbeat", lambda: _beat(channel, used))
    _start_thread("reader", lambda: _read(inbox))
    _be_nice(options.device)
    try:
        status = _serve(options, channel, inbox, used)
    finally:
        channel.close(_LAST_WORDS)
    # Without the teardown of torch and its threads, which has nothing to save and can crash.
    sys.stderr.flush()
    os._exit(status)


class _DeviceMemory:
    """How to ask for the device memory in use, known once torch is imported."""

    def __init__(self) -> None:
        self.read: Callable[[], int] = lambda: 0


def _serve(options: argparse.Namespace, channel: Channel, inbox: Inbox, used: _DeviceMemory) -> int:
    # Here and not at the top: these import torch for seconds, and Ready must be out before.
    import cv2

    from maquette.provenance.identity.opening import identity_folder
    from maquette.provenance.manifest.timestamps import Timestamps
    from maquette.provenance.seal import seal
    from maquette.provenance.signer_once import SignerOnce
    from maquette.worker.device import (
        choose_device,
        memory_used,
        torch_device,
        use_physical_cores,
    )
    from maquette.worker.loop import WorkerLoop
    from maquette.worker.mark_arrays import TorchArrays
    from maquette.worker.spinning import keep_watching
    from maquette.worker.studio import Studio

    cv2.setNumThreads(1)  # marking runs beside denoising, which has the cores
    threads = use_physical_cores()
    try:
        device = choose_device(options.device, options.precision, cache_dir() / "precision.json")
    except JobFailed as error:
        channel.send(Failed(job="", code=error.code, message=error.message, detail=error.detail))
        return _NO_DEVICE
    used.read = lambda: memory_used(device)
    channel.send(DeviceChosen(device=device))
    if device.kind == "cpu":
        keep_watching(threads)
    sealed = functools.partial(
        seal,
        open_signer=SignerOnce(identity_folder()),
        timestamps=Timestamps(),
        arrays=TorchArrays(torch_device(device)) if device.kind == "cuda" else None,
    )
    loop = WorkerLoop(Studio(device), channel, sealed, inbox.concluded)
    while (item := inbox.get()) is not None:
        request, blobs, token = item
        loop.handle(request, blobs, token)
        if loop.device_lost:
            loop.close()
            return _DEVICE_LOST
    return 0


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="maquette worker", description=__doc__)
    parser.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda", "mps"])
    parser.add_argument("--precision", default="auto", choices=["auto", "fp32", "bf16", "fp16"])
    return parser.parse_args(argv)


def _be_nice(device: str) -> None:
    """Let the window go first where both share the CPU; a GPU must not wait for its feeder."""
    has_gpu = device in ("cuda", "mps") or (
        device == "auto" and any(Path(p).exists() for p in ("/dev/nvidiactl", "/dev/kfd"))
    )
    if not has_gpu:
        step_back()


def _start_thread(name: str, work: Callable[[], None]) -> None:
    threading.Thread(target=work, name=name, daemon=True).start()


def _beat(channel: Channel, used: _DeviceMemory) -> None:
    process = psutil.Process()
    pause = threading.Event()
    while not pause.wait(HEARTBEAT):
        channel.send(Heartbeat(resident=process.memory_info().rss, device_used=used.read()))


def _read_ahead(request: Request, asked: str) -> str:
    """Have weights read from disk while torch is imported or another job runs.

    Returns the model that was asked for last; `asked` is the one before.
    """
    model = asked
    if isinstance(request, Load):
        model = request.model
    elif isinstance(request, Generate | Live):
        model = request.recipe.model.id
    if model != asked:
        read_ahead(model)
    return model


def _read(inbox: Inbox) -> None:
    """Read requests until the studio is gone; then see to it that the process ends."""
    decoder: Decoder[Request] = Decoder(Request)
    asked = ""
    with open(0, "rb", buffering=0, closefd=False) as stream:
        try:
            while count := stream.readinto(decoder.space()):
                frame = decoder.filled(count)
                if frame is None:
                    continue
                if isinstance(frame[0], Shutdown):
                    _end_soon(inbox)
                asked = _read_ahead(frame[0], asked)
                inbox.put(*frame)
        except (OSError, ProtocolError):
            _log.exception("the studio's requests cannot be read")
    # Nobody is left to take a picture or an answer, and the main thread may be deep in an import.
    os._exit(0)


def _end_soon(inbox: Inbox) -> None:
    """Stop what runs; the main thread then ends the process, unless it is deep in an import."""
    inbox.end()
    threading.Event().wait(_LAST_WORDS)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
