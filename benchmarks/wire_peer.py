"""The worker's end of the wire benchmark: answers each request with a frame of the asked size.

A Load names the size of the blob in bytes; the answer is a Started whose `job` is the time of
sending in nanoseconds of the system's monotonic clock.
"""

import os
import sys
import time

from maquette.protocol.framing import Decoder
from maquette.protocol.messages import Load, Request, Started
from maquette.worker.channel import Channel


def main() -> int:
    """Answer until the other side is gone."""
    channel = Channel(os.fdopen(os.dup(1), "wb"))
    decoder: Decoder[Request] = Decoder(Request)
    with open(0, "rb", buffering=0, closefd=False) as stream:
        while count := stream.readinto(decoder.space()):
            frame = decoder.filled(count)
            if frame is not None and isinstance(frame[0], Load):
                blob = os.urandom(int(frame[0].model))
                channel.send(Started(job=str(time.monotonic_ns())), (blob,))
    channel.close(5.0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
