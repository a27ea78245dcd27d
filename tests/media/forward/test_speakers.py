"""Speakers: who is heard, and who has the floor."""

from __future__ import annotations

from media.forward.speakers import HOLD, INTERVAL, Speakers
from media.ids import ProducerId

ANN, BEN, CAT = ProducerId("ann"), ProducerId("ben"), ProducerId("cat")


class Talk:
    """Levels over time, and every change of mind."""

    def __init__(self) -> None:
        self.speakers = Speakers()
        self.now = 0.0
        self.changes: list[tuple[tuple[ProducerId, ...], ProducerId | None]] = []

    def goes(self, seconds: float, **levels: int) -> None:
        """20 ms packets at these levels."""
        for _ in range(round(seconds * 50)):
            self.now += 0.02
            for name, level in levels.items():
                self.speakers.heard(ProducerId(name), level, now=self.now)
            if self.speakers.judge(now=self.now):
                self.changes.append((self.speakers.ranking, self.speakers.dominant))


def test_silence_is_nobody() -> None:
    talk = Talk()
    talk.goes(5.0, ann=80, ben=127)
    assert talk.changes == []
    assert talk.speakers.dominant is None


def test_a_voice_is_heard_within_half_a_second() -> None:
    talk = Talk()
    talk.goes(2.0, ann=80)
    started = talk.now
    while not talk.changes:
        talk.goes(0.02, ann=25)
    assert talk.now - started <= INTERVAL + 0.2
    assert talk.changes == [((ANN,), ANN)]


def test_a_pause_between_words_changes_nothing() -> None:
    talk = Talk()
    talk.goes(1.0, ann=25)
    for _ in range(10):
        talk.goes(0.3, ann=90)
        talk.goes(0.5, ann=25)
    assert len(talk.changes) == 1


def test_who_stops_leaves_the_ranking_but_keeps_the_floor() -> None:
    talk = Talk()
    talk.goes(1.0, ann=25)
    talk.goes(HOLD + 2 * INTERVAL + 0.2, ann=100)
    assert talk.speakers.ranking == ()
    assert talk.speakers.dominant == ANN


def test_a_little_louder_is_no_reason_to_change_but_much_louder_is() -> None:
    talk = Talk()
    talk.goes(1.0, ann=30)
    talk.goes(3.0, ann=30, ben=28)
    assert talk.speakers.dominant == ANN
    assert set(talk.speakers.ranking) == {ANN, BEN}
    talk.goes(1.5, ann=30, ben=15)
    assert talk.speakers.dominant == BEN
    assert [dominant for _, dominant in talk.changes].count(BEN) == 1


def test_neighbours_do_not_trade_places_at_every_word() -> None:
    talk = Talk()
    talk.goes(1.0, ann=30, ben=31)
    changes = len(talk.changes)
    for _ in range(20):
        talk.goes(0.3, ann=33, ben=28)
        talk.goes(0.3, ann=28, ben=33)
    assert len(talk.changes) == changes


def test_three_who_speak_are_ranked_by_loudness() -> None:
    talk = Talk()
    talk.goes(1.0, ann=40, ben=20, cat=30)
    assert talk.speakers.ranking == (BEN, CAT, ANN)


def test_one_who_is_gone_is_forgotten() -> None:
    talk = Talk()
    talk.goes(1.0, ann=20, ben=30)
    talk.speakers.forget(ANN)
    talk.goes(1.0, ben=30)
    assert talk.speakers.ranking == (BEN,)
    assert talk.speakers.dominant == BEN


def test_without_packets_nothing_has_to_be_judged() -> None:
    speakers = Speakers()
    assert speakers.next_at is None
    speakers.heard(ANN, 20, now=1.0)
    assert speakers.next_at == 1.0 + INTERVAL
    speakers.forget(ANN)
    speakers.judge(now=2.0)
    assert speakers.next_at is None
