"""What one person's browser received, by the receiving page's own counters (W3C webrtc-stats)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

KEEP_PEERS = """
const Peer = window.RTCPeerConnection;
window.peers = [];
window.RTCPeerConnection = class extends Peer {
    constructor(...settings) { super(...settings); window.peers.push(this); }
    setRemoteDescription({ type, sdp }) {
        return super.setRemoteDescription({ type, sdp: sdp.replaceAll(" %d typ ", " %d typ ") });
    }
};
"""
"""The media port is replaced by one that leads to the person's own line."""

SMALL_CAMERA = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
window.microphones = [];
navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (typeof wanted?.video === "object") {
        Object.assign(wanted.video, { width: 640, height: 360, frameRate: 15 });
    }
    const stream = await open(wanted);
    window.microphones.push(...stream.getAudioTracks());
    return stream;
};
"""
"""A webcam of 640 x 360 at 15 frames a second, whose lower layer is 320 x 180: three layers of four
pages, encoded without a GPU, would measure the processor. The microphones are kept, so that a
benchmark can let people talk by turns."""

INBOUND = """async () => {
    const rows = [];
    for (const peer of window.peers) {
        if (peer.connectionState === "closed") continue;
        for (const entry of (await peer.getStats()).values()) {
            if (entry.type === "inbound-rtp") rows.push(entry);
        }
    }
    return JSON.stringify(rows);
}"""
OPEN = """() => window.peers.filter(
    (peer) => !["closed", "failed"].includes(peer.connectionState)).length"""
"""Transports there are: both directions, and none that was for asking what the browser can."""

AUDIO_COUNTERS = (
    "totalSamplesReceived", "concealedSamples", "silentConcealedSamples", "concealmentEvents",
    "jitterBufferDelay", "jitterBufferTargetDelay", "jitterBufferEmittedCount",
    "totalAudioEnergy", "packetsDiscarded",
)  # fmt: skip
VIDEO_COUNTERS = (
    "framesDecoded", "freezeCount", "totalFreezesDuration", "jitterBufferDelay",
    "jitterBufferEmittedCount", "keyFramesDecoded",
)  # fmt: skip
WHY_MISSING = {
    "came": "framesReceived", "dropped": "framesDropped", "keys": "keyFramesDecoded",
    "asked": "nackCount", "pleas": "pliCount", "frozen_s": "totalFreezesDuration",
}  # fmt: skip
"""What tells why a picture was not shown, by its name in a timeline."""


@dataclass(frozen=True, slots=True)
class Look:
    """All streams of one page at `at`, seconds of any clock; rows are `inbound-rtp` entries."""

    at: float
    rows: Sequence[Json]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a span of looks says. `concealed` is a share of all samples played (1.0 where nothing
    was), `delay_s` the mean stay in the jitter buffer and `target_s` the stay it aimed at."""

    concealed: float
    silent: float
    events: int
    delay_s: float
    target_s: float
    energy: float


@dataclass(frozen=True, slots=True)
class Seen:
    """`freeze_s` counts what the browser calls a freeze, and at least every whole second between
    two looks in which no frame came: a freeze that never ends is in no counter."""

    fps: float
    freezes: int
    freeze_s: float
    delay_s: float
    height: int


def grown(looks: Sequence[Look], kind: str, names: Sequence[str]) -> dict[str, float]:
    """By how much each counter of a kind of stream grew over the looks; streams may come and go."""
    total = dict.fromkeys(names, 0.0)
    for before, after in pairwise(looks):
        was = {row["id"]: row for row in before.rows if row["kind"] == kind}
        for row in after.rows:
            if row["kind"] != kind:
                continue
            old = was.get(row["id"], {})
            for name in names:
                total[name] += max(row.get(name, 0) - old.get(name, 0), 0)
    return total


def heard(looks: Sequence[Look]) -> Heard:
    """Sound of all streams from the first look to the last."""
    count = grown(looks, "audio", AUDIO_COUNTERS)
    samples = count["totalSamplesReceived"]
    emitted = max(count["jitterBufferEmittedCount"], 1)
    return Heard(
        concealed=count["concealedSamples"] / samples if samples else 1.0,
        silent=count["silentConcealedSamples"] / samples if samples else 0.0,
        events=round(count["concealmentEvents"]),
        delay_s=count["jitterBufferDelay"] / emitted,
        target_s=count["jitterBufferTargetDelay"] / emitted,
        energy=count["totalAudioEnergy"],
    )


def seen(looks: Sequence[Look]) -> Seen:
    """Pictures of all streams from the first look to the last; `fps` of one stream, if several."""
    count = grown(looks, "video", VIDEO_COUNTERS)
    took = max(looks[-1].at - looks[0].at, 1e-9)
    rows = [row for row in looks[-1].rows if row["kind"] == "video"]
    still = sum(
        after.at - before.at
        for before, after in pairwise(looks)
        if not grown((before, after), "video", ("framesDecoded",))["framesDecoded"]
    )
    return Seen(
        fps=count["framesDecoded"] / took / max(len(rows), 1),
        freezes=round(count["freezeCount"]),
        freeze_s=max(count["totalFreezesDuration"], still),
        delay_s=count["jitterBufferDelay"] / max(count["jitterBufferEmittedCount"], 1),
        height=max((row.get("frameHeight", 0) for row in rows), default=0),
    )


def calm_again_s(looks: Sequence[Look], since: float, usual_s: float, near_s: float) -> float:
    """Seconds after `since` until the delay between two looks is within `near_s` of `usual_s`, and
    stays there; infinite if it does not."""
    calm_at = float("inf")
    for before, after in pairwise(looks):
        if heard((before, after)).delay_s > usual_s + near_s:
            calm_at = float("inf")
        else:
            calm_at = min(calm_at, after.at)
    return max(calm_at - since, 0.0)


def timeline(looks: Sequence[Look]) -> list[Json]:
    """Second by second what `heard` and `seen` sum up; targets are those the page asked for."""
    found = []
    for before, after in pairwise(looks):
        sound, picture = heard((before, after)), seen((before, after))
        why = grown((before, after), "video", tuple(WHY_MISSING.values()))
        found.append(
            {
                "at": round(after.at, 1),
                "concealed_pct": round(sound.concealed * 100, 1),
                "delay_ms": round(sound.delay_s * 1000),
                "target_ms": round(sound.target_s * 1000),
                "fps": round(picture.fps, 1),
                "video_delay_ms": round(picture.delay_s * 1000),
                "height": picture.height,
                **{name: round(why[counter], 1) for name, counter in WHY_MISSING.items()},
            }
        )
    return found


def rates(before: Mapping[str, int], after: Mapping[str, int], took_s: float) -> Json:
    """One direction's link between two counts: offered kbit/s, and the shares lost and dropped."""
    grew = {name: after.get(name, 0) - before.get(name, 0) for name in after}
    sent = max(grew.get("sent", 0), 1)
    return {
        "kbps": round(grew.get("offered", 0) * 8 / took_s / 1000),
        "lost": round(grew.get("lost", 0) / sent, 3),
        "dropped": round(grew.get("dropped", 0) / sent, 4),
        "packets_s": round(grew.get("sent", 0) / took_s),
    }
