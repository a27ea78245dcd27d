"""Transport: every state by every step, and whole calls with a checking, active peer."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import Refused
from media.ids import Address
from media.transport.certificate import Certificate, Fingerprint
from media.transport.dtls import Dtls, DtlsState
from media.transport.ice import (
    CONSENT_S,
    AddressForgotten,
    AddressValidated,
    FragmentRetired,
    IceCredentials,
)
from media.transport.srtp import SrtpSealer, make_pair
from media.transport.state import TRANSITIONS, Step, TransportState
from media.transport.transport import SILENCE_S, AddressChanged, StateChanged, Transport
from media.wire import stun
from media.wire.stun import StunClass, StunMessage

OURS = IceCredentials("ours", "password-of-twenty-two-chars")
NEXT = IceCredentials("next", "another-password-of-enough")
HOME: Address = ("192.0.2.1", 1000)
PHONE: Address = ("198.51.100.7", 2000)
STREAM: Address = ("198.51.100.7", 2000, "tcp")
HEADER = bytes.fromhex("80600001000000010000000a")
SSRC = 10

ALLOWED = {
    (TransportState.NEW, Step.ASKED): TransportState.CHECKING,
    (TransportState.NEW, Step.CHECKED): TransportState.SECURING,
    (TransportState.CHECKING, Step.CHECKED): TransportState.SECURING,
    (TransportState.CHECKING, Step.SECURED): TransportState.DISCONNECTED,
    (TransportState.SECURING, Step.SECURED): TransportState.CONNECTED,
    (TransportState.SECURING, Step.SILENT): TransportState.CHECKING,
    (TransportState.CONNECTED, Step.SILENT): TransportState.DISCONNECTED,
    (TransportState.DISCONNECTED, Step.CHECKED): TransportState.CONNECTED,
}


@pytest.mark.parametrize("state", TransportState)
@pytest.mark.parametrize("step", Step)
def test_every_state_by_every_step(state: TransportState, step: Step) -> None:
    if step is Step.CLOSE and state is not TransportState.CLOSED:
        assert TRANSITIONS[state][step] is TransportState.CLOSED
    else:
        assert TRANSITIONS[state].get(step) is ALLOWED.get((state, step))


class Browser:
    """The other end: checks, active DTLS, SRTP. Time is moved by the tests."""

    def __init__(self, transport: Transport, certificate: Certificate, ours: Certificate) -> None:
        self.transport = transport
        self.address = HOME
        self.answers: list[StunMessage] = []
        self.dtls = Dtls(certificate, "active")
        self.dtls.expect([ours.fingerprint])
        self.fingerprint = certificate.fingerprint
        self._sequence = 0

    def checks(
        self, now: float, credentials: IceCredentials = OURS, *, nominates: bool = True
    ) -> None:
        message = StunMessage(
            StunClass.REQUEST,
            b"transaction!",
            username=f"{credentials.username_fragment}:peer",
            controlling=1,
            use_candidate=nominates,
        )
        datagram = stun.pack(message, password=credentials.password)
        self.transport.receive(datagram, self.address, now=now)
        self.takes(now)

    def shakes_hands(self, now: float) -> None:
        self.dtls.start(now=now)
        for _ in range(4):
            for datagram in self.dtls.datagrams_to_send():
                self.transport.receive(datagram, self.address, now=now)
            self.takes(now)

    def takes(self, now: float) -> list[Address]:
        """Receives what the transport sends and tells where it was sent."""
        places: list[Address] = []
        for datagram, address in self.transport.datagrams_to_send(now):
            places.append(address)
            if datagram[0] < 4:
                self.answers.append(stun.parse(datagram))
            else:
                self.dtls.receive(datagram, now=now)
        return places

    def speaks(self) -> None:
        """One authentic packet, as the ingress opens it."""
        assert self.dtls.keys is not None
        assert self.transport.opener is not None
        self._sequence += 1
        _, sealer = make_pair(self.dtls.keys)
        header = HEADER[:2] + self._sequence.to_bytes(2) + HEADER[4:]
        packet = sealer.seal_rtp(header, b"sound", SSRC, self._sequence)
        assert self.transport.opener.open_rtp(packet, len(header), SSRC, self._sequence)


@pytest.fixture
def transport(certificate: Certificate) -> Transport:
    return Transport(OURS, certificate)


@pytest.fixture
def browser(
    transport: Transport, certificate: Certificate, peer_certificate: Certificate
) -> Browser:
    return Browser(transport, peer_certificate, certificate)


@pytest.fixture
def joined(browser: Browser) -> Browser:
    """Connected at time 0, events taken."""
    browser.transport.connect([browser.fingerprint])
    browser.checks(0.0)
    browser.shakes_hands(0.0)
    assert browser.transport.state is TransportState.CONNECTED
    browser.transport.take_events()
    return browser


def states_of(transport: Transport) -> list[TransportState]:
    return [event.state for event in transport.take_events() if isinstance(event, StateChanged)]


def test_connecting_first_and_checks_after(transport: Transport, browser: Browser) -> None:
    transport.connect([browser.fingerprint])
    browser.checks(0.0)
    assert transport.address == HOME
    browser.shakes_hands(0.01)
    assert states_of(transport) == [
        TransportState.CHECKING,
        TransportState.SECURING,
        TransportState.CONNECTED,
    ]
    assert browser.dtls.state is DtlsState.SECURED
    assert browser.answers[0].mapped_address == HOME
    browser.speaks()
    assert isinstance(transport.sealer, SrtpSealer)
    assert not transport.drops


def test_a_client_hello_before_connect_saves_time_but_gives_no_keys(
    transport: Transport, browser: Browser
) -> None:
    browser.checks(0.0)
    browser.shakes_hands(0.0)
    assert transport.state is TransportState.SECURING
    assert transport.opener is None
    assert transport.sealer is None
    transport.connect([browser.fingerprint])
    assert transport.state is TransportState.CONNECTED
    browser.speaks()


@pytest.mark.parametrize("is_early", [True, False])
def test_the_wrong_peer_is_closed_out(
    transport: Transport, browser: Browser, certificate: Certificate, is_early: bool
) -> None:
    wrong = [certificate.fingerprint]
    if is_early:
        transport.connect(wrong)
    browser.checks(0.0)
    browser.shakes_hands(0.0)
    if not is_early:
        transport.connect(wrong)
    assert transport.opener is None
    assert transport.sealer is None
    assert transport.address is None
    events = transport.take_events()
    assert events[-1] == StateChanged(TransportState.CLOSED, "dtls.fingerprint")
    assert AddressForgotten(HOME) in events


def test_dtls_from_an_unchecked_address_is_dropped(transport: Transport, browser: Browser) -> None:
    browser.checks(0.0)
    browser.address = PHONE
    browser.shakes_hands(0.0)
    assert transport.drops == {"dtls.address": 1}
    assert browser.dtls.state is DtlsState.HANDSHAKING


def test_other_datagrams_are_dropped_by_name(joined: Browser) -> None:
    for datagram in (HEADER, b"", b"\x50\x00", b"\x16garbage", b"\x00\x01"):
        joined.transport.receive(datagram, HOME, now=1.0)
    assert joined.transport.drops == {
        "transport.kind": 3,
        "dtls.malformed": 1,
        "stun.truncated": 1,
    }


def test_connecting_twice_is_refused(transport: Transport, browser: Browser) -> None:
    transport.connect([browser.fingerprint])
    with pytest.raises(Refused, match=r"transport\.connected"):
        transport.connect([browser.fingerprint])


def test_parameters_have_the_shapes_of_mediasoup(
    transport: Transport, certificate: Certificate
) -> None:
    assert transport.ice_parameters() == {
        "usernameFragment": "ours",
        "password": OURS.password,
        "iceLite": True,
    }
    assert transport.username_fragment == "ours"
    assert transport.dtls_parameters() == {
        "role": "server",
        "fingerprints": [
            {"algorithm": "sha-256", "value": certificate.fingerprint.value},
        ],
    }


def test_the_address_follows_the_nomination_and_media_goes_on(joined: Browser) -> None:
    transport = joined.transport
    joined.address = PHONE
    joined.checks(1.0, nominates=False)
    assert transport.address == HOME
    assert transport.take_events() == [AddressValidated(PHONE)]
    joined.checks(1.1, nominates=True)
    assert transport.address == PHONE
    assert transport.take_events() == [AddressValidated(PHONE), AddressChanged(PHONE)]
    joined.speaks()
    assert transport.state is TransportState.CONNECTED


def test_an_answer_goes_to_where_its_check_came_from(joined: Browser) -> None:
    joined.address = PHONE
    message = StunMessage(StunClass.REQUEST, b"transaction!", username="ours:peer", controlling=1)
    joined.transport.receive(stun.pack(message, password=OURS.password), PHONE, now=1.0)
    assert joined.takes(1.0) == [PHONE]
    assert joined.transport.address == HOME


def test_a_restart_changes_the_credentials_and_keeps_the_keys(joined: Browser) -> None:
    transport = joined.transport
    keys = transport.opener
    transport.restart_ice(NEXT)
    assert transport.ice_parameters()["usernameFragment"] == "next"
    assert transport.state is TransportState.CONNECTED
    joined.checks(1.0)  # the old ones still hold
    joined.address = PHONE
    joined.checks(2.0, NEXT)
    assert FragmentRetired("ours") in transport.take_events()
    assert transport.address == PHONE
    assert transport.opener is keys
    joined.checks(3.0)
    assert transport.drops == {"stun.username": 1}


def run_timers(transport: Transport, until: float) -> None:
    for _ in range(100):
        at = transport.next_timer()
        if at is None or at > until:
            return
        transport.handle_timer(now=at)
        transport.datagrams_to_send(at)
    pytest.fail("a timer that is never satisfied")


def test_silence_disconnects_and_a_check_brings_it_back(joined: Browser) -> None:
    transport = joined.transport
    run_timers(transport, SILENCE_S - 0.1)
    assert transport.state is TransportState.CONNECTED
    run_timers(transport, SILENCE_S)
    assert transport.state is TransportState.DISCONNECTED
    assert transport.address == HOME  # consent still holds
    assert transport.sealer is not None
    joined.checks(20.0)
    assert transport.state is TransportState.CONNECTED
    assert states_of(transport) == [TransportState.DISCONNECTED, TransportState.CONNECTED]


def test_media_postpones_the_silence(joined: Browser) -> None:
    transport = joined.transport
    joined.speaks()
    run_timers(transport, SILENCE_S)
    assert transport.state is TransportState.CONNECTED
    run_timers(transport, 2 * SILENCE_S)
    assert transport.state is TransportState.DISCONNECTED


def test_without_consent_nothing_is_sent_until_the_next_check(joined: Browser) -> None:
    transport = joined.transport
    for second in range(1, 40):  # media alone is not consent
        joined.speaks()
        run_timers(transport, float(second))
        if second < CONSENT_S:
            assert transport.address == HOME
    assert transport.address is None
    assert transport.state is TransportState.DISCONNECTED
    assert transport.next_timer() is None
    assert transport.take_events() == [
        AddressForgotten(HOME),
        AddressChanged(None),
        StateChanged(TransportState.DISCONNECTED),
    ]
    joined.checks(50.0)
    assert transport.address == HOME
    assert transport.state is TransportState.CONNECTED


def test_a_connection_that_ended_leaves_the_path_waiting_for_the_next(joined: Browser) -> None:
    transport = joined.transport
    joined.address = STREAM
    joined.checks(2.0)
    transport.take_events()
    transport.forget_address(STREAM, now=3.0)
    assert transport.take_events() == [AddressForgotten(STREAM), AddressChanged(HOME)]
    transport.forget_address(HOME, now=3.0)
    assert transport.take_events() == [AddressForgotten(HOME), AddressChanged(None)]
    assert transport.state is TransportState.CONNECTED
    assert transport.next_timer() == 2.0 + SILENCE_S
    joined.checks(4.0)
    assert transport.take_events() == [AddressValidated(STREAM), AddressChanged(STREAM)]


def test_without_another_connection_the_path_is_said_to_be_silent(joined: Browser) -> None:
    transport = joined.transport
    joined.checks(2.0)
    transport.take_events()
    transport.forget_address(HOME, now=3.0)
    at = transport.next_timer()
    assert at is not None
    transport.handle_timer(now=at)
    assert transport.state is TransportState.DISCONNECTED
    assert transport.next_timer() is None


def test_fingerprints_that_come_after_the_peer_fell_silent(
    transport: Transport, browser: Browser
) -> None:
    browser.checks(0.0)
    browser.shakes_hands(0.0)
    run_timers(transport, SILENCE_S)
    assert transport.state is TransportState.CHECKING
    transport.connect([browser.fingerprint])
    assert transport.state is TransportState.DISCONNECTED
    browser.checks(15.0)
    assert transport.state is TransportState.CONNECTED


def test_a_lost_answer_is_repeated_by_the_timer(transport: Transport, browser: Browser) -> None:
    transport.connect([browser.fingerprint])
    browser.checks(0.0)
    browser.dtls.start(now=0.0)
    for datagram in browser.dtls.datagrams_to_send():
        transport.receive(datagram, HOME, now=0.0)
    lost = transport.datagrams_to_send(0.0)
    assert transport.next_timer() == 0.06
    transport.handle_timer(now=0.06)
    assert transport.datagrams_to_send(0.06) == lost
    assert all(address == HOME for _, address in lost)


def test_media_ends_the_repeats_of_the_last_flight(joined: Browser) -> None:
    assert joined.transport.next_timer() == 0.06
    joined.speaks()
    joined.transport.handle_timer(now=0.06)
    assert joined.transport.datagrams_to_send(0.06) == []
    assert joined.transport.next_timer() == SILENCE_S


def test_closing_tells_the_peer_and_forgets_everything(joined: Browser) -> None:
    transport = joined.transport
    transport.close()
    assert transport.take_events() == [
        AddressForgotten(HOME),
        AddressChanged(None),
        StateChanged(TransportState.CLOSED, "dtls.closed"),
    ]
    assert joined.takes(1.0) == [HOME]
    assert joined.dtls.failure == "dtls.closed"
    assert (transport.opener, transport.sealer, transport.address) == (None, None, None)
    assert transport.next_timer() is None
    joined.checks(2.0)
    assert transport.drops["transport.closed"] == 1
    transport.handle_timer(now=100.0)
    transport.close()
    assert transport.take_events() == []
    for call in (lambda: transport.connect([]), lambda: transport.restart_ice(NEXT)):
        with pytest.raises(Refused, match=r"transport\.closed"):
            call()


def test_the_peer_may_close(joined: Browser) -> None:
    joined.dtls.close()
    for datagram in joined.dtls.datagrams_to_send():
        joined.transport.receive(datagram, HOME, now=1.0)
    assert joined.transport.state is TransportState.CLOSED


def test_drops_are_remembered_over_the_close(joined: Browser) -> None:
    assert joined.transport.opener is not None
    joined.transport.opener.open_rtp(HEADER + bytes(30), len(HEADER), SSRC, 1)
    joined.transport.close()
    assert joined.transport.drops == {"srtp.auth": 1}


FUZZED = Certificate.generate(datetime(2026, 1, 1, tzinfo=UTC))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.binary(max_size=120),
            st.sampled_from(("raw", "stun", "dtls", "check")),
            st.sampled_from((HOME, PHONE)),
        ),
        max_size=12,
    )
)
def test_any_bytes_are_taken_without_error(
    datagrams: list[tuple[bytes, str, Address]],
) -> None:
    transport = Transport(OURS, FUZZED)
    transport.connect([Fingerprint("sha-256", "00")])
    prefixes = {
        "raw": b"",
        "stun": b"\x00\x01",
        "dtls": b"\x16\xfe\xfd" + bytes(8),
        "check": stun.pack(
            StunMessage(StunClass.REQUEST, b"transaction!", username="ours:x"),
            password=OURS.password,
        ),
    }
    states = [transport.state]
    for number, (noise, kind, address) in enumerate(datagrams):
        body = noise if kind != "dtls" else len(noise).to_bytes(2) + noise
        datagram = prefixes[kind] + (b"" if kind == "check" else body)
        transport.receive(datagram, address, now=float(number))
        transport.handle_timer(now=float(number))
        transport.datagrams_to_send(float(number))
        states.append(transport.state)
    assert transport.opener is None
    for before, after in pairwise(states):
        reachable = {before, *TRANSITIONS[before].values()}
        reachable |= {state for one in reachable for state in TRANSITIONS[one].values()}
        assert after in reachable
