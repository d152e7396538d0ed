"""`maquette verify`: readable text, JSON, and exit codes that scripts can go by."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from maquette.core.marking import Marking
from maquette.core.paths import ledger_file
from maquette.core.pixels import pixel_digest
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType
from maquette.library.ledger import Ledger
from maquette.library.ledger_row import NewEntry, sha256
from maquette.provenance.identity.opening import identity_folder, open_signer
from maquette.provenance.likeness import hash_of, likeness_of
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import seal

Run = Callable[..., Any]

RECORD = Record(
    id="7F3A91C2",
    recipe=Recipe(
        prompt="a red mug",
        seed=7,
        width=320,
        height=320,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("maquette-mini"),
    ),
    created="2026-11-22T04:00:00+00:00",
    tool="Maquette 0.1.0",
    source_type=SourceType.GENERATED,
    width=320,
    height=320,
)


@pytest.fixture
def saved(maquette_home: Path) -> Path:
    """A signed picture of this installation, known to its ledger."""
    folder = maquette_home / "pictures"
    folder.mkdir()
    y, x = np.mgrid[0:320, 0:320]
    noise = np.random.default_rng(5).normal(0, 5, (320, 320, 3))
    pixels = np.clip(np.dstack([x / 2, y / 2, (x + y) / 4]) + noise, 0, 255).astype(np.uint8)

    def signer() -> Any:
        return open_signer(identity_folder(), find_keychain=lambda: None)

    sealed = seal(pixels, RECORD, Marking(), open_signer=signer)
    decoded, _ = read_image(sealed.file)
    with Ledger.open(ledger_file()) as ledger:
        ledger.append(
            NewEntry(
                record_id=RECORD.id,
                created=RECORD.created,
                tool=RECORD.tool,
                source_type=RECORD.source_type,
                width=320,
                height=320,
                file_sha256=sha256(sealed.file),
                pixel_sha256=pixel_digest(decoded),
                perceptual_hash=hash_of(decoded),
                likeness=likeness_of(decoded),
                mark=sealed.mark,
                recipe=RECORD.recipe,
                manifest=sealed.manifest,
            )
        )
    path = folder / "a mug 杯.png"
    path.write_bytes(sealed.file)
    return path


@pytest.fixture
def stripped(saved: Path) -> Path:
    path = saved.with_name("b copy.jpg")
    with Image.open(saved) as image:
        image.convert("RGB").save(path, quality=92)
    return path


@pytest.fixture
def tampered(saved: Path) -> Path:
    path = saved.with_name("c tampered.png")
    path.write_bytes(saved.read_bytes() + b"more")
    return path


@pytest.fixture
def plain(saved: Path) -> Path:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(buffer, "PNG")
    path = saved.with_name("d plain.png")
    path.write_bytes(buffer.getvalue())
    return path


@pytest.fixture
def broken(saved: Path) -> Path:
    path = saved.with_name("e broken.png")
    path.write_bytes(b"no picture")
    return path


def test_a_signed_file_is_told_in_a_block(maquette: Run, saved: Path) -> None:
    told = maquette("verify", str(saved))
    assert told.code == 0
    lines = told.output.splitlines()
    assert lines[0].startswith(f"{saved}: 320 x 320, PNG")
    assert lines[1].strip() == "Signed and intact"
    assert "Record: 7F3A-91C2, made 2026-11-22T04:00:00+00:00 with Maquette 0.1.0" in told.output
    assert "Prompt: a red mug" in told.output
    assert told.errors == ""


def test_a_stripped_copy_still_names_its_recipe(maquette: Run, stripped: Path) -> None:
    told = maquette("verify", str(stripped))
    assert told.code == 0
    assert "Recovered by watermark" in told.output
    assert "x The signed manifest was removed." in told.output
    assert "~ It was saved as JPEG at a quality of about 92." in told.output
    assert "Prompt: a red mug" in told.output


def test_exit_codes_tell_the_gravest(
    maquette: Run, saved: Path, stripped: Path, tampered: Path, plain: Path, broken: Path
) -> None:
    assert maquette("verify", str(saved), str(stripped)).code == 0
    assert maquette("verify", "--strict", str(saved)).code == 0
    assert maquette("verify", "--strict", str(stripped)).code == 1
    assert maquette("verify", str(saved), str(plain)).code == 1
    assert maquette("verify", str(plain), str(broken), str(saved)).code == 2
    assert maquette("verify", str(tampered), str(broken), str(plain)).code == 3


def test_a_folder_is_walked_and_what_cannot_be_read_is_told(
    maquette: Run, saved: Path, stripped: Path, tampered: Path, plain: Path, broken: Path
) -> None:
    (saved.parent / "notes.txt").write_text("no picture")
    told = maquette("verify", "--json", str(saved.parent))
    assert told.code == 3
    reports = [json.loads(line) for line in told.output.splitlines()]
    paths = [str(path) for path in (saved, stripped, tampered, plain, broken)]
    assert [report["path"] for report in reports] == paths
    assert [report.get("verdict") for report in reports] == [
        "signed_intact",
        "recovered_by_watermark",
        "tampered",
        "nothing_found",
        None,
    ]
    assert "not a PNG" in reports[-1]["error"]
    assert reports[1]["recipe"]["prompt"] == "a red mug"
    assert {line["source"] for line in reports[1]["evidence"]} >= {"manifest", "watermark"}


def test_the_rest_goes_on_after_an_unreadable_file(
    maquette: Run, saved: Path, broken: Path
) -> None:
    told = maquette("verify", str(broken), "/nowhere/x.png", str(saved))
    assert told.code == 2
    assert "Signed and intact" in told.output
    assert [line.startswith("maquette: ") for line in told.errors.splitlines()] == [True, True]


def test_a_quick_look_does_not_search_turned_pictures(maquette: Run, saved: Path) -> None:
    turned = saved.with_name("turned.png")
    with Image.open(saved) as image:
        image.transpose(Image.Transpose.ROTATE_90).convert("RGB").save(turned)
    assert "Nothing found" in maquette("verify", "--quick", str(turned)).output
    told = maquette("verify", str(turned))
    assert "Recovered by watermark" in told.output
    assert "~ It was turned by 90° to the left." in told.output


def test_a_profile_is_checked_row_by_row(maquette: Run, saved: Path, plain: Path) -> None:
    told = maquette("verify", "--profile", "minimal", "--json", str(saved))
    (report,) = map(json.loads, told.output.splitlines())
    assert report["profile"]
    assert all(row["passed"] for row in report["profile"])
    assert told.code == 0
    told = maquette("verify", "--profile", "eu", str(plain))
    assert told.code == 1
    refused = maquette("verify", "--profile", "mars", str(saved))
    assert refused.code == 2
    assert "There is no profile 'mars'; use one of china, eu" in refused.errors


def test_a_profile_asks_for_a_record_that_the_ledger_really_has(
    maquette: Run, saved: Path, stripped: Path
) -> None:
    def log_row(path: Path) -> dict[str, Any]:
        told = maquette("verify", "--profile", "eu", "--json", str(path))
        (report,) = map(json.loads, told.output.splitlines())
        assert report["record_id"] == RECORD.id
        (row,) = (row for row in report["profile"] if row["requirement"]["rule"] == "log")
        return row

    assert log_row(saved)["passed"]
    assert log_row(stripped)["passed"]
    ledger_file().unlink()
    assert not log_row(saved)["passed"]
    assert "does not have this picture" in log_row(stripped)["sentence"]


def test_an_empty_folder_is_told(maquette: Run, tmp_path: Path) -> None:
    told = maquette("verify", str(tmp_path))
    assert told.code == 2
    assert "no pictures" in told.errors


def test_a_damaged_ledger_is_told_and_the_file_is_checked(maquette: Run, saved: Path) -> None:
    ledger_file().write_bytes(b"no database " * 1000)
    told = maquette("verify", str(saved))
    assert told.code == 0
    assert "Signed and intact" in told.output
    assert "! The ledger" in told.output


def test_a_file_does_not_steer_the_terminal(maquette: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[2J.jpg"
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0\x1b]0;owned\x07\x1b[2Ja mug"
    Image.new("RGB", (16, 16)).save(path, exif=exif)
    told = maquette("verify", str(path))
    assert told.code == 1
    assert not {"\x1b", "\x07"} & set(told.output + told.errors)


def test_under_a_clock_set_to_2001_our_own_signature_is_not_called_broken(
    maquette_home: Path,
    saved: Path,
    spawn: Run,
    finish: Run,
    clock_of_2001: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in clock_of_2001.items():
        monkeypatch.setenv(name, value)
    told = finish(spawn(maquette_home, "verify", "--json", str(saved)))
    assert told.code == 1, told.errors
    report = json.loads(told.output)
    assert report["verdict"] == "signed_unknown_signer"
    assert "the certificate is not valid now" in report["sentence"]
    assert any("check the clock" in line["sentence"] for line in report["evidence"])
    assert report["recipe"]["prompt"] == "a red mug"
