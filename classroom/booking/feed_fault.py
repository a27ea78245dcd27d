"""Why a calendar could not be read, in words that stay the same, and one as it came. A core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.errors import ClassroomError

FeedFault = Literal[
    "address",
    "name",
    "private",
    "refused",
    "certificate",
    "slow",
    "redirects",
    "status",
    "large",
    "page",
    "broken",
    "many",
    "endless",
    "reader",
]
"""`address`: it cannot be one; `name`: it leads nowhere; `private`: into a private network;
`refused`: nobody answers there; `redirects`: too often sent on; `status`: another answer than the
calendar; `large`, `slow`: beyond the bounds; `page`: a web page, as of signing in; `broken`: no
whole calendar; `many`: too many entries; `endless`: a rule that does not end; `reader`: ours."""


class Unread(ClassroomError):
    """A calendar that was not read; the times it had stay."""

    def __init__(self, fault: FeedFault, detail: str = "") -> None:
        super().__init__(fault)
        self.fault: FeedFault = fault
        self.detail = detail
        """Of `status` the number."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A calendar as it came. `body` None: nothing has changed since `etag`."""

    body: bytes | None
    etag: str
