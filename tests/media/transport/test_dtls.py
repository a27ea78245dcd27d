"""DTLS: who may be the peer, and how little a bad network matters. All in virtual time."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from OpenSSL import SSL

from media.errors import StateError
from media.transport.certificate import MTU_BYTES, Certificate, Fingerprint
from media.transport.dtls import Dtls, DtlsState
from media.transport.keys import SrtpProfile
from media.transport.repeats import CALM
from tests.support.association import Link

AT = datetime(2026, 1, 1, tzinfo=UTC)
WRONG = Fingerprint("sha-256", ":".join(["00"] * 32))
OURS = Certificate.generate(AT)


@pytest.fixture
def active(peer_certificate: Certificate, certificate: Certificate) -> Dtls:
    dtls = Dtls(peer_certificate, "active")
    dtls.expect([certificate.fingerprint])
    return dtls


@pytest.fixture
def passive(certificate: Certificate) -> Dtls:
    return Dtls(certificate)


def assert_same_keys(one: Dtls, other: Dtls) -> None:
    assert one.keys is not None
    assert other.keys is not None
    assert one.keys.profile is other.keys.profile
    assert one.keys.local == other.keys.remote
    assert one.keys.remote == other.keys.local
    assert one.keys.local != one.keys.remote


def test_both_sides_get_the_same_keys(
    active: Dtls, passive: Dtls, peer_certificate: Certificate
) -> None:
    passive.expect([peer_certificate.fingerprint])
    link = Link(active, passive)
    link.run(1.0)
    assert (active.state, passive.state) == (DtlsState.SECURED, DtlsState.SECURED)
    assert_same_keys(active, passive)
    assert passive.keys is not None
    assert passive.keys.profile is SrtpProfile.AEAD_AES_128_GCM
    assert not active.drops
    assert not passive.drops


def test_a_handshake_may_finish_before_the_fingerprint_is_known(
    active: Dtls, passive: Dtls, peer_certificate: Certificate
) -> None:
    Link(active, passive).run(1.0)
    assert passive.state is DtlsState.UNVERIFIED
    assert passive.keys is None
    passive.expect([peer_certificate.fingerprint])
    assert passive.state is DtlsState.SECURED
    assert_same_keys(active, passive)


@pytest.mark.parametrize("is_early", [True, False])
def test_a_wrong_fingerprint_closes_without_keys(
    active: Dtls, passive: Dtls, is_early: bool
) -> None:
    if is_early:
        passive.expect([WRONG])
    link = Link(active, passive)
    link.run(1.0)
    if not is_early:
        passive.expect([WRONG])
        link.run(2.0)
    assert passive.state is DtlsState.CLOSED
    assert passive.failure == "dtls.fingerprint"
    assert passive.keys is None
    assert active.state is DtlsState.CLOSED  # it was told
    assert active.failure == "dtls.closed"
    assert passive.next_timer() is None


def test_the_active_side_checks_too(peer_certificate: Certificate, passive: Dtls) -> None:
    active = Dtls(peer_certificate, "active")
    active.expect([WRONG])
    Link(active, passive).run(1.0)
    assert active.failure == "dtls.fingerprint"
    assert active.keys is None


@pytest.mark.parametrize("algorithm", ["sha-384", "sha-512"])
def test_stronger_fingerprints_are_accepted(active: Dtls, passive: Dtls, algorithm: str) -> None:
    Link(active, passive).run(1.0)
    seen = passive._connection.get_peer_certificate(as_cryptography=True)
    assert seen is not None
    passive.expect([Fingerprint.of(seen.public_bytes(Encoding.DER), algorithm)])
    assert passive.state is DtlsState.SECURED


def first_time_lost() -> Callable[[float, bytes], bool]:
    seen: set[bytes] = set()

    def is_lost(_: float, datagram: bytes) -> bool:
        is_first = datagram not in seen
        seen.add(datagram)
        return is_first

    return is_lost


def test_every_flight_may_be_lost_once(
    active: Dtls, passive: Dtls, peer_certificate: Certificate
) -> None:
    passive.expect([peer_certificate.fingerprint])
    link = Link(active, passive, is_lost=first_time_lost())
    link.run(2.0)
    assert_same_keys(active, passive)
    assert link.lost == 4
    # four flights, each 10 ms of way and 60 ms late at most, and a repeat asked for
    assert link.secured_at is not None
    assert link.secured_at < 0.4


@pytest.mark.parametrize("seed", range(8))
def test_seventy_percent_loss_only_takes_longer(
    active: Dtls, passive: Dtls, peer_certificate: Certificate, seed: int
) -> None:
    source = random.Random(seed)
    passive.expect([peer_certificate.fingerprint])
    link = Link(active, passive, is_lost=lambda *_: source.random() < 0.7)
    link.run(60.0)
    assert_same_keys(active, passive)


def test_a_flight_is_repeated_first_soon_and_then_ever_later(active: Dtls) -> None:
    active.start(now=0.0)
    (hello,) = active.datagrams_to_send()
    assert len(hello) <= MTU_BYTES
    times: list[float] = []
    while len(times) < 7:
        at = active.next_timer()
        assert at is not None
        active.handle_timer(now=at - 0.001)
        assert active.datagrams_to_send() == []
        active.handle_timer(now=at)
        assert active.datagrams_to_send() == [hello]
        times.append(at)
    gaps = [round(b - a, 3) for a, b in zip([0.0, *times], times, strict=False)]
    assert gaps == [0.06, 0.12, 0.24, 0.25, 0.25, 0.25, 0.25]


def handshake_with_lost_last_flight(active: Dtls, passive: Dtls) -> Link:
    """The passive side is done, the active one is not."""
    link = Link(active, passive, is_lost=lambda *_: passive.state is not DtlsState.HANDSHAKING)
    link.run(0.05)
    assert active.state is DtlsState.HANDSHAKING
    assert passive.state is DtlsState.UNVERIFIED
    return link


def test_the_last_flight_is_repeated_unasked_a_few_times(active: Dtls, passive: Dtls) -> None:
    handshake_with_lost_last_flight(active, passive)
    repeats = 0
    while repeats < 100 and (at := passive.next_timer()) is not None:
        passive.handle_timer(now=at)
        repeats += len(passive.datagrams_to_send())
    assert repeats == CALM.finals


def test_media_ends_the_repeats_but_a_request_is_still_answered(
    active: Dtls, passive: Dtls
) -> None:
    link = handshake_with_lost_last_flight(active, passive)
    passive.settle()
    assert passive.next_timer() is None
    link.is_lost = lambda *_: False
    link.run(1.0)
    assert active.state is DtlsState.SECURED


def test_settling_while_shaking_hands_stops_nothing(active: Dtls) -> None:
    active.start(now=0)
    active.settle()
    assert active.next_timer() == CALM.first_s


def test_two_finished_sides_do_not_keep_answering_each_other(
    active: Dtls, passive: Dtls, peer_certificate: Certificate
) -> None:
    passive.expect([peer_certificate.fingerprint])
    link = Link(active, passive)
    link.run(30.0)
    assert link.sent < 4 + 2 * CALM.finals + 2


def test_closing_tells_the_peer(active: Dtls, passive: Dtls, peer_certificate: Certificate) -> None:
    passive.expect([peer_certificate.fingerprint])
    link = Link(active, passive)
    link.run(1.0)
    passive.close()
    assert passive.state is DtlsState.CLOSED
    assert passive.keys is None
    link.run(2.0)
    assert active.failure == "dtls.closed"
    passive.close()
    assert passive.datagrams_to_send() == []
    assert passive.drops == {"dtls.closed": 1}  # the peer's own farewell


def test_closing_before_the_handshake_says_nothing(passive: Dtls) -> None:
    passive.close()
    assert passive.datagrams_to_send() == []
    assert passive.next_timer() is None


def test_the_passive_side_does_not_start(passive: Dtls) -> None:
    with pytest.raises(StateError):
        passive.start(now=0)


def rsa_certificate() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Some clients still have RSA, and long validities."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, AT, AT + timedelta(days=9e3))
    return key, builder.sign(key, SHA256())


CLIENT_KEY, CLIENT_CERTIFICATE = rsa_certificate()
CLIENT_FINGERPRINT = Fingerprint.of(CLIENT_CERTIFICATE.public_bytes(Encoding.DER))


class ForeignClient:
    """A client of plain pyOpenSSL, with settings of the test's choice."""

    def __init__(
        self,
        profiles: bytes | None = None,
        *,
        has_certificate: bool = True,
        accepts: bool = True,
    ) -> None:
        context = SSL.Context(SSL.DTLS_METHOD)
        context.set_options(SSL.OP_NO_QUERY_MTU)
        context.set_verify(SSL.VERIFY_PEER, lambda *_: accepts)
        if profiles is not None:
            context.set_tlsext_use_srtp(profiles)
        if has_certificate:
            context.use_certificate(CLIENT_CERTIFICATE)
            context.use_privatekey(CLIENT_KEY)
        self.connection = SSL.Connection(context, None)
        self.connection.set_ciphertext_mtu(1200)
        self.connection.set_connect_state()

    def shake_hands(self, passive: Dtls) -> None:
        for step in range(10):
            try:
                self.connection.do_handshake()
            except SSL.WantReadError:
                pass
            except SSL.Error:
                self.pass_on(passive, step / 100)
                return
            self.pass_on(passive, step / 100)
            for datagram in passive.datagrams_to_send():
                self.connection.bio_write(datagram)

    def pass_on(self, passive: Dtls, now: float) -> None:
        try:
            passive.receive(self.connection.bio_read(65536), now=now)
        except SSL.WantReadError:
            return


@pytest.mark.parametrize(
    ("offer", "chosen"),
    [
        (b"SRTP_AES128_CM_SHA1_80", SrtpProfile.AES128_CM_SHA1_80),
        (b"SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_80", SrtpProfile.AEAD_AES_256_GCM),
        (
            b"SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM",
            SrtpProfile.AEAD_AES_128_GCM,
        ),
    ],
)
def test_we_choose_the_profile_we_like_best_among_those_offered(
    passive: Dtls, offer: bytes, chosen: SrtpProfile
) -> None:
    passive.expect([CLIENT_FINGERPRINT])
    client = ForeignClient(offer)
    client.shake_hands(passive)
    assert passive.keys is not None
    assert passive.keys.profile is chosen
    size = 2 * (chosen.key_bytes + chosen.salt_bytes)
    material = client.connection.export_keying_material(b"EXTRACTOR-dtls_srtp", size)
    assert material.startswith(passive.keys.remote.key + passive.keys.local.key)
    assert material.endswith(passive.keys.remote.salt + passive.keys.local.salt)


def test_a_peer_without_srtp_is_refused(passive: Dtls) -> None:
    passive.expect([CLIENT_FINGERPRINT])
    ForeignClient().shake_hands(passive)
    assert passive.failure == "dtls.profile"
    assert passive.keys is None


def test_a_peer_without_a_certificate_is_refused(passive: Dtls) -> None:
    passive.expect([CLIENT_FINGERPRINT])
    ForeignClient(b"SRTP_AEAD_AES_128_GCM", has_certificate=False).shake_hands(passive)
    assert passive.failure == "dtls.handshake"


def test_a_peer_that_refuses_us_ends_it(passive: Dtls) -> None:
    ForeignClient(b"SRTP_AEAD_AES_128_GCM", accepts=False).shake_hands(passive)
    assert passive.failure == "dtls.handshake"
    assert passive.next_timer() is None


def test_renegotiation_changes_nothing(passive: Dtls) -> None:
    passive.expect([CLIENT_FINGERPRINT])
    client = ForeignClient(b"SRTP_AEAD_AES_128_GCM")
    client.shake_hands(passive)
    keys = passive.keys
    client.connection.renegotiate()
    with pytest.raises(SSL.WantReadError):
        client.connection.do_handshake()
    client.pass_on(passive, 1.0)
    assert passive.state is DtlsState.SECURED
    assert passive.keys is keys


def test_application_data_is_counted_and_dropped(passive: Dtls) -> None:
    passive.expect([CLIENT_FINGERPRINT])
    client = ForeignClient(b"SRTP_AEAD_AES_128_GCM")
    client.shake_hands(passive)
    client.connection.send(b"a data channel, perhaps")
    client.pass_on(passive, 1.0)
    assert passive.drops == {"dtls.application_data": 1}
    assert passive.state is DtlsState.SECURED


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(20, 23), st.booleans())
def test_any_bytes_are_taken_without_error(noise: bytes, kind: int, is_secured: bool) -> None:
    passive = Dtls(OURS)
    passive.expect([CLIENT_FINGERPRINT])
    if is_secured:
        ForeignClient(b"SRTP_AEAD_AES_128_GCM").shake_hands(passive)
    well_formed = bytes((kind, 0xFE, 0xFD)) + bytes(8) + len(noise).to_bytes(2) + noise
    for datagram in (noise, well_formed, memoryview(well_formed), well_formed + noise):
        passive.receive(datagram, now=0)
    passive.handle_timer(now=1)
    passive.datagrams_to_send()
    assert (passive.keys is not None) is is_secured


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3), st.integers(0, 2000), st.integers(1, 255))
def test_a_damaged_flight_never_yields_wrong_keys(flight: int, position: int, change: int) -> None:
    active, passive = Dtls(OURS, "active"), Dtls(OURS)
    for side in (active, passive):
        side.expect([OURS.fingerprint])
    link = Link(active, passive)

    def damage(number: int, datagram: bytes) -> bytes:
        if number != flight:
            return datagram
        body = bytearray(datagram)
        body[position % len(body)] ^= change
        return bytes(body)

    link.change = damage
    link.run(3.0)
    if active.keys is not None and passive.keys is not None:
        assert_same_keys(active, passive)
    for side in (active, passive):
        assert (side.keys is not None) is (side.state is DtlsState.SECURED)
