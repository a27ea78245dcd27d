"""Office files, written part by part, so that a test says exactly what is in them; and LibreOffice.

LibreOffice is looked for on PATH. Where it is not, and the tests run as root on Debian, it is
installed; else a test that needs it fails and says how to get it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tests.support.decks import zipped

P: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SLIDE_KIND: Final = "application/vnd.openxmlformats-officedocument.presentationml"
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
INSTALL: Final = ("apt-get", "install", "-y", "-qq", "libreoffice-impress", "libreoffice-writer")


@cache
def soffice() -> str:
    """Where LibreOffice is."""
    found = shutil.which("soffice")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (("apt-get", "update", "-qq"), INSTALL):
            subprocess.run(command, env=environment, capture_output=True, check=False, timeout=900)
        found = shutil.which("soffice")
    assert found, f"LibreOffice is needed (on Debian: {' '.join(INSTALL)})"
    return found


# PPTX


@dataclass(frozen=True)
class Page:
    """A slide: its title, the lines of its body, boxes by id, what happens, notes."""

    title: str
    lines: Sequence[str] = ()
    boxes: Sequence[int] = ()
    timing: str = ""
    notes: str = ""
    is_hidden: bool = False


def effect(node: str, preset: str, target: str) -> str:
    """One effect of a timing, in the nest that PowerPoint writes; `target` is what `on` makes."""
    return (
        f'<p:par><p:cTn fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>'
        f'<p:childTnLst><p:par><p:cTn fill="hold"><p:childTnLst><p:par>'
        f'<p:cTn presetID="1" presetClass="{preset}" presetSubtype="0" fill="hold" grpId="0" '
        f'nodeType="{node}"><p:childTnLst><p:set><p:cBhvr><p:cTn dur="1" fill="hold"/>'
        f"<p:tgtEl>{target}</p:tgtEl><p:attrNameLst><p:attrName>style.visibility</p:attrName>"
        f"</p:attrNameLst></p:cBhvr></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst>"
        f"</p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
    )


def on(shape: int, lines: tuple[int, int] | None = None) -> str:
    """A shape, or lines of it from the first to the last."""
    if lines is None:
        return f'<p:spTgt spid="{shape}"/>'
    span = f'<p:txEl><p:pRg st="{lines[0]}" end="{lines[1]}"/></p:txEl>'
    return f'<p:spTgt spid="{shape}">{span}</p:spTgt>'


def timing(*effects: str, sequence: str = "mainSeq") -> str:
    """The timing of a slide."""
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" nodeType="tmRoot"><p:childTnLst>'
        f'<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" '
        f'nodeType="{sequence}"><p:childTnLst>{"".join(effects)}</p:childTnLst></p:cTn></p:seq>'
        "</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
    )


def slide_xml(page: Page) -> bytes:
    """The part of a slide: title is shape 2, body shape 3, boxes have the ids they are given."""
    shapes = _placeholder(2, "title", [page.title], (500000, 300000, 8000000, 900000))
    if page.lines:
        shapes += _placeholder(3, "body", page.lines, (500000, 1500000, 8000000, 2500000))
    shapes += "".join(_box(box, place) for place, box in enumerate(page.boxes))
    hidden = ' show="0"' if page.is_hidden else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<p:sld xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"{hidden}><p:cSld><p:spTree>'
        f'<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{shapes}</p:spTree></p:cSld>{page.timing}</p:sld>"
    ).encode()


def _placeholder(
    number: int, role: str, lines: Sequence[str], box: tuple[int, int, int, int]
) -> str:
    words = "".join(
        f'<a:p><a:pPr lvl="0"/><a:r><a:rPr lang="en-US" sz="2400"/><a:t>{line}</a:t></a:r></a:p>'
        for line in lines
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{role}"/><p:cNvSpPr/><p:nvPr>'
        f'<p:ph type="{role}"/></p:nvPr></p:nvSpPr><p:spPr>{_frame(*box)}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{words}</p:txBody></p:sp>"
    )


def _box(number: int, place: int) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Box &gt; {number}"/><p:cNvSpPr/><p:nvPr/>'
        f"</p:nvSpPr><p:spPr>{_frame(500000 + 2500000 * place, 4500000, 2000000, 900000)}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="00AA44"/>'
        f"</a:solidFill></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>Box {number}</a:t></a:r></a:p>"
        f"</p:txBody></p:sp>"
    )


def _frame(x: int, y: int, width: int, height: int) -> str:
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def pptx(pages: Sequence[Page], *, presentation: bytes | None = None) -> bytes:
    """A presentation of these slides, 16:9."""
    names = range(1, len(pages) + 1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in names)
    listing = (
        f'<p:presentation xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"><p:sldMasterIdLst>'
        f'<p:sldMasterId id="2147483648" r:id="rIdM"/></p:sldMasterIdLst>'
        f'<p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="5143500"/>'
        f'<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    ).encode()
    kinds = {"/ppt/presentation.xml": "presentation.main"}
    kinds |= {f"/ppt/slides/slide{n}.xml": "slide" for n in names}
    kinds |= {f"/ppt/notesSlides/notes{n}.xml": "notesSlide" for n in names}
    kinds |= {"/ppt/slideMasters/m.xml": "slideMaster", "/ppt/slideLayouts/l.xml": "slideLayout"}
    parts = {
        "[Content_Types].xml": _types({k: f"{_SLIDE_KIND}.{v}+xml" for k, v in kinds.items()}),
        "_rels/.rels": _relations([("rId1", "officeDocument", "ppt/presentation.xml")]),
        "ppt/presentation.xml": presentation or listing,
        "ppt/_rels/presentation.xml.rels": _relations(
            [(f"rId{n}", "slide", f"slides/slide{n}.xml") for n in names]
            + [("rIdM", "slideMaster", "slideMasters/m.xml")]
        ),
    }
    for n, page in zip(names, pages, strict=True):
        parts |= _slide_parts(n, page)
    return zipped(parts | _MASTER)


def _slide_parts(n: int, page: Page) -> dict[str, bytes]:
    notes = _placeholder(4, "sldNum", [str(n)], (0, 0, 9, 9))
    notes += _placeholder(3, "body", page.notes.split("\n"), (0, 0, 9, 9))
    return {
        f"ppt/slides/slide{n}.xml": slide_xml(page),
        f"ppt/slides/_rels/slide{n}.xml.rels": _relations(
            [
                ("rId1", "slideLayout", "../slideLayouts/l.xml"),
                ("rId2", "notesSlide", f"../notesSlides/notes{n}.xml"),
            ]
        ),
        f"ppt/notesSlides/notes{n}.xml": _tree("notes", notes),
        f"ppt/notesSlides/_rels/notes{n}.xml.rels": _relations(
            [("rId1", "slide", f"../slides/slide{n}.xml")]
        ),
    }


def _tree(root: str, shapes: str = "", more: str = "") -> bytes:
    return (
        f'<p:{root} xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"><p:cSld><p:spTree><p:nvGrpSpPr>'
        f'<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}'
        f"</p:spTree></p:cSld>{more}</p:{root}>"
    ).encode()


def _relations(rows: Sequence[tuple[str, str, str]], more: str = "") -> bytes:
    body = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'
        for key, kind, target in rows
    )
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{body}{more}</Relationships>'
    ).encode()


def _types(kinds: dict[str, str]) -> bytes:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    body = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    ).encode()


_COLOURS: Final = " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
_MAP: Final = (
    f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {_COLOURS} hlink="hlink" '
    'folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/>'
    "</p:sldLayoutIdLst>"
)
_MASTER: Final = {
    "ppt/slideMasters/m.xml": _tree("sldMaster", more=_MAP),
    "ppt/slideMasters/_rels/m.xml.rels": _relations(
        [("rId1", "slideLayout", "../slideLayouts/l.xml")]
    ),
    "ppt/slideLayouts/l.xml": _tree("sldLayout"),
    "ppt/slideLayouts/_rels/l.xml.rels": _relations(
        [("rId1", "slideMaster", "../slideMasters/m.xml")]
    ),
}

# DOCX, ODT, ODP


def docx(*, body: bytes = b"", picture_at: str = "") -> bytes:
    """A document that says "Hello words", with a picture linked to an address."""
    linked = _LINKED if picture_at else ""
    more = (
        f'<Relationship Id="rId9" Type="{R}/image" Target="{picture_at}" TargetMode="External"/>'
        if picture_at
        else ""
    )
    words = (
        f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p><w:r>'
        f"<w:t>Hello words</w:t></w:r></w:p>{linked}"
    ).encode() + (body + b"</w:body></w:document>")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": _types({"/word/document.xml": kind}),
            "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml")]),
            "word/_rels/document.xml.rels": _relations([], more),
            "word/document.xml": words,
        }
    )


_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_LINKED: Final = (
    f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing">'
    f'<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="P"/><a:graphic xmlns:a="{A}">'
    f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId9"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
    '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def _open_document(kind: str, body: str, styles: str = "", *, is_locked: bool = False) -> bytes:
    names = ("office", "style", "text", "drawing", "presentation", "svg-compatible")
    spaces = " ".join(
        f'xmlns:{name.replace("drawing", "draw").split("-")[0]}="{_OASIS}{name}:1.0"'
        for name in names
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    media = f"application/vnd.oasis.opendocument.{kind}"
    lock = "<manifest:encryption-data/>" if is_locked else ""
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{lock}</manifest:file-entry></manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": media.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def odt(body: str = "<text:p>Hello words</text:p>", *, is_locked: bool = False) -> bytes:
    """A text document."""
    return _open_document("text", f"<office:text>{body}</office:text>", is_locked=is_locked)


def odp(pages: Sequence[Page], *, picture_at: str = "") -> bytes:
    """A presentation with titles, notes and hidden slides; the first may have a linked picture."""
    linked = (
        '<draw:frame svg:x="1cm" svg:y="5cm" svg:width="2cm" svg:height="2cm">'
        f'<draw:image xlink:href="{picture_at}"/></draw:frame>'
        if picture_at
        else ""
    )
    body = "".join(
        _odp_page(page, linked if place == 0 else "") for place, page in enumerate(pages)
    )
    styles = (
        '<style:style style:name="dpH" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
        '<style:style style:name="dpS" style:family="drawing-page"/>'
    )
    return _open_document(
        "presentation", f"<office:presentation>{body}</office:presentation>", styles
    )


def _odp_page(page: Page, more: str) -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in page.notes.split("\n"))
    return (
        f'<draw:page draw:name="x" draw:style-name="{"dpH" if page.is_hidden else "dpS"}" '
        f'draw:master-page-name=""><draw:frame presentation:class="title" svg:x="1cm" svg:y="1cm" '
        f'svg:width="20cm" svg:height="2cm"><draw:text-box><text:p>{page.title}</text:p>'
        f"</draw:text-box></draw:frame>{more}<presentation:notes>"
        f'<draw:frame presentation:class="notes" svg:width="9cm" svg:height="9cm"><draw:text-box>'
        f"{lines}</draw:text-box></draw:frame></presentation:notes></draw:page>"
    )
