"""What every route under `/api` says of itself: who it is for, what it takes, what it answers.

The guard goes by it (a program's token opens only what is for accounts), and the description of the
API is made of it, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from quart import Quart

from classroom.http.body import Body

By = Literal["account", "session", "browser", "seat", "anybody"]
"""Who a route is for: whoever is signed in, in a browser or as a program with a token; a browser
that is signed in; any browser that loaded our page; who shows a seat; everybody."""
JSON = "application/json"

_View = TypeVar("_View", bound=Callable[..., Any])
_NOTE = "__told__"


@dataclass(frozen=True, slots=True)
class Told:
    """`answer` and `body` are shapes of JSON; None is none. Bytes have a `kind` and no shape.

    `refuses` are the codes a route has of its own; those that belong to `by` come by themselves.
    """

    answer: Any
    by: By
    status: int = 200
    kind: str = JSON
    body: type[Body] | None = None
    body_kind: str = JSON
    query: Mapping[str, str] = field(default_factory=dict)
    """What may stand behind the `?`, and what it means."""
    refuses: tuple[str, ...] = ()

    @property
    def has_body(self) -> bool:
        """Whether something must be sent with the request."""
        return self.body is not None or self.body_kind != JSON


def tells(answer: Any, **more: Any) -> Callable[[_View], _View]:
    """Note it at the route's function; `more` are the fields of `Told`."""
    told = Told(answer, **more)

    def note(view: _View) -> _View:
        setattr(view, _NOTE, told)
        return view

    return note


def told_of(app: Quart, endpoint: str | None) -> Told | None:
    """What the route of this endpoint says; None when it says nothing."""
    view = None if endpoint is None else app.view_functions.get(endpoint)
    told: Told | None = getattr(view, _NOTE, None)
    return told
