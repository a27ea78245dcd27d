"""What an organisation set for itself, beyond its name, zone and money: one value, read from JSON.

Every setting has a default with which a person alone can begin. An unknown key is refused, so that
nothing is stored that nobody reads.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from classroom.booking.role import Opened
from classroom.errors import Refused

Confirms = Literal["off", "unknown", "always"]
"""Whether a booking from the public page is confirmed by mail first: never, when the address is not
known yet, always."""
RecordingPolicy = Literal["ask", "required", "never"]
TEXT_MAX = 4000
MONTHS_MAX = 600


@dataclass(frozen=True, slots=True)
class Office:
    """`address` are the lines on receipts, `about` the text of the public page."""

    confirms: Confirms = "off"
    about: str = ""
    address: str = ""
    intake: tuple[dict[str, Any], ...] = ()
    """The fields new offers begin with."""
    notes_months: int = 0
    """For how long notes are kept; 0 is until somebody erases them."""
    recording_policy: RecordingPolicy = "ask"
    reception_reads_intake: bool = False
    admins_read_notes: bool = False
    notes_in_export: bool = False
    """Whether what a client takes away holds the notes about them."""
    keeps_invoice_names: bool = True
    """Whether an erased person's name stays on their invoices, as tax law may ask."""
    missed_is_charged: bool = False

    @property
    def opened(self) -> Opened:
        """What roles may do beyond the table."""
        return Opened(self.reception_reads_intake, self.admins_read_notes)


_CHOICES: dict[str, tuple[str, ...]] = {
    "confirms": get_args(Confirms),
    "recording_policy": get_args(RecordingPolicy),
}
_NAMES = {one.name for one in fields(Office)}


def read_office(text: str) -> Office:
    """What is stored; what other parts keep beside it is left alone."""
    stored = json.loads(text or "{}")
    known = {name: value for name, value in stored.items() if name in _NAMES}
    if "intake" in known:
        known["intake"] = tuple(known["intake"])
    return Office(**known)


def changed_office(text: str, news: dict[str, Any]) -> str:
    """The stored text with these settings; Refused `body.malformed` with the field.

    `intake` is taken as it comes: the caller has read its fields.
    """
    for name, value in news.items():
        if name not in _NAMES or not _fits(name, value):
            raise Refused("body.malformed", {"field": name[:64]})
    stored = json.loads(text or "{}")
    return json.dumps(stored | news, ensure_ascii=False)


def told_office(office: Office) -> dict[str, Any]:
    """As the API tells it."""
    return asdict(office) | {"intake": list(office.intake)}


def _fits(name: str, value: Any) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in ("about", "address"):
        return isinstance(value, str) and len(value) <= TEXT_MAX
    if name == "notes_months":
        return type(value) is int and 0 <= value <= MONTHS_MAX
    if name == "intake":
        return isinstance(value, list)
    return isinstance(value, bool)
