"""TURN credentials: what lets a browser use the operator's relay, for a time and by name.

Computed, not stored: the relay knows the same secret and checks the same sum. The scheme is that of
"A REST API For Access To TURN Services" (draft-uberti-behave-turn-rest-00), which coturn calls
`use-auth-secret`.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from classroom.ids import ParticipantId


@dataclass(frozen=True, slots=True)
class TurnServers:
    """Relays at `urls` (RFC 7065) that share `secret`; `lifetime` is how long they let in."""

    urls: tuple[str, ...]
    secret: str = field(repr=False)
    lifetime: timedelta

    def ice_server(self, who: ParticipantId, *, at: datetime) -> dict[str, Any]:
        """An RTCIceServer for one person. `at` is aware."""
        username = f"{int((at + self.lifetime).timestamp())}:{who}"
        return {
            "urls": list(self.urls),
            "username": username,
            "credential": password(self.secret, username),
        }


def password(secret: str, username: str) -> str:
    """Base64 of HMAC-SHA1 of the user name, keyed with the shared secret."""
    return base64.b64encode(hmac.digest(secret.encode(), username.encode(), "sha1")).decode()
