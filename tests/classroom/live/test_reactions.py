"""Reactions over faces: gathered, told within the reach of a voice, and kept nowhere."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.ids import ParticipantId
from classroom.live.reactions import Gathered
from classroom.room.reach import Reach
from classroom.wire.reactions import FloorReactions, GivenReaction

LIN, TOMAS, MIA, TUTOR = (ParticipantId(name) for name in ("lin", "tomas", "mia", "tutor"))
PEOPLE = (LIN, TOMAS, MIA, TUTOR)
GROUPS = ((LIN, "g1"), (TOMAS, "g1"), (MIA, "g2"))


def told(gathered: Gathered, reach: Reach) -> dict[ParticipantId, list[GivenReaction]]:
    """What each person is told."""
    letters = gathered.take(reach=reach, people=PEOPLE)
    return {who: notice.given for notice, people in letters for who in people}


def test_a_class_that_claps_is_one_notice() -> None:
    gathered = Gathered()
    firsts = [gathered.add(who, "clap") for who in (LIN, TOMAS, LIN, LIN)]
    assert firsts == [True, False, False, False]
    gathered.add(LIN, "love")
    claps = FloorReactions(
        [
            GivenReaction(LIN, "clap", 3),
            GivenReaction(TOMAS, "clap", 1),
            GivenReaction(LIN, "love", 1),
        ]
    )
    assert gathered.take(reach=Reach(), people=PEOPLE) == [(claps, list(PEOPLE))]
    assert gathered.take(reach=Reach(), people=PEOPLE) == []
    assert gathered.add(LIN, "clap"), "the next one begins anew"


def test_a_group_sees_its_own_and_those_of_who_speaks_to_all() -> None:
    gathered = Gathered()
    for who in (LIN, MIA, TUTOR):
        gathered.add(who, "clap")
    seen = told(gathered, Reach(places=GROUPS, loud=frozenset({TUTOR})))
    assert [one.participant_id for one in seen[TOMAS]] == [LIN, TUTOR]
    assert seen[LIN] == seen[TOMAS]
    assert [one.participant_id for one in seen[MIA]] == [MIA, TUTOR]
    assert [one.participant_id for one in seen[TUTOR]] == [TUTOR]


def test_a_quiet_visitor_is_not_given_away() -> None:
    gathered = Gathered()
    gathered.add(TUTOR, "wow")
    places = (*GROUPS, (TUTOR, "g1"))
    seen = told(gathered, Reach(places=places, quiet=frozenset({TUTOR})))
    assert set(seen) == {TUTOR}


people = st.frozensets(st.sampled_from(PEOPLE))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["clap", "wow"])), max_size=20),
    st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(["g1", "g2"])),
    people,
    people,
)
def test_each_is_told_once_of_what_reaches_them(
    given: list[tuple[ParticipantId, str]],
    places: dict[ParticipantId, str],
    loud: frozenset[ParticipantId],
    quiet: frozenset[ParticipantId],
) -> None:
    gathered = Gathered()
    for who, reaction in given:
        gathered.add(who, reaction)  # type: ignore[arg-type]
    reach = Reach(places=tuple(places.items()), loud=loud, quiet=quiet)
    letters = gathered.take(reach=reach, people=PEOPLE)
    for listener in PEOPLE:
        seen = [one for notice, heard in letters if listener in heard for one in notice.given]
        expected = {
            (who, reaction): given.count((who, reaction))
            for who, reaction in given
            if who == listener or reach.receives(listener, who, "microphone")
        }
        assert {(one.participant_id, one.reaction): one.count for one in seen} == expected
        assert len(seen) == len(expected)
