"""A tutor who asks about the slide on the stage, and a student who answers on it."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from tests.support.looks import TWO_LOOKS, look_at, look_in_both_languages
from tests.support.scene import Person

UNFOLD = """card => new Promise(done => {
    const look = new MutationObserver(() => {
        const option = card.querySelector(".poll-option");
        if (!option) return;
        look.disconnect();
        option.focus();
        requestAnimationFrame(() => setTimeout(() => done(document.activeElement === option)));
    });
    look.observe(card, { childList: true, subtree: true });
    card.querySelector(".stage-ask-fold").click();
})"""
"""Opens a folded card and steps on its first answer the moment it is drawn; whether the focus is
still there after the next frame, when all that follows a drawing was done."""
QUESTION = "Is the angle at the centre twice the angle on the arc?"


def card(one: Person) -> Locator:
    return one.page.get_by_role("complementary", name="Question on this page")


def ask_panel(one: Person) -> Locator:
    return one.page.get_by_role("complementary", name="Ask", exact=True)


async def ask_on_slide(tutor: Person, lin: Person) -> None:
    """Beside the slide and over it; nothing of it is left when this ends."""
    await tutor.press("Ask", exact=False)
    panel = ask_panel(tutor)
    await panel.get_by_label("Where the class sees it").select_option("beside")
    await tutor.press("New question")
    await panel.get_by_label("Kind").select_option("yes_no")
    await panel.get_by_label("Question", exact=True).fill(QUESTION)
    await tutor.press("Ask the class")
    await answers(tutor, lin)
    await panel.get_by_label("Where the class sees it").select_option("over")
    await panel.get_by_role("button", name="1 to 5").click()
    over = lin.page.locator(".stage-ask.is-over")
    await over.locator(".poll-option").first.wait_for()
    await look_at(lin.page, "ask-over-slide", TWO_LOOKS)
    for what in ("later", "earlier"):
        await card(tutor).get_by_role("button", name="More about this question").click()
        await tutor.page.get_by_role("menuitem", name="Remove the question").click()
        if what == "later":
            await expect(card(lin).get_by_text("No: 0 of 1")).to_be_visible()
    await expect(card(lin)).to_have_count(0)
    await expect(card(tutor)).to_have_count(0)
    await tutor.press("Ask", exact=False)
    await prepares(tutor, lin)


async def prepares(tutor: Person, lin: Person) -> None:
    """Kept with the slide, asked from the foot at one press, taken out again."""
    panel = ask_panel(tutor)
    await tutor.press("Question on this slide")
    await panel.get_by_label("Kind").select_option("yes_no")
    await panel.get_by_label("Question", exact=True).fill(QUESTION)
    await panel.get_by_label("Right answer", exact=True).select_option("Yes")
    await panel.get_by_role("button", name="Keep for later").click()
    await tutor.page.get_by_role("menuitem", name="With this slide").click()
    cell = tutor.page.locator(".slide-cell[aria-current=page]")
    await expect(cell).to_have_accessible_name(re.compile("1 question"))
    await look_at(tutor.page, "ask-prepared-on-slide", TWO_LOOKS)
    sign = tutor.page.get_by_role("button", name="Ask the question of this slide")
    assert await card(lin).count() == 0
    await sign.click()
    await card(lin).get_by_text(QUESTION).wait_for()
    await card(tutor).get_by_role("button", name="More about this question").click()
    await tutor.page.get_by_role("menuitem", name="Remove the question").click()
    await panel.get_by_role("button", name="Take out of the slide").click()
    await expect(sign).to_have_count(0)
    await expect(card(lin)).to_have_count(0)
    await tutor.press("Ask", exact=False)


async def answers(tutor: Person, lin: Person) -> None:
    """By the keyboard, on the stage alone; turning away takes the card with it."""
    await card(lin).get_by_text(QUESTION).wait_for()
    assert await ask_panel(lin).count() == 0, "the question stands on the stage already"
    await look_in_both_languages(lin.page, "ask-beside-slide")
    await card(lin).locator(".poll-option").first.focus()
    await lin.page.keyboard.press("Escape")
    await expect(card(lin).locator(".poll")).to_have_count(0)
    await expect(card(lin).get_by_role("button", name="Show the question")).to_be_focused()
    await look_at(lin.page, "ask-folded", TWO_LOOKS)
    await lin.page.keyboard.press("Enter")
    await card(lin).locator(".poll-option").first.wait_for()
    await card(lin).get_by_role("button", name="Fold the question").press("Enter")
    await expect(card(lin).locator(".poll")).to_have_count(0)
    assert await card(lin).evaluate(UNFOLD), "the card takes nobody's focus back"
    await lin.page.keyboard.press("1")
    await card(lin).get_by_text("Your answer is Yes").wait_for()
    await card(tutor).get_by_text("1 of 1 answered").wait_for()
    await lin.press("Ask", exact=False)
    await ask_panel(lin).get_by_text("Your answer is Yes").wait_for()
    await lin.press("Ask", exact=False)
    await lin.page.locator(".slide-cell").first.click()
    await expect(card(lin)).to_have_count(0)
    await card(tutor).get_by_role("button", name="Show the result").click()
    await lin.press("Back to class")
    await card(lin).get_by_role("list", name="Answers").wait_for()
    await look_at(tutor.page, "ask-beside-slide-staff", TWO_LOOKS)
