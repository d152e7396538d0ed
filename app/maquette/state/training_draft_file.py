"""The file that keeps the draft of a training."""

from pathlib import Path

import msgspec

from maquette.core.errors import TrainingError
from maquette.core.files import write_atomically
from maquette.core.training_draft import TrainingDraft

_MAX_FILE = 8 << 20  # bytes; 400 pictures with captions take 0.6 MB


class TrainingDraftFile:
    """Everything blocks and belongs in a thread, except where a few hundred bytes are due."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: TrainingDraft | None = None  # as it is on the disk

    def read(self) -> TrainingDraft | None:
        """What was kept; None if there is nothing, or it cannot be read: that stays as `.bad`."""
        try:
            with self._path.open("rb") as stream:
                draft = msgspec.json.decode(stream.read(_MAX_FILE), type=TrainingDraft)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError):
            self._put_aside()
            return None
        self._kept = draft
        return draft

    def write(self, draft: TrainingDraft) -> None:
        """Keep `draft`, if it is another one than before. Raises TrainingError."""
        if draft is self._kept:
            return
        try:
            write_atomically(self._path, msgspec.json.encode(draft))
        except OSError as error:
            raise TrainingError(
                f"The draft of the training could not be saved to {self._path} "
                f"({error.strerror}); check that the folder can be written to.",
                str(error),
            ) from error
        self._kept = draft

    def _put_aside(self) -> None:
        try:
            self._path.replace(self._path.with_suffix(".bad"))
        except OSError:
            return
