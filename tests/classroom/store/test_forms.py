"""Texts that are signed: versions, signatures, and the chain of them, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from classroom.booking.form import FormText, first_broken
from classroom.errors import Refused
from classroom.store import forms
from classroom.store.form_tables import Signature
from tests.support.practice import Practiced, a_practice

AT = datetime(2027, 3, 26, 12, tzinfo=UTC)
TEXT = {"en": FormText("Consent", "I agree."), "zh-CN": FormText("同意", "我同意。")}
LATER = {"en": FormText("Consent", "I agree, too.")}


@pytest.fixture
async def practice(store: str) -> Practiced:
    return await a_practice()


async def test_a_version_never_changes_and_the_newest_is_asked(practice: Practiced) -> None:
    form = await forms.create_form(practice.org_id, TEXT, by="mei", at=AT)
    same = await forms.add_version(practice.org_id, form.id, TEXT, by="mei", at=AT)
    assert same == form.newest
    newer = await forms.add_version(practice.org_id, form.id, LATER, by="mei", at=AT)
    assert [one.number for one in await forms.versions_of(practice.org_id, form.id)] == [2, 1]
    assert (await forms.forms_of(practice.org_id))[0].newest == newer
    with pytest.raises(Refused, match=r"form\.unknown"):
        await forms.add_version("other", form.id, TEXT, by="mei", at=AT)


async def test_what_is_signed_is_asked_no_more_until_there_is_a_newer_text(
    practice: Practiced,
) -> None:
    form = await forms.create_form(practice.org_id, TEXT, by="mei", at=AT)
    await practice.asks([form.id])
    booking, client = practice.booking_id, practice.client_id
    assert [one.id for one in await forms.to_sign(booking)] == [form.newest.id]
    first = await forms.sign(client, booking, form.newest.id, "Wei", at=AT)
    assert await forms.sign(client, booking, form.newest.id, "Wei", at=AT) == first
    assert await forms.to_sign(booking) == []
    newer = await forms.add_version(practice.org_id, form.id, LATER, by="mei", at=AT)
    assert [one.id for one in await forms.to_sign(booking)] == [newer.id]
    with pytest.raises(Refused, match=r"form\.changed"):
        await forms.sign(client, booking, form.newest.id, "Wei", at=AT)
    await forms.sign(client, booking, newer.id, "Wei", at=AT)
    await forms.switch_form(practice.org_id, form.id, on=False)
    assert await forms.to_sign(booking) == []


async def test_taking_back_keeps_the_record_and_asks_again(practice: Practiced) -> None:
    form = await forms.create_form(practice.org_id, TEXT, by="mei", at=AT)
    await practice.asks([form.id])
    client = practice.client_id
    await forms.sign(client, practice.booking_id, form.newest.id, "Wei", at=AT)
    await forms.withdraw(client, form.newest.id, at=AT)
    with pytest.raises(Refused, match=r"form\.unknown"):
        await forms.withdraw(client, form.newest.id, at=AT)
    assert len(await forms.to_sign(practice.booking_id)) == 1
    told = await forms.signatures_of(client)
    assert [(one.signed.is_withdrawal, one.name, one.version) for one in told] == [
        (True, "Wei", 1),
        (False, "Wei", 1),
    ]


async def test_a_changed_line_breaks_the_chain(practice: Practiced) -> None:
    form = await forms.create_form(practice.org_id, TEXT, by="mei", at=AT)
    for name in ("a", "b", "c", "d"):
        await forms.sign(name, practice.booking_id, form.newest.id, name, at=AT)
    assert first_broken(await forms.chain_of(practice.org_id)) is None
    await Signature.filter(number=2).update(name="", nonce="")  # somebody was erased
    assert first_broken(await forms.chain_of(practice.org_id)) is None
    await Signature.filter(number=2).update(client_id="x")
    assert first_broken(await forms.chain_of(practice.org_id)) == 2


async def test_ten_who_sign_at_once_are_one_after_the_other(practice: Practiced) -> None:
    form = await forms.create_form(practice.org_id, TEXT, by="mei", at=AT)
    await asyncio.gather(
        *(
            forms.sign(f"client{n}", practice.booking_id, form.newest.id, "x", at=AT)
            for n in range(10)
        )
    )
    chain = await forms.chain_of(practice.org_id)
    assert [one.number for one in chain] == list(range(1, 11))
    assert first_broken(chain) is None
