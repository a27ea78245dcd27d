"""An activity on a live stage: values that all copies share, and what they tell each other."""

from __future__ import annotations

import pytest

from tests.support.board_class import board_class
from tests.support.signalling import Refusal


async def test_copies_share_values_and_tell_each_other() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        room.kept.decks.add_film("quiz", kind="activity")
        placed = await teacher.ask("deck.place", deck_id="quiz")
        page_id = f"{placed['placement_id']}-1-0"
        told = await student.person.hear_event("board_changed")
        while not told["board"]["placements"]:
            told = await student.person.hear_event("board_changed")
        page = told["board"]["pages"][-1]
        assert (page["id"], page["kind"], page["backdrop"]) == (page_id, "activity", "/films/quiz")
        await student.ask("activity.set", page_id=page_id, key="count", value="[1]")
        changed = await teacher.person.hear_event("activity_changed")
        assert (changed["key"], changed["value"]) == ("count", "[1]")
        assert changed["by"] == student.person.id
        late = await room.member("Mia")
        (kept,) = late.person.welcome["room"]["activities"]
        assert kept == {"page_id": page_id, "values": [{"key": "count", "value": "[1]"}]}
        with pytest.raises(Refusal) as refused:
            await late.ask("activity.set", page_id=page_id, key="count", value="2")
        assert refused.value.code == "pen.missing"

        await late.ask("activity.event", page_id=page_id, name="done", value="7")
        await teacher.ask("activity.event", page_id=page_id, name="next", value="null")
        said = await student.person.hear_event("activity_said")
        assert (said["name"], said["by"]) == ("next", teacher.person.id)
        told = await teacher.person.hear_event("activity_told")
        assert (told["name"], told["value"], told["by"]) == ("done", "7", late.person.id)
