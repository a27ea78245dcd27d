"""The history of a client at the desk: files, recordings, what they agreed to."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from classroom.clock import utc_now
from classroom.ids import RoomId
from classroom.people.enrolment import participant_of
from classroom.store.booking_rooms import room_for, seat_for
from classroom.store.booking_tables import Booking
from classroom.store.client_tables import AuditLine
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.enrolment_consents import keep_standing
from classroom.store.recording_people import RecordedPerson, note_person
from classroom.store.recordings import NewRecording, change_recording, create_recording
from tests.classroom.http.test_clients import Team, team  # noqa: F401
from tests.support.file_desk import a_paper
from tests.support.people import House
from tests.support.practice import a_booking, a_client

AT = datetime(2027, 3, 29, 7, tzinfo=UTC)


class Talked:
    """The administrator's client had a talk in a room with two files and a recording."""

    def __init__(self, home: House, team: Team) -> None:  # noqa: F811
        self.home, self.team = home, team
        self.path = f"/api/clients/{team.practice.client_id}"
        self.room_id, self.pid = RoomId(""), ""

    async def begin(self) -> Talked:
        practice = self.team.practice
        appointment = f"a-{practice.booking_id}"
        room = await room_for(appointment, host_id=practice.host_id, policy="ask", at=utc_now())
        self.room_id = room.id
        seat = await seat_for(practice.booking_id, room.id, at=utc_now())
        self.pid = participant_of(room.id, seat.id)
        for file_id, name, scope in (("plan", "plan.pdf", "room"), ("own", "n.pdf", "to:mei")):
            await a_paper(self.home, self.room_id, file_id, name, scope)
        await self.recording("rec-talk", owner=str(practice.account_id))
        yes = RecordedPerson(self.pid, "Wei Chen", ("voice", "camera"), seat.id)
        await note_person("rec-talk", yes)
        await add_lines("rec-talk", [self.said(kind) for kind in ("voice", "camera", "chat")])
        no = {"kind": "chat", "answer": "no"}
        await add_lines("rec-talk", [ConsentDeed(AT, "withdrawn", self.pid, "Wei Chen", no)])
        await keep_standing(seat.id, "v1", ["voice"], at=datetime(2027, 3, 30, tzinfo=UTC))
        return self

    def said(self, kind: str) -> ConsentDeed:
        return ConsentDeed(AT, "answered", self.pid, "Wei Chen", {"kind": kind, "answer": "yes"})

    async def recording(self, recording_id: str, owner: str) -> None:
        await create_recording(
            NewRecording(
                id=recording_id,
                room_id=self.room_id,
                room_title="Talk",
                lesson_id="lesson",
                title="Talk",
                owner=owner,
                policy="ask",
                began_at=AT,
                delete_after=None,
            )
        )
        await change_recording(recording_id, state="ready", duration_ms=60_000)


@pytest.fixture
async def talked(home: House, team: Team) -> Talked:  # noqa: F811
    return await Talked(home, team).begin()


async def test_files_recordings_and_consents_stand_there(talked: Talked) -> None:
    told = (await talked.team.admin.get(f"{talked.path}/history")).json
    (file,) = told["files"]
    assert (file["name"], file["talk_at"], file["is_given"]) == (
        "plan.pdf",
        "2027-03-29T07:00:00Z",
        False,
    )
    (recording,) = told["recordings"]
    assert (recording["kinds"], recording["may_watch"]) == (["camera", "voice"], True)
    assert [(one["answer"], one["kinds"]) for one in told["consents"]] == [
        ("always", ["voice"]),
        ("yes", ["camera", "voice"]),
        ("withdrawn", ["chat"]),
    ]


async def test_a_file_is_opened_and_written_down(talked: Talked) -> None:
    admin = talked.team.admin
    whole = await admin.get(f"{talked.path}/files/plan")
    assert (whole.status, whole.body) == (200, b"paper")
    line = await AuditLine.filter(what="files.read").get()
    assert (line.of, line.client_id) == ("plan", talked.team.practice.client_id)
    for file_id in ("own", "nothing"):
        assert (await admin.get(f"{talked.path}/files/{file_id}")).code == "file.unknown"
    other = f"/api/clients/{talked.team.other_client}/files/plan"
    assert (await admin.get(other)).code == "file.unknown"
    assert await AuditLine.filter(what="files.read").count() == 1


async def test_reception_reads_what_was_agreed_and_no_file(talked: Talked) -> None:
    reception = talked.team.reception
    told = (await reception.get(f"{talked.path}/history")).json
    assert (told["files"], told["recordings"]) == ([], [])
    assert len(told["consents"]) == 3
    assert (await reception.get(f"{talked.path}/files/plan")).code == "right.missing"


async def test_a_colleague_it_was_handed_to_sees_the_recording_and_may_not_watch(
    talked: Talked,
) -> None:
    team = talked.team  # noqa: F811
    hosts = (await team.counsellor.get(f"/api/organisations/{team.org['id']}")).json["hosts"]
    own = next(one["id"] for one in hosts if one["is_own"])
    assert (await team.counsellor.get(f"{talked.path}/history")).code == "client.unknown"
    assert (await team.counsellor.get(f"{talked.path}/files/plan")).code == "client.unknown"
    await team.admin.post(f"{talked.path}/hosts", {"host_id": own})
    told = (await team.counsellor.get(f"{talked.path}/history")).json
    assert [one["may_watch"] for one in told["recordings"]] == [False]
    assert (await team.counsellor.get("/api/recordings/rec-talk")).code == "recording.unknown"


async def test_of_a_room_shared_with_others_only_what_was_given(talked: Talked) -> None:
    practice, org = talked.team.practice, talked.team.org["id"]
    lin = await a_client(org, "lin", "Lin", "lin@example.org")
    booking = await a_booking(org, practice.host_id, practice.offer_id, lin, "of-lin")
    await Booking.filter(id=booking).update(appointment_id=f"a-{practice.booking_id}")
    await a_paper(talked.home, talked.room_id, "paper", "paper.pdf", "room")
    given = json.dumps([{"id": "paper", "name": "paper.pdf"}, {"id": "own", "name": "n.pdf"}])
    await Booking.filter(id=booking).update(files=given)
    admin = talked.team.admin
    told = (await admin.get(f"/api/clients/{lin}/history")).json
    assert [(one["id"], one["is_given"]) for one in told["files"]] == [("paper", True)]
    assert (told["recordings"], told["consents"]) == ([], [])
    assert (await admin.get(f"/api/clients/{lin}/files/plan")).code == "file.unknown"
    first = (await admin.get(f"{talked.path}/history")).json
    assert first["files"] == []
