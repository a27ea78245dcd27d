"""People in browsers: what a scene says about them, and what it reads from the page's own hook."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playwright.async_api import Browser, Locator, Page

from bench.browser import open_page
from bench.product import Product

Found = TypeVar("Found")
PATIENCE_S = 40.0
POLL_S = 0.1


async def eventually(
    probe: Callable[[], Awaitable[Found]], what: str, *, within_s: float = PATIENCE_S
) -> Found:
    """Asks `probe` until it answers something true, and returns that."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_s
    last: Any = None
    while loop.time() < deadline:
        last = await probe()
        if last:
            return last
        await asyncio.sleep(POLL_S)
    raise AssertionError(f"not within {within_s:g} s: {what} (last: {last!r})")


KEEP_PEERS = """
const Peer = window.RTCPeerConnection;
window.peers = [];
window.RTCPeerConnection = class extends Peer {
    constructor(...settings) { super(...settings); window.peers.push(this); }
};
"""
LOCAL_PORTS = """async () => {
    const ports = [];
    for (const peer of window.peers) {
        for (const entry of (await peer.getStats()).values()) {
            if (entry.type === "local-candidate") ports.push(entry.port);
        }
    }
    return ports;
}"""


@dataclass
class Person:
    """One person in front of one page."""

    name: str
    page: Page
    faults: list[str] = field(default_factory=list)

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    async def press(self, name: str, *, exact: bool = True) -> None:
        await self.button(name, exact=exact).click()

    async def unmute(self) -> None:
        """By the bar: who speaks while muted is offered a second button of this name."""
        await self.page.locator("button.ctl[aria-label^=Unmute]").click()

    async def sees(self, text: str) -> None:
        await self.page.get_by_text(text).first.wait_for(state="visible", timeout=PATIENCE_S * 1000)

    async def join(self, link: str) -> None:
        """Through the green room into the class."""
        await self.page.goto(link)
        name = self.page.locator("form.join-form input")
        await name.fill(self.name)
        await self.page.locator("form.join-form button[type=submit]").click()
        await self.is_inside()

    async def is_inside(self) -> None:
        async def inside() -> bool:
            return (await self.state()).get("standing") == "inside"

        await eventually(inside, f"{self.name} is in the class")

    async def state(self) -> dict[str, Any]:
        found: dict[str, Any] = await self.page.evaluate(
            "() => window.__classroom ? JSON.parse(JSON.stringify(window.__classroom.state())) : {}"
        )
        return found

    async def stats(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.page.evaluate(
            "() => window.__classroom ? window.__classroom.stats() : []"
        )
        return found

    async def received(self, whose: str, source: str) -> dict[str, Any]:
        """What arrives here of one person's source; empty while nothing does."""
        matching = [
            row for row in await self.stats() if row["name"] == whose and row["source"] == source
        ]
        return matching[0] if matching else {}

    async def decodes(
        self, whose: str, source: str = "camera", *, within_s: float = PATIENCE_S
    ) -> None:
        """Four further frames are decoded."""
        start = (await self.received(whose, source)).get("framesDecoded", 0)

        async def more() -> bool:
            row = await self.received(whose, source)
            return bool(row.get("framesDecoded", 0) >= start + 4)

        await eventually(more, f"{self.name} sees {whose}'s {source}", within_s=within_s)

    async def hears(
        self, whose: str, source: str = "microphone", *, within_s: float = PATIENCE_S
    ) -> None:
        """Energy arrives: the fake microphone beeps once a second."""
        start = (await self.received(whose, source)).get("totalAudioEnergy", 0.0)

        async def more() -> bool:
            row = await self.received(whose, source)
            return bool(row.get("totalAudioEnergy", 0.0) > start + 1e-5)

        await eventually(more, f"{self.name} hears {whose}", within_s=within_s)

    async def energy_in(self, whose: str, seconds: float) -> float:
        """Audio energy that arrives from somebody in so many seconds."""
        start = (await self.received(whose, "microphone"))["totalAudioEnergy"]
        await asyncio.sleep(seconds)
        end = (await self.received(whose, "microphone"))["totalAudioEnergy"]
        return float(end - start)

    async def local_ports(self) -> set[int]:
        """The UDP ports this browser's media leave from; the page was opened with KEEP_PEERS."""
        return set(await self.page.evaluate(LOCAL_PORTS))

    async def participant(self, name: str) -> dict[str, Any]:
        """How this page knows somebody; empty when it does not."""
        people = (await self.state()).get("participants", [])
        people = list(people.values()) if isinstance(people, dict) else people
        return next((one for one in people if one["name"] == name), {})


async def person(
    browser: Browser,
    name: str,
    *,
    granted: tuple[str, ...] = (),
    size: str = "laptop",
    language: str = "en-US",
    scheme: str = "light",
) -> Person:
    """A person with a browser profile of their own; faults of the page are kept."""
    page = await open_page(browser, size=size, language=language, scheme=scheme, granted=granted)
    one = Person(name, page)
    page.on("pageerror", lambda error: one.faults.append(str(error)))
    return one


async def class_of_two(browser: Browser, running: Product) -> tuple[Person, Person]:
    """A tutor and a student in the demo class."""
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    student = await person(browser, "Lin Yue")
    await student.join(running.link("/r/"))
    return tutor, student


async def class_of_three(browser: Browser, running: Product) -> tuple[Person, Person, Person]:
    """A tutor and two students in the demo class."""
    tutor, first = await class_of_two(browser, running)
    second = await person(browser, "Tomas Herrera")
    await second.join(running.link("/r/"))
    return tutor, first, second


async def class_of_four(
    browser: Browser, running: Product
) -> tuple[Person, Person, Person, Person]:
    """A tutor and three students, who came at once, in the demo class."""
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    names = ("Lin Yue", "Tomás Herrera", "Mia Berg")
    students = await asyncio.gather(*(person(browser, name) for name in names))
    await asyncio.gather(*(student.join(running.link("/r/")) for student in students))
    lin, tomas, mia = students
    return tutor, lin, tomas, mia
