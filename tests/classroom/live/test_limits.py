"""How much one socket may ask."""

from __future__ import annotations

import pytest

from classroom.errors import Refused
from classroom.live.limits import CHAT, COSTLY, EVERY, socket_limits
from classroom.wire.messages import JoinMedia, JoinRoom, PostChat, SyncRoom


def test_a_burst_is_granted_and_then_a_rate() -> None:
    limits = socket_limits(now=0)
    for _ in range(int(EVERY.burst)):
        limits.take(now=0)
    with pytest.raises(Refused) as refused:
        limits.take(now=0)
    assert refused.value.code == "rate.limited"
    assert refused.value.params == {"retry_ms": 21}
    limits.take(now=0.021)


def test_strikes_count_refusals_in_a_row() -> None:
    limits = socket_limits(now=0)
    for _ in range(int(EVERY.burst)):
        limits.take(now=0)
    for strike in (1, 2, 3):
        with pytest.raises(Refused):
            limits.take(now=0)
        assert limits.strikes == strike
    limits.take(now=1)
    assert limits.strikes == 0


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
