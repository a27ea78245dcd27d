"""Flow: which consumers get packets, and where those leave.

A consumer flows exactly while its receiver wants it and there is a way to it. On a line that is
measured, a picture begins with what the network was found to carry for it, at the next flush.
"""

from __future__ import annotations

from media.endpoint.egress import Egress
from media.endpoint.line import Line, Publication, Subscription
from media.endpoint.requests import Requests
from media.endpoint.sharing import Sharing
from media.source import Kind


class Flow:
    """Of all consumers of an exchange."""

    def __init__(self, egress: Egress, requests: Requests, sharing: Sharing) -> None:
        self._egress = egress
        self._requests = requests
        self._sharing = sharing

    def ask(self, publication: Publication, *, now: float) -> None:
        """Sends key frame requests that have just come up, and what was owed to a newcomer."""
        self._requests.look(publication, now=now)
        self._egress.flush(now)
        self._requests.flush(now=now)

    def bind(self, subscription: Subscription) -> None:
        """What the consumer gets leaves on its line."""
        self._egress.lines[subscription.consumer] = subscription.line

    def unbind(self, subscription: Subscription) -> None:
        """The consumer is gone."""
        line = subscription.line
        self._egress.queues.forget(subscription)
        self._egress.copies.forget(subscription)
        del self._egress.lines[subscription.consumer]
        del line.subscriptions[subscription.consumer.ssrc]
        self._sharing.mark(line)

    def prefer(self, subscription: Subscription, *, now: float) -> None:
        """Its receiver wants other layers of it, or it in another order."""
        publication = subscription.publication
        publication.producer.review_one(subscription.consumer, now=now)
        self._sharing.mark(subscription.line)
        self.ask(publication, now=now)

    def follow(self, line: Line, *, now: float) -> None:
        """There is a way to the line's receiver, or there is none any more."""
        for subscription in line.subscriptions.values():
            self.let(subscription, now=now)

    def let(self, subscription: Subscription, *, now: float) -> None:
        """Begins or ends to forward, whichever is due."""
        consumer, line = subscription.consumer, subscription.line
        flows = subscription.is_wanted and line.is_flowing
        if flows and consumer.paused:
            if line.downlink.is_measured and consumer.delivery.kind is Kind.VIDEO:
                consumer.selector.allowed = None
            line.router.resume_consumer(consumer, now=now)
            self.ask(subscription.publication, now=now)
        elif not flows and not consumer.paused:
            line.router.pause_consumer(consumer, now=now)
            self._egress.queues.forget(subscription)
        else:
            return
        self._sharing.mark(line)
