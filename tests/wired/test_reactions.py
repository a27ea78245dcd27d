"""Reactions over real sockets: gathered for everybody near, refused when they are switched off."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.support.signalling import Person, Refusal, classroom


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def seen(person: Person, count: int) -> dict[tuple[str, str], int]:
    """What somebody is shown, until it is so many; gathered in one notice or in some."""
    sums: dict[tuple[str, str], int] = {}
    while sum(sums.values()) < count:
        for one in (await person.hear("floor.reactions"))["given"]:
            key = one["participant_id"], one["reaction"]
            sums[key] = sums.get(key, 0) + one["count"]
    return sums


async def test_a_class_claps_within_hearing_and_may_be_told_to_stop() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li, bo = await place.join("Li"), await place.join("Bo")
        ann = await place.join("Ann", "observer")
        claps = [one.ask("floor.react", reaction="clap") for one in (li, li, bo, ann, wu)]
        await asyncio.gather(*claps)
        expected = {(li.id, "clap"): 2, **{(one.id, "clap"): 1 for one in (bo, ann, wu)}}
        for one in (wu, li, bo, ann):
            assert await seen(one, 5) == expected

        await wu.ask("group.plan", names=["A", "B"], how="hand", members=[])
        groups = (await wu.hear_event("groups_changed"))["groups"]["groups"]
        for one, group in zip((li, bo), groups, strict=True):
            await wu.ask("group.move", participant_id=one.id, group_id=group["id"])
        await wu.ask("group.open", minutes=None)
        await li.ask("floor.react", reaction="wow")
        assert await seen(li, 1) == {(li.id, "wow"): 1}
        await wu.ask("floor.react", reaction="love")
        assert await seen(ann, 1) == {(wu.id, "love"): 1}, "of a group the class sees nothing"
        assert not [name for name, _ in bo.heard if name == "floor.reactions"]

        await wu.ask("floor.set_locks", reactions=True)
        assert await refused(li.ask("floor.react", reaction="wow")) == "lock.reactions"
        assert not (await li.hear("room.rights"))["rights"]["may_react"]
        assert await refused(ann.ask("floor.react", reaction="wow")) == "lock.reactions"
        assert await refused(wu.ask("floor.react", reaction="<b>")) == "message.malformed"
        codes = [await refused(li.ask("floor.react", reaction="wow")) for _ in range(12)]
        assert codes[-1] == "rate.limited"
