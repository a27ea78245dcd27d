"""The media side of one live room: performs on the media server what the room core decided.

There is no lock: `books` is changed between two waits, and whatever comes back from the worker
after the books have moved on is closed again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from classroom.errors import Refused
from classroom.ids import ParticipantId, new_id
from classroom.live.asking import UNAVAILABLE, Asking, ask_quietly
from classroom.live.books import Books, Endpoint, codec_of
from classroom.live.chores import Chores
from classroom.live.ports import Json, MediaPort, Tell
from classroom.live.receiving import Receiving
from classroom.live.screens import Screens
from classroom.live.speaking import Speaking
from classroom.room.participant import Participant, TrackState
from classroom.wire.messages import (
    ConsumerOffer,
    Direction,
    KeptMedia,
    MediaPrepared,
    MediaReset,
    MediaWelcome,
    Produce,
    Source,
    TransportOffer,
)
from media.ids import EndpointId, ProducerId, RouterId, TransportId

T = TypeVar("T")
IceServers = Callable[[ParticipantId], list[Json]]
"""RTCIceServers for one participant, with credentials whose time begins now."""

JOIN_WAIT_S = 2.5
"""For all that a join asks of the worker: somebody who is let in without media can at least read
and write. Below the 3 s a client waits for JoinMedia."""


class LiveStage:
    """Endpoints of a room on one router.

    Invariant: what is in the books belongs to the present `epoch`; a lost worker empties them at
    once and starts a new epoch.
    """

    def __init__(
        self, media: MediaPort, tell: Tell, chores: Chores, ice_servers: IceServers
    ) -> None:
        self._media = media
        self._chores = chores
        self._ice_servers = ice_servers
        self._opening = asyncio.Lock()
        self._asking = Asking()
        self._ask = self._asking.ask
        self._is_closed = False
        self.books = Books()
        self.ahead = self.books.ahead
        self.ahead.close = lambda endpoint: self._close_later(media.close_endpoint, endpoint)
        self.receiving = Receiving(media, self.books, self._ask, tell, chores)
        self.speaking = Speaking(self.books)
        self.screens = Screens(self.books, tell)
        self._figures = Asking()
        self.on_published: Callable[[], None] = _nothing
        """Told when somebody sends something new."""
        self.epoch = new_id()
        self.router_id: RouterId | None = None
        self.is_starved = False
        """Somebody was refused because no worker was there."""

    # Coming and going

    async def join(self, owner: ParticipantId, capabilities: Json) -> MediaWelcome:
        """Two transports and a consumer of all the others send; replaces what was there."""
        self.ahead.drop(owner)
        return await self._join(owner, EndpointId(f"{owner}.{new_id()}"), capabilities, None)

    async def prepare(self, owner: ParticipantId, socket: str, capabilities: Json) -> MediaPrepared:
        """Two transports for somebody who has not joined; replaces those of an earlier time."""
        endpoint_id, epoch = EndpointId(f"{owner}.{new_id()}"), self.epoch
        with self.ahead.coming(owner):
            try:
                send, receive = await self._transports(await self._router(), endpoint_id)
                if epoch != self.epoch or self._is_closed:
                    raise Refused(UNAVAILABLE)
            except Refused:
                self._close_later(self._media.close_endpoint, endpoint_id)
                raise
            self.ahead.put(owner, socket, endpoint_id, capabilities, (send, receive))
        return MediaPrepared(
            epoch, _offer(send, "send"), _offer(receive, "receive"), self._ice_servers(owner)
        )

    async def join_prepared(self, owner: ParticipantId, pictures: int = 0) -> list[ConsumerOffer]:
        """As `join`, with the transports that were prepared; the sound of the others, which it
        gives, flows as far as it may without being asked for, and so do some pictures, which it
        gives too, where most is lost. Nothing, when nothing was prepared."""
        prepared = self.ahead.take(owner)
        if prepared is None:
            return []
        transports = prepared.send, prepared.receive
        await self._join(owner, prepared.endpoint_id, prepared.capabilities, transports)
        offers = self.books.endpoints[owner].consumers.values()
        sound = [offer for offer in offers if offer.kind == "audio"]
        first = [offer for offer in offers if offer.kind == "video"][:pictures]
        self.books.endpoints[owner].first = [offer.consumer_id for offer in first]
        await self.receiving.resume(owner, [offer.consumer_id for offer in sound])
        return [*sound, *first]

    async def _join(
        self,
        owner: ParticipantId,
        endpoint_id: EndpointId,
        capabilities: Json,
        transports: tuple[Json, Json] | None,
    ) -> MediaWelcome:
        self.leave(owner)
        is_set_up = False
        try:
            async with asyncio.timeout(JOIN_WAIT_S):
                welcome = await self._set_up(endpoint_id, owner, capabilities, transports)
            is_set_up = True
        except TimeoutError as error:
            self.is_starved = True
            raise Refused(UNAVAILABLE) from error
        finally:
            if not is_set_up:
                self._undo(endpoint_id, owner)
        return welcome

    def kept(self, owner: ParticipantId) -> KeptMedia | None:
        """What a participant still has here, told anew; None when there is nothing."""
        endpoint = self.books.endpoints.get(owner)
        if endpoint is None:
            return None
        endpoint.is_told = True
        producers = {source: str(producer) for producer, source in endpoint.producers.items()}
        return KeptMedia(
            self.epoch, list(endpoint.consumers.values()), producers, self.screens.codecs
        )

    def reset_notice(self) -> MediaReset:
        """What makes clients set their media up anew."""
        return MediaReset(self.epoch)

    def leave(self, owner: ParticipantId) -> None:
        """Close a participant's endpoint, and tell the others."""
        removed = self.books.remove(owner)
        if removed is None:
            return
        endpoint, gone = removed
        self.receiving.tell_closed(gone)
        self.screens.review()
        self._close_later(self._media.close_endpoint, endpoint.id)

    def reset(self) -> None:
        """The worker is gone, and everything with it."""
        self.epoch = new_id()
        self.router_id = None
        self.books.clear()
        self.ahead.clear()
        self.screens.review()
        self._asking.forget()
        self._figures.forget()

    def close(self) -> None:
        """Close the router with all that is in it, for good."""
        self._is_closed = True
        router_id = self.router_id
        self.reset()
        if router_id is not None:
            self._close_later(self._media.close_router, router_id)

    # Transports

    async def connect(self, owner: ParticipantId, transport_id: str, dtls: Json) -> None:
        """The browser's fingerprints for one of its transports."""
        transport = self._transport(owner, transport_id)
        await self._ask(self._media.connect_transport, transport, dtls)

    async def restart_ice(self, owner: ParticipantId, transport_id: str) -> Json:
        """New ICE parameters for one of its transports."""
        transport = self._transport(owner, transport_id)
        answer = await self._ask(self._media.restart_ice, transport)
        parameters: Json = answer.get("iceParameters", answer)
        return parameters

    def _transport(self, owner: ParticipantId, transport_id: str) -> TransportId:
        prepared = self.ahead.transport(owner, transport_id)
        return prepared or self.books.transport(owner, transport_id)[1]

    # Producers

    async def produce(
        self, owner: ParticipantId, request: Produce, publish: Callable[[], None]
    ) -> str:
        """Publish a track, then `publish` (which may refuse), then wire it to all listeners."""
        endpoint = self.books.sender(owner, request)
        producer = await self._ask(
            self._media.produce,
            endpoint.send,
            request.source,
            request.rtp_parameters,
            request.paused,
            request.redundancy,
            too_late=lambda late: self._close_later(self._media.close_producer, late),
        )
        try:
            if not self.books.holds(endpoint):
                raise Refused(UNAVAILABLE)
            publish()
        except Refused:
            self._close_later(self._media.close_producer, producer)
            raise
        pairs = self.books.publish(endpoint, producer, request.source, is_paused=request.paused)
        endpoint.codecs[producer] = codec_of(request)
        self.on_published()
        await self.receiving.wire(pairs)
        return producer

    async def pause(self, owner: ParticipantId, producer_id: str) -> Source:
        """Forward nothing of it; what it shows."""
        source = self.books.source(owner, producer_id)
        self._close_outdated(owner, source)
        paused = self.books.endpoints[owner].paused
        await self._ask(self._media.pause_producer, ProducerId(producer_id))
        paused.add(ProducerId(producer_id))
        return source

    async def resume(self, owner: ParticipantId, producer_id: str) -> Source:
        """Forward it again; what it shows. Call `obey` after it: much may be locked meanwhile."""
        source = self.books.source(owner, producer_id)
        paused = self.books.endpoints[owner].paused
        paused.discard(ProducerId(producer_id))
        try:
            await self._ask(self._media.resume_producer, ProducerId(producer_id))
        finally:  # a pause that overtook it may have been undone by it
            paused.discard(ProducerId(producer_id))
        return source

    def obey(self, who: Participant) -> None:
        """Forward nothing that is muted for somebody, and close what is off; asked twice is once.
        What a client says or does not say makes no difference to it."""
        endpoint = self.books.endpoints.get(who.id)
        for producer, source in list(endpoint.producers.items() if endpoint else ()):
            state = who.tracks.of(source)
            if state is TrackState.OFF:
                self.unpublish(who.id, producer)
            elif state is TrackState.MUTED and endpoint and producer not in endpoint.paused:
                self._close_outdated(who.id, source)
                self._silence_later(endpoint, producer)

    def _silence_later(self, endpoint: Endpoint, producer: ProducerId) -> None:
        endpoint.paused.add(producer)
        self._chores.start(partial(self._silence, endpoint, producer), name="silence")

    async def _silence(self, endpoint: Endpoint, producer: ProducerId) -> None:
        """Asked even of a worker that owes us an answer; it does what it is asked in order."""
        try:
            await Asking().ask(self._media.pause_producer, producer)
        except Refused:
            endpoint.paused.discard(producer)

    def outdate(self, owner: ParticipantId, producer_id: str) -> None:
        """Another takes its place; one whose place it took itself is closed."""
        self._close_outdated(owner, self.books.source(owner, producer_id))
        self.books.outdate(owner, producer_id)

    def unpublish(self, owner: ParticipantId, producer_id: str) -> None:
        """Close a producer, and tell its listeners; with it one whose place it has taken. Nothing
        happens when it is closed already."""
        endpoint = self.books.endpoints.get(owner)
        if endpoint is None or self.books.producers.get(ProducerId(producer_id)) is not endpoint:
            return
        if producer_id not in self.books.outdated(owner):
            self._close_outdated(owner, self.books.source(owner, producer_id))
        self._close_producer(ProducerId(producer_id))

    def _close_outdated(self, owner: ParticipantId, source: Source) -> None:
        for producer in self.books.outdated(owner, source):
            self._close_producer(producer)

    def _close_producer(self, producer: ProducerId) -> None:
        self.receiving.tell_closed(self.books.withdraw(producer))
        self._close_later(self._media.close_producer, producer)

    # Figures

    async def figures(self) -> list[Json]:
        """How everybody's connection is; nothing while no worker tells. Keeps nobody waiting."""
        if self.router_id is None:
            return []
        try:
            stats = await self._figures.ask(self._media.router_stats, self.router_id)
        except Refused:
            return []
        endpoints: list[Json] = stats["endpoints"]
        return endpoints

    # Steps

    async def _set_up(
        self,
        endpoint_id: EndpointId,
        owner: ParticipantId,
        capabilities: Json,
        transports: tuple[Json, Json] | None,
    ) -> MediaWelcome:
        epoch = self.epoch
        if transports is None:
            transports = await self._transports(await self._router(), endpoint_id)
        send, receive = transports
        if epoch != self.epoch or owner in self.books.endpoints:
            raise Refused(UNAVAILABLE)
        shows = self.screens.shown_by(capabilities)
        endpoint = Endpoint(endpoint_id, owner, capabilities, send["id"], receive["id"], shows)
        pairs = self.books.enter(endpoint)
        self.screens.review()
        await self.receiving.wire(pairs)
        if not self.books.holds(endpoint):
            raise Refused(UNAVAILABLE)
        endpoint.is_told = True
        return MediaWelcome(
            epoch=epoch,
            send=_offer(send, "send"),
            receive=_offer(receive, "receive"),
            ice_servers=self._ice_servers(owner),
            consumers=list(endpoint.consumers.values()),
            screen_codecs=self.screens.codecs,
        )

    def _undo(self, endpoint_id: EndpointId, owner: ParticipantId) -> None:
        """Close what was made for a join that failed, entered or not."""
        endpoint = self.books.endpoints.get(owner)
        if endpoint is not None and endpoint.id == endpoint_id:
            self.leave(owner)
        else:
            self._close_later(self._media.close_endpoint, endpoint_id)

    async def _router(self) -> RouterId:
        """The room's router; made by the first who needs it."""
        async with self._opening:
            if self.router_id is None:
                self.router_id = await self._new_router()
            return self.router_id

    async def _new_router(self) -> RouterId:
        epoch = self.epoch
        try:
            router_id = await self._ask(
                self._media.create_router,
                too_late=lambda late: self._close_later(self._media.close_router, late),
            )
        except Refused:
            self.is_starved = True
            raise
        if epoch != self.epoch or self._is_closed:
            self._close_later(self._media.close_router, router_id)
            raise Refused(UNAVAILABLE)
        self.is_starved = False
        return router_id

    async def _transports(self, router_id: RouterId, endpoint_id: EndpointId) -> tuple[Json, Json]:
        create = self._media.create_transport
        made = await asyncio.gather(
            self._ask(create, router_id, endpoint_id), self._ask(create, router_id, endpoint_id)
        )
        return made[0], made[1]

    def _close_later(self, close: Callable[[T], Awaitable[None]], thing: T) -> None:
        """Close something on the worker, if it is still there, while life goes on."""
        self._chores.start(partial(ask_quietly, close, thing), name="close")


def _nothing() -> None:
    """Nobody wants to know."""


def _offer(answer: Json, direction: Direction) -> TransportOffer:
    return TransportOffer(
        transport_id=answer["id"],
        direction=direction,
        ice_parameters=answer["iceParameters"],
        ice_candidates=answer["iceCandidates"],
        dtls_parameters=answer["dtlsParameters"],
    )
