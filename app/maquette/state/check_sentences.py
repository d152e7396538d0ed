"""What checking and exporting pictures say, as `sentences` lists the rest."""

from maquette.state.noop import QT_TRANSLATE_NOOP

CHECK_SENTENCES = (
    # provenance.verify.verdicts
    QT_TRANSLATE_NOOP(
        "messages",
        "The marks of this file name different pictures (%1), so they are not all its own.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Not changed since it was signed, but not by this installation: another Maquette, or "
        "somebody who only says so, signed it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Not changed since it was signed by %1; nobody vouches here for who that is.",
    ),
    QT_TRANSLATE_NOOP("messages", "Not changed since it was signed; the signer is not named."),
    QT_TRANSLATE_NOOP(
        "messages",
        "Not changed since it was signed by %1, but the certificate is not valid now and no "
        "timestamp says when that was.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Not changed since it was signed, but the certificate is not valid now and no timestamp"
        " says when that was.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This is your picture %1, exactly as it was saved; it was not signed.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The watermark names your picture %1; this is too small or too plain a part to tell"
        " whether it looks like it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The watermark names your picture %1; what the ledger kept of that picture was erased, so"
        " nothing is left to compare this one with.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This is your picture %1: its watermark and its looks agree with the ledger; its signed"
        " manifest and its labels were removed.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This is your picture %1: its watermark and its looks agree with the ledger; its signed"
        " manifest was removed.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This is your picture %1: its watermark and its looks agree with the ledger; its labels"
        " were removed.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This is your picture %1: its watermark and its looks agree with the ledger.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The texts name your picture %1, and it looks like it; its watermark was not found.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The texts say that this is Maquette's picture %1; nothing in the picture itself "
        "confirms it.",
    ),
    QT_TRANSLATE_NOOP("messages", "Signed by Maquette on this computer, and not changed since."),
    QT_TRANSLATE_NOOP("messages", "Signed by %1, whom you trust, and not changed since."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The watermark names your picture %1, but this is another picture: the mark was lifted "
        "off it and put here.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The texts name your picture %1, but this is another picture: they were copied from it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Made with Maquette: the watermark names picture %1, which the ledger of this "
        "installation does not know.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Its pixels are exactly those of your picture %1, which was saved without a watermark "
        "that can be read.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Bears the invisible mark that %1 writes, and no mark of Maquette.",
    ),
    QT_TRANSLATE_NOOP("messages", "Looks like your picture %1, but carries none of its marks."),
    QT_TRANSLATE_NOOP(
        "messages",
        "Its metadata says that it was made with AI by %1; anybody can write or remove that.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Its metadata says that it was made with AI; anybody can write or remove that.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Carries the recipe of an image generator; anybody can write or remove that.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "No marks were found; this does not mean that it was not made by AI.",
    ),
    # provenance.verify.weighing
    QT_TRANSLATE_NOOP("messages", "This file was changed after it was signed."),
    QT_TRANSLATE_NOOP("messages", "The signed statements of this file were changed."),
    QT_TRANSLATE_NOOP("messages", "The signature of this file does not fit what it signs."),
    QT_TRANSLATE_NOOP("messages", "The signed manifest of this file is damaged."),
    QT_TRANSLATE_NOOP("messages", "The signed manifest of this file does not hold."),
    # provenance.verify.evidence
    QT_TRANSLATE_NOOP("messages", "The signed manifest was removed."),
    QT_TRANSLATE_NOOP("messages", "There is no signed manifest."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture looks different from the one that was signed (%1 of 64 bits differ): the "
        "manifest was probably moved here from another file.",
    ),
    QT_TRANSLATE_NOOP("messages", "It states that AI made the picture."),
    QT_TRANSLATE_NOOP("messages", "It was made from a picture that was signed as %1."),
    QT_TRANSLATE_NOOP(
        "messages",
        "It was made from a picture signed as %1, but its signature does not hold.",
    ),
    QT_TRANSLATE_NOOP("messages", "It was made from picture %1."),
    QT_TRANSLATE_NOOP("messages", "It was made from another picture."),
    QT_TRANSLATE_NOOP("messages", "Labelled as made with AI by %1."),
    QT_TRANSLATE_NOOP("messages", "Labelled as made with AI."),
    QT_TRANSLATE_NOOP("messages", "The label says that its origin is %1."),
    QT_TRANSLATE_NOOP("messages", "The AI label was removed."),
    QT_TRANSLATE_NOOP("messages", "There is no AI label."),
    QT_TRANSLATE_NOOP(
        "messages",
        "This file holds more than one picture; only the first was checked.",
    ),
    QT_TRANSLATE_NOOP("messages", "Maquette's text of picture %1 is there, with its recipe."),
    QT_TRANSLATE_NOOP("messages", "Maquette's text of picture %1 is there, without its recipe."),
    QT_TRANSLATE_NOOP("messages", "It carries a text of %1."),
    QT_TRANSLATE_NOOP("messages", "It carries the recipe of an image generator."),
    QT_TRANSLATE_NOOP("messages", "There is no recipe in this file."),
    QT_TRANSLATE_NOOP("messages", "There is no recipe."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The watermark names picture %1; by chance that happens in less than one of 10^%2 "
        "pictures.",
    ),
    QT_TRANSLATE_NOOP("messages", "The texts name another picture: %1."),
    QT_TRANSLATE_NOOP("messages", "The watermark that this picture had was not found."),
    QT_TRANSLATE_NOOP("messages", "No watermark was found; pictures below 256 pixels have none."),
    QT_TRANSLATE_NOOP("messages", "No watermark of Maquette was found."),
    QT_TRANSLATE_NOOP("messages", "The texts name different pictures: %1."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger has exactly this file: picture %1, saved on %2 with %3.",
    ),
    QT_TRANSLATE_NOOP("messages", "The ledger knows picture %1, saved on %2 with %3."),
    QT_TRANSLATE_NOOP("messages", "The ledger of this installation does not know %1."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger has kept the manifest that was signed with the original on %1.",
    ),
    QT_TRANSLATE_NOOP("messages", "The ledger has kept the signed manifest that the original had."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger has kept the original's signed manifest, but it does not hold now.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Whether it looks like the picture that was saved cannot be told (%1 of 64 bits of the"
        " perceptual hash differ).",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "It does not look like the picture that was saved (%1 of 64 bits of the perceptual hash"
        " differ).",
    ),
    QT_TRANSLATE_NOOP("messages", "It looks like a part of the picture that was saved."),
    QT_TRANSLATE_NOOP("messages", "The picture that was saved is in it, with something around it."),
    QT_TRANSLATE_NOOP(
        "messages",
        "It looks like the picture that was saved (%1 of 64 bits of the perceptual hash differ).",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "It looks like picture %1 (%2 of 64 bits of the perceptual hash differ).",
    ),
    QT_TRANSLATE_NOOP("messages", "Its pixels are exactly those of picture %1."),
    QT_TRANSLATE_NOOP("messages", "A second invisible mark (%1) names picture %2."),
    QT_TRANSLATE_NOOP("messages", "It bears the invisible mark (%1) that %2 writes."),
    QT_TRANSLATE_NOOP("messages", "No invisible mark of another program was found."),
    # provenance.verify.history
    QT_TRANSLATE_NOOP("messages", "It was turned by 90° to the left."),
    QT_TRANSLATE_NOOP("messages", "It was turned by 180°."),
    QT_TRANSLATE_NOOP("messages", "It was turned by 90° to the right."),
    QT_TRANSLATE_NOOP("messages", "It is a part of the picture."),
    QT_TRANSLATE_NOOP("messages", "It was saved as JPEG at a quality of about %1."),
    QT_TRANSLATE_NOOP("messages", "It was stretched to %1 in width and %2 in height."),
    QT_TRANSLATE_NOOP("messages", "It was scaled to %1."),
    QT_TRANSLATE_NOOP("messages", "It was mirrored."),
    QT_TRANSLATE_NOOP("messages", "It was rotated by %1° to the left."),
    QT_TRANSLATE_NOOP("messages", "It was rotated by %1° to the right."),
    QT_TRANSLATE_NOOP("messages", "About %1 is missing on the left."),
    QT_TRANSLATE_NOOP("messages", "About %1 is missing at the top."),
    QT_TRANSLATE_NOOP("messages", "About %1 is missing on the right."),
    QT_TRANSLATE_NOOP("messages", "About %1 is missing at the bottom."),
    # marker.checker
    QT_TRANSLATE_NOOP("messages", "%1 is a folder; name an image file."),
    QT_TRANSLATE_NOOP("messages", "There is no file %1."),
    QT_TRANSLATE_NOOP("messages", "%1 is no ordinary file; name an image file."),
    QT_TRANSLATE_NOOP("messages", "This file is larger than %1 MiB and was not read."),
    QT_TRANSLATE_NOOP("messages", "The file %1 cannot be opened."),
    # marker.loop
    QT_TRANSLATE_NOOP(
        "messages",
        "There is not enough memory to read this picture; close other programs first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Something unexpected went wrong with this picture; the log has the details.",
    ),
    QT_TRANSLATE_NOOP("messages", "No file was sent; please try again."),
    # engine.marker
    QT_TRANSLATE_NOOP("messages", "The check was cancelled."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The process that checks pictures cannot be started; please run the set-up again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Reading this file took longer than %1 seconds and was given up; the file may be damaged.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The process that checks pictures is of another version (%1) than the window (%2); "
        "please close Maquette and start it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Reading this file was ended by the system, most likely because memory ran out; other "
        "files can be read as before.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Reading this file ended unexpectedly (exit status %1); other files can be read as before.",
    ),
    # provenance.manifest.reading
    QT_TRANSLATE_NOOP(
        "messages",
        "Valid, signed by this installation; the signer is not publicly trusted.",
    ),
    QT_TRANSLATE_NOOP("messages", "Valid, signed by a trusted signer."),
    QT_TRANSLATE_NOOP(
        "messages",
        "Valid, but the signer is not known here, and anybody can sign under any name.",
    ),
    QT_TRANSLATE_NOOP("messages", "Not valid: the manifest does not hold."),
    QT_TRANSLATE_NOOP("messages", "The manifest of this file is on a server, which was not asked."),
    # provenance.manifest.validation
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture or its texts were changed after signing, or the manifest was moved here "
        "from another file.",
    ),
    QT_TRANSLATE_NOOP("messages", "A statement in the manifest was changed after signing."),
    QT_TRANSLATE_NOOP("messages", "The signature does not fit the manifest."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing certificate has run out, and no trusted timestamp shows that it was valid "
        "when the picture was signed.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The signing certificate begins later than this computer's date; check the clock.",
    ),
    QT_TRANSLATE_NOOP("messages", "The signing certificate is not fit for signing pictures."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The manifest of something that went into the picture does not hold.",
    ),
    QT_TRANSLATE_NOOP("messages", "The manifest is damaged and cannot be read."),
    QT_TRANSLATE_NOOP("messages", "The manifest breaks a rule of C2PA."),
    # provenance.metadata
    QT_TRANSLATE_NOOP(
        "messages",
        "This image has %1 x %2 pixels, more than the %3 that are read; make it smaller first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This image has too many pixels to be read; make it smaller first.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This file is not a PNG, JPEG, WebP, AVIF or TIFF image, or its beginning is damaged.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This image is damaged and cannot be read; try another copy of it.",
    ),
    QT_TRANSLATE_NOOP("messages", "The recipe text of this file is too long and was not read."),
    QT_TRANSLATE_NOOP("messages", "The EXIF of this file is damaged and was not read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "This file has %1 AIGC labels, of which GB 45438-2025 allows one.",
    ),
    QT_TRANSLATE_NOOP("messages", "The Maquette record of this file is too long and was not read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The Maquette record of this file is damaged or of a newer version and was not read.",
    ),
    # provenance.xmp
    QT_TRANSLATE_NOOP("messages", "The XMP of this file is too long and was not read."),
    QT_TRANSLATE_NOOP("messages", "The XMP of this file declares entities and was not read."),
    QT_TRANSLATE_NOOP("messages", "The XMP of this file is damaged and was not read."),
    # provenance.aigc
    QT_TRANSLATE_NOOP("messages", "The AIGC label of this file is too long and was not read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The AIGC label of this file is not as GB 45438-2025 asks and was not read.",
    ),
    # provenance.export
    QT_TRANSLATE_NOOP("messages", "This file is the picture %1, not %2; choose the picture again."),
    QT_TRANSLATE_NOOP("messages", "The longest side must be at least 1 pixel."),
    QT_TRANSLATE_NOOP(
        "messages",
        "A picture of %1 x %2 pixels is too large; choose a smaller size.",
    ),
)
