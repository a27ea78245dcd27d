"""A class at a board: joining, opening, drawing, pointing, looking along."""

from __future__ import annotations

from tests.support.board_lesson import Lesson, doc_id
from whiteboard import frame
from whiteboard.frame_writing import Segment
from whiteboard.presence import Cursors


def test_joining_tells_who_one_is_and_who_is_here() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina", pen="all", is_staff=True)
    sam = lesson.comes("sam")
    assert sam.inbox[0] == frame.Welcome({"peer": sam.peer, "author": "sam"})
    everybody = [
        {"peer": tina.peer, "participant_id": "tina-1", "name": "Tina", "author": "tina"},
        {"peer": sam.peer, "participant_id": "sam-1", "name": "Sam", "author": "sam"},
    ]
    assert sam.inbox[1] == frame.Peers(everybody)
    assert tina.heard(frame.Peers)[-1] == frame.Peers(everybody)
    tina.leaves()
    assert sam.heard(frame.Peers)[-1] == frame.Peers(everybody[1:])


def test_an_open_page_comes_with_its_authors_and_the_pen() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina", pen="all")
    tina.opens()
    key = tina.draws()
    sam = lesson.comes("sam")
    sam.forgets()
    sam.opens(channel=3)
    names, state = sam.inbox
    assert names == frame.Authors(3, {"tina": "Tina", "sam": "Sam"})
    assert isinstance(state, frame.State)
    assert (state.channel, state.seq, state.pen, state.flags) == (3, 1, 1, 0)
    assert sam.items(3) == {key}


def test_an_open_waits_for_the_page() -> None:
    lesson = Lesson()
    lesson.holds_loads = True
    sam = lesson.comes("sam")
    sam.opens()
    assert not sam.heard(frame.State)
    lesson.release()
    assert sam.heard(frame.State)


def test_strokes_reach_the_others_as_they_were_sent_and_not_the_writer() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens(channel=0)
    sam.opens(channel=5)
    tina.forgets()
    sam.forgets()
    lesson.passes(1)
    _, update = tina.stroke()
    tina.updates(update)
    lesson.passes(0.05)
    assert sam.heard(frame.Apply) == [frame.Apply(5, 1, tina.peer, update)]
    assert not tina.heard(frame.Apply)
    assert tina.heard(frame.Ack) == [frame.Ack(0, 1, 1)]
    assert sam.items(5) == tina.items()


def test_what_is_in_the_state_is_not_told_again() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    tina.draws()
    tina.draws()  # waits for the tick
    sam = lesson.comes("sam")
    sam.opens()
    lesson.passes(0.1)
    assert sam.heard(frame.State)[0].seq == 2
    assert not sam.heard(frame.Apply)


def test_a_new_author_is_named_before_the_first_stroke() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    tina.forgets()
    sam.draws()
    lesson.passes(0.05)
    sam.draws()
    lesson.passes(0.05)
    assert tina.heard(frame.Authors) == [frame.Authors(0, {"sam": "Sam"})]
    assert [type(one) for one in tina.inbox] == [frame.Authors, frame.Apply, frame.Apply]


def test_two_tabs_of_one_connection_hear_each_other() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens(channel=0)
    tina.opens(channel=1, mode=frame.LOOK)
    key = tina.draws(0)
    lesson.passes(0.05)
    assert tina.items(1) == {key}
    assert [one.channel for one in tina.heard(frame.Apply)] == [1]


def test_what_is_said_at_once_is_sent_at_once_and_a_stream_in_ticks() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    lesson.passes(1)
    sam.forgets()
    for number in range(12):  # a frame each 10 ms
        tina.shows("a-1", bytes((number,)))
        lesson.passes(0.01)
    lesson.passes(0.05)
    assert [one.payload[0] for one in sam.heard(frame.PeerLive)] == list(range(12))
    assert len(sam.messages) == 4  # the first alone, then those of 40 ms together


def test_one_does_not_hear_oneself_among_many() -> None:
    lesson = Lesson()
    clients = [lesson.comes(f"s{number}") for number in range(6)]
    for number, client in enumerate(clients):
        client.opens(channel=number % 3)
    lesson.passes(1)
    for client in clients:
        client.forgets()
    for number, client in enumerate(clients):
        client.shows(f"k-{client.peer}", channel=number % 3)
    lesson.passes(0.05)
    for client in clients:
        others = [one.peer for one in clients if one is not client]
        assert sorted(one.peer for one in client.heard(frame.PeerLive)) == others
        assert {one.channel for one in client.heard(frame.PeerLive)} == set(client.docs)


def test_only_the_newest_cursor_counts() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam", is_slow=True)
    tina.opens()
    sam.opens()
    lesson.passes(1)
    sam.takes()
    sam.forgets()
    for x in range(50):
        tina.points_at(x, -x)
        lesson.passes(0.03)
    sam.takes()
    assert sam.heard(frame.PeerCursor) == [frame.PeerCursor(0, tina.peer, 0, 49, -49)]
    sam.forgets()
    sam.takes()
    assert sam.inbox == []


def test_a_cursor_that_moved_again_is_the_only_one_sent() -> None:
    cursors = Cursors()
    first, second, third = (
        Segment(frame.PeerCursor(0, peer, 0, x, 0)) for peer, x in ((1, 1), (2, 2), (1, 3))
    )
    cursors.put(1, first)
    cursors.put(2, second)
    seen = cursors.version
    cursors.put(1, third)
    assert list(cursors.since(seen, but=9)) == [third]
    assert list(cursors.since(0, but=9)) == [third, second]
    assert list(cursors.since(0, but=1)) == [second]


def test_a_newcomer_sees_where_others_point() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    tina.points_at(4, 5)
    sam = lesson.comes("sam")
    sam.opens()
    assert sam.heard(frame.PeerCursor) == [frame.PeerCursor(0, tina.peer, 0, 4, 5)]


def test_thumbnails_get_work_but_no_presence() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam", pen="all")
    tina.opens()
    sam.opens(mode=frame.LOOK)
    assert sam.heard(frame.State)[0].pen == 0
    sam.forgets()
    tina.shows("a-1")
    tina.points_at(1, 1)
    tina.sends(frame.Laser(0, b"trail"))
    key = tina.draws()
    tina.shows("a-1", flags=frame.ENDED)
    lesson.passes(0.1)
    assert [type(one) for one in sam.inbox] == [frame.Authors, frame.Apply]
    assert sam.items() == {key}
    _, update = sam.stroke()
    sam.updates(update)
    assert sam.heard(frame.Deny) == [frame.Deny(0, 1, "pen.missing")]


def test_only_the_presenters_view_is_passed_on() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina", is_staff=True), lesson.comes("sam")
    lesson.board.set_presenter("tina-1")
    sam.sends(frame.View("p1", 9, 9, 9, 9))
    for x in range(5):
        tina.sends(frame.View("p1", x, 0, 1280, 720))
    lesson.passes(0.05)
    seen = sam.heard(frame.PeerView)
    assert seen[-1] == frame.PeerView(tina.peer, "p1", 4, 0, 1280, 720)
    assert len(seen) == 2  # at once, and the newest of the tick
    assert not tina.heard(frame.PeerView)
    late = lesson.comes("late")
    assert late.heard(frame.PeerView) == seen[-1:]
    lesson.board.set_presenter(None)
    later = lesson.comes("later")
    assert not later.heard(frame.PeerView)


def test_laser_and_pong() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens(channel=2)
    tina.sends(frame.Laser(0, b"trail"), frame.Ping(7))
    lesson.passes(0.05)
    assert sam.heard(frame.PeerLaser) == [frame.PeerLaser(2, tina.peer, b"trail")]
    assert tina.heard(frame.Pong) == [frame.Pong(7)]


def test_pages_are_apart() -> None:
    lesson = Lesson(pages=("p1", "p2"))
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens(doc_id("p1"))
    sam.opens(doc_id("p2"))
    tina.draws()
    lesson.passes(0.05)
    assert not sam.heard(frame.Apply)


def test_eight_pages_may_be_open_and_not_nine() -> None:
    pages = tuple(f"p{number}" for number in range(9))
    lesson = Lesson(pages=pages)
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    for number, page in enumerate(pages):
        tina.opens(doc_id(page), channel=number)
        if number < 8:
            sam.opens(doc_id(page), channel=15 - number)
    assert tina.heard(frame.ChannelRefused) == [frame.ChannelRefused(8, "channel.limit")]
    keys = [tina.draws(channel) for channel in range(8)]
    lesson.passes(0.1)
    for number, key in enumerate(keys):
        assert sam.items(15 - number) == {key}
    tina.sends(frame.CloseChannel(0))
    tina.opens(doc_id("p8"), channel=8)
    assert 8 in tina.docs
