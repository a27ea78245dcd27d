"""Demands: what one line's consumers want, in the words of the allocator.

Decides who counts as what: sound is one demand for the whole line, a camera is the speaker's if it
shows whoever has the floor, and pinned if its receiver said so by the priority.
"""

from __future__ import annotations

from collections.abc import Hashable

from media.endpoint.line import Line, Subscription
from media.forward.demand import Demand, Rank, Rates
from media.forward.producer import Producer
from media.ids import EndpointId
from media.repair.cost import protected_bps
from media.source import Kind, Source

PINNED_PRIORITY = 200
"""From which on a receiver means "keep this", and not just a large tile."""
COUNTED_COPIES = 3
"""Of a picture whose packets leave several times, copies it is not sent without; the others take
what room there is."""
SOUND = "sound"
"""Key of all sound together; every other key is a subscription."""

Measured = dict[Producer, Rates]
"""What was measured in this round already: many lines carry the same producers."""


def demands_of(
    line: Line, speaker: EndpointId | None, measured: Measured, *, now: float
) -> list[Demand]:
    """Of everything that may flow on `line` now; empty while that is no picture."""
    demands: list[Demand] = []
    sound_bps = 0
    for subscription in line.subscriptions.values():
        producer = subscription.publication.producer
        if subscription.consumer.paused or producer.paused:
            continue
        rates = measured.get(producer)
        if rates is None:
            rates = measured[producer] = producer.demand_rates(now=now)
        if producer.track.kind is Kind.AUDIO:
            sound_bps += int(protected_bps(rates[0][-1], subscription.consumer.shape.depth))
        else:
            demands.append(_picture(subscription, rates, speaker))
    if line.is_echoed:
        sound_bps *= 2
    if demands and sound_bps:
        demands.append(Demand(SOUND, Rank.AUDIO, 0, ((sound_bps,),), (0, 0), (0, 0)))
    return demands


def _picture(subscription: Subscription, rates: Rates, speaker: EndpointId | None) -> Demand:
    selector = subscription.consumer.selector
    current = None if selector.spatial is None else (selector.spatial, selector.temporal)
    key: Hashable = subscription
    rank = _rank(subscription, speaker)
    times = 1 + min(subscription.copies, COUNTED_COPIES)
    if times > 1:
        rates = tuple([tuple([rate * times for rate in row]) for row in rates])
    wanted = selector.wanted
    if rank is not Rank.SCREEN and _is_small(subscription):
        wanted = (0, wanted[1])
    return Demand(key, rank, subscription.priority, rates, wanted, current)


def _is_small(subscription: Subscription) -> bool:
    """Whether either end loses so much that each packet of a picture costs several."""
    manner = subscription.publication.line.uplink.manner
    return subscription.line.is_small or (manner is not None and manner.times > 1)


def _rank(subscription: Subscription, speaker: EndpointId | None) -> Rank:
    publication = subscription.publication
    if publication.producer.track.source is Source.SCREEN:
        return Rank.SCREEN
    if publication.line.endpoint_id == speaker:
        return Rank.SPEAKER
    return Rank.PINNED if subscription.priority >= PINNED_PRIORITY else Rank.OTHER
