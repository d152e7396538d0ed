"""The marker process: its streams, its one reading thread, and how it ends."""

import logging
import os
import queue
import sys
import threading

import maquette
from maquette.core.errors import ProtocolError
from maquette.protocol.child import step_back, take_output
from maquette.protocol.framing import Decoder, encode
from maquette.protocol.marker_messages import MARKER_PROTOCOL, MarkerRequest, MarkerWork
from maquette.protocol.messages import Ready, Shutdown

_log = logging.getLogger(__name__)

_Requests = queue.SimpleQueue[tuple[MarkerWork, list[bytearray]]]


def main() -> int:
    """Answer requests until told to stop or the parent is gone; return the exit status."""
    output = take_output()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    step_back()
    for part in encode(
        Ready(protocol=MARKER_PROTOCOL, build=maquette.__version__, pid=os.getpid())
    ):
        output.write(part)
    output.flush()
    requests: _Requests = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests,), name="reader", daemon=True).start()
    # Here and not at the top: this imports OpenCV and more, and Ready must be out before.
    import cv2
    from PIL import AvifImagePlugin

    from maquette.marker.loop import MarkerLoop

    # One thread: the worker has the cores, or other markers have them.
    cv2.setNumThreads(1)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    loop = MarkerLoop()
    while True:
        event, blobs = loop.answer(*requests.get())
        try:
            for part in encode(event, blobs):
                output.write(part)
            output.flush()
        except OSError:
            return 0  # the studio is gone


def _read(requests: _Requests) -> None:
    """Read requests until the studio is gone; then end the process, whatever it is at."""
    decoder: Decoder[MarkerRequest] = Decoder(MarkerRequest)
    with open(0, "rb", buffering=0, closefd=False) as stream:
        try:
            while count := stream.readinto(decoder.space()):
                frame = decoder.filled(count)
                if frame is None:
                    continue
                request, blobs = frame
                if isinstance(request, Shutdown):
                    break
                requests.put((request, blobs))
        except (OSError, ProtocolError):
            _log.exception("the studio's requests cannot be read")
    # Nobody waits for an answer any more, nothing is written here that could be left half done.
    os._exit(0)
