"""The network view, in virtual time: who is told, when, and how connections are judged."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.ids import ParticipantId
from classroom.live import network_view
from classroom.live.books import Books, Endpoint
from classroom.live.network_view import BETTER_AFTER_S, REPORT_EVERY_S, NetworkView, quality_of
from classroom.room.participant import Participant, SeatState
from classroom.wire.messages import PersonNetwork, ReducedSource
from media.ids import EndpointId, ProducerId, TransportId
from tests.support.media_twin import NOTHING_MEASURED

WU, LI = ParticipantId("wu"), ParticipantId("li")
AT = datetime(2026, 3, 1, tzinfo=UTC)
FINE = {"round_trip_ms": 40.0, "loss_down": 0.0, "loss_up": 0.0}


def person(who: ParticipantId, seat: SeatState = SeatState.HERE) -> Participant:
    return Participant(who, who.title(), "student", seat, AT)


def figures(who: ParticipantId, **measured: Any) -> dict[str, Any]:
    return {"endpoint_id": f"{who}.1", **NOTHING_MEASURED, **measured}


class Scene:
    """A room of two on books: Wu shares a screen and a camera, which Li receives."""

    def __init__(self) -> None:
        self.books = Books()
        self.view = NetworkView(self.books)
        for who in (WU, LI):
            ids = (TransportId(f"{who}-s"), TransportId(f"{who}-r"))
            self.books.enter(Endpoint(EndpointId(f"{who}.1"), who, {}, *ids))
        sender = self.books.endpoints[WU]
        for source in ("camera", "screen", "microphone"):
            producer = ProducerId(source)
            (pair,) = self.books.publish(sender, producer, source)  # type: ignore[arg-type]
            self.books.consume(pair, f"c-{source}", "video", {})

    def li(self, now: float = 0.0, **measured: Any) -> PersonNetwork:
        """What is told of Li."""
        report = self.view.report([figures(LI, **measured)], [person(LI)], now=now)
        (told,) = report.people
        return told


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_nothing_is_asked_while_nobody_watches(scene: Scene) -> None:
    assert scene.view.due is None
    assert not scene.view.take(["wu"], now=1e9)


def test_the_first_report_is_due_at_once_and_then_at_each_interval(scene: Scene) -> None:
    scene.view.watch("wu", now=10.0)
    asked = [now / 10 for now in range(100, 200) if scene.view.take(["wu"], now=now / 10)]
    assert asked == [10.0 + REPORT_EVERY_S * step for step in range(5)]


def test_a_watch_ends_when_it_is_said(scene: Scene) -> None:
    scene.view.watch("wu", now=0.0)
    scene.view.watch("bo", now=0.0)
    scene.view.unwatch("wu")
    scene.view.unwatch("never")
    assert scene.view.watchers(["wu", "bo"]) == {"bo"}
    scene.view.unwatch("bo")
    assert scene.view.due is None


def test_a_watch_ends_with_its_socket(scene: Scene) -> None:
    scene.view.watch("wu", now=0.0)
    assert scene.view.take(["wu", "li"], now=0.0)
    assert scene.view.watchers(["li"]) == set(), "who went while the figures were under way"
    assert not scene.view.take(["li"], now=REPORT_EVERY_S)
    assert scene.view.due is None
    assert scene.view.watchers(["wu"]) == set(), "the same name later is another socket"


def test_everybody_is_told_with_their_own_figures(scene: Scene) -> None:
    measured = {"downlink_bps": 500_000, "uplink_bps": 900_000, "protocol": "tcp", **FINE}
    report = scene.view.report(
        [figures(LI, **measured), figures(WU), figures(ParticipantId("gone"))],
        [person(WU), person(LI)],
        now=0.0,
    )
    wu, li = report.people
    assert (wu.participant_id, wu.quality) == (WU, "unknown")
    assert (li.participant_id, li.quality, li.protocol) == (LI, "good", "tcp")
    assert (li.round_trip_ms, li.downlink_bps, li.uplink_bps) == (40.0, 500_000, 900_000)


def test_who_is_away_or_has_no_media_is_unknown(scene: Scene) -> None:
    bo = ParticipantId("bo")
    everybody = [person(LI, SeatState.AWAY), person(WU), person(bo)]
    report = scene.view.report([figures(LI, **FINE), figures(bo, **FINE)], everybody, now=0.0)
    assert [one.quality for one in report.people] == ["unknown"] * 3
    assert [one.round_trip_ms for one in report.people] == [None] * 3


@pytest.mark.parametrize(
    ("measured", "quality"),
    [
        ({}, "unknown"),
        ({"downlink_bps": 1_000_000, "protocol": "udp"}, "unknown"),
        ({"round_trip_ms": 0.0}, "good"),
        ({"round_trip_ms": 300.0, "loss_down": 0.02, "loss_up": 0.02}, "good"),
        ({"loss_up": 0.0}, "good"),
        ({"round_trip_ms": 301.0}, "weak"),
        ({"round_trip_ms": 40.0, "loss_down": 0.021}, "weak"),
        ({"round_trip_ms": 40.0, "loss_down": 0.0, "loss_up": 0.1}, "weak"),
        ({"round_trip_ms": 601.0}, "poor"),
        ({"loss_down": 0.11, "loss_up": 0.0}, "poor"),
        ({**FINE, "reductions": [["c-camera", "off"]]}, "weak"),
        ({**FINE, "reductions": [["c-screen", "frames"]]}, "weak"),
        ({**FINE, "reductions": [["c-camera", "off"], ["c-screen", "size"]]}, "poor"),
        ({**FINE, "loss_up": 0.5, "reductions": [["c-camera", "frames"]]}, "poor"),
        ({"reductions": [["c-camera", "off"]]}, "unknown"),
    ],
)
def test_a_connection_is_as_good_as_its_worst_figure(
    scene: Scene, measured: dict[str, Any], quality: str
) -> None:
    assert scene.li(**measured).quality == quality


def test_it_says_whose_pictures_are_reduced_screens_first(scene: Scene) -> None:
    told = scene.li(reductions=[["c-camera", "off"], ["closed", "off"], ["c-screen", "frames"]])
    assert told.reductions == [
        ReducedSource(WU, "screen", "frames"),
        ReducedSource(WU, "camera", "off"),
    ]


def test_a_report_is_bounded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_view, "REDUCTIONS_MAX", 1)
    told = scene.li(**FINE, reductions=[["c-camera", "off"], ["c-screen", "size"]])
    assert [one.source for one in told.reductions] == ["screen"]
    assert told.quality == "poor"


def test_it_gets_worse_at_once_and_better_after_a_while(scene: Scene) -> None:
    def at(now: float, loss: float | None) -> str:
        round_trip_ms = None if loss is None else 40.0
        return scene.li(now, round_trip_ms=round_trip_ms, loss_down=loss).quality

    assert [at(0, 0.0), at(2, 0.05), at(4, 0.2)] == ["good", "weak", "poor"]
    assert [at(6, 0.0), at(8, 0.0), at(10, 0.0), at(12, 0.0)] == ["poor", "poor", "poor", "good"]
    assert [at(14, 0.05), at(16, 0.0), at(18, 0.05)] == ["weak", "weak", "weak"]
    assert at(16 + BETTER_AFTER_S, 0.0) == "weak", "it was worse between"
    assert [at(24, None), at(26, 0.0)] == ["unknown", "good"]


def test_what_is_told_of_who_left_is_forgotten(scene: Scene) -> None:
    assert scene.li(0.0, loss_down=0.5).quality == "poor"
    scene.view.report([figures(LI, **FINE)], [person(WU)], now=2.0)
    assert scene.li(4.0, **FINE).quality == "good"


def test_a_new_watch_begins_without_memory(scene: Scene) -> None:
    scene.view.watch("wu", now=0.0)
    assert scene.li(0.0, loss_down=0.5).quality == "poor"
    scene.view.unwatch("wu")
    scene.view.watch("wu", now=2.0)
    assert scene.li(2.0, **FINE).quality == "good"


parts = st.none() | st.floats(0, 1)


@given(st.none() | st.floats(0, 10_000), parts, parts, st.floats(1, 10))
def test_more_of_anything_bad_is_never_better(
    round_trip_ms: float | None, down: float | None, up: float | None, times: float
) -> None:
    def judged(factor: float) -> int:
        worse = [None if one is None else one * factor for one in (round_trip_ms, down, up)]
        measured = dict(zip(("round_trip_ms", "loss_down", "loss_up"), worse, strict=True))
        quality = quality_of({**NOTHING_MEASURED, **measured}, [])
        return ["unknown", "good", "weak", "poor"].index(quality)

    assert judged(times) >= judged(1.0)
