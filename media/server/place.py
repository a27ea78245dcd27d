"""The places of media workers: a port number for each, and what browsers are told about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from media.errors import Refused
from media.server.process import MediaWorker

PORT_MAX = 65535


@dataclass(frozen=True, slots=True)
class Site:
    """Where workers bind and what browsers are told."""

    host: str
    port: int
    announced: tuple[str, ...] = ()
    recordings: str = ""
    """The folder below which they may write journals; empty for none."""
    remedies: bool = True
    """Whether they do anything about lost packets beyond answering what is asked for again."""


@dataclass(slots=True)
class Place:
    """One worker's, filled again when it dies."""

    port: int
    announced: tuple[str, ...]
    worker: MediaWorker | None = None
    failures: int = 0
    was_filled: bool = False
    since: float = 0.0


def place_of(site: Site, index: int) -> Place:
    """Place `index` has the index-th port; announced addresses with a port of their own move along
    with it. Port 0 stays the kernel's choice."""
    port = site.port + index if site.port else 0
    return Place(port, tuple(_shifted(text, index) for text in site.announced))


def check_ports(places: Sequence[Place]) -> None:
    """Refused("media.port_range", sentence) when the numbers do not suffice."""
    first, last = places[0].port, places[-1].port
    if last > PORT_MAX:
        raise Refused(
            "media.port_range",
            f"{len(places)} workers take the ports {first} to {last}, and {PORT_MAX} is the last",
        )


def _shifted(text: str, index: int) -> str:
    host, colon, port = text.rpartition(":")
    own_port = bool(colon) and port.isdecimal() and (":" not in host or host.endswith("]"))
    return f"{host}:{int(port) + index}" if own_port else text
