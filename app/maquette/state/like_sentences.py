"""What is said about style images."""

from maquette.state.noop import QT_TRANSLATE_NOOP

LIKE_SENTENCES = (
    # core.style_image
    QT_TRANSLATE_NOOP(
        "messages", "The strength of a style image must be a number between 0 and 1, not %1."
    ),
    # engine.pending
    QT_TRANSLATE_NOOP(
        "messages",
        "A style image of this picture is missing or of another size; please choose it again.",
    ),
    # worker.received
    QT_TRANSLATE_NOOP(
        "messages",
        "An image of this picture is missing or of another size; please choose it again.",
    ),
    # library.queue.images
    QT_TRANSLATE_NOOP(
        "messages",
        "The style image of this picture is not at hand any more; please choose it again.",
    ),
    # state.likes, state.commands
    QT_TRANSLATE_NOOP(
        "messages",
        "The style image of this picture is not at hand any more; choose it again to get the same "
        "result.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The style image of this picture is not at hand any more; choose it again and press "
        "Generate.",
    ),
)
