"""Small sound is asked of those who are heard over a bad line, and of nobody else: it costs all who
hear them a part of the voice."""

from __future__ import annotations

from tests.media.endpoint.test_remedies import Talk


def asked_of_alice(talk: Talk) -> int:
    """The size of sound she is asked for (as `Up.opus`)."""
    advice = talk.advice(talk.alice, "answer")
    return 0 if advice is None else advice.opus


def weak_bob() -> Talk:
    talk = Talk()
    talk.spoil(talk.bob, 0.7, 0.7)
    talk.room.run(3.0)
    assert asked_of_alice(talk) >= 2
    return talk


def test_nobody_speaks_smaller_for_one_who_does_not_hear_them() -> None:
    talk = weak_bob()
    talk.room.exchange.pause_consumer("bob<mic", now=talk.room.network.now)
    talk.room.run(2.0)
    assert asked_of_alice(talk) == 0
    talk.room.exchange.resume_consumer("bob<mic", now=talk.room.network.now)
    talk.room.run(2.0)
    assert asked_of_alice(talk) >= 2


def test_nobody_speaks_smaller_for_one_who_vanished() -> None:
    talk = weak_bob()
    for address in talk.bob.addresses:
        talk.room.exchange.forget_address(address, now=talk.room.network.now)
    talk.spoil(talk.bob, 1.0, 1.0)
    talk.room.run(2.0)
    assert talk.hears(talk.bob).paused
    assert asked_of_alice(talk) == 0
