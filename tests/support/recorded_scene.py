"""A recorded class in browsers: who is seen and heard in it, and what a page shows of it later."""

from __future__ import annotations

import io
import json
import re
import statistics
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from PIL import Image, ImageChops, ImageStat
from playwright.async_api import Browser, Page

from tests.support.scene import Person, eventually, person

KINDS = ("Voice", "Camera", "Screen", "Chat", "Ink")
PAINTED = """([colour, flashes]) => {
    // A camera of one colour; whoever flashes turns white and beeps at the same moment, every 2 s.
    // Who is quite silent is told that their microphone gives no signal.
    const QUIET = 0.01;
    let frame, context, out;
    function open() {
        if (frame) return;
        frame = document.createElement("canvas");
        frame.width = 320;
        frame.height = 180;
        const ink = frame.getContext("2d");
        context = new AudioContext();
        out = context.createMediaStreamDestination();
        const tone = context.createOscillator();
        const gain = context.createGain();
        tone.frequency.value = 880;
        gain.gain.value = QUIET;
        tone.connect(gain).connect(out);
        tone.start();
        let shown = 0;
        setInterval(() => {
            const now = context.currentTime;
            const isLit = flashes && now % 2 < 0.4;
            // In sound as it is seen: what the next picture has is heard from now on.
            gain.gain.setValueAtTime(isLit ? 0.4 : QUIET, now);
            shown += 1;
            ink.fillStyle = isLit ? "#ffffff" : colour;
            ink.fillRect(0, 0, 320, 180);
            ink.fillStyle = isLit ? "#fefefe" : colour;
            ink.fillRect(0, 0, 1 + (shown % 2), 1);
        }, 50);
    }
    navigator.mediaDevices.getDisplayMedia = async () => {
        const sheet = document.createElement("canvas");
        sheet.width = 1280;
        sheet.height = 720;
        const ink = sheet.getContext("2d");
        let shown = 0;
        setInterval(() => {
            shown += 1;
            ink.fillStyle = "#ffffff";
            ink.fillRect(0, 0, 1280, 720);
            ink.fillStyle = "#008080";
            ink.fillRect(320, 180, 640, 360);
            ink.fillRect(shown % 1280, 700, 8, 8);
        }, 200);
        return sheet.captureStream(5);
    };
    navigator.mediaDevices.getUserMedia = async ({ audio, video }) => {
        open();
        await context.resume();
        const made = new MediaStream();
        if (video) made.addTrack(frame.captureStream(20).getVideoTracks()[0]);
        if (audio) made.addTrack(out.stream.getAudioTracks()[0].clone());
        return made;
    };
}"""


async def painted(
    browser: Browser, name: str, colour: str, *, flashes: bool = False, size: str = "laptop"
) -> Person:
    """Somebody whose camera shows one colour, so that it is known again wherever it turns up."""
    one = await person(browser, name, size=size)
    values = json.dumps([colour, flashes])
    await one.page.add_init_script(f"({PAINTED})({values})")
    return one


async def asks(tutor: Person, purpose: str) -> None:
    """The tutor says what it is for, answers for herself, and asks."""
    await tutor.page.keyboard.press("j")
    dialog = tutor.page.get_by_role("dialog", name="Record this class")
    await dialog.get_by_role("button", name=purpose).click()
    await dialog.get_by_role("button", name="Yes to all").click()
    await dialog.get_by_text("The whole text").wait_for()
    await dialog.get_by_role("button", name="Ask everybody").click()
    await dialog.wait_for(state="hidden")


async def answers(one: Person, *yes: str) -> None:
    """Yes to some kinds and no to the others; one press where it is the same for all."""
    sheet = one.page.get_by_role("dialog", name="this class", exact=False)
    await sheet.get_by_text("You can take your yes back").first.wait_for()
    if not yes or set(yes) == set(KINDS):
        await sheet.get_by_role("button", name="Yes to all" if yes else "No to all").click()
    else:
        for kind in KINDS:
            word = "Yes" if kind in yes else "No"
            await sheet.get_by_role("group", name=kind).get_by_text(word, exact=True).click()
        await sheet.get_by_role("button", name="Send my answers").click()
    await sheet.wait_for(state="hidden")


async def is_marked(one: Person, phase: str = "on") -> None:
    """The mark of recording is on the screen."""
    await one.page.locator(f".topbar .rec[data-phase={phase}]").wait_for()


CLASS_PAGE = """() => {
    const box = document.querySelector(".board-host").getBoundingClientRect();
    const { camera } = window.__classroom.state().board;
    return [box.x - camera.x * camera.scale, box.y - camera.y * camera.scale, camera.scale];
}"""
PLAYED_PAGE = """() => {
    const words = document.querySelector(".pboard-words");
    const box = document.querySelector(".pboard-host").getBoundingClientRect();
    const { a, e, f } = new DOMMatrix(getComputedStyle(words).transform);
    return [box.x + e, box.y + f, a];
}"""
COMPARED = (640, 360)


async def page_picture(page: Page, *, is_played: bool) -> Image.Image:
    """The page of the board as it lies on the screen, in a size in which both can be compared."""
    left, top, scale = await page.evaluate(PLAYED_PAGE if is_played else CLASS_PAGE)
    clip: Any = {"x": left, "y": top, "width": 1280 * scale, "height": 720 * scale}
    shot = await page.screenshot(clip=clip)
    return Image.open(io.BytesIO(shot)).convert("RGB").resize(COMPARED)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean over all pixels, of 255."""
    means: list[float] = ImageStat.Stat(ImageChops.difference(one, other)).mean
    return sum(means) / len(means)


def share_of(picture: Image.Image, colour: tuple[int, int, int], near: int = 60) -> float:
    """How much of a picture is about this colour."""
    pixels = list(picture.convert("RGB").resize((320, 200)).get_flattened_data())
    found = sum(all(abs(a - b) < near for a, b in zip(one, colour, strict=True)) for one in pixels)
    return found / len(pixels)


async def shot_of(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(await page.screenshot())).convert("RGB")


LISTEN = """() => {
    // Before the page makes its player: what it plays is listened to, and still heard.
    const make = document.createElement.bind(document);
    window.played = [];
    document.createElement = (tag, ...more) => {
        const element = make(tag, ...more);
        if (tag === "audio") window.played.push(element);
        return element;
    };
}"""
WATCH = """async ([seconds, label]) => {
    const context = new AudioContext();
    await context.resume();
    const ear = context.createAnalyser();
    ear.fftSize = 512;
    const sound = window.played.findLast((one) => one.currentSrc.includes("mix") && !one.paused);
    context.createMediaElementSource(sound).connect(ear);
    ear.connect(context.destination);
    const heard = new Float32Array(512);
    const eye = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const beeps = [], flashes = [];
    let isLoud = true, isLit = true;
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
        const now = performance.now();
        ear.getFloatTimeDomainData(heard);
        const loud = Math.max(...heard) > 0.05;
        if (loud && !isLoud) beeps.push(now);
        isLoud = loud;
        const video = document.querySelector(`video[aria-label="${label}"]`);
        if (video && video.readyState >= 2) {
            eye.drawImage(video, 0, 0, 4, 4);
            const pixel = eye.getImageData(0, 0, 4, 4).data;
            const lit = pixel[20] > 220 && pixel[21] > 220 && pixel[22] > 220;
            if (lit && !isLit) flashes.push(now);
            isLit = lit;
        }
        await new Promise((next) => setTimeout(next, 8));
    }
    return { beeps, flashes };
}"""


@dataclass(frozen=True, slots=True)
class Sync:
    """Pairs of flash and beep; positive where the picture is late, in ms."""

    offsets: list[float]

    @property
    def worst(self) -> float:
        return max(map(abs, self.offsets))

    @property
    def median(self) -> float:
        return statistics.median(self.offsets)


async def sync_of(page: Page, label: str, seconds: float) -> Sync:
    """How far the picture of `label` is from its sound while it plays."""
    found = await page.evaluate(WATCH, [seconds, label])
    offsets = [
        min((flash - beep for flash in found["flashes"]), key=abs) for beep in found["beeps"]
    ]
    near = [one for one in offsets if abs(one) < 1000]
    assert near, f"no flash with a beep: {found}"
    return Sync(near)


SESSION = re.compile(r"/recorded/([\w-]+)/")
SESSIONS: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def remember_sessions(page: Page) -> None:
    """From now on it is known by which session a page plays."""
    found = SESSIONS.setdefault(page, [])
    page.on("request", lambda asked: found.extend(SESSION.findall(asked.url)))


def session_of(page: Page) -> str:
    """The one it plays by now."""
    return SESSIONS[page][-1]


async def told_of(page: Page, path: str) -> int:
    """With what an address is answered to a page."""
    status: int = await page.evaluate("(path) => fetch(path).then(({ status }) => status)", path)
    return status


async def writes(one: Person, text: str) -> None:
    """To everybody, and out of the field again."""
    await one.page.keyboard.press("c")
    field = one.page.locator(".composer textarea")
    await field.fill(text)
    await field.press("Enter")
    await one.page.locator(".panel").get_by_text(text).first.wait_for()
    await field.press("Escape")


async def everything_told(page: Page, session: str) -> str:
    """All that the server tells of a recording, as text."""
    texts: str = await page.evaluate(
        """async (session) => {
            const base = `/recorded/${session}/`;
            const manifest = await (await fetch(base + "manifest.json")).text();
            const told = JSON.parse(manifest);
            const names = [told.events, told.board, told.chat].filter(Boolean);
            const rest = await Promise.all(
                names.map((name) => fetch(base + name).then((answer) => answer.text())),
            );
            return [manifest, ...rest].join("\\n");
        }""",
        session,
    )
    return texts


async def plays(page: Page) -> None:
    """It can be played: its length is known, and time goes on."""

    async def ready() -> bool:
        state: dict[str, Any] | None = await page.evaluate("() => window.__player?.state() ?? null")
        return bool(state and state["lengthMs"] > 0)

    await eventually(ready, "the player has the recording")
