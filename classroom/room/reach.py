"""Who receives whom, as a value: places, focus, and those who are heard everywhere or nowhere.

A place is a group's id, or "" for the class. Who is not named anywhere in it is in the class. The
value is compared to see whether anything has to change; how media follow it is `live/receiving`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from classroom.ids import ParticipantId
from classroom.room.kinds import Source

CLASS = ""
"""The place of everybody who is in no group."""


@dataclass(frozen=True, slots=True)
class Reach:
    """All fields are about people in the room; without any, everybody receives everybody."""

    staff: frozenset[ParticipantId] = frozenset()
    on_stage: frozenset[ParticipantId] = frozenset()
    is_focus: bool = False
    """Cameras of students who are not on stage go to staff alone, in the class."""
    places: tuple[tuple[ParticipantId, str], ...] = ()
    """Those in groups; whoever is left out is in the class."""
    loud: frozenset[ParticipantId] = frozenset()
    """They are heard and seen in every place."""
    quiet: frozenset[ParticipantId] = frozenset()
    """They visit a group to listen: nobody hears or sees them, unless they are loud."""
    _places: dict[ParticipantId, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", dict(self.places))

    def place_of(self, who: ParticipantId) -> str:
        """The group somebody is in, or "" for the class."""
        return self._places.get(who, CLASS)

    def by_place(self, people: Iterable[ParticipantId]) -> dict[str, list[ParticipantId]]:
        """Those who are at the same place, of each; they all hear the same."""
        found: dict[str, list[ParticipantId]] = {}
        for who in people:
            found.setdefault(self.place_of(who), []).append(who)
        return found

    def receives(self, listener: ParticipantId, speaker: ParticipantId, source: Source) -> bool:
        """Whether what the speaker sends from a source may go to the listener."""
        if speaker in self.loud:
            return True
        if speaker in self.quiet or self.place_of(listener) != self.place_of(speaker):
            return False
        return source != "camera" or self._may_see(listener, speaker)

    def _may_see(self, listener: ParticipantId, speaker: ParticipantId) -> bool:
        # In a group there is nobody else to look at, so focus is about the class alone.
        if not self.is_focus or self.place_of(listener) != CLASS:
            return True
        return listener in self.staff or speaker in self.staff or speaker in self.on_stage
