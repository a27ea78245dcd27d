"""What is sensed of a browser's lines, from counters and from feedback that may not come."""

from __future__ import annotations

import pytest

from media.endpoint.care import Care
from media.repair.remedy import Level
from tests.media.endpoint.test_remedies import Talk
from tests.support.peers import SERVER, Browser


def care_of(talk: Talk, browser: Browser) -> Care:
    return talk.room.exchange._traffic._rounds.remedies._cares[browser.name]


@pytest.mark.parametrize("loss", [0.1, 0.3, 0.5, 0.7])
def test_what_does_not_come_is_counted_by_its_numbers(loss: float) -> None:
    talk = Talk()
    talk.spoil(talk.alice, 0.0, loss)
    talk.room.run(5.0)
    care, now = care_of(talk, talk.alice), talk.room.network.now
    sensed = care._sensing.up(talk.room.exchange._directory.endpoints["alice"].lines, now=now)
    assert sensed.loss == pytest.approx(loss, abs=0.13)
    assert care.remedy.down.level is Level.CALM


def test_packets_that_are_sent_again_say_nothing_of_the_loss() -> None:
    """At 70 % most of what comes of a picture was asked for again; that is no calm line."""
    talk = Talk()
    talk.spoil(talk.alice, 0.0, 0.7)
    talk.room.run(15.0)
    assert care_of(talk, talk.alice).remedy.up.level is Level.SEVERE


def test_who_tells_nothing_of_what_arrives_is_not_taken_for_calm() -> None:
    talk = Talk()
    talk.spoil(talk.bob, 0.7, 0.7)
    talk.room.run(5.0)
    assert care_of(talk, talk.bob).remedy.down.level is Level.SEVERE
    talk.spoil(talk.bob, 1.0, 1.0)
    talk.room.run(10.0)
    assert care_of(talk, talk.bob).remedy.down.level is Level.SEVERE


def test_where_both_are_bad_at_once_the_way_up_speaks_for_both() -> None:
    """No feedback comes for a moment, and what is sent up is lost: down is not waited for."""
    talk = Talk()
    talk.spoil(talk.bob, 0.7, 0.6)
    network = talk.room.network
    network.link(talk.bob.addresses[1], SERVER).is_lost = lambda *_: True
    talk.room.run(2.0)
    assert care_of(talk, talk.bob).remedy.down.level >= Level.HEAVY


def test_what_a_layer_lost_before_it_stood_still_is_not_lost_when_it_returns() -> None:
    """Layers of a camera that was small come back with the numbers they left with."""
    talk = Talk()
    up = talk.room.network.link(talk.alice.addresses[0], SERVER)
    up.is_lost = lambda *_: True
    talk.room.run(0.6)
    talk.alice.mute("cam")
    up.is_lost = lambda *_: False
    talk.room.run(20.0)
    care = care_of(talk, talk.alice)
    assert care.remedy.up.level is Level.CALM
    talk.alice.mute("cam", muted=False)
    for _ in range(10):
        talk.room.run(0.2)
        assert care.remedy.up.level is Level.CALM
