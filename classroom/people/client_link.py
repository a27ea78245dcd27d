"""What a client shows without an account: a private link, a browser's cookie, mailed digits.

All are proofs of our secret. A link is a ticket for one booking, `k.<booking>.<proof>`; a cookie
says which clients a browser is known as, `c.<client>.<standing>.<proof>` for each. Both end with
a newer number. Digits are made of the number of the letter they were sent in, so that nothing
that is stored lets anybody in; how long they are good and how often they may be tried is not
decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import may_be_id
from classroom.people.secret import Secret

KNOWN_MAX = 10
"""Clients one browser is known as; the oldest are forgotten."""
DIGITS = 6

_TICKET = "link.booking"
_KNOWN = "client.known"
_DIGITS = "client.digits"
_BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class Shown:
    """A client with the number of their links, or in a cookie with their standing; it proves
    nothing before that number is looked up."""

    client_id: str
    link_number: int


def ticket_token(secret: Secret, booking_id: str, client: Shown, number: int) -> str:
    """What the private link of a booking carries. `number` is the booking's own link number."""
    return f"k.{booking_id}.{secret.proof(_TICKET, _said(booking_id, client, number))}"


def booking_of_token(token: str) -> str | None:
    """Which booking it says it is for; None for what cannot be a token. Proves nothing yet."""
    kind, _, rest = token.partition(".")
    booking_id, _, proof = rest.partition(".")
    return booking_id if kind == "k" and proof and may_be_id(booking_id) else None


def is_ticket_token(
    secret: Secret, token: str, booking_id: str, client: Shown, number: int
) -> bool:
    """Whether it is the newest link of this booking."""
    proof = token.rpartition(".")[2]
    is_ours = secret.is_proof(_TICKET, _said(booking_id, client, number), proof)
    return is_ours and booking_of_token(token) == booking_id


def known_cookie(secret: Secret, clients: list[Shown]) -> str:
    """The cookie of a browser that is known as these clients, the newest first."""
    return _BETWEEN.join(
        f"c.{one.client_id}.{one.link_number}.{secret.proof(_KNOWN, _one(one))}"
        for one in clients[:KNOWN_MAX]
    )


def read_known(secret: Secret, cookie: str) -> list[Shown]:
    """Whom a cookie of ours names, each once; whatever is not ours is passed over."""
    found: list[Shown] = []
    for part in cookie.split(_BETWEEN)[:KNOWN_MAX]:
        kind, _, rest = part.partition(".")
        client_id, _, rest = rest.partition(".")
        number, _, proof = rest.partition(".")
        if kind != "c" or not (number.isascii() and number.isdigit() and len(number) < 10):
            continue
        one = Shown(client_id, int(number))
        if secret.is_proof(_KNOWN, _one(one), proof) and one not in found:
            found.append(one)
    return found


def digits_of(secret: Secret, client_id: str, code_number: int) -> str:
    """The digits of a client's letter with this number."""
    proof = secret.proof(_DIGITS, f"{client_id} {code_number}")
    return f"{int(proof[:16], 16) % 10**DIGITS:0{DIGITS}}"


def _said(booking_id: str, client: Shown, number: int) -> str:
    return f"{booking_id} {_one(client)} {number}"


def _one(client: Shown) -> str:
    return f"{client.client_id} {client.link_number}"
