"""Letters for tests that are not about what they say."""

from __future__ import annotations

from typing import Any

from classroom.store.letters import NewLetter


def new_letter(once: str, **more: Any) -> NewLetter:
    """A letter that tells nothing; `more` are fields of `NewLetter`."""
    chosen: dict[str, Any] = {
        "org": "org1",
        "kind": "made",
        "once": once,
        "to_name": "Min-jun",
        "to_email": "min@example.org",
        "locale": "en",
        "subject": f"Letter {once}",
        "text": f"The letter {once}.",
        "html": f"<p>The letter {once}.</p>",
        **more,
    }
    return NewLetter(**chosen)
