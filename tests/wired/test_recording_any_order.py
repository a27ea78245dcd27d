"""Whatever a class does, in whatever order: on the disk is nothing of anybody beyond their yes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.recorded_class import ALL, RecordedClass, read_any, recorded_class
from tests.support.signalling import Person, Refusal, until

NAMES = ("Lia", "Bob")
steps = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(NAMES), st.lists(st.booleans(), min_size=5)),
    st.tuples(st.just("speak"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("speak"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("erase"), st.sampled_from(NAMES), st.sampled_from(ALL)),
    st.tuples(st.just("reload"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.sampled_from(["pause", "resume", "anew", "crash"]), st.just("Wu"), st.none()),
)


class Story:
    """Does the steps, and keeps beside the class what may be on the disk in the end."""

    def __init__(self, one: RecordedClass) -> None:
        self.one = one
        self.people: dict[str, Person] = {}
        self.voices: dict[str, str] = {}
        self.said: dict[tuple[str, str], bool] = {}
        self.phase = "off"
        self.allowed: dict[bytes, tuple[str, str, int]] = {}
        """With whose it is, of which kind, and in which recording."""
        self.markers: set[bytes] = set()
        self.recordings = 0

    async def come(self, name: str) -> None:
        role = "host" if name == "Wu" else "student"
        before = self.people.get(name)
        seat = self.one.place.seat(name, role, participant_id=name.lower())  # type: ignore[arg-type]
        if before is not None:
            await before.leave_line()
        self.people[name] = await self.one.place.join(name, seat=seat)
        self.voices[name] = await self.people[name].produce("microphone")

    async def begin(self) -> None:
        await self.one.ask(self.people["Wu"])
        await self.people["Wu"].ask("recording.begin")
        self.said, self.phase = {}, "on"
        self.recordings += 1

    def mark(self, name: str, kind: str) -> bytes:
        marker = f"{kind}-{name}-{len(self.markers)}-end".encode()
        self.markers.add(marker)
        if self.phase == "on" and self.said.get((name, kind)):
            self.allowed[marker] = name, kind, self.recordings
        return marker

    # Steps

    async def answer(self, name: str, yes: list[bool]) -> None:
        said = dict(zip(ALL, yes, strict=False))
        agreed = [kind for kind, answer in said.items() if answer]
        refused = tuple(kind for kind, answer in said.items() if not answer)
        for kind in refused:  # from the moment it is on its way nothing more is promised
            self.said[name, kind] = False
        await self.one.answer(self.people[name], *agreed, no=refused)
        self.said |= {(name, kind): True for kind in agreed}
        if self.phase == "on" and "voice" in agreed:
            await until(lambda: self.voices[name] in self.one.media.recorded)

    async def speak(self, name: str, _: None) -> None:
        self.one.send(self.people[name], self.voices[name], self.mark(name, "voice"))

    async def write(self, name: str, _: None) -> None:
        text = self.mark(name, "chat").decode()
        await self.people[name].ask("chat.post", text=text, client_id=text)

    async def erase(self, name: str, kind: str) -> None:
        self.said[name, kind] = False
        await self.people[name].ask("recording.withdraw", kinds=[kind], erase=True)
        erased = name, kind, self.recordings
        self.allowed = {key: of for key, of in self.allowed.items() if of != erased}

    async def reload(self, name: str, _: None) -> None:
        await self.come(name)

    async def pause(self, name: str, _: None) -> None:
        await self.people["Wu"].ask("recording.pause")
        self.phase = "paused"

    async def resume(self, name: str, _: None) -> None:
        await self.people["Wu"].ask("recording.resume")
        self.phase = "on"

    async def anew(self, name: str, _: None) -> None:
        await self.people["Wu"].ask("recording.stop")
        self.phase = "off"
        await self.begin()

    async def crash(self, name: str, _: None) -> None:
        self.one.media.die()
        self.one.media.come_back()
        for each in self.people:
            await self.come(each)

    async def do(self, what: str, name: str, how: Any) -> None:
        step: Callable[[str, Any], Coroutine[Any, Any, None]] = getattr(self, what)
        await step(name, how)

    async def check(self) -> None:
        if self.phase != "off":
            await self.people["Wu"].ask("recording.stop")
        await until(lambda: len(self.one.finished) == self.recordings)
        keys = self.one.keys()
        files = [path for path in self.one.recordings.root.rglob("*") if path.is_file()]
        everything = b"\n".join(read_any(path, keys) for path in files)
        found = {marker for marker in self.markers if marker in everything}
        assert found <= set(self.allowed), "something is written beyond a yes"


@settings(max_examples=3, deadline=None, database=None)
@given(st.lists(steps, min_size=6, max_size=14))
async def test_nothing_is_written_beyond_a_yes(script: list[tuple[str, str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with recorded_class(Path(folder)) as one:
            story = Story(one)
            for name in ("Wu", *NAMES):
                await story.come(name)
            await story.begin()
            for what, name, how in script:
                try:
                    await story.do(what, name, how)
                except Refusal as refused:
                    if refused.code not in ("recording.none", "rate.limited"):
                        raise
            await story.check()


async def test_and_what_was_agreed_to_is_there() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with recorded_class(Path(folder)) as one:
            story = Story(one)
            for name in ("Wu", *NAMES):
                await story.come(name)
            await story.begin()
            await story.answer("Lia", [True] * 5)
            await until(lambda: (one.crew.keys.get("lia/chat")) is not None)
            await story.speak("Lia", None)
            await story.write("Lia", None)
            await story.speak("Bob", None)
            await story.check()
            assert len(story.allowed) == 2
            for marker in story.allowed:
                assert one.where(marker), marker
