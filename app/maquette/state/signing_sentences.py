"""What signing pictures says, as `sentences` lists the rest."""

from maquette.state.noop import QT_TRANSLATE_NOOP

SIGNING_SENTENCES = (
    # provenance.manifest.signing
    QT_TRANSLATE_NOOP(
        "messages",
        "The timestamp authority did not answer as it should, so the picture was signed without "
        "a timestamp; check its address in the settings.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The manifest could not be signed; try again, or save without signing."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The start image's own manifest could not be kept in this picture, because that file is "
        "damaged or has too long a history; keep the start image beside it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing certificate is not valid on this computer's date; correct the clock, or "
        "change who signs (maquette identity).",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing certificate does not have the form that C2PA asks for (usage "
        "emailProtection or claimSigning, digitalSignature, no CA); change who signs (maquette "
        "identity).",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing key does not work with its certificate; change who signs (maquette identity).",
    ),
    # provenance.start_file
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is larger than %2 MiB, so a signed manifest in it is not kept in pictures made from "
        "it; keep the file beside them.",
    ),
    # provenance.identity.opening
    QT_TRANSLATE_NOOP(
        "messages",
        "The system's keychain does not give the signing key, so pictures are signed with a new "
        "certificate, whose key is in a file; those signed before still count as yours.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The system's keychain does not give the signing key; unlock it, or try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The signing certificate had run out and was followed by a new one."
    ),
    # provenance.identity.generations
    QT_TRANSLATE_NOOP("messages", "The folder %1 cannot be read; check its permissions."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing key cannot be written to %1; make room there, or make it writable.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing key %1 is missing; put it back, or run maquette identity --renew to make a "
        "new one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing key %1 cannot be opened; restore it, or run maquette identity --renew to "
        "make a new one.",
    ),
    # provenance.identity.signer
    QT_TRANSLATE_NOOP(
        "messages",
        "The key does not belong to the certificate; choose the two files that go together.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing certificate ran out on %1; choose a valid one, or correct this computer's "
        "clock.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This computer's clock says %1, but the signing certificate begins on %2; correct the "
        "clock.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The certificate file is damaged or not in PEM form; choose a PEM file with the signing "
        "certificate first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The file %1 is missing; put it back, or choose another certificate."
    ),
    QT_TRANSLATE_NOOP("messages", "The file %1 cannot be read; check its permissions."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The file %1 is too large for a certificate or a key; choose another one.",
    ),
    QT_TRANSLATE_NOOP("messages", "The key file needs a password; enter it with the certificate."),
    QT_TRANSLATE_NOOP("messages", "The password of the key file is wrong; enter it again."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The key file is damaged or not a private key in PEM form; choose another file.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This kind of key cannot sign manifests; choose ECDSA (P-256 to P-521), RSA or Ed25519.",
    ),
    QT_TRANSLATE_NOOP("messages", "This kind of certificate cannot sign; choose another one."),
    # provenance.identity.own_certificate
    QT_TRANSLATE_NOOP("messages", "The file %1 is damaged; choose your certificate again."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The choice cannot be written to %1; make room there, or make it writable.",
    ),
    QT_TRANSLATE_NOOP("messages", "The choice in %1 cannot be removed; make the folder writable."),
)
