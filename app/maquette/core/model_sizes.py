"""Picture sizes that a model of a given trained size does well."""

# Trained side to (width, height): square first, then wider and taller. SDXL's are the buckets of
# its paper nearest to common formats (arXiv:2307.01952, appendix I).
_KNOWN = {
    512: ((512, 512), (640, 512), (512, 640), (768, 512), (512, 768), (640, 640)),
    768: ((768, 768), (896, 768), (768, 896), (1024, 768), (768, 1024)),
    1024: (
        (1024, 1024),
        (1152, 896),
        (896, 1152),
        (1216, 832),
        (832, 1216),
        (1344, 768),
        (768, 1344),
    ),
}


def sizes_around(side: int) -> tuple[tuple[int, int], ...]:
    """(width, height) in pixels for a model trained at `side` x `side`."""
    return _KNOWN.get(side, ((side, side),))
