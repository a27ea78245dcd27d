"""Whose an address is when its checks can be forged."""

from __future__ import annotations

from media.endpoint.checks import HELD_S
from media.ids import Address
from media.wire import stun
from media.wire.stun import StunClass, StunMessage
from tests.support.peers import Browser, Path, Room


def call(room: Room) -> tuple[Browser, Browser]:
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.speaks("mic")
    bob.watches("mic")
    room.run(1.0)
    return alice, bob


def check_for(path: Path) -> bytes:
    """What only who knows the path's credentials can make."""
    ice = path.remote["iceParameters"]
    username = f"{ice['usernameFragment']}:peer"
    message = StunMessage(
        StunClass.REQUEST, b"transaction!", username=username, priority=1, controlling=1
    )
    return stun.pack(message, password=ice["password"])


def forge(room: Room, path: Path, source: Address) -> None:
    """A check for one's own path that claims to come from `source`."""
    room.exchange.receive(check_for(path), source, now=room.network.now)


def owner(room: Room, address: Address) -> str | None:
    line = room.exchange._directory.addresses.get(address)
    return None if line is None else line.transport_id


def heard(browser: Browser) -> int:
    return len(browser.sounds["mic"].frames)


def test_a_forged_check_does_not_take_an_address_in_use() -> None:
    room = Room()
    alice, bob = call(room)
    mallory = Browser(room, "mallory", 66)
    room.run(1.0)
    before = heard(bob)
    for _ in range(20):
        forge(room, mallory.sends, alice.addresses[0])
        room.run(0.5)
    assert owner(room, alice.addresses[0]) == "alice-send"
    assert room.metrics()["dropped"]["stun.address_taken"] == 20
    assert heard(bob) - before > 480
    line = room.exchange._directory.lines["mallory-send"]
    assert line.transport.held(alice.addresses[0]) is None
    assert line.transport.address == mallory.addresses[0]


def test_an_address_taken_in_a_silence_comes_back_with_the_next_check_and_stays() -> None:
    room = Room()
    alice, bob = call(room)
    mallory = Browser(room, "mallory", 66)
    room.run(0.5)
    alice.set_link(alice.addresses[0], loss=1.0)
    room.run(HELD_S + 3.0)
    forge(room, mallory.sends, alice.addresses[0])
    assert owner(room, alice.addresses[0]) == "mallory-send"
    alice.set_link(alice.addresses[0], loss=0.0)
    room.run(3.0)
    assert owner(room, alice.addresses[0]) == "alice-send"
    before = heard(bob)
    for _ in range(6):
        forge(room, mallory.sends, alice.addresses[0])
        room.run(0.5)
    assert owner(room, alice.addresses[0]) == "alice-send"
    assert heard(bob) - before > 140


def test_a_port_whose_line_was_closed_is_free_at_once() -> None:
    room = Room()
    alice, _ = call(room)
    dora = Browser(room, "dora", 4)
    room.run(0.5)
    alice.leaves()
    room.exchange.close_endpoint("alice", now=room.network.now)
    forge(room, dora.sends, alice.addresses[0])
    assert owner(room, alice.addresses[0]) == "dora-send"


def test_a_port_whose_line_fell_silent_goes_to_who_uses_it_now() -> None:
    room = Room()
    alice, _ = call(room)
    dora = Browser(room, "dora", 4)
    room.run(0.5)
    alice.leaves()
    forge(room, dora.sends, alice.addresses[0])
    assert owner(room, alice.addresses[0]) == "alice-send"
    room.run(HELD_S + 0.1)
    forge(room, dora.sends, alice.addresses[0])
    assert owner(room, alice.addresses[0]) == "dora-send"
    assert "stun.address_taken" in room.metrics()["dropped"]
    room.run(40.0)  # the old line forgets the address; it is no longer its to forget
    forge(room, dora.sends, alice.addresses[0])
    assert owner(room, alice.addresses[0]) == "dora-send"


def test_a_check_that_is_not_authentic_takes_nothing() -> None:
    room = Room()
    alice, bob = call(room)
    spoilt = bytearray(check_for(bob.receives))
    spoilt[-1] ^= 1
    spoilt[-12] ^= 1
    room.exchange.receive(bytes(spoilt), ("203.0.113.5", 5), now=room.network.now)
    assert owner(room, ("203.0.113.5", 5)) is None
    assert owner(room, alice.addresses[0]) == "alice-send"
