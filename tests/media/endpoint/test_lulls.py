"""After losses browsers begin anew, in a pause of who speaks; nothing that is said is lost."""

from __future__ import annotations

import random

import pytest

from tests.media.endpoint.test_redundant_sound import consumer_of, is_whole
from tests.support.nonces import watch
from tests.support.peers import SERVER, Browser, Room
from tests.support.receivers import NOISY, REDUNDANT

SPEECH, PAUSE = 30, 70


class Talk:
    """Alice speaks; Bob, whose line is bad for a while, and Carol listen."""

    def __init__(self, seed: int = 3, tick: float = 0.005) -> None:
        self.room = room = Room(seed, tick=tick)
        names = enumerate(("alice", "bob", "carol"), 1)
        self.alice, self.bob, self.carol = (Browser(room, name, place) for place, name in names)
        for browser in (self.alice, self.bob, self.carol):
            browser.links(delay=0.03)
            browser.receives.is_copied = True
        room.run(0.5)
        for browser in (self.bob, self.carol):
            line = room.exchange._directory.lines[browser.receives.transport_id]
            assert line.transport.sealer is not None
            watch(line.transport.sealer)
        self.microphone = self.alice.speaks("mic", SPEECH, frame_bytes=40)
        self.bob.watches("mic", capabilities=NOISY)
        self.carol.watches("mic", capabilities=NOISY)
        room.run(2.0)

    def lose(self, share: float, seconds: float) -> None:
        chance = random.Random(7)
        for address in self.bob.addresses:
            for way in ((SERVER, address), (address, SERVER)):
                link = self.room.network.link(*way)
                link.is_lost = lambda *_: chance.random() < share
        self.room.run(seconds)

    def says(self, seconds: float, level: int = SPEECH) -> None:
        self.microphone.level = level
        self.room.run(seconds)

    @property
    def cut(self) -> int:
        count = self.room.metrics()["lulls"]
        assert isinstance(count, int)
        return count


def test_the_first_long_pause_of_a_line_that_is_well_again_ends_the_delay() -> None:
    talk = Talk()
    talk.lose(0.7, 8.0)
    talk.lose(0.0, 3.0)
    talk.says(0.5, PAUSE)
    assert talk.cut == 0, "still bad, as far as is known"
    talk.says(6.0)
    assert talk.cut == 0, "somebody speaks"
    talk.says(0.45, PAUSE)
    assert talk.cut == 1
    talk.says(1.0)
    talk.says(2.0, PAUSE)
    assert talk.cut == 1, "once is enough"
    noises = talk.bob.sounds["mic"].noises
    assert noises == [noises[0], noises[0] + 1]
    assert talk.carol.sounds["mic"].noises == []


def test_what_is_said_before_and_after_comes_whole_and_in_order() -> None:
    talk = Talk()
    talk.lose(0.7, 8.0)
    talk.lose(0.0, 9.0)
    before = len(talk.bob.sounds["mic"].frames)
    talk.says(0.5, PAUSE)
    talk.says(3.0)
    sound = talk.bob.sounds["mic"]
    assert len(sound.noises) == 2
    heard = sound.frames[before:]
    assert heard == list(range(heard[0], heard[-1] + 1))
    assert heard[-1] > talk.microphone.frames - 10
    numbers = sound.numbers[before:]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    # The frame right after goes alone: what was said before it would be a change back.
    place = numbers.index(sound.noises[-1])
    assert sound.depths[before + place - 1] == 0
    assert sound.depths[before + place] == 1
    assert is_whole(talk.carol.sounds["mic"])


def test_who_is_muted_makes_a_pause() -> None:
    talk = Talk()
    talk.lose(0.7, 8.0)
    talk.alice.mute("mic")
    talk.lose(0.0, 15.0)
    assert talk.cut == 1
    talk.alice.mute("mic", muted=False)
    talk.says(1.0)
    assert talk.bob.sounds["mic"].frames[-1] > talk.microphone.frames - 10


def test_in_a_noisy_room_a_pause_is_what_is_much_quieter() -> None:
    talk = Talk()
    talk.lose(0.7, 8.0)
    talk.lose(0.0, 9.0)
    talk.says(1.0, SPEECH + 15)
    assert talk.cut == 0
    talk.says(1.0, SPEECH + 20)
    assert talk.cut == 1


def test_a_little_loss_needs_none_of_it() -> None:
    talk = Talk()
    talk.lose(0.1, 8.0)
    talk.lose(0.0, 12.0)
    talk.says(2.0, PAUSE)
    assert talk.cut == 0


@pytest.mark.parametrize("remedies", [True, False])
def test_who_reads_no_noise_or_wants_no_remedies_gets_none(remedies: bool) -> None:
    room = Room(3, remedies=remedies)
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    bob.receives.is_copied = True
    room.run(0.5)
    microphone = alice.speaks("mic", SPEECH, frame_bytes=40)
    bob.watches("mic", capabilities=REDUNDANT if remedies else NOISY)
    chance = random.Random(7)
    link = room.network.link(SERVER, bob.addresses[1])
    link.is_lost = lambda *_: chance.random() < 0.7
    room.run(8.0)
    link.is_lost = lambda *_: False
    microphone.level = PAUSE
    room.run(20.0)
    assert room.metrics()["lulls"] == 0
    assert bob.sounds["mic"].noises == []


def test_a_number_that_noise_had_is_never_sealed_for_sound() -> None:
    """Whoever asks again for a packet of noise gets nothing: its number is used up."""
    talk = Talk()
    consumer = consumer_of(talk.room, "bob<mic")
    sent = talk.bob.sounds["mic"].numbers[-1]
    spent = consumer.interpose(2)
    assert spent is not None
    first, _ = spent
    assert first == consumer.delivery.first_number + consumer.counts()[0] - 2
    assert [consumer.find(number & 0xFFFF) for number in (first, first + 1)] == [None, None]
    assert consumer.find(sent & 0xFFFF) is not None
    talk.says(0.5)
    assert [consumer.find(number & 0xFFFF) for number in (first, first + 1)] == [None, None]
    found = consumer.find((first + 2) & 0xFFFF)
    assert found is not None
    assert found.number == first + 2


def test_numbers_are_spent_even_if_the_stay_ends_at_once() -> None:
    talk = Talk()
    exchange, now = talk.room.exchange, lambda: talk.room.network.now
    consumer = consumer_of(talk.room, "bob<mic")
    spent = consumer.interpose(2)
    assert spent is not None
    exchange.pause_consumer("bob<mic", now=now())
    assert consumer.interpose(2) is None
    exchange.resume_consumer("bob<mic", now=now())
    talk.says(1.0)
    numbers = talk.bob.sounds["mic"].numbers
    assert min(number for number in numbers if number >= spent[0]) == spent[0] + 2
    assert numbers == sorted(set(numbers))
