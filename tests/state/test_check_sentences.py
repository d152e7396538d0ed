"""Every sentence that checking and exporting can say is known to the translations."""

import ast
from collections.abc import Iterator
from pathlib import Path

import maquette
from maquette.state.messages import _pattern
from maquette.state.sentences import SENTENCES

PACKAGE = Path(maquette.__file__).parent
FILES = (
    "provenance/verify/verdicts.py",
    "provenance/verify/weighing.py",
    "provenance/verify/evidence.py",
    "provenance/verify/ledger_evidence.py",
    "provenance/verify/history.py",
    "marker/checker.py",
    "marker/loop.py",
    "engine/marker.py",
    "engine/marker_process.py",
    "engine/marker_queue.py",
    "provenance/manifest/reading.py",
    "provenance/manifest/validation.py",
    "provenance/manifest/signing.py",
    "provenance/identity/opening.py",
    "provenance/identity/generations.py",
    "provenance/identity/signer.py",
    "provenance/identity/own_certificate.py",
    "provenance/metadata.py",
    "provenance/xmp.py",
    "provenance/aigc.py",
    "provenance/export.py",
    "provenance/encoding.py",
    "provenance/pixel_marks.py",
    "provenance/start_file.py",
    "provenance/colour.py",
    "provenance/framing_pixels.py",
    "provenance/target_size.py",
    "engine/marker_pool.py",
    "library/exports/lists.py",
    "library/exports/planning.py",
    "library/exports/presets.py",
    "library/exports/running.py",
    "library/exports/runs.py",
    "library/exports/sheets.py",
    "library/exports/writing.py",
    "library/naming.py",
    "state/batch_exports.py",
    "state/export_presets.py",
)


def sentences(tree: ast.AST) -> Iterator[str]:
    """The sentences in the code of a module, with an example in place of each value."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    skipped: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, documented) or isinstance(body, list):
            skipped |= {id(line.value) for line in body or [] if isinstance(line, ast.Expr)}
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            texts = [part.value if isinstance(part, ast.Constant) else "7" for part in node.values]
        elif isinstance(node, ast.Constant) and id(node) not in skipped:
            texts = [node.value] if isinstance(node.value, str) else []
        else:
            continue
        text = "".join(map(str, texts))
        if text.endswith(".") and " " in text.strip():
            yield text


def test_the_translations_know_every_sentence_of_checking_and_exporting() -> None:
    patterns = [_pattern(template) for template in SENTENCES]
    said = [
        sentence
        for file in FILES
        for sentence in sentences(ast.parse((PACKAGE / file).read_text(encoding="utf-8")))
    ]
    assert len(said) > 60
    unknown = [text for text in said if not any(pattern.fullmatch(text) for pattern in patterns)]
    assert unknown == []
