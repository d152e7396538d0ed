"""What marking, signing and the ledger say, and the tables of the profiles."""

from maquette.state.noop import QT_TRANSLATE_NOOP

MARKING_SENTENCES = (
    # the window
    QT_TRANSLATE_NOOP(
        "messages", "There is no picture on the clipboard; copy one and paste again."
    ),
    QT_TRANSLATE_NOOP("messages", "The reports were saved as %1."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The reports could not be saved as %1 (%2); choose another folder or free some space.",
    ),
    # provenance.profiles
    QT_TRANSLATE_NOOP(
        "messages",
        "A visible label says in a corner that AI generated the picture, at least 5 % of the "
        "shortest side high",
    ),
    QT_TRANSLATE_NOOP("messages", "The file carries one implicit label, and only one"),
    QT_TRANSLATE_NOOP(
        "messages",
        "The implicit label names its kind, the producer and the picture's number",
    ),
    QT_TRANSLATE_NOOP("messages", "An invisible watermark is encouraged"),
    QT_TRANSLATE_NOOP("messages", "Other tools can read that AI made the picture"),
    QT_TRANSLATE_NOOP(
        "messages",
        "Digitally signed metadata says that AI generated or edited the picture",
    ),
    QT_TRANSLATE_NOOP("messages", "The signed metadata says when"),
    QT_TRANSLATE_NOOP("messages", "An imperceptible watermark is in the pixels"),
    QT_TRANSLATE_NOOP("messages", "What was made can be looked up"),
    QT_TRANSLATE_NOOP("messages", "The mark is machine-readable by a public standard"),
    QT_TRANSLATE_NOOP("messages", "The latent disclosure names the provider"),
    QT_TRANSLATE_NOOP("messages", "It names the generating system and its version"),
    QT_TRANSLATE_NOOP("messages", "It tells when the picture was made"),
    QT_TRANSLATE_NOOP("messages", "It holds a unique identifier"),
    QT_TRANSLATE_NOOP("messages", "The disclosure is permanent or hard to remove"),
    QT_TRANSLATE_NOOP("messages", "It follows widely accepted industry standards"),
    QT_TRANSLATE_NOOP("messages", "An invisible watermark names the record"),
    QT_TRANSLATE_NOOP("messages", "The file says that AI made the picture"),
    QT_TRANSLATE_NOOP("messages", "GB 45438-2025, 5.2"),
    QT_TRANSLATE_NOOP("messages", "GB 45438-2025, 6 and annex E"),
    QT_TRANSLATE_NOOP("messages", "GB 45438-2025, annex E"),
    QT_TRANSLATE_NOOP("messages", "Labeling Measures, Article 5"),
    QT_TRANSLATE_NOOP("messages", "IPTC Photo Metadata 2025.1, Digital Source Type"),
    QT_TRANSLATE_NOOP("messages", "AI Act, Article 50(2); Code of Practice, 1.1.1"),
    QT_TRANSLATE_NOOP("messages", "Code of Practice, 1.1.1"),
    QT_TRANSLATE_NOOP("messages", "AI Act, Article 50(2); Code of Practice, 1.1.2"),
    QT_TRANSLATE_NOOP("messages", "Code of Practice, 1.1.3 (optional)"),
    QT_TRANSLATE_NOOP(
        "messages",
        "AI Act, Article 50(2); IPTC Photo Metadata 2025.1, Digital Source Type",
    ),
    QT_TRANSLATE_NOOP("messages", "SB 942, section 22757.3(a)"),
    QT_TRANSLATE_NOOP("messages", "Maquette: no file is without it"),
    # provenance: pixel_marks, read_back, export
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture's own colour profile cannot be used, so its colours were taken to be sRGB.",
    ),
    QT_TRANSLATE_NOOP("messages", "The picture was saved without a readable AI label."),
    QT_TRANSLATE_NOOP("messages", "The picture was saved without a readable recipe."),
    QT_TRANSLATE_NOOP("messages", "The picture was saved without a readable AIGC label."),
    QT_TRANSLATE_NOOP("messages", "The picture was saved without a legible visible label."),
    QT_TRANSLATE_NOOP("messages", "The picture was saved without a readable extra mark."),
    QT_TRANSLATE_NOOP("messages", "The picture was saved without a signed manifest."),
    QT_TRANSLATE_NOOP("messages", "The picture was saved without a readable invisible watermark."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The extra mark was left out, since it would have covered the watermark.",
    ),
    QT_TRANSLATE_NOOP("messages", "The picture is too small for the visible label."),
    QT_TRANSLATE_NOOP(
        "messages", "The picture changed while it was encoded; please make it again."
    ),
    QT_TRANSLATE_NOOP("messages", "This picture holds no invisible watermark."),
    QT_TRANSLATE_NOOP(
        "messages",
        "A picture smaller than %1 x %2 pixels cannot carry the invisible watermark.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The extra mark rivaGan needs invisible-watermark and onnxruntime; install them with "
        "pip install maquette[extra-marks].",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A %1 file can be at most %2 pixels wide or high; choose a smaller size or PNG.",
    ),
    QT_TRANSLATE_NOOP("messages", "The quality must be between 1 and 100, not %1."),
    # library.ledger
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger could not be written (%1), so the picture was not kept; check the disk "
        "and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger has a row that cannot be read; run maquette doctor to see which.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger could not be written (%1); check the disk and try again.",
    ),
)
