"""Bounds: rates, slow receivers, large messages, large pages."""

from __future__ import annotations

import pytest

from tests.support.board_lesson import Client, Lesson, doc_id
from whiteboard import frame
from whiteboard.content import TAIL_BYTES_MAX
from whiteboard.effects import Deflate
from whiteboard.frame_writing import encode
from whiteboard.limits import (
    DROPPABLE_BYTES_MAX,
    EPHEMERA_PER_S,
    MESSAGE_BYTES_MAX,
    PENDING_BYTES_MAX,
    PREVIEWS_MAX,
    REQUESTS_BURST,
    STATE_BYTES_MAX,
    UPDATES_BURST,
    TokenBucket,
)
from whiteboard.postbox import Postbox

LARGE = b"\x01" + b"\x00\x00\x00" * 5000


def pair(lesson: Lesson, *, is_slow: bool = False) -> tuple[Client, Client]:
    tina, sam = lesson.comes("tina"), lesson.comes("sam", is_slow=is_slow)
    tina.opens()
    sam.opens()
    lesson.passes(1)
    sam.takes()
    tina.forgets()
    sam.forgets()
    return tina, sam


def test_a_token_bucket_fills_with_time_and_never_backwards() -> None:
    bucket = TokenBucket(10.0, 3.0, now=5.0)
    assert [bucket.take(now=5.0) for _ in range(4)] == [True, True, True, False]
    assert not bucket.take(now=4.0)
    assert not bucket.take(now=5.09)
    assert bucket.take(now=5.11)
    assert [bucket.take(now=100.0) for _ in range(4)] == [True, True, True, False]


def test_too_many_previews_are_dropped_and_counted() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    for _ in range(100):
        tina.shows("k-1")
    tina.shows("k-1", flags=frame.ENDED)
    lesson.passes(0.1)
    assert len(sam.heard(frame.PeerLive)) == EPHEMERA_PER_S + 1, "the end always arrives"
    assert sam.heard(frame.PeerLive)[-1].flags == frame.ENDED
    assert lesson.board.take_counts()["dropped.rate"] == 100 - EPHEMERA_PER_S
    assert tina.closed_with is None


def test_previews_that_never_end_are_bounded() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    for number in range(PREVIEWS_MAX + 5):
        tina.shows(f"k-{number}")
        lesson.passes(0.1)
    assert len({one.key for one in sam.heard(frame.PeerLive)}) == PREVIEWS_MAX
    assert lesson.board.take_counts()["dropped.live_many"] == 5


def test_updates_of_an_hour_offline_pass_and_a_flood_closes() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    for number in range(int(UPDATES_BURST)):
        tina.sends(frame.Update(0, number + 1, b"\x00\x00"))
    assert tina.closed_with is None
    tina.sends(frame.Update(0, 5000, b"\x00\x00"))
    assert tina.closed_with == "rate.limited"
    assert sam.heard(frame.Peers)
    assert lesson.board.take_counts()["frame.rate.limited"] == 1


def test_a_flood_of_requests_closes() -> None:
    lesson = Lesson()
    tina, _ = pair(lesson)
    for _ in range(300):
        tina.sends(frame.Ping(1))
    assert tina.closed_with == "rate.limited"
    assert len(tina.heard(frame.Pong)) == REQUESTS_BURST


def test_a_flood_of_what_is_dropped_anyway_closes_in_the_end() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    ends = encode(frame.Live(0, "k", frame.ENDED, b"")) * 1000
    for number in range(6):
        assert (tina.closed_with is None) == (number <= 5)
        tina.says(ends)
    assert tina.closed_with == "rate.limited"
    assert sam.heard(frame.PeerLive) == []


def test_a_slow_receiver_loses_the_oldest_previews_first() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson, is_slow=True)
    payload = bytes(1000)
    for number in range(400):
        tina.shows("k-1", number.to_bytes(2, "big") + payload)
        if number == 100:
            key = tina.draws()
        lesson.passes(0.05)
    tina.shows("k-1", flags=frame.ENDED)
    lesson.passes(0.1)
    sam.takes()
    came = [int.from_bytes(one.payload[:2], "big") for one in sam.heard(frame.PeerLive)[:-1]]
    assert came == list(range(400 - len(came), 400))
    assert 0.9 * DROPPABLE_BYTES_MAX < len(came) * 1010 <= DROPPABLE_BYTES_MAX
    assert sam.heard(frame.PeerLive)[-1].flags == frame.ENDED
    assert key in sam.items(), "work is never dropped"
    assert lesson.board.take_counts()["dropped.slow"] == 400 - len(came)


def test_the_end_of_a_preview_outlives_what_is_dropped() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson, is_slow=True)
    tina.shows("k-1")
    tina.shows("k-1", flags=frame.ENDED)
    for _ in range(200):
        tina.shows("k-2", bytes(1000))
        lesson.passes(0.05)
    sam.takes()
    ends = [one.key for one in sam.heard(frame.PeerLive) if one.flags & frame.ENDED]
    assert ends == ["k-1"]
    assert lesson.board.take_counts()["dropped.slow"] > 0


def test_what_was_taken_does_not_count_any_more() -> None:
    postbox = Postbox(1, set())
    half = DROPPABLE_BYTES_MAX // 2 + 1
    postbox.put_droppable(b"a" * half)
    postbox.put(b"w" * 10)
    assert len(postbox.take()) == 2
    postbox.put_droppable(b"b" * half)
    assert postbox.take_dropped() == 0
    postbox.put_droppable(b"c" * half)
    assert b"".join(postbox.take()) == b"c" * half
    assert postbox.take_dropped() == 1


def test_one_page_is_never_too_large_to_be_given() -> None:
    postbox = Postbox(1, set())
    postbox.put_state(bytes(STATE_BYTES_MAX + 1))
    assert not postbox.is_overfull
    postbox.put_state(b"x")
    assert postbox.is_overfull
    postbox.take()
    postbox.put_state(b"x")
    postbox.put_state(b"x")
    assert not postbox.is_overfull


def test_a_receiver_too_slow_for_the_work_is_closed() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson, is_slow=True)
    drawn = 0
    while sam.closed_with is None and drawn < 400:
        tina.draws(points=LARGE)
        drawn += 1
        lesson.passes(0.5)
    assert sam.closed_with == "board.slow"
    assert drawn * 15000 == pytest.approx(PENDING_BYTES_MAX, rel=0.05)
    assert tina.heard(frame.Peers)[-1] == frame.Peers(
        [{"peer": tina.peer, "participant_id": "tina-1", "name": "Tina", "author": "tina"}]
    )
    again = lesson.comes("sam")
    again.opens()
    assert again.items() == tina.items()


def test_a_message_too_large_closes() -> None:
    lesson = Lesson()
    tina, sam = pair(lesson)
    tina.says(bytes(MESSAGE_BYTES_MAX + 1))
    assert tina.closed_with == "frame.large"
    assert sam.closed_with is None


def test_an_update_too_large_is_denied() -> None:
    lesson = Lesson()
    tina, _ = pair(lesson)
    tina.updates(bytes(70_000))
    assert tina.heard(frame.Deny) == [frame.Deny(0, 1, "update.large")]
    assert tina.closed_with is None


def draw_much(lesson: Lesson, client: Client) -> None:
    for number in range(8):
        client.draws(points=b"\x01" + bytes((number * 7 % 128, 2, 3)) * 5000)
        lesson.passes(0.1)


def test_a_state_of_some_size_is_deflated() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    tina.draws(points=LARGE)
    sam = lesson.comes("sam")
    sam.opens()
    [state] = sam.heard(frame.State)
    assert state.flags == frame.DEFLATED
    assert len(state.update) < 1000
    assert sam.items() == tina.items()


def test_a_large_page_is_compressed_elsewhere_once_and_what_came_since_follows() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    draw_much(lesson, tina)
    lesson.holds_deflates = True
    sam, sue = lesson.comes("sam"), lesson.comes("sue")
    sam.opens(channel=1)
    sue.opens()
    [wanted] = lesson.held
    assert isinstance(wanted, Deflate)
    assert not sam.heard(frame.State)
    tina.draws()
    lesson.passes(0.1)
    lesson.release()
    for client in (sam, sue):
        assert client.heard(frame.State)[0].seq == 8
        assert [one.seq for one in client.heard(frame.Apply)] == [9]
    assert sam.items(1) == sue.items() == tina.items()
    tina.draws()
    lesson.passes(0.1)
    late = lesson.comes("late")
    late.opens()
    assert not lesson.held, "the imprint serves the next ones too"
    assert late.items() == sue.items() == tina.items()


def test_an_old_imprint_is_made_anew() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    draw_much(lesson, tina)
    sam = lesson.comes("sam")
    sam.opens()
    lesson.holds_deflates = True
    drawn = 0
    while not lesson.held and drawn < 40:
        tina.draws(points=LARGE)
        drawn += 1
        lesson.passes(0.05)
        late = lesson.comes("late")
        late.opens()
    assert drawn * len(LARGE) == pytest.approx(TAIL_BYTES_MAX, rel=0.1)
    lesson.release()
    assert late.heard(frame.State)[0].seq == 8 + drawn
    assert late.items() == tina.items() == sam.items()


def test_who_was_away_for_long_gets_the_imprint_and_keeps_own_work() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    own = sam.draws()
    lesson.passes(0.1)
    document = sam.docs[0]
    sam.leaves()
    draw_much(lesson, tina)
    back = lesson.comes("sam")
    back.docs[0] = document
    key, update = back.stroke()
    back.opens(document=document)
    back.updates(update)
    lesson.passes(0.1)
    assert back.items() == tina.items()
    assert {own, key} < tina.items()


def test_closing_while_the_imprint_is_made_opens_nothing() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    draw_much(lesson, tina)
    lesson.holds_deflates = True
    sam = lesson.comes("sam")
    sam.opens()
    sam.sends(frame.CloseChannel(0))
    lesson.release()
    assert not sam.heard(frame.State)
    sam.opens(doc_id())
    assert sam.heard(frame.State)
