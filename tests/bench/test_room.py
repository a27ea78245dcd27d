"""The figures of a large class, with ten people and one second: they are all there and real."""

from __future__ import annotations

from bench.crowd import Hearing
from bench.room import GOALS, measure

PEOPLE = 10


async def test_a_small_class_gives_every_figure() -> None:
    figures = await measure(PEOPLE, 1.0)
    assert set(GOALS) <= set(figures)
    assert figures["events_refused"] == 0
    assert figures["events_delivered"] >= figures["events_sent"]
    assert figures["storm_people_back"] == PEOPLE
    assert 0 < figures["delivery_p50_ms"] <= figures["delivery_p95_ms"]
    assert figures["us_per_delivered"] > 0


def test_what_is_heard_is_counted_by_entry_and_timed_by_its_moment() -> None:
    hearing = Hearing()
    entry = '{"seq":%d,"clock_ms":5,"event":{"message":{"text":"at 1.500000"}}}'
    hearing.hear('42["room.events",{"entries":[' + entry % 1 + "," + entry % 2 + "]}]")
    hearing.hear('42["media.speakers",{"participant_ids":[]}]')
    assert hearing.delivered == 2
    assert len(hearing.delays_s) == 2
