"""Retransmission payloads, and the restraint of whoever sends them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.repair.rtx import MAX_RESENDS, Resends, restore, wrap


@given(st.integers(0, 0xFFFF), st.binary(min_size=1, max_size=50))
def test_what_is_wrapped_is_restored(sequence: int, payload: bytes) -> None:
    assert restore(wrap(sequence, payload)) == (sequence, payload)


@pytest.mark.parametrize("payload", [b"", b"\x01\x02"])
def test_a_probe_restores_nothing(payload: bytes) -> None:
    assert restore(payload) is None


def test_half_a_number_is_malformed() -> None:
    with pytest.raises(Malformed, match=r"rtx\.truncated"):
        restore(b"\x01")


def test_a_request_too_soon_after_the_sending_is_not_answered() -> None:
    resends = Resends(1, 102, 0)
    assert not resends.may_send(7, 10.0, 0.1, now=10.04)
    assert resends.may_send(7, 10.0, 0.1, now=10.06)
    assert not resends.may_send(7, 10.0, 0.1, now=10.10)
    assert resends.may_send(7, 10.0, 0.1, now=10.12)
    assert resends.may_send(8, 10.0, 0.1, now=10.12)


def test_a_round_trip_that_is_too_good_is_not_believed() -> None:
    resends = Resends(1, 102, 0)
    assert not resends.may_send(7, 10.0, 0.001, now=10.004)
    assert resends.may_send(7, 10.0, 0.001, now=10.006)
    assert not resends.may_send(7, 10.0, 0.0, now=10.010)


def test_one_packet_is_sent_so_often_and_not_again() -> None:
    resends = Resends(1, 102, 0)
    sent = [resends.may_send(7, 0.0, 0.1, now=float(second)) for second in range(1, 20)]
    assert sent.count(True) == MAX_RESENDS
    assert not any(sent[MAX_RESENDS:])


def test_memory_of_resends_is_bounded() -> None:
    resends = Resends(1, 102, 0)
    for number in range(5000):
        assert resends.may_send(number, 0.0, 0.1, now=1.0)
    assert len(resends._sent) <= 2048


def test_an_index_is_given_once() -> None:
    resends = Resends(1, 102, 500)
    assert [resends.take_index() for _ in range(3)] == [500, 501, 502]
