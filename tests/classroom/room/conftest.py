"""The people of most lessons here."""

from __future__ import annotations

import pytest

from tests.support.script import Lesson, Person


@pytest.fixture
def lesson() -> Lesson:
    return Lesson()


@pytest.fixture
def tutor(lesson: Lesson) -> Person:
    return lesson.person("Tutor", "host")


@pytest.fixture
def lin(lesson: Lesson, tutor: Person) -> Person:
    return lesson.person("Lin")


@pytest.fixture
def bo(lesson: Lesson, tutor: Person) -> Person:
    return lesson.person("Bo")


@pytest.fixture
def mia(lesson: Lesson, tutor: Person) -> Person:
    return lesson.person("Mia")
