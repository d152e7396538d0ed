"""What is said about control models, and about sketches that pictures are made from."""

from maquette.state.noop import QT_TRANSLATE_NOOP

CONTROL_SENTENCES = (
    # core.control_models
    QT_TRANSLATE_NOOP("messages", "The control model's path cannot be read."),
    QT_TRANSLATE_NOOP("messages", "There is no control model at %1; please check the path."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The control model %1 is made for %2 and cannot steer %3, which is the built-in model; "
        "choose one that is made for it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The control model %1 is made for %2 and cannot steer %3, which is of the family %4; "
        "choose one that is made for it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is incomplete: its weights (%2) are missing; please fetch the control model again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is no control model that can be used (%2); ControlNets and T2I-Adapters for Stable "
        "Diffusion 1.x, 2.x and SDXL can.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not opened, because such model files can run programs; please get the control "
        "model as .safetensors, or convert it.",
    ),
    # core.control_headers
    QT_TRANSLATE_NOOP("messages", "%1 is not a complete control model; please fetch it again."),
    QT_TRANSLATE_NOOP("messages", "%1 is a light T2I-Adapter; please get the full one."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is no control model that can be used; ControlNets and T2I-Adapters for Stable "
        "Diffusion 1.x, 2.x and SDXL can.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 takes more than a picture to steer by, which cannot be given here; please get a "
        "ControlNet for sketches, edges, depth, normals or colours.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a T2I-Adapter for a model of another kind; Stable Diffusion 1.x and SDXL can be "
        "steered.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is made for a model of another kind; Stable Diffusion 1.x, 2.x and SDXL can be "
        "steered.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a control-LoRA, which holds only what differs from the base model; please get the "
        "full ControlNet.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a ControlNet-LLLite, which cannot be used here; please get the full ControlNet.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a union of many ControlNets, which cannot be used here; please get the one for a "
        "kind.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is made for moving pictures, which cannot be made here.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is an IP-Adapter, which takes over looks and not lines; please get a ControlNet.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is a whole model; please add it among the models."),
    # worker.control_models
    QT_TRANSLATE_NOOP(
        "messages",
        "The control model %1 cannot be loaded, because its files do not fit together; please "
        "fetch it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 cannot follow a sketch by itself; please choose a control model for it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is incomplete: its network for sketches cannot be loaded; please fetch the model "
        "again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The control model %1 is made for another %2 model than %3; choose one that is made for "
        "it.",
    ),
    # core.control, core.recipe
    QT_TRANSLATE_NOOP(
        "messages", "The scale of a control must be a number between %1 and %2, not %3."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The begin of a control must be a number between %1 and %2, not %3."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The end of a control must be a number between %1 and %2, not %3."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The guidance of a control must be a number between %1 and %2, not %3."
    ),
    QT_TRANSLATE_NOOP("messages", "A control must begin before it ends."),
    QT_TRANSLATE_NOOP("messages", "At most %1 controls can steer one picture."),
    QT_TRANSLATE_NOOP(
        "messages", "A locked region needs the picture that it is part of; please start from one."
    ),
    # worker.controls, worker.received, worker.studio
    QT_TRANSLATE_NOOP(
        "messages",
        "This model cannot be steered by a sketch; please add a control model that fits it, "
        "or choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This model cannot be steered by a picture of edges; please add a control model that fits "
        "it, or choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This model cannot be steered by a depth image; please add a control model that fits it, "
        "or choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This model cannot be steered by a normal map; please add a control model that fits it, "
        "or choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The sketch was left out, because this model cannot be steered by one."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture of edges was left out, because this model cannot be steered by one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The depth image was left out, because this model cannot be steered by one."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The normal map was left out, because this model cannot be steered by one."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There was no guidance by outlines, because the model's decoder or the picture is too "
        "large for it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The colour layout was left out, because the picture starts from another image."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The start image does not have the size of the picture to be made; please choose it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is not enough memory to load the control model too; please use fewer of them or "
        "close other programs.",
    ),
    # engine.live_calls, engine.pending, marker.comparing
    QT_TRANSLATE_NOOP("messages", "The worker sent no picture; please try again."),
    QT_TRANSLATE_NOOP(
        "messages", "The picture or its sketch was not sent whole; please try again."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture is not of the size of its sketch any more, so they cannot be compared.",
    ),
    # library.queue.images, engine.pending
    QT_TRANSLATE_NOOP(
        "messages", "The sketch of a job is damaged in the queue; make that job anew."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A sketch or map is not of the picture's size; please choose it again."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The sketch of this picture is not at hand any more; please choose it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A sketch was changed while its picture was queued; please try again."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A sketch of this picture is missing or of another size; please choose it again.",
    ),
    # library.query_terms
    QT_TRANSLATE_NOOP(
        "messages", "%1 is no sketch: write the beginning of its digest, as in sketch:3fa9c2."
    ),
)
