"""Identifiers of the media package; opaque strings chosen by whoever makes the thing."""

from __future__ import annotations

from typing import NewType

RouterId = NewType("RouterId", str)
EndpointId = NewType("EndpointId", str)
TransportId = NewType("TransportId", str)
ProducerId = NewType("ProducerId", str)
ConsumerId = NewType("ConsumerId", str)

Address = tuple[str, int]
"""IP address as text, port."""
