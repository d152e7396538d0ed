"""The queue as a Qt list model: only rows that changed are drawn again."""

from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from operator import attrgetter, is_not
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPixmap

from maquette.core.job import Job, JobState
from maquette.core.pixels import Pixels
from maquette.gui.images import to_image
from maquette.gui.parts import plain_tip
from maquette.gui.queue_moves import one_place, waiting_from
from maquette.gui.queue_rows import FOLDED_FROM, Row, Tally, difference, rows_of, tallies
from maquette.gui.queue_words import (
    group_words,
    progress_words,
    prompt_words,
    reason_words,
    state_words,
)
from maquette.gui.thumbnails import Thumbnails
from maquette.state.jobs import JobList, Jobs

JOB_ROLE = int(Qt.ItemDataRole.UserRole) + 1
STATE_TEXT_ROLE = JOB_ROLE + 1
CANCELLING_ROLE = JOB_ROLE + 2
GROUP_ROLE = JOB_ROLE + 3
INSIDE_ROLE = JOB_ROLE + 4

MANY = 64
"""So many rows that changed at once are told as one range."""

MIME = "application/x-maquette-jobs"

Index = QModelIndex | QPersistentModelIndex


class GroupState(msgspec.Struct, frozen=True):
    """What a header shows of its group beside words; `fraction` of it is made, 0 to 1."""

    group: str
    folded: bool
    fraction: float
    is_open: bool
    in_trouble: bool


class QueueModel(QAbstractListModel):
    """One row per job in the order of the queue, and headers of groups.

    Signals:
        about_to_lay_out(), laid_out(): rows go and come between the two.
        moved(ids, before): jobs were dropped before another one (None: at the end).
    """

    about_to_lay_out = Signal()
    laid_out = Signal()
    moved = Signal(tuple, object)

    def __init__(self, jobs: Jobs, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._thumbnails = thumbnails
        self._list = JobList()
        self._by_id: dict[str, Job] = {}
        self._by_path: dict[str, str] = {}
        self._firsts: dict[str, Job] = {}  # one job of each group
        self._tallies: dict[str, Tally] = {"": Tally()}
        self._turned: set[str] = set()  # groups that somebody folded or opened
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}  # of jobs
        self._headers: dict[str, list[int]] = {}  # the places of each group's headers
        self._previews: dict[str, QPixmap] = {}
        jobs.list.changed.connect(self._render)
        jobs.preview.connect(self._take_preview)
        thumbnails.ready.connect(self._thumbnail_came)
        self._render(jobs.list.value)

    # --- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        job = self._by_id.get(row.job)
        if job is not None:
            return self._job_data(row, job, role)
        # A job that is gone is asked for once more while its row is taken away.
        return None if row.job else self._header_data(row, role)

    def _job_data(self, row: Row, job: Job, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return prompt_words(job)
            case Qt.ItemDataRole.DecorationRole:
                kept = self._thumbnails.get(job.path) if job.path else None
                return kept or self._previews.get(job.id)
            case Qt.ItemDataRole.ToolTipRole:
                lines = (prompt_words(job)[:300], self._state_text(job), reason_words(job))
                return plain_tip("\n".join(line for line in lines if line))
            case Qt.ItemDataRole.AccessibleTextRole:
                state = reason_words(job) or self._state_text(job)
                return f"{prompt_words(job)[:120]}: {state}"
            case _ if role == JOB_ROLE:
                return job
            case _ if role == STATE_TEXT_ROLE:
                return self._state_text(job)
            case _ if role == CANCELLING_ROLE:
                return job.id in self._list.cancelling
            case _ if role == INSIDE_ROLE:
                return row.inside
            case _:
                return None

    def _header_data(self, row: Row, role: int) -> Any:
        tally = self._tallies.get(row.group)
        if tally is None:
            return None
        progress = progress_words(tally, self._jobs.activity.value.seconds_per_image)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._group_name(row.group)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{self._group_name(row.group)[:300]}\n{progress}")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._group_name(row.group)[:120]}: {progress}"
            case _ if role == STATE_TEXT_ROLE:
                return progress
            case _ if role == GROUP_ROLE:
                folded = self.is_folded(row.group)
                trouble = tally.trouble > 0
                return GroupState(row.group, folded, tally.fraction, tally.is_open, trouble)
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags | Qt.ItemFlag.ItemIsDropEnabled  # between the rows
        row = self._rows[index.row()]
        if row.job:
            job = self._by_id.get(row.job)
            movable = job is not None and job.state is JobState.QUEUED
        else:
            movable = self._tallies[row.group].waiting > 0
        return flags | Qt.ItemFlag.ItemIsDragEnabled if movable else flags

    def _state_text(self, job: Job) -> str:
        cancelling = job.id in self._list.cancelling
        foreign = job.owner not in ("", self._list.owner)
        return state_words(job, cancelling=cancelling, foreign=foreign)

    def _group_name(self, group: str) -> str:
        return group_words(self._firsts[group], self._tallies[group])

    # --- what view and panel ask ----------------------------------------------------------------

    @property
    def tally(self) -> Tally:
        """All jobs, counted."""
        return self._tallies[""]

    def row_at(self, place: int) -> Row:
        """What the row at `place` stands for."""
        return self._rows[place]

    def place_of(self, row: Row) -> int:
        """Where a row is now; -1 when there is none for its job or group any more."""
        if row.job:
            return self._places.get(row.job, -1)
        return next(iter(self._headers.get(row.group, ())), -1)

    def row_of(self, job_id: str) -> int:
        """The row of a job, or the header it is folded under; -1 when it is not listed."""
        job = self._by_id.get(job_id)
        if job is None:
            return -1
        place = self._places.get(job_id, -1)
        return place if place >= 0 else self.place_of(Row(group=job.group))

    def job_at(self, index: Index) -> Job | None:
        """The job of a row; None for headers."""
        return self.data(index, JOB_ROLE)

    def jobs_at(self, indexes: Sequence[Index]) -> tuple[Job, ...]:
        """The jobs of these rows, all of a group for its header, in the order of the queue."""
        rows = [self._rows[index.row()] for index in indexes if index.isValid()]
        groups = {row.group for row in rows if not row.job}
        ids = {row.job for row in rows if row.job}
        if not groups:
            return tuple(self._by_id[self._rows[place].job] for place in self._rows_of(ids))
        return tuple(job for job in self._list.jobs if job.group in groups or job.id in ids)

    def is_folded(self, group: str) -> bool:
        """Whether the jobs of `group` are hidden below its header."""
        return (self._tallies[group].total >= FOLDED_FROM) != (group in self._turned)

    def fold(self, group: str, folded: bool) -> None:
        """Hide the jobs of `group`, or show them."""
        if group in self._headers and self.is_folded(group) != folded:
            self._turned ^= {group}
            self._lay_out()
            self._tell(self._headers[group])

    def before_whom(self, ids: Sequence[str], step: int) -> tuple[bool, str | None]:
        """Where jobs that wait go by one place up (-1) or down (1).

        Past a folded group they go at once. Returns whether they move, and before whom (None is
        the end).
        """
        return one_place(self._list.jobs, ids, step, self.is_folded)

    def retranslate(self) -> None:
        """Say everything again."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    # --- dragging -------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        mime = QMimeData()
        jobs = self.jobs_at(indexes)
        waiting = [job.id for job in jobs if job.state is JobState.QUEUED]
        mime.setData(MIME, msgspec.json.encode(waiting))
        return mime

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        del action, column
        if not data.hasFormat(MIME):
            return False
        try:
            ids = msgspec.json.decode(bytes(data.data(MIME).data()), type=tuple[str, ...])
        except msgspec.DecodeError:  # another program's, under our name
            return False
        place = parent.row() if parent.isValid() else row
        before = None
        if 0 <= place < len(self._rows):
            before = waiting_from(self._list.jobs, self._rows[place], frozenset(ids))
        self.moved.emit(ids, before)
        return False  # the queue tells the new order; Qt is to take no rows away

    # --- changes --------------------------------------------------------------------------------

    def _render(self, value: JobList, _fields: object = None) -> None:
        old, self._list = self._list, value
        if len(old.jobs) != len(value.jobs):
            self._render_anew()
            return
        # Ten thousand jobs are looked through many times a second: no Python runs for each, and
        # nothing is made that the garbage collector would have to look through as well.
        is_other = map(is_not, old.jobs, value.jobs)
        changed = list(compress(range(len(value.jobs)), is_other))
        if any(old.jobs[n].id != value.jobs[n].id for n in changed):
            self._render_anew()
            return
        if len(changed) > MANY:
            self._know(value.jobs)
            self.retranslate()
            return
        jobs = [value.jobs[n] for n in changed]
        touched = {job.id for job in jobs} | (old.cancelling ^ value.cancelling)
        self._by_id.update((job.id, job) for job in jobs)
        self._by_path.update((job.path, job.id) for job in jobs if job.path)
        for n in changed:
            for group in ("", value.jobs[n].group):
                self._tallies[group].count(old.jobs[n], -1)
                self._tallies[group].count(value.jobs[n])
        places = set(self._rows_of(touched))
        for group in {job.group for job in jobs}:
            places.update(self._headers.get(group, ()))
        self._tell(places)

    def _render_anew(self) -> None:
        """Jobs came, went or were moved."""
        jobs = self._list.jobs
        self._know(jobs)
        self._firsts = {job.group: job for job in reversed(jobs)}
        self._turned &= self._tallies.keys()
        self._previews = {key: kept for key, kept in self._previews.items() if key in self._by_id}
        self._lay_out()
        self.retranslate()

    def _know(self, jobs: Sequence[Job]) -> None:
        """These are all jobs."""
        self._by_id = dict(zip(map(attrgetter("id"), jobs), jobs, strict=True))
        self._by_path = {job.path: job.id for job in jobs if job.path}
        self._tallies = tallies(jobs)

    def _lay_out(self) -> None:
        """Bring the rows up to date by what goes and what comes, so that the rest stays."""
        folded = {group for group in self._tallies if group and self.is_folded(group)}
        new = list(rows_of(self._list.jobs, self._tallies, folded))
        first, gone, come = difference(self._rows, new)
        self.about_to_lay_out.emit()
        if gone:
            self.beginRemoveRows(QModelIndex(), first, first + gone - 1)
            self._set_rows(self._rows[:first] + self._rows[first + gone :])
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), first, first + come - 1)
            self._set_rows(new)
            self.endInsertRows()
        self.laid_out.emit()

    def _set_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.job: place for place, row in enumerate(rows) if row.job}
        self._headers = {}
        for place, row in enumerate(rows):
            if not row.job:
                self._headers.setdefault(row.group, []).append(place)

    def _take_preview(self, job_id: str, pixels: Pixels) -> None:
        if job_id in self._by_id:
            image: QImage = to_image(pixels)
            self._previews[job_id] = QPixmap.fromImage(image)
            self._tell(self._rows_of((job_id,)))

    def _thumbnail_came(self, path: str) -> None:
        self._tell(self._rows_of((self._by_path.get(path, ""),)))

    def _rows_of(self, ids: Iterable[str]) -> list[int]:
        return sorted(self._places[job_id] for job_id in ids if job_id in self._places)

    def _tell(self, places: Collection[int]) -> None:
        if len(places) > MANY:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))
            return
        for place in places:
            index = self.index(place)
            self.dataChanged.emit(index, index)
