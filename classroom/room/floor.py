"""The order of a lesson: the queue of hands, muting, locks, spotlight, focus and layout.

What a lock takes is taken at once: a student who is heard is muted by it. Nothing here turns
anything on.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from classroom.ids import ParticipantId
from classroom.room import policy
from classroom.room.event import ParticipantChanged, ParticipantLeft, StageChanged
from classroom.room.floor_command import (
    LowerHand,
    Mute,
    RaiseHand,
    React,
    SetFocus,
    SetLayout,
    SetLocks,
    SetSpotlight,
)
from classroom.room.floor_event import FloorChanged, HandLowered, HandRaised, LoweredBecause
from classroom.room.floor_state import FloorState, Hand, Layout, Voice
from classroom.room.ground import Ground
from classroom.room.kinds import Source
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import Participant, TrackState
from classroom.room.tracks import TracksPart, is_second_voice


class FloorPart(Part):
    """Invariants: the queue is in the order of raising and holds students who are in the room;
    no student sends live what is locked, unless their grant keeps it; who is followed leads the
    class; a layout is one for what is on the stage."""

    def __init__(self, ground: Ground, tracks: TracksPart, state: FloorState) -> None:
        self._is_staged = False  # nobody shares yet, also after a restart
        self.state = state
        self._ground = ground
        self._tracks = tracks
        self._fit_layout()
        ground.locks = state.locks
        self.checks = {
            RaiseHand: lambda command, _: ground.must(command.by, "may_raise_hand"),
            LowerHand: self._check_about,
            Mute: self._check_about,
            SetLocks: self._check_about,
            SetSpotlight: self._check_about,
            SetFocus: self._check_about,
            SetLayout: self._check_about,
            React: lambda command, _: ground.must(command.by, "may_react"),
        }
        self.effects = {
            RaiseHand: self._raise,
            LowerHand: self._lower,
            Mute: self._mute,
            SetLocks: self._set_locks,
            SetSpotlight: lambda command, _: self._set(spotlight=command.participant_id),
            SetFocus: lambda command, _: self._set(is_focus=command.on),
            SetLayout: self._set_layout,
            React: lambda command, _: [],
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Who leaves or is no student any more has no hand; what is locked is silent; who leads
        the class no more is not followed."""
        match event:
            case ParticipantLeft(gone, _):
                return self.lower(gone, "left") + self.unlight(gone) + self._unfollow(gone)
            case ParticipantChanged(changed) if changed.id in self._ground.participants:
                who = self._ground.participants[changed.id]
                lowered = [] if who.role == "student" else self.lower(who.id, "teacher")
                return lowered + self.take(who, by=None) + self._unfollow(who.id)
            case StageChanged(screen_of, board):
                self._is_staged = board or screen_of is not None
                return self._fit_layout()
            case _:
                return []

    # What the stage asks of the floor

    def lower(self, who: ParticipantId, why: LoweredBecause) -> list[Event]:
        """Take a hand out of the queue; nothing happens when it is not up."""
        if self.state.hand_of(who) is None:
            return []
        self.state = self.state.without_hand(who)
        return [HandLowered(who, why)]

    def light(self, who: ParticipantId) -> list[Event]:
        """Show somebody large, when nobody is."""
        return self._set(spotlight=who) if self.state.spotlight is None else []

    def unlight(self, who: ParticipantId) -> list[Event]:
        """Show them large no more, when they are."""
        return self._set(spotlight=None) if self.state.spotlight == who else []

    def take(
        self, who: Participant, *, by: ParticipantId | None, is_off_stage: bool = False
    ) -> list[Event]:
        """Silence what somebody sends and the locks take."""
        taken = locked_sources(who, self.state)
        if is_off_stage:
            return self._tracks.silence(who.id, taken, by=by, why="off_stage")
        return self._tracks.silence(who.id, taken, by=by, why="locked")

    # Guards

    def _check_about(self, command: Any, moment: Moment) -> None:
        """Order is kept by staff; one's own hand everybody may lower."""
        about: ParticipantId | None = getattr(command, "participant_id", None)
        if isinstance(command, LowerHand) and about in (None, command.by) and not command.is_all:
            return
        self._ground.must(command.by, "may_order")
        if about is not None:
            self._ground.person(about)

    # Effects: they cannot fail

    def _raise(self, command: RaiseHand, moment: Moment) -> list[Event]:
        if self.state.hand_of(command.by) is not None:
            return []
        hand = Hand(command.by, moment.clock_ms)
        self.state = replace(self.state, hands=(*self.state.hands, hand))
        return [HandRaised(hand)]

    def _lower(self, command: LowerHand, moment: Moment) -> list[Event]:
        if command.is_all:
            up = [hand.participant_id for hand in self.state.hands]
            return [event for who in up for event in self.lower(who, "teacher")]
        who = command.participant_id or command.by
        return self.lower(who, "self" if who == command.by else "teacher")

    def _mute(self, command: Mute, moment: Moment) -> list[Event]:
        people = [who.id for who in self._ground.participants.values() if who.role == "student"]
        if command.participant_id is not None:
            people = [command.participant_id]
        events: list[Event] = []
        for who in people:
            sources: tuple[Source, ...] = (command.source,)
            if command.source == "microphone" and is_second_voice(self._ground.person(who)):
                sources = ("microphone", "screen_audio")
            events += self._tracks.silence(who, sources, by=command.by, why="muted")
        return events

    def _set_locks(self, command: SetLocks, moment: Moment) -> list[Event]:
        wanted = {name: getattr(command, name) for name in asdict(self.state.locks)}
        changed = {name: on for name, on in wanted.items() if on is not None}
        events = self._set(locks=replace(self.state.locks, **changed))
        self._ground.locks = self.state.locks
        for who in list(self._ground.participants.values()):
            events += self.take(who, by=command.by)
        return events

    def _set_layout(self, command: SetLayout, moment: Moment) -> list[Event]:
        if command.view is None:
            return self._set(layout=None, leader=None)
        layout = Layout(command.view, command.by, moment.clock_ms, self._is_staged)
        return self._set(layout=layout, leader=command.by if command.leads else None)

    # Small steps

    def _unfollow(self, who: ParticipantId) -> list[Event]:
        """The layout stays; what they choose later is theirs alone."""
        is_leader = self.state.leader == who and not self._ground.is_staff(who)
        return self._set(leader=None) if is_leader else []

    def _fit_layout(self) -> list[Event]:
        """Faces alone and faces beside the stage are two situations: a layout ends with its own."""
        layout = self.state.layout
        is_over = layout is not None and layout.is_staged != self._is_staged
        return self._set(layout=None) if is_over else []

    def _set(self, **changed: Any) -> list[Event]:
        """The floor's new truth; an event only when it is new."""
        before, self.state = self.state, replace(self.state, **changed)
        now = self.state
        if before == now:
            return []
        return [FloorChanged(now.locks, now.spotlight, now.is_focus, now.layout, now.leader)]


def is_live(who: Participant, source: Source | Voice) -> bool:
    """Whether it is sent just now."""
    return who.tracks.of(source) is TrackState.LIVE


def locked_sources(who: Participant, state: FloorState) -> tuple[Source, ...]:
    """What a lock keeps somebody from sending; nothing of what their role never may."""
    return tuple(
        source
        for source, right in policy.RIGHT_TO_PUBLISH.items()
        if policy.may(who.role, right)
        and any(policy.refusal(who, state.locks, needed) for needed in _needed(source, right))
    )


def _needed(source: Source, right: policy.Right) -> tuple[policy.Right, ...]:
    """The sound of a share could carry a voice."""
    return (right, "may_speak") if source == "screen_audio" else (right,)
