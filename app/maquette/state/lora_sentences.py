"""What is said about LoRAs."""

from maquette.state.noop import QT_TRANSLATE_NOOP

LORA_SENTENCES = (
    # core.lora
    QT_TRANSLATE_NOOP(
        "messages", "At most %1 LoRAs can be used for one picture; please take some away."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The weight of a LoRA must be a number between %1 and %2, not %3."
    ),
    QT_TRANSLATE_NOOP("messages", "The LoRA %1 is there twice; please take one of them away."),
    # core.lora_headers
    QT_TRANSLATE_NOOP(
        "messages", "%1 is a control-LoRA, which steers by a picture and adds no style."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a LyCORIS network of another kind (LoHa, LoKr, OFT, GLoRA or IA3), which cannot be "
        "used here; please get a LoRA.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is made for a model of another kind; LoRAs for Stable Diffusion 1.x, 2.x, SDXL and the "
        "built-in model can be used.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is an embedding of words (textual inversion) and no LoRA."),
    QT_TRANSLATE_NOOP(
        "messages", "%1 is a control model; please add it in the settings under control models."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is no LoRA that can be used; those in the formats of kohya, diffusers and PEFT can.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is not a complete LoRA; please fetch it again."),
    # core.lora_models
    QT_TRANSLATE_NOOP("messages", "The LoRA's path cannot be read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not opened, because such files can run programs; please get the LoRA as "
        ".safetensors.",
    ),
    QT_TRANSLATE_NOOP("messages", "There is no LoRA at %1; please check the path."),
    QT_TRANSLATE_NOOP("messages", "%1 is no LoRA; they are .safetensors files."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The LoRA %1 is made for %2 and cannot be added to %3, which is the built-in model; "
        "choose one that is made for it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The LoRA %1 is made for %2 and cannot be added to %3, which is of the family %4; choose "
        "one that is made for it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The LoRA %1 of this recipe is not at hand; please add its file, or take it out of the "
        "stack.",
    ),
    # worker.lora_weights, worker.loras, worker.studio
    QT_TRANSLATE_NOOP(
        "messages",
        "The LoRA %1 cannot be loaded, because its file is damaged; please fetch it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The LoRA %1 fits nothing in %2; choose one that is made for it."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The LoRA %1 has weights that are no numbers (NaN), so its training or its download went "
        "wrong; please get another copy.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The LoRA %1 cannot be added to %2; please get another version of it."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "Of the LoRA %1, %2 of %3 keys were applied; %4 are unknown to this model."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is not enough memory to add these LoRAs to the model; please use fewer of them or "
        "close other programs.",
    ),
    # state.lora_shelf
    QT_TRANSLATE_NOOP("messages", "There is no LoRA in this folder; LoRAs are .safetensors files."),
    QT_TRANSLATE_NOOP("messages", "%1 LoRAs are on offer now."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is another file than the LoRA %2 of the stack; choose its own file, or take it out and "
        "add this one.",
    ),
)
