"""Sessions in which recordings are played: found by their word, bounded in number and time."""

from __future__ import annotations

from dataclasses import replace

from classroom.people.play_session import EACH_MAX, LASTS_S, LINK_MAX, Playing, PlaySessions

ONE = Playing("rec1", "owner", "anna", "Anna")
OTHER = Playing("rec2", "share", "", "", share="s1")


def test_a_session_is_found_by_its_word_until_its_time_is_over() -> None:
    sessions = PlaySessions()
    word = sessions.open(ONE, now=10.0)
    assert len(word) >= 43, "32 bytes"
    assert sessions.find(word, now=10.0 + LASTS_S - 1) == ONE
    assert sessions.find(word[:-1], now=10.0) is None
    assert sessions.find("", now=10.0) is None
    assert sessions.find(word, now=10.0 + LASTS_S) is None
    assert len(sessions) == 0


def test_each_session_has_its_own_word() -> None:
    sessions = PlaySessions()
    words = {sessions.open(ONE, now=0.0) for _ in range(20)}
    assert len(words) == 20


def test_the_oldest_gives_its_place() -> None:
    sessions = PlaySessions(sessions_max=2)
    first, second, third = (sessions.open(ONE, now=float(at)) for at in range(3))
    assert sessions.find(first, now=3.0) is None
    assert sessions.find(second, now=3.0) == sessions.find(third, now=3.0) == ONE


def test_nobody_throws_out_others_by_opening_many() -> None:
    sessions = PlaySessions()
    other = sessions.open(OTHER, now=0.0)
    words = [sessions.open(ONE, now=1.0) for _ in range(EACH_MAX + 3)]
    known = [word for word in words if sessions.find(word, now=2.0)]
    assert known == words[3:]
    assert sessions.find(other, now=2.0) == OTHER


def test_a_link_is_for_so_many_at_once() -> None:
    sessions = PlaySessions()
    words = [
        sessions.open(replace(OTHER, viewer=f"v{number}"), now=0.0)
        for number in range(LINK_MAX + 2)
    ]
    assert [bool(sessions.find(word, now=1.0)) for word in words[:4]] == [False, False, True, True]
    assert len(sessions) == LINK_MAX


def test_all_sessions_of_a_recording_end_together() -> None:
    sessions = PlaySessions()
    one, other = sessions.open(ONE, now=0.0), sessions.open(OTHER, now=0.0)
    sessions.end_all("rec1")
    assert sessions.find(one, now=1.0) is None
    assert sessions.find(other, now=1.0) == OTHER


def test_who_may_edit() -> None:
    assert ONE.may_edit
    assert Playing("rec1", "host", "host:room", "").may_edit
    assert not OTHER.may_edit
