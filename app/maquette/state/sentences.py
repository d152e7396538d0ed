"""The English sentences of the layers below, as patterns that the translation tools find.

%1 to %4 stand for values. More specific sentences come before those that would swallow them.
"""

from maquette.state.batch_sentences import BATCH_SENTENCES
from maquette.state.check_sentences import CHECK_SENTENCES
from maquette.state.control_sentences import CONTROL_SENTENCES
from maquette.state.drawing_sentences import DRAWING_SENTENCES
from maquette.state.export_sentences import EXPORT_SENTENCES
from maquette.state.gallery_sentences import GALLERY_SENTENCES
from maquette.state.library_sentences import LIBRARY_SENTENCES
from maquette.state.like_sentences import LIKE_SENTENCES
from maquette.state.lora_sentences import LORA_SENTENCES
from maquette.state.marking_sentences import MARKING_SENTENCES
from maquette.state.noop import QT_TRANSLATE_NOOP
from maquette.state.queue_sentences import QUEUE_SENTENCES
from maquette.state.signing_sentences import SIGNING_SENTENCES
from maquette.state.sketch_import_sentences import SKETCH_IMPORT_SENTENCES
from maquette.state.sketch_sentences import SKETCH_SENTENCES
from maquette.state.style_sentences import STYLE_SENTENCES
from maquette.state.trainer_sentences import TRAINER_SENTENCES
from maquette.state.training_sentences import TRAINING_SENTENCES
from maquette.state.upkeep_sentences import UPKEEP_SENTENCES

SENTENCES = (
    # core.recipe
    QT_TRANSLATE_NOOP("messages", "The prompt is longer than %1 characters; please shorten it."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The negative prompt is longer than %1 characters; please shorten it.",
    ),
    QT_TRANSLATE_NOOP("messages", "The width must be between %1 and %2 pixels, not %3."),
    QT_TRANSLATE_NOOP("messages", "The height must be between %1 and %2 pixels, not %3."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The width must be a multiple of %1 for this model; %2 is the nearest to %3.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The height must be a multiple of %1 for this model; %2 is the nearest to %3.",
    ),
    QT_TRANSLATE_NOOP("messages", "The seed must be between %1 and %2, not %3."),
    QT_TRANSLATE_NOOP("messages", "The number of steps must be between %1 and %2, not %3."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The guidance scale must be a number between %1 and %2, not %3.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The strength must be a number above 0 and at most 1, not %1.",
    ),
    # core.settings
    QT_TRANSLATE_NOOP(
        "messages",
        "The settings could not be read and were set to their defaults; the old file is "
        "kept as %1 (%2).",
    ),
    # core: models
    QT_TRANSLATE_NOOP("messages", "There is no model at %1; please check the path."),
    QT_TRANSLATE_NOOP("messages", "The model's path cannot be read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not opened: only .safetensors files and diffusers folders are, because "
        "other model files can run programs.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The built-in model is not complete in this installation; please install Maquette again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a model of a kind that cannot be used (%2); Stable Diffusion 1.x, 2.x and SDXL can.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 has a part that cannot be used (%2); please choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is made for another task (inpainting or editing), not for making pictures "
        "from a prompt.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 has a config that makes no sense; please fetch it again."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 holds its %2 only as .bin, which is not opened because such files can run "
        "programs; please get the model with .safetensors files.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is incomplete: the weights of its %2 are missing; please fetch the model again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is incomplete: %2 is missing; please fetch the model again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is too large to be a config; please fetch the model again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not a complete model folder: %2 is missing; please choose a diffusers "
        "folder or a .safetensors file.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is broken; please fetch the model again."),
    QT_TRANSLATE_NOOP("messages", "The model file %1 cannot be read."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a Python pickle under a .safetensors name and is not opened, because "
        "such files can run programs; please get the real .safetensors file.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not a safetensors file; please download the model again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is incomplete (a copy or download was cut off); please fetch it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is a model of a kind that cannot be used; Stable Diffusion 1.x, 2.x and SDXL can.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is %2, which cannot be used as a model here; Stable Diffusion 1.x, 2.x and SDXL can.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 lacks the part that turns latents into pictures (VAE); please get the full checkpoint.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is an SDXL refiner, which only improves pictures of another model; please "
        "choose an SDXL base model.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 lacks its text encoder; please get the full checkpoint."),
    # engine
    QT_TRANSLATE_NOOP("messages", "The job was cancelled."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker was asked to stop by the system; it is started again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker ran out of memory; it is started again, and a smaller size may help.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker was killed, most likely because the machine ran out of memory; it "
        "is started again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker stopped, because this CPU lacks an instruction it uses; it is started again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker stopped, because the GPU or its driver failed; it is started again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The GPU or its driver failed, so the worker is started again; please try again.",
    ),
    QT_TRANSLATE_NOOP("messages", "No model is loaded; please choose one."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker cannot start, because a part of the installation is missing; please "
        "run the set-up again.",
    ),
    QT_TRANSLATE_NOOP("messages", "The worker crashed (%1); it is started again."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The worker ended unexpectedly (exit status %1); it is started again.",
    ),
    QT_TRANSLATE_NOOP("messages", "The worker cannot be started; please run the set-up again."),
    QT_TRANSLATE_NOOP("messages", "The worker did not stop the job, so it is started again."),
    QT_TRANSLATE_NOOP("messages", "The worker did not answer any more, so it is started again."),
    QT_TRANSLATE_NOOP("messages", "The engine was closed."),
    QT_TRANSLATE_NOOP("messages", "The engine is closed."),
    QT_TRANSLATE_NOOP("messages", "The picture could not be saved; please try again."),
    # worker
    QT_TRANSLATE_NOOP("messages", "Loading the text encoder"),
    QT_TRANSLATE_NOOP("messages", "Loading the image model"),
    QT_TRANSLATE_NOOP("messages", "Loading the decoder"),
    QT_TRANSLATE_NOOP("messages", "Checking the weights"),
    QT_TRANSLATE_NOOP("messages", "Warming up"),
    QT_TRANSLATE_NOOP("messages", "The prompt is empty, so the model chose freely."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The prompt is longer than this model reads (%1 tokens); it ends after “%2”.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The negative prompt is longer than this model reads (%1 tokens); it ends after “%2”.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This machine has no %1 device that torch can use; please choose another one in "
        "the settings.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 cannot be loaded, because its files do not fit together; please fetch the model again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "There is not enough memory to load this model; please close other programs or "
        "choose a smaller model.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Memory ran out while the picture was made; please choose a smaller size or "
        "close other programs.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "A picture of %1 x %2 needs about %3 GB of memory and %4 GB are free; please "
        "choose a smaller size.",
    ),
    QT_TRANSLATE_NOOP("messages", "Memory was short, so the picture was decoded in tiles."),
    QT_TRANSLATE_NOOP(
        "messages",
        "Memory was short, so the picture was made in smaller parts, more slowly.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "GPU memory was short, so parts of the model wait in main memory, and it is slower.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model has changed since this recipe was made; the picture may differ.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture could not be marked and encoded; please try again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Something inside Maquette went wrong (%1); please try again.",
    ),
    # library
    QT_TRANSLATE_NOOP(
        "messages",
        "The disk is full: free some space for %1 and make the picture again.",
    ),
    QT_TRANSLATE_NOOP("messages", "The folder %1 cannot be written to; choose another one."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The path of a picture in %1 is too long; choose another folder or a shorter "
        "file name template.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The folder %1 is not there and cannot be made; choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture is larger than a file in %1 may be; choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture could not be saved in %1 (%2); choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture came damaged from the engine and was not saved; please make it again.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The library cannot be opened in %1; check that the folder exists and can be written to.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The library was written by a newer version of Maquette; please update Maquette to open "
        "it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger cannot be opened in %1; check that the folder exists and can be written to.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger %1 cannot be read (%2); move it away and start again, the pictures "
        "themselves are safe.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger was written by a newer version of Maquette; please update Maquette to open it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The ledger was written by an older version of Maquette; open Maquette once to bring "
        "it up to date.",
    ),
    QT_TRANSLATE_NOOP("messages", "The file name template has an unknown field %1; use %2."),
    QT_TRANSLATE_NOOP("messages", "The file name template %1 has an unpaired brace."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The file name template ends in a folder; add a file name such as %1.",
    ),
    # state
    QT_TRANSLATE_NOOP("messages", "The number of images must be between %1 and %2, not %3."),
    QT_TRANSLATE_NOOP("messages", "There is no model to make pictures with; add one first."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The model %1 is no longer there, so the built-in model is used; add it again "
        "when it is back.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This recipe was made with the model %1, which is not on this machine; add it, "
        "or choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture that this one started from is not at hand any more; choose it as "
        "the starting point again and press Generate.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture was made from another one; choose that as the starting point to "
        "get the same result.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "This picture carries its recipe; you can lay it out in the panel instead.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 carries no recipe; choose a picture made here."),
    QT_TRANSLATE_NOOP("messages", "Saved as %1, with all its marks."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The picture could not be saved as %1 (%2); choose another folder or free some space.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The settings could not be saved to %1 (%2); check that the folder can be written.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The panel's content could not be saved to %1 (%2); check that the folder can be written.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "Something unexpected went wrong; you can go on, and the log has the details.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 has %2 × %3 pixels, more than can be opened; please make it smaller first.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 is no longer there; please choose another picture."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is not a picture that can be opened; use PNG, JPEG, WebP, AVIF or TIFF.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 could not be opened; the file seems to be damaged."),
    *BATCH_SENTENCES,
    *CHECK_SENTENCES,
    *MARKING_SENTENCES,
    *SIGNING_SENTENCES,
    *EXPORT_SENTENCES,
    *GALLERY_SENTENCES,
    *LIBRARY_SENTENCES,
    *UPKEEP_SENTENCES,
    *QUEUE_SENTENCES,
    *SKETCH_IMPORT_SENTENCES,
    *DRAWING_SENTENCES,
    *SKETCH_SENTENCES,
    *CONTROL_SENTENCES,
    *STYLE_SENTENCES,
    *LORA_SENTENCES,
    *LIKE_SENTENCES,
    *TRAINER_SENTENCES,
    *TRAINING_SENTENCES,
)
