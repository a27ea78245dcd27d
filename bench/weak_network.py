"""Speech and picture on weak networks: real Chromium, our own lossy relay, a control beside.

    python -m bench.weak_network [--quick] [--only CASE ...] [--plain] [--seconds 60] [--seed N]
                                 [--sound FOLDER] [--log FILE] [--json FILE]

Two people talk all the time and see each other. First their lines are clean (the control); then
the line of one of them, or both lines, lose packets in both directions; after a while to get used
to it, what each of them hears and sees is read from their own page. Then the lines are clean again,
and it is watched how long the delay takes to go. With `--plain` the product does nothing about
loss (`CLASSROOM_REMEDIES=off`). Without `--quick`, `--only` or `--plain` the ladder is whole: every
case, some of them plain, and ten joins (see `weak_join`). `--sound` keeps what a class heard (see
`weak_class`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.lossy_net import NoNetwork
from bench.weak_call import Call, Caller, call
from bench.weak_cases import CALM, CASES, PLAIN, QUICK, Case, Row, head, headline, line
from bench.weak_class import record
from bench.weak_join import figures as joined
from bench.weak_join import measure as measure_joins
from bench.weak_probe import calm_again_s, heard, rates, seen, timeline

Json = dict[str, Any]
CONTROL_S = 12.0
SETTLE_S = 10.0
BACK_S = 20.0
CALM_S = 3.0
CALM_WITHIN_S = 40.0
NEAR_S = 0.05
"""A delay this near to that of the control counts as gone."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Loop times: the control, the network turning bad, the measured time, and after it."""

    control: tuple[float, float]
    turning: tuple[float, float]
    weak: tuple[float, float]
    after: tuple[float, float]


async def run_case(one: Call, case: Case, seconds: float, *, remedies: bool) -> list[Row]:
    """One row for everybody. The lines are clean before and after."""
    weak = one.callers[-1:] if not case.both else one.callers
    down, up = case.shapes()
    control = await one.watch(CONTROL_S)
    await _change(one, weak, down, up)
    turning = await one.watch(SETTLE_S)
    before = await one.relay.counts()
    measured = await one.watch(seconds)
    load, after = os.getloadavg()[0], await one.relay.counts()
    faults = await one.faults()
    await _change(one, weak, CALM, CALM)
    spans = Spans(control, turning, measured, await one.watch(BACK_S))
    took = measured[1] - measured[0]
    name = weak[-1].name
    link = {way: rates(before[name][way], after[name][way], took) for way in ("down", "up")}
    told = "; ".join(faults)
    return [_row(case, who, weak, spans, link, (remedies, load, told)) for who in one.callers]


async def _change(one: Call, weak: Sequence[Caller], down: Json, up: Json) -> None:
    for caller in weak:
        await one.relay.change(caller.name, down=down, up=up)


def _row(
    case: Case,
    who: Caller,
    weak: Sequence[Caller],
    spans: Spans,
    link: Json,
    facts: tuple[bool, float, str],
) -> Row:
    """`facts`: whether remedies were on, the machine's load, what went wrong."""
    usual, sound = heard(who.between(*spans.control)), heard(who.between(*spans.weak))
    usual_picture, picture = seen(who.between(*spans.control)), seen(who.between(*spans.weak))
    took = spans.weak[1] - spans.weak[0]
    turned = heard(who.between(*spans.turning))
    back = calm_again_s(who.between(*spans.after), spans.after[0], usual.delay_s, NEAR_S)
    remedies, load, faults = facts
    return Row(
        case=case.name,
        side="both" if case.both else "down" if who in weak else "up",
        remedies=remedies,
        concealed_pct=round(sound.concealed * 100, 3),
        control_pct=round(usual.concealed * 100, 3),
        events_min=round(sound.events * 60 / took, 1),
        delay_ms=round(sound.delay_s * 1000),
        target_ms=round(sound.target_s * 1000),
        added_ms=round(max(sound.delay_s - usual.delay_s, 0) * 1000),
        back_s=round(min(back, 99), 1),
        rough_s=round(turned.concealed * (spans.turning[1] - spans.turning[0]), 2),
        fps=round(picture.fps, 2),
        control_fps=round(usual_picture.fps, 2),
        freezes_min=round(picture.freezes * 60 / took, 1),
        freeze_s=round(picture.freeze_s * 60 / took, 2),
        video_delay_ms=round(picture.delay_s * 1000),
        height=picture.height,
        down_kbps=link["down"]["kbps"],
        up_kbps=link["up"]["kbps"],
        down_dropped=link["down"]["dropped"],
        up_dropped=link["up"]["dropped"],
        load=load,
        faults=faults,
    )


async def run_cases(
    names: Sequence[str], seconds: float, *, remedies: bool, seed: int, log: Path | None = None
) -> list[Row]:
    """All these cases in one call, printed as they come; `log` gets what the server printed."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        async with call(Path(folder), remedies=remedies, seed=seed) as one:
            for name in names:
                await _calm(one)
                found = await run_case(one, CASES[name], seconds, remedies=remedies)
                rows += found
                for row in found:
                    _say(line(row))
            if log is not None:
                await asyncio.to_thread(log.write_text, _told(one), encoding="utf-8")
    return rows


async def _calm(one: Call) -> None:
    """Waits until nothing of the case before is seen or heard any more, or not for ever: what is
    left then stands in the control."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + CALM_WITHIN_S
    while loop.time() < deadline:
        span = await one.watch(CALM_S)
        looks = [caller.between(*span) for caller in one.callers]
        if all(seen(each).fps > 13 and heard(each).concealed < 0.001 for each in looks):
            return


def _told(one: Call) -> str:
    """What the server printed, and what everybody's page counted second by second."""
    lines = [
        f"{caller.name} {json.dumps(second)}"
        for caller in one.callers
        for second in timeline(caller.looks)
    ]
    return "\n".join([one.running.printed, *lines]) + "\n"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def plans(options: argparse.Namespace) -> list[tuple[Sequence[str], bool]]:
    """Names of cases, and whether with remedies."""
    if options.plain:
        return [(options.only or PLAIN, False)]
    if options.quick or options.only:
        return [(options.only or QUICK, True)]
    return [(tuple(CASES), True), (PLAIN, False)]


async def measure(options: argparse.Namespace) -> Json:
    """Everything asked for: the headline's figures, and every row."""
    _say(f"seed {options.seed}, {options.seconds:g} s a case\n\n{head()}")
    rows: list[Row] = []
    chosen = plans(options)
    for names, remedies in chosen:
        rows += await run_cases(
            names, options.seconds, remedies=remedies, seed=options.seed, log=options.log
        )
    figures: Json = dict(headline(rows))
    if len(chosen) > 1:
        figures |= await _joins(options.seed)
    if options.sound:
        for remedies in (True, False):
            await record(options.sound, 0.7, 36.0, remedies=remedies, seed=options.seed)
    return {**figures, "seed": options.seed, "rows": [asdict(row) for row in rows]}


async def _joins(seed: int) -> Json:
    """Nothing, said aloud, where they cannot be measured."""
    try:
        return dict(joined(await measure_joins(10, 0.7, remedies=True, seed=seed)))
    except NoNetwork as error:
        _say(f"joins NOT MEASURED: that needs namespaces, and so root ({error})")
        return {}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="three cases, nothing beside them")
    parser.add_argument("--only", nargs="+", choices=tuple(CASES), metavar="CASE")
    parser.add_argument("--plain", action="store_true", help="with all remedies off")
    parser.add_argument("--seconds", type=float, default=60.0, help="measured of each case")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the losses")
    parser.add_argument("--sound", type=Path, metavar="FOLDER", help="keep what a class heard")
    parser.add_argument("--log", type=Path, metavar="FILE", help="what server and pages said")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.sound:
        options.sound.mkdir(parents=True, exist_ok=True)
    figures = asyncio.run(measure(options))
    for name, value in figures.items():
        if name != "rows":
            _say(f"{name} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
