"""Bring the library's word lists up to date: `python resources/refresh_vocabulary.py`.

Takes the names of forms, materials, colours, styles and settings, in English and Chinese, out of
the grammar of the built-in model's captions into vocabulary.json, which the library finds the
attributes of prompts by. The plainest name of a word stands first.
"""

import json
from pathlib import Path

from maquette_recipe import lexicon

FILE = Path(__file__).resolve().parent / "maquette_resources" / "vocabulary.json"

Names = dict[str, dict[str, list[str]]]


def vocabulary() -> dict[str, Names]:
    """Field to word to language to names."""
    return {
        "form": _field([lexicon.FORM_EN], [lexicon.FORM_ZH]),
        "material": _materials(),
        "colour": _colours(),
        "style": _field([lexicon.STYLE_MANNER_EN, lexicon.STYLE_WORK_EN], [lexicon.STYLE_ZH]),
        "setting": _field(
            [lexicon.SETTING_TAG_EN, lexicon.SETTING_EN, lexicon.FLOOR_TAG_EN, lexicon.FLOOR_EN],
            [lexicon.SETTING_ZH, lexicon.FLOOR_ZH],
        ),
    }


def text() -> str:
    """The file's content."""
    return json.dumps(vocabulary(), ensure_ascii=False, indent=1) + "\n"


def _field(english: list[lexicon.Words], chinese: list[lexicon.Words]) -> Names:
    words = dict.fromkeys(word for table in english for word in table)
    return {word: {"en": _names(word, english), "zh": _names(word, chinese)} for word in words}


def _materials() -> Names:
    """A metal of a colour is a material of its own too: people look for copper, not for metal."""
    names = _field([lexicon.MATERIAL_EN, lexicon.SUBSTANCE_EN], [lexicon.MATERIAL_ZH])
    for language, metals in (("en", lexicon.METAL_EN), ("zh", lexicon.METAL_ZH)):
        for finish, table in metals.items():
            for metal, phrases in table.items():
                _add(names[finish][language], phrases)
                own = names.setdefault(metal, {"en": [], "zh": [lexicon.COLOUR_ZH[metal][1]]})
                _add(own[language], sorted(phrases, key=len))
    return names


def _colours() -> Names:
    """With the metals that have the colour, and the short words of two colours."""
    names = _field([lexicon.COLOUR_EN], [lexicon.COLOUR_ZH])
    for language, metals in (("en", lexicon.METAL_EN), ("zh", lexicon.METAL_ZH)):
        for table in metals.values():
            for metal, phrases in table.items():
                _add(names[metal][language], phrases)
    for colour, short in lexicon.SHORT_COLOUR_ZH.items():
        _add(names[colour]["zh"], (short,))
    return names


def _names(word: str, tables: list[lexicon.Words]) -> list[str]:
    return list(dict.fromkeys(name for table in tables for name in table.get(word, ())))


def _add(names: list[str], more: tuple[str, ...] | list[str]) -> None:
    names += [name for name in more if name not in names]


def main() -> int:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
