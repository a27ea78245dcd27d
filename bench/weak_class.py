"""A class of three on a weak network, kept as sound files for a person to listen to.

    python -m bench.weak_class FOLDER [--loss 0.7] [--seconds 36] [--plain]

Three people talk by turns; the line of the third loses packets in both directions. Written are what
they heard and what another heard of them, first over clean lines, then over the weak one: a file of
each, and one of a member whose line is never bad.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.voice import RATE, write_wave
from bench.weak_call import Call, Caller, call
from bench.weak_probe import heard, seen

TURN_S = 6.0
CLEAN_S = 12.0
LISTEN = f"""async () => {{
    const context = new AudioContext({{ sampleRate: {RATE} }});
    const ear = context.createScriptProcessor(4096, 1, 1);
    window.heard = [];
    ear.onaudioprocess = (event) => {{
        const sound = event.inputBuffer.getChannelData(0);
        window.heard.push(Int16Array.from(sound, (one) =>
            Math.round(Math.max(-1, Math.min(1, one)) * 32767)));
    }};
    for (const peer of window.peers) {{
        for (const {{ track }} of peer.getReceivers()) {{
            if (track?.kind !== "audio" || track.readyState !== "live") continue;
            context.createMediaStreamSource(new MediaStream([track])).connect(ear);
        }}
    }}
    ear.connect(context.destination);
    await context.resume();
}}"""
"""A ScriptProcessor, since the page's policy lets in no worklet that is not the product's."""
TAKE = """() => {
    let text = "";
    for (const chunk of window.heard.splice(0)) {
        text += String.fromCharCode(...new Uint8Array(chunk.buffer));
    }
    return btoa(text);
}"""
TALK = """(on) => { for (const track of window.microphones) track.enabled = on; }"""


async def turns(one: Call, seconds: float) -> tuple[float, float]:
    """Everybody is looked at, and talks in turn; the span."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    place = 0
    while loop.time() < start + seconds:
        speaker = one.callers[place % len(one.callers)]
        for caller in one.callers:
            await caller.page.evaluate(TALK, caller is speaker)
        await one.watch(TURN_S)
        place += 1
    return start, loop.time()


async def keep(folder: Path, callers: Sequence[Caller], kind: str) -> None:
    """A file of what each heard since they began to listen, or since the last file."""
    for caller in callers:
        frames = base64.b64decode(await caller.page.evaluate(TAKE))
        name = caller.name.split()[0].lower()
        write_wave(folder / f"{kind}_{name}_heard.wav", frames)


async def record(folder: Path, loss: float, seconds: float, *, remedies: bool, seed: int) -> None:
    """Runs the class, writes the files, prints what the counters say."""
    word = f"{round(loss * 100)}{'' if remedies else '_plain'}"
    with tempfile.TemporaryDirectory() as data:
        async with call(Path(data), people=3, remedies=remedies, seed=seed) as one:
            for caller in one.callers:
                await caller.page.evaluate(LISTEN)
            await turns(one, CLEAN_S)
            await keep(folder, one.callers, "clean")
            weak = one.callers[-1].name
            await one.relay.change(weak, down={"loss": loss}, up={"loss": loss})
            span = await turns(one, seconds)
            await keep(folder, one.callers, word)
            for caller in one.callers:
                _say(caller, span, is_weak=caller.name == weak)
            for fault in await one.faults():
                sys.stdout.write(fault + "\n")


def _say(caller: Caller, span: tuple[float, float], *, is_weak: bool) -> None:
    looks = caller.between(*span)
    sound, picture = heard(looks), seen(looks)
    sys.stdout.write(
        f"{caller.name}{' (weak)' if is_weak else ''}: concealed {sound.concealed:.2%} from the"
        f" first moment, delay {sound.delay_s * 1000:.0f} ms, {picture.fps:.1f} frames/s,"
        f" load {os.getloadavg()[0]:.1f}\n"
    )


def main() -> None:
    """Record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--loss", type=float, default=0.7, help="of both directions, 0 to 1")
    parser.add_argument("--seconds", type=float, default=36.0, help="on the weak line")
    parser.add_argument("--plain", action="store_true", help="with all remedies off")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the losses")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(
        record(
            options.folder,
            options.loss,
            options.seconds,
            remedies=not options.plain,
            seed=options.seed,
        )
    )


if __name__ == "__main__":
    main()
