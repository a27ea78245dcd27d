"""How everybody is connected, for who teaches; what a weak network takes, for whom it takes it."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser

from bench.browser import SHARE_TAB, SHARED_TITLE, SIZES, chromium
from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.notices import NAMES, Said
from tests.support.scene import Person, class_of_three, eventually, person

LESSON = Path(__file__).with_name("lesson.html").read_text(encoding="utf-8")
MEASURED_MS = 5_200
"""The page takes nothing for weak while the server begins to measure."""
CALM_MS = 3_000


async def speak_chinese(one: Person) -> None:
    """The same page in the other language, without another browser."""
    await one.page.locator(".ctl[aria-haspopup=menu]").click()
    await one.page.get_by_role("menuitemradio", name="简体中文").click()


async def standings(tutor: Person) -> dict[str, str]:
    """What the tutor's list says of each connection, by name."""
    dots = tutor.page.locator(".person", has=tutor.page.locator(".net-of"))
    found = {}
    for row in await dots.all():
        name = await row.locator(".who b").inner_text()
        found[name] = (await row.locator(".net-dot").first.get_attribute("class") or "")[8:]
    return found


async def test_who_teaches_sees_everybodys_connection(running: Product, browser: Browser) -> None:
    tutor, lin, tomas = await class_of_three(browser, running)
    await tutor.decodes(lin.name)
    await tutor.decodes(tomas.name)
    assert (await tutor.state())["network"] == []
    await tutor.press("People")

    async def known() -> bool:
        told = await standings(tutor)
        return all(told.get(one.name) not in (None, "is-unknown") for one in (lin, tomas))

    await eventually(known, "the tutor sees how both students are connected")
    for one in (lin, tomas):
        name = f"Connection of {one.name}"
        await tutor.button(name, exact=False).click()
        details = tutor.page.get_by_role("dialog", name=name)
        trip = details.locator("dl > div", has_text="There and back").locator("dd")
        assert (await trip.inner_text()).endswith(" ms")
        way = details.locator("dl > div", has_text="Connected over").locator("dd")
        assert await way.inner_text() == "UDP, direct"
        await tutor.page.keyboard.press("Escape")
        await details.wait_for(state="hidden")

    await lin.press("People")
    await lin.page.locator(".person").nth(2).wait_for()
    assert await lin.page.locator(".net-of, .net-summary").count() == 0
    await tutor.press("People")

    async def stopped() -> bool:
        return bool((await tutor.state())["network"] == [])

    await eventually(stopped, "nobody watches behind a closed panel")
    assert (tutor.faults, lin.faults, tomas.faults) == ([], [], [])


def trouble(tutor: str, ids: list[str]) -> list[dict[str, object]]:
    """A class in which one loses packets, one is held to TCP, and one has just come."""
    paused = [{"participant_id": one, "source": "camera", "reduction": "off"} for one in ids[1:5]]
    unmeasured = ("round_trip_ms", "loss_down", "loss_up", "downlink_bps", "uplink_bps", "protocol")
    return [
        {"participant_id": tutor},
        {
            "participant_id": ids[0],
            "quality": "weak",
            "round_trip_ms": 230.4,
            "loss_down": 0.083,
            "downlink_bps": 480_000,
            "reductions": [
                {"participant_id": tutor, "source": "screen", "reduction": "frames"},
                *paused,
            ],
        },
        {
            "participant_id": ids[1],
            "quality": "poor",
            "round_trip_ms": 640.0,
            "loss_up": 0.22,
            "uplink_bps": 90_000,
            "protocol": "tcp",
            "down": "heavy",
            "up": "severe",
            "measures": ["sound_down", "sound_up", "buffer", "picture_lowest", "camera_small"],
        },
        {"participant_id": ids[2], "quality": "unknown", **dict.fromkeys(unmeasured)},
        *({"participant_id": one} for one in ids[3:]),
    ]


async def look_at_details(tutor: Person, whose: str, tag: str) -> str:
    """Opens one connection in every form of the window; what it says."""
    words = ""
    for size, scheme in TWO_LOOKS:
        width, height = SIZES[size]
        await tutor.page.set_viewport_size({"width": width, "height": height})
        form = "phone" if size == "phone" else "wide"
        await tutor.page.locator(f'.room[data-form="{form}"]').wait_for()
        await tutor.page.locator(f'[popovertarget="net-{whose}"]').click()
        details = tutor.page.locator(f"#net-{whose}")
        await details.locator("dl").wait_for()
        words = await details.inner_text()
        await look_at(tutor.page, f"network-details-{tag}", [(size, scheme)])
        # The photographer goes back to the laptop: from a phone, that alone closes the window,
        # and a key pressed while it closes would close the list behind it.
        await tutor.page.locator('.room[data-form="wide"]').wait_for()
        if await details.is_visible():
            await tutor.page.keyboard.press("Escape")
            await details.wait_for(state="hidden")
    return words


async def test_trouble_is_told_in_words_and_figures(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    said = Said(tutor)
    await said.listen()
    await tutor.join(running.link("/enter/"))
    ids = await said.join(NAMES[:9])
    await tutor.page.keyboard.press("p")
    said.report(trouble((await tutor.state())["selfId"], ids))
    await tutor.page.locator(".net-dot.is-poor").first.wait_for()
    await look_at(tutor.page, "network-people-en", TWO_LOOKS)
    words = await look_at_details(tutor, ids[0], "en")
    for expected in ("Loses 8 % of what we send.", "230 ms", "4 cameras paused"):
        assert expected in words
    words = await look_at_details(tutor, ids[1], "lossy-en")
    assert "What is said goes to them several times" in words
    assert "Their camera is sent small" in words
    await speak_chinese(tutor)
    await look_at(tutor.page, "network-people-zh", TWO_LOOKS)
    assert "丢失我们发出的 8%" in await look_at_details(tutor, ids[0], "zh")
    assert tutor.faults == []


async def test_what_a_weak_network_takes_is_said_and_comes_back(
    running: Product, browser: Browser
) -> None:
    async with chromium(SHARE_TAB, consent=False) as sharing:
        tutor = await person(sharing, "Amara Okafor", granted=("camera", "microphone"))
        lin = await person(browser, "Lin Yue")
        said = Said(lin)
        await said.listen()
        lesson = await tutor.page.context.new_page()
        await lesson.set_viewport_size({"width": 1280, "height": 720})
        await lesson.set_content(LESSON.replace("SHARED_TITLE", SHARED_TITLE))
        await tutor.page.bring_to_front()
        await tutor.join(running.link("/enter/"))
        await lin.join(running.link("/r/"))
        await lin.decodes(tutor.name)
        await tutor.page.keyboard.press("s")
        await tutor.page.get_by_role("dialog").locator("button.btn-primary").click()
        await lin.decodes(tutor.name, "screen")

        await lin.page.wait_for_timeout(MEASURED_MS)
        short = [(tutor.name, "camera", "off"), (tutor.name, "screen", "frames")]
        await said.reduce(480_000, *short)
        await lin.page.locator(".tile.is-held .tile-note").wait_for()
        await lin.sees("Weak network: reading quality.")
        await lin.sees("The screen stays sharp and shows fewer frames.")
        await look_at(lin.page, "weak-en", TWO_LOOKS)
        notice = lin.page.locator(".net-short")
        await notice.click()
        await lin.page.locator("#own-connection dl").wait_for()
        await look_at(lin.page, "own-connection-en", [("laptop", "light")])
        await lin.page.keyboard.press("Escape")
        await speak_chinese(lin)
        await look_at(lin.page, "weak-zh", TWO_LOOKS)

        await said.reduce(4_200_000)
        await lin.page.locator(".tile.is-held").wait_for(state="detached")
        await notice.wait_for(state="detached", timeout=CALM_MS + 2_000)
        assert (await lin.state())["shortage"] is None
        assert (tutor.faults, lin.faults) == ([], [])


HEAVY_WORD, CAMERA_OFF_WORD = 2772718912, 2834791584
"""Of tests/corpus/advice.json: half of everything is lost, a small camera; more, and none."""


def remedied(down: str, up: str, word: int | None, *measures: str) -> dict[str, object]:
    return {"down": down, "up": up, "word": word, "measures": list(measures)}


async def test_where_sound_goes_first_it_is_said_and_nobody_sees_the_camera(
    running: Product, browser: Browser
) -> None:
    tutor, lin = await person(browser, "Amara Okafor"), await person(browser, "Lin Yue")
    said = Said(lin)
    await said.listen()
    await tutor.join(running.link("/enter/"))
    await lin.join(running.link("/r/"))
    await lin.decodes(tutor.name)
    await tutor.decodes(lin.name)
    said.say("media.remedy", remedied("heavy", "heavy", HEAVY_WORD, "sound_down"))
    notice = lin.page.locator(".net-short")
    await notice.wait_for()
    assert await notice.locator("b").inner_text() == "Weak network: sound first."
    await lin.page.locator(".net").click()
    details = lin.page.locator("#own-connection")
    await details.get_by_text("You hear the others 400 ms later").wait_for()
    await look_at(lin.page, "sound-first-en", [("laptop", "light"), ("phone", "dark")])
    await lin.page.keyboard.press("Escape")

    said.say("media.remedy", remedied("severe", "severe", CAMERA_OFF_WORD, "camera_off"))
    await lin.sees("Your camera is off to others: the network is weak.")

    async def held() -> bool:
        return bool((await tutor.participant(lin.name))["media"]["camera"] == "muted")

    await eventually(held, "the tutor is told that Lin's camera is off")
    # Her own picture stays before her.
    await lin.page.locator(".tile video").nth(1).wait_for()
    await look_at(lin.page, "camera-held-en", [("laptop", "dark"), ("phone", "light")])
    await speak_chinese(lin)
    await look_at(lin.page, "camera-held-zh", TWO_LOOKS)
    await lin.button("仍然发送").click()
    await tutor.decodes(lin.name)
    said.say("media.remedy", remedied("calm", "calm", None))
    await notice.wait_for(state="detached", timeout=CALM_MS + 2_000)
    await tutor.decodes(lin.name)
    assert (tutor.faults, lin.faults) == ([], [])
