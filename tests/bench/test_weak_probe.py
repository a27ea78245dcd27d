"""What is made of a page's counters: streams that come and go, freezes that never end."""

from __future__ import annotations

from typing import Any

import pytest

from bench.weak_probe import Look, calm_again_s, heard, rates, seen, timeline


def _sound(name: str, samples: int, concealed: int, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "audio",
        "totalSamplesReceived": samples,
        "concealedSamples": concealed,
        **more,
    }


def _picture(frames: int, frozen: float = 0.0, *, name: str = "v", height: int = 180) -> Any:
    return {
        "id": name,
        "kind": "video",
        "framesDecoded": frames,
        "totalFreezesDuration": frozen,
        "frameHeight": height,
    }


def test_sound_is_counted_between_the_first_and_the_last_look() -> None:
    looks = [
        Look(0.0, [_sound("a", 1000, 500)]),
        Look(1.0, [_sound("a", 2000, 510)]),
        Look(2.0, [_sound("a", 3000, 520)]),
    ]
    assert heard(looks).concealed == pytest.approx(20 / 2000)


def test_a_stream_that_begins_anew_counts_from_its_beginning() -> None:
    looks = [Look(0.0, [_sound("a", 9000, 900)]), Look(1.0, [_sound("b", 1000, 100)])]
    assert heard(looks).concealed == pytest.approx(0.1)


def test_no_sound_at_all_is_no_success() -> None:
    assert heard([Look(0.0, []), Look(1.0, [])]).concealed == 1.0


def test_the_stay_in_the_buffer_is_that_of_the_span() -> None:
    counters = [
        {"jitterBufferDelay": d, "jitterBufferEmittedCount": n} for d, n in ((5, 9), (8, 19))
    ]
    looks = [Look(float(i), [_sound("a", i, 0, **c)]) for i, c in enumerate(counters)]
    assert heard(looks).delay_s == pytest.approx(0.3)


def test_a_freeze_that_never_ends_is_counted_by_the_clock() -> None:
    looks = [Look(float(i), [_picture(100)]) for i in range(11)]
    assert seen(looks).freeze_s == pytest.approx(10)
    assert seen(looks).fps == 0


def test_frames_are_those_of_one_stream() -> None:
    looks = [
        Look(0.0, [_picture(0), _picture(0, name="w")]),
        Look(2.0, [_picture(30, 0.4), _picture(28, name="w", height=360)]),
    ]
    found = seen(looks)
    assert found.fps == pytest.approx(14.5)
    assert found.freeze_s == pytest.approx(0.4)
    assert found.height == 360


def test_a_delay_has_gone_when_it_stays_gone() -> None:
    def look(at: float, delay: float, count: int) -> Look:
        return Look(
            at, [_sound("a", 1, 0, jitterBufferDelay=delay, jitterBufferEmittedCount=count)]
        )

    looks = [
        look(0, 0, 0),
        look(1, 50, 100),
        look(2, 60, 200),
        look(3, 110, 300),
        look(4, 120, 400),
    ]
    assert calm_again_s(looks, 0.0, 0.1, 0.05) == pytest.approx(4.0)
    assert calm_again_s(looks[:4], 0.0, 0.1, 0.05) == float("inf")


def test_a_links_rates_are_those_between_two_counts() -> None:
    before = {"sent": 100, "offered": 1000, "lost": 10}
    after = {"sent": 300, "offered": 11_000, "lost": 60, "dropped": 20}
    assert rates(before, after, 2.0) == {
        "kbps": 40,
        "lost": 0.25,
        "dropped": 0.1,
        "packets_s": 100,
    }


def test_a_timeline_has_a_line_for_each_second() -> None:
    looks = [
        Look(0.0, [_sound("a", 0, 0), _picture(0)]),
        Look(1.0, [_sound("a", 48_000, 4_800), _picture(15)]),
        Look(2.0, [_sound("a", 96_000, 4_800), _picture(22)]),
    ]
    found = timeline(looks)
    assert [one["concealed_pct"] for one in found] == [10.0, 0.0]
    assert [one["fps"] for one in found] == [15.0, 7.0]


def test_a_timeline_tells_why_pictures_are_missing() -> None:
    first = {**_picture(0), "framesReceived": 2, "framesDropped": 0, "nackCount": 5}
    then = {**_picture(9, 0.4), "framesReceived": 14, "framesDropped": 3, "nackCount": 45}
    (found,) = timeline([Look(0.0, [first]), Look(1.0, [then])])
    assert (found["came"], found["dropped"], found["asked"]) == (12, 3, 40)
    assert (found["pleas"], found["keys"], found["frozen_s"]) == (0, 0, 0.4)
