"""Following: how well what was made follows its sketch, measured before it is marked."""

import logging

from maquette.core.fidelity import Fidelity
from maquette.core.recipe import lines_of
from maquette.sketch.fidelity import measure
from maquette.worker.made import Made
from maquette.worker.received import Sources

_log = logging.getLogger(__name__)


def fidelity_of(made: Made, sources: Sources) -> Fidelity | None:
    """How well `made` follows its first sketch; None if it has none, or one without lines.

    A picture is worth more than its number: what goes wrong is logged, and there is no number.
    """
    sketch = lines_of(made.recipe)
    if sketch is None:
        return None
    weights = sources.images[sketch.weights] if sketch.weights else None
    try:
        measured = measure(made.pixels, sources.images[sketch.digest], weights)
    except Exception:
        _log.exception("the fidelity could not be measured")
        return None
    return measured.fidelity if measured else None
