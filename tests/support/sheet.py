"""The board in front of one person: where a place of the page is on the screen, and what is on it.

Places are in board units, as the page's own; facts come from the page's read-only hook.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image
from playwright.async_api import CDPSession

from tests.support.scene import Person, eventually

Place = tuple[float, float]
BOARD = "() => window.__classroom?.state().board ?? null"
ITEMS = "() => window.__classroom?.board() ?? []"
HOST_BOX = """() => {
    const box = document.querySelector(".board-host").getBoundingClientRect();
    return [box.x, box.y, box.width, box.height];
}"""


@dataclass
class Sheet:
    """One person's view of the board."""

    person: Person

    async def state(self) -> dict[str, Any]:
        found: dict[str, Any] | None = await self.person.page.evaluate(BOARD)
        return found or {}

    async def items(self) -> list[dict[str, Any]]:
        """Everything on the page looked at, lowest first."""
        found: list[dict[str, Any]] = await self.person.page.evaluate(ITEMS)
        return found

    async def until(
        self, holds: Callable[[dict[str, Any]], Any], what: str, *, within_s: float = 20
    ) -> dict[str, Any]:
        """The state of the board once something holds of it."""

        async def probe() -> dict[str, Any] | None:
            state = await self.state()
            return state if state and holds(state) else None

        found = await eventually(probe, f"{self.person.name}: {what}", within_s=within_s)
        return found or {}

    async def until_items(self, count: int, *, within_s: float = 20) -> list[dict[str, Any]]:
        """The items once there are so many."""

        async def probe() -> bool:
            return len(await self.items()) == count

        await eventually(probe, f"{self.person.name} has {count} items", within_s=within_s)
        return await self.items()

    async def until_saved(self) -> None:
        """Nothing waits for the server's word any more."""
        await self.until(lambda state: state["unsaved"] == 0, "everything is saved")

    async def opened(self) -> None:
        """The board is here and painted."""
        await self.until(lambda state: state.get("pictureAt") is not None, "the board is here")

    async def on_screen(self, place: Place) -> Place:
        """Where a place of the page is in the window."""
        return (await self.all_on_screen([place]))[0]

    async def all_on_screen(self, places: Sequence[Place]) -> list[Place]:
        """The same for many, while the view stands still."""
        camera = (await self.state())["camera"]
        left, top, _, _ = await self.person.page.evaluate(HOST_BOX)
        return [
            (left + (x - camera["x"]) * camera["scale"], top + (y - camera["y"]) * camera["scale"])
            for x, y in places
        ]

    # What a hand does

    async def pick(self, tool: str) -> None:
        """A tool by its button on the rail; pressing the one in hand would open its settings."""
        if (await self.state())["tool"] == tool:
            return
        await self.person.page.locator(f'.rail [data-tool="{tool}"]').first.click()
        await self.until(lambda state: state["tool"] == tool, f"has {tool} in hand")

    async def press(self, place: Place) -> None:
        await self.person.page.mouse.move(*await self.on_screen(place))
        await self.person.page.mouse.down()

    async def move(self, places: Sequence[Place]) -> None:
        for place in await self.all_on_screen(places):
            await self.person.page.mouse.move(*place, steps=3)

    async def draw(self, places: Sequence[Place]) -> None:
        """Press at the first, over the others, let go."""
        mouse = self.person.page.mouse
        first, *others = await self.all_on_screen(places)
        await mouse.move(*first)
        await mouse.down()
        for place in others:
            await mouse.move(*place, steps=3)
        await mouse.up()

    async def click(self, place: Place) -> None:
        await self.person.page.mouse.click(*await self.on_screen(place))

    # What an eye sees

    async def picture(self) -> Image.Image:
        """The board as it is on the screen, without what lies around it."""
        left, top, width, height = await self.person.page.evaluate(HOST_BOX)
        clip: Any = {"x": left, "y": top, "width": width, "height": height}
        shot = await self.person.page.screenshot(clip=clip)
        return Image.open(io.BytesIO(shot)).convert("RGB")

    async def dark_near(self, place: Place, radius: int = 6, *, below: int = 140) -> int:
        """How many pixels around a place of the page are not paper; a line of less than a pixel
        is paler than its ink (`below`), and still darker than the dots of the paper."""
        camera = (await self.state())["camera"]
        left, top, _, _ = await self.person.page.evaluate(HOST_BOX)
        x = (place[0] - camera["x"]) * camera["scale"] + min(left, 0)  # beyond the window is no
        y = (place[1] - camera["y"]) * camera["scale"] + min(top, 0)  # part of the picture
        picture = await self.picture()
        box = (int(x - radius), int(y - radius), int(x + radius), int(y + radius))
        return sum(1 for pixel in picture.crop(box).get_flattened_data() if min(pixel) < below)

    async def sees_ink_at(self, place: Place, *, is_there: bool = True, below: int = 140) -> None:
        """Ink appears there, or goes."""

        async def probe() -> bool:
            return (await self.dark_near(place, below=below) > 0) == is_there

        await eventually(probe, f"{self.person.name} sees ink at {place}: {is_there}")


async def show_board(tutor: Person, *others: Person) -> list[Sheet]:
    """The tutor puts the board on stage; everybody has it in front of them."""
    await tutor.press("Board. Show the board to the class")
    sheets = [Sheet(tutor), *(Sheet(other) for other in others)]
    for sheet in sheets:
        await sheet.opened()
    return sheets


async def give_pens(tutor: Person, pen: str, *others: Sheet) -> None:
    """For all at once, in the people panel."""
    words = {"none": "No pen", "own": "Own items only", "all": "Everything"}
    await tutor.press("People", exact=False)
    await tutor.press("Pens for all", exact=False)
    await tutor.page.get_by_role("menuitemradio", name=words[pen]).click()
    for sheet in others:
        await sheet.until(lambda state: state["pen"] == pen, f"has the pen {pen}")
    await tutor.page.keyboard.press("Escape")


async def stylus(session: CDPSession, places: Sequence[Place], *, force: float) -> None:
    """A stylus from the first place of the window over the others: pointer events with pressure."""

    async def point(kind: str, place: Place, *, buttons: int) -> None:
        x, y = place
        held = {"pointerType": "pen", "button": "left", "buttons": buttons, "clickCount": 1}
        event = {"type": kind, "x": x, "y": y, "force": force if buttons else 0.0, **held}
        await session.send("Input.dispatchMouseEvent", event)

    first, *others = places
    await point("mousePressed", first, buttons=1)
    for place in others:
        await point("mouseMoved", place, buttons=1)
    await point("mouseReleased", places[-1], buttons=0)
