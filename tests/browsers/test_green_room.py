"""Before the class: what is missing is said, and one may come in all the same."""

from __future__ import annotations

from playwright.async_api import Browser

from bench.browser import chromium
from bench.product import Product
from tests.support.scene import eventually, person

FEW_TABS = 40
KEEP_PEERS = """window.peers = [];
const Peer = RTCPeerConnection;
window.RTCPeerConnection = class extends Peer {
    constructor(...all) { super(...all); window.peers.push(this); }
};"""
CONNECTED = "() => window.peers.filter((one) => one.connectionState === 'connected').length === 2"
SENT = """async () => {
    const all = await Promise.all(window.peers.map((one) => one.getStats()));
    return all.flatMap((one) => [...one.values()])
        .filter((row) => row.type === 'outbound-rtp').map((row) => row.packetsSent);
}"""
FOCUSED = """() => {
    const at = document.activeElement;
    return at.getAttribute("aria-label") ?? at.innerText;
}"""
CONTROLS = """() => [...document.querySelectorAll(".callbar button")]
    .map((one) => one.getAttribute("aria-label") ?? one.innerText)"""


async def test_without_any_device_one_joins_and_listens(running: Product, browser: Browser) -> None:
    async with chromium(devices=False) as bare:
        tutor = await person(browser, "Amara Okafor")
        await tutor.join(running.link("/enter/"))
        # Without any permission Chromium uses only the default route, which loopback is not.
        listener = await person(bare, "Lin Yue", granted=("camera", "microphone"))
        await listener.page.goto(running.link("/r/"))
        await listener.sees("No camera and no microphone was found")
        await listener.page.get_by_role("textbox", name="Your name").fill(listener.name)
        await listener.press("Join and listen")
        await listener.is_inside()
        await listener.decodes(tutor.name)
        await listener.hears(tutor.name)
        known = await tutor.participant(listener.name)
        assert (known["media"]["microphone"], known["media"]["camera"]) == ("off", "off")


async def test_a_refused_permission_is_explained_and_one_may_listen(running: Product) -> None:
    async with chromium(consent=False) as browser:
        one = await person(browser, "Lin Yue")
        await one.page.goto(running.link("/r/"))
        await one.sees("The browser is not allowed to use your camera and microphone")
        await one.press("Show me how")
        await one.sees("Come back to this page and press Try again.")
        dialog = one.page.get_by_role("dialog")
        await one.page.keyboard.press("Escape")
        # A closing dialog gives the focus back: what is written before that is lost.
        await dialog.wait_for(state="hidden")
        await one.page.get_by_role("textbox", name="Your name").fill(one.name)
        await one.press("Join and listen")
        await one.is_inside()
        assert (await one.state())["microphone"] is False


async def test_one_may_listen_although_everything_works(running: Product, browser: Browser) -> None:
    one = await person(browser, "Lin Yue")
    await one.page.goto(running.link("/r/"))
    await one.sees("Looking good")
    await one.page.get_by_role("textbox", name="Your name").fill(one.name)
    await one.press("Join and listen")
    await one.is_inside()
    state = await one.state()
    assert (state["microphone"], state["camera"]) == (False, False)


async def test_an_unknown_class_is_said(running: Product, browser: Browser) -> None:
    one = await person(browser, "Lin Yue")
    await one.page.goto(f"{running.address}/r/bbb-ccc-ddd")
    await one.sees("There is no class with this code")


async def test_devices_are_chosen_and_tried(running: Product, browser: Browser) -> None:
    one = await person(browser, "Lin Yue")
    await one.page.goto(running.link("/r/"))
    await one.sees("Looking good")
    bar = one.page.get_by_role("meter", name="Microphone level")

    async def moves() -> bool:
        return float(await bar.get_attribute("value") or 0) > 0

    await eventually(moves, "the bar shows that the microphone hears")
    choice = one.page.get_by_label("Microphone", exact=True)
    name = await choice.locator("option").last.inner_text()
    await choice.select_option(label=name)

    async def opened() -> bool:
        return str(await choice.evaluate("it => it.selectedOptions[0].text")) == name

    await eventually(opened, "the chosen microphone is the open one")
    await eventually(moves, "the bar moves again")
    await one.press("Test the sound")
    await one.sees("Three soft notes?")
    assert one.faults == []


async def test_the_keyboard_alone_leads_through_the_class(
    running: Product, browser: Browser
) -> None:
    one = await person(browser, "Amara Okafor")
    page = one.page
    await page.goto(running.link("/enter/"))
    await one.sees("Looking good")
    name = page.get_by_role("textbox", name="Your name")
    for _ in range(FEW_TABS):
        await page.keyboard.press("Tab")
        if await name.evaluate("it => it === document.activeElement"):
            break
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type(one.name)
    await page.keyboard.press("Enter")
    await one.is_inside()

    controls = set(await page.evaluate(CONTROLS))
    reached: set[str] = set()
    for _ in range(FEW_TABS):
        await page.keyboard.press("Tab")
        reached.add(str(await page.evaluate(FOCUSED)))
    assert len(controls) >= 8
    assert controls <= reached

    await page.keyboard.press("p")
    panel = page.get_by_role("complementary", name="People")
    await panel.wait_for()
    await page.keyboard.press("Escape")
    await panel.wait_for(state="detached")
    await page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Share a screen, a window or a tab")
    await dialog.wait_for()
    await page.keyboard.press("Escape")
    await dialog.wait_for(state="hidden")
    assert (await one.state())["sharing"] is False
    assert one.faults == []


async def test_paths_are_ready_at_the_door_and_nothing_is_sent(
    running: Product, browser: Browser
) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    one = await person(browser, "Lin Yue")
    asked: list[str] = []
    one.page.on("request", lambda it: asked.append(it.url) if it.url.endswith("/seat") else None)
    await one.page.add_init_script(KEEP_PEERS)
    await one.page.goto(running.link("/r/"))
    await one.sees("Looking good")
    await one.page.get_by_role("textbox", name="Your name").fill(one.name)
    await one.page.wait_for_function(CONNECTED)
    assert await one.page.evaluate(SENT) == [0]
    assert len((await tutor.state())["participants"]) == 1
    await one.page.locator("form.join-form button[type=submit]").click()
    await one.is_inside()
    await one.hears(tutor.name)
    await one.decodes(tutor.name)
    await tutor.hears(one.name)
    await tutor.decodes(one.name)
    assert len(asked) == 1
    assert await one.page.evaluate(CONNECTED)
