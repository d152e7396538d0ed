"""The settings under which c2pa signs and reads: no network, no thumbnails, known key usages."""

from c2pa import Context

# Extended key usages that C2PA accepts in signing certificates. Those that c2pa has built in leave
# out the one that certificates of the C2PA conformance programme carry (the last).
_KEY_USAGES = (
    "1.3.6.1.5.5.7.3.4",  # id-kp-emailProtection
    "1.3.6.1.5.5.7.3.36",  # id-kp-documentSigning
    "1.3.6.1.5.5.7.3.8",  # id-kp-timeStamping
    "1.3.6.1.5.5.7.3.9",  # id-kp-OCSPSigning
    "1.3.6.1.4.1.62558.2.1",  # c2pa-kp-claimSigning
)


def make_context(anchors: str = "") -> Context:
    """A context that trusts the certificates in `anchors` (PEM) and asks no server for anything."""
    return Context.from_dict(
        {
            "builder": {"thumbnail": {"enabled": False}},
            "trust": {
                "trust_config": "\n".join(_KEY_USAGES),
                **({"user_anchors": anchors} if anchors else {}),
            },
            "verify": {
                "verify_after_sign": True,
                "remote_manifest_fetch": False,
                "ocsp_fetch": False,
            },
        }
    )
