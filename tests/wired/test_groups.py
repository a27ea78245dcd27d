"""Groups over real sockets: what flows to whom whatever is asked, and whose page opens."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.board_class import board_class
from tests.support.board_client import OpenPage, page_doc
from tests.support.signalling import Person, Place, Refusal, classroom, until
from whiteboard import frame

NAMES = ["Owls", "Foxes"]
VERBS = ("pause_consumers", "resume_consumers")


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


@dataclass
class Lesson:
    """A teacher, Lin and Tomas of the one group, Mia of the other; all speak and want to hear."""

    place: Place
    tutor: Person
    lin: Person
    tomas: Person
    mia: Person

    @classmethod
    async def begin(cls, place: Place) -> Lesson:
        place.room()
        people = [await place.join("Wu", "host")]
        people += [await place.join(name) for name in ("Lin", "Tomas", "Mia")]
        lesson = cls(place, *people)
        for one in people:
            await one.produce("microphone")
        for one in people:
            await lesson.wants_all(one)
        return lesson

    async def wants_all(self, person: Person) -> None:
        """Ask for everything there is, as a client does."""
        await person.ask("media.resume_consumers", consumer_ids=list(self.offers(person)))

    def offers(self, person: Person) -> dict[str, str]:
        """Somebody's consumers, and whose voice each is."""
        media, made = self.place.media, {}
        for consumer_id, consumer in media.consumers.items():
            if media.transports[consumer.transport_id].endpoint_id.startswith(person.id):
                sender = media.producers[consumer.producer_id].transport_id
                owner = media.transports[sender].endpoint_id.partition(".")[0]
                made[str(consumer_id)] = owner
        return made

    def hears(self, person: Person) -> set[str]:
        """Whose voices flow to somebody now."""
        consumers = self.place.media.consumers
        paused = {str(name): consumer.paused for name, consumer in consumers.items()}
        return {who for name, who in self.offers(person).items() if not paused[name]}

    async def settles(self, **expected: set[Person]) -> None:
        """Until everybody named hears exactly these."""
        ids = {name: {one.id for one in people} for name, people in expected.items()}
        try:
            await until(
                lambda: all(self.hears(getattr(self, name)) == who for name, who in ids.items())
            )
        except TimeoutError:
            pytest.fail(str({name: self.hears(getattr(self, name)) for name in ids}))

    async def plan(self) -> None:
        members = [
            {"participant_id": one.id, "group": group}
            for one, group in ((self.lin, 0), (self.tomas, 0), (self.mia, 1))
        ]
        await self.tutor.ask("group.plan", names=NAMES, how="hand", members=members)

    async def open(self) -> list[str]:
        """The groups' ids."""
        await self.plan()
        await self.tutor.ask("group.open", minutes=None)
        groups = (await self.tutor.ask("room.sync"))["groups"]
        return [group["id"] for group in groups["groups"]]


async def test_a_group_hears_itself_and_nobody_else_whatever_it_asks() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        tutor, lin, tomas, mia = lesson.tutor, lesson.lin, lesson.tomas, lesson.mia
        await lesson.settles(tutor={lin, tomas, mia}, mia={tutor, lin, tomas})
        asked = len(place.media.asked)
        await lesson.open()
        await lesson.settles(tutor=set(), lin={tomas}, tomas={lin}, mia=set())
        told = [verb for verb in place.media.asked[asked:] if verb in VERBS]
        assert told == ["pause_consumers"]

        await lesson.wants_all(mia)
        assert lesson.hears(mia) == set()

        late = await place.join("Late")
        await lesson.wants_all(late)
        assert lesson.hears(late) == {tutor.id}

        asked = len(place.media.asked)
        await tutor.ask("group.close", in_s=0)
        await lesson.settles(
            tutor={lin, tomas, mia}, lin={tutor, tomas, mia}, mia={tutor, lin, tomas}
        )
        told = [verb for verb in place.media.asked[asked:] if verb in VERBS]
        assert told == ["resume_consumers"]


async def test_a_teacher_visits_listens_and_speaks_to_all() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        tutor, lin, tomas, mia = lesson.tutor, lesson.lin, lesson.tomas, lesson.mia
        owls, foxes = await lesson.open()
        await tutor.ask("group.speak", on=True)
        await lesson.settles(tutor=set(), lin={tomas, tutor}, mia={tutor})
        await tutor.ask("group.visit", group_id=owls)
        await lesson.settles(tutor={lin, tomas}, lin={tomas, tutor}, mia={tutor})
        await tutor.ask("group.visit", group_id=foxes, quiet=True)
        await lesson.settles(tutor={mia}, lin={tomas}, mia=set())
        await tutor.ask("group.move", participant_id=lin.id, group_id=foxes)
        await lesson.settles(tutor={mia, lin}, lin={mia}, tomas=set(), mia={lin})
        assert await refused(mia.ask("group.speak", on=True)) == "right.missing"
        assert await refused(mia.ask("group.visit", group_id=owls)) == "right.missing"


async def test_a_new_worker_keeps_the_groups_apart() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        await lesson.open()
        place.media.die()
        place.media.come_back()
        people = (lesson.tutor, lesson.lin, lesson.tomas, lesson.mia)
        for one in people:
            await one.hear("media.reset")
            capabilities = place.media.capabilities()
            one.welcome["media"] = await one.ask("media.join", rtp_capabilities=capabilities)
        for one in people:
            await one.produce("microphone")
        for one in people:
            await lesson.wants_all(one)
        assert [len(lesson.offers(one)) for one in people] == [3, 3, 3, 3]
        assert lesson.hears(lesson.lin) == {lesson.tomas.id}
        assert lesson.hears(lesson.mia) == set()


async def test_who_reloads_is_in_their_group_at_once() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        owls, _ = await lesson.open()
        seat = place.seat("Lin", participant_id=lesson.lin.id)
        back = await place.join("Lin", seat=seat)
        (own,) = [one for one in back.welcome["room"]["participants"] if one["id"] == back.id]
        assert own["group"] == owls
        await lesson.wants_all(back)
        assert lesson.hears(back) == {lesson.tomas.id}


async def test_speech_and_messages_stay_in_the_group() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        await lesson.open()
        await lesson.tomas.ask("chat.post", text="only us", client_id="c1", to="group")
        told = await lesson.lin.hear_event("chat_told")
        assert told["message"]["text"] == "only us"
        (router,) = place.media.routers
        producers = place.media.producers.items()
        transports = place.media.transports
        voice = {
            transports[made.transport_id].endpoint_id.partition(".")[0]: name
            for name, made in producers
        }
        place.media.speak(router, voice[lesson.lin.id])
        speakers = await lesson.tomas.hear("media.speakers")
        assert speakers["participant_ids"] == [lesson.lin.id]
        assert (await lesson.mia.hear("media.speakers"))["participant_ids"] == []
        assert "only us" not in str(await lesson.mia.ask("room.sync"))
        assert not [one for one in lesson.mia.heard if "only us" in str(one)]


async def test_a_call_rings_and_a_visit_answers_it() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        owls, _ = await lesson.open()
        await lesson.lin.ask("group.call")
        await lesson.tomas.ask("group.call")
        groups = (await lesson.tutor.ask("room.sync"))["groups"]
        assert [(call["group_id"], call["by"]) for call in groups["calls"]] == [
            (owls, lesson.lin.id)
        ]
        await lesson.tutor.ask("group.visit", group_id=owls)
        assert (await lesson.tutor.ask("room.sync"))["groups"]["calls"] == []


async def test_who_is_moved_into_a_group_reads_what_was_written_there() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        await lesson.open()
        await lesson.lin.ask("chat.post", text="x = 4", client_id="c1", to="group")
        await lesson.tutor.ask("group.move", participant_id=lesson.mia.id, group_id="g1")
        told = await lesson.mia.hear_event("earlier_told")
        assert [one["text"] for one in told["messages"]] == ["x = 4"]
        assert told["files"] == []
        assert not [one for one in lesson.tomas.heard if "earlier_told" in str(one)]


async def test_a_plan_at_random_deals_every_student() -> None:
    async with classroom() as place:
        lesson = await Lesson.begin(place)
        await lesson.tutor.ask("group.plan", names=NAMES, how="random", members=[])
        groups = (await lesson.tutor.ask("room.sync"))["groups"]
        dealt = {one["participant_id"] for one in groups["members"]}
        assert dealt == {lesson.lin.id, lesson.tomas.id, lesson.mia.id}


async def test_each_group_works_on_its_own_copy_and_all_see_them_after_it() -> None:
    async with board_class() as room:
        tutor = await room.member("Wu", "host")
        lin, mia = await room.member("Lin"), await room.member("Mia")
        task = await tutor.page()
        await task.draw(2)
        await task.saved()
        page_id = (await tutor.pages())["page_id"]
        members = [
            {"participant_id": one.person.id, "group": group}
            for group, one in enumerate((lin, mia))
        ]
        await tutor.ask("group.plan", names=NAMES, how="hand", members=members)
        await tutor.ask("group.open", minutes=10, task_page_id=page_id)
        reserved = (await tutor.ask("room.sync"))["reserved"]["pages"]
        owls, foxes = (page["id"] for page in reserved)
        async with asyncio.timeout(20):
            while (await lin.ask("room.sync"))["reserved"]["own"] != owls:
                await lin.person.hear("board.reserved")
        page = await lin.page(owls)
        assert len(page.ids) == 2
        assert page.pen == "own"
        stranger = OpenPage(mia.board, 0, page_doc(await tutor.pages(), owls))
        await stranger.open(frame.LOOK)
        await stranger.until(lambda: stranger.state != "opening")
        assert (stranger.state, stranger.code) == ("refused", "page.unknown")
        (drawn,) = await page.draw()
        await page.saved()

        await tutor.ask("group.close", in_s=0)
        board = (await mia.ask("room.sync"))["board"]
        assert [(one["id"], one["name"]) for one in board["pages"]][1:] == [
            (owls, "Owls"),
            (foxes, "Foxes"),
        ]
        looks = await mia.page(owls, channel=1, mode=frame.LOOK)
        await looks.sees(drawn)
