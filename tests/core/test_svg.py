"""SVG of strangers: told from other files, and rid of all that is not drawing."""

import gzip
import zlib
from xml.sax.saxutils import quoteattr

import pytest

from maquette.core.errors import ImageError
from maquette.core.svg import MAX_ELEMENTS, MAX_SVG, is_svg, plain_svg

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def plain(inside: str) -> str:
    return plain_svg(f"{OPEN}{inside}</svg>".encode()).decode()


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand --><svg width="1"></svg>',
        '<?xml version="1.0" encoding="utf-16"?><svg></svg>'.encode("utf-16"),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd"><svg:svg></svg:svg>',
        gzip.compress(b"<svg></svg>", mtime=0),
    ],
)
def test_svg_is_told_by_its_first_element(data: bytes) -> None:
    assert is_svg(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG", b"<html><body>svg</body></html>", b"svg", b"<svgs/>",
     gzip.compress(b"x", mtime=0), b"\x1f\x8b\x08broken", b"\xff\xd8\xff\xe0 <svg >"],
)  # fmt: skip
def test_other_files_are_no_svg(data: bytes) -> None:
    assert not is_svg(data)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<script href="http://example.com/x.js"/>',
        '<image href="file:///etc/passwd" width="9" height="9"/>',
        '<image xlink:href="http://example.com/x.png" width="9" height="9"/>',
        '<image xlink:href="/etc/passwd" width="9" height="9"/>',
        '<image xlink:href="data:image/svg+xml;base64,AAAA" width="9" height="9"/>',
        '<use xlink:href="other.svg#a"/>',
        '<a xlink:href="http://example.com"><rect/></a>',
        '<rect onload="run()" onclick="run()"/>',
        '<rect fill="url(http://example.com/p.svg#a)"/>',
        "<rect style=\"fill:url('file:///etc/passwd')\"/>",
        "<style>@import 'http://example.com/x.css';</style>",
        '<style>rect { fill: url( "//example.com/x") }</style>',
        "<foreignObject><iframe src='http://example.com'/></foreignObject>",
        '<set attributeName="href" to="http://example.com"/>',
        '<svg:script xmlns:svg="http://www.w3.org/2000/svg">http</svg:script>',
        '<html:img xmlns:html="http://www.w3.org/1999/xhtml" src="http://example.com/x.png"/>',
    ],
)
def test_nothing_refers_outside_or_runs(evil: str) -> None:
    made = plain(evil + '<circle r="3"/>').replace("http://www.w3.org", "")
    for word in ("http", "file:", "passwd", "script", "run()", "import", "other.svg", "AAAA"):
        assert word not in made
    assert '<circle r="3">' in made


def test_what_draws_stays() -> None:
    made = plain(
        '<defs><linearGradient id="g"/></defs><style>.a{stroke:black}</style>'
        '<path class="a" d="M0 0L9 9" fill="url(#g)" transform="scale(2)"/>'
        '<use xlink:href="#g"/><text x="1">a &lt; b</text>'
        '<image xlink:href="data:image/png;base64,AAAA" width="9" height="9"/>'
    )
    for part in (
        'd="M0 0L9 9"', 'fill="url(#g)"', 'transform="scale(2)"', 'xlink:href="#g"',
        ".a{stroke:black}", "a &lt; b", "data:image/png;base64,AAAA",
    ):  # fmt: skip
        assert part in made


def test_entities_are_refused_before_any_is_replaced() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    for name, before in zip("bcdefghij", "abcdefghi", strict=True):
        bomb += f'<!ENTITY {name} "{f"&{before};" * 10}">'
    bomb += f"]>{OPEN}<text>&j;</text></svg>"
    outside = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{OPEN}&a;</svg>'
    for text in (bomb, outside, outside.encode("utf-16").decode("utf-16")):
        with pytest.raises(ImageError, match="defines entities"):
            plain_svg(text.encode())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<svg", "damaged"),
        (b"", "damaged"),
        (b"<html/>", "no SVG drawing"),
        (b"<?xml version='1.0' encoding='no-such'?><svg/>", "damaged"),
        (b"\x1f\x8bnothing", "damaged"),
        (b"<svg>" + b"<g>" * 500 + b"</g>" * 500 + b"</svg>", "too complex"),
        (b"<svg>" + b"<g/>" * (MAX_ELEMENTS + 1) + b"</svg>", "too complex"),
        (b" " * (MAX_SVG + 1), "larger than"),
        (zlib.compress(b" " * (MAX_SVG + 1), wbits=31), "larger than"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(ImageError, match=reason):
        plain_svg(data)


@pytest.mark.parametrize("fill", ["url(#p)", "url('#p')", "url( #p )", 'url(\t"#p")'])
def test_references_within_the_drawing_stay_however_they_are_written(fill: str) -> None:
    assert "#p" in plain(f"<rect fill={quoteattr(fill)}/>")
    assert "#p" in plain(f"<style>rect {{ fill: {fill} }}</style>")
    assert "#p" not in plain(f"<rect fill={quoteattr(fill.replace('#p', 'x#p'))}/>")
