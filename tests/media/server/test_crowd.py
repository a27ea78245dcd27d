"""Who may stay connected: bounds, proof, silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from media.ids import Address
from media.server import crowd as crowd_module
from media.server.crowd import (
    IDLE_S,
    MAX_CONNECTIONS,
    MAX_OF_HOST,
    MAX_STRANGERS,
    MAX_STRANGERS_OF_HOST,
    REVIEW_S,
    STRANGER_S,
    Crowd,
)


def at(number: int, host: str = "192.0.2.1") -> Address:
    return (host, number, "tcp")


def knows(*addresses: Address) -> Callable[[Address], bool]:
    return lambda address: address in addresses


def nobody(address: Address) -> bool:
    return False


def everybody(address: Address) -> bool:
    return True


def reviews(
    crowd: Crowd, is_validated: Callable[[Address], bool], until: float
) -> dict[Address, str]:
    """What reviews say, one each second up to a time; who has to go goes."""
    left: dict[Address, str] = {}
    now = 0.0
    while now <= until:
        for address, reason in crowd.review(is_validated, now=now):
            left[address] = reason
            crowd.leave(address)
        now += REVIEW_S
    return left


def test_nobody_needs_no_review() -> None:
    crowd = Crowd()
    assert crowd.review(nobody, now=0.0) == []
    assert crowd.next_review() is None
    assert crowd.enter(at(1)) is None
    crowd.review(nobody, now=5.0)
    assert crowd.next_review() == 5.0 + REVIEW_S
    crowd.leave(at(1))
    assert crowd.next_review() is None


def test_a_stranger_has_ten_seconds() -> None:
    crowd = Crowd()
    crowd.enter(at(1))
    assert reviews(crowd, nobody, STRANGER_S - REVIEW_S) == {}
    assert crowd.review(nobody, now=STRANGER_S) == [(at(1), "tcp.stranger")]


def test_a_check_makes_a_stranger_known_at_once() -> None:
    crowd = Crowd()
    crowd.enter(at(1))
    crowd.review(nobody, now=0.0)
    assert not crowd.is_known(at(1))
    crowd.review(knows(at(1)), now=0.001)
    assert crowd.is_known(at(1))


def test_whose_browser_is_gone_is_a_stranger_again() -> None:
    crowd = Crowd()
    crowd.enter(at(1))
    crowd.review(everybody, now=0.0)
    crowd.heard(at(1))
    crowd.review(nobody, now=5.0)
    assert not crowd.is_known(at(1))
    assert crowd.review(nobody, now=5.0 + STRANGER_S) == [(at(1), "tcp.stranger")]


def test_who_says_nothing_for_half_a_minute_has_to_go() -> None:
    crowd = Crowd()
    crowd.enter(at(1))
    crowd.enter(at(2))
    crowd.review(everybody, now=0.0)
    crowd.review(everybody, now=REVIEW_S)
    crowd.heard(at(2))
    crowd.review(everybody, now=REVIEW_S + 20)
    assert crowd.review(everybody, now=REVIEW_S + IDLE_S) == [(at(1), "tcp.idle")]


def test_the_oldest_stranger_of_a_host_gives_way() -> None:
    crowd = Crowd()
    crowd.enter(at(7, "192.0.2.9"))
    for number in range(MAX_STRANGERS_OF_HOST):
        assert crowd.enter(at(number)) is None
    assert crowd.enter(at(1000)) == at(0)
    assert crowd.enter(at(8, "192.0.2.9")) is None


def test_the_oldest_stranger_of_all_gives_way_when_there_are_too_many() -> None:
    crowd = Crowd()
    for number in range(MAX_STRANGERS):
        assert crowd.enter(at(1, f"10.0.{number // 256}.{number % 256}")) is None
    assert crowd.enter(at(1)) == at(1, "10.0.0.0")


def test_a_host_full_of_browsers_turns_newcomers_away() -> None:
    crowd = Crowd()
    for number in range(MAX_OF_HOST):
        crowd.enter(at(number))
        crowd.review(everybody, now=0.0)
    assert crowd.enter(at(5000)) == at(5000)
    assert len(crowd) == MAX_OF_HOST
    assert crowd.enter(at(1, "192.0.2.9")) is None
    crowd.leave(at(0))
    assert crowd.enter(at(5000)) is None


def test_a_full_worker_turns_newcomers_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd_module, "MAX_CONNECTIONS", 3)
    crowd = Crowd()
    for number in range(2):
        crowd.enter(at(number, f"10.0.0.{number}"))
        crowd.review(everybody, now=0.0)
    assert crowd.enter(at(2)) is None
    assert crowd.enter(at(3)) == at(2), "the only stranger"
    crowd.leave(at(2))
    crowd.review(everybody, now=0.0)
    assert crowd.enter(at(4)) == at(4)
    assert MAX_CONNECTIONS > MAX_OF_HOST > MAX_STRANGERS > MAX_STRANGERS_OF_HOST


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
    ],
)
def test_what_one_host_is(
    one: str, other: str, is_same: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd_module, "MAX_STRANGERS_OF_HOST", 1)
    crowd = Crowd()
    crowd.enter(at(1, one))
    assert (crowd.enter(at(2, other)) == at(1, one)) is is_same


class AnyCrowd(RuleBasedStateMachine):
    """Whatever happens, the bounds hold and nobody is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.crowd = Crowd()
        self.present: set[Address] = set()
        self.validated: set[Address] = set()
        self.now = 0.0
        self.number = 0

    @rule(host=st.sampled_from(["10.0.0.1", "10.0.0.2", "10.0.0.3"]), is_browser=st.booleans())
    def enters(self, host: str, is_browser: bool) -> None:
        self.number += 1
        address = at(self.number, host)
        leaving = self.crowd.enter(address)
        if leaving is not None and leaving != address:
            assert leaving not in self.validated, "browsers never give way"
            self.crowd.leave(leaving)
            self.present.remove(leaving)
        if leaving != address:
            self.present.add(address)
            self.validated |= {address} if is_browser else set()
            self.looks(0.0)

    @rule(seconds=st.sampled_from([0.0, 0.01, 3.0, 31.0]))
    def looks(self, seconds: float) -> None:
        self.now += seconds
        for address, _ in self.crowd.review(self.validated.__contains__, now=self.now):
            self.crowd.leave(address)
            self.present.remove(address)
            self.validated.discard(address)

    @rule(data=st.data())
    def ends(self, data: st.DataObject) -> None:
        if self.present:
            address = data.draw(st.sampled_from(sorted(self.present)))
            self.crowd.heard(address)
            self.crowd.leave(address)
            self.present.remove(address)
            self.validated.discard(address)

    @invariant()
    def keeps_the_bounds(self) -> None:
        assert len(self.crowd) == len(self.present) <= 6
        hosts = [address[0] for address in self.present]
        assert all(hosts.count(host) <= 4 for host in hosts)
        strangers = [address[0] for address in self.present - self.validated]
        assert len(strangers) <= 3
        assert all(strangers.count(host) <= 2 for host in strangers)
        assert (self.crowd.next_review() is None) <= (not self.present)


def test_any_crowd_keeps_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, bound in {
        "MAX_CONNECTIONS": 6,
        "MAX_OF_HOST": 4,
        "MAX_STRANGERS": 3,
        "MAX_STRANGERS_OF_HOST": 2,
    }.items():
        monkeypatch.setattr(crowd_module, name, bound)
    case = AnyCrowd.TestCase
    case.settings = settings(max_examples=25, stateful_step_count=30)
    case("runTest").debug()
