"""What one publisher sends, or one fault of ours, must not cost another room its stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from media.congestion.probing import Probe
from media.endpoint.egress import Egress
from media.endpoint.probes import Probes, _Running
from media.endpoint.sharing import Sharing
from tests.support.peers import Browser, Room


def two_pairs(room: Room) -> tuple[tuple[Browser, Browser], tuple[Browser, Browser]]:
    """Two who speak and show themselves, each with somebody who gets it."""
    pairs = []
    for number in (0, 2):
        speaker = Browser(room, f"speaker{number}", 1 + number)
        listener = Browser(room, f"listener{number}", 2 + number)
        room.run(0.5)
        speaker.speaks(f"mic{number}")
        speaker.shares_camera(f"cam{number}")
        listener.watches(f"mic{number}")
        listener.watches(f"cam{number}")
        room.run(1.0)
        pairs.append((speaker, listener))
    return pairs[0], pairs[1]


def heard(browser: Browser) -> int:
    return sum(len(sounds.frames) for sounds in browser.sounds.values())


def jump(room: Room, speaker: Browser) -> None:
    """Four packets of sound in one drain, each about as far ahead as can be said."""
    microphone, sealer = speaker.microphone, speaker.sends.sealer
    assert microphone is not None
    assert sealer is not None
    for _ in range(4):
        microphone.sequence += 32_700  # one or two are on their way: just below half
        header, payload, number = microphone.packet()
        datagram = sealer.seal_rtp(header, payload, microphone.ssrc, number)
        room.exchange.receive(datagram, speaker.addresses[0], now=room.network.now)


def test_a_fourfold_jump_of_numbers_freezes_nobody() -> None:
    room = Room()
    (jumper, beside), (_, elsewhere) = two_pairs(room)
    before = heard(beside), heard(elsewhere), len(elsewhere.pictures["cam2"].decoded)
    jump(room, jumper)
    room.exchange.flush(now=room.network.now)
    room.run(1.0)
    assert heard(beside) - before[0] >= 4 + 40
    assert heard(elsewhere) - before[1] >= 40
    assert len(elsewhere.pictures["cam2"].decoded) - before[2] >= 20
    assert "egress.fault" not in room.metrics()["dropped"]


def failing(original: Callable[..., Any], is_hit: Callable[..., bool]) -> Callable[..., Any]:
    """`original`, but raising once when `is_hit` says so of its arguments."""
    hits: list[object] = []

    def call(*given: Any, **named: Any) -> Any:
        if not hits and is_hit(*given):
            hits.append(given)
            raise ZeroDivisionError("a bug")
        return original(*given, **named)

    return call


def view_fails(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    view = room.exchange._directory.publications["mic0"].producer.streams[0].watched[0]
    monkeypatch.setattr(
        Egress,
        "_allot",
        failing(Egress._allot, lambda _, part, *rest: part.sent[-1] is view.last),
    )


def line_fails(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    line = room.exchange._directory.lines["listener0-receive"]
    monkeypatch.setattr(
        Egress, "emit", failing(Egress.emit, lambda _, plan, other, *rest: other is line)
    )


@pytest.mark.parametrize("spoil", [view_fails, line_fails])
def test_a_fault_in_one_view_or_line_costs_the_others_nothing(
    spoil: Callable[[Room, pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room()
    (first, beside), (second, elsewhere) = two_pairs(room)
    room.exchange.flush(now=room.network.now)
    spoil(room, monkeypatch)
    for speaker in (first, second):
        assert speaker.microphone is not None
        assert speaker.sends.sealer is not None
        header, payload, number = speaker.microphone.packet()
        datagram = speaker.sends.sealer.seal_rtp(header, payload, speaker.microphone.ssrc, number)
        room.exchange.receive(datagram, speaker.addresses[0], now=room.network.now)
    before = room.metrics()["packets_out"]
    with pytest.raises(ZeroDivisionError):
        room.exchange.flush(now=room.network.now)
    assert room.metrics()["packets_out"] == before + 1
    assert room.metrics()["dropped"]["egress.fault"] == 1
    room.exchange.flush(now=room.network.now)  # said once
    counts = heard(beside), heard(elsewhere)
    room.run(1.0)
    assert heard(beside) - counts[0] >= 40
    assert heard(elsewhere) - counts[1] >= 40


def test_a_fault_in_one_lines_division_costs_the_next_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = Room()
    two_pairs(room)
    lines = [room.exchange._directory.lines[f"listener{at}-receive"] for at in (0, 2)]
    divided: list[object] = []
    original = Sharing._divide

    def note(self: Sharing, line: Any, measured: Any, now: float) -> None:
        if line is lines[0]:
            raise ZeroDivisionError("a bug")
        divided.append(line)
        original(self, line, measured, now)

    monkeypatch.setattr(Sharing, "_divide", note)
    sharing = room.exchange._traffic.downlinks.sharing
    for line in lines:
        line.downlink.is_measured = True
        sharing.mark(line)
    with pytest.raises(ZeroDivisionError):
        room.exchange.flush(now=room.network.now)
    assert divided == [lines[1]]
    divided.clear()
    list(sharing.look_after(now=room.network.now + 5))
    assert divided == [lines[1]]
    assert room.metrics()["dropped"]["egress.fault"] == 2


def test_a_fault_in_one_probe_ends_it_and_costs_the_next_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = Room()
    two_pairs(room)
    lines = [room.exchange._directory.lines[f"listener{at}-receive"] for at in (0, 2)]
    now = room.network.now
    probes = room.exchange._traffic.downlinks.probes
    for line in lines:
        probe = Probe(1, 2_000_000, 10_000, 5)
        line.downlink.begin_probe(probe)
        probes._running[line] = _Running(probe, now, now)
    original = Probes._step

    def step(self: Probes, line: Any, running: Any, now: float) -> None:
        if line is lines[0]:
            raise ZeroDivisionError("a bug")
        original(self, line, running, now)

    monkeypatch.setattr(Probes, "_step", step)
    with pytest.raises(ZeroDivisionError):
        room.exchange.flush(now=now)
    assert list(probes._running) == [lines[1]]
    assert lines[0].downlink.cluster is None
    assert probes.packets > 0
    room.exchange.flush(now=now)  # said once


def test_a_fault_in_one_backlog_costs_the_next_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room()
    (_, beside), (_, elsewhere) = two_pairs(room)
    subscriptions = [
        next(each for each in line.subscriptions.values())
        for line in (
            room.exchange._directory.lines["listener0-receive"],
            room.exchange._directory.lines["listener2-receive"],
        )
    ]
    outbox = room.exchange._traffic.egress.outbox
    for subscription in subscriptions:
        outbox.owed.append((subscription.consumer, []))
    sent: list[object] = []
    original = Egress._one_by_one

    def note(self: Egress, line: Any, receiver: Any, packets: Any, now: float) -> None:
        if receiver is subscriptions[0].consumer:
            raise ZeroDivisionError("a bug")
        sent.append(receiver)
        original(self, line, receiver, packets, now)

    monkeypatch.setattr(Egress, "_one_by_one", note)
    with pytest.raises(ZeroDivisionError):
        room.exchange.flush(now=room.network.now)
    assert sent == [subscriptions[1].consumer]
    assert heard(beside)
    assert heard(elsewhere)
