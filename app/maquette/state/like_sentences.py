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
    # core.ip_adapters
    QT_TRANSLATE_NOOP("messages", "The IP-Adapter's path cannot be read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not opened, because such files can run programs; please get the IP-Adapter as "
        ".safetensors.",
    ),
    QT_TRANSLATE_NOOP("messages", "There is no IP-Adapter at %1; please check the path."),
    QT_TRANSLATE_NOOP("messages", "%1 is no IP-Adapter; they are .safetensors files."),
    QT_TRANSLATE_NOOP("messages", "%1 is no IP-Adapter; please choose another file."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is an IP-Adapter of another kind (Plus, Full Face or FaceID), which cannot be used "
        "here; please get the plain one.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is not a complete IP-Adapter; please fetch it again."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The image encoder of %1 is missing; please put its folder image_encoder beside the file.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The image encoder beside %1 is another one than it was made for; please fetch the folder "
        "image_encoder that belongs to it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The image encoder of %1 has no model.safetensors; please fetch its folder again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The image encoder of %1 cannot be used (it must be a CLIPVisionModelWithProjection of "
        "usual size); please fetch its folder again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The IP-Adapter %1 is made for %2 and cannot be used with %3; choose another way for the "
        "style image.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The IP-Adapter %1 of this recipe is not at hand with its image encoder; please add it, or "
        "choose another way for the style image.",
    ),
    # core.lora_headers
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is an IP-Adapter for style images; please add it in the settings under IP-Adapters.",
    ),
    # worker.ip_adapter, worker.studio
    QT_TRANSLATE_NOOP(
        "messages",
        "The IP-Adapter %1 cannot be loaded, because its file is damaged; please fetch it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The IP-Adapter %1 has weights that are no numbers (NaN), so its training or its download "
        "went wrong; please get another copy.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The IP-Adapter %1 is made for another %2 model than %3; choose another way for the style "
        "image.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The image encoder of %1 cannot be loaded, because its files do not fit together; please "
        "fetch its folder again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The image encoder of %1 has weights that are no numbers (NaN); please fetch its folder "
        "again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is not enough memory for the IP-Adapter of the style image; please close other "
        "programs or choose another way for the style image.",
    ),
    # state.adapter_shelf
    QT_TRANSLATE_NOOP(
        "messages", "There is no IP-Adapter in this folder; they are .safetensors files."
    ),
    QT_TRANSLATE_NOOP("messages", "Style images can be taken over with %1 now."),
)
