"""Certificates of DTLS-SRTP: ours, and the fingerprints that stand for theirs.

Certificates are self-signed; trust comes from the fingerprint given on the control side
(RFC 8122 section 5, RFC 8827 section 5.6.4). Does not check chains, names or dates.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from OpenSSL import SSL

from media.errors import Refused
from media.transport.keys import SrtpProfile

MTU_BYTES = 1200
"""Datagrams of a handshake; fits IPv6's 1280 with any tunnel (RFC 8831 section 5 uses the same)."""

_ALGORITHMS = ("sha-512", "sha-384", "sha-256")
"""Accepted hash functions, strongest first; SHA-1 is not among them."""
_MAX_FINGERPRINTS = 8
_VALIDITY = timedelta(days=365)
_CIPHERS = b"ECDHE+AESGCM:ECDHE+CHACHA20"
_DTLS_1_2 = 0xFEFD


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hash of a certificate: `algorithm` as in RFC 8122, `value` as upper-case hex with colons."""

    algorithm: str
    value: str

    @classmethod
    def of(cls, der: bytes, algorithm: str = "sha-256") -> Fingerprint:
        """The fingerprint of an encoded certificate."""
        digest = hashlib.new(algorithm.replace("-", ""), der).digest()
        return cls(algorithm, digest.hex(":").upper())

    def to_json(self) -> dict[str, str]:
        """mediasoup's DtlsFingerprint."""
        return {"algorithm": self.algorithm, "value": self.value}


def matches(der: bytes, fingerprints: Iterable[Fingerprint]) -> bool:
    """Whether `der` has one of the fingerprints of the strongest algorithm among them."""
    given = list(fingerprints)
    for algorithm in _ALGORITHMS:
        candidates = [known for known in given if known.algorithm == algorithm]
        if candidates:
            actual = Fingerprint.of(der, algorithm).value
            return any(hmac.compare_digest(actual, known.value) for known in candidates)
    return False


def parse_dtls_parameters(parameters: object) -> tuple[Fingerprint, ...]:
    """The usable fingerprints in a client's DtlsParameters (mediasoup's JSON form).

    Raises `Refused`: `dtls.parameters` for a wrong shape, `dtls.role` when the client wants to be
    the server, `dtls.fingerprint` when no fingerprint is of an accepted algorithm.
    """
    if not isinstance(parameters, Mapping):
        raise Refused("dtls.parameters", "not an object")
    if parameters.get("role", "auto") not in ("auto", "client"):
        raise Refused("dtls.role", "the client must be the active side")
    entries = parameters.get("fingerprints")
    if not isinstance(entries, list) or len(entries) > _MAX_FINGERPRINTS:
        raise Refused("dtls.parameters", "fingerprints")
    fingerprints = tuple(map(_parse_fingerprint, entries))
    usable = tuple(known for known in fingerprints if known.algorithm in _ALGORITHMS)
    if not usable:
        raise Refused("dtls.fingerprint", "none of an accepted algorithm")
    return usable


def _parse_fingerprint(entry: object) -> Fingerprint:
    if isinstance(entry, Mapping):
        algorithm, value = entry.get("algorithm"), entry.get("value")
        if isinstance(algorithm, str) and isinstance(value, str) and value.isascii():
            return Fingerprint(algorithm.lower(), value.upper())
    raise Refused("dtls.parameters", "fingerprint")


class Certificate:
    """A key pair, its self-signed certificate and the DTLS settings made of them.

    One per worker process: making the settings costs more than a handshake.
    """

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self.fingerprint = Fingerprint.of(certificate.public_bytes(Encoding.DER))
        """Ours, by sha-256, which every browser has (RFC 8122 section 5)."""
        self._context = _context(key, certificate)

    @classmethod
    def generate(cls, at: datetime) -> Certificate:
        """A new ECDSA P-256 certificate (RFC 8827 section 6.5), valid around `at` (aware UTC)."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "classroom")])
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(at - timedelta(days=1))
            .not_valid_after(at + _VALIDITY)
        )
        return cls(key, builder.sign(key, SHA256()))

    def connection(self) -> SSL.Connection:
        """A DTLS 1.2 connection over memory buffers, without a role yet."""
        connection = SSL.Connection(self._context, None)
        connection.set_ciphertext_mtu(MTU_BYTES)
        return connection


def _context(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> SSL.Context:
    context = SSL.Context(SSL.DTLS_METHOD)
    context.set_min_proto_version(_DTLS_1_2)
    context.set_max_proto_version(_DTLS_1_2)
    context.set_options(SSL.OP_NO_QUERY_MTU | SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_mode(SSL.MODE_RELEASE_BUFFERS)  # 82 instead of 93 kB an association, measured
    context.set_cipher_list(_CIPHERS)
    context.set_tlsext_use_srtp(":".join(profile.value for profile in SrtpProfile).encode())
    # Any certificate passes here: it is compared with its fingerprint, which may come later.
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
    context.use_certificate(certificate)
    context.use_privatekey(key)
    return context
