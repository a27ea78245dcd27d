"""Shapes of texts that are signed for a booking, and what there is of them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from classroom.http.body import Body
from classroom.http.client_told import SignatureTold, signature_told
from classroom.http.forms import texts_told
from classroom.people.account import NAME_MAX
from classroom.store import forms as store


class Signing(Body):
    """`name` as the person typed it."""

    version_id: str = Field(max_length=64)
    name: str = Field(max_length=NAME_MAX * 4)


@dataclass(frozen=True, slots=True)
class ToSignTold:
    """A text in every language it has; `sha` is the SHA-256 of it."""

    form_id: str
    version_id: str
    number: int
    texts: dict[str, dict[str, str]]
    sha: str


@dataclass(frozen=True, slots=True)
class MineFormsTold:
    """What is still to be signed, and what was, the newest first."""

    to_sign: list[ToSignTold]
    signatures: list[SignatureTold]


async def forms_told(booking_id: str, client_id: str) -> MineFormsTold:
    """What is to be signed for a booking, and all the client signed."""
    to_sign = await store.to_sign(booking_id)
    rows = await store.signatures_of(client_id)
    return MineFormsTold(
        [to_sign_told(one) for one in to_sign], [signature_told(row) for row in rows]
    )


def to_sign_told(one: store.VersionRow) -> ToSignTold:
    """A text as it is now."""
    return ToSignTold(one.form_id, one.id, one.number, texts_told(one.texts), one.sha)
