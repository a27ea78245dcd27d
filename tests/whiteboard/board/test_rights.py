"""Who may write, when the pen goes, locked pages, refused updates, pages that are gone."""

from __future__ import annotations

import pytest
from pycrdt import Doc

from tests.support.board_lesson import Client, Lesson, doc_id
from whiteboard import frame


def pair(lesson: Lesson) -> tuple[Client, Client]:
    tina, sam = lesson.comes("tina", pen="all", is_staff=True), lesson.comes("sam")
    tina.opens()
    sam.opens()
    lesson.passes(1)
    tina.forgets()
    sam.forgets()
    return tina, sam


def test_a_pen_taken_mid_stroke_leaves_nothing_hanging() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    sam.shows("k-1", b"start")
    sam.shows("k-2", b"other")
    sam.points_at(3, 4)
    lesson.passes(0.02)
    lesson.sets_pen(sam, "none")
    assert sam.heard(frame.PenChanged) == [frame.PenChanged(0, 0)]
    ends = [one for one in tina.heard(frame.PeerLive) if one.flags & frame.ENDED]
    assert {one.key for one in ends} == {"k-1", "k-2"}
    assert tina.heard(frame.PeerCursor)[-1].flags == frame.HIDDEN
    tina.forgets()
    sam.shows("k-3")
    sam.points_at(5, 5)
    sam.sends(frame.Laser(0, b"trail"))
    lesson.passes(0.1)
    assert tina.inbox == []
    assert lesson.board.take_counts()["dropped.pen"] == 3
    sam.draws()
    assert sam.heard(frame.Deny) == [frame.Deny(0, 1, "pen.missing")]
    assert sam.closed_with is None


def test_a_pen_given_ends_nothing() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    sam.shows("k-1")
    lesson.sets_pen(sam, "all")
    lesson.sets_pen(sam, "all")
    lesson.passes(0.1)
    assert sam.heard(frame.PenChanged) == [frame.PenChanged(0, 2)]
    assert [one.flags for one in tina.heard(frame.PeerLive)] == [0]


def test_a_preview_is_ended_once() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    lesson.sets_pen(sam, "all")
    sam.shows("k-1")
    for pen in ("own", "none"):
        lesson.sets_pen(sam, pen)
    assert [one.flags for one in tina.heard(frame.PeerLive)] == [0, frame.ENDED]


def test_the_end_of_an_unknown_preview_is_not_passed_on() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    sam.shows("k-1", flags=frame.ENDED)
    lesson.passes(0.1)
    assert tina.inbox == []
    assert lesson.board.take_counts()["dropped.live_unknown"] == 1


def test_a_locked_page_is_staffs() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    lesson.has_pages(doc_id(), locked=("p1",))
    assert sam.heard(frame.PenChanged) == [frame.PenChanged(0, 0)]
    assert tina.heard(frame.PenChanged) == []
    key = tina.draws()
    lesson.passes(0.1)
    assert sam.items() == {key}
    sam.draws()
    assert sam.heard(frame.Deny) == [frame.Deny(0, 1, "page.locked")]
    late = lesson.comes("late")
    late.opens()
    assert late.heard(frame.State)[0].pen == 0
    lesson.has_pages(doc_id())
    assert late.heard(frame.PenChanged) == [frame.PenChanged(0, 1)]


def test_a_page_locked_before_anybody_opened_it_is_locked() -> None:
    lesson = Lesson()
    lesson.has_pages(doc_id(), locked=("p1",))
    tina, sam = lesson.comes("tina", pen="all", is_staff=True), lesson.comes("sam")
    tina.opens()
    sam.opens()
    assert tina.heard(frame.State)[0].pen == 2
    assert sam.heard(frame.State)[0].pen == 0


def test_denied_then_opened_anew() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    kept = tina.draws()
    lesson.passes(0.1)
    sam.shows("k-1")
    lesson.passes(0.1)
    tina.forgets()
    lesson.sets_pen(sam, "none")
    _, first = sam.stroke()
    _, second = sam.stroke()
    sam.updates(first)
    sam.updates(second)
    assert sam.heard(frame.Deny) == [frame.Deny(0, 1, "pen.missing")]
    lesson.sets_pen(sam, "own")
    sam.updates(second)
    lesson.passes(0.1)
    assert len(sam.heard(frame.Deny)) == 1
    assert not tina.heard(frame.Apply)
    assert tina.closed_with is None
    sam.opens()
    assert sam.heard(frame.State)[-1].pen == 1
    assert sam.items() == {kept}
    again = sam.draws()
    lesson.passes(0.1)
    assert tina.items() == {kept, again}


def test_a_denied_channel_hears_nothing_until_it_is_opened_anew() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    sam.updates(b"\x07nonsense")
    assert sam.heard(frame.Deny)[0].code.startswith("update.")
    sam.forgets()
    tina.draws()
    tina.shows("a-1")
    lesson.passes(0.1)
    assert sam.inbox == []


def test_somebody_elses_client_id_is_refused() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    taken = tina.docs[0].client_id
    sam.opens(channel=1, document=Doc(client_id=taken))
    assert sam.heard(frame.ChannelRefused) == [frame.ChannelRefused(1, "client.taken")]
    sam.opens(channel=1)
    assert 1 in sam.docs
    assert sam.closed_with is None


def test_ones_own_client_id_may_come_again() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    document = sam.docs[0]
    key = sam.draws()
    sam.leaves()
    again = lesson.comes("sam")
    again.opens(document=document)
    assert again.heard(frame.State)
    other = again.draws()
    lesson.passes(0.1)
    assert tina.items() == {key, other}


@pytest.mark.parametrize("which", ["board/p2/0", "other/p1/0", "board/p1/1", "p1", "", "x" * 300])
def test_a_page_that_is_not_the_boards_is_refused(which: str) -> None:
    lesson = Lesson()
    sam = lesson.comes("sam")
    sam.sends(frame.Open(0, which, 5, b"", frame.WRITE))
    assert sam.heard(frame.ChannelRefused) == [frame.ChannelRefused(0, "page.unknown")]


def test_a_channel_in_use_is_refused_and_stays_open() -> None:
    lesson = Lesson()
    _, sam = pair(lesson)
    sam.sends(frame.Open(0, str(doc_id()), 77, b"", frame.WRITE))
    assert sam.heard(frame.ChannelRefused) == [frame.ChannelRefused(0, "channel.taken")]


def test_no_state_vector_is_refused() -> None:
    lesson = Lesson()
    sam = lesson.comes("sam")
    sam.sends(frame.Open(0, str(doc_id()), 77, b"\xff\xff", frame.WRITE))
    assert sam.heard(frame.ChannelRefused) == [frame.ChannelRefused(0, "update.malformed")]


def test_a_page_that_cannot_be_loaded_is_refused() -> None:
    lesson = Lesson()
    lesson.holds_loads = True
    sam = lesson.comes("sam")
    sam.opens()
    lesson.board.page_failed(doc_id(), "board.unavailable")
    lesson.settle()
    assert sam.heard(frame.ChannelRefused) == [frame.ChannelRefused(0, "board.unavailable")]
    lesson.held.clear()
    lesson.holds_loads = False
    sam.opens()
    assert sam.heard(frame.State)


def test_a_cleared_page_is_gone_and_its_new_epoch_can_be_opened() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    sam.draws()
    sam.shows("k-1")
    lesson.has_pages(doc_id(epoch=1))
    assert tina.heard(frame.Gone) == [frame.Gone(0)]
    assert sam.heard(frame.Gone) == [frame.Gone(0)]
    sam.shows("k-2")
    sam.sends(frame.Update(0, 9, b"\x00\x00"))
    tina.forgets()
    tina.opens(doc_id(epoch=1))
    assert tina.items() == set()
    lesson.has_pages(doc_id())
    assert tina.heard(frame.Gone) == [frame.Gone(0)]
    tina.opens(doc_id())
    assert len(tina.items()) == 1


def test_a_page_that_goes_while_it_is_loaded_is_gone() -> None:
    lesson = Lesson()
    lesson.holds_loads = True
    sam = lesson.comes("sam")
    sam.opens()
    lesson.has_pages()
    assert sam.heard(frame.Gone) == [frame.Gone(0)]
    lesson.release()
    assert not sam.heard(frame.State)


def test_leaving_ends_what_one_showed() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    sam.shows("k-1")
    sam.points_at(1, 2)
    lesson.passes(0.1)
    tina.forgets()
    sam.leaves()
    assert [(one.key, one.flags) for one in tina.heard(frame.PeerLive)] == [("k-1", frame.ENDED)]
    assert tina.heard(frame.PeerCursor) == [frame.PeerCursor(0, sam.peer, frame.HIDDEN, 0, 0)]
    sam.says(b"\x02\x09\x01")
    lesson.board.leave(sam.peer)
    assert lesson.board.messages_to_send(sam.peer) is None


def test_closing_a_channel_ends_what_one_showed_there() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    sam.shows("k-1")
    lesson.passes(0.1)
    sam.sends(frame.CloseChannel(0), frame.CloseChannel(0))
    assert tina.heard(frame.PeerLive)[-1].flags == frame.ENDED
    tina.draws()
    lesson.passes(0.1)
    assert not sam.heard(frame.Apply)
