"""aiortc's DTLS as the other side, in both roles, over memory; then media both ways."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator

import pytest
from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport

from media.transport.certificate import Certificate, Fingerprint
from media.transport.dtls import Dtls, DtlsState
from media.transport.srtp import make_pair

HEADER = struct.pack("!BBHII", 0x80, 96, 1, 1, 99)
REPORT = struct.pack("!BBHII", 0x81, 201, 2, 99, 0)


class MemoryPath:
    """What aiortc's DTLS wants of an ICE transport."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.to_aiortc: asyncio.Queue[bytes] = asyncio.Queue()
        self.from_aiortc: asyncio.Queue[bytes] = asyncio.Queue()

    async def _recv(self) -> bytes:
        return await self.to_aiortc.get()

    async def _send(self, datagram: bytes) -> None:
        self.from_aiortc.put_nowait(datagram)


class Call:
    """Our Dtls joined to aiortc's."""

    def __init__(self, certificate: Certificate, *, is_passive: bool) -> None:
        self.path = MemoryPath("controlled" if is_passive else "controlling")
        identity = RTCCertificate.generateCertificate()
        self.dtls = Dtls(certificate, "passive" if is_passive else "active")
        self.dtls.expect(
            Fingerprint(known.algorithm, known.value) for known in identity.getFingerprints()
        )
        self.other = RTCDtlsTransport(self.path, [identity])
        ours = certificate.fingerprint
        self.parameters = RTCDtlsParameters([RTCDtlsFingerprint(ours.algorithm, ours.value)])
        self.secured = asyncio.Event()
        if not is_passive:
            self.dtls.start(now=0.0)

    async def carry(self) -> None:
        """Lets datagrams flow; the task of the test's fixture."""
        while True:
            for datagram in self.dtls.datagrams_to_send():
                self.path.to_aiortc.put_nowait(datagram)
            self.dtls.receive(await self.path.from_aiortc.get(), now=0.0)
            if self.dtls.state is DtlsState.SECURED:
                self.secured.set()


@pytest.fixture(params=[True, False], ids=["we are passive", "we are active"])
async def call(request: pytest.FixtureRequest, certificate: Certificate) -> AsyncIterator[Call]:
    call = Call(certificate, is_passive=request.param)
    task = asyncio.create_task(call.carry())
    async with asyncio.timeout(10):
        await call.other.start(call.parameters)
    yield call
    task.cancel()
    await call.other.stop()
    await asyncio.gather(task, return_exceptions=True)


async def test_media_flows_both_ways(call: Call) -> None:
    assert call.other.state == "connected"
    async with asyncio.timeout(10):
        await call.secured.wait()
    assert call.dtls.keys is not None
    opener, sealer = make_pair(call.dtls.keys)
    sealed = sealer.seal_rtp(HEADER, b"to aiortc", 99, 1)
    assert call.other._rx_srtp.unprotect(sealed) == HEADER + b"to aiortc"
    back = call.other._tx_srtp.protect(HEADER + b"from aiortc")
    assert opener.open_rtp(back, len(HEADER), 99, 1) == (1, b"from aiortc")
    assert opener.open_rtcp(call.other._tx_srtp.protect_rtcp(REPORT)) == REPORT
    assert call.other._rx_srtp.unprotect_rtcp(sealer.seal_rtcp(REPORT)) == REPORT
