"""The books: every pair of listener and producer is wired once, whoever came last."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.books import Books, Endpoint, Pair
from classroom.wire.messages import Downlink, ReducedConsumer
from media.ids import ConsumerId, EndpointId, ProducerId, TransportId

WU, LI = ParticipantId("wu"), ParticipantId("li")


def endpoint(owner: str) -> Endpoint:
    return Endpoint(
        EndpointId(f"{owner}.1"),
        ParticipantId(owner),
        {},
        TransportId(f"{owner}-send"),
        TransportId(f"{owner}-receive"),
    )


def named(pairs: list[Pair]) -> set[tuple[str, str]]:
    return {(str(listener.owner), str(producer)) for listener, producer in pairs}


def test_a_newcomer_is_wired_to_all_that_is_there() -> None:
    books = Books()
    wu, li = endpoint("wu"), endpoint("li")
    assert books.enter(wu) == []
    assert books.publish(wu, ProducerId("p1"), "microphone") == []
    assert named(books.enter(li)) == {("li", "p1")}
    assert named(books.publish(wu, ProducerId("p2"), "camera")) == {("li", "p2")}
    assert named(books.publish(li, ProducerId("p3"), "camera")) == {("wu", "p3")}


def test_a_consumer_is_entered_only_while_both_ends_are() -> None:
    books = Books()
    wu, li = endpoint("wu"), endpoint("li")
    books.enter(wu)
    books.enter(li)
    (pair,) = books.publish(wu, ProducerId("p1"), "screen")
    assert books.consume(pair, "c1", "video", {"encodings": []})
    offer = li.consumers[ConsumerId("c1")]
    assert (offer.participant_id, offer.source, offer.kind) == ("wu", "screen", "video")
    assert books.listener_of(ConsumerId("c1")) == LI
    books.withdraw(ProducerId("p1"))
    assert not books.consume(pair, "c2", "video", {})
    assert books.listener_of(ConsumerId("c1")) is None

    (pair,) = books.publish(wu, ProducerId("p2"), "camera")
    books.enter(endpoint("li"))
    assert not books.consume(pair, "c3", "video", {}), "the listener has a new endpoint"


def test_only_listeners_who_know_are_told_of_the_end() -> None:
    books = Books()
    wu, li, bo = endpoint("wu"), endpoint("li"), endpoint("bo")
    for one in (wu, li, bo):
        books.enter(one)
    li.is_told = True
    for number, pair in enumerate(books.publish(wu, ProducerId("p1"), "camera")):
        books.consume(pair, f"c{number}", "video", {})
    (known,) = li.consumers
    assert books.withdraw(ProducerId("p1")) == {LI: [known]}
    assert bo.consumers == {}
    assert books.withdraw(ProducerId("p1")) == {}


def test_removing_an_endpoint_takes_all_it_sends() -> None:
    books = Books()
    wu, li = endpoint("wu"), endpoint("li")
    books.enter(wu)
    books.enter(li)
    li.is_told = True
    for name in ("p1", "p2"):
        for pair in books.publish(wu, ProducerId(name), "camera"):
            books.consume(pair, f"c-{name}", "video", {})
    removed = books.remove(WU)
    assert removed is not None
    assert removed[1] == {LI: ["c-p1", "c-p2"]}
    assert books.producers == {}
    assert books.remove(WU) is None


def test_what_a_client_names_must_be_its_own() -> None:
    books = Books()
    wu, li = endpoint("wu"), endpoint("li")
    books.enter(wu)
    books.enter(li)
    (pair,) = books.publish(wu, ProducerId("p1"), "camera")
    books.consume(pair, "c1", "video", {})
    assert books.transport(WU, "wu-send") == (wu, "wu-send")
    assert books.source(WU, "p1") == "camera"
    assert books.consumers(LI, ["c1", "c9"]) == ["c1"]
    assert books.consumers(WU, ["c1"]) == []
    for owner, name in ((LI, "wu-send"), (WU, ""), (ParticipantId("zo"), "wu-send")):
        with pytest.raises(Refused, match=r"transport\.unknown"):
            books.transport(owner, name)
    for owner in (LI, ParticipantId("zo")):
        with pytest.raises(Refused, match=r"producer\.unknown"):
            books.source(owner, "p1")


steps = st.lists(
    st.tuples(st.sampled_from(["enter", "publish", "withdraw", "remove"]), st.integers(0, 3)),
    max_size=40,
)


@given(steps)
def test_every_pair_is_wired_exactly_once(script: list[tuple[str, int]]) -> None:
    books = Books()
    wired: set[tuple[int, str]] = set()
    kept: list[Any] = []
    for number, (verb, who) in enumerate(script):
        owner = ParticipantId(f"o{who}")
        pairs: list[Pair] = []
        mine = books.endpoints.get(owner)
        if verb == "enter":
            books.remove(owner)
            made = endpoint(owner)
            kept.append(made)
            pairs = books.enter(made)
        elif verb == "publish" and mine is not None:
            pairs = books.publish(mine, ProducerId(f"p{number}"), "camera")
        elif verb == "withdraw" and mine is not None and mine.producers:
            books.withdraw(next(iter(mine.producers)))
        elif verb == "remove":
            books.remove(owner)
        for listener, producer in pairs:
            assert (id(listener), producer) not in wired
            wired.add((id(listener), producer))
        for listener in books.endpoints.values():
            for producer, sender in books.producers.items():
                assert books.holds(sender)
                assert ((id(listener), producer) in wired) == (sender is not listener)


def test_what_is_withdrawn_leaves_nothing_behind() -> None:
    books = Books()
    wu, li = endpoint("wu"), endpoint("li")
    books.enter(wu)
    books.enter(li)
    for number in range(100):
        producer = ProducerId(f"p{number}")
        (pair,) = books.publish(wu, producer, "microphone")
        assert books.consume(pair, f"c{number}", "audio", {})
        books.withdraw(producer)
    assert (li.wired, li.consumers, wu.producers, books.producers) == (set(), {}, {}, {})


def test_what_a_connection_carries_is_noted_of_the_endpoint_that_is_there() -> None:
    books = Books()
    wu, li = endpoint("wu"), endpoint("li.2")
    books.enter(wu)
    books.enter(li)
    (pair,) = books.publish(wu, ProducerId("p1"), "screen")
    books.consume(pair, "c1", "video", {})
    assert books.note_downlink(EndpointId("li.2.0"), 1, []) is None, "an earlier one of theirs"
    assert books.note_downlink(EndpointId("bo.1"), 1, []) is None
    assert books.note_downlink(EndpointId("bo"), 1, []) is None
    noted = books.note_downlink(EndpointId("li.2.1"), 480_000, [("c1", "size"), ("closed", "off")])
    assert noted is li
    assert books.downlink(li.owner) == Downlink(480_000, [ReducedConsumer("c1", "size")])
    books.withdraw(ProducerId("p1"))
    assert books.downlink(li.owner) == Downlink(480_000, [])
    assert books.endpoint(EndpointId("li.2.1")) is li
    assert books.endpoint(EndpointId("li.2.0")) is None
    assert books.downlink(WU) is None, "nothing was heard of it yet"
    assert books.downlink(ParticipantId("bo")) is None
