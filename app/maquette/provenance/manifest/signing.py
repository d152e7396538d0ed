"""Signing: a finished file gets its manifest, as the last thing that is written into it."""

import io
import json
import threading
from urllib.parse import urlsplit

import msgspec
from c2pa import Builder, C2paError, C2paSignerInfo
from c2pa import Signer as NativeSigner

from maquette.core.errors import SigningError
from maquette.core.marking import FileFormat
from maquette.provenance.identity.signer import Signer
from maquette.provenance.manifest.claim import ManifestClaim, Parent
from maquette.provenance.manifest.context import make_context
from maquette.provenance.manifest.definition import (
    PARENT_STORE,
    definition_of,
    parent_definition,
)
from maquette.provenance.manifest.timestamps import Timestamps

TIMESTAMP_LIMIT = 5.0  # seconds
MAX_MANIFEST = 1 << 20  # bytes; a parent's manifest brings along those of its own parents


class Signed(msgspec.Struct, frozen=True):
    """`file` with its manifest inside, the same `manifest` as bytes, sentences for the user.

    The first of these is what the signer has to tell, if anything.
    """

    file: bytes
    manifest: bytes
    notices: tuple[str, ...] = ()


class _ParentRefused(Exception):
    """c2pa does not take the parent, or its manifests are too large."""


def sign(
    file: bytes,
    file_format: FileFormat,
    claim: ManifestClaim,
    signer: Signer,
    *,
    timestamp_url: str = "",
    timestamp_limit: float = TIMESTAMP_LIMIT,
    timestamps: Timestamps | None = None,
) -> Signed:
    """Put the signed manifest of `claim` into `file`. Any later change of the file breaks it.

    The manifest is verified before it is handed out. A timestamp that cannot be had, and a parent
    whose manifest cannot be kept, cost a notice each.

    What c2pa can parse of a parent's manifest is kept even if it does not hold, with C2PA's codes
    that say so: the tampering happened before, and is part of the history. What it cannot parse
    cannot be put into a manifest.

    Args:
        timestamp_url: the authority that is asked for a timestamp, "" for none.
        timestamp_limit: seconds that it may take.
        timestamps: knows which authorities fail; these are not asked again for some minutes, and
            the notice comes once.

    Raises:
        SigningError: the manifest could not be signed; the message says what to do.
    """
    media_type = file_format.media_type
    timestamps = timestamps or Timestamps()
    if not timestamp_url or not timestamps.may_ask(timestamp_url):
        return _sign_with_parent(file, media_type, claim, signer, None)
    signed = _sign_in_time(file, media_type, claim, signer, timestamp_url, timestamp_limit)
    if signed is not None:
        timestamps.answered(timestamp_url)
        return signed
    signed = _sign_with_parent(file, media_type, claim, signer, None)
    if not timestamps.failed(timestamp_url):
        return signed
    notice = (
        "The timestamp authority did not answer as it should, so the picture was signed without "
        "a timestamp; check its address in the settings."
    )
    return msgspec.structs.replace(signed, notices=(*signed.notices, notice))


def _sign_in_time(
    file: bytes, media_type: str, claim: ManifestClaim, signer: Signer, url: str, limit: float
) -> Signed | None:
    """With a timestamp by the authority at `url`, None if that fails or takes too long.

    It runs in a thread that is left behind then: c2pa gives up by itself, but only after 30 s.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    results: list[Signed] = []

    def run() -> None:
        try:
            results.append(_sign_with_parent(file, media_type, claim, signer, url))
        except SigningError:
            return  # signing without a timestamp tells what is wrong, if it was not the timestamp

    thread = threading.Thread(target=run, name="timestamp", daemon=True)
    thread.start()
    thread.join(limit)
    return results[0] if results else None


def _sign_with_parent(
    file: bytes, media_type: str, claim: ManifestClaim, signer: Signer, url: str | None
) -> Signed:
    try:
        return _sign(file, media_type, claim, signer, url)
    except _ParentRefused:
        signed = _sign(file, media_type, msgspec.structs.replace(claim, parent=None), signer, url)
        notice = (
            "The start image's own manifest could not be kept in this picture, because that file "
            "is damaged or has too long a history; keep the start image beside it."
        )
        return msgspec.structs.replace(signed, notices=(*signed.notices, notice))


def _sign(
    file: bytes, media_type: str, claim: ManifestClaim, signer: Signer, url: str | None
) -> Signed:
    """Raises SigningError, or _ParentRefused where `claim` has a parent."""
    output = io.BytesIO()
    info = C2paSignerInfo(signer.algorithm.value, signer.chain, signer.key, url)
    try:
        with (
            make_context() as context,
            NativeSigner.from_info(info) as native,
            Builder(json.dumps(definition_of(claim)), context) as builder,
        ):
            if isinstance(claim.parent, Parent):
                ingredient = json.dumps(parent_definition(claim))
                stream = io.BytesIO(claim.parent.file)
                builder.add_ingredient(ingredient, claim.parent.media_type, stream)
            elif claim.parent is not None:
                builder.add_resource(PARENT_STORE, io.BytesIO(claim.parent.store))
            manifest = builder.sign(native, media_type, io.BytesIO(file), output)
    except C2paError as error:
        if claim.parent is not None:
            raise _ParentRefused from error  # or something else, which shows without the parent
        raise _explained(str(error)) from error
    if claim.parent is not None and len(manifest) > MAX_MANIFEST:
        raise _ParentRefused
    return Signed(output.getvalue(), manifest, (signer.notice,) if signer.notice else ())


def _explained(words: str) -> SigningError:
    """What c2pa's `words` mean for the user."""
    if "not valid at time of signing" in words:
        return SigningError(
            "The signing certificate is not valid on this computer's date; correct the clock, or "
            "change who signs (maquette identity).",
            words,
        )
    if "certificate" in words:
        return SigningError(
            "The signing certificate does not have the form that C2PA asks for (usage "
            "emailProtection or claimSigning, digitalSignature, no CA); change who signs "
            "(maquette identity).",
            words,
        )
    if "private key" in words or "signature" in words:
        return SigningError(
            "The signing key does not work with its certificate; change who signs "
            "(maquette identity).",
            words,
        )
    return SigningError(
        "The manifest could not be signed; try again, or save without signing.", words
    )
