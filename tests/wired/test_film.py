"""A film on a live stage: placed, played for everybody, and told to who comes late."""

from __future__ import annotations

import pytest

from tests.support.board_class import BoardClass, Member, board_class
from tests.support.signalling import Refusal


async def with_film(room: BoardClass) -> tuple[Member, Member, str]:
    """A teacher and a student, and a film on the stage; its page."""
    teacher, student = await room.pair()
    room.kept.decks.add_film("cells")
    placed = await teacher.ask("deck.place", deck_id="cells")
    return teacher, student, f"{placed['placement_id']}-1-0"


async def test_a_film_is_placed_and_played_in_step() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_film(room)
        told = await student.person.hear_event("board_changed")
        while not told["board"]["placements"]:
            told = await student.person.hear_event("board_changed")
        (placement,) = told["board"]["placements"]
        assert (placement["kind"], placement["name"]) == ("film", "Cells")
        page = told["board"]["pages"][-1]
        assert (page["id"], page["kind"], page["backdrop"]) == (page_id, "film", "/films/cells")
        await teacher.ask("film.play", page_id=page_id, position_ms=1_500)
        film = (await student.person.hear_event("film_changed"))["film"]
        assert (film["page_id"], film["is_playing"], film["position_ms"]) == (page_id, True, 1_500)
        clock = await student.ask("room.clock")
        assert 0 <= clock["clock_ms"] - film["at_ms"] < 2_000
        await teacher.ask("film.rate", page_id=page_id, rate=150)
        late = await room.member("Mia")
        (known,) = late.person.welcome["room"]["films"]
        assert (known["is_playing"], known["rate"]) == (True, 150)
        await teacher.ask("film.seek", page_id=page_id, position_ms=60_000)
        await teacher.ask("film.pause", page_id=page_id, position_ms=60_250)
        while film["is_playing"]:
            film = (await late.person.hear_event("film_changed"))["film"]
        assert film["position_ms"] == 60_250
        await teacher.ask("film.play", page_id=page_id, position_ms=0)
        await teacher.ask("deck.leave", placement_id=page_id.removesuffix("-1-0"))
        while not (film["position_ms"] < 60_000 and not film["is_playing"]):
            film = (await late.person.hear_event("film_changed"))["film"]


async def test_a_student_plays_nothing_and_a_film_that_is_not_ready_is_not_placed() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_film(room)
        with pytest.raises(Refusal) as refused:
            await student.ask("film.play", page_id=page_id, position_ms=0)
        assert refused.value.code == "right.missing"
        with pytest.raises(Refusal) as refused:
            await teacher.ask("film.play", page_id="elsewhere", position_ms=0)
        assert refused.value.code == "film.unknown"
        room.kept.decks.add_film("early", state="opening")
        with pytest.raises(Refusal) as refused:
            await teacher.ask("deck.place", deck_id="early")
        assert refused.value.code == "deck.not_ready"
