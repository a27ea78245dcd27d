"""The load of the forwarding benchmark is what it says, and its receivers count right."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bench.feedback import Arrivals
from bench.forwarding import Row, headline, measure
from bench.load import (
    AUDIO_PACKETS_S,
    CAMERA,
    SCREEN,
    SENT_AT,
    VIDEO_SSRC,
    Picture,
    Publisher,
    audio_parameters,
    plan,
    video_parameters,
)
from bench.reception import SAMPLE_EVERY, TRANSPORT_NUMBER, Reception, summary, transport_number
from bench.subject import OwnWorker, lecture, mesh
from media.ortc.negotiate import producer_mapping
from media.ortc.parameters import parse_parameters
from media.transport.keys import MasterKey, SrtpProfile
from media.transport.srtp import SrtpOpener, SrtpSealer
from media.wire import extension, rtp, vp8
from media.wire.rtcp_transport import parse_transport_feedback

PROFILE, KEY = SrtpProfile.AEAD_AES_128_GCM, MasterKey(bytes(16), bytes(12))


@pytest.mark.parametrize("picture", [SCREEN, CAMERA, SCREEN.scaled(7.5)])
def test_the_plan_has_the_rates_it_promises(picture: Picture) -> None:
    planned = list(plan(10, picture))
    assert sum(one.is_video for one in planned) == 10 * picture.packets_s
    assert sum(not one.is_video for one in planned) == 10 * AUDIO_PACKETS_S
    assert all(one.at <= other.at for one, other in pairwise(planned))
    video = [one for one in planned if one.is_video]
    assert sum(one.first for one in video) == sum(one.last for one in video) == 300


def test_its_video_is_vp8_with_a_key_frame_when_asked() -> None:
    opener = SrtpOpener(PROFILE, KEY)
    publisher = Publisher(SrtpSealer(PROFILE, KEY))
    keys, layers = {}, []
    for planned in plan(0.2):
        if planned.is_video and planned.first and planned.frame == 4:
            publisher.key_frame_wanted = True
        packet = publisher.packet(planned, now=1.5)
        header = rtp.parse_header(packet)
        opened = opener.open_rtp(packet, header.header_length, header.ssrc, header.sequence)
        assert opened is not None
        assert SENT_AT.unpack(opened[1][-SENT_AT.size :]) == (1.5,)
        if planned.is_video:
            assert len(opened[1]) == SCREEN.packet_bytes
            seen = vp8.parse(opened[1])
            assert seen.picture_id == planned.frame
            assert seen.start_of_partition == planned.first
            if planned.first:
                keys[planned.frame] = seen.key_frame
                layers.append((seen.temporal_id, seen.layer_sync))
    assert keys == {frame: frame in (0, 4) for frame in range(6)}
    # The pattern begins again with the key frame.
    assert layers == [(0, False), (2, True), (1, True), (2, False), (0, False), (2, True)]


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
        reception.take(sealed(number, sealer), opener, now=0.0)
    told = summary([reception], [Reception()])
    assert (told["packets"], told["lost"]) == (8, 3)
    assert told["silent_receivers"] == 0


def test_a_sample_that_does_not_open_is_told() -> None:
    sealer, opener = SrtpSealer(PROFILE, KEY), SrtpOpener(PROFILE, KEY)
    reception = Reception()
    reception.take(sealed(SAMPLE_EVERY, sealer), opener, now=0.0)
    assert len(reception.delays_s) == 1
    spoilt = bytearray(sealed(2 * SAMPLE_EVERY, sealer))
    spoilt[-1] ^= 1
    reception.take(memoryview(spoilt), opener, now=0.0)
    assert (reception.refused, reception.packets) == (1, 2)


def test_nothing_received_is_no_delay_and_a_silent_receiver() -> None:
    told = summary([Reception()], [Reception()])
    assert (told["delay_p50_ms"], told["silent_receivers"]) == (None, 1)


def test_transport_numbers_are_found_and_told_back() -> None:
    elements = {10: b"\x10", TRANSPORT_NUMBER: (65535).to_bytes(2, "big")}
    header = rtp.pack_header(
        payload_type=96, sequence=1, timestamp=0, ssrc=1, extension=extension.pack(elements)
    )
    assert transport_number(memoryview(header)) == 65535
    plain = rtp.pack_header(payload_type=96, sequence=1, timestamp=0, ssrc=1)
    assert transport_number(memoryview(plain)) is None

    arrivals = Arrivals()
    for number, at in ((65534, 10.0), (65535, 10.001), (1, 10.003)):
        arrivals.came(number, at)
    told = arrivals.feedback()
    assert told is not None
    assert told.base_sequence == 65534
    assert told.deltas == (64, 4, None, 8)  # from 10.0 s, which is 16 ms past its 64 ms unit
    assert parse_transport_feedback(told.pack()[4:]).deltas == told.deltas
    assert arrivals.feedback() is None


def test_in_a_mesh_everybody_hears_the_others_only() -> None:
    assert mesh(3).audience == ((1, 2), (0, 2), (0, 1))


async def test_a_short_run_forwards_everything_and_names_its_figures() -> None:
    run = measure(OwnWorker(), lecture(2), 0.5, warm_s=0.5)
    row: Row = await asyncio.wait_for(run, timeout=30)
    assert row.refused == 0
    assert row.packets_s > 200  # a busy machine looks like a narrow line, and gets fewer frames
    figures = headline({"n2": row})
    assert figures["us_per_packet_n2"] == row.us_per_packet > 0
    assert {"loss_n2", "delay_p99_ms_n2", "rss_mb_n2"} <= set(figures)
