"""Hearing: whose sound has to be small, so that those who hear it on bad lines get all of it.

Decides by who is heard: somebody who left, is away, or does not hear a speaker makes nobody's
voice smaller.
"""

from __future__ import annotations

from collections.abc import Iterable

from media.endpoint.endpoint import Endpoint
from media.ids import EndpointId
from media.source import Kind


def smallest_asked(hearers: Iterable[tuple[Endpoint, int]]) -> dict[EndpointId, int]:
    """What each browser that is heard should send at most, as `Up.opus`, by what its hearers ask
    for; who is asked for nothing is not in it.
    """
    asked: dict[EndpointId, int] = {}
    for endpoint, opus in hearers:
        if not opus:
            continue
        for line in endpoint.lines:
            for subscription in line.subscriptions.values():
                consumer, speaker = subscription.consumer, subscription.publication.line
                if consumer.delivery.kind is Kind.AUDIO and not consumer.paused:
                    before = asked.get(speaker.endpoint_id, 0)
                    asked[speaker.endpoint_id] = max(before, opus)
    return asked
