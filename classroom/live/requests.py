"""What each request does: a function a request, found in one table.

A request comes from a claim that still holds its seat. What a function changes in the room goes
through its core, what it changes in the media through its stage; refusals of both go to the client.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from classroom.errors import Refused
from classroom.live.hub import Claim, Hub
from classroom.live.room import LiveRoom
from classroom.room import command
from classroom.room.lobby_command import Knock
from classroom.room.participant import TrackState
from classroom.room.policy import is_staff
from classroom.room.recording_command import AgreeAhead
from classroom.room.recording_state import KINDS
from classroom.wire import codec, messages
from classroom.wire.form import rights_form

Answer = Callable[[LiveRoom, Claim, Any], Awaitable[Any]]
DONE = messages.Done()
VOICES_FIRST = 4
"""Each takes a packet of its own; the others come with the welcome."""
BEFORE = (messages.PrepareMedia, messages.ConnectTransport, messages.RestartIce)
"""What may be asked by somebody who has not joined."""


class Requests:
    """Invariant: a claim that is not welcomed in a room can only join one."""

    def __init__(
        self, hub: Hub, answers: Mapping[type[Any], Answer], utc_now: Callable[[], datetime]
    ) -> None:
        """`answers` are those of the board and of the other parts of a room."""
        self._hub = hub
        self._utc_now = utc_now
        self._inside: dict[type[Any], Answer] = {
            messages.SyncRoom: self._sync,
            messages.LeaveRoom: self._leave,
            messages.EndRoom: self._end,
            messages.JoinMedia: self._join_media,
            messages.PrepareMedia: _prepared_already,
            messages.ConnectTransport: _connect_transport,
            messages.RestartIce: _restart_ice,
            messages.Produce: _produce,
            messages.PauseProducer: _pause_producer,
            messages.ResumeProducer: _resume_producer,
            messages.CloseProducer: _close_producer,
            messages.SetShareMode: _set_share_mode,
            messages.ResumeConsumers: _resume_consumers,
            messages.PauseConsumers: _pause_consumers,
            messages.SetPreferences: _set_preferences,
            messages.WatchNetwork: _watch_network,
            **answers,
        }

    async def answer(self, claim: Claim, request: Any) -> Any:
        """The reply, or Refused."""
        if isinstance(request, messages.JoinRoom):
            return await self._join(claim, request)
        live = claim.live
        if live is None or claim.who not in live.room.participants:
            return await self._before(claim, request)
        return await self._inside[type(request)](live, claim, request)

    async def _before(self, claim: Claim, request: Any) -> Any:
        """What may be asked by somebody who has not joined: paths are made ready, nothing else."""
        live = self._hub.find(claim.seat.room_id)
        if not isinstance(request, BEFORE) or live is None or not self._hub.is_held(claim):
            raise Refused("room.not_joined")
        if not isinstance(request, messages.PrepareMedia):
            return await self._inside[type(request)](live, claim, request)
        seat = claim.seat
        live.room.check(command.TakeSeat(claim.who, seat.name, seat.role, *seat.marks))
        prepared = await live.stage.prepare(claim.who, claim.socket, request.rtp_capabilities)
        if not self._hub.is_held(claim) or claim.live is not None:
            live.stage.ahead.drop(claim.who)
            raise Refused("room.not_joined")
        return prepared

    async def _join(self, claim: Claim, request: messages.JoinRoom) -> messages.Welcome:
        live = await self._hub.enter(claim)
        seat = claim.seat
        known = live.room.participants.get(claim.who)
        if known is None and seat.agreed and not is_staff(seat.role):
            live.do(AgreeAhead(claim.who, KINDS, seat.agreed))
        try:
            live.do(command.TakeSeat(claim.who, seat.name, seat.role, *seat.marks))
        except Refused as refusal:
            live.stage.ahead.drop(claim.who)
            if refusal.code == "lobby.waiting":
                live.do(Knock(claim.who, seat.name, seat.role, *seat.marks))
                live.waiting[claim.who] = claim.socket
            raise
        live.waiting.pop(claim.who, None)
        if known is not None and known.role != live.room.participants[claim.who].role:
            live.stage.leave(claim.who)
        media: messages.MediaWelcome | None = None
        kept: messages.KeptMedia | None = None
        error: messages.Refusal | None = None
        try:
            if request.rtp_capabilities is not None:
                media = await _set_up_media(live, claim, request.rtp_capabilities)
            elif live.stage.ahead.has(claim.who):
                await _take_prepared(live, claim, request)
        except Refused as refusal:
            error = codec.refusal_form(refusal)
        if request.rtp_capabilities is None:
            kept = live.stage.kept(claim.who)
        self._must_still_sit(live, claim)
        live.sockets[claim.who] = claim.socket
        claim.live = live
        live.stage.receiving.tell_downlink(claim.who)
        return messages.Welcome(
            protocol=messages.PROTOCOL_VERSION,
            self_id=claim.who,
            rights=rights_form(live.telling.welcome(claim.who)),
            room=live.telling.snapshot(claim.who),
            media=media,
            kept_media=kept,
            media_error=error,
        )

    def _must_still_sit(self, live: LiveRoom, claim: Claim) -> None:
        """Much can happen while the media is set up: another tab, the end of the class."""
        if claim.who not in live.room.participants:
            live.stage.leave(claim.who)
        if live.is_over:
            raise Refused("room.ended")
        if not self._hub.is_held(claim) or claim.who not in live.room.participants:
            raise Refused("seat.replaced")

    async def _sync(
        self, live: LiveRoom, claim: Claim, request: messages.SyncRoom
    ) -> messages.RoomSnapshot:
        return live.telling.snapshot(claim.who)

    async def _leave(
        self, live: LiveRoom, claim: Claim, request: messages.LeaveRoom
    ) -> messages.Done:
        self._hub.give_up(claim)
        live.do(command.LeaveSeat(claim.who))
        return DONE

    async def _end(self, live: LiveRoom, claim: Claim, request: messages.EndRoom) -> messages.Done:
        self._hub.end(claim.seat.room_id, claim.who, at=self._utc_now())
        return DONE

    async def _join_media(
        self, live: LiveRoom, claim: Claim, request: messages.JoinMedia
    ) -> messages.MediaWelcome:
        welcome = await _set_up_media(live, claim, request.rtp_capabilities)
        self._must_still_sit(live, claim)
        live.stage.receiving.tell_downlink(claim.who)
        return welcome


async def _set_up_media(
    live: LiveRoom, claim: Claim, capabilities: messages.JsonObject
) -> messages.MediaWelcome:
    live.lose_media(claim.who)
    return await live.stage.join(claim.who, capabilities)


async def _take_prepared(live: LiveRoom, claim: Claim, request: messages.JoinRoom) -> None:
    """What cannot be published now is not among what is kept, and is asked for again. Voices are
    told before everything else: the welcome is long, and on a bad network it comes late."""
    live.lose_media(claim.who)
    for offers in _by_person(await live.stage.join_prepared(claim.who, request.pictures)):
        live.tell_socket(claim.socket, messages.ConsumersAdded(offers))
    for one in request.produce:
        with suppress(Refused):
            await _produce(live, claim, one)


def _by_person(offers: list[messages.ConsumerOffer]) -> list[list[messages.ConsumerOffer]]:
    """Of the first people who are heard, what goes into one packet."""
    heard = [offer.participant_id for offer in offers if offer.kind == "audio"]
    people = list(dict.fromkeys(heard))[:VOICES_FIRST]
    return [[offer for offer in offers if offer.participant_id == one] for one in people]


async def _prepared_already(live: LiveRoom, claim: Claim, request: messages.PrepareMedia) -> Any:
    """Whoever is in the room has media, or asks for it by JoinMedia."""
    raise Refused("transport.exists")


async def _connect_transport(
    live: LiveRoom, claim: Claim, request: messages.ConnectTransport
) -> messages.Done:
    await live.stage.connect(claim.who, request.transport_id, request.dtls_parameters)
    return DONE


async def _restart_ice(
    live: LiveRoom, claim: Claim, request: messages.RestartIce
) -> messages.IceRestarted:
    return messages.IceRestarted(await live.stage.restart_ice(claim.who, request.transport_id))


async def _produce(live: LiveRoom, claim: Claim, request: messages.Produce) -> messages.Produced:
    if request.replaces is not None:
        return await _replace(live, claim, request, request.replaces)
    publish = command.PublishTrack(claim.who, request.source, request.paused, request.share_mode)
    live.room.check(publish)
    producer_id = await live.stage.produce(claim.who, request, lambda: live.do(publish))
    _obey(live, claim)
    return messages.Produced(producer_id)


async def _replace(
    live: LiveRoom, claim: Claim, request: messages.Produce, old: str
) -> messages.Produced:
    """A new producer in place of an old one: the room's truth stays as it is."""
    state = live.room.participants[claim.who].tracks.of(request.source)
    is_muted = state is TrackState.MUTED
    kind = command.PauseTrack if is_muted else command.ResumeTrack
    still = kind(claim.who, request.source)

    def take_its_place() -> None:
        live.room.check(still)  # that it is on, and the right to be heard when it is
        shows = live.stage.books.source(claim.who, old)
        is_muted_meanwhile = live.room.participants[claim.who].tracks.of(shows) is not state
        if shows != request.source or is_muted_meanwhile:
            raise Refused("producer.unknown")
        live.stage.outdate(claim.who, old)

    live.room.check(still)
    as_it_is = replace(request, paused=is_muted)
    return messages.Produced(await live.stage.produce(claim.who, as_it_is, take_its_place))


async def _pause_producer(
    live: LiveRoom, claim: Claim, request: messages.PauseProducer
) -> messages.Done:
    source = await live.stage.pause(claim.who, request.producer_id)
    live.do(command.PauseTrack(claim.who, source))
    return DONE


async def _resume_producer(
    live: LiveRoom, claim: Claim, request: messages.ResumeProducer
) -> messages.Done:
    resume = command.ResumeTrack(claim.who, live.stage.books.source(claim.who, request.producer_id))
    live.do(resume)  # first: while the worker is asked, a lock may take it back
    try:
        await live.stage.resume(claim.who, request.producer_id)
    except Refused:
        _mute_again(live, claim, resume)
        raise
    _obey(live, claim)
    return DONE


def _obey(live: LiveRoom, claim: Claim) -> None:
    """What was decided while the worker was asked holds for what it made."""
    present = live.room.participants.get(claim.who)
    if present is not None:
        live.stage.obey(present)


def _mute_again(live: LiveRoom, claim: Claim, resume: command.ResumeTrack) -> None:
    """The worker did not resume it, so nobody is heard."""
    pause = command.PauseTrack(claim.who, resume.source)
    with suppress(Refused):
        live.do(pause)


async def _close_producer(
    live: LiveRoom, claim: Claim, request: messages.CloseProducer
) -> messages.Done:
    stage = live.stage
    if request.producer_id not in stage.books.outdated(claim.who):
        source = stage.books.source(claim.who, request.producer_id)
        live.do(command.UnpublishTrack(claim.who, source))
    stage.unpublish(claim.who, request.producer_id)
    return DONE


async def _set_share_mode(
    live: LiveRoom, claim: Claim, request: messages.SetShareMode
) -> messages.Done:
    if live.stage.books.source(claim.who, request.producer_id) != "screen":
        raise Refused("producer.unknown")
    live.do(command.SetShareMode(claim.who, request.share_mode))
    return DONE


async def _resume_consumers(
    live: LiveRoom, claim: Claim, request: messages.ResumeConsumers
) -> messages.Done:
    await live.stage.receiving.resume(claim.who, request.consumer_ids)
    return DONE


async def _pause_consumers(
    live: LiveRoom, claim: Claim, request: messages.PauseConsumers
) -> messages.Done:
    await live.stage.receiving.pause(claim.who, request.consumer_ids)
    return DONE


async def _set_preferences(
    live: LiveRoom, claim: Claim, request: messages.SetPreferences
) -> messages.Done:
    await live.stage.receiving.prefer(claim.who, request.consumers)
    return DONE


async def _watch_network(
    live: LiveRoom, claim: Claim, request: messages.WatchNetwork
) -> messages.Done:
    live.watch_network(claim.who, on=request.on)
    return DONE
