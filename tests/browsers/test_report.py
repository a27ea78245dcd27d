"""The report of a class says what happened in it: to its teacher during it, and afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from bench.product import product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, eventually, person

PASSWORD = "seven quiet owls"
LISTED = "1 of 2 on the list came (50 %).\n\nAbsent Wu Lan"


async def opens_a_room(tutor: Person, setup: str, address: str) -> str:
    """The first account and its room; the room's link."""
    await tutor.page.goto(setup)
    await tutor.page.get_by_label("Your name").fill(tutor.name)
    await tutor.page.get_by_label("E-mail").fill("amara@example.org")
    await tutor.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await tutor.press("Create the first account")
    await tutor.sees("Amara")
    await tutor.page.goto(f"{address}/lessons")
    await tutor.sees("No lessons yet")
    await tutor.page.goto(f"{address}/rooms")
    await tutor.press("New room", exact=False)
    await tutor.page.get_by_label("What is taught here?").fill("Inscribed angles")
    await tutor.press("Create the room")
    await tutor.sees("Inscribed angles")
    rooms = await tutor.page.evaluate("fetch('/api/rooms').then(answer => answer.json())")
    return f"{address}/r/{rooms[0]['code']}"


async def look_twice(page: Page, name: str) -> None:
    """A page outside the class, in English and in Chinese."""
    await look_at(page, name, TWO_LOOKS)
    await page.evaluate("localStorage.setItem('classroom.language', 'zh-CN')")
    await page.reload()
    await page.locator("h1").first.wait_for()
    await look_at(page, f"{name}-zh", TWO_LOOKS[1:])
    await page.evaluate("localStorage.setItem('classroom.language', 'en')")
    await page.reload()


async def enrols_two(tutor: Person) -> str:
    """Lin Yue and Wu Lan, who is removed and brought back; Lin Yue's own link."""
    page = tutor.page
    await tutor.press("More for “Inscribed angles”")
    await page.get_by_role("menuitem", name="Students").click()
    await tutor.sees("Nobody is on the list yet")
    await look_at(page, "enrol-empty", TWO_LOOKS)
    await tutor.press("Add students")
    await page.get_by_label("Names").fill("Name,E-mail\nLin Yue, lin@example.org\nWu Lan\nWu Lan")
    await tutor.sees("2 new people")
    await look_at(page, "enrol-adding", TWO_LOOKS)
    await tutor.press("Add 2 people")
    await tutor.press("More for Wu Lan")
    await page.get_by_role("menuitem", name="Remove").click()
    await tutor.press("Undo")
    await tutor.sees("Wu Lan is on the list again")
    await look_twice(page, "enrol-list")
    listed = await page.evaluate(
        "fetch(location.pathname.replace('/rooms/', '/api/rooms/')"
        ".replace('students', 'enrolments')).then(answer => answer.json())"
    )
    return str(listed["enrolments"][0]["link"])


async def comes_by_their_own_link(student: Person, link: str, room: str) -> None:
    """The secret leaves the address bar, and there is no other name to write."""
    await student.page.goto(link)
    await student.sees("You come in as")
    assert student.page.url == room
    assert await student.page.locator("form.join-form input").count() == 0
    await look_twice(student.page, "enrol-door")
    await student.page.locator("form.join-form button[type=submit]").click()
    await student.is_inside()


async def closes_the_door_to_guests(tutor: Person, guest: Person, room: str) -> None:
    """By a switch of the list; whoever comes without a link of their own is told why."""
    await tutor.page.get_by_role("link", name="To the list").click()
    await tutor.page.get_by_role("switch", name="Only enrolled students may come in").check()
    await tutor.sees("Saved")
    await guest.page.goto(room)
    await guest.sees("This class is for enrolled students")
    await look_at(guest.page, "enrol-only", TWO_LOOKS)
    await guest.page.goto(room.replace("/r/", "/enter/e.nobody.") + "x")
    await guest.sees("This link does not count any more")


async def holds_a_class(tutor: Person, lin: Person, tomas: Person) -> None:
    """Lin raises a hand twice and answers right; Tomas does nothing; only the teacher speaks."""
    for student in (lin, tomas):
        await student.page.locator("button.ctl[aria-label^=Mute]").click()
    for press in ("Raise hand", "Hand up", "Raise hand"):
        await lin.press(press, exact=False)
    await tutor.press("Ask", exact=False)
    panel = tutor.page.get_by_role("complementary", name="Ask")
    await tutor.press("New question")
    await panel.get_by_label("Question", exact=True).fill("Is the angle a right one?")
    await panel.get_by_label("B is right").click()
    await panel.get_by_label("Points for a right answer").fill("3")
    await tutor.press("Ask the class")
    await lin.page.locator(".poll-option").nth(1).click()
    await panel.get_by_text("1 of 2 answered").wait_for()
    await tutor.press("Close question")
    await tutor.press("People", exact=False)
    for sign in ("Enrolled", "Guest"):
        await tutor.sees(sign)


async def table_of(page: Page) -> dict[str, dict[str, str]]:
    """Every cell of the report's table, by name and head."""
    heads = await page.locator(".people-table thead th").all_inner_texts()
    rows = await page.locator(".people-table tbody tr").all()
    cells = [await row.locator("th, td").all_inner_texts() for row in rows]
    return {row[0]: dict(zip(heads, row, strict=True)) for row in cells}


async def told_of(page: Page, lesson: str) -> dict[str, Any]:
    """The same from the server."""
    found: dict[str, Any] = await page.evaluate(
        f"fetch('/api/lessons/{lesson}/report').then(answer => answer.json())"
    )
    return {one["name"]: one for one in found["people"]}


async def test_the_numbers_are_those_of_the_class(tmp_path: Path, browser: Browser) -> None:
    async with product(tmp_path) as running:
        tutor = await person(browser, "Amara Okafor")
        link = await opens_a_room(tutor, running.link("/setup/"), running.address)
        own_link = running.address + await enrols_two(tutor)
        await tutor.join(link)
        lin = await person(browser, "Lin Yue")
        tomas = await person(browser, "Tomas Herrera", size="phone")
        await comes_by_their_own_link(lin, own_link, link)
        await tomas.join(link)
        await holds_a_class(tutor, lin, tomas)

        # Beside the class, while it goes on.
        async with tutor.page.context.expect_page() as opened:
            await tutor.page.get_by_role("link", name="Attendance so far").click()
        beside = await opened.value
        await beside.get_by_role("heading", name="Inscribed angles").wait_for()
        lesson = beside.url.rpartition("/")[2]
        live = await table_of(beside)
        assert {name: row["Left"] for name, row in live.items()} == dict.fromkeys(
            ("Amara Okafor", "Lin Yue", "Tomas Herrera"), "inside"
        )
        assert await beside.get_by_text("Running now").count() == 1
        await beside.close()

        async def teacher_was_heard() -> bool:
            people = await told_of(tutor.page, lesson)
            return bool(people["Amara Okafor"]["spoke_ms"] > 0)

        await eventually(teacher_was_heard, "what the teacher said is written", within_s=25)
        await tutor.press("Leave", exact=False)
        await tutor.press("End for everyone")
        await lin.sees("The class has ended")
        assert await lin.page.get_by_role("link", name="Open the report").count() == 0

        # Afterwards.
        await tutor.page.get_by_role("link", name="Open the report").click()
        await tutor.page.get_by_role("heading", name="Inscribed angles").wait_for()
        rows = await table_of(tutor.page)
        assert {name: row["Role"] for name, row in rows.items()} == {
            "Amara Okafor": "Teacher",
            "Lin Yue": "Student",
            "Tomas Herrera": "Student",
        }
        counted = ("Hands", "On stage", "Answers", "Right", "Points", "Late")
        assert [rows["Lin Yue"][head] for head in counted] == ["2", "0", "1", "1", "3", "–"]
        assert [rows["Tomas Herrera"][head] for head in counted] == ["0", "0", "0", "0", "0", "–"]
        people = await told_of(tutor.page, lesson)
        spoke = {name: one["spoke_ms"] for name, one in people.items()}
        assert spoke["Amara Okafor"] > max(spoke["Lin Yue"], spoke["Tomas Herrera"])
        assert all(one["present_ms"] > 1000 for one in people.values())
        assert rows["Lin Yue"]["Left"] != "inside"
        await tutor.sees("1 of 2 answered, 1 right")
        assert await tutor.page.locator(".report-list").inner_text() == LISTED
        await look_at(tutor.page, "report", TWO_LOOKS)
        async with tutor.page.expect_download() as begun:
            await tutor.page.get_by_role("link", name="Table (CSV)").click()
        kept = await (await begun.value).path()
        assert [line.partition(",")[0] for line in kept.read_text("utf-8-sig").splitlines()] == [
            "Name",
            *rows,
            "Wu Lan",
        ]
        await listed(tutor, running.address)
        await over_lessons(tutor, running.address)
        guest = await person(browser, "Mia Berg")
        await closes_the_door_to_guests(tutor, guest, link)
        assert [one.faults for one in (tutor, lin, tomas, guest)] == [[]] * 4


async def listed(tutor: Person, address: str) -> None:
    """From the navigation, in both languages."""
    await tutor.page.goto(f"{address}/lessons")
    await tutor.page.get_by_role("link", name="Inscribed angles").wait_for()
    await look_at(tutor.page, "report-list", TWO_LOOKS)
    await tutor.page.evaluate("localStorage.setItem('classroom.language', 'zh-CN')")
    await tutor.page.reload()
    await look_at(tutor.page, "report-list-zh", TWO_LOOKS)
    await tutor.page.get_by_role("link", name="Inscribed angles").click()
    await tutor.page.get_by_role("heading", name="谁在场，谁发言").wait_for()
    await look_at(tutor.page, "report-zh", TWO_LOOKS)


async def over_lessons(tutor: Person, address: str) -> None:
    """One student in all lessons: the same numbers as in the report."""
    await tutor.page.evaluate("localStorage.setItem('classroom.language', 'en')")
    await tutor.page.goto(f"{address}/rooms")
    await tutor.press("More for “Inscribed angles”")
    await tutor.page.get_by_role("menuitem", name="Students").click()
    await tutor.press("More for Lin Yue")
    await tutor.page.get_by_role("menuitem", name="Lessons").click()
    await tutor.page.get_by_role("heading", name="Lin Yue: 1 lesson").wait_for()
    (row,) = (await table_of(tutor.page)).values()
    assert [row[head] for head in ("Hands", "Answers", "Right", "Points")] == ["2", "1", "1", "3"]
    await look_twice(tutor.page, "enrol-lessons")
