"""Who is silently gone: counted in looks, and only where their media is silent too."""

from __future__ import annotations

from typing import Any

from classroom.ids import ParticipantId
from classroom.live.books import Books, Endpoint
from classroom.live.silence import LOOK_EVERY_S, LOOKS, Silence, unheard
from media.ids import EndpointId, TransportId

LI, BO = ParticipantId("li"), ParticipantId("bo")


def test_who_says_nothing_for_so_many_looks_is_told_again_and_again() -> None:
    silence = Silence()
    looks = [silence.look({"li": 7.0, "bo": float(number)}) for number in range(LOOKS + 3)]
    assert looks == [[]] * LOOKS + [["li"]] * 3
    assert silence.look({"li": 8.0}) == []


def test_it_is_seen_within_twenty_seconds() -> None:
    assert LOOKS * LOOK_EVERY_S + 2 * LOOK_EVERY_S <= 20


def test_a_server_that_stood_still_blames_nobody() -> None:
    silence = Silence()
    silence.look({"li": 7.0})
    assert silence.look({"li": 7.0}) == [], "however much later that was"


def test_who_is_gone_and_comes_back_begins_anew() -> None:
    silence = Silence()
    for _ in range(LOOKS):
        silence.look({"li": 7.0})
    silence.look({})
    assert silence.look({"li": 7.0}) == []


def rows(**is_heard: bool) -> list[dict[str, Any]]:
    return [{"endpoint_id": name, "is_heard": one} for name, one in is_heard.items()]


def test_only_whose_media_is_silent_too() -> None:
    books = Books()
    for who in (LI, BO):
        books.enter(
            Endpoint(EndpointId(f"{who}1"), who, {}, TransportId(f"{who}s"), TransportId(f"{who}r"))
        )
    assert unheard(rows(li1=False, bo1=True), books, [LI, BO]) == {LI}
    assert unheard([], books, [LI, BO]) == set(), "no worker tells"
    assert unheard([], Books(), [LI]) == {LI}, "who has no media"
