"""The states of a Transport and what moves it from one to another, as a table.

      CHECKED              SECURED               SILENT
NEW ----------> SECURING ----------> CONNECTED ----------> DISCONNECTED
 | ASKED        ^      |                 ^       CHECKED        |
 +--> CHECKING -+      | SILENT          +----------------------+
         ^-------------+              CLOSE from everywhere: CLOSED
"""

from __future__ import annotations

from enum import Enum, auto


class TransportState(Enum):
    """Where a transport stands; values cross the wire."""

    NEW = "new"
    CHECKING = "checking"
    SECURING = "securing"
    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    CLOSED = "closed"


class Step(Enum):
    """What moves a transport."""

    ASKED = auto()
    """The control side gave the peer's fingerprints."""
    CHECKED = auto()
    """A valid connectivity check came."""
    SECURED = auto()
    """DTLS released its keys."""
    SILENT = auto()
    """Neither checks nor media for `SILENCE_S`."""
    CLOSE = auto()
    """Our side or the peer ended it, or DTLS failed."""


TRANSITIONS: dict[TransportState, dict[Step, TransportState]] = {
    TransportState.NEW: {
        Step.ASKED: TransportState.CHECKING,
        Step.CHECKED: TransportState.SECURING,
        Step.CLOSE: TransportState.CLOSED,
    },
    TransportState.CHECKING: {
        Step.CHECKED: TransportState.SECURING,
        # The handshake was done, the peer fell silent, and only then came its fingerprints.
        Step.SECURED: TransportState.DISCONNECTED,
        Step.CLOSE: TransportState.CLOSED,
    },
    TransportState.SECURING: {
        Step.SECURED: TransportState.CONNECTED,
        Step.SILENT: TransportState.CHECKING,
        Step.CLOSE: TransportState.CLOSED,
    },
    TransportState.CONNECTED: {
        Step.SILENT: TransportState.DISCONNECTED,
        Step.CLOSE: TransportState.CLOSED,
    },
    TransportState.DISCONNECTED: {
        Step.CHECKED: TransportState.CONNECTED,
        Step.CLOSE: TransportState.CLOSED,
    },
    TransportState.CLOSED: {},
}
"""A step that a state does not list leaves it where it is."""
