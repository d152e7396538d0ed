"""Live pictures: made to be looked at while somebody draws, marked, and never saved."""

import time

from maquette.core.fidelity import Fidelity
from maquette.core.pixels import Pixels
from maquette.core.record import record_id_for
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Blob, Live, LivePicture
from maquette.provenance.watermark.embedding import embed_at_once
from maquette.worker.made import Made


def live_picture(
    request: Live, made: Made, fidelity: Fidelity | None, began: float
) -> tuple[LivePicture, tuple[Bytes, ...]]:
    """The answer to `request` with its blob: what was made, with the watermark.

    The search for the weakest mark that survives everything takes longer than the picture, so the
    mark is set once at a level that is seldom seen and outlives a screenshot.

    Args:
        began: time.perf_counter() when the request was taken up.
    """
    clock = time.perf_counter()
    pixels: Pixels = embed_at_once(made.pixels, record_id_for(made.recipe))
    now = time.perf_counter()
    event = LivePicture(
        sequence=request.sequence,
        recipe=made.recipe,
        picture=Blob(0, pixels.shape),
        fidelity=fidelity,
        notices=made.notices,
        seconds=made.seconds | {"mark": now - clock, "total": now - began},
    )
    return event, (pixels.data,)
