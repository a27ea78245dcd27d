"""Where rooms go, in virtual time: by what is measured, and by what is to be expected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.server.load import ENDPOINT_SHARE, ROOM_SHARE, SETTLES_S, Load


class Machine:
    """Workers whose rooms cost what a test says; a ping each 2 s."""

    def __init__(self, workers: int) -> None:
        self.now = 0.0
        self.loads = [Load() for _ in range(workers)]
        self.rooms: list[list[float]] = [[] for _ in range(workers)]
        self._cpu_s = [0.0] * workers
        self.pass_time(2)

    def pass_time(self, seconds: float) -> None:
        for _ in range(int(seconds / 2)):
            self.now += 2
            for index, load in enumerate(self.loads):
                self._cpu_s[index] += 2 * min(1.0, sum(self.rooms[index]))
                load.measured(self._cpu_s[index], now=self.now)

    def open(self, cost: float, people: int = 0) -> int:
        """A room that costs so much; the worker it went to."""
        chosen = min(range(len(self.loads)), key=self.expected)
        name = f"room {sum(map(len, self.rooms))}"
        self.rooms[chosen].append(cost)
        self.loads[chosen].expect(name, ROOM_SHARE, now=self.now)
        for number in range(people):
            self.loads[chosen].expect(f"{name}, {number}", ENDPOINT_SHARE, now=self.now)
        return chosen

    def expected(self, worker: int) -> float:
        return self.loads[worker].expected(rooms=len(self.rooms[worker]), now=self.now)


def test_what_is_measured_is_the_share_of_a_core() -> None:
    machine = Machine(1)
    machine.rooms[0].append(0.4)
    machine.pass_time(2)
    assert machine.loads[0].share == 0.2, "half of a change with the first ping"
    machine.pass_time(30)
    assert abs(machine.loads[0].share - 0.4) < 1e-4
    machine.rooms[0].clear()
    machine.pass_time(30)
    assert machine.loads[0].share < 1e-4


def test_a_ping_that_comes_at_the_same_moment_divides_nothing_by_zero() -> None:
    load = Load()
    load.measured(1.0, now=5.0)
    load.measured(2.0, now=5.0)
    assert load.share == 0.0


def test_a_thread_uses_no_more_than_a_core() -> None:
    load = Load()
    for now in range(20):
        load.measured(10.0 * now, now=float(now))
    assert 0.9 < load.share <= 1.0


def test_rooms_that_open_in_one_second_spread() -> None:
    machine = Machine(4)
    for _ in range(10):
        machine.open(cost=0.1)
    assert sorted(map(len, machine.rooms)) == [2, 2, 3, 3]


def test_a_room_goes_to_the_worker_that_has_least_to_do_not_to_that_with_the_fewest() -> None:
    machine = Machine(2)
    busy = machine.open(cost=0.6, people=30)
    quiet = 1 - busy
    for _ in range(4):
        machine.rooms[quiet].append(0.02)
    machine.pass_time(60)
    assert [machine.open(cost=0.05) for _ in range(5)] == [quiet] * 5


def test_people_who_come_into_a_room_count_before_they_are_measured() -> None:
    machine = Machine(2)
    full = machine.open(cost=0.0, people=20)
    assert [machine.open(cost=0.0) for _ in range(4)] == [1 - full] * 4


def test_what_is_expected_gives_way_to_what_is_measured() -> None:
    load = Load()
    load.expect("room", 0.06, now=0.0)
    load.expect("room", 0.06, now=10.0)
    now = (0.0, SETTLES_S / 2, SETTLES_S, 2 * SETTLES_S)
    assert [round(load.expected(rooms=0, now=at), 3) for at in now] == [0.06, 0.03, 0.0, 0.0]


def test_what_is_closed_is_expected_no_more() -> None:
    load = Load()
    load.expect("room", ROOM_SHARE, now=0.0)
    load.forget("room")
    load.forget("never")
    assert load.expected(rooms=0, now=0.0) == 0.0


def test_equals_are_told_apart_by_their_rooms() -> None:
    load = Load()
    assert load.expected(rooms=3, now=0.0) > load.expected(rooms=2, now=0.0)


@given(st.lists(st.floats(0.0, 0.1), min_size=1, max_size=40), st.integers(1, 4))
def test_no_worker_is_left_out_while_another_has_two_more(costs: list[float], count: int) -> None:
    machine = Machine(count)
    for cost in costs:
        machine.open(cost)
    numbers = [len(rooms) for rooms in machine.rooms]
    assert max(numbers) - min(numbers) <= 1
