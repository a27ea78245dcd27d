"""The teacher asks, students answer once, and the class sees the result when it is shown."""

from __future__ import annotations

from playwright.async_api import Browser, Locator

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, eventually, person

QUESTION = "If AOB is 120°, how large is ACB?"


async def speak_chinese(one: Person) -> None:
    await one.page.locator(".ctl[aria-haspopup=menu]").click()
    await one.page.get_by_role("menuitemradio", name="简体中文").click()


def panel(one: Person) -> Locator:
    return one.page.get_by_role("complementary", name="Ask")


async def write_question(tutor: Person) -> None:
    """Three options, the second right, three points."""
    await tutor.press("New question")
    form = panel(tutor)
    await form.get_by_label("Question", exact=True).fill(QUESTION)
    for letter, text in (("A", "30°"), ("B", "60°"), ("C", "120°")):
        await form.get_by_label(f"Text of {letter}").fill(text)
    await form.get_by_label("Remove D").click()
    await form.get_by_label("B is right").click()
    await form.get_by_label("Points for a right answer").fill("3")


async def test_a_question_from_asking_to_its_result(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin = await person(browser, "Lin Yue")
    await lin.join(running.link("/r/"))
    tomas = await person(browser, "Tomas Herrera", size="phone")
    await tomas.join(running.link("/r/"))

    await tutor.press("Ask", exact=False)
    await write_question(tutor)
    await look_at(tutor.page, "ask-writing", TWO_LOOKS)
    await tutor.press("Ask the class")
    await panel(tutor).get_by_text("0 of 2 answered").wait_for()
    await panel(tutor).get_by_text("Not yet: Lin Yue and Tomas Herrera").wait_for()

    # It opens by itself; a number key answers, and a finger.
    await panel(lin).get_by_text(QUESTION).wait_for()
    await look_at(lin.page, "ask-question", TWO_LOOKS)
    await panel(lin).locator(".poll-option").first.focus()
    await lin.page.keyboard.press("2")
    await panel(lin).get_by_text("Your answer is B, 60°").wait_for()
    await panel(tutor).get_by_text("1 of 2 answered").wait_for()
    kept = await lin.page.evaluate("document.activeElement.matches('.panel .poll')")
    assert kept, "the focus is not lost with the buttons"
    await panel(tomas).get_by_label("Close").tap()
    await tomas.page.locator(".banner").get_by_role("button", name="Answer").tap()
    await panel(tomas).get_by_role("button", name="C 120°").tap()
    await panel(tutor).get_by_text("2 of 2 answered").wait_for()
    assert await panel(lin).get_by_text("right answer").count() == 0

    # Coming back, the same state is there, and nobody answers twice.
    await lin.page.reload()
    await lin.is_inside()
    await lin.press("Ask", exact=False)
    await panel(lin).get_by_text("Your answer is B, 60°").wait_for()
    assert await panel(lin).locator(".poll-option").count() == 0

    await tutor.press("Show the result")
    for one in (lin, tomas):
        bars = panel(one).get_by_role("list", name="Answers").get_by_role("listitem")
        await bars.first.wait_for()
        assert await bars.nth(0).locator(".vh").inner_text() == "A, 30°: 0 of 2"
        second = await bars.nth(1).locator(".vh").inner_text()
        assert second.startswith("B, 60°, right answer: 1 of 2")
    await look_at(tomas.page, "ask-result", TWO_LOOKS)
    await panel(tutor).get_by_text("Who answered what").click()
    await look_at(tutor.page, "ask-teacher", TWO_LOOKS)

    await aids(tutor, lin, tomas)
    await anonymous_and_typed(tutor, lin, tomas)
    await table(tutor)
    await prepared(tutor, lin)
    await in_chinese(tutor, lin)
    assert (tutor.faults, lin.faults, tomas.faults) == ([], [], [])


async def anonymous_and_typed(tutor: Person, lin: Person, tomas: Person) -> None:
    """Of an anonymous question the teacher sees answers only when it is closed, and no names."""
    await tutor.press("New question")
    form = panel(tutor)
    await form.get_by_label("Kind").select_option("text")
    await form.get_by_label("Question", exact=True).fill("What was hard?")
    await form.get_by_text("Anonymous", exact=True).click()
    await tutor.press("Ask the class")
    for one, words in ((lin, r"$\sqrt{2}$"), (tomas, "Nothing")):
        await panel(one).get_by_label("Your answer").fill(words)
        if one is lin:
            await (
                panel(one).get_by_role("region", name="As it will look").locator("math").wait_for()
            )
        # Closing the panel loses nothing of it.
        await panel(one).get_by_label("Close").click()
        await one.page.locator(".banner").get_by_role("button", name="Answer").click()
        await panel(one).get_by_role("button", name="Send").click()
        await panel(one).get_by_text("Your answer was taken").wait_for()
    await panel(tutor).get_by_text("2 of 2 answered").wait_for()
    assert await panel(tutor).locator("math msqrt").count() == 0
    await tutor.press("Close question")
    await panel(tutor).locator("math msqrt").wait_for()


async def aids(tutor: Person, lin: Person, tomas: Person) -> None:
    """A timer for all, a pick that is told, a star that everybody sees."""
    await panel(tutor).get_by_role("button", name="Timer").click()
    await tutor.page.get_by_role("menuitem", name="5 minutes").click()
    for one in (lin, tomas):
        await one.page.get_by_role("timer", name="Countdown").wait_for()
    pill = tutor.page.get_by_role("banner").locator("[aria-haspopup=menu]")
    await pill.filter(has_text="Countdown").click()
    await tutor.page.get_by_role("menuitem", name="Stop and take away").click()
    await panel(tutor).get_by_role("button", name="Timer").click()
    await tutor.page.get_by_role("menuitem", name="Stopwatch").click()
    await pill.filter(has_text="Stopwatch").click()
    await tutor.page.get_by_role("menuitem", name="Pause").click()
    await lin.page.get_by_role("timer", name="Stopwatch, paused").wait_for()
    await lin.press("Raise hand", exact=False)
    await tutor.press("Pick someone")
    await tutor.page.get_by_role("menuitem", name="Of those with a hand up 1").click()
    await lin.page.locator(".toast", has_text="You were picked.").wait_for()
    await lin.press("Hand up", exact=False)
    await panel(tutor).get_by_role("button", name="Give a star").click()
    await tutor.page.get_by_role("menuitem", name="Lin Yue").click()
    await lin.page.locator(".toast", has_text="You have 1 star.").wait_for()
    await tomas.page.get_by_role("img", name="1 star").first.wait_for()


async def table(tutor: Person) -> None:
    """The table has a row an answer, and no name where there must be none."""
    async with tutor.page.expect_download() as begun:
        await tutor.press("Results as a table")
    kept = await (await begun.value).path()
    rows = kept.read_text("utf-8-sig").splitlines()
    assert rows[1:] == [
        f'"{QUESTION}",Lin Yue,"B, 60°",Yes,3,',
        f'"{QUESTION}",Tomas Herrera,"C, 120°",No,0,',
        "What was hard?,,$\\sqrt{2}$,,0,",
        "What was hard?,,Nothing,,0,",
        "All together,Lin Yue,,1,3,1",
        "All together,Tomas Herrera,,0,0,0",
    ]


async def prepared(tutor: Person, lin: Person) -> None:
    """A question that was kept is asked from its quiz."""
    await tutor.press("New question")
    form = panel(tutor)
    await form.get_by_label("Kind").select_option("yes_no")
    await form.get_by_label("Question", exact=True).fill(
        r"Is $\angle ACB = \frac{1}{2}\angle AOB$?"
    )
    await form.get_by_role("region", name="As it will look").locator("math").wait_for()
    await look_at(tutor.page, "ask-formula-writing", TWO_LOOKS)
    await form.get_by_role("button", name="Keep for later").click()
    await tutor.page.get_by_role("menuitem", name="In a new quiz").click()
    await panel(tutor).get_by_text("Quiz 1").click()
    await tutor.press("Ask the next one")
    await panel(lin).locator(".poll-q math mfrac").wait_for()
    await panel(tutor).get_by_text("1 of 1 asked").wait_for()


async def in_chinese(tutor: Person, lin: Person) -> None:
    await speak_chinese(tutor)
    await look_at(tutor.page, "ask-teacher-zh", TWO_LOOKS)
    await speak_chinese(lin)

    async def translated() -> bool:
        return await lin.page.get_by_role("complementary", name="提问").count() == 1

    await eventually(translated, "the panel speaks Chinese")
    await look_at(lin.page, "ask-result-zh", TWO_LOOKS)
