"""What the server tells by itself: the room's events, and what happens to media and seats.

A notice's `NAME` is its Socket.IO event.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from classroom.wire.part_notices import PartAside, PartEvent
from classroom.wire.values import (
    Board,
    BoardPage,
    ConsumerOffer,
    LeaveReason,
    Lossiness,
    Measure,
    Participant,
    Protocol,
    Quality,
    Reduction,
    Rights,
    SilenceReason,
    Source,
    Stage,
)


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    participant: Participant
    type: Literal["participant_joined"] = "participant_joined"


@dataclass(frozen=True, slots=True)
class ParticipantChanged:
    """Connection, media, pen, name or role are new."""

    participant: Participant
    type: Literal["participant_changed"] = "participant_changed"


@dataclass(frozen=True, slots=True)
class ParticipantLeft:
    participant_id: str
    reason: LeaveReason
    type: Literal["participant_left"] = "participant_left"


@dataclass(frozen=True, slots=True)
class StageChanged:
    stage: Stage
    type: Literal["stage_changed"] = "stage_changed"


@dataclass(frozen=True, slots=True)
class BoardChanged:
    """The pages, the class's page, who presents or what everyone may draw are new."""

    board: Board
    type: Literal["board_changed"] = "board_changed"


@dataclass(frozen=True, slots=True)
class PageTurned:
    """The class is on another page, and who turned it presents."""

    page_id: str
    presenter: str | None
    pages: list[BoardPage]
    """Those that are new to the class, as they are now."""
    type: Literal["page_turned"] = "page_turned"


@dataclass(frozen=True, slots=True)
class RoomEnded:
    by: str
    """Participant id of who ended it; empty when it was ended from outside the room."""
    type: Literal["room_ended"] = "room_ended"


RoomEventBody = (
    ParticipantJoined
    | ParticipantChanged
    | ParticipantLeft
    | StageChanged
    | BoardChanged
    | PageTurned
    | RoomEnded
    | PartEvent
)


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """One line of the room's event log; `seq` grows by one with each."""

    seq: int
    clock_ms: int
    event: RoomEventBody


@dataclass(frozen=True, slots=True)
class RoomEvents:
    """Lines of the log, in their order, told to everybody in the room."""

    NAME: ClassVar[str] = "room.events"
    entries: list[RoomEvent]


@dataclass(frozen=True, slots=True)
class Silenced:
    """One's microphone or camera was muted, or one's share was ended, by another's doing."""

    participant_id: str
    sources: list[Source]
    by: str | None
    """Participant id; None when it follows from something else, as a role that changed."""
    why: SilenceReason
    type: Literal["silenced"] = "silenced"


AsideBody = Silenced | PartAside


@dataclass(frozen=True, slots=True)
class RoomAside:
    """Something that is told to some people only. It has no number; the snapshot tells it again."""

    NAME: ClassVar[str] = "room.aside"
    clock_ms: int
    event: AsideBody


@dataclass(frozen=True, slots=True)
class RoomRights:
    """What one may do from now on; told to whom it changed for."""

    NAME: ClassVar[str] = "room.rights"
    rights: Rights


@dataclass(frozen=True, slots=True)
class ConsumersAdded:
    NAME: ClassVar[str] = "media.consumers_added"
    consumers: list[ConsumerOffer]


@dataclass(frozen=True, slots=True)
class ConsumersClosed:
    NAME: ClassVar[str] = "media.consumers_closed"
    consumer_ids: list[str]


@dataclass(frozen=True, slots=True)
class ConsumerLayers:
    """The layer now being forwarded; None while nothing is."""

    NAME: ClassVar[str] = "media.consumer_layers"
    consumer_id: str
    spatial: int | None
    temporal: int | None


@dataclass(frozen=True, slots=True)
class ScreenCodecs:
    """What a screen may be sent in from now on, best first; somebody came or went.

    Whoever shares in another codec sends it anew in one of these, with `replaces`.
    """

    NAME: ClassVar[str] = "media.screen_codecs"
    mime_types: list[str]


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks now, loudest first; `dominant` keeps its value through short pauses."""

    NAME: ClassVar[str] = "media.speakers"
    participant_ids: list[str]
    dominant: str | None


@dataclass(frozen=True, slots=True)
class ReducedConsumer:
    consumer_id: str
    reduction: Reduction


@dataclass(frozen=True, slots=True)
class Downlink:
    """What one's own connection carries now, and every consumer of which it carries less."""

    NAME: ClassVar[str] = "media.downlink"
    bitrate_bps: int
    """The server's estimate for everything it may send to this client together."""
    reductions: list[ReducedConsumer]


@dataclass(frozen=True, slots=True)
class Remedy:
    """How one's own connection is, to the browser and from it, and what is done about it. `word` is
    the advice that sound carries too (`media.wire.advice`); None when there is none.
    """

    NAME: ClassVar[str] = "media.remedy"
    down: Lossiness
    up: Lossiness
    word: int | None
    measures: list[Measure]


@dataclass(frozen=True, slots=True)
class ReducedSource:
    """Whose camera or screen somebody sees less of."""

    participant_id: str
    source: Source
    reduction: Reduction


@dataclass(frozen=True, slots=True)
class PersonNetwork:
    """Somebody's connection. What was not measured is None; loss is a part of 1."""

    participant_id: str
    quality: Quality
    round_trip_ms: float | None
    loss_down: float | None
    loss_up: float | None
    downlink_bps: int | None
    uplink_bps: int | None
    protocol: Protocol | None
    reductions: list[ReducedSource]
    down: Lossiness
    up: Lossiness
    measures: list[Measure]


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """Everybody's connection, each two seconds, to those who asked with WatchNetwork."""

    NAME: ClassVar[str] = "network.report"
    people: list[PersonNetwork]


@dataclass(frozen=True, slots=True)
class MediaReset:
    """The media worker was replaced; drop both transports and send JoinMedia."""

    NAME: ClassVar[str] = "media.reset"
    epoch: str


@dataclass(frozen=True, slots=True)
class SeatReplaced:
    """The same person took this seat in another tab; this socket is about to be closed."""

    NAME: ClassVar[str] = "seat.replaced"


@dataclass(frozen=True, slots=True)
class ServerClosing:
    """The server stops on purpose; reconnect after `retry_ms`."""

    NAME: ClassVar[str] = "server.closing"
    retry_ms: int
