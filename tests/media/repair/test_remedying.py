"""From moment to moment: worse at once, better in steps, and nothing that flaps."""

from __future__ import annotations

import random

import pytest

from bench.loss_model import Unreachable, loss_model
from media.repair.fitting import Load
from media.repair.loss_sense import NOTHING, STEP_S, LossSense, Sensed
from media.repair.remedy import CALM, Level, Remedy
from media.repair.remedying import Remedying, Standing

AMPLE_BPS = 8e6


class Browser:
    """Both directions lose alike; a step is a tenth of a second."""

    def __init__(self, *, seed: int = 1, packets_a_step: int = 20) -> None:
        self.remedying = Remedying()
        self.now = 0.0
        self.changes: list[tuple[float, Remedy]] = []
        self.down_bps = self.up_bps = AMPLE_BPS
        self._chance = random.Random(seed)
        self._packets = packets_a_step
        self._sense = LossSense()

    def run(self, seconds: float, loss: float, burst: float = 0.0) -> None:
        model, before = loss_model(loss, burst, self._chance), False
        for _ in range(round(seconds / STEP_S)):
            self.now += STEP_S
            lost = runs = 0
            for _ in range(self._packets):
                is_lost = model.loses()
                lost += is_lost
                runs += is_lost and not before
                before = is_lost
            self._sense.came(self._packets, lost, runs, now=self.now)
            self.look(self._sense.sensed(self.now))

    def look(self, sensed: Sensed) -> None:
        self.remedying.down.see(sensed, now=self.now)
        self.remedying.up.see(sensed, now=self.now)
        if self.remedying.update(
            Load(), down_bps=self.down_bps, up_bps=self.up_bps, far=0, now=self.now
        ):
            self.changes.append((self.now, self.remedying.remedy))


@pytest.mark.parametrize("packets", [5, 20])
@pytest.mark.parametrize("seed", range(5))
def test_a_network_that_turns_bad_in_a_sentence_gets_everything_within_a_second(
    packets: int, seed: int
) -> None:
    browser = Browser(seed=seed, packets_a_step=packets)
    browser.run(10.0, 0.0)
    assert browser.changes == []
    browser.run(1.0, 0.7)
    # With little to count, chance may hold back the last step for a moment.
    assert browser.remedying.down.level >= (Level.HEAVY if packets < 10 else Level.SEVERE)
    browser.run(1.5, 0.7)
    assert browser.remedying.remedy.down.depth == 17


@pytest.mark.parametrize("seed", range(3))
def test_it_is_taken_back_step_by_step_within_fifteen_seconds(seed: int) -> None:
    browser = Browser(seed=seed)
    browser.run(10.0, 0.7)
    began = browser.now
    browser.run(15.0, 0.0)
    depths = [remedy.down.depth for at, remedy in browser.changes if at > began]
    assert depths == sorted(depths, reverse=True)
    assert browser.remedying.remedy == CALM
    assert next(at for at, _ in browser.changes if at > began) > began + 3.5


@pytest.mark.parametrize(
    ("loss", "burst", "least", "most"),
    [
        (0.0, 0.0, Level.CALM, Level.CALM),
        (0.1, 0.0, Level.LIGHT, Level.LIGHT),
        (0.3, 0.0, Level.WEAK, Level.WEAK),
        (0.5, 0.0, Level.HEAVY, Level.HEAVY),
        (0.7, 0.0, Level.SEVERE, Level.SEVERE),
        (0.7, 5.0, Level.SEVERE, Level.SEVERE),
        (0.3, 10.0, Level.WEAK, Level.SEVERE),
    ],
)
def test_a_steady_network_has_a_steady_remedy(
    loss: float, burst: float, least: Level, most: Level
) -> None:
    browser = Browser(seed=2)
    browser.run(6.0, loss, burst)
    browser.changes.clear()
    found = []
    for _ in range(60):
        browser.run(1.0, loss, burst)
        found.append(browser.remedying.down.level)
    assert least <= min(found)
    assert sum(level > most for level in found) <= 12
    assert len(browser.changes) <= 20


def test_bursts_that_cannot_be_are_refused() -> None:
    with pytest.raises(Unreachable):
        Browser().run(1.0, 0.7, 2.0)


def test_where_losses_come_in_long_rows_sound_goes_again_later() -> None:
    browser = Browser(packets_a_step=5)
    browser.run(20.0, 0.3, 10.0)
    assert browser.remedying.remedy.down.echo
    assert browser.remedying.remedy.up.depth == 27


def test_a_line_whose_width_trembles_keeps_its_remedy() -> None:
    browser = Browser(seed=4)
    browser.down_bps = 760e3
    browser.run(8.0, 0.7)
    browser.changes.clear()
    for count in range(100):
        browser.down_bps = (700e3, 760e3)[count % 2]
        browser.run(0.1, 0.7)
    assert len(browser.changes) <= 3
    before = browser.remedying.remedy.down
    browser.down_bps = 400e3
    browser.run(0.1, 0.7)
    assert browser.remedying.remedy.down.copies < before.copies


def test_a_standing_falls_at_once_and_rises_after_a_while() -> None:
    standing = Standing()
    standing.see(Sensed(0.4, 1.7, 100.0), now=0.0)
    assert standing.level is Level.HEAVY
    standing.see(NOTHING, now=1.0)
    standing.see(NOTHING, now=4.4)
    assert standing.level is Level.HEAVY
    standing.see(Sensed(0.5, 1.7, 100.0), now=4.45)  # bad again: the wait begins anew
    standing.see(NOTHING, now=5.0)
    standing.see(NOTHING, now=8.4)
    assert standing.level is Level.HEAVY
    for at, level in ((8.5, Level.WEAK), (9.5, Level.LIGHT), (10.5, Level.CALM)):
        standing.see(NOTHING, now=at)
        assert standing.level is level


def test_a_camera_goes_only_when_there_is_no_room_for_a_while() -> None:
    browser = Browser(seed=6)
    browser.run(5.0, 0.7)
    for _ in range(3):
        browser.up_bps = 250e3
        browser.run(4.0, 0.7)
        assert not browser.remedying.remedy.up.is_camera_off
        browser.up_bps = AMPLE_BPS
        browser.run(0.5, 0.7)
    browser.up_bps = 250e3
    browser.run(5.5, 0.7)
    assert browser.remedying.remedy.up.is_camera_off
    browser.up_bps = AMPLE_BPS
    browser.run(0.2, 0.7)
    assert not browser.remedying.remedy.up.is_camera_off


@pytest.mark.parametrize("packets", [3, 10, 20])
@pytest.mark.parametrize("seed", range(5))
def test_losses_that_end_are_no_losses_in_rows(seed: int, packets: int) -> None:
    """Or the buffers would grow for the way back."""
    browser = Browser(seed=seed, packets_a_step=packets)
    browser.run(10.0, 0.0)
    browser.run(15.0, 0.7)
    longest = browser.remedying.remedy.down.sound.alone
    browser.changes.clear()
    browser.run(12.0, 0.0)
    assert browser.changes
    assert max(remedy.down.sound.alone for _, remedy in browser.changes) <= longest
    assert browser.remedying.remedy == CALM
