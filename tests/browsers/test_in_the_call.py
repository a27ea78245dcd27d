"""In the class: other devices, a moving share with its sound, the ring, layouts, the link."""

from __future__ import annotations

from playwright.async_api import Browser

from bench.browser import SHARE_TAB, SHARED_TITLE, chromium
from bench.product import Product
from tests.support.scene import KEEP_PEERS, Person, class_of_three, eventually, person

THREE_DEVICES = "--use-fake-device-for-media-stream=device-count=3"
SENT_LABELS = """() => window.peers.flatMap((peer) => peer.getSenders())
    .map((sender) => sender.track?.label ?? "").filter(Boolean)"""
SOUNDING_LESSON = f"""<title>{SHARED_TITLE}</title><h1>Waves</h1><p id=n></p><script>
    setInterval(() => n.textContent = Date.now(), 100);
    const sound = new AudioContext();
    const tone = new OscillatorNode(sound, {{ frequency: 440 }});
    tone.connect(new GainNode(sound, {{ gain: 0.5 }})).connect(sound.destination);
    tone.start();
</script>"""


async def pick_device(one: Person, kind: str) -> str:
    """Chooses the last device of a list under "Sound and picture"; its name."""
    await one.press("More")
    await one.page.get_by_role("menuitem", name="Sound and picture").click()
    choice = one.page.get_by_role("dialog").get_by_label(kind)
    name = await choice.locator("option").last.inner_text()
    await choice.select_option(label=name)
    await one.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    return name


async def test_other_devices_are_taken_while_the_call_goes_on(
    running: Product, browser: Browser
) -> None:
    async with chromium(THREE_DEVICES, devices=False) as rich:
        tutor = await person(rich, "Amara Okafor", granted=("camera", "microphone"))
        await tutor.page.add_init_script(KEEP_PEERS)
        lin = await person(browser, "Lin Yue")
        await tutor.join(running.link("/enter/"))
        await lin.join(running.link("/r/"))
        await lin.decodes(tutor.name)
        before = set(await tutor.page.evaluate(SENT_LABELS))
        producers = {row["consumerId"] for row in await lin.stats()}

        for kind in ("Camera", "Microphone"):
            name = await pick_device(tutor, kind)

            async def sends(name: str = name) -> bool:
                labels: list[str] = await tutor.page.evaluate(SENT_LABELS)
                return any(label.startswith(name) for label in labels)

            assert not any(label.startswith(name) for label in before)
            await eventually(sends, f"{name} is sent")
        await lin.decodes(tutor.name)
        await lin.hears(tutor.name)
        assert {row["consumerId"] for row in await lin.stats()} == producers
        assert (tutor.faults, lin.faults) == ([], [])


async def test_a_share_for_movement_has_its_sound(running: Product, browser: Browser) -> None:
    async with chromium(SHARE_TAB, consent=False) as sharing:
        tutor = await person(sharing, "Amara Okafor", granted=("camera", "microphone"))
        lin = await person(browser, "Lin Yue")
        lesson = await tutor.page.context.new_page()
        await lesson.set_content(SOUNDING_LESSON)
        await tutor.page.bring_to_front()
        await tutor.join(running.link("/enter/"))
        await lin.join(running.link("/r/"))
        await tutor.press("Share", exact=False)
        await tutor.page.locator(".mode", has_text="Motion").click()
        await tutor.press("Choose what to share")
        await lin.decodes(tutor.name, "screen")

        async def mode() -> str:
            return str((await lin.participant(tutor.name))["media"]["screen_mode"])

        assert await mode() == "motion"
        await lin.hears(tutor.name, "screen_audio")
        await lin.sees("with sound")
        for name, wanted in (("Text", "text"), ("Motion", "motion")):
            await tutor.page.locator(".stagefoot .seg-one", has_text=name).click()

            async def changed(wanted: str = wanted) -> bool:
                return await mode() == wanted

            await eventually(changed, f"Lin sees that the share is for {wanted}")
        await lin.decodes(tutor.name, "screen")
        assert (tutor.faults, lin.faults) == ([], [])


async def test_the_one_who_speaks_is_ringed_and_space_lets_speak(
    running: Product, browser: Browser
) -> None:
    tutor, lin, tomas = await class_of_three(browser, running)
    for one in (tutor, lin):
        await one.press("Mute", exact=False)
    ids = {one.name: (await one.state())["selfId"] for one in (tutor, lin, tomas)}

    async def only_tomas() -> bool:
        return bool((await lin.state())["speakers"] == [ids[tomas.name]])

    await eventually(only_tomas, "Lin's page names Tomas alone as the speaker")
    ring = lin.page.locator(f'.tile.is-speaking[data-person="{ids[tomas.name]}"]')
    await ring.first.wait_for(state="visible")

    async def microphone(wanted: str) -> bool:
        return bool((await tutor.participant(lin.name))["media"]["microphone"] == wanted)

    await lin.page.locator("h1").click()  # no button has the focus, so the space bar is free
    await lin.page.keyboard.down("Space")
    await lin.sees("Let go of the space bar to be muted again.")
    await eventually(lambda: microphone("live"), "the tutor sees that Lin may be heard")
    await tutor.hears(lin.name)
    await lin.page.keyboard.up("Space")
    await eventually(lambda: microphone("muted"), "Lin is muted again")
    assert (await lin.state())["microphone"] is False


async def test_layouts_and_the_invitation_link(running: Product, browser: Browser) -> None:
    granted = ("camera", "microphone", "clipboard-read", "clipboard-write")
    tutor = await person(browser, "Amara Okafor", granted=granted)
    lin = await person(browser, "Lin Yue")
    await tutor.join(running.link("/enter/"))
    await lin.join(running.link("/r/"))
    await tutor.decodes(lin.name)

    async def shows(view: str, selector: str) -> None:
        async def shown() -> bool:
            count = await tutor.page.locator(selector).count()
            return bool((await tutor.state())["view"] == view and count > 0)

        await eventually(shown, f"the layout is {view}")

    await shows("gallery", ".gallery .tile")
    choice = tutor.page.locator(".view-choice .seg-one")
    await choice.filter(has_text="Side by side").click()
    await shows("side", '.large[data-count="2"] .tile')
    await choice.filter(has_text="Focus").click()
    await shows("focus", '.large[data-count="1"] .tile')
    await tutor.page.keyboard.press("l")
    await shows("gallery", ".gallery .tile")
    await tutor.page.keyboard.press("l")
    await shows("side", '.large[data-count="2"] .tile')
    await tutor.decodes(lin.name)

    await tutor.page.bring_to_front()
    await tutor.press("Invite", exact=False)
    await tutor.sees("The link is copied")
    copied = await tutor.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == running.link("/r/").rstrip(".")
    assert tutor.faults == []
