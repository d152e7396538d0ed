"""`maquette identity` as its user runs it."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from maquette.cli.main import main
from maquette.provenance.identity.certificates import issue_chain


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["identity", *arguments]) == 0
    return capsys.readouterr().out


def test_it_shows_who_signs_and_makes_a_new_certificate(
    maquette_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = said(capsys)
    assert "Signs as    Maquette installation " in first
    assert "Counted     1 as yours" in first
    renewed = said(capsys, "--renew")
    assert "Counted     2 as yours" in renewed
    assert said(capsys) == renewed
    assert (maquette_home / "data" / "identity" / "0002").is_dir()


def test_it_takes_a_certificate_with_its_password_from_standard_input(
    maquette_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issued = issue_chain(datetime.datetime.now(datetime.UTC))
    (tmp_path / "chain.pem").write_bytes(issued.chain)
    key = issued.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    (tmp_path / "key.pem").write_bytes(key)
    command = [sys.executable, "-m", "maquette", "identity"]
    arguments = ["--use", "chain.pem", "--key", "key.pem"]
    for password, status in (("wrong\n", 1), ("secret\n", 0)):
        done = subprocess.run(
            [*command, *arguments],
            cwd=tmp_path,
            input=password,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == status, done.stderr
    assert "Certificate your own" in done.stdout
    assert "Certificate your own" in said(capsys)
    assert "of this installation" in said(capsys, "--forget")
    del maquette_home


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--use", "chain.pem"], "give --use and --key together"),
        (["--renew", "--forget"], "Only one of"),
    ],
)
def test_wrong_options_are_told(
    maquette_home: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    sentence: str,
) -> None:
    assert main(["identity", *arguments]) == 2
    assert sentence in capsys.readouterr().err
    assert not (maquette_home / "data").exists()
