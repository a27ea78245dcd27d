"""The two ways a packet is protected, without any memory of packets.

Takes the packet index from its caller and trusts it: ROC << 16 | sequence number for RTP, 31 bits
for RTCP. Opening gives None for what is not authentic. Does not look for replays.
AES-GCM: RFC 7714. AES counter mode with HMAC-SHA1: RFC 3711 sections 4.1.1 and 4.2.
"""

from __future__ import annotations

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from media.transport.keys import MasterKey, SrtpProfile, rtcp_session, rtp_session

Octets = bytes | bytearray | memoryview

RTCP_HEADER_BYTES = 8
RTCP_ENCRYPTED = 1 << 31
"""The E bit before the SRTCP index, RFC 3711 section 3.4."""
_RTCP_INDEX_BYTES = 4
_SHA1_80_BYTES = 10


class GcmCipher:
    """AEAD_AES_128_GCM and AEAD_AES_256_GCM. `aead` and `salt` are for the batch path:

    nonce = ((ssrc << 48 | index) ^ salt) as 12 bytes, associated data = the RTP header.
    """

    def __init__(self, profile: SrtpProfile, master: MasterKey) -> None:
        rtp, rtcp = rtp_session(profile, master), rtcp_session(profile, master)
        self.aead = AESGCM(rtp.encryption)
        self.salt = rtp.salt
        self._rtcp_aead = AESGCM(rtcp.encryption)
        self._rtcp_salt = rtcp.salt

    def seal_rtp(self, header: Octets, payload: Octets, ssrc: int, index: int) -> bytes:
        nonce = ((ssrc << 48 | index) ^ self.salt).to_bytes(12)
        return b"".join((header, self.aead.encrypt(nonce, payload, header)))

    def open_rtp(self, packet: Octets, header_length: int, ssrc: int, index: int) -> bytes | None:
        nonce = ((ssrc << 48 | index) ^ self.salt).to_bytes(12)
        try:
            return self.aead.decrypt(nonce, packet[header_length:], packet[:header_length])
        except InvalidTag:
            return None

    def seal_rtcp(self, compound: bytes, ssrc: int, index: int) -> bytes:
        header, word = compound[:RTCP_HEADER_BYTES], (RTCP_ENCRYPTED | index).to_bytes(4)
        nonce = ((ssrc << 48 | index) ^ self._rtcp_salt).to_bytes(12)
        sealed = self._rtcp_aead.encrypt(nonce, compound[RTCP_HEADER_BYTES:], header + word)
        return header + sealed + word

    def open_rtcp(self, packet: bytes, ssrc: int, index: int) -> bytes | None:
        header, word = packet[:RTCP_HEADER_BYTES], packet[-_RTCP_INDEX_BYTES:]
        nonce = ((ssrc << 48 | index) ^ self._rtcp_salt).to_bytes(12)
        sealed = packet[RTCP_HEADER_BYTES:-_RTCP_INDEX_BYTES]
        try:
            return header + self._rtcp_aead.decrypt(nonce, sealed, header + word)
        except InvalidTag:
            return None

    def rtcp_index_word(self, packet: bytes) -> int | None:
        if len(packet) < RTCP_HEADER_BYTES + 16 + _RTCP_INDEX_BYTES:
            return None
        return int.from_bytes(packet[-_RTCP_INDEX_BYTES:])


class CounterModeCipher:
    """AES128_CM_SHA1_80, for peers without GCM.

    Our own rather than libsrtp's: the index is the caller's, there is no size limit of the
    binding (1356 and 1500 bytes), and it costs the same (2.1 us for 1 kB, measured).
    """

    def __init__(self, profile: SrtpProfile, master: MasterKey) -> None:
        self._rtp = _KeyedStream(profile, master, is_rtcp=False)
        self._rtcp = _KeyedStream(profile, master, is_rtcp=True)

    def seal_rtp(self, header: Octets, payload: Octets, ssrc: int, index: int) -> bytes:
        sealed = b"".join((header, self._rtp.encrypt(payload, ssrc, index)))
        return sealed + self._rtp.tag(sealed, (index >> 16).to_bytes(4))

    def open_rtp(self, packet: Octets, header_length: int, ssrc: int, index: int) -> bytes | None:
        end = len(packet) - _SHA1_80_BYTES
        if end < header_length:
            return None
        tag = self._rtp.tag(packet[:end], (index >> 16).to_bytes(4))
        if not hmac.compare_digest(tag, packet[end:]):
            return None
        return self._rtp.encrypt(packet[header_length:end], ssrc, index)

    def seal_rtcp(self, compound: bytes, ssrc: int, index: int) -> bytes:
        payload = self._rtcp.encrypt(compound[RTCP_HEADER_BYTES:], ssrc, index)
        word = (RTCP_ENCRYPTED | index).to_bytes(4)
        sealed = compound[:RTCP_HEADER_BYTES] + payload + word
        return sealed + self._rtcp.tag(sealed)

    def open_rtcp(self, packet: bytes, ssrc: int, index: int) -> bytes | None:
        end = len(packet) - _SHA1_80_BYTES
        if not hmac.compare_digest(self._rtcp.tag(packet[:end]), packet[end:]):
            return None
        payload = packet[RTCP_HEADER_BYTES : end - _RTCP_INDEX_BYTES]
        return packet[:RTCP_HEADER_BYTES] + self._rtcp.encrypt(payload, ssrc, index)

    def rtcp_index_word(self, packet: bytes) -> int | None:
        end = len(packet) - _SHA1_80_BYTES
        if end < RTCP_HEADER_BYTES + _RTCP_INDEX_BYTES:
            return None
        return int.from_bytes(packet[end - _RTCP_INDEX_BYTES : end])


class _KeyedStream:
    """Key stream and authentication tag of one direction; the contexts are made once."""

    def __init__(self, profile: SrtpProfile, master: MasterKey, *, is_rtcp: bool) -> None:
        session = (rtcp_session if is_rtcp else rtp_session)(profile, master)
        self._salt = session.salt << 16
        self._stream = Cipher(algorithms.AES(session.encryption), modes.CTR(bytes(16))).encryptor()
        self._authentication = hmac.new(session.authentication, digestmod="sha1")

    def encrypt(self, payload: Octets, ssrc: int, index: int) -> bytes:
        """`payload` against the key stream of (ssrc, index); its own inverse."""
        self._stream.reset_nonce((self._salt ^ ssrc << 64 ^ index << 16).to_bytes(16))
        return self._stream.update(payload)

    def tag(self, covered: Octets, suffix: bytes = b"") -> bytes:
        """The truncated HMAC of `covered` and `suffix` (for RTP the rollover counter)."""
        authentication = self._authentication.copy()
        authentication.update(covered)
        authentication.update(suffix)
        return authentication.digest()[:_SHA1_80_BYTES]


def make_cipher(profile: SrtpProfile, master: MasterKey) -> GcmCipher | CounterModeCipher:
    """The cipher of `profile` for one direction."""
    if profile.is_aead:
        return GcmCipher(profile, master)
    return CounterModeCipher(profile, master)
