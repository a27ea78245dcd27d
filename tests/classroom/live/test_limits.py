"""How much one person may ask."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.errors import Refused
from classroom.live import limits as limits_module
from classroom.live.limits import (
    CHAT,
    COPIES,
    COSTLY,
    EVERY,
    PAGES,
    STRIKES,
    TURNS,
    WATCHES,
    WHOLE,
    WISHES,
    Limit,
    PeopleLimits,
    socket_limits,
)
from classroom.wire.chat import PostChat
from classroom.wire.messages import (
    ClearPage,
    CloseProducer,
    GivePen,
    JoinMedia,
    JoinRoom,
    PauseProducer,
    Produce,
    ResumeProducer,
    SetPreferences,
    SetShareMode,
    SyncRoom,
    TakeBoardTicket,
    TurnPage,
    WatchNetwork,
)


def test_a_burst_is_granted_and_then_a_rate() -> None:
    limits = socket_limits(now=0)
    for _ in range(int(EVERY.burst)):
        limits.take(now=0)
    with pytest.raises(Refused) as refused:
        limits.take(now=0)
    assert refused.value.code == "rate.limited"
    assert refused.value.params == {"retry_ms": 21}
    limits.take(now=0.021)


def play(per_s: float, *, seconds: float, kind: type[Any] | None = None) -> tuple[int, float]:
    """How many of a steady stream of requests are granted, and when its sender is struck off."""
    limits = socket_limits(now=0)
    granted = 0
    for number in range(int(per_s * seconds)):
        now = number / per_s
        try:
            limits.take(now=now)
            if kind is not None:
                limits.take_own(kind, now=now)
            granted += 1
        except Refused as refusal:
            if limits.is_struck_off(refusal.code, now=now):
                return granted, now
    return granted, float("inf")


def test_a_flood_is_cut_off_although_some_of_it_is_granted() -> None:
    granted, at = play(100, seconds=60)
    assert at < 15
    assert granted > EVERY.burst
    assert play(1000, seconds=60)[1] < 1


def test_chat_in_a_flood_is_cut_off_too() -> None:
    assert play(20, seconds=60, kind=PostChat)[1] < 20


def test_what_a_client_may_do_is_never_cut_off() -> None:
    assert play(EVERY.rate_per_s, seconds=600) == (EVERY.rate_per_s * 600, float("inf"))
    assert play(2.5, seconds=3600, kind=PostChat)[1] == float("inf"), "somebody who types too fast"


@pytest.mark.parametrize("code", ["message.malformed", "message.unknown", "rate.limited"])
def test_refusals_that_no_client_causes_are_counted(code: str) -> None:
    limits = socket_limits(now=0)
    struck = [limits.is_struck_off(code, now=0) for _ in range(int(STRIKES.burst) + 1)]
    assert struck == [False] * int(STRIKES.burst) + [True]
    assert not limits.is_struck_off(code, now=1), "it is forgotten with time"


def test_other_refusals_are_not_counted() -> None:
    limits = socket_limits(now=0)
    for _ in range(1000):
        assert not limits.is_struck_off("producer.unknown", now=0)


def test_the_whole_room_has_its_own_measure() -> None:
    limits = socket_limits(now=0)
    for _ in range(int(WHOLE.burst)):
        limits.take_own(SyncRoom, now=0)
    with pytest.raises(Refused) as refused:
        limits.take_own(SyncRoom, now=0)
    assert refused.value.params == {"retry_ms": 1001}


def test_turns_share_one_measure_and_muting_is_never_refused() -> None:
    limits = socket_limits(now=0)
    for number in range(int(TURNS.burst)):
        limits.take_own((Produce, ResumeProducer, SetShareMode)[number % 3], now=0)
    for kind in (Produce, ResumeProducer, SetShareMode):
        with pytest.raises(Refused):
            limits.take_own(kind, now=0)
    for _ in range(100):
        limits.take_own(PauseProducer, now=0)
        limits.take_own(CloseProducer, now=0)


def test_a_key_held_to_speak_is_never_refused() -> None:
    granted, _ = play(3, seconds=120, kind=ResumeProducer)
    assert granted == 360


def test_chat_has_its_own_measure() -> None:
    limits = socket_limits(now=0)
    for _ in range(int(CHAT.burst)):
        limits.take_own(PostChat, now=0)
    with pytest.raises(Refused):
        limits.take_own(PostChat, now=0)
    limits.take_own(SyncRoom, now=0)
    limits.take_own(JoinMedia, now=0)
    limits.take_own(PostChat, now=1)


def test_costly_requests_share_one_measure() -> None:
    limits = socket_limits(now=0)
    for number in range(int(COSTLY.burst)):
        limits.take_own(JoinMedia if number % 2 else JoinRoom, now=0)
    with pytest.raises(Refused):
        limits.take_own(JoinRoom, now=0)


def test_a_client_without_media_may_go_on_asking() -> None:
    limits = socket_limits(now=0)
    for number in range(33):
        limits.take_own(JoinMedia, now=number * 0.3)


def test_leafing_and_pens_share_one_measure_and_clearing_has_a_smaller_one() -> None:
    limits = socket_limits(now=0)
    for _ in range(int(PAGES.burst)):
        limits.take_own(TurnPage, now=0)
    with pytest.raises(Refused):
        limits.take_own(GivePen, now=0)
    for _ in range(int(COPIES.burst)):
        limits.take_own(ClearPage, now=0)
    with pytest.raises(Refused):
        limits.take_own(ClearPage, now=0)


def test_a_broken_board_connection_may_be_asked_for_again_and_again() -> None:
    assert play(3, seconds=60, kind=TakeBoardTicket) == (180, float("inf"))


@pytest.mark.parametrize(("kind", "limit"), [(SetPreferences, WISHES), (WatchNetwork, WATCHES)])
def test_wishes_and_watches_have_their_own_measure(kind: type[Any], limit: Limit) -> None:
    limits = socket_limits(now=0)
    for _ in range(int(limit.burst)):
        limits.take_own(kind, now=0)
    with pytest.raises(Refused) as refused:
        limits.take_own(kind, now=0)
    assert refused.value.code == "rate.limited"
    limits.take_own(kind, now=1 / limit.rate_per_s)
    limits.take_own(ResumeProducer, now=0)


def test_a_window_that_is_dragged_is_never_refused() -> None:
    granted, struck_at = play(WISHES.rate_per_s, seconds=60, kind=SetPreferences)
    assert (granted, struck_at) == (WISHES.rate_per_s * 60, float("inf"))


def test_a_new_socket_of_the_same_person_has_no_fuller_buckets() -> None:
    people = PeopleLimits({PostChat: Limit(1, 2)})
    first = people.of("li", now=0)
    for _ in range(300):
        first.take(now=0)
    with pytest.raises(Refused, match=r"rate\.limited"):
        people.of("li", now=0).take(now=0)
    people.of("an", now=0).take(now=0)


def test_the_parts_of_a_room_have_limits_of_their_own() -> None:
    class Answered:
        """A request of a part."""

    limits = PeopleLimits({Answered: Limit(1, 2)}).of("li", now=0)
    limits.take_own(Answered, now=0)
    limits.take_own(Answered, now=0)
    with pytest.raises(Refused, match=r"rate\.limited"):
        limits.take_own(Answered, now=0)


def test_so_many_people_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_module, "PEOPLE_MAX", 2)
    people = PeopleLimits({})
    first, second = people.of("li", now=0), people.of("an", now=0)
    assert people.of("li", now=0) is first
    people.of("bo", now=0)
    assert people.of("an", now=0) is not second
