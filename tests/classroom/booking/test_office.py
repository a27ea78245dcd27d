"""What an organisation set for itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from classroom.booking.office import Office, changed_office, read_office, told_office
from classroom.errors import Refused


def test_nothing_stored_is_every_default() -> None:
    assert read_office("") == read_office("{}") == Office()


def test_what_is_set_is_read_and_the_rest_is_kept() -> None:
    stored = changed_office('{"rules": [1]}', {"confirms": "always", "notes_months": 24})
    stored = changed_office(stored, {"intake": [{"id": "x"}], "admins_read_notes": True})
    assert json.loads(stored)["rules"] == [1]
    office = read_office(stored)
    assert (office.confirms, office.notes_months) == ("always", 24)
    assert office.opened.admins_read_notes
    assert not office.opened.reception_reads_intake
    assert told_office(office)["intake"] == [{"id": "x"}]


@pytest.mark.parametrize(
    "news",
    [
        {"colour": "red"},
        {"confirms": "sometimes"},
        {"recording_policy": 1},
        {"about": "x" * 4001},
        {"notes_months": True},
        {"notes_months": 601},
        {"missed_is_charged": "yes"},
        {"intake": {}},
    ],
)
def test_what_does_not_fit_is_refused_by_name(news: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        changed_office("{}", news)
    assert refused.value.params == {"field": next(iter(news))}
