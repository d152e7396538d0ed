"""The link to a child process: spawn it, write requests, read events, collect its last words.

Blocking reads in a thread of their own go straight into the decoder's memory, and whole messages
are handed to the event loop. Measured beside qasync (benchmarks/wire.py) this is faster than
asyncio's subprocess streams, works alike on every event loop and platform, and needs no Qt.
"""

import asyncio
import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from maquette.core.errors import ProtocolError
from maquette.protocol.framing import Bytes, Decoder, encode
from maquette.protocol.messages import Event, Message

PIPE_SIZE = 1 << 20  # bytes; Linux lets anyone have this much, other systems ignore it
_LOG_LINES = 200
_MAX_LINE = 4000  # characters kept of a line of the worker's log

_log = logging.getLogger(__name__)

OnEvent = Callable[[Any, list[bytearray]], None]
"""Told each event, one of the union that the link was made for, and its blobs."""
OnEnd = Callable[[int, ProtocolError | None], None]
"""Told the exit status (negative: the signal's number), and what was wrong with the stream."""


def worker_command(device: str, precision: str) -> list[str]:
    """The command line of a local worker, in the interpreter that runs now.

    -P keeps the working folder off the module path, so that a file lying there is never imported.
    """
    options = ["--device", device, "--precision", precision]
    return [sys.executable, "-P", "-m", "maquette", "worker", *options]


class Link:
    """A running child process. Callbacks are called in the event loop, in order, `on_end` last."""

    def __init__(
        self,
        command: Sequence[str],
        on_event: OnEvent,
        on_end: OnEnd,
        loop: asyncio.AbstractEventLoop,
        events: object = Event,
    ) -> None:
        """Spawn `command`, which sends messages of the union `events`.

        Raises:
            OSError: it cannot be started.
        """
        self._loop = loop
        self._events = events
        self._on_event = on_event
        self._on_end = on_end
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            pipesize=PIPE_SIZE,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._requests: queue.SimpleQueue[list[Bytes] | None] = queue.SimpleQueue()
        self._last_lines: deque[str] = deque(maxlen=_LOG_LINES)
        self._log_thread = self._start(self._read_log, "worker-log")
        self._start(self._write, "worker-requests")
        self._start(self._read, "worker-events")

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._process.pid

    @property
    def last_lines(self) -> tuple[str, ...]:
        """The last lines that the worker wrote to its log."""
        return tuple(self._last_lines)

    def send(self, request: Message, blobs: Sequence[Bytes] = ()) -> None:
        """Send `request` without waiting; it is lost if the worker has ended.

        Raises:
            ProtocolError: the request cannot be encoded.
        """
        self._requests.put(encode(request, blobs))

    def hang_up(self) -> None:
        """Close the worker's stdin, which asks it to end, after what was sent."""
        self._requests.put(None)

    def terminate(self) -> None:
        """Ask the system to end the process."""
        with contextlib.suppress(OSError):
            self._process.terminate()

    def kill(self) -> None:
        """End the process at once."""
        with contextlib.suppress(OSError):
            self._process.kill()

    async def end(self, ended: asyncio.Event, grace: float) -> None:
        """Hang up and end the process ever more firmly; it has ended when this returns.

        Args:
            ended: set when the end of the process is told.
            grace: seconds for each stage: asked, terminated, killed.
        """
        self.hang_up()
        for stronger in (self.terminate, self.kill):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), grace)
                return
            stronger()
        await ended.wait()

    def _start(self, work: Callable[[], None], name: str) -> threading.Thread:
        thread = threading.Thread(target=work, name=name, daemon=True)
        thread.start()
        return thread

    def _call(self, callback: Callable[..., None], *arguments: object) -> None:
        # The loop may be closed by now; then nobody is interested any more.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(callback, *arguments)

    def _write(self) -> None:
        stream = self._pipe(self._process.stdin)
        with contextlib.suppress(OSError):  # the worker has ended; the reader will say so
            while (parts := self._requests.get()) is not None:
                for part in parts:
                    _write_all(stream, part)
        with contextlib.suppress(OSError):
            stream.close()

    def _read(self) -> None:
        stream = self._pipe(self._process.stdout)
        decoder: Decoder[Message] = Decoder(self._events)
        problem = None
        try:
            while count := stream.readinto(decoder.space()):  # pyright: ignore[reportAttributeAccessIssue]
                frame = decoder.filled(count)
                if frame is not None:
                    self._call(self._on_event, *frame)
        except ProtocolError as error:
            problem = error
            self.kill()
        except OSError as error:
            _log.info("reading from the worker failed: %s", error)
        self._requests.put(None)
        status = self._process.wait()
        self._log_thread.join(timeout=1.0)  # a grandchild may hold the log open
        stream.close()
        self._call(self._on_end, status, problem)

    def _read_log(self) -> None:
        with self._pipe(self._process.stderr) as stream:
            rest = b""
            while data := stream.read(65536):
                *lines, rest = (rest + data).split(b"\n")
                self._keep(lines)
                rest = rest[-_MAX_LINE:]
            self._keep([rest])

    def _keep(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            text = line.decode(errors="replace").rsplit("\r", 1)[-1].rstrip()
            if text:
                self._last_lines.append(text[:_MAX_LINE])

    @staticmethod
    def _pipe(stream: object) -> BinaryIO:
        assert stream is not None  # all three are pipes
        return stream  # pyright: ignore[reportReturnType]


def _write_all(stream: BinaryIO, part: Bytes) -> None:
    """Raw pipes may take less than they are given."""
    view = memoryview(part)
    while view:
        view = view[stream.write(view) :]


def _environment() -> dict[str, str]:
    """The environment for the worker: ours, with text in UTF-8 and the log unbuffered.

    numpy gets one thread: its threads wait by spinning, which would take the cores from torch
    while a picture is marked beside the next one's denoising.
    """
    return os.environ | {
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
