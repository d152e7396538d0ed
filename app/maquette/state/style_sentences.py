"""What is said about styles: what they may be, their files, what became of them."""

from maquette.state.noop import QT_TRANSLATE_NOOP

STYLE_SENTENCES = (
    # core.style
    QT_TRANSLATE_NOOP(
        "messages", "A style needs an id of small letters and digits; please give it another one."
    ),
    QT_TRANSLATE_NOOP("messages", "A style needs a name; please give it one."),
    QT_TRANSLATE_NOOP(
        "messages", "The names of a style are plain text of at most %1 characters; shorten them."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The description of a style has at most %1 characters; please shorten it."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The words of a style are plain text of at most %1 characters; please shorten them.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "The words of a style have at most %1 places for the prompt; remove some."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A style needs words, a LoRA or settings of its own; please write some words."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A style has at most %1 LoRAs, with weights from %2 to %3; change them."
    ),
    # library.styles
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 is no file of styles; choose a .maquette-style file, a Fooocus .json file or a "
        "styles.csv.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 has no style that can be used; choose another file."),
    QT_TRANSLATE_NOOP(
        "messages", "%1 has more than %2 styles; please split it into several files."
    ),
    QT_TRANSLATE_NOOP("messages", "1 style was left out of %1."),
    QT_TRANSLATE_NOOP("messages", "%1 styles were left out of %2."),
    QT_TRANSLATE_NOOP("messages", "A style there says what this version does not know."),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 was written by a newer version of Maquette; please update Maquette to open it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "%1 holds paths that no style has and is not opened; get the file from somebody you trust.",
    ),
    QT_TRANSLATE_NOOP("messages", "%1 unpacks to more than a style can be and is not opened."),
    QT_TRANSLATE_NOOP("messages", "%1 is larger than a file of styles can be; choose another one."),
    QT_TRANSLATE_NOOP(
        "messages", "%1 in the folder of styles holds several; take it in with Import."
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The styles could not be saved as %1 (%2); choose another folder or free some space.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A style's sample picture has at most %1 MiB; choose a smaller one."
    ),
    QT_TRANSLATE_NOOP("messages", "The sample picture cannot be read; choose another one."),
    QT_TRANSLATE_NOOP("messages", "There is no such style; choose another one."),
    QT_TRANSLATE_NOOP("messages", "The style is not in the trash any more."),
    QT_TRANSLATE_NOOP("messages", "Another style is in its place by now; delete that one first."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The style could not be moved (%1); check that the folder of styles can be written to.",
    ),
    # state.styles
    QT_TRANSLATE_NOOP(
        "messages",
        "The favourites could not be saved (%1); check that the folder of styles can be written "
        "to.",
    ),
    QT_TRANSLATE_NOOP("messages", "The style “%1” was deleted."),
    QT_TRANSLATE_NOOP("messages", "%1 styles were added."),
    QT_TRANSLATE_NOOP("messages", "The style “%1” was added."),
    QT_TRANSLATE_NOOP("messages", "All styles of %1 are here already."),
    QT_TRANSLATE_NOOP("messages", "%1 styles were saved as %2."),
    QT_TRANSLATE_NOOP("messages", "The style was saved as %1."),
    # core.style_blend, core.prompt_blend, state.style_blending
    QT_TRANSLATE_NOOP("messages", "The share of a blend must be a number between 0 and 1, not %1."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The second prompt of a blend is longer than %1 characters; please shorten it.",
    ),
    QT_TRANSLATE_NOOP(
        "messages", "A blend is made of two styles that are not blends; choose another one."
    ),
    QT_TRANSLATE_NOOP(
        "messages", "These two styles have more than %1 LoRAs together; blend others."
    ),
    QT_TRANSLATE_NOOP("messages", "At either end there is one style alone; move the slider first."),
    # state.board_endings
    QT_TRANSLATE_NOOP("messages", "The board %1 is finished; its sheet was saved as %2."),
    QT_TRANSLATE_NOOP("messages", "The board %1 was saved as %2, with %3 of its pictures missing."),
    QT_TRANSLATE_NOOP("messages", "There are too many boards of this name; please remove some."),
    # library.styles.carried_loras
    QT_TRANSLATE_NOOP("messages", "The LoRA %1 is not at hand and is not in the file."),
    QT_TRANSLATE_NOOP("messages", "The LoRA %1 is too large for the file and is not in it."),
    QT_TRANSLATE_NOOP(
        "messages",
        "The LoRA %1 in %2 is another one than its style names and was left out.",
    ),
    QT_TRANSLATE_NOOP(
        "messages",
        "The LoRA of a style could not be saved in %1 (%2); check that the folder can be written "
        "to.",
    ),
)
