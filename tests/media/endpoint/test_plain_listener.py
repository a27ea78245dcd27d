"""A listener whose browser reads no redundant sound: it gets each packet once more."""

from __future__ import annotations

import pytest

from media.repair.remedy import Level
from tests.media.endpoint.test_remedies import DELAY_S, Talk
from tests.media.endpoint.test_sensing import care_of
from tests.support.peers import Browser


def plain_listener(talk: Talk) -> Browser:
    """Fay, as Firefox is."""
    fay = Browser(talk.room, "fay", 6)
    fay.links(delay=DELAY_S)
    fay.receives.is_copied = True
    talk.room.run(0.5)
    fay.watches("mic")
    fay.watches("cam")
    talk.room.run(4.0)
    return fay


@pytest.mark.parametrize(("loss", "rate", "heard"), [(0.3, 0.0, 0.88), (0.5, 600e3, 0.7)])
def test_half_of_what_is_lost_comes_a_second_time(loss: float, rate: float, heard: float) -> None:
    talk = Talk()
    fay = plain_listener(talk)
    talk.spoil(fay, loss, loss, rate=rate)
    talk.room.run(6.0)
    assert care_of(talk, fay).remedy.down.echo
    assert talk.heard(fay, 10.0) > heard


def test_no_room_is_kept_for_what_it_does_not_get() -> None:
    talk = Talk()
    fay = plain_listener(talk)
    talk.spoil(fay, 0.7, 0.0, rate=800e3)
    talk.room.run(8.0)
    down = care_of(talk, fay).remedy.down
    assert down.level is Level.SEVERE
    assert (down.echo, down.depth) == (True, 0)
    assert down.copies > 5


def test_a_calm_one_is_left_alone() -> None:
    talk = Talk()
    fay = plain_listener(talk)
    talk.room.run(3.0)
    assert talk.hears(fay).shape[-2:] == (0, None)
    assert not care_of(talk, fay).remedy.down.echo
