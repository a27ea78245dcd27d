"""The addresses at which a host's calendar is read: whoever has one reads what it shows.

`<host>.<titles>.<proof>`, a proof of our secret over the host's feed number. A newer number ends
all older addresses, and nobody can make an address that shows more of one that shows less.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import may_be_id
from classroom.people.secret import Secret

_LABEL = "feed.own"
TOKEN_MAX = 200


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says of itself; it proves nothing before the host's number is looked up."""

    host_id: str
    titles: str
    proof: str


def feed_token(secret: Secret, host_id: str, titles: str, number: int) -> str:
    """What stands in the address."""
    return f"{host_id}.{titles}.{secret.proof(_LABEL, f'{host_id} {titles} {number}')}"


def read_token(token: str) -> Address | None:
    """None for what cannot be one."""
    if len(token) > TOKEN_MAX or token.count(".") != 2:
        return None
    host_id, titles, proof = token.split(".")
    return Address(host_id, titles, proof) if may_be_id(host_id) else None


def is_newest(secret: Secret, address: Address, number: int) -> bool:
    """Whether it is the host's address of now."""
    said = f"{address.host_id} {address.titles} {number}"
    return secret.is_proof(_LABEL, said, address.proof)
