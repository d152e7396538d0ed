"""What the ledger says, and whether the picture looks like what it keeps, in plain sentences."""

from collections.abc import Iterator

from maquette.core.record import spoken_id
from maquette.core.report import Evidence, Outcome, Source
from maquette.provenance.verify.findings import Findings
from maquette.provenance.verify.strangers import plain


def ledger_evidence(findings: Findings) -> Iterator[Evidence]:
    """Whether the ledger has the file or the record."""
    ledger = findings.ledger
    if ledger.problem:
        yield Evidence(Source.LEDGER, Outcome.WARNING, plain(ledger.problem, 300))
    entry = ledger.same_file or ledger.entry
    named = sorted({findings.detection.record_id} if findings.detection else findings.told)
    if entry is not None:
        record = spoken_id(entry.record_id)
        # Of the ledger's own rows, which are ours; still it is text.
        day, tool = entry.created[:10], plain(entry.tool, 60)
        sentence = (
            f"The ledger has exactly this file: picture {record}, saved on {day} with {tool}."
            if ledger.same_file is not None
            else f"The ledger knows picture {record}, saved on {day} with {tool}."
        )
        yield Evidence(Source.LEDGER, Outcome.GOOD, sentence)
    elif ledger.asked and named:
        names = ", ".join(map(spoken_id, named))
        yield Evidence(
            Source.LEDGER,
            Outcome.WARNING,
            f"The ledger of this installation does not know {names}.",
        )


def likeness_evidence(findings: Findings) -> Iterator[Evidence]:
    """How the picture compares with what the ledger keeps."""
    ledger = findings.ledger
    if ledger.looks is not None:
        bits = ledger.looks.distance
        if not ledger.looks.conclusive:
            yield Evidence(
                Source.LIKENESS,
                Outcome.WARNING,
                "Whether it looks like the picture that was saved cannot be told "
                f"({bits} of 64 bits of the perceptual hash differ).",
            )
        elif ledger.looks.denies:
            yield Evidence(
                Source.LIKENESS,
                Outcome.BAD,
                f"It does not look like the picture that was saved ({bits} of 64 bits of the "
                "perceptual hash differ).",
            )
        elif ledger.looks.crop:
            yield Evidence(
                Source.LIKENESS, Outcome.GOOD, "It looks like a part of the picture that was saved."
            )
        elif ledger.looks.surrounded:
            yield Evidence(
                Source.LIKENESS,
                Outcome.GOOD,
                "The picture that was saved is in it, with something around it.",
            )
        else:
            yield Evidence(
                Source.LIKENESS,
                Outcome.GOOD,
                f"It looks like the picture that was saved ({bits} of 64 bits of the perceptual "
                "hash differ).",
            )
    elif ledger.similar is not None and ledger.similar_looks is not None:
        record = spoken_id(ledger.similar.record_id)
        yield Evidence(
            Source.LIKENESS,
            Outcome.WARNING,
            f"It looks like picture {record} ({ledger.similar_looks.distance} of 64 bits of the "
            "perceptual hash differ).",
        )
    elif ledger.same_pixels is not None:
        record = spoken_id(ledger.same_pixels.record_id)
        yield Evidence(
            Source.LIKENESS, Outcome.GOOD, f"Its pixels are exactly those of picture {record}."
        )
