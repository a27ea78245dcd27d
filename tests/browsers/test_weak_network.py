"""Half of all packets are lost on one line: sound stays whole both ways, and it is said why."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from bench.weak_call import Call, Caller, call
from bench.weak_cases import CALM
from bench.weak_probe import heard

LOSS = {"loss": 0.5}
SECONDS = 12.0
SETTLE_S = 6.0
CONCEALED = 0.02
"""Without remedies half of all sound is made up that comes down, and a quarter that goes up."""
BADGE = re.compile("weak network: sound first", re.IGNORECASE)


async def _is_told(caller: Caller) -> None:
    await caller.page.get_by_text(BADGE).first.wait_for(state="visible", timeout=20_000)


async def _made_up(one: Call) -> dict[str, float]:
    """How much of what each heard in the next seconds was made up."""
    span = await one.watch(SECONDS)
    return {caller.name: heard(caller.between(*span)).concealed for caller in one.callers}


async def test_speech_goes_on_when_half_of_the_packets_are_lost(tmp_path: Path) -> None:
    async with call(tmp_path, seed=11) as one:
        clear = await one.watch(3)
        usual = {each.name: heard(each.between(*clear)).concealed for each in one.callers}
        weak = one.callers[-1]
        await one.relay.change(weak.name, down=LOSS, up=LOSS)
        await asyncio.gather(_is_told(weak), one.watch(SETTLE_S))

        for name, concealed in (await _made_up(one)).items():
            # what a busy machine makes up on clean lines too is not the network's
            assert concealed < CONCEALED + usual[name], name
        assert await one.faults() == []

        # The network gets better, and nothing is said any more.
        await one.relay.change(weak.name, down=CALM, up=CALM)
        await weak.page.get_by_text(BADGE).first.wait_for(state="hidden", timeout=30_000)
