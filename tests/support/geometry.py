"""A task on the board as a tutor and a student would draw it: inscribed angles."""

from __future__ import annotations

import math

from tests.support.sheet import Place, Sheet

CENTRE, RADIUS = (430.0, 360.0), 220.0
LETTERS: dict[str, list[list[Place]]] = {
    "A": [[(0, 40), (15, 0), (30, 40)], [(6, 25), (24, 25)]],
    "B": [[(0, 0), (0, 40)], [(0, 0), (20, 4), (20, 16), (0, 20), (24, 24), (24, 37), (0, 40)]],
    "C": [[(28, 6), (14, 0), (2, 12), (2, 28), (14, 40), (28, 34)]],
    "O": [[(15, 0), (2, 12), (2, 28), (15, 40), (28, 28), (28, 12), (15, 0)]],
    "=": [[(2, 14), (26, 14)], [(2, 27), (26, 27)]],
    "2": [[(3, 9), (14, 0), (26, 9), (22, 20), (2, 40), (28, 40)]],
    "<": [[(28, 4), (4, 38), (30, 38)]],
}


def on_circle(degrees: float) -> Place:
    angle = math.radians(degrees)
    return CENTRE[0] + RADIUS * math.cos(angle), CENTRE[1] + RADIUS * math.sin(angle)


async def write(sheet: Sheet, word: str, at: Place) -> None:
    """Letters by hand, one after the other."""
    for number, letter in enumerate(word):
        for stroke in LETTERS[letter]:
            await sheet.draw([(at[0] + 40 * number + x, at[1] + y) for x, y in stroke])


async def colour(sheet: Sheet, number: int) -> None:
    """Another ink: the tool in hand pressed again, then the colour by its place in the row."""
    page = sheet.person.page
    tool = (await sheet.state())["tool"]
    await page.locator(f'.rail [data-tool="{tool}"]').first.click()
    await page.locator(".tool-flyout:popover-open button.ink").nth(number).click()
    await page.keyboard.press("Escape")


async def shape(sheet: Sheet, key: str, start: Place, end: Place) -> None:
    await sheet.person.page.keyboard.press(key)
    await sheet.draw([start, end])


async def note(sheet: Sheet, words: str, at: Place) -> None:
    page = sheet.person.page
    await sheet.pick("note")
    await sheet.click(at)
    await page.locator(".board-editor:focus").wait_for()
    await page.keyboard.insert_text(words)
    await page.keyboard.press("Escape")


async def formula(sheet: Sheet, source: str, at: Place) -> None:
    page = sheet.person.page
    await sheet.pick("tex")
    await sheet.click(at)
    dialog = page.get_by_role("dialog")
    await dialog.locator("textarea").fill(source)
    await dialog.locator(".btn-primary").click()
    await dialog.wait_for(state="hidden")


async def inscribed_angles(tutor: Sheet, student: Sheet) -> None:
    """The tutor draws the figure, the student writes what follows from it."""
    a, b, c = on_circle(145), on_circle(35), on_circle(255)
    await tutor.person.page.locator(".board-host").focus()
    await shape(
        tutor, "o",
        (CENTRE[0] - RADIUS, CENTRE[1] - RADIUS), (CENTRE[0] + RADIUS, CENTRE[1] + RADIUS),
    )  # fmt: skip
    for start, end in ((a, c), (c, b), (a, CENTRE), (CENTRE, b)):
        await shape(tutor, "l", start, end)
    await tutor.pick("pen")
    await write(tutor, "A", (a[0] - 50, a[1]))
    await write(tutor, "B", (b[0] + 18, b[1]))
    await write(tutor, "C", (c[0] - 14, c[1] - 56))
    await write(tutor, "O", (CENTRE[0] + 8, CENTRE[1] - 54))
    await note(tutor, "Which triangle is isosceles?", (120, 110))
    await formula(tutor, r"\angle ACB = \tfrac{1}{2}\,\angle AOB", (790, 430))
    await student.pick("pen")
    await colour(student, 2)
    await write(student, "OA=OC", (800, 150))
    await write(student, "<AOB=2<ACB", (800, 240))
    await note(student, "AOC, because OA = OC = r", (1130, 610))
    await tutor.until_saved()
    await student.until_saved()
