"""Signing with the user's own certificate: choosing it, and what can be wrong with its files."""

import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from maquette.core.errors import SigningError
from maquette.provenance.identity.certificates import Issued, issue_chain
from maquette.provenance.identity.opening import known_signers, open_signer
from maquette.provenance.identity.own_certificate import CertificateChoice
from maquette.provenance.identity.signer import Signer, certificates_of
from maquette.provenance.manifest.adopting import use_certificate, use_installation

NOW = datetime.datetime.now(datetime.UTC)
PASSWORD = "Pässwort 123"


@pytest.fixture
def issued() -> Issued:
    """A chain that somebody else issued to the user."""
    return issue_chain(NOW, datetime.timedelta(days=365))


@pytest.fixture
def choice(tmp_path: Path, issued: Issued) -> CertificateChoice:
    """Its files, the key encrypted with PASSWORD."""
    (tmp_path / "chain.pem").write_bytes(issued.chain)
    (tmp_path / "key.pem").write_bytes(
        issued.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    return CertificateChoice(
        chain_file=str(tmp_path / "chain.pem"), key_file=str(tmp_path / "key.pem")
    )


def choose(tmp_path: Path, choice: CertificateChoice, password: str = PASSWORD) -> Signer:
    return use_certificate(
        tmp_path / "identity",
        Path(choice.chain_file),
        Path(choice.key_file),
        password,
        find_keychain=lambda: None,
    )


def reopened(tmp_path: Path, now: datetime.datetime = NOW) -> Signer:
    return open_signer(tmp_path / "identity", find_keychain=lambda: None, now=now)


def test_a_chosen_certificate_signs_until_it_is_forgotten(
    tmp_path: Path, choice: CertificateChoice
) -> None:
    installation = reopened(tmp_path)
    chosen = choose(tmp_path, choice)
    assert chosen.own
    assert reopened(tmp_path).serial == chosen.serial != installation.serial
    assert use_installation(tmp_path / "identity", find_keychain=lambda: None) == installation
    assert reopened(tmp_path).serial == installation.serial
    assert known_signers(tmp_path / "identity").serials == {chosen.serial, installation.serial}


def test_the_password_is_kept_for_the_user_alone(tmp_path: Path, choice: CertificateChoice) -> None:
    choose(tmp_path, choice)
    kept = tmp_path / "identity" / "certificate-password"
    assert kept.stat().st_mode & 0o777 == 0o600
    use_installation(tmp_path / "identity", find_keychain=lambda: None)
    assert not kept.exists()


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("wrong", "The password of the key file is wrong"), ("", "The key file needs a password")],
)
def test_a_wrong_password_is_told_and_changes_nothing(
    tmp_path: Path, choice: CertificateChoice, password: str, sentence: str
) -> None:
    with pytest.raises(SigningError, match=sentence):
        choose(tmp_path, choice, password)
    assert not reopened(tmp_path).own


def test_a_key_file_that_goes_missing_is_told(tmp_path: Path, choice: CertificateChoice) -> None:
    choose(tmp_path, choice)
    Path(choice.key_file).unlink()
    with pytest.raises(SigningError, match=r"The file .*key\.pem is missing; put it back"):
        reopened(tmp_path)


def test_a_key_file_that_cannot_be_read_is_told(tmp_path: Path, choice: CertificateChoice) -> None:
    choose(tmp_path, choice)
    Path(choice.key_file).unlink()
    Path(choice.key_file).mkdir()
    with pytest.raises(SigningError, match=r"key\.pem cannot be read; check its permissions"):
        reopened(tmp_path)


def test_a_key_of_another_certificate_is_told(tmp_path: Path, choice: CertificateChoice) -> None:
    Path(choice.chain_file).write_bytes(issue_chain(NOW).chain)
    with pytest.raises(SigningError, match="The key does not belong to the certificate"):
        choose(tmp_path, choice)


@pytest.mark.parametrize(
    ("days", "sentence"), [(400, "certificate ran out on 20"), (-30, "certificate begins on 20")]
)
def test_a_certificate_that_is_not_valid_now_is_told(
    tmp_path: Path, choice: CertificateChoice, days: int, sentence: str
) -> None:
    choose(tmp_path, choice)
    with pytest.raises(SigningError, match=sentence):
        reopened(tmp_path, NOW + datetime.timedelta(days=days))


def test_a_certificate_that_may_not_sign_pictures_is_told_and_changes_nothing(
    tmp_path: Path, choice: CertificateChoice, issued: Issued
) -> None:
    name = certificates_of(issued.chain)[1].subject
    authority_key = issue_chain(NOW).key
    authority = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(authority_key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    Path(choice.chain_file).write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    Path(choice.key_file).write_bytes(
        authority_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    with pytest.raises(SigningError, match="does not have the form that C2PA asks for"):
        choose(tmp_path, choice, "")
    assert not reopened(tmp_path).own


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 100, b"-----BEGIN CERTIFICATE-----"])
@pytest.mark.parametrize("file", ["chain_file", "key_file"])
def test_files_of_another_kind_are_told(
    tmp_path: Path, choice: CertificateChoice, file: str, content: bytes
) -> None:
    Path(getattr(choice, file)).write_bytes(content)
    with pytest.raises(SigningError, match="choose"):
        choose(tmp_path, choice)


def test_a_file_far_too_large_is_not_read(tmp_path: Path, choice: CertificateChoice) -> None:
    Path(choice.key_file).write_bytes(b"x" * (2 << 20))
    with pytest.raises(SigningError, match="too large"):
        choose(tmp_path, choice)


def test_a_damaged_choice_is_told(tmp_path: Path, choice: CertificateChoice) -> None:
    choose(tmp_path, choice)
    (tmp_path / "identity" / "certificate.json").write_text("{")
    with pytest.raises(SigningError, match="is damaged; choose your certificate again"):
        reopened(tmp_path)
