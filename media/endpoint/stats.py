"""Stats: how the connections of a room are, as its teacher sees them.

Reads what the lines of each endpoint know of their network; measures and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from media.endpoint.endpoint import Endpoint
from media.endpoint.line import Line
from media.ids import protocol_of
from media.transport.state import TransportState

MAX_REDUCTIONS = 100
"""Told of one endpoint: the most important first."""

Value = TypeVar("Value")
Reductions = Callable[[Line], tuple[tuple[str, str], ...]]


def endpoint_stats(endpoint: Endpoint, reductions: Reductions) -> dict[str, Any]:
    """What is known of one browser's network; None where nothing is. `is_heard`: whether anything
    comes from it, be it only a check."""
    lines = endpoint.lines
    receiving = [line for line in lines if line.downlink.estimator.has_feedback]
    round_trip = _first(line.downlink.measured_round_trip for line in lines)
    reduced = [list(pair) for line in lines for pair in reductions(line)]
    return {
        "endpoint_id": endpoint.endpoint_id,
        "is_heard": any(line.transport.state is TransportState.CONNECTED for line in lines),
        "round_trip_ms": None if round_trip is None else round(round_trip * 1000, 1),
        "loss_down": _first(round(line.downlink.estimator.loss, 4) for line in receiving),
        "loss_up": _first(
            round(line.uplink.loss, 4) for line in lines if line.uplink.estimate_bps is not None
        ),
        "downlink_bps": _first(line.downlink.estimate_bps for line in lines),
        "uplink_bps": _first(line.uplink.estimate_bps for line in lines),
        "protocol": _first(
            protocol_of(line.transport.address) for line in lines if line.transport.address
        ),
        "reductions": reduced[:MAX_REDUCTIONS],
    }


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value is not None), None)
