"""Who of an organisation may do what: one table of deeds and roles.

Each deed is about somebody's clients, calendar or money, or about the organisation itself. A role
may do it with everybody's, only with their own, or not at all. What an organisation opens beyond
that is two switches (`Opened`), nothing else. A deed not in the table does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

OrgRole = Literal["admin", "reception", "counsellor"]
ROLES: tuple[OrgRole, ...] = ("admin", "reception", "counsellor")

Deed = Literal[
    "organisation.see",
    "organisation.change",
    "members.change",
    "audit.read",
    "host.see",
    "host.change",
    "offers.change",
    "booking.see",
    "booking.change",
    "queue.lead",
    "client.see",
    "client.change",
    "client.hand_over",
    "client.merge",
    "intake.read",
    "files.read",
    "notes.read",
    "notes.write",
    "summary.write",
    "forms.change",
    "signatures.read",
    "letters.read",
    "letters.send",
    "templates.change",
    "money.see",
    "money.take",
    "money.refund",
    "packages.change",
    "figures.read",
    "client.export",
    "client.erase",
]
"""`host` is a person's calendar and page; `files`, `notes` and `intake` are what clients tell."""

Reach = Literal["any", "own", "none"]
"""With everybody's, with one's own only, not at all."""

_ROWS: tuple[tuple[Deed, Reach, Reach, Reach], ...] = (
    # deed                  admin   reception  counsellor
    ("organisation.see", "any", "any", "any"),
    ("organisation.change", "any", "none", "none"),
    ("members.change", "any", "none", "none"),
    ("audit.read", "any", "none", "none"),
    ("host.see", "any", "any", "own"),
    ("host.change", "any", "any", "own"),
    ("offers.change", "any", "none", "own"),
    ("booking.see", "any", "any", "own"),
    ("booking.change", "any", "any", "own"),
    ("queue.lead", "any", "any", "own"),
    ("client.see", "any", "any", "own"),
    ("client.change", "any", "any", "own"),
    ("client.hand_over", "any", "any", "own"),
    ("client.merge", "any", "any", "own"),
    ("intake.read", "any", "none", "own"),
    ("files.read", "any", "none", "own"),
    ("notes.read", "own", "none", "own"),
    ("notes.write", "own", "none", "own"),
    ("summary.write", "any", "none", "own"),
    ("forms.change", "any", "none", "none"),
    ("signatures.read", "any", "any", "own"),
    ("letters.read", "any", "any", "own"),
    ("letters.send", "any", "any", "own"),
    ("templates.change", "any", "none", "none"),
    ("money.see", "any", "any", "own"),
    ("money.take", "any", "any", "own"),
    ("money.refund", "any", "none", "own"),
    ("packages.change", "any", "none", "none"),
    ("figures.read", "any", "none", "own"),
    ("client.export", "any", "none", "own"),
    ("client.erase", "any", "none", "none"),
)
TABLE: Mapping[tuple[OrgRole, Deed], Reach] = {
    (role, deed): reach for deed, *row in _ROWS for role, reach in zip(ROLES, row, strict=True)
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What an organisation opens beyond the table."""

    reception_reads_intake: bool = False
    """What clients answered before the first talk; in a practice that is about their health."""
    admins_read_notes: bool = False
    """Of everybody; else notes are read by who wrote them."""


CLOSED = Opened()


def reach(role: OrgRole, deed: Deed, opened: Opened = CLOSED) -> Reach:
    """How far the role goes with this deed."""
    if role == "reception" and deed == "intake.read" and opened.reception_reads_intake:
        return "any"
    if role == "admin" and deed == "notes.read" and opened.admins_read_notes:
        return "any"
    return TABLE[role, deed]


def may(role: OrgRole, deed: Deed, is_own: bool, opened: Opened = CLOSED) -> bool:
    """Whether it may be done; `is_own`: with what is one's own."""
    far = reach(role, deed, opened)
    return far == "any" or (far == "own" and is_own)
