"""Sound in more packets than browsers send: what protects it stays within what its hearers' lines
carry."""

from __future__ import annotations

from media.endpoint.care import load_of
from tests.media.endpoint.test_remedies import Talk
from tests.support.peers import Browser
from tests.support.receivers import REDUNDANT

RATE_BPS = 800e3


def test_who_sends_three_times_as_many_packets_floods_nobodys_line() -> None:
    talk = Talk()
    talk.alice._start(0.01, lambda _: talk.alice._sound("mic"))  # 150 packets a second in all
    talk.spoil(talk.bob, 0.7, 0.7, rate=RATE_BPS)
    offered = [talk.offered_bps(talk.bob, 4.0) for _ in range(4)]
    assert max(offered) < RATE_BPS * 1.1
    assert talk.hears(talk.bob).shape.depth > 3


def test_sounds_that_never_came_take_nothing_of_those_that_do() -> None:
    talk = Talk()
    for number in range(4):
        quiet = Browser(talk.room, f"quiet{number}", 10 + number)
        talk.room.run(0.3)
        quiet.mute(f"open{number}")
        quiet.speaks(f"open{number}")
        talk.bob.watches(f"open{number}", capabilities=REDUNDANT)
    talk.room.run(3.0)
    lines = talk.room.exchange._directory.endpoints["bob"].lines
    load = load_of(lines, now=talk.room.network.now)
    assert load.sounds == 1
    assert load.sound_bps >= 40_000
