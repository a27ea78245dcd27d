"""Records what Chromium sends: `python -m tests.corpus.record`.

`chromium/offer.sdp` says what it can do, as mediasoup-client's Device asks it. For {vp9,av1}_l1t3
it encodes a small moving picture in three temporal layers and sends it to aiortc over loopback;
kept are the opened RTP packets as they came, from the first key frame on, with one more key frame
asked for on the way. The files are committed, so tests read the same bytes for ever.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aioice.ice
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.codecs import CODECS, HEADER_EXTENSIONS
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import (
    RTCRtcpFeedback,
    RTCRtpCodecParameters,
    RTCRtpHeaderExtensionParameters,
)
from aiortc.rtcrtpreceiver import RTCRtpReceiver

from bench.browser import chromium, open_page

TARGET = Path(__file__).parent / "chromium"
DESCRIPTOR = (
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"
)
PACKETS = 44
KEY_FRAME_AGAIN_AT = 24

OFFER = """async ([mimeType]) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 180];
    const context = canvas.getContext("2d");
    let at = 0;
    setInterval(() => {
        context.fillStyle = at % 2 ? "#eee" : "#eef";
        context.fillRect(0, 0, 320, 180);
        context.fillStyle = "#123";
        context.font = "20px monospace";
        for (let row = 0; row < 8; row += 1) {
            context.fillText(`line ${row + at}`, 10, 22 * row + 20);
        }
        at += 1;
    }, 66);
    const [track] = canvas.captureStream(15).getVideoTracks();
    track.contentHint = "detail";
    const peer = new RTCPeerConnection();
    window.peer = peer;
    const transceiver = peer.addTransceiver(track, {
        direction: "sendonly",
        sendEncodings: [{ scalabilityMode: "L1T3", maxBitrate: 150000 }],
    });
    const codecs = RTCRtpReceiver.getCapabilities("video").codecs;
    transceiver.setCodecPreferences(codecs.filter((codec) => codec.mimeType === mimeType));
    await peer.setLocalDescription();
    while (peer.iceGatheringState !== "complete") await new Promise((go) => setTimeout(go, 20));
    return peer.localDescription.sdp;
}"""
CAPABILITIES = """async () => {
    const peer = new RTCPeerConnection();
    peer.addTransceiver("audio");
    peer.addTransceiver("video", { sendEncodings: [{ scalabilityMode: "L3T3" }] });
    return (await peer.createOffer()).sdp;
}"""
ANSWER = """(sdp) => window.peer.setRemoteDescription({ type: "answer", sdp })"""


def teach(mime_type: str) -> None:
    """Makes aiortc accept the codec and the descriptor; it decodes nothing."""
    feedback = [RTCRtcpFeedback(type="nack", parameter="pli")]
    CODECS["video"] = [
        RTCRtpCodecParameters(
            mimeType=mime_type, clockRate=90000, payloadType=97, rtcpFeedback=feedback
        )
    ]
    HEADER_EXTENSIONS["video"] = [
        RTCRtpHeaderExtensionParameters(id=1, uri="urn:ietf:params:rtp-hdrext:sdes:mid"),
        RTCRtpHeaderExtensionParameters(id=2, uri=DESCRIPTOR),
    ]


async def record(mime_type: str) -> dict[str, Any]:
    """The first packets of one stream."""
    teach(mime_type)
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
    packets: list[str] = []
    enough = asyncio.Event()
    receivers: list[RTCRtpReceiver] = []

    async def keep(self: RTCDtlsTransport, data: bytes, arrival_time_ms: int) -> None:
        if enough.is_set():
            return
        packets.append(data.hex())
        if len(packets) == KEY_FRAME_AGAIN_AT:
            ssrc = int.from_bytes(data[8:12], "big")
            await receivers[0]._send_rtcp_pli(ssrc)
        if len(packets) == PACKETS:
            enough.set()

    RTCDtlsTransport._handle_rtp_data = keep  # type: ignore[method-assign]
    peer = RTCPeerConnection()
    async with chromium(fps=20) as browser:
        page = await open_page(browser)
        await page.goto("about:blank")
        offer = await page.evaluate(OFFER, [mime_type])
        await peer.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        receivers.extend(one.receiver for one in peer.getTransceivers())
        await peer.setLocalDescription(await peer.createAnswer())
        # Without this line Chromium never writes a descriptor, as its first needs the long form.
        answer = peer.localDescription.sdp.replace("a=group", "a=extmap-allow-mixed\r\na=group", 1)
        await page.evaluate(ANSWER, answer)
        await asyncio.wait_for(enough.wait(), 20)
        version = browser.version
    await peer.close()
    ids = {
        line.split(" ", 1)[1]: int(line.split(":")[1].split(" ")[0].split("/")[0])
        for line in answer.splitlines()
        if line.startswith("a=extmap:")
    }
    return {"browser": f"Chromium {version}", "extensions": ids, "packets": packets}


async def main() -> None:
    """The offer, and both codecs one after the other."""
    async with chromium(fps=20) as browser:
        page = await open_page(browser)
        await page.goto("about:blank")
        offer = await page.evaluate(CAPABILITIES)
        (TARGET / "offer.sdp").write_text(offer, encoding="utf-8", newline="")
    for codec in ("VP9", "AV1"):
        recorded = await record(f"video/{codec}")
        target = TARGET / f"{codec.lower()}_l1t3.json"
        target.write_text(json.dumps(recorded, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
