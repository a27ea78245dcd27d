"""Texts that are signed before a talk: their versions, who signed them, and the chain of it.

A version is never changed. Signatures of an organisation are written one after the other, each with
the hash of the one before, so what was signed can be shown to be what was signed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.booking.form import (
    FIRST,
    FORMS_MAX,
    VERSIONS_MAX,
    FormText,
    Signed,
    hash_of,
    name_print,
    print_of,
    stored_texts,
    unsigned,
    write_texts,
)
from classroom.clock import iso
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_rows import Change
from classroom.store.booking_tables import Booking
from classroom.store.form_tables import ConsentForm, FormVersion, Signature
from classroom.store.merged import ids_of
from classroom.store.practice_tables import Offer, Organisation


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What a text says from some day on."""

    id: str
    form_id: str
    number: int
    texts: dict[str, FormText]
    sha: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FormRow:
    """A text with its newest version."""

    id: str
    is_on: bool
    newest: VersionRow
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """What somebody signed or took back. `name` is empty when the person was erased."""

    signed: Signed
    form_id: str
    version: int
    name: str
    title: dict[str, str]
    """By language."""


async def forms_of(org_id: str) -> list[FormRow]:
    """All of an organisation, the oldest first."""
    forms = await ConsentForm.filter(org_id=org_id).order_by("created_at", "id")
    newest = await _newest([form.id for form in forms])
    return [
        FormRow(form.id, form.is_on, newest[form.id], form.created_at)
        for form in forms
        if form.id in newest
    ]


async def versions_of(org_id: str, form_id: str) -> list[VersionRow]:
    """All versions, the newest first; Refused `form.unknown`."""
    await _form(org_id, form_id)
    return [_version(row) for row in await FormVersion.filter(form_id=form_id).order_by("-number")]


async def create_form(org_id: str, texts: dict[str, FormText], *, by: str, at: datetime) -> FormRow:
    """A new text; Refused `form.limit`."""
    async with in_transaction():
        await _hold(org_id)
        if await ConsentForm.filter(org_id=org_id).count() >= FORMS_MAX:
            raise Refused("form.limit", {"max": FORMS_MAX})
        form = await ConsentForm.create(id=new_id(), org_id=org_id, created_at=at)
        version = await _add(form.id, 1, texts, by=by, at=at)
    return FormRow(form.id, True, version, at)


async def add_version(
    org_id: str, form_id: str, texts: dict[str, FormText], *, by: str, at: datetime
) -> VersionRow:
    """What the text says from now on; the newest itself when it says the same.

    Refused `form.unknown`, `form.limit`.
    """
    async with in_transaction():
        await _hold(org_id)
        await _form(org_id, form_id)
        newest = (await _newest([form_id]))[form_id]
        if newest.sha == print_of(write_texts(texts)):
            return newest
        if newest.number >= VERSIONS_MAX:
            raise Refused("form.limit", {"max": VERSIONS_MAX})
        return await _add(form_id, newest.number + 1, texts, by=by, at=at)


async def switch_form(org_id: str, form_id: str, *, on: bool) -> None:
    """Off: it is asked of nobody any more; what was signed stays. Refused `form.unknown`."""
    await _form(org_id, form_id)
    await ConsentForm.filter(id=form_id).update(is_on=on)


async def to_sign(booking_id: str) -> list[VersionRow]:
    """What the client of a booking has still to sign for its offer; Refused `booking.unknown`."""
    row = await Booking.filter(id=booking_id).select_related("appointment__offer").first()
    if row is None:
        raise Refused("booking.unknown")
    offer = row.appointment.offer
    asked = await _asked([] if offer is None else json.loads(offer.form_ids))
    versions = {one.form_id: one for one in asked}
    missing = unsigned(
        versions,
        {form: one.id for form, one in versions.items()},
        await signed_by(row.client_id),
    )
    return [one for one in asked if one.id in missing]


async def asked_by(form_ids: Iterable[str]) -> list[VersionRow]:
    """The newest versions of these texts, those that are on, in this order."""
    return await _asked(list(form_ids))


async def asked_at(offer_id: str) -> list[str] | None:
    """The texts an offer asks for; None when it is not offered."""
    row = await Offer.get_or_none(id=offer_id, is_on=True)
    return None if row is None else [str(one) for one in json.loads(row.form_ids)]


async def why_not(org_id: str, version_id: str) -> str:
    """Why a version cannot be signed: `form.changed` for an old one of this organisation, else
    `form.unknown`."""
    is_old = await FormVersion.filter(id=version_id, form__org_id=org_id).exists()
    return "form.changed" if is_old else "form.unknown"


async def signed_by(client_id: str) -> set[str]:
    """The versions a client signed and did not take back."""
    found: set[str] = set()
    rows = await Signature.filter(client_id__in=await ids_of(client_id)).order_by("number")
    for row in rows:
        if row.is_withdrawal:
            found.discard(row.version_id)
        else:
            found.add(row.version_id)
    return found


async def sign(
    client_id: str, booking_id: str, version_id: str, name: str, *, at: datetime
) -> Signed:
    """A new link of the chain; Refused `form.unknown`, `form.changed` when there is a newer text.

    Signing the same again changes nothing.
    """
    version = await _stored(version_id)
    async with in_transaction():
        await _hold(version.form.org_id)
        return await _sign(version, client_id, booking_id, name, at=at)


async def withdraw(client_id: str, version_id: str, *, at: datetime) -> Signed:
    """Take a signature back: the record stays, and is asked for again before the next talk.

    Refused `form.unknown` when it is not signed.
    """
    version = await _stored(version_id)
    async with in_transaction():
        await _hold(version.form.org_id)
        row = await _signature(client_id, version_id)
        if row is None or row.is_withdrawal:
            raise Refused("form.unknown")
        return await _write(version, client_id, row.booking_id, row.name, at=at, withdraws=True)


async def sign_agreed(change: Change) -> None:
    """What was agreed to while booking, in the transaction of the booking (`body["agreed"]`)."""
    agreed = change.body.get("agreed") or () if change.deed == "make" else ()
    for version_id in agreed:
        version = await _stored(str(version_id))
        if version.form.org_id != change.org.id:
            raise Refused("form.unknown")
        await _hold(change.org.id)
        await _sign(version, change.client.id, change.after.id, change.client.name, at=change.at)


async def signatures_of(client_id: str) -> list[SignatureRow]:
    """All that a client signed and took back, the newest first."""
    rows = await Signature.filter(client_id__in=await ids_of(client_id)).order_by("-number")
    versions = {
        row.id: _version(row)
        for row in await FormVersion.filter(id__in=list({row.version_id for row in rows}))
    }
    return [
        SignatureRow(
            _signed(row),
            versions[row.version_id].form_id,
            versions[row.version_id].number,
            row.name,
            {locale: text.title for locale, text in versions[row.version_id].texts.items()},
        )
        for row in rows
        if row.version_id in versions
    ]


async def chain_of(org_id: str) -> list[Signed]:
    """Every signature of an organisation, the first first."""
    return [_signed(row) for row in await Signature.filter(org_id=org_id).order_by("number")]


async def _stored(version_id: str) -> FormVersion:
    version = await FormVersion.filter(id=version_id).select_related("form").first()
    if version is None:
        raise Refused("form.unknown")
    return version


async def _sign(
    version: FormVersion, client_id: str, booking_id: str, name: str, *, at: datetime
) -> Signed:
    newest = (await _newest([version.form_id]))[version.form_id]
    if newest.id != version.id or not version.form.is_on:
        raise Refused("form.changed")
    before = await _signature(client_id, version.id)
    if before is not None and not before.is_withdrawal:
        return _signed(before)
    return await _write(version, client_id, booking_id, name, at=at, withdraws=False)


async def _write(
    version: FormVersion,
    client_id: str,
    booking_id: str,
    name: str,
    *,
    at: datetime,
    withdraws: bool,
) -> Signed:
    """The next link; the organisation is held."""
    org_id = version.form.org_id
    last = await Signature.filter(org_id=org_id).order_by("-number").first()
    nonce = secrets.token_hex(16)
    line = Signed(
        number=1 if last is None else last.number + 1,
        client_id=client_id,
        booking_id=booking_id,
        version_id=version.id,
        sha=version.sha,
        name_print=name_print(name, nonce),
        is_withdrawal=withdraws,
        at=iso(at),
        before=FIRST if last is None else last.hash,
        hash="",
    )
    line = replace(line, hash=hash_of(line))
    await Signature.create(
        org_id=org_id,
        number=line.number,
        client_id=client_id,
        booking_id=booking_id,
        version_id=version.id,
        sha=line.sha,
        name=name,
        nonce=nonce,
        name_print=line.name_print,
        is_withdrawal=withdraws,
        at=line.at,
        before=line.before,
        hash=line.hash,
    )
    return line


async def _signature(client_id: str, version_id: str) -> Signature | None:
    rows = Signature.filter(client_id__in=await ids_of(client_id), version_id=version_id)
    return await rows.order_by("-number").first()


async def _asked(form_ids: Sequence[str]) -> list[VersionRow]:
    on = await ConsentForm.filter(id__in=list(form_ids), is_on=True).values_list("id", flat=True)
    newest = await _newest([str(one) for one in on])
    return [newest[form] for form in form_ids if form in newest]


async def _newest(form_ids: Sequence[str]) -> dict[str, VersionRow]:
    rows = await FormVersion.filter(form_id__in=list(form_ids)).order_by("number")
    return {row.form_id: _version(row) for row in rows}


async def _add(
    form_id: str, number: int, texts: dict[str, FormText], *, by: str, at: datetime
) -> VersionRow:
    text = write_texts(texts)
    row = await FormVersion.create(
        id=new_id(), form_id=form_id, number=number, texts=text, sha=print_of(text), by=by, at=at
    )
    return _version(row)


async def _form(org_id: str, form_id: str) -> ConsentForm:
    row = await ConsentForm.get_or_none(id=form_id, org_id=org_id)
    if row is None:
        raise Refused("form.unknown")
    return row


async def _hold(org_id: str) -> None:
    """Two who write an organisation's forms do so one after the other."""
    await Organisation.filter(id=org_id).update(name=F("name"))


def _version(row: FormVersion) -> VersionRow:
    return VersionRow(row.id, row.form_id, row.number, stored_texts(row.texts), row.sha, row.at)


def _signed(row: Signature) -> Signed:
    return Signed(
        number=row.number,
        client_id=row.client_id,
        booking_id=row.booking_id,
        version_id=row.version_id,
        sha=row.sha,
        name_print=row.name_print,
        is_withdrawal=row.is_withdrawal,
        at=row.at,
        before=row.before,
        hash=row.hash,
    )
