"""The few closed sets of words that many parts of a room share: what is sent, how, pens, paper."""

from __future__ import annotations

from typing import Literal

Source = Literal["microphone", "camera", "screen", "screen_audio"]
SOURCES: tuple[Source, ...] = ("microphone", "camera", "screen", "screen_audio")
ShareMode = Literal["text", "motion"]
Pen = Literal["none", "own", "all"]
"""What somebody may change on the board: nothing, what they drew themselves, everything."""
Paper = Literal["plain", "dots", "grid", "ruled", "graph"]
PageKind = Literal["page", "slide", "film", "activity", "ink"]
"""What lies under the ink of a page: paper or a picture, a slide of a deck, something that plays,
or the screen somebody shares."""
