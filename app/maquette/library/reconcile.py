"""Bringing the index up to what became of the files outside: moved, edited, gone, come back.

The user's files are only read. A picture's row follows its bytes: whoever is gone from where it
was, or overwritten there, is looked for among the files that are new or changed, by digest. What
carries a record of ours and is not in the index is filed; other files are left alone.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.core.errors import ImageError
from maquette.core.gallery import Presence
from maquette.library.ledger import Ledger
from maquette.library.moved_folders import find_moved_folder
from maquette.library.pictures.connections import Connections
from maquette.library.reading import FileRead, new_picture, ours_in, read_file
from maquette.library.reconciled_rows import Rows
from maquette.library.reconciled_values import Edit, FiledRow, Folder, Move, Place
from maquette.library.scanning import Scan, Seen, scan

_SETTLED_NS = 60 * 10**9
"""Age from which a new file is looked at: younger ones may be on their way into the index."""

_MAX_PASSED_OVER = 500_000


class Reconciled(msgspec.Struct, frozen=True, kw_only=True):
    """How many pictures were found moved, edited, missing, back again, and filed as new ones.

    `unreachable` are folders that are not there, or empty although the index knows of pictures in
    them: a disk that is not connected. Their pictures are left as they were.
    """

    moved: int = 0
    edited: int = 0
    missing: int = 0
    returned: int = 0
    filed: int = 0
    unreachable: tuple[Path, ...] = ()

    @property
    def changes(self) -> int:
        """How many pictures it concerns."""
        return self.moved + self.edited + self.missing + self.returned + self.filed


def not_there(folder: Path) -> str:
    """The sentence for a folder that is unreachable."""
    return (
        f"The folder {folder} is not there or empty, so its pictures cannot be opened; connect "
        "its disk, or import the folder where it is now."
    )


class Reconciler:
    """Compares folders with the index. It remembers foreign files, so that each is read once."""

    def __init__(self, settled_ns: int = _SETTLED_NS) -> None:
        self._settled_ns = settled_ns
        self._passed_over: dict[str, Seen] = {}
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """End a run in another thread soon; what was not looked at is left as it was."""
        self._cancelled.set()

    def run(self, connections: Connections, ledger: Ledger | None, home: Path) -> Reconciled:
        """Compare once. Blocks, for seconds with many files; belongs in a thread.

        Args:
            home: the folder where pictures go, which is listed with all folders in it; of others
                those are listed in which there were pictures.

        Raises:
            LibraryError: index or ledger cannot be read or written; what was done is kept.
        """
        comparison = _Comparison(Rows(connections), ledger, self._passed_over, self._cancelled)
        comparison.list_folders(home)
        comparison.compare(time.time_ns() - self._settled_ns)
        done = comparison.write()
        while len(self._passed_over) > _MAX_PASSED_OVER:
            del self._passed_over[next(iter(self._passed_over))]
        return done


class _Comparison:
    """One run: list, compare, write."""

    def __init__(
        self,
        rows: Rows,
        ledger: Ledger | None,
        passed_over: dict[str, Seen],
        cancelled: threading.Event,
    ) -> None:
        self._rows = rows
        self._ledger = ledger
        self._passed_over = passed_over
        self._cancelled = cancelled
        self._listed: list[tuple[Folder, list[FiledRow], Scan]] = []
        self._unreachable: list[Path] = []
        self._known = rows.on_the_move()  # whole paths
        self._found: list[tuple[FiledRow, Seen]] = []
        self._lost: list[FiledRow] = []
        self._places: list[Place] = []

    def list_folders(self, home: Path) -> None:
        """List every folder of the index, and `home`; follow those that were moved as a whole."""
        folders = self._rows.folders()
        places = [folder.path for folder in folders if folder.path.is_dir()]
        if home.is_dir() and home not in places:
            places.append(home)
        for folder in folders:
            path = folder.path
            rows = self._rows.filed_in(folder)
            if path not in places:
                found = find_moved_folder(path, self._rows.samples(folder), places)
                if found is None:
                    self._leave(folder, rows)
                    continue
                if not self._rows.move_folder(folder, found):
                    # The index knows that folder already, so each of the pictures moves for itself.
                    self._listed.append((folder, rows, Scan({})))
                    continue
                path = found
            self._list(msgspec.structs.replace(folder, path=path), rows, home)
        if home in places and all(folder.path != home for folder, *_ in self._listed):
            self._list(Folder(0, home), [], home)

    def compare(self, settled_before: int) -> None:
        """Find out what changed; files are read where the folder's list does not tell."""
        for folder, rows, seen in self._listed:
            here = {row.path: row for row in rows}
            for row in rows:
                self._compare_row(folder, row, seen)
            for path, file in seen.files.items():
                whole = folder.file(path)
                if (
                    path not in here
                    and whole not in self._known
                    and self._passed_over.get(whole) != file
                    and file.mtime_ns < settled_before
                ):
                    self._known.add(whole)  # folders can lie in each other
                    self._read(folder, path, file)

    def write(self) -> Reconciled:
        """Tell the index."""
        moves = self._matched()
        moved = {move.row.id for move in moves}
        taken = {id(move.place) for move in moves}
        edits: list[Edit] = []
        displaced: list[FiledRow] = []
        new: list[Place] = []
        for place in self._places:
            occupant = place.occupant
            if occupant is None or occupant.id in moved:
                if id(place) not in taken:
                    new.append(place)
            elif id(place) in taken:
                displaced.append(occupant)
            else:
                edits.append(self._edit(occupant, place.read))
        gone = [
            row
            for row in self._lost
            if row.id not in moved and row.presence is not Presence.MISSING
        ]
        done = Reconciled(
            moved=self._rows.move(moves, displaced) if moves else 0,
            edited=self._rows.edit(edits) if edits else 0,
            missing=len(displaced) + (self._rows.miss(gone) if gone else 0),
            returned=self._rows.found(self._found) if self._found else 0,
            unreachable=tuple(self._unreachable),
        )
        return msgspec.structs.replace(done, filed=self._file(new))

    def _list(self, folder: Folder, rows: list[FiledRow], home: Path) -> None:
        paths = {row.path for row in rows}
        seen = scan(folder.path, paths, recursive=folder.path == home, cancelled=self._cancelled)
        if rows and not seen.files and _is_bare(folder.path):
            self._leave(folder, rows)
        else:
            self._listed.append((folder, rows, seen))
            self._known.update(folder.file(path) for path in paths)

    def _leave(self, folder: Folder, rows: list[FiledRow]) -> None:
        if rows:
            self._unreachable.append(folder.path)

    def _compare_row(self, folder: Folder, row: FiledRow, seen: Scan) -> None:
        file = seen.files.get(row.path)
        if file is None:
            if seen.knows_of(row.path):
                self._lost.append(row)
        elif file.length == row.length and row.mtime_ns in (file.mtime_ns, 0):
            # 0: nobody has looked since the index learned of times
            if row.mtime_ns == 0 or row.presence is Presence.MISSING:
                self._found.append((row, file))
        else:
            self._read(folder, row.path, file, row)

    def _read(
        self, folder: Folder, path: str, file: Seen, occupant: FiledRow | None = None
    ) -> None:
        if self._cancelled.is_set():
            return
        whole = folder.file(path)
        try:
            read = read_file(Path(whole))
        except ImageError:  # refused by the disk, or gone this very moment
            if occupant is None:
                self._passed_over[whole] = file
            return
        if occupant is not None and read.sha256 == occupant.sha256:
            self._found.append((occupant, read.seen))
        else:
            self._places.append(Place(folder, path, read, occupant))

    def _matched(self) -> list[Move]:
        """Rows without their bytes, and where those are; a file of the same name is preferred."""
        homeless: defaultdict[str, list[FiledRow]] = defaultdict(list)
        for row in [*self._lost, *(place.occupant for place in self._places if place.occupant)]:
            homeless[row.sha256].append(row)
        moves: list[Move] = []
        for place in self._places:
            rows = homeless.get(place.read.sha256)
            if rows:
                name = place.path.rpartition("/")[2]
                row = next((each for each in rows if each.name == name), rows[0])
                rows.remove(row)
                moves.append(Move(row, place))
        return moves

    def _edit(self, row: FiledRow, read: FileRead) -> Edit:
        """`row` with other bytes, which are whole again if they are a file of this very record."""
        ours = ours_in(read, self._ledger)
        is_filed = self._ledger is not None and self._ledger.by_file(read.sha256) is not None
        same = ours is not None and ours.record.id == row.record_id
        return Edit(row, read, ours, Presence.PRESENT if same and is_filed else Presence.EDITED)

    def _file(self, places: Sequence[Place]) -> int:
        """File what carries a record of ours and was not exported; remember what does not."""
        if not places:
            return 0
        exported = self._rows.exported()
        new = []
        for place in places:
            ours = None if place.read.sha256 in exported else ours_in(place.read, self._ledger)
            if ours is None:
                self._passed_over[place.folder.file(place.path)] = place.read.seen
            else:
                new.append(new_picture(place.read, place.folder.path, ours))
        return self._rows.file(new) if new else 0


def _is_bare(folder: Path) -> bool:
    """Whether `folder` is not there or has nothing in it, as the place of a disk that is away."""
    try:
        return next(folder.iterdir(), None) is None
    except OSError:
        return True
