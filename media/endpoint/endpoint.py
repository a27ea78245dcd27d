"""Endpoint: one browser, with the transports it has opened: what it publishes and what it gets.

Holds the line between the ids of the control side and the lines packets run through; packets do
not pass through it.
"""

from __future__ import annotations

from media.endpoint.line import Line, Publication, Subscription
from media.endpoint.publishing import check_source, publish, unpublish
from media.endpoint.secret import Secrets
from media.endpoint.subscribing import subscribe
from media.errors import Refused
from media.forward.router import Router
from media.ids import ConsumerId, EndpointId, ProducerId, TransportId
from media.ortc.parameters import RtpParameters
from media.source import Source
from media.transport.certificate import Certificate
from media.transport.ice import IceCredentials
from media.transport.transport import Transport

MAX_LINES = 4
"""Transports of one browser: one to send, one to receive, and both once more while it changes."""
_ICE_CHARACTERS = str.maketrans("-_=", "+/A")  # RFC 8839 section 5.4: letters, digits, + and /


class Endpoint:
    """See the module."""

    def __init__(
        self,
        endpoint_id: EndpointId,
        router: Router,
        secrets: Secrets,
        *,
        is_hasty: bool = True,
    ) -> None:
        """A hasty one's transports say again what is easily lost while they come up."""
        self.endpoint_id = endpoint_id
        self.router = router
        self.lines: list[Line] = []
        self._secrets = secrets
        self._is_hasty = is_hasty

    def open(self, transport_id: TransportId, certificate: Certificate, *, now: float) -> Line:
        """A transport more. Refused `transport.limit`."""
        if len(self.lines) >= MAX_LINES:
            raise Refused("transport.limit", str(MAX_LINES))
        transport = Transport(self._credentials(), certificate, is_hasty=self._is_hasty)
        line = Line(self.endpoint_id, transport_id, self.router, transport, now=now)
        self.lines.append(line)
        return line

    def restart_ice(self, line: Line) -> None:
        """New credentials for a transport of this browser."""
        line.transport.restart_ice(self._credentials())

    def publish(
        self,
        line: Line,
        producer_id: ProducerId,
        source: Source,
        rtp_parameters: object,
        *,
        redundancy: str | None = None,
        now: float,
    ) -> Publication:
        """A track of `source` arrives on `line`. Refused: `rtp.*`, `producer.*`."""
        check_source(source, self.lines)
        return publish(line, producer_id, source, rtp_parameters, redundancy=redundancy, now=now)

    def unpublish(self, publication: Publication) -> None:
        """The track is gone: what still comes of it is unknown."""
        unpublish(publication)

    def subscribe(
        self,
        line: Line,
        consumer_id: ConsumerId,
        publication: Publication,
        rtp_capabilities: object,
    ) -> tuple[Subscription, RtpParameters]:
        """`publication` is to be sent on `line`. Refused: `rtp.*`, `consumer.*`."""
        return subscribe(line, consumer_id, publication, rtp_capabilities, self._secrets)

    def _credentials(self) -> IceCredentials:
        fragment, password = (self._secrets(size) for size in (6, 24))
        return IceCredentials(
            fragment.translate(_ICE_CHARACTERS), password.translate(_ICE_CHARACTERS)
        )
