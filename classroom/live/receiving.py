"""What everybody in a live room receives: a consumer of each track, and what is wanted of it.

A client says what it wants; what flows is what it wants and may have. So a client that asks for
what is out of its reach is answered like any other and receives nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, replace
from functools import partial
from itertools import islice
from typing import Any

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.books import Books, Endpoint, Pair
from classroom.live.chores import Chores
from classroom.live.ports import MediaPort, Tell
from classroom.room.reach import Reach
from classroom.wire.messages import ConsumersAdded, ConsumersClosed, Preference, Remedy
from media.ids import ConsumerId, EndpointId

REGATE_MAX = 500
"""Consumers in one request to the worker."""
AGAIN_AFTER_S = 1.0
"""When the worker could not be told what may flow; until then it is unknown what does."""
TRIES_MAX = 30
SMALL = (0, 2, 20)
"""The smallest layer, every frame of it, as important as a tile of 200 by 200."""


_Flow = tuple[Endpoint, ConsumerId]


class Receiving:
    """The listeners' side of one stage. Ids that are not (any more) their own are passed over."""

    def __init__(
        self,
        media: MediaPort,
        books: Books,
        ask: Callable[..., Awaitable[Any]],
        tell: Tell,
        chores: Chores,
    ) -> None:
        self._media = media
        self._books = books
        self._ask = ask
        self._tell = tell
        self._chores = chores
        self._reach = Reach()
        self._is_settling = False

    # Consumers come and go

    async def wire(self, pairs: list[Pair]) -> None:
        """A consumer for each pair; one that cannot be had is left out."""
        await asyncio.gather(*(self._consume(pair) for pair in pairs))

    async def _consume(self, pair: Pair) -> None:
        listener, producer = pair
        try:
            answer = await self._ask(
                self._media.consume, listener.receive, producer, listener.capabilities
            )
        except Refused:
            return
        entered = self._books.consume(pair, answer["id"], answer["kind"], answer["rtpParameters"])
        if entered and listener.is_told:
            self._tell(listener.owner, ConsumersAdded([listener.consumers[answer["id"]]]))

    def tell_closed(self, gone: dict[ParticipantId, list[str]]) -> None:
        """Tell listeners of the consumers they had."""
        for listener, consumer_ids in gone.items():
            self._tell(listener, ConsumersClosed(consumer_ids))

    # What listeners want, and may have

    async def resume(self, owner: ParticipantId, consumer_ids: list[str]) -> None:
        """Let consumers flow, now or when they come within reach."""
        known = self._books.consumers(owner, consumer_ids)
        if not known:
            return
        endpoint = self._books.endpoints[owner]
        endpoint.wanted.update(known)
        if mine := [one for one in known if self._may_flow(endpoint, one)]:
            await self._tell_worker(True, [(endpoint, one) for one in mine])

    async def pause(self, owner: ParticipantId, consumer_ids: list[str]) -> None:
        """Send nothing of them."""
        if known := self._books.consumers(owner, consumer_ids):
            endpoint = self._books.endpoints[owner]
            endpoint.wanted.difference_update(known)
            await self._tell_worker(False, [(endpoint, one) for one in known])

    def regate(self, reach: Reach) -> None:
        """Who receives whom is new: what flows follows it, whatever the clients say."""
        if reach == self._reach:
            return
        self._reach = reach
        if not self._is_settling:
            self._is_settling = True
            self._chores.start(self._settle, name="regate")

    async def _settle(self) -> None:
        """Until the worker knows; one that is gone takes everything with it. Only one runs: each
        request says what may flow at the moment it is asked, not when the first one began."""
        try:
            for _ in range(TRIES_MAX):
                try:
                    while differences := list(self._differences()):
                        for on, some in differences:
                            await self._tell_still(on, some)
                except Refused:
                    await asyncio.sleep(AGAIN_AFTER_S)
                else:
                    return
        finally:
            self._is_settling = False

    async def _tell_still(self, on: bool, some: list[_Flow]) -> None:
        still = [
            (endpoint, one)
            for endpoint, one in some
            if one in endpoint.consumers
            and endpoint.flows.get(one) is not on
            and self._should_flow(endpoint, one) is on
        ]
        if still:
            await self._tell_worker(on, still)

    def _differences(self) -> Iterable[tuple[bool, list[_Flow]]]:
        """What the worker has to be told, silence first, in few requests."""
        off: list[_Flow] = []
        on: list[_Flow] = []
        for endpoint in self._books.endpoints.values():
            for consumer_id in endpoint.consumers:
                should = self._should_flow(endpoint, consumer_id)
                if endpoint.flows.get(consumer_id) is not should:
                    (on if should else off).append((endpoint, consumer_id))
        return [(False, some) for some in _batches(off)] + [(True, some) for some in _batches(on)]

    def _should_flow(self, listener: Endpoint, consumer_id: ConsumerId) -> bool:
        return consumer_id in listener.wanted and self._may_flow(listener, consumer_id)

    def _may_flow(self, listener: Endpoint, consumer_id: ConsumerId) -> bool:
        offer = listener.consumers[consumer_id]
        speaker = ParticipantId(offer.participant_id)
        return self._reach.receives(listener.owner, speaker, offer.source)

    async def _tell_worker(self, on: bool, some: list[_Flow]) -> None:
        """Entered before it is asked: what is decided meanwhile is asked for after it."""
        for endpoint, consumer_id in some:
            endpoint.flows[consumer_id] = on
        verb = self._media.resume_consumers if on else self._media.pause_consumers
        try:
            await self._ask(verb, [consumer_id for _, consumer_id in some])
        except Refused:
            for endpoint, consumer_id in some:
                endpoint.flows.pop(consumer_id, None)
            raise

    async def prefer(self, owner: ParticipantId, wanted: list[Preference]) -> None:
        """What is wanted of them; the last word on each counts."""
        by_id = {preference.consumer_id: preference for preference in wanted}
        if known := self._books.consumers(owner, list(by_id)):
            mine = [asdict(by_id[consumer_id]) for consumer_id in known]
            await self._ask(self._media.set_preferences, mine)

    # What their connections carry

    def on_downlink(
        self, endpoint_id: EndpointId, bitrate_bps: int, reductions: Iterable[tuple[str, str]]
    ) -> None:
        """It is new for somebody."""
        endpoint = self._books.note_downlink(endpoint_id, bitrate_bps, reductions)
        if endpoint is not None and endpoint.is_told:
            self.tell_downlink(endpoint.owner)

    def on_remedy(self, endpoint_id: EndpointId, remedy: Remedy) -> bool:
        """Something else is done about somebody's losses; whether it has other names than before.
        False when they are not here.
        """
        endpoint = self._books.endpoint(endpoint_id)
        if endpoint is None:
            return False
        before, endpoint.remedy = endpoint.remedy, remedy
        if remedy.down != "calm" and endpoint.first:
            self._chores.start(partial(self._show_first, endpoint), name="first pictures")
        if endpoint.is_told:
            self._tell(endpoint.owner, remedy)
        return before is None or replace(before, word=None) != replace(remedy, word=None)

    async def _show_first(self, endpoint: Endpoint) -> None:
        """Its browser told of losses, so it listens: before that, all would count as lost. Its own
        request may take long; how large pictures are shown nobody knows yet: small."""
        first, endpoint.first = endpoint.first, []
        fresh = [one for one in first if one not in endpoint.wanted]
        if fresh and self._books.holds(endpoint):
            await self.prefer(endpoint.owner, [Preference(one, *SMALL) for one in fresh])
            await self.resume(endpoint.owner, fresh)

    def tell_downlink(self, owner: ParticipantId) -> None:
        """Tell both to their owner, who may have missed it."""
        downlink = self._books.downlink(owner)
        if downlink is not None:
            self._tell(owner, downlink)
        endpoint = self._books.endpoints.get(owner)
        if endpoint is not None and endpoint.remedy is not None:
            self._tell(owner, endpoint.remedy)


def _batches(flows: list[_Flow]) -> Iterable[list[_Flow]]:
    rest = iter(flows)
    return iter(lambda: list(islice(rest, REGATE_MAX)), [])
