"""SendLog: what feedback says about which packets, once."""

from __future__ import annotations

from media.congestion.send_log import SendLog
from media.wire.rtcp_transport import TransportFeedback


def feedback(base: int, *deltas: int | None, reference: int = 0) -> TransportFeedback:
    return TransportFeedback(1, 2, base & 0xFFFF, reference, 0, deltas)


def test_a_feedback_finds_its_packets() -> None:
    log = SendLog()
    log.sent((100, 200), now=1.0)
    log.sent((300,), now=1.01, cluster=7)
    results = log.results(feedback(0, 4, None, 8, reference=10), now=1.1)
    assert [tuple(each) for each in results] == [
        (1.0, 100, 0.641, None, 0),
        (1.0, 200, None, None, 1),
        (1.01, 300, 0.643, 7, 2),
    ]
