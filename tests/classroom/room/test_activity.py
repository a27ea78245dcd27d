"""Activities: who may keep a value, who hears what, and that they cannot keep too much."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.room.activity_command import ResetActivity, SendActivityEvent, SetActivityValue
from classroom.room.activity_event import ActivityChanged, ActivitySaid, ActivityTold
from classroom.room.activity_state import (
    BYTES_MAX,
    KEPT_MAX,
    VALUES_MAX,
    ActivitiesState,
    Activity,
)
from classroom.room.command import ChangePage, GivePen, ShowBoard, TurnPage
from classroom.room.decks_command import LeaveDeck, PlaceDeck, UpdateDeck
from classroom.room.page import BoardPage, Placement
from classroom.wire import entries
from tests.support.script import Lesson, Person

BEGUN = "2026-03-01T09:30:00.000Z"
PAGE = "a-1-0"


def deck(name: str, printed: str) -> tuple[Placement, BoardPage]:
    placement = Placement(name, "deck", printed, "Roots", "activity", BEGUN)
    page = BoardPage(f"{name}-1-0", kind="activity", placement=name, slide=1, is_seen=False)
    return placement, replace(page, backdrop=f"/activities/{printed}/index.html")


def place(who: Person, name: str = "a") -> None:
    placement, page = deck(name, "first")
    who.does(PlaceDeck, placement, (page,), page.id)


@pytest.fixture
def shown(tutor: Person, lin: Person) -> Lesson:
    place(tutor)
    return tutor.lesson


def values(lesson: Lesson, page_id: str = PAGE) -> dict[str, str]:
    return dict(lesson.room.parts.activities.state.of(page_id).values)


def test_a_value_is_kept_changed_and_taken_away(shown: Lesson, tutor: Person, lin: Person) -> None:
    (event,) = tutor.does(SetActivityValue, PAGE, "count", "1")
    assert event == ActivityChanged(PAGE, "count", "1", tutor.id)
    assert tutor.does(SetActivityValue, PAGE, "count", "1") == [], "it is that already"
    tutor.does(SetActivityValue, PAGE, "count", "2")
    tutor.does(SetActivityValue, PAGE, "who", '"Lin"')
    assert values(shown) == {"count": "2", "who": '"Lin"'}
    snapshot = entries.snapshot_form(shown.room, lin.now, now=shown.now)
    assert [(one.key, one.value) for one in snapshot.activities[0].values] == [
        ("count", "2"),
        ("who", '"Lin"'),
    ]
    tutor.does(SetActivityValue, PAGE, "count", "null")
    assert values(shown) == {"who": '"Lin"'}
    assert tutor.does(SetActivityValue, PAGE, "count", "null") == []
    assert values(shown.goes_on_after(300)) == {"who": '"Lin"'}, "a restart loses nothing"


def test_a_student_needs_a_pen_to_keep_something(shown: Lesson, tutor: Person, lin: Person) -> None:
    assert lin.is_refused(SetActivityValue, PAGE, "count", "1") == "pen.missing"
    tutor.does(GivePen, lin.id, "own")
    lin.does(SetActivityValue, PAGE, "count", "1")
    assert values(shown) == {"count": "1"}
    watcher = shown.person("Watcher", "observer")
    assert watcher.is_refused(SetActivityValue, PAGE, "count", "2") == "pen.missing"
    assert watcher.is_refused(SendActivityEvent, PAGE, "hi", "1") == "right.missing"


def test_staff_tells_everybody_and_a_student_the_staff(
    shown: Lesson, tutor: Person, lin: Person, bo: Person
) -> None:
    said = tutor.does(SendActivityEvent, PAGE, "begin", "3")
    assert said == [ActivitySaid(PAGE, "begin", "3", tutor.id)]
    assert lin.hears(said) == said
    told = lin.does(SendActivityEvent, PAGE, "answer", '"7"')
    assert isinstance(told[0], ActivityTold)
    assert (tutor.hears(told), bo.hears(told), lin.hears(told)) == (told, [], [])
    assert values(shown) == {}, "nothing of it is kept"
    lines = [entries.record_of(entry) for entry in shown.log[-2:]]
    assert lines == [None, None], "nor written down"


def test_only_on_the_classs_page_while_it_is_shown(shown: Lesson, tutor: Person) -> None:
    tutor.does(SetActivityValue, PAGE, "count", "1")
    for away in (("p1", True), (PAGE, False)):
        tutor.does(TurnPage, away[0])
        tutor.does(ShowBoard, away[1])
        assert tutor.is_refused(SetActivityValue, PAGE, "count", "2") == "activity.unknown"
        assert tutor.is_refused(SendActivityEvent, PAGE, "hi", "2") == "activity.unknown"
    assert tutor.is_refused(SetActivityValue, "p1", "count", "2") == "activity.unknown"
    tutor.does(ShowBoard, True)
    assert values(shown) == {"count": "1"}, "coming back it is as it was"
    tutor.does(LeaveDeck, "a")
    assert tutor.is_refused(SetActivityValue, PAGE, "count", "2") == "activity.unknown"


def test_too_much_is_refused_and_the_oldest_forgotten(shown: Lesson, tutor: Person) -> None:
    tutor.does(SetActivityValue, PAGE, "big", f'"{"é" * 8000}"')
    tutor.does(SetActivityValue, PAGE, "more", f'"{"x" * 8000}"')
    code = tutor.is_refused(SetActivityValue, PAGE, "most", f'"{"x" * 8000}"' * 2)
    assert code == "activity.full"
    assert set(values(shown)) == {"big", "more"}
    many = ActivitiesState()
    for number in range(KEPT_MAX + 2):
        many = many.put(Activity(f"p{number}", (("k", "1"),)))
    assert [one.page_id for one in many.activities] == [f"p{n}" for n in range(2, KEPT_MAX + 2)]


def test_staff_begins_it_anew_for_everybody(shown: Lesson, tutor: Person, lin: Person) -> None:
    tutor.does(GivePen, lin.id, "own")
    lin.does(SetActivityValue, PAGE, "count", "1")
    tutor.does(SetActivityValue, PAGE, "who", '"Lin"')
    assert lin.is_refused(ResetActivity, PAGE) == "right.missing"
    assert tutor.is_refused(ResetActivity, "p1") == "activity.unknown"
    told = tutor.does(ResetActivity, PAGE)
    assert told == [ActivityChanged(PAGE, key, "null", tutor.id) for key in ("count", "who")]
    assert lin.hears(told) == told
    assert values(shown) == {}
    assert tutor.does(ResetActivity, PAGE) == []


def test_a_new_version_keeps_nothing_of_the_old_one(shown: Lesson, tutor: Person) -> None:
    tutor.does(SetActivityValue, PAGE, "count", "1")
    placement, page = deck("a", "first")
    tutor.does(UpdateDeck, replace(placement, name="Other"), (page,))
    assert values(shown) == {"count": "1"}, "it is the same file"
    placement, page = deck("a", "second")
    events = tutor.does(UpdateDeck, placement, (page,))
    assert events[1:] == [ActivityChanged(PAGE, "count", "null", None)]
    assert values(shown) == {}


def test_a_locked_page_takes_values_of_staff_alone(
    shown: Lesson, tutor: Person, lin: Person
) -> None:
    tutor.does(GivePen, lin.id, "own")
    tutor.does(ChangePage, PAGE, None, None, True, None)
    assert lin.is_refused(SetActivityValue, PAGE, "count", "1") == "page.locked"
    tutor.does(SetActivityValue, PAGE, "count", "2")
    assert values(shown) == {"count": "2"}


def test_one_person_sends_only_so_much(shown: Lesson, tutor: Person, lin: Person) -> None:
    tutor.does(GivePen, lin.id, "own")
    long = '"%s"'
    for number in range(4):
        lin.does(SetActivityValue, PAGE, "k", long % (str(number) * 8000))
        tutor.does(SetActivityValue, PAGE, f"t{number}", "1")
    lin.does(SendActivityEvent, PAGE, "n", long % ("e" * 8000))
    assert lin.is_refused(SetActivityValue, PAGE, "k", long % ("f" * 8000)) == "activity.busy"
    assert lin.is_refused(SendActivityEvent, PAGE, "n", long % ("f" * 8000)) == "activity.busy"
    lin.does(SetActivityValue, PAGE, "small", "1")
    tutor.does(SetActivityValue, PAGE, "big", long % ("f" * 8000))
    shown.passes(1)
    lin.does(SetActivityValue, PAGE, "k", long % ("f" * 8000))


def test_all_copies_together_send_only_so_often(shown: Lesson, tutor: Person, lin: Person) -> None:
    tutor.does(GivePen, lin.id, "own")
    for number in range(60):
        lin.does(SetActivityValue, PAGE, "k", str(number))
        assert lin.does(SetActivityValue, PAGE, "k", str(number)) == [], "no news costs nothing"
        tutor.does(SetActivityValue, PAGE, "t", str(number))
    for who in (lin, tutor):
        assert who.is_refused(SetActivityValue, PAGE, "k", "new") == "activity.busy"
    assert tutor.is_refused(SendActivityEvent, PAGE, "n", "1") == "activity.busy"
    lin.does(SendActivityEvent, PAGE, "answer", "1")
    shown.passes(0.5)
    for number in range(20):
        tutor.does(SetActivityValue, PAGE, "t", f"again {number}")
    assert tutor.is_refused(SetActivityValue, PAGE, "t", "more") == "activity.busy"


KEYS = st.integers(0, VALUES_MAX + 20).map(lambda number: f"k{number}")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(KEYS, st.sampled_from(("1", "null", '"x"' * 300))), max_size=120))
def test_what_is_kept_always_fits(steps: list[tuple[str, str]]) -> None:
    lesson = Lesson()
    tutor = lesson.person("Tutor", "host")
    place(tutor)
    for key, value in steps:
        with suppress(Refused):
            tutor.does(SetActivityValue, PAGE, key, value)
        kept = lesson.room.parts.activities.state.of(PAGE)
        assert kept.fits
        assert len(kept.values) <= VALUES_MAX
        assert sum(len(one) + len(two) for one, two in kept.values) <= BYTES_MAX
