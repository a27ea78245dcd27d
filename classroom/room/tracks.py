"""What participants send: publishing, pausing, sharing, and being silenced by others.

A muted microphone may be published while microphones are locked: nothing is heard of it. To be
heard or seen needs the right as it is now, with locks and grants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.audience import Audience
from classroom.room.command import (
    Command,
    LoseMedia,
    PauseTrack,
    PublishTrack,
    ResumeTrack,
    SetShareMode,
    TrackCommand,
    UnpublishTrack,
)
from classroom.room.event import ParticipantChanged, ParticipantLeft
from classroom.room.ground import Ground
from classroom.room.kinds import SOURCES, Source
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import TRACK_TRANSITIONS, Participant, TrackState
from classroom.room.policy import RIGHT_TO_PUBLISH, may
from classroom.room.sharing import Sharing
from classroom.room.tracks_event import Silenced, Why

_SILENT: dict[Source, type[Command]] = {
    "microphone": PauseTrack,
    "camera": PauseTrack,
    "screen": UnpublishTrack,
    "screen_audio": UnpublishTrack,
}
"""What makes a source silent: who is muted can unmute; a share that ended is begun anew."""


_SHARES = ("screen", "screen_audio")


class TracksPart(Part):
    """Invariants: a track is only what the role may send; each open screen is a share on the
    stage, once."""

    def __init__(self, ground: Ground, sharing: Sharing) -> None:
        self._ground = ground
        self._sharing = sharing
        self.checks = {
            PublishTrack: lambda command, moment: self._check_publish(command),
            PauseTrack: lambda command, moment: self._check_known(command),
            ResumeTrack: lambda command, moment: self._check_resume(command),
            UnpublishTrack: lambda command, moment: self._check_known(command),
            SetShareMode: lambda command, moment: self._check_move(
                command, "screen", "producer.unknown"
            ),
        }
        self.effects = {
            PublishTrack: lambda command, moment: self._publish(command),
            PauseTrack: lambda command, moment: self._change_track(command),
            ResumeTrack: lambda command, moment: self._change_track(command),
            UnpublishTrack: lambda command, moment: self._unpublish(command),
            SetShareMode: lambda command, moment: self._set_share_mode(command),
            LoseMedia: lambda command, moment: self.lose(command.by),
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """A share ends with whoever leaves; a new role may send less, and leads or not."""
        match event:
            case ParticipantLeft(participant_id, _):
                return self._sharing.close(participant_id)
            case ParticipantChanged(participant):
                return self._fit_role(participant.id)
            case _:
                return []

    # What other parts ask for

    def silence(
        self,
        who: ParticipantId,
        sources: Sequence[Source],
        *,
        by: ParticipantId | None,
        why: Why,
    ) -> list[Event]:
        """Mute what is live, end what is shared; nothing when there is nothing to silence.

        The person themself is told by an aside; a live microphone or camera stays published, muted.
        """
        present = self._ground.participants.get(who)
        if present is None:
            return []
        loud = tuple(source for source in sources if _is_loud(present, source))
        tracks = present.tracks
        for source in loud:
            tracks = tracks.after(_SILENT[source], source)
        return self._quieten(replace(present, tracks=tracks), loud, by, why)

    def lose(self, who: ParticipantId) -> list[Event]:
        """All tracks of somebody are off."""
        sender = self._ground.participants[who]
        tracks = sender.tracks
        for source in SOURCES:
            tracks = tracks.after(LoseMedia, source)
        return self._ground.change(replace(sender, tracks=tracks)) + self._sharing.close(who)

    # Guards

    def _check_publish(self, command: PublishTrack) -> None:
        self._check_right(command.by, command.source, is_paused=command.is_paused)
        self._check_move(command, command.source, "producer.exists")
        self._check_voice(command)
        if command.source == "screen":
            self._sharing.check(command.by)

    def _check_right(self, by: ParticipantId, source: Source, *, is_paused: bool) -> None:
        right = RIGHT_TO_PUBLISH[source]
        # A share has no muted form that somebody would keep for later.
        if not is_paused or _SILENT[source] is UnpublishTrack:
            self._ground.must(by, right)
        elif not may(self._ground.person(by).role, right):
            raise Refused("right.missing", {"right": right})

    def _check_resume(self, command: ResumeTrack) -> None:
        self._ground.must(command.by, RIGHT_TO_PUBLISH[command.source])
        self._check_voice(command)
        self._check_known(command)

    def _check_voice(self, command: PublishTrack | ResumeTrack) -> None:
        """The sound of a share could carry a voice, so what takes voices takes it, too."""
        if command.source == "screen_audio":
            self._ground.must(command.by, "may_speak")

    def _check_known(self, command: TrackCommand) -> None:
        self._check_move(command, command.source, "producer.unknown")

    def _check_move(self, command: TrackCommand | SetShareMode, source: Source, code: str) -> None:
        track = self._ground.participants[command.by].tracks.of(source)
        if type(command) not in TRACK_TRANSITIONS[track]:
            raise Refused(code)

    # Effects

    def _publish(self, command: PublishTrack) -> list[Event]:
        sender = self._ground.participants[command.by]
        tracks = sender.tracks.after(PublishTrack, command.source)
        if command.is_paused:
            tracks = tracks.after(PauseTrack, command.source)
        if command.source != "screen":
            return self._ground.change(replace(sender, tracks=tracks))
        shown = replace(tracks, screen_mode=command.share_mode)
        events = self._ground.change(replace(sender, tracks=shown))
        return events + self._sharing.open(command.by)

    def _change_track(self, command: TrackCommand) -> list[Event]:
        sender = self._ground.participants[command.by]
        tracks = sender.tracks.after(type(command), command.source)
        return self._ground.change(replace(sender, tracks=tracks))

    def _unpublish(self, command: UnpublishTrack) -> list[Event]:
        events = self._change_track(command)
        return events + (self._sharing.close(command.by) if command.source == "screen" else [])

    def _set_share_mode(self, command: SetShareMode) -> list[Event]:
        sender = self._ground.participants[command.by]
        tracks = sender.tracks.after(SetShareMode, "screen")
        shown = replace(tracks, screen_mode=command.share_mode)
        return self._ground.change(replace(sender, tracks=shown))

    def _fit_role(self, who: ParticipantId) -> list[Event]:
        """End what the present role may not send; whose share it is counts by the present role.

        A student's share cannot be open beside that of staff, so who leads no more stops sharing.
        """
        sender = self._ground.participants.get(who)
        if sender is None:
            return []
        leads_no_more = self._sharing.is_of_staff(who) and not self._ground.is_staff(who)
        ended = tuple(
            source
            for source in SOURCES
            if sender.tracks.of(source) is not TrackState.OFF
            and (_is_beyond(sender, source) or (leads_no_more and source in _SHARES))
        )
        if not ended:
            return self._sharing.rank(who)
        tracks = sender.tracks
        for source in ended:
            tracks = tracks.after(UnpublishTrack, source)
        return self._quieten(replace(sender, tracks=tracks), ended, None, "role")

    # Small steps

    def _quieten(
        self,
        silent: Participant,
        sources: tuple[Source, ...],
        by: ParticipantId | None,
        why: Why,
    ) -> list[Event]:
        events = self._ground.change(silent)
        if silent.tracks.screen is TrackState.OFF:
            events += self._sharing.close(silent.id)
        if sources:
            audience = Audience(frozenset({silent.id}))
            events.append(Silenced(silent.id, sources, by, why, audience=audience))
        return events


def is_second_voice(who: Participant) -> bool:
    """Whether the sound of a share is there without the share."""
    tracks = who.tracks
    return tracks.screen is TrackState.OFF and tracks.screen_audio is not TrackState.OFF


def _is_loud(who: Participant, source: Source) -> bool:
    """Whether silencing the source changes something."""
    track = who.tracks.of(source)
    return track is TrackState.LIVE or (
        track is TrackState.MUTED and _SILENT[source] is UnpublishTrack
    )


def _is_beyond(who: Participant, source: Source) -> bool:
    """Whether the role may not send it at all."""
    return not may(who.role, RIGHT_TO_PUBLISH[source])
