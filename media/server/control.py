"""The verbs of the control socket, each mapped to a call of the core.

A table of small functions: what a verb takes is read and checked here, what it means is the core's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from media.endpoint.exchange import Exchange
from media.errors import Malformed, Refused
from media.forward.selector import TOP
from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.server.protocol import Json
from media.source import Source


class Params:
    """Parameters of one request; Malformed("control.params") for one missing or of another type."""

    __slots__ = ("_values",)

    def __init__(self, values: Json) -> None:
        self._values = values

    def _take(self, name: str, kind: type, or_kind: type | None = None) -> Any:
        value = self._values.get(name)
        if not isinstance(value, (kind, or_kind or kind)):
            raise Malformed("control.params", f"{name} is not a {kind.__name__}")
        return value

    def text(self, name: str) -> str:
        return str(self._take(name, str))

    def optional_text(self, name: str) -> str | None:
        return None if self._values.get(name) is None else self.text(name)

    def texts(self, name: str) -> list[str]:
        return [str(one) for one in self._take(name, list)]

    def each(self, name: str) -> list[Params]:
        values = self._take(name, list)
        if not all(isinstance(one, dict) for one in values):
            raise Malformed("control.params", f"{name} are not dicts")
        return [Params(one) for one in values]

    def mapping(self, name: str) -> Json:
        value: Json = self._take(name, dict)
        return value

    def number(self, name: str) -> int:
        return int(self._take(name, int))

    def real(self, name: str) -> float:
        value = float(self._take(name, float, int))
        if not math.isfinite(value):
            raise Malformed("control.params", f"{name} is no number")
        return value

    def octets(self, name: str, length: int) -> bytes:
        """Hex on the socket. Never part of an error's text."""
        try:
            octets = bytes.fromhex(self.text(name))
        except ValueError:
            octets = b""
        if len(octets) != length:
            raise Malformed("control.params", f"{name} is not {length} bytes")
        return octets

    def flag(self, name: str) -> bool:
        return bool(self._take(name, bool))

    def layer(self, name: str) -> int:
        """None is no limit."""
        return TOP if self._values.get(name) is None else self.number(name)


Verb = Callable[[Exchange, Params, float], Json | None]


def _create_router(core: Exchange, params: Params, now: float) -> None:
    core.create_router(RouterId(params.text("router_id")))


def _close_router(core: Exchange, params: Params, now: float) -> None:
    core.close_router(RouterId(params.text("router_id")), now=now)


def _create_transport(core: Exchange, params: Params, now: float) -> Json:
    return core.create_transport(
        RouterId(params.text("router_id")),
        EndpointId(params.text("endpoint_id")),
        TransportId(params.text("transport_id")),
        now=now,
    )


def _connect_transport(core: Exchange, params: Params, now: float) -> None:
    transport_id = TransportId(params.text("transport_id"))
    core.connect_transport(transport_id, params.mapping("dtls_parameters"), now=now)


def _restart_ice(core: Exchange, params: Params, now: float) -> Json:
    return core.restart_ice(TransportId(params.text("transport_id")), now=now)


def _close_endpoint(core: Exchange, params: Params, now: float) -> None:
    core.close_endpoint(EndpointId(params.text("endpoint_id")), now=now)


def _produce(core: Exchange, params: Params, now: float) -> None:
    try:
        source = Source(params.text("source"))
    except ValueError:
        raise Refused("source.unknown") from None
    core.produce(
        TransportId(params.text("transport_id")),
        ProducerId(params.text("producer_id")),
        source,
        params.mapping("rtp_parameters"),
        paused=params.flag("paused"),
        redundancy=params.optional_text("redundancy"),
        now=now,
    )


def _pause_producer(core: Exchange, params: Params, now: float) -> None:
    core.pause_producer(ProducerId(params.text("producer_id")), now=now)


def _resume_producer(core: Exchange, params: Params, now: float) -> None:
    core.resume_producer(ProducerId(params.text("producer_id")), now=now)


def _close_producer(core: Exchange, params: Params, now: float) -> None:
    core.close_producer(ProducerId(params.text("producer_id")), now=now)


def _consume(core: Exchange, params: Params, now: float) -> Json:
    return core.consume(
        TransportId(params.text("transport_id")),
        ConsumerId(params.text("consumer_id")),
        ProducerId(params.text("producer_id")),
        params.mapping("rtp_capabilities"),
        now=now,
    )


def _resume_consumers(core: Exchange, params: Params, now: float) -> None:
    _each(params, lambda consumer_id: core.resume_consumer(consumer_id, now=now))


def _pause_consumers(core: Exchange, params: Params, now: float) -> None:
    _each(params, lambda consumer_id: core.pause_consumer(consumer_id, now=now))


def _each(params: Params, act: Callable[[ConsumerId], None]) -> None:
    for consumer_id in params.texts("consumer_ids"):
        with _passing_over_unknown():
            act(ConsumerId(consumer_id))


@contextmanager
def _passing_over_unknown() -> Iterator[None]:
    """Consumers close by themselves when their producer does, so unknown ones are no fault."""
    try:
        yield
    except Refused as refusal:
        if refusal.code != "consumer.unknown":
            raise


def _close_consumer(core: Exchange, params: Params, now: float) -> None:
    core.close_consumer(ConsumerId(params.text("consumer_id")), now=now)


def _set_preferences(core: Exchange, params: Params, now: float) -> None:
    for one in params.each("consumers"):
        spatial, temporal = one.layer("spatial"), one.layer("temporal")
        consumer_id, priority = ConsumerId(one.text("consumer_id")), one.number("priority")
        with _passing_over_unknown():
            core.set_preferences(consumer_id, spatial, temporal, priority, now=now)


def _router_stats(core: Exchange, params: Params, now: float) -> Json:
    return core.router_stats(RouterId(params.text("router_id")))


VERBS: dict[str, Verb] = {
    "create_router": _create_router,
    "close_router": _close_router,
    "create_transport": _create_transport,
    "connect_transport": _connect_transport,
    "restart_ice": _restart_ice,
    "close_endpoint": _close_endpoint,
    "produce": _produce,
    "pause_producer": _pause_producer,
    "resume_producer": _resume_producer,
    "close_producer": _close_producer,
    "consume": _consume,
    "resume_consumers": _resume_consumers,
    "pause_consumers": _pause_consumers,
    "close_consumer": _close_consumer,
    "set_preferences": _set_preferences,
    "router_stats": _router_stats,
}


def apply(core: Exchange, method: str, values: Json, *, now: float) -> Json:
    """Do one verb; Refused with the core's code, Malformed for what is no verb of ours."""
    verb = VERBS.get(method)
    if verb is None:
        raise Malformed("control.unknown_verb", method)
    return verb(core, Params(values), now) or {}
