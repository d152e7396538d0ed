"""Signer: a private key with its certificate chain, ready to sign."""

from collections.abc import Callable
from enum import StrEnum

import msgspec


class Algorithm(StrEnum):
    """Signature algorithms of C2PA that we sign with; ES256 is our own choice."""

    ES256 = "es256"
    ES384 = "es384"
    ES512 = "es512"
    PS256 = "ps256"
    ED25519 = "ed25519"


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs. `chain` is PEM, leaf first, without the root; `sign` signs bytes with the key.

    `notice` is "" or one sentence for the user, for example that the keychain could not be used.
    """

    chain: str
    algorithm: Algorithm
    sign: Callable[[bytes], bytes]
    common_name: str
    organisation: str
    notice: str = ""
