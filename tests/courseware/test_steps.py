"""Clicks of a slide: what its timing says, and what is left of it at each."""

from __future__ import annotations

import contextlib
from collections.abc import Set

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.deck import CLICKS_MAX
from courseware.errors import Unfit
from courseware.slide import notes_of, slides_at, words_of
from courseware.timing import Effect, Step, Target, hidden_at, steps_of
from tests.support.office import A, P, Page, effect, on, slide_xml, timing


def steps(*effects: str, sequence: str = "mainSeq") -> tuple[Step, ...]:
    """The steps of a slide with these effects."""
    return steps_of(slide_xml(Page("T", timing=timing(*effects, sequence=sequence))))


def shape(number: int, comes: bool = True) -> Effect:
    return Effect(Target(str(number)), comes)


def test_a_slide_without_timing_has_no_steps() -> None:
    assert steps_of(slide_xml(Page("T"))) == ((),)


def test_each_click_is_a_step_and_what_goes_with_it_belongs_to_it() -> None:
    assert steps(
        effect("withEffect", "entr", on(9)),
        effect("clickEffect", "entr", on(4)),
        effect("withEffect", "exit", on(5)),
        effect("afterEffect", "entr", on(6)),
        effect("clickEffect", "exit", on(4)),
    ) == (
        (shape(9),),
        (shape(4), shape(5, False), shape(6)),
        (shape(4, False),),
    )


@pytest.mark.parametrize("preset", ["emph", "path", "mediacall", "verb"])
def test_a_click_that_changes_nothing_is_no_step(preset: str) -> None:
    assert steps(effect("clickEffect", preset, on(4))) == ((),)


def test_effects_that_wait_for_a_shape_are_left_out() -> None:
    assert steps(effect("clickEffect", "entr", on(4)), sequence="interactiveSeq") == ((),)


def test_lines_are_counted_from_their_shape() -> None:
    found = steps(effect("clickEffect", "entr", on(3, (1, 2))))
    assert found[1] == (Effect(Target("3", 1, 2), True),)


@pytest.mark.parametrize("part", ["<p:bg/>", '<p:txEl><p:charRg st="0" end="3"/></p:txEl>'])
def test_parts_that_we_cannot_take_out_stay(part: str) -> None:
    assert steps(effect("clickEffect", "entr", f'<p:spTgt spid="3">{part}</p:spTgt>')) == ((),)


def test_more_clicks_than_can_be_shown_come_with_the_last() -> None:
    found = steps(*(effect("clickEffect", "entr", on(n)) for n in range(60)))
    assert len(found) == CLICKS_MAX + 1
    assert len(found[-1]) == 60 - CLICKS_MAX + 1


def test_timing_as_libreoffice_writes_it() -> None:
    """Another order of attributes, elements that end at once written out, conditions after it."""
    node = (
        '<p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>'
        '<p:childTnLst><p:par><p:cTn id="4" fill="hold"><p:childTnLst><p:par><p:cTn id="5" '
        'nodeType="clickEffect" fill="hold" presetClass="entr" presetID="1"><p:childTnLst><p:set>'
        '<p:cBhvr><p:cTn id="6" dur="1" fill="hold"/><p:tgtEl><p:spTgt spid="49"></p:spTgt>'
        "</p:tgtEl></p:cBhvr></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
        "</p:childTnLst></p:cTn></p:par>"
    )
    whole = timing(node).replace(
        "</p:seq>",
        '<p:prevCondLst><p:cond evt="onPrev"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
        "</p:prevCondLst></p:seq>",
    )
    assert steps_of(slide_xml(Page("T", timing=whole))) == ((), (shape(49),))


def test_timing_that_is_written_twice_is_read_once() -> None:
    """PowerPoint repeats it for older programs where an effect is new."""
    one = timing(effect("clickEffect", "entr", on(4)))
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="p14">{one}</mc:Choice><mc:Fallback>{one}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    xml = slide_xml(Page("T", boxes=[4], timing=both))
    assert steps_of(xml) == ((), (shape(4),))
    assert b"p:timing" not in slide_at(xml, set(), 1)


def test_what_comes_is_away_before_and_what_goes_is_there() -> None:
    found = ((), (shape(4), shape(5, False)), (shape(4, False),))
    assert [hidden_at(found, step) for step in range(3)] == [
        {Target("4")},
        {Target("5")},
        {Target("4"), Target("5")},
    ]


def slide_at(xml: bytes, hidden: Set[Target], place: int) -> bytes:
    """The slide with this hidden."""
    return next(slides_at(xml, [hidden], place))


SLIDE = slide_xml(
    Page("Title  here", lines=["One", "Two", "Three"], boxes=[5, 6], timing=timing(on(5)))
)


def test_a_hidden_shape_is_cut_and_nothing_else_changes() -> None:
    start = SLIDE.index(b'<p:sp><p:nvSpPr><p:cNvPr id="5"')
    end = SLIDE.index(b'<p:sp><p:nvSpPr><p:cNvPr id="6"')
    without_timing = SLIDE[: SLIDE.index(b"<p:timing>")] + b"</p:sld>"
    expected = without_timing[:start] + without_timing[end:]
    assert slide_at(SLIDE, {Target("5")}, 1) == expected
    assert slide_at(SLIDE, set(), 1) == without_timing


def test_a_hidden_line_stays_as_an_empty_one() -> None:
    left = slide_at(SLIDE, {Target("3", 1, 1), Target("99"), Target("3", 7, 9)}, 1)
    assert b"One" in left
    assert b"Two" not in left
    assert left.count(b"<a:p>") == SLIDE.count(b"<a:p>")
    assert b'<a:p><a:pPr lvl="0"/><a:endParaRPr sz="2400"/></a:p>' in left


def test_lines_of_a_shape_that_is_hidden_go_with_it() -> None:
    left = slide_at(SLIDE, {Target("3"), Target("3", 0, 0)}, 1)
    assert b"Three" not in left
    assert b"endParaRPr" not in left


def test_shapes_in_a_group_are_found_by_their_own_id() -> None:
    group = b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/></p:nvGrpSpPr>'
    box = SLIDE[SLIDE.index(b'<p:sp><p:nvSpPr><p:cNvPr id="6"') : SLIDE.index(b"</p:spTree>")]
    grouped = SLIDE.replace(box, group + box + b"</p:grpSp>")
    assert b"</p:grpSp>" in slide_at(grouped, {Target("6")}, 1)
    assert b"Box 6" not in slide_at(grouped, {Target("6")}, 1)
    assert b"grpSp>" not in slide_at(grouped, {Target("9")}, 1).replace(b"nvGrpSpPr", b"")


def test_other_prefixes_and_the_strict_form_are_read() -> None:
    other = SLIDE.replace(b"a:", b"d:").replace(b"xmlns:a", b"xmlns:d")
    assert b'<d:endParaRPr sz="2400"/>' in slide_at(other, {Target("3", 0, 0)}, 1)
    strict = SLIDE.replace(P.encode(), b"http://purl.oclc.org/ooxml/presentationml/main")
    strict = strict.replace(A.encode(), b"http://purl.oclc.org/ooxml/drawingml/main")
    assert b"Box 5" not in slide_at(strict, {Target("5")}, 1)
    assert words_of(strict) == ("Title here", True)


@pytest.mark.parametrize("look", [b"", b'<a:rPr lang="en-US" sz="1200"/>'])
def test_the_number_of_a_slide_stays_its_own(look: bytes) -> None:
    """Also where another slide stands before it twice; other fields stay fields."""
    date = b'<a:fld id="{1}" type="datetime1"><a:t>1 May</a:t></a:fld>'
    field = b'<a:fld id="{2}" type="slidenum">%b<a:pPr/><a:t>7</a:t></a:fld>' % look
    numbered = SLIDE.replace(b"<a:t>Two</a:t>", b"<a:t>Two</a:t></a:r>" + date + field + b"<a:r>")
    left = slide_at(numbered, frozenset(), 12)
    assert b"<a:r>" + look + b"<a:t>12</a:t></a:r>" in left
    assert date in left
    assert b"slidenum" not in left


def test_a_slide_says_its_title_and_whether_it_is_shown() -> None:
    assert words_of(SLIDE) == ("Title here", True)
    assert words_of(slide_xml(Page("T" * 300, is_hidden=True))) == ("T" * 120, False)


def test_notes_are_what_stands_in_their_body() -> None:
    page = slide_xml(Page("not this", lines=["Say hello.", "And &lt;wait&gt;."]))
    assert notes_of(page) == "Say hello.\nAnd <wait>."


@settings(max_examples=100)
@given(st.data())
def test_any_damage_is_a_value_or_a_fault(data: st.DataObject) -> None:
    raw = bytearray(SLIDE)
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unfit):
        steps_of(bytes(raw))
        words_of(bytes(raw))
        slide_at(bytes(raw), {Target("3", 0, 1), Target("5")}, 1)
