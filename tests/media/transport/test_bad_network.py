"""A path over a network that loses 70 % both ways, against a browser, all in virtual time.

The browser checks each 50 ms until it is answered, as Chromium does, and then shakes hands. In the
first test it repeats its flights as we do, in the second as BoringSSL does: after 50 ms, and after
twice as long each time.
"""

from __future__ import annotations

import heapq
import random

from bench.loss_model import Independent
from media.ids import Address
from media.transport.certificate import Certificate
from media.transport.dtls import Dtls, DtlsState
from media.transport.ice import IceCredentials
from media.transport.repeats import (
    ANSWERS,
    ANSWERS_EVERY_S,
    CALM,
    HASTY,
    WAITING_MAX,
    Answers,
    Pace,
)
from media.transport.state import TransportState
from media.transport.transport import Transport
from media.wire import stun
from media.wire.stun import StunClass, StunMessage

OURS = IceCredentials("ours", "password-of-twenty-two-chars")
HOME: Address = ("192.0.2.1", 1000)
STREAM: Address = ("192.0.2.1", 1000, "tcp")
WAY_S = 0.03
CHECK_EVERY_S = 0.05
STEP_S = 0.005
BORING = Pace(first_s=0.05, longest_s=60.0, hurry_s=0.0, finals=0)
CHECK = stun.pack(
    StunMessage(
        StunClass.REQUEST,
        b"transaction!",
        username="ours:peer",
        controlling=1,
        use_candidate=True,
    ),
    password=OURS.password,
)


class Path:
    """A transport, a browser, and what is under way between them."""

    def __init__(
        self, ours: Certificate, theirs: Certificate, pace: Pace, seed: int, *, is_hasty: bool
    ) -> None:
        self.transport = Transport(OURS, ours, is_hasty=is_hasty)
        self.transport.connect([theirs.fingerprint])
        self.dtls = Dtls(theirs, "active", pace)
        self.dtls.expect([ours.fingerprint])
        self.is_answered = False
        source = random.Random(seed)
        self._losses = [Independent(0.7, source), Independent(0.7, source)]
        self._on_way: list[tuple[float, int, int, bytes]] = []
        self._sent = 0

    def connected_at(self, until: float) -> float:
        """Seconds from the first check until both sides have keys."""
        now, check_at = 0.0, 0.0
        while now < until:
            if not self.is_answered and now >= check_at:
                self._send(0, CHECK, now)
                check_at = now + CHECK_EVERY_S
            self._arrive(now)
            self.dtls.handle_timer(now=now)
            due = self.transport.next_timer()
            if due is not None and due <= now:
                self.transport.handle_timer(now=now)
            for datagram, _ in self.transport.datagrams_to_send(now):
                self._send(1, datagram, now)
            for datagram in self.dtls.datagrams_to_send():
                self._send(0, datagram, now)
            if self.dtls.state is DtlsState.SECURED and (
                self.transport.state is TransportState.CONNECTED
            ):
                return now
            now += STEP_S
        return float("inf")

    def _send(self, way: int, datagram: bytes, now: float) -> None:
        if not self._losses[way].loses():
            self._sent += 1
            heapq.heappush(self._on_way, (now + WAY_S, self._sent, way, datagram))

    def _arrive(self, now: float) -> None:
        while self._on_way and self._on_way[0][0] <= now:
            _, _, way, datagram = heapq.heappop(self._on_way)
            if way == 0:
                self.transport.receive(datagram, HOME, now=now)
            elif datagram[0] >= 4:
                self.dtls.receive(datagram, now=now)
            elif not self.is_answered:
                self.is_answered = True
                self.dtls.start(now=now)


def times(
    ours: Certificate, theirs: Certificate, pace: Pace, *, is_hasty: bool, number: int = 100
) -> list[float]:
    """Of so many paths, sorted."""
    paths = (Path(ours, theirs, pace, seed, is_hasty=is_hasty) for seed in range(number))
    return sorted(path.connected_at(10.0) for path in paths)


def test_95_of_100_paths_are_up_within_three_seconds(
    certificate: Certificate, peer_certificate: Certificate
) -> None:
    found = times(certificate, peer_certificate, HASTY, is_hasty=True)
    assert found[94] <= 3.0


def test_a_browser_that_waits_ever_longer_is_up_sooner_too(
    certificate: Certificate, peer_certificate: Certificate
) -> None:
    hasty = times(certificate, peer_certificate, BORING, is_hasty=True, number=40)
    plain = times(certificate, peer_certificate, BORING, is_hasty=False, number=40)
    assert hasty[20] < plain[20]


def answers_of(transport: Transport, until: float) -> list[float]:
    """When each answer to one check left, repeats included."""
    transport.receive(CHECK, HOME, now=0.0)
    sent = [0.0 for _ in transport.datagrams_to_send(0.0)]
    while (at := transport.next_timer()) is not None and at <= until:
        transport.handle_timer(now=at)
        sent += [at for _ in transport.datagrams_to_send(at)]
    return sent


def test_an_answer_leaves_five_times(certificate: Certificate) -> None:
    sent = answers_of(Transport(OURS, certificate, is_hasty=True), 1.0)
    assert sent == [number * ANSWERS_EVERY_S for number in range(ANSWERS)]


def test_a_path_that_is_not_hasty_answers_once(certificate: Certificate) -> None:
    assert answers_of(Transport(OURS, certificate), 1.0) == [0.0]


def test_media_ends_the_repeats_of_answers_unless_the_path_loses_much(
    certificate: Certificate, peer_certificate: Certificate
) -> None:
    path = Path(certificate, peer_certificate, HASTY, 1, is_hasty=True)
    path.connected_at(10.0)
    opener = path.transport.opener
    assert opener is not None
    opener.opened = 1
    path.transport.handle_timer(now=20.0)
    path.transport.datagrams_to_send(20.0)
    path.transport.receive(CHECK, HOME, now=20.0)
    assert len(path.transport.datagrams_to_send(20.0)) == 1
    path.transport.handle_timer(now=20.1)
    assert path.transport.datagrams_to_send(20.1) == []
    path.transport.is_lossy = True
    path.transport.receive(CHECK, HOME, now=20.2)
    path.transport.handle_timer(now=20.3)
    assert len(path.transport.datagrams_to_send(20.3)) == ANSWERS


def test_a_forged_check_is_answered_not_once(certificate: Certificate) -> None:
    transport = Transport(OURS, certificate, is_hasty=True)
    transport.receive(CHECK[:-1] + bytes([CHECK[-1] ^ 1]), HOME, now=0.0)
    assert transport.datagrams_to_send(0.0) == []
    assert transport.next_timer() is None


def test_answers_wait_in_bounds_in_order_and_not_for_a_stream() -> None:
    answers = Answers()
    answers.said(b"stream", STREAM, now=0.0)
    assert answers.next_at() is None
    for number in range(100):
        answers.said(b"%d" % number, HOME, now=number / 1000)
    repeats = answers.due(10.0)
    assert len(repeats) <= WAITING_MAX
    assert repeats[0] == (b"0", HOME)
    answers.said(b"late", HOME, now=11.0)
    answers.clear()
    assert answers.next_at() is None


def test_the_last_flight_is_repeated_at_both_paces_so_often_and_no_more() -> None:
    assert CALM.finals * CALM.first_s < HASTY.finals * HASTY.first_s < 5.0
