"""What is said of joins and of the proof of the line."""

from __future__ import annotations

import os

import pytest

from bench.lossy_net import left_behind, told
from bench.weak_join import Joined, figures

NEVER = float("inf")


def test_a_join_counts_when_sound_goes_both_ways_in_time() -> None:
    found = [Joined(1.0, 4.9, NEVER), Joined(2.0, 5.1, 3.0), Joined(NEVER, 1.0, 1.0)]
    assert figures(found) == {
        "join_within_5s_of_10": 3.3,
        "join_median_s": 5.1,
        "join_worst_s": 30.0,
    }


def test_no_join_at_all_is_no_success() -> None:
    with pytest.raises(ValueError, match="no join"):
        figures([])


def test_the_proof_of_a_line_says_what_never_came() -> None:
    said = "echo 0.5\ntcp 0.1 0.2\ntcp 3.0 inf\ntcp inf inf\n"
    assert told(said).splitlines() == [
        "datagrams that came back: 50.0%",
        "TCP connect: median 3.00 s, never in 20 s 1",
        "2,000 bytes and an answer after it: median inf s, never in 20 s 2",
    ]


def test_what_a_killed_one_left_is_known_by_its_process() -> None:
    names = ["weak7-near (id: 3)", "weak7-far", "weak8-near", "wk7n", "wk9f@if3", "lo", "weaker7"]
    assert left_behind(names, is_running=lambda pid: pid == 8) == [
        "weak7-near",
        "weak7-far",
        "wk7n",
        "wk9f",
    ]


def test_our_own_number_is_that_of_an_earlier_process() -> None:
    names = [f"weak{os.getpid()}-near"]
    assert left_behind(names, is_running=lambda pid: True) == names
