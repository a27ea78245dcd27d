"""How busy a media worker is, and how busy it will be with what it was just given. A core.

The processor time that a worker tells with each ping is measured; but a room costs nothing in the
second in which it is opened, and ten of them opened in that second are not to meet on one worker.
So what is new counts as much as it is likely to cost, ever less as the measurement takes over.
"""

from __future__ import annotations

ROOM_SHARE = 0.05
"""Of a core: some ten people with sound, a camera each and a screen (docs/measurements.md)."""

ENDPOINT_SHARE = 0.01
"""Of a core: one of them."""

SETTLES_S = 30.0
"""People come, allow their devices and publish within that time."""

WAITING_SHARE = 0.005
"""Of a core, for every room for good: it may come to life, and equals are told apart by it."""

_WEIGHT = 0.5  # of the newest measurement: with a ping each 2 s, half a change is seen after 2 s


class Load:
    """Of one worker; shares are parts of a core."""

    __slots__ = ("_cpu_s", "_expected", "_measured_at", "share")

    def __init__(self) -> None:
        self.share = 0.0
        """Measured, smoothed over some seconds."""
        self._cpu_s: float | None = None
        self._measured_at = 0.0
        self._expected: dict[str, tuple[float, float]] = {}

    def measured(self, cpu_s: float, *, now: float) -> None:
        """The worker has used so much processor time since its start. It has one thread; a busy
        web process that heard of it late does not make more of it."""
        if self._cpu_s is not None and now > self._measured_at:
            share = (cpu_s - self._cpu_s) / (now - self._measured_at)
            self.share += (min(1.0, max(0.0, share)) - self.share) * _WEIGHT
        self._cpu_s, self._measured_at = cpu_s, now

    def expect(self, thing: str, share: float, *, now: float) -> None:
        """The worker was given a thing that will cost so much; once is enough."""
        self._expected.setdefault(thing, (now, share))

    def forget(self, thing: str) -> None:
        """The thing is gone."""
        self._expected.pop(thing, None)

    def expected(self, *, rooms: int, now: float) -> float:
        """What the worker will use soon, with so many rooms on it."""
        self._expected = {
            thing: (since, share)
            for thing, (since, share) in self._expected.items()
            if now - since < SETTLES_S
        }
        new = (share * (1 - (now - since) / SETTLES_S) for since, share in self._expected.values())
        return self.share + rooms * WAITING_SHARE + sum(new)
