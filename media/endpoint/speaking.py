"""Speaking: what packets of sound carry besides what is said, and when it is said without delay.

Earlier frames and a word of advice for each listener of each speaker; and the end of the delay
that both made the listener's browser keep (`lulls`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from media.endpoint.egress import Egress
from media.endpoint.line import Line
from media.endpoint.lulls import Lulls
from media.ids import EndpointId
from media.repair.remedy import CALM, Remedy, Up
from media.source import Kind


class Speaking:
    """To all browsers of an exchange."""

    def __init__(self, egress: Egress) -> None:
        self._lulls = Lulls(egress)

    @property
    def lulls(self) -> int:
        """Delays that were ended."""
        return self._lulls.count

    def to(
        self, lines: Iterable[Line], remedy: Remedy, ups: Mapping[EndpointId, Up], *, now: float
    ) -> None:
        """Sound to the browser of these lines, that gets `remedy`, goes as it needs it now; `ups`
        are what is done about what is lost of each speaker's.
        """
        words: dict[Up, int | None] = {}
        for line in lines:
            for subscription in line.subscriptions.values():
                consumer = subscription.consumer
                if consumer.delivery.kind is not Kind.AUDIO:
                    continue
                sender = ups.get(subscription.publication.line.endpoint_id, CALM.up)
                if sender not in words:
                    words[sender] = remedy.word(sender)
                consumer.protect(remedy.down.depth, words[sender])
                self._lulls.advised(subscription, remedy.sound_buffer_ms(sender), now=now)

    def look(self, *, now: float) -> None:
        """One round."""
        self._lulls.look(now=now)
