"""The queue as a Qt list model: only rows that changed are drawn again."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap

from maquette.core.pixels import Pixels
from maquette.engine.queue import ENDED, Job, JobState
from maquette.gui.images import to_image
from maquette.gui.thumbnails import Thumbnails
from maquette.state.jobs import JobList, Jobs
from maquette.state.messages import translate_sentence

JOB_ROLE = int(Qt.ItemDataRole.UserRole) + 1
STATE_TEXT_ROLE = JOB_ROLE + 1
CANCELLING_ROLE = JOB_ROLE + 2

Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """One row per job, in the order of the queue; pictures come from previews and thumbnails."""

    def __init__(self, jobs: Jobs, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._list = jobs.list.value
        self._previews: dict[str, QPixmap] = {}
        jobs.list.changed.connect(self._render)
        jobs.preview.connect(self._take_preview)
        thumbnails.ready.connect(self._thumbnail_came)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._list.jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._list.jobs):
            return None
        job = self._list.jobs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(job.recipe.prompt) or self.tr("No prompt")
            case Qt.ItemDataRole.DecorationRole:
                if job.state is JobState.FINISHED:
                    return self._thumbnails.get(job.path) or self._previews.get(job.id)
                return self._previews.get(job.id)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(job)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{one_line(job.recipe.prompt)[:120]}: {self._state_text(job)}"
            case _ if role == JOB_ROLE:
                return job
            case _ if role == STATE_TEXT_ROLE:
                return self._state_text(job)
            case _ if role == CANCELLING_ROLE:
                return job.id in self._list.cancelling
            case _:
                return None

    def job_at(self, index: Index) -> Job | None:
        return self.data(index, JOB_ROLE) if index.isValid() else None

    def row_of(self, job_id: str) -> int:
        """The row of a job; -1 when it is not listed."""
        return next((row for row, job in enumerate(self._list.jobs) if job.id == job_id), -1)

    def retranslate(self) -> None:
        self._tell(range(len(self._list.jobs)))

    def _state_text(self, job: Job) -> str:
        if job.id in self._list.cancelling:
            return self.tr("Cancelling…")
        match job.state:
            case JobState.QUEUED:
                return self.tr("waiting")
            case JobState.RUNNING if job.total:
                return self.tr("step {step} of {total}").format(step=job.step, total=job.total)
            case JobState.RUNNING:
                return self.tr("starting")
            case JobState.SAVING:
                return self.tr("saving")
            case JobState.FINISHED:
                return self.tr("done · {seconds} s").format(seconds=f"{job.seconds:.1f}")
            case JobState.CANCELLED:
                return self.tr("cancelled")
            case JobState.FAILED:
                return translate_sentence(job.message) or self.tr("failed")

    def _tip(self, job: Job) -> str:
        lines = [one_line(job.recipe.prompt)[:300], self._state_text(job)]
        # Tooltips guess at HTML unless told otherwise; a prompt is plain text.
        text = "\n".join(line for line in lines if line)
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
        return f"<qt>{escaped}</qt>"

    def _render(self, value: JobList, _fields: object = None) -> None:
        old, self_list = self._list, value
        old_ids = [job.id for job in old.jobs]
        new_ids = [job.id for job in value.jobs]
        if new_ids[: len(old_ids)] == old_ids:
            added = len(new_ids) - len(old_ids)
            if added:
                self.beginInsertRows(QModelIndex(), len(old_ids), len(new_ids) - 1)
            self._list = self_list
            if added:
                self.endInsertRows()
            changed = old.cancelling ^ value.cancelling
            self._tell(
                row
                for row, before in enumerate(old.jobs)
                if before != value.jobs[row] or before.id in changed
            )
        else:
            self.beginResetModel()
            self._list = self_list
            self.endResetModel()
        live = {job.id for job in value.jobs if job.state not in ENDED or job.path}
        self._previews = {key: kept for key, kept in self._previews.items() if key in live}

    def _take_preview(self, job_id: str, pixels: Pixels) -> None:
        image: QImage = to_image(pixels)
        self._previews[job_id] = QPixmap.fromImage(image)
        self._tell(row for row, job in enumerate(self._list.jobs) if job.id == job_id)

    def _thumbnail_came(self, path: str) -> None:
        self._tell(row for row, job in enumerate(self._list.jobs) if job.path == path)

    def _tell(self, rows: Any) -> None:
        for row in rows:
            index = self.index(row)
            self.dataChanged.emit(index, index)


def one_line(text: str) -> str:
    """`text` on one line, at most 1000 characters of it."""
    return " ".join(text[:1000].split())
