"""Signers, claims and signed files that the tests of the manifests share."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from maquette.core.ledger_entry import Ingredient
from maquette.core.marking import FileFormat
from maquette.core.pixels import Pixels
from maquette.core.record import SourceType
from maquette.provenance.identity.opening import known_signers, open_signer
from maquette.provenance.identity.signer import KnownSigners, Signer
from maquette.provenance.manifest.claim import ManifestClaim
from maquette.provenance.manifest.signing import Signed, sign


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one installation's identity."""
    return tmp_path_factory.mktemp("identity")


@pytest.fixture(scope="session")
def signer(identity: Path) -> Signer:
    """That installation's signer."""
    return open_signer(identity, find_keychain=lambda: None)


@pytest.fixture(scope="session")
def known(identity: Path, signer: Signer) -> KnownSigners:
    """Whom that installation knows as itself."""
    del signer
    return known_signers(identity)


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """The signer of another installation."""
    return open_signer(tmp_path_factory.mktemp("stranger"), find_keychain=lambda: None)


@pytest.fixture(scope="session")
def claim() -> ManifestClaim:
    """A picture made from a prompt and a sketch, with a LoRA, by a model in someone's home."""
    return ManifestClaim(
        record_id="7F3A91C2",
        created="2026-11-22T04:00:00+00:00",
        tool="Maquette",
        tool_version="0.4.0",
        source_type=SourceType.GENERATED,
        width=256,
        height=256,
        watermarked=True,
        ingredients=(
            Ingredient(role="model", digest="ab" * 32, name="/home/someone/fancy.safetensors"),
            Ingredient(role="lora", digest="cd" * 32, name="someone's style"),
            Ingredient(role="sketch", digest="ef" * 32, name="sketch of my house.png"),
        ),
        prompt_sha256="12" * 32,
        perceptual_hash="0123456789abcdef",
    )


def encoded(pixels: Pixels, file_format: FileFormat) -> bytes:
    """`pixels` as a file without any mark."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, file_format.value.upper())
    return buffer.getvalue()


@pytest.fixture(scope="session")
def encode() -> Callable[[Pixels, FileFormat], bytes]:
    """(pixels, format) to a file without any mark."""
    return encoded


@pytest.fixture(scope="session")
def signed(scene: Pixels, signer: Signer, claim: ManifestClaim) -> dict[FileFormat, Signed]:
    """The scene, signed in each format."""
    return {
        file_format: sign(encoded(scene, file_format), file_format, claim, signer)
        for file_format in FileFormat
    }


@pytest.fixture(scope="session")
def day() -> datetime.timedelta:
    """One day."""
    return datetime.timedelta(days=1)
