"""Speakers: who is speaking, loudest first, and who has the floor, without flicker.

Judges by the audio level each packet carries (RFC 6464: 0 loudest .. 127 silent, in -dBov); no
sound is decoded. A voice counts while its smoothed level is above the threshold and for a hold
time after; the dominant speaker is only replaced by one who is clearly louder, or after silence.
"""

from __future__ import annotations

from media.ids import ProducerId

INTERVAL = 0.1
"""Seconds between two judgements. With it a change of turn is known after 0.33 to 0.38 s (median,
at most 0.48 s; at 0.3 s it took up to 0.75 s: virtual time, speech-like levels), so that the
speaker can be sharp within half a second."""
HOLD = 0.6
"""Seconds a speaker stays one after the last loud packet: pauses between words."""
THRESHOLD = 50
"""-dBov: speech is 15..45, a quiet room 55..70."""
LEAD = 6.0
"""dB by which a rival must be louder than the dominant speaker..."""
LEAD_TIMES = 3
"""...at so many judgements one after the other: longer than a cough."""
_WEIGHT = 0.25  # of a new packet in the smoothed level: about 80 ms at 20 ms frames


class _Voice:
    __slots__ = ("level", "loud_at")

    def __init__(self) -> None:
        self.level = 127.0
        self.loud_at: float | None = None


class Speakers:
    """Of one room. `ranking` is loudest first, `dominant` one of them or the last who was."""

    __slots__ = ("_rival", "_rival_times", "_voices", "dominant", "next_at", "ranking")

    def __init__(self) -> None:
        self.ranking: tuple[ProducerId, ...] = ()
        self.dominant: ProducerId | None = None
        self.next_at: float | None = None
        self._voices: dict[ProducerId, _Voice] = {}
        self._rival: ProducerId | None = None
        self._rival_times = 0

    def heard(self, producer_id: ProducerId, level: int, *, now: float) -> None:
        """One packet of `producer_id` at `level` -dBov."""
        voice = self._voices.get(producer_id)
        if voice is None:
            voice = self._voices[producer_id] = _Voice()
        voice.level += (level - voice.level) * _WEIGHT
        if voice.level <= THRESHOLD:
            voice.loud_at = now
        if self.next_at is None:
            self.next_at = now + INTERVAL

    def forget(self, producer_id: ProducerId) -> None:
        """The producer closed or was paused."""
        self._voices.pop(producer_id, None)
        if self.dominant == producer_id:
            self.dominant = None

    def judge(self, *, now: float) -> bool:
        """Looks again when it is time; whether ranking or dominant speaker changed."""
        if self.next_at is None or now < self.next_at:
            return False
        self.next_at = now + INTERVAL if self._voices else None
        speaking = [
            (voice.level, producer_id)
            for producer_id, voice in self._voices.items()
            if voice.loud_at is not None and now - voice.loud_at <= HOLD
        ]
        speaking.sort()
        before = (self.ranking, self.dominant)
        self.ranking = self._steady([producer_id for _, producer_id in speaking])
        self._elect(speaking)
        return (self.ranking, self.dominant) != before

    def _steady(self, loudest_first: list[ProducerId]) -> tuple[ProducerId, ...]:
        """The old order while the set is the same: neighbours trade places at every word."""
        if set(loudest_first) == set(self.ranking):
            return self.ranking
        return tuple(loudest_first)

    def _elect(self, speaking: list[tuple[float, ProducerId]]) -> None:
        levels = {producer_id: level for level, producer_id in speaking}
        if not speaking or speaking[0][1] == self.dominant:
            self._rival, self._rival_times = None, 0
            return
        level, rival = speaking[0]
        if self.dominant not in levels:
            self.dominant, self._rival = rival, None
            return
        if levels[self.dominant] - level < LEAD:
            self._rival = None
            return
        self._rival_times = self._rival_times + 1 if rival == self._rival else 1
        self._rival = rival
        if self._rival_times >= LEAD_TIMES:
            self.dominant, self._rival = rival, None
