"""Pages that are reserved: who may open them, with which pen, and what gets out to others."""

from __future__ import annotations

import pytest

from tests.support.board_lesson import Client, Lesson, doc_id
from whiteboard import frame
from whiteboard.pen import Pen

CLASS, HERS = doc_id("p1"), doc_id("p2")
MODES = (frame.LOOK, frame.WRITE)


def lesson_of(*, pen: Pen = "own") -> tuple[Lesson, Client, Client, Client]:
    """Page p2 is Ann's: the lesson, Tina of the staff, Ann, and Sam, who is a stranger there."""
    lesson = Lesson(pages=("p1", "p2"))
    tina = lesson.comes("tina", pen="all", is_staff=True)
    ann, sam = lesson.comes("ann", pen="none"), lesson.comes("sam", pen="all")
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": pen}})
    return lesson, tina, ann, sam


@pytest.mark.parametrize("mode", MODES)
def test_a_stranger_cannot_open_it_by_its_id(mode: int) -> None:
    lesson, _, ann, sam = lesson_of()
    ann.opens(HERS)
    ann.draws()
    sam.opens(HERS, mode=mode)
    assert sam.heard(frame.ChannelRefused) == [frame.ChannelRefused(0, "page.unknown")]
    assert not sam.heard(frame.State)
    assert not sam.heard(frame.Authors)
    ann.shows("k-1")
    ann.points_at(1, 2)
    ann.draws()
    sam.forgets()
    lesson.passes(0.1)
    assert sam.inbox == []


@pytest.mark.parametrize("mode", MODES)
def test_a_page_of_nobody_is_staffs(mode: int) -> None:
    lesson, tina, ann, sam = lesson_of()
    lesson.has_pages(CLASS, HERS, reserved={"p2": {}})
    for one in (ann, sam):
        one.opens(HERS, mode=mode)
        assert one.heard(frame.ChannelRefused) == [frame.ChannelRefused(0, "page.unknown")]
    tina.opens(HERS, mode=mode)
    assert tina.heard(frame.State)[0].pen == (2 if mode == frame.WRITE else 0)


def test_the_pen_named_there_counts_and_the_boards_counts_elsewhere() -> None:
    lesson, tina, ann, _ = lesson_of()
    tina.opens(HERS)
    ann.opens(HERS)
    ann.opens(CLASS, channel=1)
    assert [(one.channel, one.pen) for one in ann.heard(frame.State)] == [(0, 1), (1, 0)]
    key = ann.draws()
    lesson.passes(0.1)
    assert tina.items() == {key}
    lesson.sets_pen(ann, "all")
    assert ann.heard(frame.PenChanged) == [frame.PenChanged(1, 2)]
    lesson.sets_pen(ann, "none")
    ann.forgets()
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": "none"}})
    assert ann.heard(frame.PenChanged) == [frame.PenChanged(0, 0)]
    ann.draws()
    assert ann.heard(frame.Deny) == [frame.Deny(0, 2, "pen.missing")]


def test_a_pen_that_goes_in_mid_stroke_leaves_nothing_hanging() -> None:
    lesson, tina, ann, _ = lesson_of()
    tina.opens(HERS)
    ann.opens(HERS)
    ann.shows("k-1")
    ann.points_at(1, 2)
    lesson.passes(0.1)
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": "none"}})
    lesson.passes(0.1)
    assert [one.flags for one in tina.heard(frame.PeerLive)] == [0, frame.ENDED]
    assert tina.heard(frame.PeerCursor)[-1].flags == frame.HIDDEN


def test_a_lock_still_locks_it() -> None:
    lesson, tina, ann, _ = lesson_of(pen="all")
    lesson.has_pages(CLASS, HERS, locked=("p2",), reserved={"p2": {"ann": "all"}})
    tina.opens(HERS)
    ann.opens(HERS)
    assert (tina.heard(frame.State)[0].pen, ann.heard(frame.State)[0].pen) == (2, 0)
    ann.draws()
    assert ann.heard(frame.Deny) == [frame.Deny(0, 1, "page.locked")]


@pytest.mark.parametrize("mode", MODES)
def test_whoever_is_named_no_more_hears_nothing_more(mode: int) -> None:
    lesson, tina, ann, sam = lesson_of()
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": "own", "sam": "none"}})
    tina.opens(HERS)
    ann.opens(HERS)
    sam.opens(HERS, mode=mode)
    kept = ann.draws()
    lesson.passes(0.1)
    assert sam.items() == {kept}
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": "own"}})
    assert sam.heard(frame.Gone) == [frame.Gone(0)]
    assert not ann.heard(frame.Gone)
    assert not tina.heard(frame.Gone)
    sam.forgets()
    ann.shows("k-1")
    ann.draws()
    lesson.passes(0.1)
    assert sam.inbox == []


def test_a_channel_kept_over_a_change_says_nothing() -> None:
    lesson, tina, ann, sam = lesson_of()
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": "own", "sam": "own"}})
    tina.opens(HERS)
    ann.opens(HERS)
    sam.opens(HERS)
    _, update = sam.stroke()
    tina.forgets()
    ann.forgets()
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": "own"}})
    sam.updates(update)
    sam.shows("k-1")
    sam.points_at(1, 2)
    sam.sends(frame.Laser(0, b"trail"))
    lesson.passes(0.1)
    assert tina.inbox == []
    assert ann.inbox == []
    assert lesson.board.take_counts()["dropped.channel"] == 4
    assert lesson.stored(HERS).items() == {}


def test_who_is_taken_off_while_the_page_is_loaded_gets_nothing() -> None:
    lesson, _, _, sam = lesson_of()
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"sam": "own"}})
    lesson.holds_loads = True
    sam.opens(HERS)
    lesson.has_pages(CLASS, HERS, reserved={"p2": {}})
    assert sam.heard(frame.Gone) == [frame.Gone(0)]
    lesson.release()
    assert not sam.heard(frame.State)


def test_who_only_looks_writes_and_shows_nothing() -> None:
    lesson, tina, ann, sam = lesson_of()
    lesson.has_pages(CLASS, HERS, reserved={"p2": {"ann": "own", "sam": "all"}})
    tina.opens(HERS)
    ann.opens(HERS)
    sam.opens(HERS, mode=frame.LOOK)
    ann.forgets()
    sam.shows("k-1")
    sam.points_at(1, 2)
    sam.sends(frame.Laser(0, b"trail"))
    sam.draws()
    lesson.passes(0.1)
    assert ann.inbox == []
    assert sam.heard(frame.Deny) == [frame.Deny(0, 1, "pen.missing")]
    assert lesson.stored(HERS).items() == {}


def test_work_stays_when_the_page_becomes_everybodys() -> None:
    lesson, _, ann, sam = lesson_of()
    ann.opens(HERS)
    lesson.holds_commits = True
    key = ann.draws()
    lesson.sets_pen(ann, "own")
    lesson.has_pages(CLASS, HERS)
    assert not ann.heard(frame.Gone)
    sam.opens(HERS)
    lesson.release()
    other = ann.draws()
    lesson.passes(0.1)
    assert sam.items() == {key, other}


def test_forty_pages_may_be_open_eight_of_them_to_write() -> None:
    pages = tuple(f"p{number}" for number in range(41))
    lesson = Lesson(pages=pages)
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    for number in range(8):
        tina.opens(doc_id(pages[number]), channel=number)
    tina.opens(doc_id(pages[8]), channel=8)
    assert tina.heard(frame.ChannelRefused) == [frame.ChannelRefused(8, "channel.limit")]
    tina.forgets()
    for number in range(8, 41):
        tina.opens(doc_id(pages[number]), channel=number + 20, mode=frame.LOOK)
    assert tina.heard(frame.ChannelRefused) == [frame.ChannelRefused(60, "channel.limit")]
    keys = []
    for number in range(40):
        sam.opens(doc_id(pages[number]))
        keys.append(sam.draws())
        sam.sends(frame.CloseChannel(0))
    lesson.passes(0.1)
    for number, key in enumerate(keys):
        assert tina.items(number if number < 8 else number + 20) == {key}
    assert tina.closed_with is None
