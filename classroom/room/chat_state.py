"""What of the chat must survive a restart beside its messages, which the store keeps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChatState:
    count: int = 0
    """Messages written in this lesson; the next one is `m<count + 1>`."""
