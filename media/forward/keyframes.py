"""KeyFrameRequests: asks one stream for a key frame, at once but seldom, until it comes.

Decides when a PLI is due; who sends it is not its business. First request at once; then at most
one each 500 ms, whoever asks, and again while the key frame has not come (it, or the request, may
have been lost). Receivers that keep asking get one a second. Whoever can wait asks patiently: one
weak receiver whose layers come and go must not cost all others a key frame each time. RFC 4585
section 6.3.1.
"""

from __future__ import annotations

INTERVAL = 0.5
"""Seconds between requests: a key frame is 5-10 ordinary frames, and takes that long to pay off."""
PATIENT_INTERVAL = 2.5
"""Seconds since the last request, whoever made it, before a patient one leaves."""
ATTEMPTS = 20
"""Requests for one key frame; after 10 s the publisher does not want to."""
SPACING = 1.0
"""Seconds a key frame has to last on average: at one a second 30 frames cost a fifth more."""
CROWD = 4.0
"""Seconds the average may run ahead: a class that comes at once gets eight half a second apart."""


class KeyFrameRequests:
    """Of one encoding. `due_at` is None when nothing is wanted."""

    __slots__ = ("_attempts", "_is_asked", "_paid_until", "_sent_at", "due_at")

    def __init__(self) -> None:
        self.due_at: float | None = None
        self._sent_at: float | None = None
        self._attempts = 0
        self._is_asked = False
        self._paid_until = float("-inf")
        """How far the key frames that came on request reach, each `SPACING` long."""

    def want(self, *, now: float, is_patient: bool = False) -> None:
        """Somebody cannot show a picture; `is_patient`: shows another one meanwhile."""
        self._attempts = 0
        interval = PATIENT_INTERVAL if is_patient else INTERVAL
        due_at = max(now, self._paid_until - CROWD)
        if self._sent_at is not None:
            due_at = max(due_at, self._sent_at + interval)
        if self.due_at is None or due_at < self.due_at:
            self.due_at = due_at

    def arrived(self) -> None:
        """A key frame began."""
        if self._is_asked and self._sent_at is not None:
            self._paid_until = max(self._paid_until, self._sent_at) + SPACING
        self._is_asked = False
        self.due_at = None

    def take(self, *, now: float) -> bool:
        """Whether a request must leave now; the caller sends it."""
        if self.due_at is None or self.due_at > now:
            return False
        self._attempts += 1
        self._is_asked = True
        self._sent_at = now
        self.due_at = now + INTERVAL if self._attempts < ATTEMPTS else None
        return True
