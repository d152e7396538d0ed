"""The latest preview of each job that is on its way, for the stage."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from maquette.core.job import Job
from maquette.core.pixels import Pixels
from maquette.gui.images import to_image
from maquette.state.jobs import Jobs
from maquette.state.pictures import enlarge_preview


class JobPreviews(QObject):
    """Kept until their job is concluded, so that one can go back and forth between jobs.

    Signals:
        came(job_id): there is a newer preview of that job.
    """

    came = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._latest: dict[str, Pixels] = {}
        jobs.preview.connect(self._take)
        jobs.ended.connect(self._forget)

    def levels(self, job_id: str) -> tuple[tuple[QImage], QSize] | None:
        """The preview as canvases show it, and the size of the picture; None if there is none."""
        pixels, job = self._latest.get(job_id), self._jobs.find(job_id)
        if pixels is None or job is None:
            return None
        size = QSize(job.recipe.width, job.recipe.height)
        return (to_image(enlarge_preview(pixels)),), size

    def _take(self, job_id: str, pixels: Pixels) -> None:
        self._latest[job_id] = pixels
        self.came.emit(job_id)

    def _forget(self, jobs: Sequence[Job]) -> None:
        for job_id in self._latest.keys() & {job.id for job in jobs}:
            del self._latest[job_id]
