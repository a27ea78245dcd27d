"""The load of the forwarding benchmark is what it says, and its receivers count right."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bench.forwarding import Row, headline, measure
from bench.load import (
    AUDIO_PACKETS_S,
    SENT_AT,
    VIDEO_PACKET_BYTES,
    VIDEO_PACKETS_S,
    VIDEO_SSRC,
    Publisher,
    audio_parameters,
    plan,
    video_parameters,
)
from bench.reception import SAMPLE_EVERY, Reception, summary
from media.ortc.negotiate import producer_mapping
from media.ortc.parameters import parse_parameters
from media.transport.keys import MasterKey, SrtpProfile
from media.transport.srtp import SrtpOpener, SrtpSealer
from media.wire import rtp, vp8

PROFILE, KEY = SrtpProfile.AEAD_AES_128_GCM, MasterKey(bytes(16), bytes(12))


def test_the_plan_has_the_rates_it_promises() -> None:
    planned = list(plan(10))
    assert sum(one.is_video for one in planned) == 10 * VIDEO_PACKETS_S
    assert sum(not one.is_video for one in planned) == 10 * AUDIO_PACKETS_S
    assert all(one.at <= other.at for one, other in pairwise(planned))
    video = [one for one in planned if one.is_video]
    assert sum(one.first for one in video) == sum(one.last for one in video) == 300


def test_its_video_is_vp8_with_a_key_frame_when_asked() -> None:
    opener = SrtpOpener(PROFILE, KEY)
    publisher = Publisher(SrtpSealer(PROFILE, KEY))
    keys = {}
    for planned in plan(0.2):
        if planned.is_video and planned.first and planned.frame == 4:
            publisher.key_frame_wanted = True
        packet = publisher.packet(planned, now=1.5)
        header = rtp.parse_header(packet)
        opened = opener.open_rtp(packet, header.header_length, header.ssrc, header.sequence)
        assert opened is not None
        assert SENT_AT.unpack(opened[1][-SENT_AT.size :]) == (1.5,)
        if planned.is_video:
            assert len(opened[1]) == VIDEO_PACKET_BYTES
            seen = vp8.parse(opened[1])
            assert seen.picture_id == planned.frame
            assert seen.start_of_partition == planned.first
            if planned.first:
                keys[planned.frame] = seen.key_frame
    assert keys == {frame: frame in (0, 4) for frame in range(6)}


@pytest.mark.parametrize("parameters", [audio_parameters(), video_parameters()])
def test_its_parameters_are_accepted(parameters: dict[str, object]) -> None:
    assert producer_mapping(parse_parameters(parameters)).payload_types


def sealed(number: int, sealer: SrtpSealer) -> memoryview:
    header = rtp.pack_header(
        payload_type=96, sequence=number & 0xFFFF, timestamp=0, ssrc=VIDEO_SSRC
    )
    return memoryview(sealer.seal_rtp(header, SENT_AT.pack(0.0), VIDEO_SSRC, number))


def test_a_receiver_counts_gaps_across_the_wrap_and_no_reordering() -> None:
    sealer, opener = SrtpSealer(PROFILE, KEY), SrtpOpener(PROFILE, KEY)
    reception = Reception()
    numbers = [65530, 65531, 65533, 65532, 65535, 65536, 65540, 65538]
    for number in numbers:
        reception.take(sealed(number, sealer), opener)
    told = summary([reception], [Reception()])
    assert (told["packets"], told["lost"]) == (8, 3)
    assert told["silent_receivers"] == 0


def test_a_sample_that_does_not_open_is_told() -> None:
    sealer, opener = SrtpSealer(PROFILE, KEY), SrtpOpener(PROFILE, KEY)
    reception = Reception()
    reception.take(sealed(SAMPLE_EVERY, sealer), opener)
    assert len(reception.delays_s) == 1
    spoilt = bytearray(sealed(2 * SAMPLE_EVERY, sealer))
    spoilt[-1] ^= 1
    reception.take(memoryview(spoilt), opener)
    assert (reception.refused, reception.packets) == (1, 2)


def test_nothing_received_is_no_delay_and_a_silent_receiver() -> None:
    told = summary([Reception()], [Reception()])
    assert (told["delay_p50_ms"], told["silent_receivers"]) == (None, 1)


async def test_a_short_run_forwards_everything_and_names_its_figures() -> None:
    row: Row = await asyncio.wait_for(measure(2, 0.5, pin=False), timeout=30)
    assert (row.loss, row.refused) == (0, 0)
    assert row.packets_s > 400
    figures = headline([row])
    assert figures["us_per_packet_n2"] == row.us_per_packet > 0
    assert {"loss_n2", "delay_p99_ms_n2", "rss_mb_n2"} <= set(figures)
