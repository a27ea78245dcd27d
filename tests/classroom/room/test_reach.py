"""Who receives whom: every combination of role, place, focus, stage, loud and quiet."""

from __future__ import annotations

from itertools import product

import pytest

from classroom.ids import ParticipantId
from classroom.room.kinds import SOURCES, Source
from classroom.room.reach import Reach

LISTENER, SPEAKER = ParticipantId("l"), ParticipantId("s")
PLACES = ("", "g1", "g2")
BOTH = (False, True)

# Whether it passes, by how the speaker speaks and where the listener is.
PASSES = {
    ("loud", "elsewhere"): True,
    ("loud", "here"): True,
    ("quiet", "elsewhere"): False,
    ("quiet", "here"): False,
    ("plain", "elsewhere"): False,
    ("plain", "here"): True,
}


def named(who: ParticipantId, is_in: bool) -> frozenset[ParticipantId]:
    return frozenset([who] if is_in else [])


def places(listener: str, speaker: str) -> tuple[tuple[ParticipantId, str], ...]:
    both = ((LISTENER, listener), (SPEAKER, speaker))
    return tuple((who, place) for who, place in both if place)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("is_focus", BOTH)
def test_every_combination(source: Source, is_focus: bool) -> None:
    cases = 0
    for l_staff, s_staff, stage, loud, quiet in product(BOTH, repeat=5):
        for l_place, s_place in product(PLACES, repeat=2):
            reach = Reach(
                staff=named(LISTENER, l_staff) | named(SPEAKER, s_staff),
                on_stage=named(SPEAKER, stage),
                is_focus=is_focus,
                places=places(l_place, s_place),
                loud=named(SPEAKER, loud),
                quiet=named(SPEAKER, quiet),
            )
            manner = "loud" if loud else "quiet" if quiet else "plain"
            expected = PASSES[manner, "here" if l_place == s_place else "elsewhere"]
            if expected and manner == "plain" and source == "camera" and l_place == "":
                expected = not is_focus or l_staff or s_staff or stage
            assert reach.receives(LISTENER, SPEAKER, source) is expected
            cases += 1
    assert cases == 288


def test_nothing_said_means_everybody_receives_everybody() -> None:
    assert all(Reach().receives(LISTENER, SPEAKER, source) for source in SOURCES)
    assert Reach().place_of(LISTENER) == ""


def test_it_is_compared_by_what_it_says() -> None:
    assert Reach(places=((SPEAKER, "g1"),)) == Reach(places=((SPEAKER, "g1"),))
    assert Reach(places=((SPEAKER, "g1"),)) != Reach(places=((SPEAKER, "g2"),))
    assert len({Reach(), Reach(), Reach(is_focus=True)}) == 2
    assert Reach(places=((SPEAKER, "g1"),)).place_of(SPEAKER) == "g1"
