"""SignerInfo: who signs on this machine, as the window shows it. No key, no certificate."""

import msgspec


class SignerInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`valid_until` is ISO 8601; `own` says that the certificate is the user's own.

    `notice` is "" or one sentence, for example that the keychain could not be used.
    """

    common_name: str
    organisation: str
    valid_until: str
    own: bool = False
    notice: str = ""
