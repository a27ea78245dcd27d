"""Who may do what with a recording, over every route; links, passwords, and what strangers hear."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from classroom.clock import monotonic, utc_now
from classroom.http.recording_right import Standing, right_to
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.people.enrolment import participant_of
from classroom.people.seat import SEAT_KEY, SeatClaims, issue_seat
from classroom.store.lesson_tables import Lesson, LessonLine
from classroom.store.recording_people import RecordedPerson, note_person
from classroom.store.recording_shares import ShareRow
from classroom.store.recordings import RecordingRow, change_recording, find_recording
from classroom.store.rooms import change_room
from tests.support.people import House
from tests.support.recording_owner import BO, LIN, REC, Owned, played

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def recording(**new: Any) -> RecordingRow:
    row = RecordingRow(
        id="rec1",
        room_id=RoomId("room1"),
        room_code="",
        room_title="Chemistry",
        lets_members=True,
        lesson_id="lesson1",
        title="Acids",
        owner="anna",
        state="ready",
        fault="",
        progress=0,
        began_at=AT,
        ended_at=AT,
        duration_ms=1,
        bytes=1,
        people=2,
        agreed=2,
        policy="ask",
        delete_after=None,
        hold=False,
        hold_why="",
        cuts=(),
        store="folder",
        created_at=AT,
    )
    return replace(row, **new)


LINK = ShareRow("s1", "rec1", "link", "hash", "", None, False, "anna", AT)
ENROLLED = replace(LINK, kind="enrolled")
PEOPLE = (
    RecordedPerson("lin", "Lin", ("voice",), enrolment="e1"),
    RecordedPerson("bo", "Bo", ("voice",), account="bo"),
    RecordedPerson("gu", "Guest", ("voice",)),
)

TABLE: list[tuple[str, Standing, ShareRow | None, dict[str, Any], str | None]] = [
    ("the owner", Standing(account="anna"), None, {}, "edit"),
    ("an owner with a link", Standing(account="anna"), LINK, {}, "edit"),
    ("the host link", Standing(hosts=True), None, {}, "edit"),
    ("the host link, no owner", Standing(hosts=True), None, {"owner": ""}, "edit"),
    ("the host link of a room that is gone", Standing(hosts=True), None, {"room_id": None}, None),
    ("an assistant", Standing(assisted="pid"), None, {}, "watch"),
    ("enrolled and in it", Standing(enrolment="e1"), None, {}, "watch"),
    ("in it by account", Standing(account="bo"), None, {}, "watch"),
    ("in it, not let", Standing(account="bo"), None, {"lets_members": False}, None),
    ("enrolled, not in it", Standing(enrolment="e2"), None, {}, None),
    ("enrolled, by their link", Standing(enrolment="e2"), ENROLLED, {}, "watch"),
    ("not enrolled, by that link", Standing(account="mo"), ENROLLED, {}, None),
    ("somebody with a link", Standing(), LINK, {}, "watch"),
    ("a stranger", Standing(), None, {}, None),
    ("a stranger with an account", Standing(account="mo"), None, {}, None),
    ("nobody, of nobody's", Standing(account=""), None, {"owner": ""}, None),
    ("the owner of one that goes", Standing(account="anna"), None, {"state": "deleting"}, None),
    ("a link to one that goes", Standing(), LINK, {"state": "deleting"}, None),
]


@pytest.mark.parametrize(
    ("who", "share", "row", "right"),
    [line[1:] for line in TABLE],
    ids=[line[0] for line in TABLE],
)
def test_who_may(
    who: Standing, share: ShareRow | None, row: dict[str, Any], right: str | None
) -> None:
    granted = right_to(recording(**row), who, PEOPLE, share)
    assert (granted.right if granted else None) == right


EDITS: list[tuple[str, str, Any, int]] = [
    ("PATCH", REC, {"title": "Bases"}, 200),
    ("GET", f"{REC}/views", None, 200),
    ("GET", f"{REC}/people", None, 200),
    ("GET", f"{REC}/shares", None, 200),
    ("POST", f"{REC}/shares", {"kind": "link"}, 201),
    ("DELETE", f"{REC}/shares/none", None, 404),
    ("DELETE", f"{REC}/captions/en", None, 204),
    ("POST", f"{REC}/people/bo/remove", {"kinds": ["voice"]}, 202),
    ("DELETE", REC, None, 204),
]
WATCHES: list[tuple[str, str, Any]] = [("GET", REC, None), ("POST", f"{REC}/play", {})]


async def test_who_may_edit_may_do_everything(owned: Owned) -> None:
    host = await owned.host()
    for method, path, body, status in EDITS[:-2]:
        for browser in (owned.owner, host):
            answer = await browser.send(method, path, body)
            assert answer.status == status, (method, path)
    assert (await owned.owner.get(REC)).json["may"] == "edit"
    assert (await host.get(REC)).json["may"] == "edit"
    for method, path, body, status in EDITS[-2:]:
        assert (await host.send(method, path, body)).status == status


async def test_who_may_watch_may_do_nothing_else(owned: Owned) -> None:
    stranger = await owned.stranger()
    account = (await stranger.get("/api/session")).json["account"]["id"]
    await note_person("rec1", replace(BO, pid="mo", name="Mo", account=account))
    told = (await stranger.get(REC)).json
    assert told["may"] == "watch"
    assert (told["shares"], told["hold_why"], told["cuts"]) == (0, "", [])
    listed = (await stranger.get("/api/recordings")).json["recordings"]
    assert [one["id"] for one in listed] == ["rec1"]
    base = await played(stranger)
    assert (await stranger.get(f"{base}/mix.webm")).status == 200
    for method, path, body, _ in EDITS:
        answer = await stranger.send(method, path, body)
        assert (answer.status, answer.code) == (404, "recording.unknown"), (method, path)
    await change_room(RoomId(owned.room["id"]), recording_members=False)
    assert (await stranger.get(f"{base}/mix.webm")).status == 404
    assert (await stranger.get(REC)).status == 404
    assert (await stranger.get("/api/recordings")).json["recordings"] == []


async def test_forbidden_and_unknown_are_the_same_answer(owned: Owned) -> None:
    for browser in (await owned.stranger(), await owned.guest()):
        for method, path, body, _ in [*EDITS, *((*one, 0) for one in WATCHES)]:
            there = await browser.send(method, path, body)
            nowhere = await browser.send(method, path.replace("rec1", "recX"), body)
            assert there.code == nowhere.code == "recording.unknown", (method, path)
            assert there.body == nowhere.body


async def test_no_address_opens_for_who_has_no_session(owned: Owned) -> None:
    base = await played(owned.owner)
    names = ("manifest.json", "mix.webm", "events.jsonl", "board.tape", "chat.jsonl")
    guessed = base[:-1] + ("A" if base[-1] != "A" else "B")
    for name in names:
        answer = await owned.owner.get(f"{guessed}/{name}")
        assert (answer.status, answer.code) == (404, "recording.unknown")
        assert (await owned.owner.get(f"/recorded/rec1/{name}")).status == 404


async def test_a_session_ends_with_its_time(owned: Owned) -> None:
    sessions = owned.home.doors.library.sessions
    base = await played(owned.owner)
    token = base.rsplit("/", 1)[1]
    assert sessions.find(token, now=monotonic() + 12 * 3600 + 1) is None
    assert (await owned.owner.get(f"{base}/mix.webm")).status == 404


async def test_an_assistant_of_the_lesson_watches_with_their_seat(owned: Owned) -> None:
    def seat(pid: str) -> dict[str, str]:
        claims = SeatClaims(
            RoomId(owned.room["id"]),
            owned.room["code"],
            ParticipantId(pid),
            "Ann",
            "assistant",
            AccountId("x"),
            utc_now().replace(microsecond=0) + timedelta(hours=1),
        )
        token = issue_seat(claims, key=owned.home.doors.secret.key(SEAT_KEY))
        return {"Authorization": f"Seat {token}"}

    guest = await owned.guest()
    assert (await guest.get(REC, headers=seat("ann"))).status == 404
    await assisted(owned, "ann")
    assert (await guest.get(REC, headers=seat("ann"))).json["may"] == "watch"
    assert (await guest.get(REC, headers=seat("bea"))).status == 404
    answer = await guest.post(f"{REC}/play", {}, headers=seat("ann"))
    assert answer.status == 200
    assert (await guest.get(f"/recorded/{answer.json['session']}/mix.webm")).status == 200


async def assisted(owned: Owned, pid: str) -> None:
    """Somebody was an assistant in the lesson that was recorded."""
    await Lesson.create(
        id="lesson1",
        room_id=owned.room["id"],
        title="Acids",
        started_at=AT,
        saved_at=AT,
        ended_at=AT,
        state="",
    )
    body = {"participant": {"id": pid, "name": "Ann", "role": "assistant"}}
    await LessonLine.create(
        lesson_id="lesson1",
        line=1,
        clock_ms=0,
        at=AT,
        kind="participant_joined",
        is_private=False,
        body=json.dumps(body),
    )


async def test_a_program_reads_the_library_and_never_plays(owned: Owned) -> None:
    made = await owned.owner.post("/api/tokens", {"name": "Backup", "scope": "write"})
    assert made.status == 201, made.body
    program = owned.home.browser()
    shown = {"Authorization": f"Bearer {made.json['token']}"}
    listed = await program.get("/api/recordings", headers=shown)
    assert [one["id"] for one in listed.json["recordings"]] == ["rec1"]
    answer = await program.post(f"{REC}/play", {}, headers=shown)
    assert (answer.status, answer.code) == (403, "token.browser")


# Links


async def test_a_link_is_watched_by_whoever_has_it(owned: Owned) -> None:
    share_id, token = await owned.share(may_download=True)
    guest = await owned.guest()
    told = (await guest.post("/api/watch", {"share": token})).json
    assert (told["recording_id"], told["title"], told["kind"]) == ("rec1", "Acids", "link")
    assert (told["needs_password"], told["may_download"]) == (False, True)
    base = await played(guest, share=token)
    manifest = (await guest.get(f"{base}/manifest.json")).json
    assert (manifest["may"], manifest["may_download"]) == ("watch", True)
    (view,) = (await owned.owner.get(f"{REC}/views")).json["views"]
    assert (view["name"], view["share"]) == ("", share_id)


async def test_a_link_that_is_ended_ends_whoever_watches(owned: Owned) -> None:
    share_id, token = await owned.share()
    guest = await owned.guest()
    base = await played(guest, share=token)
    url = f"{base}/mix.webm"
    assert (await guest.get(url, headers={"Range": "bytes=0-9"})).status == 206
    assert (await owned.owner.send("DELETE", f"{REC}/shares/{share_id}")).status == 204
    answer = await guest.get(url, headers={"Range": "bytes=10-19"})
    assert (answer.status, answer.code) == (404, "recording.unknown")
    assert (await guest.post(f"{REC}/play", {"share": token})).code == "recording.expired"
    assert (await guest.post("/api/watch", {"share": token})).status == 410
    shares = (await owned.owner.get(f"{REC}/shares")).json["shares"]
    assert shares[0]["ended_at"] is not None
    assert "url" not in shares[0] or shares[0]["url"] == ""


async def test_a_password_is_asked_for_and_tries_are_counted(owned: Owned) -> None:
    _, token = await owned.share(password="acids and bases")
    guest = await owned.guest()
    told = (await guest.post("/api/watch", {"share": token})).json
    assert (told["needs_password"], told["title"], told["duration_ms"]) == (True, "", 0)
    without = await guest.post(f"{REC}/play", {"share": token})
    assert (without.status, without.code) == (403, "recording.password")
    codes = []
    for _ in range(11):
        body = {"share": token, "password": "salts"}
        codes.append((await guest.post(f"{REC}/play", body)).code)
    assert codes == ["recording.password"] * 10 + ["rate.limited"]
    right = {"share": token, "password": "acids and bases"}
    assert (await guest.post(f"{REC}/play", right)).code == "rate.limited"
    assert (await (await owned.guest("10.1.1.1")).post(f"{REC}/play", right)).status == 200


async def test_a_link_for_enrolled_people_asks_who_it_is(owned: Owned) -> None:
    _, token = await owned.share(kind="enrolled")
    guest = await owned.guest()
    assert (await guest.post(f"{REC}/play", {"share": token})).code == "recording.unknown"
    room = f"/api/rooms/{owned.room['id']}"
    added = await owned.owner.post(f"{room}/enrolments", {"people": [{"name": "Kim"}]})
    assert added.status == 201, added.body
    student = await owned.guest("10.2.2.2")
    await student.get(added.json["enrolments"][0]["link"])
    base = await played(student, share=token)
    assert (await student.get(f"{base}/mix.webm")).status == 200
    kim = added.json["enrolments"][0]["id"]
    assert (await owned.owner.send("DELETE", f"{room}/enrolments/{kim}")).status in (200, 204)
    assert (await student.get(f"{base}/mix.webm")).status == 404, "they are not enrolled any more"


async def test_who_took_part_and_is_not_enrolled_any_more_plays_no_more(owned: Owned) -> None:
    room = f"/api/rooms/{owned.room['id']}"
    added = await owned.owner.post(f"{room}/enrolments", {"people": [{"name": "Kim"}]})
    kim = added.json["enrolments"][0]
    pid = participant_of(RoomId(owned.room["id"]), kim["id"])
    await note_person("rec1", replace(BO, pid=pid, name="Kim"))
    student = await owned.guest("10.2.2.2")
    await student.get(kim["link"])
    base = await played(student)
    assert (await student.get(f"{base}/mix.webm")).status == 200
    await owned.owner.send("DELETE", f"{room}/enrolments/{kim['id']}")
    assert (await student.get(f"{base}/mix.webm")).status == 404
    assert (await student.post(f"{REC}/play", {})).code == "recording.unknown"


async def test_a_link_of_another_recording_opens_nothing(owned: Owned) -> None:
    _, token = await owned.share()
    await owned.shelf.put("rec2", room_id=owned.room["id"], owner=owned.account, people=[LIN])
    guest = await owned.guest()
    answer = await guest.post("/api/recordings/rec2/play", {"share": token})
    assert answer.code == "recording.unknown"
    assert (await guest.post(f"{REC}/play", {"share": "x" * 32})).code == "recording.unknown"


@pytest.mark.parametrize(
    "share",
    [
        {"kind": "secret"},
        {"kind": "public", "password": "acids and bases"},
        {"kind": "link", "password": "short"},
        {"kind": "link", "until": "yesterday"},
        {"kind": "link", "until": "2020-01-01T00:00:00Z"},
        {"kind": "link", "until": "2200-01-01T00:00:00Z"},
    ],
)
async def test_a_wrong_link_is_not_made(owned: Owned, share: dict[str, Any]) -> None:
    answer = await owned.owner.post(f"{REC}/shares", share)
    assert (answer.status, answer.code) == (422, "body.malformed")


async def test_a_share_of_what_is_made_anew_says_so(owned: Owned) -> None:
    _, token = await owned.share()
    await change_recording("rec1", state="erasing")
    guest = await owned.guest()
    assert (await guest.post("/api/watch", {"share": token})).json["state"] == "erasing"
    assert (await guest.post(f"{REC}/play", {"share": token})).code == "recording.changing"


async def test_no_address_and_no_token_is_logged(
    owned: Owned, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    _, token = await owned.share()
    base = await played(await owned.guest(), share=token)
    await owned.owner.get(f"{base}/mix.webm")
    await owned.owner.get(f"{base}/nothing")
    said = capfd.readouterr()
    for secret in (token, base.rsplit("/", 1)[1]):
        assert secret not in said.out + said.err + caplog.text


async def test_the_library_is_searched_and_paged(home: House) -> None:
    owned = await Owned(home).begin()
    for number in range(2, 5):
        rec = f"rec{number}"
        await owned.shelf.put(
            rec,
            room_id=owned.room["id"],
            owner=owned.account,
            people=[BO],
            title=f"Bases {number}",
            began_at=AT + timedelta(days=number),
        )
    listed = (await owned.owner.get("/api/recordings")).json
    assert [one["id"] for one in listed["recordings"]] == ["rec4", "rec3", "rec2", "rec1"]
    assert listed["has_more"] is False
    assert listed["recordings"][-1]["consent"]["voice"] == 2
    found = (await owned.owner.get("/api/recordings?q=BASES+3")).json["recordings"]
    assert [one["id"] for one in found] == ["rec3"]
    before = (AT + timedelta(days=3)).isoformat().replace("+00:00", "Z")
    older = (await owned.owner.get(f"/api/recordings?before={before}")).json["recordings"]
    assert [one["id"] for one in older] == ["rec2", "rec1"]
    host = await owned.host()
    theirs = await host.get(f"/api/recordings?room_id={owned.room['id']}")
    assert len(theirs.json["recordings"]) == 4
    stranger = await owned.stranger()
    answer = await stranger.get(f"/api/recordings?room_id={owned.room['id']}")
    assert answer.code == "room.unknown"
    assert (await (await owned.guest()).get("/api/recordings")).code == "session.required"


async def test_a_change_is_checked(owned: Owned) -> None:
    patch = owned.owner.send
    for cuts in ([[5_000, 4_000]], [[0, 20_000]], [[0, 90_000]], [[3_000, 9_000], [1, 2]], [[1]]):
        answer = await patch("PATCH", REC, {"cuts": cuts})
        assert answer.code == "recording.cuts", cuts
    assert (await patch("PATCH", REC, {"cuts": [[0, 1]] * 101})).code == "body.malformed"
    for until in ("soon", "2000-01-01T00:00:00Z", "2300-01-01T00:00:00Z"):
        assert (await patch("PATCH", REC, {"delete_after": until})).status == 422
    assert (await patch("PATCH", REC, {"title": " "})).code == "title.empty"
    done = await patch("PATCH", REC, {"title": "Bases", "delete_after": None, "cuts": []})
    assert (done.json["title"], done.json["delete_after"]) == ("Bases", None)
    row = await find_recording("rec1")
    assert row is not None
    assert row.title == "Bases"


@pytest.fixture
async def owned(home: House) -> Owned:
    return await Owned(home).begin()
