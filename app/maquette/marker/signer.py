"""Who signs, asked for and changed; the key stays in this process."""

import os
from pathlib import Path

from maquette.core.signer_info import SignerInfo
from maquette.protocol.marker_messages import AskSigner, IdentityRequest, UseCertificate
from maquette.provenance.identity.opening import identity_folder, open_signer
from maquette.provenance.manifest.adopting import use_certificate, use_installation


def signer_after(request: IdentityRequest) -> SignerInfo:
    """Who signs once `request` is done. Raises SigningError: nothing is changed."""
    folder = identity_folder()
    if isinstance(request, UseCertificate):
        chain, key = (Path(os.fsdecode(path)) for path in (request.chain, request.key))
        signer = use_certificate(folder, chain, key, request.password)
    elif isinstance(request, AskSigner):
        signer = open_signer(folder)
    else:
        signer = use_installation(folder)
    return SignerInfo(
        common_name=signer.common_name,
        organisation=signer.organisation,
        valid_until=signer.valid_until.isoformat(timespec="seconds"),
        own=signer.own,
        notice=signer.notice,
    )
