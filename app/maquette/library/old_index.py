"""What an index that is about to be made anew still tells: folders, files, exports."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import msgspec


class OldIndex(msgspec.Struct, frozen=True):
    """What can be told of an index.

    `folders` has the files of each folder by relative path, True for pictures of other programs;
    `exported` the sha256 of files that went out.
    """

    folders: dict[Path, dict[str, bool]] = {}
    exported: set[str] = set()


def read_old_index(sources: Iterable[Path]) -> OldIndex:
    """What the first of `sources` tells that can be read: an index, then its daily copies.

    Whatever version of the program wrote it: the tables that are asked for keep their names.
    """
    for source in sources:
        if source.is_file():
            try:
                return _read(source)
            except sqlite3.Error:
                continue
    return OldIndex()


def _read(path: Path) -> OldIndex:
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        folders: dict[Path, dict[str, bool]] = {
            Path(folder): {} for (folder,) in connection.execute("SELECT path FROM folders")
        }
        # In the first version `record` was never empty, and nothing was thrown away.
        columns = {row[1] for row in connection.execute("PRAGMA table_info(pictures)")}
        outside = "WHERE origin = ''" if "origin" in columns else ""
        for folder, name, imported in connection.execute(
            "SELECT folders.path, pictures.path, record = '' FROM pictures"
            f" JOIN folders ON folders.id = folder_id {outside}"
        ):
            folders[Path(folder)][name] = bool(imported)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        exported = (
            {row[0] for row in connection.execute("SELECT sha256 FROM exports")}
            if "exports" in tables
            else set()
        )
    return OldIndex(folders, exported)
