"""The pictures made lately, and what the stage shows of them."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from PySide6.QtCore import QObject

from maquette.core.record import Record
from maquette.state.store import Store

KEPT = 200


class Picture(msgspec.Struct, frozen=True):
    """A saved picture: its file, what we assert about it, and its thumbnail's file or "".

    The path tells pictures apart; a record id does not, since the same recipe gives the same one.
    """

    path: str
    record: Record
    thumbnail: str = ""


class Recent(msgspec.Struct, frozen=True):
    """The newest pictures first, at most KEPT."""

    pictures: tuple[Picture, ...] = ()


class StageKind(StrEnum):
    EMPTY = "empty"
    JOB = "job"
    PICTURE = "picture"


class StageView(msgspec.Struct, frozen=True):
    """What the stage shows: nothing yet, a job's preview, or a saved picture (by path).

    While `following`, every job that starts takes the stage and leaves its picture there.
    """

    kind: StageKind = StageKind.EMPTY
    subject: str = ""
    following: bool = True


class Results(QObject):
    """Recent pictures and the stage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recent = Store(Recent(), self)
        self.stage = Store(StageView(), self)

    def find(self, path: str) -> Picture | None:
        return next((p for p in self.recent.value.pictures if p.path == path), None)

    @property
    def shown(self) -> Picture | None:
        """The picture on the stage."""
        stage = self.stage.value
        return self.find(stage.subject) if stage.kind is StageKind.PICTURE else None

    def restore(self, pictures: Sequence[Picture], shown: str) -> None:
        """Lay out what the library has, behind what was made meanwhile; show the last one shown."""
        made = self.recent.value.pictures
        new = {picture.path for picture in made}
        rest = tuple(picture for picture in pictures if picture.path not in new)
        self.recent.update(pictures=(*made, *rest)[:KEPT])
        if self.stage.value.kind is StageKind.EMPTY and self.find(shown) is not None:
            self.stage.update(kind=StageKind.PICTURE, subject=shown)

    def add(self, picture: Picture) -> None:
        """Take in a picture that has just been saved."""
        self.recent.update(pictures=(picture, *self.recent.value.pictures)[:KEPT])

    def show(self, path: str) -> None:
        """The user chose this picture: show it and stop following jobs."""
        if self.find(path) is not None:
            self.stage.replace(StageView(StageKind.PICTURE, path, following=False))

    def lay_out(self, picture: Picture) -> None:
        """Show a picture that may be older than the recent ones; it joins them as the oldest."""
        if self.find(picture.path) is None:
            recent = self.recent.value.pictures
            self.recent.update(pictures=(*recent[: KEPT - 1], picture))
        self.show(picture.path)

    def watch(self, job_id: str) -> None:
        """The user chose this job: show how it forms."""
        self.stage.replace(StageView(StageKind.JOB, job_id, following=True))

    def follow(self) -> None:
        """From now on show what is being made."""
        self.stage.update(following=True)

    def step(self, by: int) -> None:
        """Show the picture `by` places older (positive) or newer than the one shown."""
        pictures = self.recent.value.pictures
        if not pictures:
            return
        shown = self.shown
        place = pictures.index(shown) + by if shown is not None else 0
        self.show(pictures[max(0, min(len(pictures) - 1, place))].path)

    def job_started(self, job_id: str) -> None:
        """Put the job on the stage, unless another one is about to leave its picture there."""
        stage = self.stage.value
        if stage.following and stage.kind is not StageKind.JOB:
            self.stage.update(kind=StageKind.JOB, subject=job_id)

    def job_shows(self, job_id: str) -> None:
        """The job has a first preview: from now on it is the one to look at."""
        stage = self.stage.value
        if stage.following and stage.subject != job_id:
            self.stage.update(kind=StageKind.JOB, subject=job_id)

    def job_ended(self, job_id: str, path: str) -> None:
        """Leave the job's picture on the stage, or the newest one when there is none."""
        stage = self.stage.value
        if stage.kind is not StageKind.JOB or stage.subject != job_id:
            return
        if self.find(path) is not None:
            self.stage.update(kind=StageKind.PICTURE, subject=path)
            return
        pictures = self.recent.value.pictures
        if pictures:
            self.stage.update(kind=StageKind.PICTURE, subject=pictures[0].path)
        else:
            self.stage.update(kind=StageKind.EMPTY, subject="")
