"""The record of a recording as a file that proves itself: who was asked, what each answered, what
became of it; signed, and each line bound to the ones before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.recording_asker import must_edit
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.people.consent_key import consent_public_key, is_signed, sign_consent
from classroom.people.secret import Secret
from classroom.store.consent import (
    DELETED,
    FIRST,
    ConsentDeed,
    ConsentEntry,
    canonical,
    line_hash,
    lines_of,
)

ALGORITHM = "Ed25519"
KNOWN = ("recording.unknown",)


@dataclass(frozen=True, slots=True)
class RecordTold:
    """`signature` is of `record` as JSON with sorted keys, without spaces, in UTF-8."""

    record: dict[str, Any]
    algorithm: str
    public_key: str
    signature: str


@dataclass(frozen=True, slots=True)
class KeyTold:
    """With which records are signed here."""

    algorithm: str
    public_key: str


def record_routes(doors: Doors) -> Blueprint:
    """`consents` of a recording, and `/api/consent-key`."""
    routes = Blueprint("recording_record", __name__)

    @routes.get("/api/recordings/<recording_id>/consents")
    @tells(RecordTold, by="account", refuses=KNOWN)
    async def record(recording_id: str) -> Response:
        """Get the signed record of an own recording, also of one that was deleted."""
        facts, lines = await _record(doors, recording_id[:32])
        response = jsonify(signed_record(doors.secret, recording_id, facts, lines))
        name = f"consents-{facts['began_at'][:10]}.json"
        response.headers["Content-Disposition"] = f"attachment; filename={name}"
        return response

    @routes.get("/api/consent-key")
    @tells(KeyTold, by="anybody")
    async def key() -> Response:
        """Get the key with which records are signed here."""
        return jsonify(KeyTold(ALGORITHM, consent_public_key(doors.secret)))

    return routes


async def _record(doors: Doors, recording_id: str) -> tuple[dict[str, str], list[ConsentEntry]]:
    """Of one's own recording, or of one that was. Refused `recording.unknown`."""
    lines = await lines_of(recording_id)
    last = lines[-1].deed if lines else None
    if last is not None and last.deed == DELETED:
        account = (await this_visitor(doors)).account
        facts = {name: str(said) for name, said in last.body.items()}
        if account is None or facts.pop("owner", "") != account.id:
            raise Refused("recording.unknown")
        return facts, lines
    row, _ = await must_edit(doors, recording_id)
    facts = {
        "title": row.title,
        "room_title": row.room_title,
        "lesson_id": row.lesson_id,
        "began_at": iso(row.began_at),
        "policy": row.policy,
    }
    return facts, lines


def signed_record(
    secret: Secret, recording_id: str, facts: dict[str, str], lines: list[ConsentEntry]
) -> RecordTold:
    """The whole record as it stands."""
    record: dict[str, Any] = {
        "v": 1,
        "recording_id": recording_id,
        **facts,
        "signed_at": iso(utc_now()),
        "lines": [_line(line) for line in lines],
    }
    signature = sign_consent(secret, canonical(record).encode())
    return RecordTold(record, ALGORITHM, consent_public_key(secret), signature)


def is_true(told: dict[str, Any], public_key: str) -> bool:
    """Whether a file is a record that the server with this key signed, whole and unchanged."""
    record = told["record"]
    if not is_signed(public_key, canonical(record).encode(), told["signature"]):
        return False
    before = FIRST
    for number, line in enumerate(record["lines"], 1):
        said = {name: line[name] for name in ("deed", "pid", "name", "body")}
        deed = ConsentDeed(at=datetime.fromisoformat(line["at"]), **said)
        if (line["number"], line["before"]) != (number, before):
            return False
        before = line_hash(record["recording_id"], number, deed, before)
        if line["hash"] != before:
            return False
    return True


def _line(line: ConsentEntry) -> dict[str, Any]:
    deed = line.deed
    return {
        "number": line.number,
        "at": iso(deed.at),
        "deed": deed.deed,
        "pid": deed.pid,
        "name": deed.name,
        "body": dict(deed.body),
        "before": line.before,
        "hash": line.hash,
    }
