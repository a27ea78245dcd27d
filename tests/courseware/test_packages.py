"""Parts of an Office file: their relations, their XML, and what is written for steps."""

from __future__ import annotations

import io

import pytest

from courseware.document import kind_of_document, slides_of, without_links
from courseware.errors import Unfit
from courseware.markup import Walk, number, replaced
from courseware.office import prepare
from courseware.package import Package, main_type, open_package, read_relations, without_outside
from courseware.presentation import read_presentation, with_steps
from tests.support.office import Page, docx, effect, odp, odt, on, pptx, timing

REL = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CLICK = timing(effect("clickEffect", "entr", on(5)))


def relations(*rows: str) -> bytes:
    return f'<Relationships xmlns="{REL}">{"".join(rows)}</Relationships>'.encode()


def relation(target: str, mode: str = "", kind: str = "image") -> str:
    more = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r" Type="{OFFICE}/{kind}" Target="{target}"{more}/>'


def package(raw: bytes) -> Package:
    return open_package(io.BytesIO(raw))


@pytest.mark.parametrize(
    ("target", "mode"),
    [
        ("http://x.example/a.png", "External"),
        ("file:///etc/passwd", "External"),
        ("\\\\host\\share\\a.png", "External"),
        ("http://x.example/a.png", ""),
        ("file:///etc/passwd", "Internal"),
    ],
)
def test_relations_to_the_outside_are_cut(target: str, mode: str) -> None:
    inside = relation("media/a.png")
    whole = relations(relation(target, mode), inside, relation(target, mode))
    assert without_outside(whole) == relations(inside)


def test_relations_inside_are_left_byte_by_byte() -> None:
    whole = relations(relation("a.png"), relation("x?a=&gt;b", kind="hyperlink"), "<!-- -->")
    assert without_outside(whole) == whole


def test_elements_that_end_at_once_are_told_from_their_parents_end() -> None:
    """`<a/></b>`: the place of the end is behind the first, where the second begins."""
    whole = relations(relation("http://x", "External"))
    assert without_outside(whole) == relations()
    open_form = whole.replace(b"/></", b"></Relationship></")
    assert without_outside(open_form) == relations()


def test_targets_are_paths_in_the_package() -> None:
    found = read_relations(relations(relation("../media/a.png")), "ppt/slides/slide1.xml")
    assert [one.target for one in found] == ["ppt/media/a.png"]
    found = read_relations(relations(relation("/ppt/../../../x")), "ppt/slides/slide1.xml")
    assert [one.target for one in found] == ["x"]


def test_the_kind_of_a_file_is_what_its_main_part_is() -> None:
    assert main_type(package(pptx([Page("A")]))).endswith("presentation.main+xml")
    assert main_type(package(docx())).endswith("document.main+xml")
    assert kind_of_document(package(odt())) == "odt"
    assert kind_of_document(package(odp([Page("A")]))) == "odp"
    with pytest.raises(Unfit, match="encrypted"):
        kind_of_document(package(odt(is_locked=True)))


def test_slides_come_in_order_without_the_hidden_ones() -> None:
    pages = [Page("A", notes="one"), Page("B", is_hidden=True), Page("C", boxes=[5], timing=CLICK)]
    found = read_presentation(package(pptx(pages))).slides
    assert [(slide.title, slide.notes, len(slide.steps)) for slide in found] == [
        ("A", "one", 1),
        ("C", "", 2),
    ]


def test_steps_are_written_as_slides_of_their_own() -> None:
    opened = package(pptx([Page("A"), Page("C", boxes=[5], timing=CLICK)]))
    parts = with_steps(opened, read_presentation(opened))
    assert parts is not None
    assert {name for name in parts if name not in opened.members} == {
        "ppt/slides/leaf2.xml",
        "ppt/slides/leaf3.xml",
        "ppt/slides/_rels/leaf2.xml.rels",
        "ppt/slides/_rels/leaf3.xml.rels",
    }
    assert b"A</a:t>" in parts["ppt/slides/slide1.xml"]
    assert b"Box 5" not in parts["ppt/slides/leaf2.xml"]
    assert b"Box 5" in parts["ppt/slides/leaf3.xml"]
    listing = parts["ppt/presentation.xml"]
    assert listing.count(b"sldId ") == 3
    assert listing.index(b'"rId1"') < listing.index(b'"leaf2"') < listing.index(b'"leaf3"')
    written = read_relations(parts["ppt/_rels/presentation.xml.rels"], "ppt/presentation.xml")
    targets = {one.id: one.target for one in written}
    assert targets["leaf3"] == "ppt/slides/leaf3.xml"
    assert targets["rId1"] == "ppt/slides/slide1.xml"


def test_slides_are_numbered_as_in_the_file() -> None:
    """Hidden ones count, and a file may begin with another number."""
    opened = package(pptx([Page("A", is_hidden=True), Page("B"), Page("C", is_hidden=True)]))
    assert [slide.place for slide in read_presentation(opened).slides] == [2]
    two = [Page("A"), Page("B")]
    listing = package(pptx(two)).part("ppt/presentation.xml")
    first = listing.replace(b"<p:presentation ", b'<p:presentation firstSlideNum="0" ')
    found = read_presentation(package(pptx(two, presentation=first)))
    assert [slide.place for slide in found.slides] == [0, 1]


def test_nothing_is_written_where_nothing_is_clicked() -> None:
    opened = package(pptx([Page("A"), Page("B")]))
    assert with_steps(opened, read_presentation(opened)) is None


def test_more_leaves_than_can_be_shown_go_without_steps() -> None:
    clicks = timing(*(effect("clickEffect", "entr", on(n)) for n in range(30)))
    opened = package(pptx([Page("A", timing=clicks)] * 40))
    assert with_steps(opened, read_presentation(opened)) is None


def test_a_list_without_slides_is_empty() -> None:
    with pytest.raises(Unfit, match="empty"):
        read_presentation(package(pptx([Page("A", is_hidden=True)])))


def test_a_package_that_points_at_nothing_is_broken() -> None:
    raw = pptx([Page("A")]).replace(b"slides/slide1.xml", b"slides/slide9.xml")
    with pytest.raises(Unfit, match="broken"):
        list(prepare([io.BytesIO(raw)], {"kind": "slides", "steps": True}))


def test_links_of_an_open_document_are_emptied_but_those_to_press() -> None:
    raw = odp([Page("A", notes="n")], picture_at="http://x.example/a.png?b=&gt;c")
    content = package(raw).part("content.xml")
    assert b"x.example" in content
    assert b"x.example" not in without_links(content)
    pressed = b'<text:p><text:a xlink:href="http://x.example/">x</text:a></text:p>'
    linking = package(odt(pressed.decode())).part("content.xml")
    assert without_links(linking) == linking
    stolen = '<text:section><text:section-source xlink:href="file:///etc/passwd"/></text:section>'
    assert b"passwd" not in without_links(package(odt(stolen)).part("content.xml"))


def test_slides_of_an_open_document() -> None:
    pages = [Page("A", notes="one\ntwo"), Page("B", is_hidden=True), Page("C")]
    found = slides_of(package(odp(pages)).part("content.xml"))
    assert [(slide.title, slide.notes) for slide in found] == [("A", "one\ntwo"), ("C", "")]


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"words",
        b"<a>",
        b"<a></b>",
        b"<!DOCTYPE a><a/>",
        b"<a>" * 201 + b"</a>" * 201,
        "<a/>".encode("utf-16"),
        b'<?xml version="1.0" encoding="latin-1"?><a>\xe9</a>',
    ],
)
def test_xml_that_we_do_not_take(xml: bytes) -> None:
    with pytest.raises(Unfit, match="broken"):
        Walk().over(xml)


def test_a_range_within_another_goes_with_it() -> None:
    assert replaced(b"0123456789", [(2, 8, b"x"), (3, 5, b"y"), (9, 10, b"")]) == b"01x8"


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("-1", None), ("", None), (None, None), ("1" * 10, None)]
)
def test_numbers_are_small_and_plain(text: str | None, value: int | None) -> None:
    assert number(text) == value
