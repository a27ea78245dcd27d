"""Films in step: who may say where one is, and that none runs where nobody looks at it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.room.command import PublishTrack, ShowBoard, TurnPage
from classroom.room.decks_command import LeaveDeck, PlaceDeck, UpdateDeck
from classroom.room.film_command import PauseFilm, PlayFilm, SeekFilm, SetFilmRate
from classroom.room.film_event import FilmChanged
from classroom.room.film_state import FILMS_MAX, POSITION_MAX_MS, Film, FilmsState
from classroom.room.page import BoardPage, Placement
from classroom.room.participant import SeatState
from classroom.wire import entries
from tests.support.script import Lesson, Person

BEGUN = "2026-03-01T09:30:00.000Z"


def film_page(name: str, backdrop: str) -> BoardPage:
    page = BoardPage(f"{name}-1-0", kind="film", placement=name, slide=1, is_seen=False)
    return replace(page, backdrop=backdrop)


def place(who: Person, name: str) -> None:
    placement = Placement(name, "deck", "print", "Roots", "film", BEGUN)
    who.does(PlaceDeck, placement, (film_page(name, ""),), f"{name}-1-0")


def film(lesson: Lesson, page_id: str = "a-1-0") -> Film:
    return lesson.room.parts.films.state.of(page_id)


def position(lesson: Lesson, page_id: str = "a-1-0") -> int:
    return film(lesson, page_id).position_at(lesson.room.clock_ms(lesson.now))


@pytest.fixture
def shown(tutor: Person, lin: Person) -> Lesson:
    place(tutor, "a")
    return tutor.lesson


def test_it_plays_is_paused_and_goes_on(shown: Lesson, tutor: Person) -> None:
    assert film(shown) == Film("a-1-0"), "one nobody touched stands at its beginning"
    (event,) = tutor.does(PlayFilm, "a-1-0", 2_000)
    assert event == FilmChanged(Film("a-1-0", True, 2_000, shown.room.clock_ms(shown.now)))
    shown.passes(3)
    assert position(shown) == 5_000
    tutor.does(PauseFilm, "a-1-0", 4_960)
    shown.passes(10)
    assert position(shown) == 4_960, "where the one who paused saw it"
    assert tutor.does(PauseFilm, "a-1-0", 4_960) == [], "it stands there"
    tutor.does(SeekFilm, "a-1-0", 9_000)
    shown.passes(10)
    assert position(shown) == 9_000
    assert not film(shown).is_playing


def test_a_seek_leaves_it_running_and_a_rate_begins_where_it_is(
    shown: Lesson, tutor: Person
) -> None:
    tutor.does(PlayFilm, "a-1-0", 0)
    tutor.does(SeekFilm, "a-1-0", 60_000)
    shown.passes(1)
    tutor.does(SetFilmRate, "a-1-0", 200)
    assert position(shown) == 61_000
    shown.passes(1)
    assert position(shown) == 63_000
    assert tutor.does(SetFilmRate, "a-1-0", 200) == []
    tutor.does(SetFilmRate, "a-1-0", 50)
    shown.passes(2)
    assert position(shown) == 64_000
    tutor.does(PauseFilm, "a-1-0", 64_000)
    assert film(shown).rate == 50


def test_only_who_leads_the_board_and_only_the_classs_page(
    shown: Lesson, tutor: Person, lin: Person
) -> None:
    for kind, word in ((PlayFilm, 0), (PauseFilm, 0), (SeekFilm, 0), (SetFilmRate, 100)):
        assert lin.is_refused(kind, "a-1-0", word) == "right.missing"
        assert tutor.is_refused(kind, "nothing", word) == "film.unknown"
        assert tutor.is_refused(kind, "p1", word) == "film.unknown"
    tutor.does(TurnPage, "p1")
    assert tutor.is_refused(PlayFilm, "a-1-0", 0) == "film.unknown"
    assert tutor.is_refused(PlayFilm, "p1", 0) == "film.unknown", "a page without a film"
    tutor.does(TurnPage, "a-1-0")
    tutor.does(ShowBoard, False)
    assert tutor.is_refused(PlayFilm, "a-1-0", 0) == "film.unknown"


def test_an_assistant_may_and_who_was_made_a_student_may_not(shown: Lesson, lin: Person) -> None:
    lin.drops()
    lin.joins("assistant")
    lin.does(PlayFilm, "a-1-0", 0)
    lin.drops()
    lin.joins("student")
    assert lin.is_refused(PauseFilm, "a-1-0", 0) == "right.missing"
    assert film(shown).is_playing, "it goes on without whoever began it"


@pytest.mark.parametrize(
    "away",
    [
        lambda tutor: tutor.does(TurnPage, "p1"),
        lambda tutor: tutor.does(ShowBoard, False),
        lambda tutor: tutor.does(LeaveDeck, "a"),
        lambda tutor: tutor.does(PublishTrack, "screen"),
        lambda tutor: place(tutor, "b"),
    ],
    ids=["turned", "taken off", "put away", "a screen", "another film"],
)
def test_it_stands_where_it_was_when_the_class_looks_away(
    shown: Lesson, tutor: Person, away: Any
) -> None:
    tutor.does(PlayFilm, "a-1-0", 1_000)
    shown.passes(2)
    away(tutor)
    (last,) = shown.told(FilmChanged)[1:]
    assert (last.film.is_playing, last.film.position_ms) == (False, 3_000)
    shown.passes(5)
    assert position(shown) == 3_000
    if away is not None and "a-1-0" in {page.id for page in shown.room.board.pages}:
        tutor.does(TurnPage, "a-1-0")
        tutor.does(ShowBoard, True)
        assert position(shown) == 3_000, "coming back shows where it was"


def test_it_stands_when_nobody_is_here_any_more(shown: Lesson, tutor: Person, lin: Person) -> None:
    tutor.does(PlayFilm, "a-1-0", 0)
    tutor.drops()
    assert film(shown).is_playing, "somebody looks at it"
    shown.passes(4)
    lin.drops()
    assert (film(shown).is_playing, position(shown)) == (False, 4_000)


def test_who_comes_late_hears_where_it_is(shown: Lesson, tutor: Person, mia: Person) -> None:
    tutor.does(PlayFilm, "a-1-0", 0)
    shown.passes(7)
    snapshot = entries.snapshot_form(shown.room, mia.now, now=shown.now)
    (told,) = snapshot.films
    assert told.is_playing
    assert told.position_ms + snapshot.clock_ms - told.at_ms == 7_000


def test_after_a_restart_it_stands_where_the_server_went(shown: Lesson, tutor: Person) -> None:
    tutor.does(SetFilmRate, "a-1-0", 150)
    tutor.does(PlayFilm, "a-1-0", 0)
    shown.passes(4)
    later = shown.goes_on_after(300)
    assert (film(later).is_playing, position(later), film(later).rate) == (False, 6_000, 150)


def test_a_new_version_begins_at_its_beginning(shown: Lesson, tutor: Person) -> None:
    placement = Placement("a", "deck", "print", "Roots", "film", BEGUN)
    tutor.does(UpdateDeck, placement, (film_page("a", "/films/one"),))
    tutor.does(PlayFilm, "a-1-0", 600_000)
    shown.passes(1)
    tutor.does(UpdateDeck, replace(placement, name="Other"), (film_page("a", "/films/one"),))
    assert position(shown) == 601_000, "it is the same film"
    events = tutor.does(UpdateDeck, placement, (film_page("a", "/films/two"),))
    assert events[1:] == [FilmChanged(Film("a-1-0", backdrop="/films/two"))]
    assert (position(shown), film(shown).is_playing) == (0, False)
    tutor.does(SeekFilm, "a-1-0", 5_000)
    tutor.does(LeaveDeck, "a")
    assert position(shown) == 5_000, "a deck that is put away may come back"


def test_places_are_bounded() -> None:
    state = FilmsState()
    for number in range(FILMS_MAX + 3):
        state = state.put(Film(f"f{number}", position_ms=number))
    assert len(state.films) == FILMS_MAX
    assert state.of("f0") == Film("f0")
    assert state.of(f"f{FILMS_MAX + 2}").position_ms == FILMS_MAX + 2
    endless = Film("f", True, POSITION_MAX_MS - 5, 0, 200)
    assert endless.position_at(1_000) == POSITION_MAX_MS
    assert endless.position_at(-1_000) == POSITION_MAX_MS - 5, "a clock that lags moves nothing"


PAGES = st.sampled_from(("p1", "a-1-0", "b-1-0"))
DEEDS = st.one_of(
    st.builds(PlayFilm, st.none(), PAGES, st.integers(0, POSITION_MAX_MS)),
    st.builds(PauseFilm, st.none(), PAGES, st.integers(0, POSITION_MAX_MS)),
    st.builds(SeekFilm, st.none(), PAGES, st.integers(0, POSITION_MAX_MS)),
    st.builds(SetFilmRate, st.none(), PAGES, st.integers(50, 200)),
    st.builds(TurnPage, st.none(), PAGES),
    st.builds(ShowBoard, st.none(), st.booleans()),
    st.sampled_from(("drops", "joins", "leaves")),
    st.floats(0.0, 100.0),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), DEEDS), max_size=30))
def test_what_plays_is_always_looked_at(steps: list[tuple[bool, Any]]) -> None:
    lesson = Lesson()
    tutor, lin = lesson.person("Tutor", "host"), lesson.person("Lin")
    place(tutor, "a")
    place(tutor, "b")
    for is_tutor, deed in steps:
        who = tutor if is_tutor else lin
        if isinstance(deed, float):
            lesson.passes(deed)
        else:
            _try(who, deed)
        state, room = lesson.room.parts.films.state, lesson.room
        playing = [one for one in state.films if one.is_playing]
        assert len(playing) <= 1
        if playing:
            assert room.stage.board
            assert room.board.page_id == playing[0].page_id
            assert any(one.seat is SeatState.HERE for one in room.participants.values())
        for one in state.films:
            assert 0 <= one.position_at(room.clock_ms(lesson.now)) <= POSITION_MAX_MS


def _try(who: Person, deed: Any) -> None:
    try:
        if isinstance(deed, str):
            getattr(who, deed)()
        else:
            words = [getattr(deed, name) for name in deed.__slots__ if name != "by"]
            who.does(type(deed), *words)
    except Refused:
        pass
