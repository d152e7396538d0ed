"""EXIF texts in which ComfyUI keeps its graphs, where the format has no text chunks."""

from PIL import Image

_TAGS = (0x010E, 0x010F, 0x0110)  # ImageDescription, Make, Model: it counts down from the last
_KEYS = ("prompt", "workflow")


def graph_texts(image: Image.Image) -> dict[str, str]:
    """The texts `prompt` and `workflow` of `image`, which stand there as "prompt:{...}"."""
    found: dict[str, str] = {}
    try:
        exif = image.getexif()
        said = [exif.get(tag) for tag in _TAGS]
    except Exception:  # EXIF is a format of its own, and its reader as many-voiced as decoders
        return found
    for text in said:
        if isinstance(text, str):
            key, _, graph = text.partition(":")
            if key.lower() in _KEYS and graph.lstrip().startswith("{"):
                found[key.lower()] = graph
    return found
