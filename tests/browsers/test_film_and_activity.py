"""What plays on the stage, in real browsers: a film that is in step for everybody, and activities
that share what they keep and reach nothing else."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from playwright.async_api import Browser, FrameLocator, Locator, expect

from bench.product import ROOT, Product
from tests.support.decks import zipped
from tests.support.dragged import hold, let_go
from tests.support.films import FRAMES_A_SECOND, READ_NUMBER, webm
from tests.support.looks import TWO_LOOKS, look_at, look_in_both_languages
from tests.support.scene import Person, class_of_two, eventually, person

IN_STEP_S = 0.3
FILM_S = 100
# A page whose own work comes late, as on a busy machine; the frames in it are as quick as ever.
SLOW = """if (self === top) {
    const later = self.setTimeout;
    self.setTimeout = (call, ms, ...rest) => later(call, Math.max(ms ?? 0, 0) + 500, ...rest);
    const frame = self.requestAnimationFrame;
    self.requestAnimationFrame = (call) => frame(() => later(() => call(performance.now()), 500));
}"""
NOW = """(film) => ({
    at: film.currentTime, duration: film.duration, isPaused: film.paused, now: Date.now(),
})"""


async def drop_on_stage(one: Person, file: bytes, name: str) -> None:
    await let_go(one.page, await hold(one.page, file, name, "main.floor"), "main.floor")


def film(one: Person) -> Locator:
    return one.page.locator(".film video")


async def shows(one: Person) -> dict[str, Any]:
    found: dict[str, Any] = await film(one).evaluate(NOW)
    return found


async def apart(one: Person, other: Person, rate: float = 1.0) -> float:
    """Seconds between two screens at one moment."""
    here, there = await asyncio.gather(shows(one), shows(other))
    way = (here["now"] - there["now"]) / 1000 * rate
    return abs(float(here["at"] - there["at"] - way))


async def is_in_step(one: Person, other: Person, rate: float = 1.0) -> None:
    """Soon, and from then on at three moments."""

    async def is_near() -> bool:
        running = [not (await shows(who))["isPaused"] for who in (one, other)]
        return all(running) and await apart(one, other, rate) < IN_STEP_S

    await eventually(is_near, f"{one.name} and {other.name} are in step", within_s=6)
    for _ in range(3):
        await asyncio.sleep(0.3)
        assert await apart(one, other, rate) < IN_STEP_S


async def stands_at(one: Person, seconds: float | None = None) -> float:
    """Where it stands, once it stands."""

    async def stands() -> bool:
        here = await shows(one)
        is_there = seconds is None or abs(here["at"] - seconds) < 0.1
        return bool(here["isPaused"] and is_there)

    await eventually(stands, f"the film stands for {one.name}", within_s=6)
    return float((await shows(one))["at"])


async def is_shown(one: Person) -> None:
    await film(one).wait_for()

    async def has_head() -> bool:
        return bool((await shows(one))["duration"])

    await eventually(has_head, f"{one.name} has the film")


async def plays_for_all(tutor: Person, lin: Person, mia: Person) -> None:
    """Played, moved along, faster, and for somebody who comes late."""
    place = tutor.page.get_by_role("slider", name="Place")
    await tutor.press("Play for everybody")
    await is_in_step(tutor, lin)
    await place.focus()
    before = (await shows(lin))["at"]
    await tutor.page.keyboard.press("ArrowRight")
    await tutor.page.keyboard.press("ArrowRight")

    async def is_further() -> bool:
        return bool((await shows(lin))["at"] > before + 9)

    await eventually(is_further, "two arrows go ten seconds for everybody", within_s=4)
    await is_in_step(tutor, lin)
    await is_shown(mia)
    await is_in_step(mia, tutor)
    await tutor.press("Speed", exact=False)
    await tutor.page.get_by_role("menuitemradio", name="1.5×").click()
    await is_in_step(tutor, lin, 1.5)


async def stops_for_all(tutor: Person, *others: Person) -> None:
    """The same frame on every screen."""
    await tutor.page.get_by_role("slider", name="Place").focus()
    await tutor.page.keyboard.press(" ")
    at = await stands_at(tutor)
    number = await film(tutor).evaluate(READ_NUMBER)
    assert abs(number - at * FRAMES_A_SECOND) < 2
    for one in others:
        assert abs(await stands_at(one, at) - at) < 0.02

        async def shows_it(one: Person = one) -> bool:
            return int(await film(one).evaluate(READ_NUMBER)) == number

        await eventually(shows_it, f"{one.name} sees frame {number}", within_s=3)


async def draws_over_it(tutor: Person, lin: Person) -> None:
    """The board's pen writes on the film, and the film's keys are not the board's."""
    host = tutor.page.locator(".board-host")
    box = await host.bounding_box()
    assert box is not None
    await tutor.page.keyboard.press("Escape")
    await host.focus()
    await tutor.page.keyboard.press("p")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await tutor.page.mouse.move(x - 60, y - 30)
    await tutor.page.mouse.down()
    await tutor.page.mouse.move(x + 60, y + 30, steps=6)
    await tutor.page.mouse.up()

    async def has_ink() -> bool:
        return bool((await lin.state())["board"]["items"])

    await eventually(has_ink, "the stroke over the film arrives")


async def test_a_film_is_in_step(running: Product, browser: Browser) -> None:
    tutor, lin = await class_of_two(browser, running)
    await drop_on_stage(tutor, webm(FILM_S), "Cells.webm")
    await tutor.page.locator(".panel").get_by_role("button", name="Put Cells away").wait_for()
    await is_shown(tutor)
    await is_shown(lin)
    await lin.sees("The teacher plays it")
    assert await lin.button("Play for everybody").count() == 0
    mia = await person(browser, "Mia Berg")
    joining = asyncio.create_task(mia.join(running.link("/r/")))
    await tutor.press("Slides")
    await joining
    await plays_for_all(tutor, lin, mia)
    await stops_for_all(tutor, lin, mia)
    await draws_over_it(tutor, lin)
    await look_in_both_languages(tutor.page, "film")
    await look_at(lin.page, "film-student", TWO_LOOKS)

    place = tutor.page.get_by_role("slider", name="Place")
    await place.focus()
    await tutor.page.keyboard.press("Home")
    await stands_at(lin, 0)
    await tutor.press("Play for everybody")
    await is_in_step(tutor, lin, 1.5)
    await tutor.press("Previous page")
    await expect(film(lin)).to_have_count(0)
    await tutor.press("Next page")
    await is_shown(lin)
    left = await stands_at(tutor)
    assert abs(await stands_at(lin, left) - left) < 0.02, "coming back shows where it was"
    await place.focus()
    await tutor.page.keyboard.press("End")
    await stands_at(lin, FILM_S)
    await tutor.press("Play for everybody")
    await is_in_step(tutor, lin, 1.5)
    assert (await shows(lin))["at"] < FILM_S / 2, "from its end it begins anew"
    assert tutor.faults == lin.faults == mia.faults == []


MIDDLE = """(it) => {
    const { x, y, width, height } = it.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}"""
EXAMPLE = re.compile(r"```html\n(.*?)```", re.DOTALL)
ATTACK = """
const tries = {};
const tried = async (name, deed) => {
    try { tries[name] = String(await deed()); } catch (error) { tries[name] = "no"; }
};
classroom.ready(async () => {
    await tried("cookies", () => document.cookie);
    await tried("storage", () => localStorage.length);
    await tried("parent", () => parent.document.title);
    await tried("top", () => { top.location = "/"; return "went"; });
    await tried("api", () => fetch("/api/session").then((it) => it.status));
    await tried("other", () => fetch("https://example.org/").then((it) => it.status));
    await tried("window", () => window.open("/"));
    await tried("own", () => fetch("data.json").then((it) => it.json()).then((it) => it.word));
    await tried("frame", () => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        frame.src = "/";
        return new Promise((done) => setTimeout(() => done(frame.contentDocument), 300));
    });
    const link = document.body.appendChild(document.createElement("a"));
    [link.href, link.download] = [URL.createObjectURL(new Blob(["x"])), "x"];
    link.click();
    const field = document.body.appendChild(document.createElement("input"));
    setTimeout(() => setInterval(() => { window.focus(); field.focus(); }, 50), 5000);
    for (let count = 0; count < 1000; count++) classroom.send("flood", count);
    document.title = "done";
    document.body.append(JSON.stringify(tries));
});
"""


def example() -> str:
    """The page that the guide shows."""
    found = EXAMPLE.search((ROOT / "docs" / "activities.md").read_text("utf-8"))
    assert found is not None
    return found[1]


async def place_activity(tutor: Person, name: str, files: dict[str, bytes]) -> None:
    """Sent by the list of slides, and shown."""
    async with tutor.page.expect_file_chooser() as choosing:
        await tutor.page.locator(".panel-foot").get_by_role("button").click()
    payload: Any = {"name": f"{name}.zip", "mimeType": "application/zip", "buffer": zipped(files)}
    await (await choosing.value).set_files(payload)
    await tutor.page.locator(".panel").get_by_role("button", name=f"Put {name} away").wait_for()


def frame_of(one: Person, name: str) -> FrameLocator:
    return one.page.frame_locator(f"iframe[title='Activity: {name}']")


async def presses(one: Person, name: str) -> None:
    """The button in the frame, by the mouse: where it is seen, since the frame is scaled."""
    box = await one.page.locator("iframe.activity").bounding_box()
    middle = await frame_of(one, name).get_by_role("button").evaluate(MIDDLE)
    assert box is not None
    scale = box["width"] / 1280
    await one.page.mouse.click(box["x"] + middle[0] * scale, box["y"] + middle[1] * scale)


async def begins_anew_for_all(tutor: Person, *outputs: Locator) -> None:
    """Asked first; every copy hears of it."""
    await tutor.press("Begin anew for everybody")
    question = tutor.page.get_by_role("dialog")
    await look_at(tutor.page, "activity-empty", TWO_LOOKS)
    await question.get_by_role("button", name="Begin anew for everybody").click()
    for output in outputs:
        await expect(output).to_have_text("0")
    await expect(question).to_have_count(0)


async def writes_undisturbed(one: Person) -> None:
    """What takes the focus without end is stopped, and what is typed stays in the chat."""
    await one.press("Chat", exact=False)
    field = one.page.get_by_label("Message to everyone")
    await field.click()
    await one.page.get_by_text("This activity was stopped").wait_for()
    await expect(field).to_be_focused()
    await one.page.keyboard.type("for nobody else", delay=40)
    await expect(field).to_have_value("for nobody else")
    await look_at(one.page, "activity-stopped", TWO_LOOKS)
    await field.fill("")


async def test_an_activity_is_shared_and_reaches_nothing(
    running: Product, browser: Browser
) -> None:
    tutor, lin = await class_of_two(browser, running)
    await tutor.press("Slides")
    await place_activity(tutor, "Presses", {"index.html": example().encode()})
    hers, his = frame_of(tutor, "Presses"), frame_of(lin, "Presses")
    await presses(tutor, "Presses")
    await expect(hers.locator("output")).to_have_text("1")
    await presses(tutor, "Presses")
    for frame in (hers, his):
        await expect(frame.locator("output")).to_have_text("2")
    await presses(lin, "Presses")
    await expect(his.locator("output")).to_have_text("2")  # without a pen nothing is kept
    await tutor.press("Slides")
    await look_in_both_languages(tutor.page, "activity")
    await look_at(lin.page, "activity-student", TWO_LOOKS)
    late = await person(browser, "Mia Berg")
    await late.page.add_init_script(SLOW)
    await late.join(running.link("/r/"))
    await expect(frame_of(late, "Presses").locator("output")).to_have_text("2")
    await late.press("Begin this copy anew")
    await expect(frame_of(late, "Presses").locator("output")).to_have_text("2")
    await tutor.press("Draw on it")
    await draws_over_it(tutor, lin)
    await tutor.press("Use it")
    await presses(tutor, "Presses")
    await expect(his.locator("output")).to_have_text("3")
    focused = await tutor.page.evaluate("document.activeElement.tagName")
    assert focused == "IFRAME", "who presses an activity writes into it"
    outputs = [frame.locator("output") for frame in (hers, his, frame_of(late, "Presses"))]
    await begins_anew_for_all(tutor, *outputs)
    assert await lin.button("Begin anew for everybody").count() == 0

    await tutor.press("Slides")
    page = "<!doctype html><body><script src='classroom.js'></script><script src='a.js'></script>"
    data = b'{"word": "ours"}'
    evil = {"index.html": page.encode(), "a.js": ATTACK.encode(), "data.json": data}
    await place_activity(tutor, "Evil", evil)
    body = frame_of(lin, "Evil").locator("body")
    await expect(body).to_contain_text('"own"')
    tries = json.loads(await body.inner_text())
    assert tries == {
        **dict.fromkeys(("cookies", "storage", "parent", "top", "api", "other"), "no"),
        **{"window": "null", "own": "ours", "frame": "null"},
    }
    assert len(browser.contexts[0].pages) == 1
    await writes_undisturbed(lin)
    await tutor.press("Slides")
    await tutor.press("Previous page")
    await expect(lin.page.locator("iframe.activity")).to_have_count(1)
    assert (await lin.state())["standing"] == "inside", "the class goes on"
    assert tutor.faults == lin.faults == late.faults == []
