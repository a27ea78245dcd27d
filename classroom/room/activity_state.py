"""What activities on the stage keep for everybody, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace

VALUES_MAX = 64
BYTES_MAX = 32 * 1024
"""Of one activity, keys counted."""
KEPT_MAX = 4
"""Activities whose values are kept; of more, those of the one used first are forgotten."""


@dataclass(frozen=True, slots=True)
class Activity:
    """The values of a page's activity: a key, and JSON that nobody here reads."""

    page_id: str
    values: tuple[tuple[str, str], ...] = ()
    backdrop: str = ""
    """Of the page when a value was set: another one is another activity."""

    def with_value(self, key: str, value: str) -> Activity:
        """With another value; "null" takes the key away."""
        others = tuple(pair for pair in self.values if pair[0] != key)
        return replace(self, values=others if value == "null" else (*others, (key, value)))

    @property
    def fits(self) -> bool:
        """Whether this is not too much to keep."""
        used = sum(len(key.encode()) + len(value.encode()) for key, value in self.values)
        return len(self.values) <= VALUES_MAX and used <= BYTES_MAX


@dataclass(frozen=True, slots=True)
class ActivitiesState:
    """Those that keep something, the one used last at the end."""

    activities: tuple[Activity, ...] = ()

    def of(self, page_id: str) -> Activity:
        """The activity of a page; one nobody used keeps nothing."""
        known = (one for one in self.activities if one.page_id == page_id)
        return next(known, Activity(page_id))

    def put(self, activity: Activity) -> ActivitiesState:
        """With this one as it is now."""
        others = tuple(one for one in self.activities if one.page_id != activity.page_id)
        return ActivitiesState((*others, activity)[-KEPT_MAX:])

    def without(self, page_id: str) -> ActivitiesState:
        """With none of what this one kept."""
        return ActivitiesState(tuple(one for one in self.activities if one.page_id != page_id))
