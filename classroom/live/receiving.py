"""What everybody in a live room receives: a consumer of each track, and what is wanted of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict
from typing import Any

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.books import Books, Pair
from classroom.live.ports import MediaPort, Tell
from classroom.wire.messages import ConsumersAdded, ConsumersClosed, Preference
from media.ids import EndpointId


class Receiving:
    """The listeners' side of one stage. Ids that are not (any more) their own are passed over."""

    def __init__(
        self, media: MediaPort, books: Books, ask: Callable[..., Awaitable[Any]], tell: Tell
    ) -> None:
        self._media = media
        self._books = books
        self._ask = ask
        self._tell = tell

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

    # What listeners want

    async def resume(self, owner: ParticipantId, consumer_ids: list[str]) -> None:
        """Let consumers flow."""
        if known := self._books.consumers(owner, consumer_ids):
            await self._ask(self._media.resume_consumers, known)

    async def pause(self, owner: ParticipantId, consumer_ids: list[str]) -> None:
        """Send nothing of them."""
        if known := self._books.consumers(owner, consumer_ids):
            await self._ask(self._media.pause_consumers, known)

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

    def tell_downlink(self, owner: ParticipantId) -> None:
        """Tell it to its owner, who may have missed it."""
        downlink = self._books.downlink(owner)
        if downlink is not None:
            self._tell(owner, downlink)
