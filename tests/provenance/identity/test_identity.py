"""The identity of an installation: made once, kept privately, followed by a new one when needed."""

import datetime
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import keyring
import keyring.backend
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from maquette.core.errors import SigningError
from maquette.provenance.identity.certificates import CLAIM_SIGNING, issue_chain
from maquette.provenance.identity.keychain import (
    KeychainError,
    SystemKeychain,
    system_keychain,
)
from maquette.provenance.identity.opening import known_signers, open_signer, renew_signer
from maquette.provenance.identity.signer import Signer, certificates_of

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
NAMES = r"Maquette (\(self-issued\)|(root|intermediate|installation) [0-9a-f]{16})"
DAY = datetime.timedelta(days=1)


class MemoryKeychain:
    """A keychain that works, and can be taken away."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.gone = False

    def get(self, name: str) -> str | None:
        if self.gone:
            raise KeychainError("locked")
        return self.secrets.get(name)

    def put(self, name: str, secret: str) -> None:
        if self.gone:
            raise KeychainError("locked")
        self.secrets[name] = secret

    def remove(self, name: str) -> None:
        if self.secrets.pop(name, None) is None:
            raise KeychainError("nothing there")


class SlowBackend(keyring.backend.KeyringBackend):
    """A backend that waits for somebody who does not come."""

    priority = 1  # pyright: ignore[reportAssignmentType]

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        self.answered.wait(20)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password
        self.answered.wait(20)


def without_keychain() -> None:
    return None


def in_files(folder: Path, now: datetime.datetime = NOW) -> Signer:
    return open_signer(folder, find_keychain=without_keychain, now=now)


def test_the_same_identity_is_opened_again(tmp_path: Path) -> None:
    first = in_files(tmp_path / "identity")
    again = in_files(tmp_path / "identity")
    assert first.serial == again.serial
    assert first.key == again.key
    assert first.notice == ""


def test_only_the_user_may_read_the_folder_and_the_key_is_encrypted(tmp_path: Path) -> None:
    in_files(tmp_path / "identity")
    for path in [tmp_path / "identity", *(tmp_path / "identity").rglob("*")]:
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path
    key = (tmp_path / "identity" / "0001" / "key.pem").read_bytes()
    with pytest.raises(TypeError):
        serialization.load_pem_private_key(key, None)


def test_the_certificates_follow_the_profile_and_name_nobody(tmp_path: Path) -> None:
    signer = in_files(tmp_path)
    leaf, middle = certificates_of(signer.chain)
    root = certificates_of((tmp_path / "0001" / "root.pem").read_bytes())[0]
    for certificate, issuer in ((leaf, middle), (middle, root), (root, root)):
        certificate.verify_directly_issued_by(issuer)
        identifiers = certificate.extensions
        above = identifiers.get_extension_for_class(x509.AuthorityKeyIdentifier).value
        own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        assert above.key_identifier == own.digest
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
            name = str(certificate.subject.get_attributes_for_oid(kind)[0].value)
            assert re.fullmatch(NAMES, name)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert not usage.value.key_cert_sign
    purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert set(purposes) == {ExtendedKeyUsageOID.EMAIL_PROTECTION, CLAIM_SIGNING}
    assert leaf.not_valid_after_utc - NOW >= 3652 * DAY
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_signer_does_not_print_its_key(tmp_path: Path) -> None:
    signer = in_files(tmp_path)
    assert signer.key.startswith(b"-----BEGIN PRIVATE KEY")
    assert "PRIVATE" not in f"{signer!r} {signer}"


RACING = """
import pathlib, sys, time
from maquette.provenance.identity.opening import open_signer
print("ready", flush=True)
start = float(sys.stdin.readline())
for number in range(20):
    while time.time() < start + number * 0.05: pass
    folder = pathlib.Path(sys.argv[1]) / str(number)
    print(open_signer(folder, find_keychain=lambda: None).serial)
"""


def test_processes_that_start_together_share_one_identity(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", RACING, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    start = time.time() + 0.1
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(f"{start}\n")
        process.stdin.flush()
    rounds = zip(
        *(process.communicate(timeout=60)[0].split() for process in processes), strict=True
    )
    for number, serials in enumerate(rounds):
        folder = tmp_path / f"{number}"
        assert {*serials} == known_signers(folder).serials
        assert [path.name for path in folder.iterdir()] == ["0001"]
    assert number == 19


def test_threads_that_race_for_a_keychain_leave_one_key_in_it(tmp_path: Path) -> None:
    keychain = MemoryKeychain()
    start = threading.Barrier(6)
    serials: list[str] = []

    def open_one() -> None:
        start.wait()
        serials.append(open_signer(tmp_path, find_keychain=lambda: keychain, now=NOW).serial)

    threads = [threading.Thread(target=open_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(serials)) == 1
    assert len(serials) == 6
    assert len(keychain.secrets) == 1


KILLED = """
import os, pathlib, sys
from maquette.provenance.identity.opening import open_signer
for left in range(40):
    folder = os.path.join(sys.argv[1], str(left))
    child = os.fork()
    if child == 0:
        def count(event, arguments):
            global left
            if event in ("open", "os.rename", "os.mkdir", "os.chmod"):
                left -= str(arguments[0]).startswith(folder)
                if left < 0: os.kill(os.getpid(), 9)
        sys.addaudithook(count)
        open_signer(pathlib.Path(folder), find_keychain=lambda: None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(status, flush=True)
    if status == 0: break
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_point_leaves_a_whole_identity_or_none(tmp_path: Path) -> None:
    """Killed before each of its file operations in turn; the next start always signs."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    statuses = [int(line) for line in done.stdout.split()]
    assert statuses[-1] == 0, done.stderr
    assert len(statuses) > 6
    assert set(statuses[:-1]) == {9}
    for left in range(len(statuses)):
        folder = tmp_path / f"{left}"
        signer = open_signer(folder, find_keychain=without_keychain)
        assert known_signers(folder).serials == {signer.serial}


def test_a_renewed_identity_still_counts_the_earlier_one_as_ours(tmp_path: Path) -> None:
    first = in_files(tmp_path)
    second = renew_signer(tmp_path, find_keychain=without_keychain, now=NOW)
    assert second.serial != first.serial
    assert in_files(tmp_path).serial == second.serial
    assert known_signers(tmp_path).serials == {first.serial, second.serial}


def test_an_expired_certificate_is_followed_by_a_new_one(tmp_path: Path) -> None:
    first = in_files(tmp_path)
    later = in_files(tmp_path, NOW + 3660 * DAY)
    assert later.serial != first.serial
    assert later.notice == "The signing certificate had run out and was followed by a new one."
    assert in_files(tmp_path, NOW + 3660 * DAY).notice == ""


def test_a_clock_set_to_2001_is_told(tmp_path: Path) -> None:
    in_files(tmp_path)
    with pytest.raises(SigningError, match=r"clock says 2001-05-05.*correct the clock"):
        in_files(tmp_path, datetime.datetime(2001, 5, 5, tzinfo=datetime.UTC))


@pytest.mark.parametrize("missing", ["key.pem", "passphrase"])
def test_a_missing_key_file_is_told(tmp_path: Path, missing: str) -> None:
    in_files(tmp_path)
    (tmp_path / "0001" / missing).unlink()
    with pytest.raises(SigningError, match=f"{missing} is missing; .*maquette identity --renew"):
        in_files(tmp_path)


@pytest.mark.parametrize("damaged", ["key.pem", "passphrase"])
def test_a_damaged_key_file_is_told(tmp_path: Path, damaged: str) -> None:
    in_files(tmp_path)
    (tmp_path / "0001" / damaged).write_bytes(b"not what was there \xff")
    with pytest.raises(SigningError, match=r"key\.pem cannot be opened; .*--renew"):
        in_files(tmp_path)
    assert renew_signer(tmp_path, find_keychain=without_keychain, now=NOW).serial


def test_an_unreadable_key_file_is_told(tmp_path: Path) -> None:
    in_files(tmp_path)
    key = tmp_path / "0001" / "key.pem"
    key.unlink()
    key.mkdir()  # unreadable even for root, who may read every file
    with pytest.raises(SigningError, match=r"key\.pem cannot be opened"):
        in_files(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SigningError, match=r"cannot be read; check|cannot be written"):
        in_files(tmp_path / "file" / "identity")


def test_in_a_keychain_the_key_is_in_no_file(tmp_path: Path) -> None:
    keychain = MemoryKeychain()
    signer = open_signer(tmp_path, find_keychain=lambda: keychain, now=NOW)
    assert open_signer(tmp_path, find_keychain=lambda: keychain, now=NOW).key == signer.key
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"PRIVATE" not in path.read_bytes()
    assert list(keychain.secrets.values()) == [signer.key.decode()]


@pytest.mark.parametrize("how", ["not there", "locked", "empty"])
def test_when_the_keychain_goes_away_a_new_certificate_signs(tmp_path: Path, how: str) -> None:
    keychain = MemoryKeychain()
    first = open_signer(tmp_path, find_keychain=lambda: keychain, now=NOW)
    keychain.gone = how == "locked"
    if how == "empty":
        keychain.secrets.clear()
    find = without_keychain if how == "not there" else lambda: keychain
    second = open_signer(tmp_path, find_keychain=find, now=NOW)
    assert "with a new certificate, whose key is in a file" in second.notice
    assert known_signers(tmp_path).serials == {first.serial, second.serial}
    assert open_signer(tmp_path, find_keychain=find, now=NOW).serial == second.serial


def test_a_keychain_that_takes_nothing_is_done_without(tmp_path: Path) -> None:
    keychain = MemoryKeychain()
    keychain.gone = True
    signer = open_signer(tmp_path, find_keychain=lambda: keychain, now=NOW)
    assert in_files(tmp_path).serial == signer.serial


def test_a_keychain_that_never_answers_costs_a_limited_time(tmp_path: Path) -> None:
    backend = SlowBackend()
    keychain = SystemKeychain(backend, limit=0.2)
    try:
        with pytest.raises(KeychainError, match="no answer within"):
            keychain.get("anything")
        assert open_signer(tmp_path, find_keychain=lambda: keychain, now=NOW).serial
    finally:
        backend.answered.set()


@pytest.mark.parametrize("backend", ["fail.Keyring", "null.Keyring"])
def test_backends_that_keep_nothing_do_not_count(
    monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    monkeypatch.delenv("MAQUETTE_HOME")
    previous = keyring.get_keyring()
    keyring.set_keyring(keyring.core.load_keyring(f"keyring.backends.{backend}"))
    try:
        assert system_keychain() is None
        keyring.set_keyring(SlowBackend())
        assert system_keychain() is None
    finally:
        keyring.set_keyring(previous)


def test_a_portable_installation_leaves_the_keychain_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: pytest.fail("asked"))
    assert "MAQUETTE_HOME" in os.environ
    assert system_keychain() is None


def test_what_a_crash_left_behind_is_removed_after_an_hour(tmp_path: Path) -> None:
    for name, age in ((".new-old", 7200), (".new-fresh", 10)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "chain.pem").touch()
        then = datetime.datetime.now().timestamp() - age
        os.utime(tmp_path / name, (then, then))
    in_files(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".new-fresh", "0001"]


def test_known_signers_leave_out_what_cannot_be_read(tmp_path: Path) -> None:
    assert known_signers(tmp_path / "nowhere").anchors == ""
    first = in_files(tmp_path)
    shutil.copytree(tmp_path / "0001", tmp_path / "0002")
    (tmp_path / "0002" / "root.pem").write_bytes(b"damaged")
    assert known_signers(tmp_path).serials == {first.serial}


def test_every_installation_has_its_own_number() -> None:
    assert issue_chain(NOW).installation != issue_chain(NOW).installation
