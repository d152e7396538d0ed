"""The lists that go with a delivery: whole, readable by spreadsheets, harmless."""

import csv
import json
import os
from pathlib import Path

import pytest

from maquette.core.errors import SaveError
from maquette.core.export_preset import ListKind
from maquette.core.marking import FileFormat
from maquette.core.record import Mark, MarkKind
from maquette.library.exports.lists import COLUMNS, ListedFile, write_lists

FILE = ListedFile(
    name="网站/杯子-1F2E3D4C.jpg",
    sha256="ab" * 32,
    bytes=81_234,
    width=1600,
    height=1200,
    format=FileFormat.JPEG,
    record_id="1F2E3D4C",
    prompt="一个红色的杯子, with steam",
    marks=(Mark(MarkKind.WATERMARK, True), Mark(MarkKind.MANIFEST, False, "the key is gone")),
    source="2026-11-22/mug.png",
    created="2026-11-22T10:00:00+00:00",
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_both_lists_say_everything_of_a_file(tmp_path: Path) -> None:
    csv_path, json_path = write_lists(tmp_path, [FILE], ListKind, tool="Maquette 0.5")
    (row,) = rows(csv_path)
    assert tuple(row) == COLUMNS
    assert row["name"] == FILE.name
    assert row["prompt"] == FILE.prompt
    assert (row["bytes"], row["width"], row["height"]) == ("81234", "1600", "1200")
    assert (row["marks"], row["marks_missing"]) == ("watermark", "manifest")
    content = json.loads(json_path.read_bytes())
    assert (content["tool"], content["count"]) == ("Maquette 0.5", 1)
    (file,) = content["files"]
    assert file["sha256"] == FILE.sha256
    assert [mark["verified"] for mark in file["marks"]] == [True, False]


def test_spreadsheets_recognise_chinese(tmp_path: Path) -> None:
    (path,) = write_lists(tmp_path, [FILE], [ListKind.CSV])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "prompt",
    [
        '=HYPERLINK("http://example.com","mug")',
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "  =1+1",
        "\t=1+1",
        "\r\n=1+1",
        "\u202e=1+1",
        "＝1+1",
    ],
)
def test_a_prompt_is_no_formula(tmp_path: Path, prompt: str) -> None:
    file = ListedFile(
        name="a.png", sha256="", bytes=1, width=1, height=1, format=FileFormat.PNG,
        record_id="1F2E3D4C", prompt=prompt,
    )  # fmt: skip
    (path,) = write_lists(tmp_path, [file], [ListKind.CSV])
    assert rows(path)[0]["prompt"].startswith("'")


def test_strangers_lines_stay_in_their_cell(tmp_path: Path) -> None:
    file = ListedFile(
        name='a",b.png', sha256="", bytes=1, width=1, height=1, format=FileFormat.PNG,
        record_id="1F2E3D4C", prompt='one\ntwo",three\x00',
    )  # fmt: skip
    (path,) = write_lists(tmp_path, [file, FILE], [ListKind.CSV])
    first, second = rows(path)
    assert first["name"] == 'a",b.png'
    assert first["prompt"] == 'one two",three'
    assert second["name"] == FILE.name


def test_an_empty_delivery_is_a_valid_list(tmp_path: Path) -> None:
    csv_path, json_path = write_lists(tmp_path, [], ListKind)
    assert rows(csv_path) == []
    assert json.loads(json_path.read_bytes())["files"] == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing_leaves_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SaveError, match=r"files\.csv could not be written"):
        write_lists(tmp_path, [FILE], [ListKind.CSV])
    tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(SaveError, match="choose another folder"):
        write_lists(tmp_path / "taken", [FILE], [ListKind.JSON])
