"""Who is told that somebody speaks: those whom it reaches, at most five times a second."""

from __future__ import annotations

from classroom.ids import ParticipantId
from classroom.live.books import Books, Endpoint
from classroom.live.speaking import SPEAKERS_EVERY_S, Speaking
from classroom.room.reach import Reach
from classroom.wire.notices import Speakers
from media.ids import EndpointId, ProducerId, TransportId

LIN, TOMAS, MIA, TUTOR = (ParticipantId(name) for name in ("lin", "tomas", "mia", "tutor"))
PEOPLE = (LIN, TOMAS, MIA, TUTOR)


def a_class() -> Speaking:
    books = Books()
    for who in PEOPLE:
        endpoint = Endpoint(EndpointId(f"{who}.1"), who, {}, TransportId("s"), TransportId("r"))
        books.enter(endpoint)
        books.publish(endpoint, ProducerId(f"mic-{who}"), "microphone")
    return Speaking(books)


def hear(speaking: Speaking, *people: ParticipantId, dominant: ParticipantId | None) -> None:
    leader = None if dominant is None else f"mic-{dominant}"
    speaking.hear(tuple(f"mic-{who}" for who in people), leader)


def told(speaking: Speaking, reach: Reach, now: float = 1.0) -> dict[ParticipantId, Speakers]:
    news = speaking.take(now=now, reach=reach, people=PEOPLE)
    return {who: speakers for speakers, heard in news for who in heard}


def test_a_class_in_one_place_is_told_the_same_at_once() -> None:
    speaking = a_class()
    hear(speaking, LIN, TUTOR, dominant=LIN)
    news = speaking.take(now=1.0, reach=Reach(), people=PEOPLE)
    assert news == [(Speakers([LIN, TUTOR], LIN), list(PEOPLE))]


def test_it_waits_between_two_times_and_tells_the_newest() -> None:
    speaking = a_class()
    hear(speaking, LIN, dominant=LIN)
    told(speaking, Reach())
    assert speaking.due is None
    hear(speaking, MIA, dominant=MIA)
    hear(speaking, TUTOR, dominant=TUTOR)
    assert speaking.due == 1.0 + SPEAKERS_EVERY_S
    assert told(speaking, Reach(), now=1.1) == {}
    assert told(speaking, Reach(), now=1.21)[LIN] == Speakers([TUTOR], TUTOR)


def test_a_group_hears_of_its_own_and_of_who_speaks_to_all() -> None:
    speaking = a_class()
    places = ((LIN, "g1"), (TOMAS, "g1"), (MIA, "g2"))
    hear(speaking, LIN, MIA, TUTOR, dominant=LIN)
    heard = told(speaking, Reach(places=places, loud=frozenset([TUTOR])))
    assert heard[TOMAS] == heard[LIN] == Speakers([LIN, TUTOR], LIN)
    assert heard[MIA] == Speakers([MIA, TUTOR], MIA)
    assert heard[TUTOR] == Speakers([TUTOR], TUTOR)


def test_a_quiet_visitor_is_no_speaker_and_silence_is_told() -> None:
    speaking = a_class()
    places = ((LIN, "g1"), (TOMAS, "g1"), (TUTOR, "g1"))
    hear(speaking, TUTOR, dominant=TUTOR)
    heard = told(speaking, Reach(places=places, quiet=frozenset([TUTOR])))
    assert set(heard) == set(PEOPLE)
    assert all(speakers == Speakers([], None) for speakers in heard.values())


def test_who_leads_a_group_goes_on_through_a_pause_while_another_group_speaks() -> None:
    speaking = a_class()
    reach = Reach(places=((LIN, "g1"), (TOMAS, "g1"), (MIA, "g2")))
    hear(speaking, MIA, LIN, dominant=MIA)
    assert told(speaking, reach)[TOMAS] == Speakers([LIN], LIN)
    hear(speaking, MIA, dominant=MIA)
    assert told(speaking, reach, now=2.0)[TOMAS] == Speakers([], LIN)
    hear(speaking, MIA, dominant=MIA)
    apart = Reach(places=((TOMAS, "g1"), (MIA, "g2")))
    assert told(speaking, apart, now=3.0)[TOMAS] == Speakers([], None)
