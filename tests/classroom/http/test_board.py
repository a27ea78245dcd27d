"""Pictures of boards over HTTP: who may send them, who sees them, and what is refused."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import Headers

from classroom.blobs.pictures import BYTES_MAX
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http import board as board_module
from classroom.http.board import WASTED_TRIES
from classroom.http.limits import Limits
from classroom.http.pictures import SENT_BY_SEAT_MAX
from classroom.ids import RoomId
from classroom.people.seat import SEAT_KEY, issue_seat, verify_seat
from classroom.people.throttle import Throttle
from classroom.room.board import new_board
from classroom.store import board_assets
from classroom.store.board_assets import AssetRow, add_asset
from classroom.store.boards import save_board
from classroom.store.tables import BoardAsset
from tests.support.people import Answer, Browser, House
from tests.support.pictures import drawing, encoded, noise, png_bomb

PICTURE = encoded(drawing(), "PNG")


@dataclass
class Lesson:
    """A room with a board, and somebody in it who may draw."""

    home: House
    room: dict[str, Any]
    browser: Browser
    token: str
    participant_id: str

    @property
    def path(self) -> str:
        return f"/api/rooms/by-code/{self.room['code']}/board/assets"

    @property
    def files(self) -> list[Path]:
        folder = self.home.doors.settings.board_folder / self.room["id"]
        return sorted(folder.iterdir()) if folder.exists() else []

    async def sends(self, content: bytes, token: str | None = None, **headers: str) -> Answer:
        seat = {"Authorization": f"Seat {self.token if token is None else token}"}
        return await self.browser.send("POST", self.path, data=content, headers=seat | headers)

    @asynccontextmanager
    async def begins(self, **headers: str) -> AsyncIterator[None]:
        """A picture whose bytes do not come; then its sender goes away."""
        shown = {"Authorization": f"Seat {self.token}", "X-CSRF-Token": self.browser.csrf}
        connection = self.browser.client.request(
            self.path, method="POST", headers=Headers(shown | headers)
        )
        async with connection:
            yield
            await connection.disconnect()

    async def fetches(self, asset: str, token: str | None = None) -> Answer:
        seat = {"Authorization": f"Seat {self.token if token is None else token}"}
        return await self.browser.get(f"{self.path}/{asset}", headers=seat)

    def seat(self, **changes: Any) -> str:
        """Another token, signed by the same house."""
        key = self.home.doors.secret.key(SEAT_KEY)
        return issue_seat(
            replace(verify_seat(self.token, key=key, at=utc_now()), **changes), key=key
        )


async def lesson_in(home: House, email: str = "mei@example.org") -> Lesson:
    owner = await home.browser().signs_up(email)
    room = await owner.makes_room()
    await save_board(RoomId(room["id"]), new_board(f"board-{room['id']}", "p1"), at=utc_now())
    guest = await home.browser().opens()
    seat = (await guest.post(f"/api/rooms/by-code/{room['code']}/seat", {"name": "Li"})).json
    home.live.inside.add((room["id"], seat["participant_id"]))
    home.live.drawing.add((room["id"], seat["participant_id"]))
    return Lesson(home, room, guest, seat["seat_token"], seat["participant_id"])


@pytest.fixture
async def lesson(home: House) -> Lesson:
    return await lesson_in(home)


async def test_a_picture_is_sent_and_fetched(lesson: Lesson) -> None:
    answer = await lesson.sends(PICTURE)
    assert answer.status == 201, answer.body
    sent = answer.json
    assert set(sent) == {"asset", "width", "height"}
    assert (sent["width"], sent["height"]) == (320, 240)
    fetched = await lesson.fetches(sent["asset"])
    assert fetched.status == 200
    assert Image.open(io.BytesIO(fetched.body)).size == (320, 240)
    headers = {name.lower(): value for name, value in fetched.headers.items()}
    assert headers["content-type"] == "image/png"
    assert headers["cache-control"] == "private, max-age=31536000, immutable"
    assert headers["x-content-type-options"] == "nosniff"


async def test_a_photograph_comes_back_as_webp(lesson: Lesson) -> None:
    sent = (await lesson.sends(encoded(noise(600, 400), "JPEG"))).json
    assert (await lesson.fetches(sent["asset"])).headers["content-type"] == "image/webp"


async def test_what_the_sender_calls_it_does_not_matter(lesson: Lesson) -> None:
    lie = {"Content-Type": "image/svg+xml"}
    sent = (await lesson.sends(PICTURE, **lie)).json
    assert (await lesson.fetches(sent["asset"])).headers["content-type"] == "image/png"
    html = await lesson.sends(b"<script>alert(1)</script>", **{"Content-Type": "image/png"})
    assert (html.status, html.code) == (415, "asset.type")


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 415, "asset.type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "asset.type"),
        (PICTURE[:100], 422, "asset.broken"),
        (png_bomb(30_000, 30_000), 413, "asset.large"),
    ],
    ids=["empty", "svg", "cut off", "bomb"],
)
async def test_what_is_no_good_picture_is_refused(
    lesson: Lesson, raw: bytes, status: int, code: str
) -> None:
    answer = await lesson.sends(raw)
    assert (answer.status, answer.code) == (status, code)
    assert lesson.files == []


async def test_the_bound_of_this_route_is_larger_and_of_no_other(lesson: Lesson) -> None:
    large = encoded(noise(1000, 1000), "PNG")
    assert 1_000_000 < len(large) < BYTES_MAX
    assert (await lesson.sends(large)).status == 201
    too_large = await lesson.sends(bytes(BYTES_MAX + 1))
    assert (too_large.status, too_large.code) == (413, "asset.large")
    assert too_large.json["params"] == {"megabytes": 10, "megapixels": 40}
    for path in ("/api/rooms", f"{lesson.path}/abc", f"{lesson.path}/"):
        other = await lesson.browser.send("POST", path, data=large)
        assert other.status in (404, 405, 413, 415, 401), other.status
        assert other.status != 201
    seat = f"/api/rooms/by-code/{lesson.room['code']}/seat"
    answer = await lesson.browser.send(
        "POST", seat, data=large, headers={"Content-Type": "application/json"}
    )
    assert (answer.status, answer.code) == (413, "body.too_large")


# Who may


@pytest.mark.parametrize("shown", ["", "Seat ", "Seat nonsense", "Bearer {token}", "{token}"])
async def test_without_a_good_token_nothing_is_sent_or_seen(lesson: Lesson, shown: str) -> None:
    asset = (await lesson.sends(PICTURE)).json["asset"]
    headers = {"Authorization": shown.format(token=lesson.token)} if shown else {}
    sent = await lesson.browser.send("POST", lesson.path, data=PICTURE, headers=headers)
    seen = await lesson.browser.get(f"{lesson.path}/{asset}", headers=headers)
    assert [(answer.status, answer.code) for answer in (sent, seen)] == [(401, "seat.forged")] * 2


async def test_a_token_of_another_room_opens_nothing(lesson: Lesson, home: House) -> None:
    asset = (await lesson.sends(PICTURE)).json["asset"]
    other = await lesson_in(home, "li@example.org")
    assert (await lesson.fetches(asset, other.token)).code == "seat.forged"
    assert (await lesson.sends(PICTURE, other.token)).code == "seat.forged"
    elsewhere = await other.fetches(asset)
    assert (elsewhere.status, elsewhere.code) == (404, "asset.unknown")


async def test_a_token_that_expired(lesson: Lesson) -> None:
    late = lesson.seat(expires_at=utc_now() - timedelta(seconds=1))
    assert (await lesson.sends(PICTURE, late)).code == "seat.expired"
    assert (await lesson.fetches("abc", late)).code == "seat.expired"


async def test_without_a_pen_pictures_are_only_seen(lesson: Lesson, home: House) -> None:
    asset = (await lesson.sends(PICTURE)).json["asset"]
    home.live.drawing.clear()
    answer = await lesson.sends(PICTURE)
    assert (answer.status, answer.code) == (403, "pen.missing")
    assert (await lesson.fetches(asset)).status == 200


async def test_who_is_not_inside_sees_nothing(lesson: Lesson, home: House) -> None:
    asset = (await lesson.sends(PICTURE)).json["asset"]
    home.live.inside.clear()
    answer = await lesson.fetches(asset)
    assert (answer.status, answer.code) == (403, "room.not_joined")


async def test_another_page_cannot_send_in_our_name(lesson: Lesson) -> None:
    lesson.browser.csrf = ""
    assert (await lesson.sends(PICTURE)).code == "csrf.invalid"


@pytest.mark.parametrize("asset", ["unknown", "..", "x" * 65, "a.png", "%00"])
async def test_an_unknown_picture(lesson: Lesson, asset: str) -> None:
    answer = await lesson.fetches(asset)
    assert answer.status == 404
    assert answer.code in ("asset.unknown", "path.unknown")


# How much


async def test_a_seat_and_a_room_send_so_often(lesson: Lesson, home: House) -> None:
    home.doors.limits.picture_seat = Throttle(rate_per_s=0.001, burst=2)
    codes = [(await lesson.sends(PICTURE)).status for _ in range(3)]
    assert codes == [201, 201, 429]
    home.doors.limits.picture_seat = Limits().picture_seat
    home.doors.limits.picture_room = Throttle(rate_per_s=0.001, burst=1)
    assert [(await lesson.sends(PICTURE)).status for _ in range(2)] == [201, 429]
    home.doors.limits.picture_look = Throttle(rate_per_s=0.001, burst=1)
    asset = lesson.files[0].name
    assert [(await lesson.fetches(asset)).status for _ in range(2)] == [200, 429]


async def test_what_is_no_picture_costs_more_tries(lesson: Lesson, home: House) -> None:
    home.doors.limits.picture_seat = Throttle(rate_per_s=0.001, burst=2 * (1 + WASTED_TRIES))
    codes = [(await lesson.sends(PICTURE[:100])).status for _ in range(3)]
    assert codes == [422, 422, 429]


async def test_bodies_that_are_still_coming_leave_no_memory_for_more(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[int] = []
    all_wait = asyncio.Event()
    read = board_module._body

    async def count() -> bytes:
        waiting.append(1)
        if len(waiting) == SENT_BY_SEAT_MAX // BYTES_MAX:
            all_wait.set()
        return await read()

    monkeypatch.setattr(board_module, "_body", count)
    announced = {"Content-Length": str(BYTES_MAX)}
    async with AsyncExitStack() as stack:
        for _ in range(SENT_BY_SEAT_MAX // BYTES_MAX):
            await stack.enter_async_context(lesson.begins(**announced))
        await asyncio.wait_for(all_wait.wait(), 20)
        answer = await lesson.sends(PICTURE)
        assert (answer.status, answer.code) == (429, "rate.limited")
    assert (await lesson.sends(PICTURE)).status == 201


async def test_a_board_has_so_many_pictures(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_assets, "COUNT_MAX", 2)
    answers = [await lesson.sends(PICTURE) for _ in range(3)]
    assert [answer.status for answer in answers] == [201, 201, 409]
    assert answers[-1].code == "asset.limit"
    assert len(lesson.files) == await BoardAsset.all().count() == 2


async def test_a_board_has_so_many_bytes(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len((await lesson.fetches((await lesson.sends(PICTURE)).json["asset"])).body)
    monkeypatch.setattr(board_assets, "BYTES_MAX", 2 * size)
    assert (await lesson.sends(PICTURE)).status == 201
    assert (await lesson.sends(PICTURE)).code == "asset.limit"
    assert len(lesson.files) == 2


@pytest.mark.parametrize("bound", ["SHARE_COUNT_MAX", "SHARE_BYTES_MAX"])
async def test_one_student_does_not_fill_the_board(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    size = len((await lesson.fetches((await lesson.sends(PICTURE)).json["asset"])).body)
    monkeypatch.setattr(board_assets, bound, 2 if bound == "SHARE_COUNT_MAX" else 2 * size)
    assert (await lesson.sends(PICTURE)).status == 201
    answer = await lesson.sends(PICTURE)
    assert (answer.status, answer.code) == (409, "asset.share")
    assert len(lesson.files) == 2
    assert (await lesson.sends(PICTURE, lesson.seat(role="host"))).status == 201
    other = lesson.seat(participant_id="bo")
    lesson.home.live.drawing.add((lesson.room["id"], "bo"))
    assert (await lesson.sends(PICTURE, other)).status == 201


async def test_what_cannot_be_noted_leaves_no_file(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_arguments: Any, **_more: Any) -> None:
        raise Refused("asset.limit")

    monkeypatch.setattr("classroom.http.board.add_asset", refuse)
    assert (await lesson.sends(PICTURE)).code == "asset.limit"
    assert lesson.files == []


async def test_a_full_disk_says_so(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("classroom.blobs.files._write", fail)
    answer = await lesson.sends(PICTURE)
    assert (answer.status, answer.code) == (507, "storage.full")
    assert await BoardAsset.all().count() == 0


# What goes


async def test_pictures_go_with_their_room(lesson: Lesson, home: House) -> None:
    await lesson.sends(PICTURE)
    assert len(lesson.files) == 1
    owner = home.browser()
    await owner.opens()
    signed_in = {"email": "mei@example.org", "password": "correct horse battery"}
    assert (await owner.post("/api/session", signed_in)).status == 200
    assert (await owner.send("DELETE", f"/api/rooms/{lesson.room['id']}")).status == 204
    assert lesson.files == []
    assert await BoardAsset.all().count() == 0
    late = AssetRow("late", "image/png", 1, 1, 1)
    room_id = RoomId(lesson.room["id"])
    with pytest.raises(Refused, match=r"room\.unknown"):
        await add_asset(room_id, late, author="li", has_share=True, at=utc_now())


async def test_a_picture_whose_file_is_lost_is_unknown(lesson: Lesson) -> None:
    asset = (await lesson.sends(PICTURE)).json["asset"]
    lesson.files[0].unlink()
    assert (await lesson.fetches(asset)).code == "asset.unknown"
