"""Directory: what exists in one worker, by id and by address.

Refuses what is unknown or there already; decides nothing else. Everything of a room goes when the
room goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from media.endpoint.endpoint import Endpoint
from media.endpoint.line import Line, Publication, Subscription
from media.errors import Refused
from media.forward.router import Router
from media.ids import Address, ConsumerId, EndpointId, ProducerId, RouterId, TransportId

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class Directory:
    """See the module."""

    def __init__(self) -> None:
        self.routers: dict[RouterId, Router] = {}
        self.endpoints: dict[EndpointId, Endpoint] = {}
        self.lines: dict[TransportId, Line] = {}
        self.publications: dict[ProducerId, Publication] = {}
        self.subscriptions: dict[ConsumerId, Subscription] = {}
        self.addresses: dict[Address, Line] = {}
        """Source addresses that passed a connectivity check."""
        self.fragments: dict[str, Line] = {}
        """By our username fragments, old ones included while they are valid."""

    def router(self, router_id: RouterId) -> Router:
        """Refused `router.unknown`."""
        return _find(self.routers, router_id, "router.unknown")

    def line(self, transport_id: TransportId) -> Line:
        """Refused `transport.unknown`."""
        return _find(self.lines, transport_id, "transport.unknown")

    def publication(self, producer_id: ProducerId) -> Publication:
        """Refused `producer.unknown`."""
        return _find(self.publications, producer_id, "producer.unknown")

    def subscription(self, consumer_id: ConsumerId) -> Subscription:
        """Refused `consumer.unknown`."""
        return _find(self.subscriptions, consumer_id, "consumer.unknown")

    def endpoint_of(self, line: Line) -> Endpoint:
        """The browser a line belongs to."""
        return self.endpoints[line.endpoint_id]

    def forget_line(self, line: Line) -> None:
        """The line's ids and addresses mean nothing any more."""
        del self.lines[line.transport_id]
        self.addresses = {key: each for key, each in self.addresses.items() if each is not line}
        self.fragments = {key: each for key, each in self.fragments.items() if each is not line}


def refuse_doubled(known: Mapping[Key, object], key: Key, code: str) -> None:
    """Refused with `code` when `key` is there already."""
    if key in known:
        raise Refused(code, key)


def _find(known: Mapping[Key, Value], key: Key, code: str) -> Value:
    value = known.get(key)
    if value is None:
        raise Refused(code, key)
    return value
