"""Copyable: whether a shared screen can be taken away as it was sent, without anything decoded.

One track alone has to fill what is wanted, in a codec that MP4 holds, and after every part that is
left out it has to go on with a key frame. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from recording.index import Index
from recording.scenes import Span

CODECS: Final = ("video/VP9", "video/AV1", "video/H264")
"""MP4 has no place for VP8."""
OTHER_MS: Final = 60_000
"""For so long in all the class may have looked at something else, or at nothing."""


def copied_screen(
    main: Sequence[tuple[int, str]], kept: Sequence[Span], screens: Mapping[str, Index]
) -> str:
    """The track whose packets make a film as they are; empty when there is none. `main` is what
    filled the picture from when on, `kept` what is wanted, `screens` the shared ones by track."""
    shown: Counter[str] = Counter()
    for since, until, what in _steps(main, kept):
        shown[what] += until - since
    tracks = [what for what in shown if what in screens]
    if len(tracks) != 1:
        return ""
    track = tracks[0]
    others = shown.total() - shown[track]
    screen = screens[track]
    if screen.mime not in CODECS or screen.rotations or others > min(OTHER_MS, shown[track]):
        return ""
    return track if _goes_on(screen, kept) else ""


def _steps(main: Sequence[tuple[int, str]], kept: Sequence[Span]) -> Iterable[tuple[int, int, str]]:
    """What fills the picture within what is kept: from, to, what."""
    end = max((until for _, until in kept), default=0)
    for (since, what), (until, _) in pairwise([(0, ""), *main, (end, "")]):
        for first, last in kept:
            if max(since, first) < min(until, last):
                yield max(since, first), min(until, last), what


def _goes_on(screen: Index, kept: Sequence[Span]) -> bool:
    """Whether pictures begin anew after each hole. A key frame always begins a cluster, and a
    cluster is no longer than a second: what hangs on what was left out is frozen for less."""
    clusters = [
        (screen.start_ms + ms, bool(has_key))
        for ms, has_key in zip(screen.clusters.ms, screen.clusters.keys, strict=True)
    ]
    is_begun = False
    for since, until in kept:
        inside = [has_key for ms, has_key in clusters if since <= ms < until]
        if is_begun and inside and not inside[0]:
            return False
        is_begun = is_begun or any(inside)
    return is_begun
