from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Refused
from media.transport.certificate import Certificate, Fingerprint, matches, parse_dtls_parameters

DER = b"any certificate"
SHA_256 = Fingerprint.of(DER)
SHA_512 = Fingerprint.of(DER, "sha-512")
WRONG = Fingerprint("sha-256", ":".join(["00"] * 32))


def parameters(*fingerprints: object, **more: object) -> dict[str, object]:
    return {"role": "client", "fingerprints": list(fingerprints)} | more


def test_a_fingerprint_is_upper_case_hex_with_colons() -> None:
    assert SHA_256.algorithm == "sha-256"
    assert bytes.fromhex(SHA_256.value.replace(":", "")) == hashlib.sha256(DER).digest()
    assert SHA_256.value == SHA_256.value.upper()
    assert SHA_256.to_json() == {"algorithm": "sha-256", "value": SHA_256.value}


@pytest.mark.parametrize("algorithm", ["sha-256", "sha-384", "sha-512"])
def test_any_accepted_algorithm_identifies(algorithm: str) -> None:
    assert matches(DER, [Fingerprint.of(DER, algorithm)])
    assert not matches(b"other", [Fingerprint.of(DER, algorithm)])


def test_only_the_strongest_algorithm_given_counts() -> None:
    """Else a forger would need to break only the weakest (RFC 8122 section 5)."""
    assert matches(DER, [SHA_256, SHA_512])
    assert not matches(DER, [SHA_256, Fingerprint("sha-512", "00")])
    assert matches(DER, [WRONG, SHA_256])  # two certificates of one peer
    assert not matches(DER, [])
    assert not matches(DER, [Fingerprint("sha-1", hashlib.sha1(DER).hexdigest())])


def test_parameters_of_a_client_are_read() -> None:
    entry = {"algorithm": "SHA-256", "value": SHA_256.value.lower()}
    assert parse_dtls_parameters(parameters(entry)) == (SHA_256,)
    without_role = {"fingerprints": [SHA_256.to_json(), {"algorithm": "sha-1", "value": "00"}]}
    assert parse_dtls_parameters(without_role) == (SHA_256,)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "dtls.parameters"),
        ([], "dtls.parameters"),
        ({}, "dtls.parameters"),
        (parameters("sha-256"), "dtls.parameters"),
        (parameters({"algorithm": "sha-256", "value": 5}), "dtls.parameters"),
        (parameters({"algorithm": "sha-256", "value": "\u00e4"}), "dtls.parameters"),
        (parameters(*[SHA_256.to_json()] * 9), "dtls.parameters"),
        (parameters(SHA_256.to_json(), role="server"), "dtls.role"),
        (parameters(SHA_256.to_json(), role=3), "dtls.role"),
        (parameters(), "dtls.fingerprint"),
        (parameters({"algorithm": "sha-1", "value": "00"}), "dtls.fingerprint"),
    ],
)
def test_other_parameters_are_refused_by_name(given: object, code: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_dtls_parameters(given)
    assert caught.value.code == code


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(JSON, JSON)
def test_any_json_is_read_or_refused(role: object, fingerprints: object) -> None:
    with pytest.raises(Refused):
        parse_dtls_parameters({"role": role, "fingerprints": [fingerprints]})


def test_a_certificate_is_what_browsers_accept() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    made: list[x509.Certificate] = []

    class Seen(Certificate):
        def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
            made.append(certificate)
            super().__init__(key, certificate)

    certificate = Seen.generate(at)
    public = made[0].public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert public.curve.name == "secp256r1"
    assert made[0].not_valid_before_utc < at < made[0].not_valid_after_utc
    assert matches(made[0].public_bytes(Encoding.DER), [certificate.fingerprint])
    assert certificate.fingerprint != Certificate.generate(at).fingerprint
