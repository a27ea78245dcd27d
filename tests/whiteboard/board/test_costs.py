"""What a connection may cost: bytes, openings of pages, updates that say nothing new."""

from __future__ import annotations

import pytest
from pycrdt import Doc

from tests.support.board_lesson import Client, Lesson, doc_id
from whiteboard import frame
from whiteboard.content import COST_MAX, INLINE_BYTES_MAX
from whiteboard.effects import Deflate
from whiteboard.errors import Refused
from whiteboard.frame_reading import first_client_frame
from whiteboard.frame_writing import encode, varuint
from whiteboard.limits import (
    BYTES_BURST,
    BYTES_PER_S,
    DENIED_BYTES,
    DENIED_COST,
    HELLO_BYTES_MAX,
    REPEATS_BURST,
    VECTOR_BYTES_MAX,
    Budget,
)
from whiteboard.page import Page

LARGE = b"\x01" + b"\x02\x02\x03" * 5000


def pauses(client: Client) -> float:
    return client.lesson.board.pause_s(client.peer, now=client.lesson.now)


def large_page(lesson: Lesson) -> Client:
    tina = lesson.comes("tina", pen="all", is_staff=True)
    tina.opens()
    for number in range(12):
        tina.draws(points=b"\x01" + bytes((number * 7 % 128, 2, 3)) * 5000)
        lesson.passes(0.5)
    return tina


def vector_of(known: dict[int, int]) -> bytes:
    pairs = (varuint(client) + varuint(clock) for client, clock in known.items())
    return varuint(len(known)) + b"".join(pairs)


def test_a_budget_goes_into_debt_and_says_for_how_long() -> None:
    budget = Budget(10.0, 30.0, now=5.0)
    assert budget.debt_s(now=5.0) == 0.0
    budget.spend(50.0)
    assert budget.debt_s(now=5.0) == 2.0
    assert budget.debt_s(now=4.0) == 2.0, "time never runs backwards"
    assert budget.debt_s(now=6.5) == pytest.approx(0.5)
    assert budget.debt_s(now=100.0) == 0.0
    budget.spend(30.0)
    assert budget.debt_s(now=100.0) == 0.0, "no more than the burst was saved up"


def test_a_file_of_three_megabytes_is_restored_at_once_and_more_of_it_waits() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina", pen="all", is_staff=True)
    tina.opens()
    sent, waited = 0, 0.0
    for number in range(420):
        _, update = tina.stroke(points=LARGE)
        sent += len(update)
        tina.updates(update)
        assert (pauses(tina) > 0) == (sent + 50 * number > BYTES_BURST + waited * BYTES_PER_S)
        waited += pauses(tina)
        lesson.passes(pauses(tina))
    assert sent > 6_000_000
    assert tina.closed_with is None
    assert tina.acked == {0: 420}
    assert waited == pytest.approx((sent - BYTES_BURST) / BYTES_PER_S, rel=0.02)


def test_all_frames_count_by_their_bytes() -> None:
    lesson = Lesson()
    sam = lesson.comes("sam")
    message = encode(frame.Laser(0, bytes(1000))) * 250  # to a channel that is not open: dropped
    for _ in range(18):
        sam.says(message)
    over = 18 * len(message) - BYTES_BURST
    assert pauses(sam) * BYTES_PER_S == pytest.approx(over)
    assert lesson.board.pause_s(77, now=lesson.now) == 0.0, "somebody who left"


def losing_the_pen(lesson: Lesson) -> tuple[Client, bytes]:
    """Somebody without a pen, and an update of theirs that is in the page."""
    sue = lesson.comes("sue")
    sue.opens()
    _, update = sue.stroke()
    sue.updates(update)
    lesson.sets_pen(sue, "none")
    return sue, update


def test_who_has_no_pen_repeats_a_few_updates_and_no_more() -> None:
    lesson = Lesson()
    sue, update = losing_the_pen(lesson)
    for number in range(int(REPEATS_BURST)):
        sue.updates(update)
        assert sue.acked == {0: number + 2}
    lesson.passes(2.0)
    for _ in range(2):
        sue.updates(update)
    assert sue.closed_with is None
    sue.updates(update)
    assert sue.closed_with == "rate.limited"


def test_who_has_a_pen_repeats_what_was_kept_offline() -> None:
    lesson = Lesson()
    sue, update = losing_the_pen(lesson)
    lesson.sets_pen(sue, "own")
    for _ in range(200):
        sue.updates(update)
    assert sue.acked == {0: 201}


def test_what_was_known_is_acknowledged_before_the_end() -> None:
    lesson = Lesson()
    sue, update = losing_the_pen(lesson)
    sue.is_slow = True
    sue.sends(*[frame.Update(0, no, update) for no in range(2, 60)])
    assert sue.closed_with == "rate.limited"
    assert sue.acked == {0: 2 + int(REPEATS_BURST)}, "or it would come with the same ones again"


def test_updates_that_are_denied_cost_more() -> None:
    lesson = Lesson()
    sam = lesson.comes("sam")
    lesson.board._peers[sam.peer].budget.spend(BYTES_BURST)
    sam.opens()
    sam.updates(bytes(40_000))
    assert sam.heard(frame.Deny)
    charged = pauses(sam) * BYTES_PER_S
    assert charged == pytest.approx(DENIED_BYTES + (1 + DENIED_COST) * 40_000, rel=0.01)


def test_a_vector_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    tina.draws()
    asked: list[bytes] = []
    whole = Page.state

    def state(page: Page, since: bytes) -> bytes:
        asked.append(since)
        return whole(page, since)

    monkeypatch.setattr(Page, "state", state)
    vector = vector_of({client: 1 for client in range(1000, 1000 + VECTOR_BYTES_MAX)})
    sam.docs[0] = Doc()
    sam.sends(frame.Open(0, str(doc_id()), 77, vector, frame.WRITE))
    assert asked == [b""]
    assert sam.items() == tina.items()


def test_who_lacks_much_gets_the_imprint_without_an_encoding_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lesson = Lesson()
    tina = large_page(lesson)
    lesson.comes("first").opens()
    late = lesson.comes("late")
    known = vector_of({9: 1})
    monkeypatch.setattr(Page, "state", lambda *_: pytest.fail("the page was encoded"))
    late.docs[0] = Doc()
    late.sends(frame.Open(0, str(doc_id()), 78, known, frame.WRITE))
    assert late.items() == tina.items()
    lesson.holds_deflates = True
    monkeypatch.undo()
    tina.draws()
    back = lesson.comes("back")
    back.docs[0] = Doc()
    back.docs[0].apply_update(late.docs[0].get_update())
    back.sends(frame.Open(0, str(doc_id()), 79, back.docs[0].get_state(), frame.WRITE))
    assert len(back.heard(frame.State)[0].update) < 1000, "little is encoded for one"
    assert back.items() == tina.items()


def test_openings_are_charged_by_what_they_cost() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    for _ in range(4):
        tina.draws(points=LARGE)
    size = len(tina.docs[0].get_update())
    assert size < INLINE_BYTES_MAX
    sam = lesson.comes("sam")
    opening = frame.Open(0, str(doc_id()), 0, b"", frame.LOOK)
    sam.sends(opening, frame.CloseChannel(0))
    budget = lesson.board._peers[sam.peer].budget
    budget.spend(BYTES_BURST)
    assert 0.0 < pauses(sam) < 0.1
    for _ in range(50):
        sam.sends(opening, frame.CloseChannel(0))
    assert pauses(sam) * BYTES_PER_S == pytest.approx(51 * size / 4, rel=0.1)
    assert sam.closed_with is None


def test_a_large_page_is_charged_when_it_was_encoded_in_vain() -> None:
    assert COST_MAX < BYTES_BURST
    lesson = Lesson()
    large_page(lesson)
    lesson.holds_deflates = True
    sam = lesson.comes("sam")
    lesson.board._peers[sam.peer].budget.spend(BYTES_BURST)
    sam.opens()
    assert pauses(sam) > 150_000 / 4 / BYTES_PER_S


def test_a_page_that_cannot_be_compressed_is_refused_and_asked_for_again() -> None:
    lesson = Lesson()
    tina = large_page(lesson)
    lesson.holds_deflates = True
    sam, sue = lesson.comes("sam"), lesson.comes("sue")
    sam.opens()
    sue.opens()
    [wanted] = lesson.held
    assert isinstance(wanted, Deflate)
    lesson.held.clear()
    lesson.board.page_not_deflated(doc_id(), seq=wanted.seq - 1, code="board.unavailable")
    lesson.settle()
    assert not sam.heard(frame.ChannelRefused), "an older one does not matter"
    lesson.board.page_not_deflated(doc_id(), seq=wanted.seq, code="board.unavailable")
    lesson.settle()
    for client in (sam, sue):
        assert client.heard(frame.ChannelRefused) == [frame.ChannelRefused(0, "board.unavailable")]
    lesson.holds_deflates = False
    sam.opens()
    assert sam.items() == tina.items()
    lesson.board.page_not_deflated(doc_id("p9"), seq=1, code="board.unavailable")


def test_what_is_drawn_while_the_imprint_is_made_is_bounded() -> None:
    lesson = Lesson()
    tina = large_page(lesson)
    lesson.holds_deflates = True
    sam = lesson.comes("sam")
    sam.opens()
    [first] = lesson.held
    assert isinstance(first, Deflate)
    for _ in range(300):
        tina.draws(points=LARGE)
        lesson.passes(0.1)
    assert lesson.held == [first]
    lesson.release()
    [second] = lesson.held
    assert isinstance(second, Deflate)
    assert second.seq > first.seq + 290
    lesson.release()
    assert sam.items() == tina.items()
    assert not sam.heard(frame.Apply)


def test_the_first_message_is_read_only_as_far_as_its_first_frame() -> None:
    hello = frame.Hello("ticket")
    assert first_client_frame(encode(hello)) == (hello, b"")
    rest = b"\x05\x01\x09abc" + bytes(1000)
    assert first_client_frame(encode(hello) + rest) == (hello, rest)
    with pytest.raises(Refused, match=r"frame\.large"):
        first_client_frame(encode(hello) + bytes(HELLO_BYTES_MAX))
    for message in (b"", b"\x01\x63", b"\x05\x01\x09abc"):
        with pytest.raises(Refused, match=r"frame\.malformed"):
            first_client_frame(message)
